"""Whether the lines of a statement add up, and where not, whether a sign explains it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from workbook.diagnostics.financial_quartiles.exact_numbers import Exact, magnitude
from workbook.diagnostics.financial_quartiles.lines import EXPENSE, Identity, LineMap
from workbook.diagnostics.financial_quartiles.organisation_result import ArticulationCheck
from workbook.diagnostics.financial_quartiles.statement import Statement


def articulation(
    statement: Statement, lines: LineMap, *, tolerance: Fraction, unit: int, language: str
) -> tuple[ArticulationCheck, ...]:
    """Return the checks of a statement over the lines that it gives itself.

    A part that is not given counts as nil where the check then closes, or closes with the sign of
    an expense turned; otherwise the check cannot be made and is left out.
    """
    made = (_check(statement, identity, lines, tolerance) for identity in lines.identities)
    codes = lines.codes_by_name(statement.form, statement.year)
    return tuple(
        ArticulationCheck(
            check=_written(statement, (identity.total, *parts), codes),
            total=identity.total,
            parts=parts,
            labels=tuple(lines.label(n, language) for n in (identity.total, *parts)),
            difference=float(difference * unit),
            closes=magnitude(difference) <= _most(statement, len(parts), tolerance),
            wrong_signs=signs,
            wrong_sign_labels=tuple(lines.label(n, language) for n in signs),
        )
        for found in made
        if found is not None
        for identity, parts, difference, signs in (found,)
    )


def _most(statement: Statement, parts: int, tolerance: Fraction) -> Fraction:
    """Return what a total and so many parts may differ by, the rounding of each included."""
    return max(tolerance, statement.slack(parts + 1))


_Found = tuple[Identity, tuple[str, ...], Exact, tuple[str, ...]]


def _check(
    statement: Statement, identity: Identity, lines: LineMap, tolerance: Fraction
) -> _Found | None:
    values = statement.values
    parts = tuple(name for name in identity.parts if name in values)
    if identity.total not in values or not parts:
        return None
    difference = values[identity.total] - sum(values[name] for name in parts)
    tolerance = _most(statement, len(parts), tolerance)
    if magnitude(difference) <= tolerance:
        return identity, parts, difference, ()
    expenses = [n for n in parts if lines.lines[n].sign == EXPENSE and values[n] > 0]
    signs = _turned(difference, {n: values[n] for n in expenses}, tolerance)
    # With parts left out a difference says nothing, unless a turned sign explains all of it.
    if len(parts) < len(identity.parts) and not signs:
        return None
    return identity, parts, difference, signs


def _turned(difference: Exact, expenses: dict[str, Exact], tolerance: Exact) -> tuple[str, ...]:
    """Return the fewest expenses whose turned signs make the check close."""
    for count in range(1, len(expenses) + 1):
        for names in combinations(expenses, count):
            if magnitude(difference + 2 * sum(expenses[n] for n in names)) <= tolerance:
                return names
    return ()


def _written(statement: Statement, names: Sequence[str], codes: Mapping[str, str]) -> str:
    """Return the check in codes, or in names where the statement is written in names."""
    entries = statement.entries
    total, *parts = (
        codes[name] if name in codes and _is_code(entries[name].text) else name for name in names
    )
    return f"{total} = {' + '.join(parts)}"


@lru_cache(maxsize=1024)
def _is_code(text: str) -> bool:
    return any(c.isdigit() for c in text)
