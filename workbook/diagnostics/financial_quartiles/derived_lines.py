"""Lines that are not given but follow from those that are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.diagnostics.financial_quartiles.exact_numbers import Exact, magnitude
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
    values: Mapping[str, Exact]
    """Given and derived lines by name, in the statement's unit."""
    derived: frozenset[str]
    refused: tuple[str, ...]
    """Given lines that are never negative and are."""
    spread: Mapping[str, Exact]
    """What each line may be off by; empty of a statement that is not rounded."""

    @property
    def year(self) -> int:
        """The statement's year."""
        return self.statement.year


def complete(statement: Statement, lines: LineMap, tolerance: Exact) -> Completed:
    """Return the statement with every line that must be what it is.

    Two things follow: the one unknown of a total and its parts, and nil for details of a section
    that is already made up by the details given (a dash in the form).  The second is told of the
    full form only: a simplified one has fewer, wider lines.  In a rounded statement a difference
    that the rounding of the lines can make is none.
    """
    values = dict(statement.values)
    spread: dict[str, Exact] = {}
    if statement.rounded_to > 1:
        spread = dict.fromkeys(values, statement.slack(1))
    sums = _Sums(values=values, spread=spread, statement=statement)
    # A line found by one identity may be the last unknown of an earlier one: again until no more.
    while True:
        before = len(values)
        for identity in lines.identities:
            if identity.exhaustive:
                if statement.form == FULL:
                    _fill_details(sums, identity, tolerance)
            else:
                _fill_unknown(sums, identity, lines)
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
        spread=spread,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Lines as they become known."""

    values: dict[str, Exact]
    spread: dict[str, Exact]
    statement: Statement

    def add(self, name: str, value: Exact, of: Sequence[str]) -> None:
        """Add a line that is made up of others, with what their rounding makes of it."""
        self.values[name] = value
        if self.statement.rounded_to > 1:
            known = sum(self.spread[one] for one in of)
            self.spread[name] = known or self.statement.slack(1)


def _fill_unknown(sums: _Sums, identity: Identity, lines: LineMap) -> None:
    """Fill in the one line of an identity that is not there."""
    values = sums.values
    missing = [name for name in (identity.total, *identity.parts) if name not in values]
    wrong = any(
        lines.lines[name].sign == EXPENSE and values.get(name, 0) > 0 for name in identity.parts
    )
    if len(missing) != 1 or wrong:
        return
    name = missing[0]
    known = sum(values[p] for p in identity.parts if p != name)
    value = known if name == identity.total else values[identity.total] - known
    known_lines = [n for n in (identity.total, *identity.parts) if n != name]
    # Rounded lines may miss each other by their rounding: a small negative rest is nil, a large
    # one says that a given line is wrong, and nothing follows from it.
    if lines.lines[name].sign == NEVER_NEGATIVE and value < 0:
        if value < -sums.statement.slack(len(known_lines)):
            return
        value = 0
    sums.add(name, value, known_lines)


def _fill_details(sums: _Sums, identity: Identity, tolerance: Exact) -> None:
    """Set details to nil that the others leave nothing for; sum up details that are all there."""
    values = sums.values
    given = [name for name in identity.parts if name in values]
    total = sum(values[name] for name in given)
    if identity.total not in values:
        if len(given) == len(identity.parts):
            sums.add(identity.total, total, given)
        return
    most = max(tolerance, sums.statement.slack(len(given) + 1))
    if given and magnitude(values[identity.total] - total) <= most:
        for name in identity.parts:
            if name not in values:
                sums.add(name, 0, ())
