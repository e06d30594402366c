"""Statements as they were given: one record per organisation and year, both layouts read alike."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from workbook.diagnostics.cells import numbers, texts
from workbook.diagnostics.financial_quartiles.exact_numbers import Exact, exact_amount
from workbook.diagnostics.financial_quartiles.lines import FULL, LineMap
from workbook.diagnostics.financial_quartiles.rounding import rounding_unit

FACTS = ("organisation", "year", "line", "value", "prior_value", "okved", "form")
"""Columns of the table that are no lines of the wide layout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """One line of one statement as the table has it."""

    organisation: str
    year: int
    form: str
    okved: str
    text: str
    """Code or name of the line, as written."""
    column: str
    """Column of the table that holds the value."""
    row: int
    value: Exact | None
    prior: Exact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement; values in the unit that it is written in."""

    organisation: str
    year: int
    form: str
    okved: str
    """As written; empty when not given."""
    values: Mapping[str, Exact]
    """Given lines by name."""
    prior: Mapping[str, Exact]
    """Prior-year column by name of the line."""
    entries: Mapping[str, StatementEntry]
    """Where each line came from."""
    row: int
    """First row of the statement in the file."""
    rounded_to: int = 1
    """What its lines are rounded to, in its own unit: 10, 100 …; 1 where they are not."""

    @property
    def step(self) -> Fraction:
        """One unit of the last digit that is given: 1, or 1/100 of amounts like 463.25."""
        return Fraction(1, 10 ** max((_decimals(v) for v in self.values.values()), default=0))

    def tolerance(self, amount: int, unit: int) -> Fraction:
        """Return what an articulation check may be off by, in the statement's own unit."""
        return max(Fraction(amount, unit), 4 * self.step)

    def slack(self, lines: int) -> Fraction:
        """Return what rounding alone can make of so many lines, in the statement's own unit."""
        return Fraction(lines * self.rounded_to, 2) if self.rounded_to > 1 else Fraction(0)


def _decimals(value: Exact) -> int:
    digits = 0
    while value.denominator != 1 and digits < 18:
        value, digits = value * 10, digits + 1
    return digits


def is_wide(frame: pd.DataFrame) -> bool:
    """Return whether lines are columns."""
    return any(name not in FACTS for name in frame)


def is_long(frame: pd.DataFrame) -> bool:
    """Return whether lines are rows."""
    return "line" in frame and "value" in frame


def entries(frame: pd.DataFrame) -> Iterator[StatementEntry]:
    """Return every line that is given, in the order of the table; a blank value too when long."""
    heads = list(
        zip(
            (int(str(row)) for row in frame.index),
            texts(frame, "organisation"),
            numbers(frame, "year"),
            [form or FULL for form in texts(frame, "form")],
            texts(frame, "okved"),
            strict=True,
        )
    )
    for column, lines, values, priors in _columns(frame):
        for i, (row, organisation, year, form, okved) in enumerate(heads):
            value = _number(values[i])
            if not organisation or math.isnan(year) or (lines is None and value is None):
                continue
            yield StatementEntry(
                organisation=organisation,
                year=int(year),
                form=form,
                okved=okved,
                text=column if lines is None else lines[i],
                column=column,
                row=row,
                value=value,
                prior=_number(priors[i]) if priors is not None else None,
            )


_Lines = Sequence[str] | None
_Numbers = Sequence[float]


def _columns(
    frame: pd.DataFrame,
) -> Iterator[tuple[str, _Lines, _Numbers, _Numbers | None]]:
    """Return (column, names of lines, values, prior values) for each column of amounts."""
    if is_long(frame):
        lines = texts(frame, "line").tolist()
        priors = numbers(frame, "prior_value")
        yield "value", lines, numbers(frame, "value").tolist(), priors.tolist()
    for name in frame:
        if name not in FACTS:
            yield str(name), None, numbers(frame, str(name)).tolist(), None


def _number(value: float) -> Exact | None:
    return None if math.isnan(value) else exact_amount(value)


def statements(frame: pd.DataFrame, lines: LineMap) -> tuple[Statement, ...]:
    """Return the statements of a table (:func:`grouped`)."""
    return grouped(entries(frame), lines)


def grouped(every: Iterable[StatementEntry], lines: LineMap) -> tuple[Statement, ...]:
    """Return the statements, organisations in the order of the table, each by year.

    Lines that are not known are left out, of a line given twice the first counts: both are told
    where the table is checked.
    """
    found: dict[tuple[str, int], list[StatementEntry]] = {}
    order: dict[str, int] = {}
    for entry in every:
        order.setdefault(entry.organisation, len(order))
        found.setdefault((entry.organisation, entry.year), []).append(entry)
    keys = sorted(found, key=lambda key: (order[key[0]], key[1]))
    return tuple(_statement(found[key], lines) for key in keys)


def _statement(found: Sequence[StatementEntry], lines: LineMap) -> Statement:
    first = found[0]
    by_name: dict[str, StatementEntry] = {}
    for entry in found:
        name = lines.find(entry.text, first.form, first.year)
        if name is not None:
            by_name.setdefault(name, entry)
    values = {name: e.value for name, e in by_name.items() if e.value is not None}
    return Statement(
        organisation=first.organisation,
        year=first.year,
        form=first.form,
        okved=next((entry.okved for entry in found if entry.okved), ""),
        values=values,
        prior={name: e.prior for name, e in by_name.items() if e.prior is not None},
        entries=by_name,
        row=min(entry.row for entry in found),
        rounded_to=rounding_unit(values.values()),
    )
