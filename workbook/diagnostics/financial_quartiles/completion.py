"""Lines that are not given but follow from those that are."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.lines import (
    EXPENSE,
    FULL,
    NEVER_NEGATIVE,
    Identity,
    LineMap,
)
from workbook.diagnostics.financial_quartiles.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """A statement with what follows from it."""

    statement: Statement
    values: Mapping[str, Fraction]
    """Given and derived lines by name, in the statement's unit."""
    derived: frozenset[str]
    refused: tuple[str, ...]
    """Given lines that are never negative and are."""

    @property
    def year(self) -> int:
        """The statement's year."""
        return self.statement.year


def complete(statement: Statement, lines: LineMap, tolerance: Fraction) -> Completed:
    """Return the statement with every line that must be what it is.

    Two things follow: the one unknown of a total and its parts, and nil for details of a section
    that is already made up by the details given (a dash in the form).  The second is told of the
    full form only: a simplified one has fewer, wider lines.
    """
    values = dict(statement.values)
    while True:
        before = len(values)
        for identity in lines.identities:
            if identity.exhaustive:
                if statement.form == FULL:
                    _fill_details(values, identity, tolerance)
            else:
                _fill_unknown(values, identity, lines)
        if len(values) == before:
            break
    given = frozenset(statement.values)
    return Completed(
        statement=statement,
        values=values,
        derived=frozenset(values) - given,
        refused=tuple(
            name
            for name, line in lines.lines.items()
            if line.sign == NEVER_NEGATIVE and statement.values.get(name, 0) < 0
        ),
    )


def _fill_unknown(values: dict[str, Fraction], identity: Identity, lines: LineMap) -> None:
    """Fill in the one line of an identity that is not there."""
    missing = [name for name in (identity.total, *identity.parts) if name not in values]
    wrong = any(
        lines.lines[name].sign == EXPENSE and values.get(name, 0) > 0 for name in identity.parts
    )
    if len(missing) != 1 or wrong:
        return
    name = missing[0]
    known = sum((values[p] for p in identity.parts if p != name), Fraction(0))
    value = known if name == identity.total else values[identity.total] - known
    if lines.lines[name].sign == NEVER_NEGATIVE and value < 0:
        return
    values[name] = value


def _fill_details(values: dict[str, Fraction], identity: Identity, tolerance: Fraction) -> None:
    """Set details to nil that the others leave nothing for; sum up details that are all there."""
    given = [name for name in identity.parts if name in values]
    total = sum((values[name] for name in given), Fraction(0))
    if identity.total not in values:
        if len(given) == len(identity.parts):
            values[identity.total] = total
    elif given and abs(values[identity.total] - total) <= tolerance:
        values.update({name: Fraction(0) for name in identity.parts if name not in values})
