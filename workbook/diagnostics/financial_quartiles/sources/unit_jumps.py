"""Thousands mixed with millions: amounts that jump a thousandfold between years or lines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import log10
from statistics import median

from workbook.diagnostics.financial_quartiles.lines import EXPENSE, LineMap
from workbook.diagnostics.financial_quartiles.statement import Statement
from workbook.errors import Location, Problem, Severity
from workbook.intake.problems import shown

_NEAR = 0.5
"""How far from three or six powers of ten a quotient may be and still look like another unit."""


def unit_jumps(
    made: Sequence[Statement],
    lines: LineMap,
    *,
    language: str,
    place: Callable[[Statement], Location],
) -> Iterator[Problem]:
    """Warn of statements, and of lines, that look as if they were in another unit.

    Parameters
    ----------
    made
        Statements, each organisation's by year.
    lines
        All lines.
    language
        Of their names.
    place
        Where a statement is in the client's file.
    """
    before: Statement | None = None
    for one in made:
        if before is not None and before.organisation == one.organisation:
            yield from _between_years(one, before.values, before.year, place)
        yield from _between_years(one, one.prior, one.year - 1, place)
        yield from _between_lines(one, lines, language, place)
        before = one


def _between_years(
    one: Statement,
    others: Mapping[str, Fraction],
    year: int,
    place: Callable[[Statement], Location],
) -> Iterator[Problem]:
    powers = [
        log10(abs(one.values[name] / value))
        for name, value in others.items()
        if value and one.values.get(name)
    ]
    if powers and _is_other_unit(median(powers)):
        yield Problem(
            code="statement_unit_years",
            place=place(one),
            facts={
                "organisation": shown(one.organisation),
                "year": one.year,
                "other": year,
                "times": f"{10 ** abs(median(powers)):.0f}",
            },
            severity=Severity.WARNING,
        )


def _between_lines(
    one: Statement, lines: LineMap, language: str, place: Callable[[Statement], Location]
) -> Iterator[Problem]:
    """Compare totals of the balance sheet with their parts: a part is never far larger."""
    told: set[str] = set()
    for identity in lines.identities:
        total = one.values.get(identity.total)
        parts = [name for name in identity.parts if one.values.get(name)]
        if not total or any(lines.lines[name].sign == EXPENSE for name in identity.parts):
            continue
        largest = max(parts, key=lambda name: abs(one.values[name]), default=None)
        if largest is None or {identity.total, largest} & told:
            continue
        power = log10(abs(one.values[largest] / total))
        whole = len(parts) == len(identity.parts)
        if (power > 0 or whole) and _is_other_unit(power):
            told |= {identity.total, largest}
            yield Problem(
                code="statement_unit_lines",
                place=place(one),
                facts={
                    "organisation": shown(one.organisation),
                    "year": one.year,
                    "line": lines.label(identity.total, language),
                    "other": lines.label(largest, language),
                    "times": f"{10 ** abs(power):.0f}",
                },
                severity=Severity.WARNING,
            )


def _is_other_unit(power: float) -> bool:
    return any(abs(abs(power) - size) <= _NEAR for size in (3, 6))
