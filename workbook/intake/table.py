"""A table of the client's: from found columns to a typed, checked frame."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

import pandas as pd

from workbook.engagement.settings import TableOptions
from workbook.errors import Location, Problem
from workbook.intake.cells.empty_days import without_empty_days
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.missing_words import one_remedy
from workbook.intake.cells.typed_column import empty_rows, type_column, typed_values
from workbook.intake.headings import HeadingLookup, Matched, match_headings
from workbook.intake.money_units import in_units, statement_units, unit_above
from workbook.intake.own_columns import as_text
from workbook.intake.problems import error
from workbook.intake.raw_table import RawTable, Rows
from workbook.intake.rows.data_rows import data_rows
from workbook.intake.rows.row_checks import (
    dates_in_order,
    future_days,
    key_conflicts,
    old_days,
    one_day,
    without_repeats,
)
from workbook.intake.schema import ColumnType, TableSchema
from workbook.intake.score_scale import score_scale_problems
from workbook.intake.spellings import Spellings, gathered, headings_gathered, unified
from workbook.intake.toml_line import drop_line

HEADINGS = ""
"""Key of what the headings of a table name, among the spellings of its columns."""
_MOST_DROPPED = 100
"""Rows that a remedy names one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputTable:
    """One input table, typed.

    ``frame`` has our column names in the order of the schema and the dtypes of
    :class:`~workbook.intake.schema.ColumnType`; its index (``row``) is the row number in the file.
    ``frame.attrs["scale"]`` is the scale of a column of marks: ``1-5``, ``1-10``, ``percent`` (as
    shares); empty without one.  ``frame.attrs["unit"]`` is the declared multiple of its amounts.
    Cells that could not be read are missing in it and named in the problems.
    """

    name: str
    schema: TableSchema
    frame: pd.DataFrame
    file: str
    """Path relative to the engagement folder."""
    sheet: str
    columns: Mapping[str, str]
    """Our column name -> the column as problems name it: heading, in a workbook ``C (heading)``."""
    rows_in: int
    """Rows of data in the file; totals and blank rows are none."""
    rows_used: int
    spellings: Mapping[str, Spellings] = field(default_factory=lambda: MappingProxyType({}))
    """How its columns write what they name, until all tables are there to be compared; its own
    headings under :data:`HEADINGS`."""
    elsewhere: Mapping[int, Location] = field(default_factory=lambda: MappingProxyType({}))
    """Places of the rows that stand in other files (filled forms), by index."""

    def place_of(self, row: int, column: str) -> Location:
        """Return the place of a cell as the client's file shows it.

        Parameters
        ----------
        row
            Index of the row in ``frame``.
        column
            Our name of the column.
        """
        where = Location(
            file=self.file, sheet=self.sheet, row=row, column=self.columns.get(column, column)
        )
        return self.elsewhere.get(row, where)

    @property
    def rows_by_file(self) -> tuple[tuple[str, int, int], ...]:
        """Return file, rows in it and rows used of every file that gave rows."""
        others = Counter(place.file for place in self.elsewhere.values())
        added = others.total()
        own = (self.file, self.rows_in - added, self.rows_used - added)
        told = ((file, n, n) for file, n in sorted(others.items()))
        return (*((own,) if own[1] or not others else ()), *told)


def build_table(
    raw: RawTable,
    lookup: HeadingLookup,
    conventions: Conventions,
    *,
    as_of: date,
    options: TableOptions,
) -> tuple[InputTable | None, list[Problem]]:
    """Return the typed table (None when a required column is missing) and its problems."""
    schema = lookup.schema
    matched = match_headings(raw, lookup)
    problems = [
        *matched.problems,
        *unit_above(raw, matched.positions, schema, conventions),
        *statement_units(raw, matched.positions, schema, conventions),
    ]
    if any(problem.is_error for problem in problems):
        return None, problems
    rows = data_rows(
        raw,
        matched.positions,
        matched.extra,
        schema=schema,
        conventions=conventions,
        options=options,
    )
    raw, told = rows.raw, rows.told
    problems = [p for p in problems if p.code != "unknown_column" or p.place.column not in told]
    problems += rows.problems
    if not len(raw.rows):
        return None, [*problems, error("no_rows", replace(raw.place, row=raw.header_row))]
    frame, found = _typed(raw, matched, schema=schema, conventions=conventions, options=options)
    places = _places(raw, matched, own=schema.open)
    spellings = _spellings(frame, schema, options.join_ids)
    frame = unified(frame, spellings)
    frame, checked = _checked(frame, schema, places=places, as_of=as_of)
    if schema.name == "survey":
        checked += score_scale_problems(frame, places["score"], conventions)
    table = InputTable(
        name=schema.name,
        schema=schema,
        frame=frame,
        file=raw.place.file,
        sheet=raw.place.sheet,
        columns={name: place.column for name, place in places.items() if name},
        rows_in=rows.rows_in,
        rows_used=len(frame),
        spellings=spellings,
    )
    return table, [*problems, *found, *checked]


def _typed(
    raw: RawTable,
    matched: Matched,
    *,
    schema: TableSchema,
    conventions: Conventions,
    options: TableOptions,
) -> tuple[pd.DataFrame, list[Problem]]:
    values: dict[str, object] = {}
    problems: list[Problem] = []
    scale = ""
    for column in schema.columns:
        if column.name in matched.positions:
            index = matched.positions[column.name]
            if column.kind is ColumnType.DATE:
                raw, column, found = without_empty_days(
                    raw, index, column, table=schema.name, options=options
                )
                problems += found
            typed = type_column(raw, index, column, conventions)
            values[column.name] = typed.values
            for problem in typed.problems:
                rows = empty_rows(raw, index, column, problem.code, own=conventions.missing)
                problems.append(_told(problem, rows, schema.name, options))
            scale = typed.scale or scale
            if column.money:
                amounts = in_units(typed.values, raw, index, conventions)
                values[column.name] = amounts[0]
                problems += amounts[1]
        elif column.default:
            blank = typed_values([column.default], column.kind)
            values[column.name] = blank.take([0] * len(raw.rows))
    if schema.open:
        for index in matched.extra:
            values[raw.headings[index]], found = as_text(raw, index, conventions)
            problems += found
    frame = pd.DataFrame(values, index=pd.Index(raw.rows, name="row"))
    frame.attrs |= {"scale": scale, "unit": conventions.unit}
    return frame, one_remedy(problems, conventions.missing)


def _spellings(
    frame: pd.DataFrame, schema: TableSchema, join_ids: bool | None
) -> dict[str, Spellings]:
    found = gathered(frame, schema, join_ids)
    if schema.open_thing:
        known = {column.name for column in schema.columns}
        own = [str(name) for name in frame if name not in known]
        found[HEADINGS] = headings_gathered(own, schema.open_thing)
    return found


def _told(problem: Problem, rows: Rows | None, table: str, options: TableOptions) -> Problem:
    """Return a problem of cells with nothing in them with the line that leaves their rows out."""
    if rows is None:
        return problem
    line = drop_line(map(int, rows[:_MOST_DROPPED]), options.drop_rows)
    return replace(problem, facts={**problem.facts, "table": table, "line": line})


def _places(raw: RawTable, matched: Matched, *, own: bool) -> Mapping[str, Location]:
    """Return the name of a column -> its place in the file; the table itself under ``""``.

    ``own``: with the columns of the client's own.
    """
    named = {name: raw.column_place(index) for name, index in matched.positions.items()}
    extra = matched.extra if own else ()
    return {"": raw.place, **{raw.headings[i]: raw.column_place(i) for i in extra}, **named}


def _checked(
    frame: pd.DataFrame, schema: TableSchema, *, places: Mapping[str, Location], as_of: date
) -> tuple[pd.DataFrame, list[Problem]]:
    whole = places[""]
    frame, problems = without_repeats(frame, schema, whole)
    problems += key_conflicts(frame, schema, whole)
    problems += future_days(frame, schema, whole, as_of)
    problems += old_days(frame, schema, whole, as_of)
    problems += one_day(frame, schema, whole)
    problems += dates_in_order(frame, schema, whole)
    return frame, [_in_file(problem, places) for problem in problems]


def _in_file(problem: Problem, places: Mapping[str, Location]) -> Problem:
    """Replace our column name by the heading that the file has."""
    column = problem.place.column
    if column not in places:
        return problem
    return replace(problem, place=replace(problem.place, column=places[column].column))
