"""Columns that become rows: marks of one question each, months across, years of a statement."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from workbook.engagement.settings import Melt
from workbook.errors import Problem
from workbook.intake.cells.month_names import month_in, quarter_in, year_in
from workbook.intake.problems import copied, error, listed, step
from workbook.intake.raw_table import RawTable
from workbook.intake.recipe.patterns import captured, has_star
from workbook.intake.schema import ColumnType, TableSchema
from workbook.language.nearest import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class MeltedColumn:
    """One of the columns that become rows, with what it says of them."""

    raw: RawTable
    """The table with this one of the melted columns only."""
    index: int
    """Where it is."""
    name: str
    """What the column of names gets."""


def melted(
    raw: RawTable, melt: Melt, schema: TableSchema, as_of: date
) -> tuple[list[MeltedColumn], list[Problem]]:
    """Return a table for every column that becomes rows, in the order of the file.

    A month in the name of a column becomes its last day where our column wants a day (``as_of``
    in the month of the as-of date), a period where it wants a period, a year where a whole number.
    """
    names, missing = _names(raw, melt.columns)
    if not names or missing:
        there = ", ".join(copied(heading) for heading in raw.headings if heading)
        said = ", ".join(missing or melt.columns)
        place = replace(raw.place, row=raw.header_row)
        return [], [error("melt_missing", place, said, there=there, table=schema.name)]
    kind = schema.column(melt.into[0]).kind
    problems: list[Problem] = []
    made: list[MeltedColumn] = []
    for index, name in names.items():
        value = _value(name, kind, as_of) or _value(raw.headings[index], kind, as_of)
        if value is None:
            place = replace(raw.column_place(index), row=raw.header_row)
            problems.append(error("melt_name", place, name, kind=kind.value))
            continue
        kept = [i for i in range(len(raw.headings)) if i == index or i not in names]
        only = raw.keep_columns(kept)
        made.append(MeltedColumn(raw=only, index=kept.index(index), name=value))
    return made, problems


def melt_told(raw: RawTable, pieces: Sequence[MeltedColumn], rows: int) -> Problem:
    """Tell which columns have become how many rows."""
    heads = [piece.raw.headings[piece.index] for piece in pieces]
    place = replace(raw.place, row=raw.header_row)
    return step("melted", place, columns=listed(heads, most=8), count=len(heads), rows=rows)


def _names(raw: RawTable, columns: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """Return index -> name of the columns that become rows, and what names none."""
    found: dict[int, str] = {}
    missing: list[str] = []
    for said in columns:
        exact = [at for at, heading in enumerate(raw.headings) if plain(heading) == plain(said)]
        names = {at: raw.headings[at] for at in exact}
        if not exact and has_star(said):
            heads = ((at, captured(said, head)) for at, head in enumerate(raw.headings) if head)
            names = {at: name or raw.headings[at] for at, name in heads if name is not None}
        elif not exact:
            missing.append(said)
        for at, name in names.items():
            found.setdefault(at, copied(name))
    return dict(sorted(found.items())), missing


def _value(name: str, kind: ColumnType, as_of: date) -> str | None:
    """Return what a name means in a column of this kind; None where it means nothing."""
    if kind is ColumnType.DATE:
        month = month_in(name)
        return _last_day(*month, as_of) if month else None
    if kind is ColumnType.PERIOD:
        month, quarter, year = month_in(name), quarter_in(name), year_in(name)
        if month:
            return f"{month[0]}-{month[1]:02d}"
        if quarter:
            return f"{quarter[0]}-Q{quarter[1]}"
        return str(year) if year else None
    if kind is ColumnType.INTEGER:
        year = year_in(name)
        return str(year) if year else None
    return name


def _last_day(year: int, month: int, as_of: date) -> str:
    last = date(year, month, calendar.monthrange(year, month)[1])
    if (as_of.year, as_of.month) == (year, month):
        last = min(last, as_of)
    return last.isoformat()
