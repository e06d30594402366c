"""Rows of filled forms put into the client's tables, after the rows that the files have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem
from workbook.forms.exit_interviews import with_interviews
from workbook.forms.table_sheet import TableRow, TableSheet
from workbook.intake.cells.locale import conventions_of
from workbook.intake.cells.typed_column import typed_values
from workbook.intake.problems import cut, error
from workbook.intake.row_blocks import BLOCK, RowBlock
from workbook.intake.rows.row_checks import dates_in_order, future_days, old_days
from workbook.intake.schema import TableSchema
from workbook.intake.spellings import gathered
from workbook.intake.table import InputTable
from workbook.language.nearest import plain

_LOSSES = "lost_customers"
_TEN = "1-10"


@dataclass(slots=True, kw_only=True)
class FilledTables:
    """The sheets of all filled forms of tables, in the order of their files."""

    engagement: Engagement
    sheets: Sequence[TableSheet]
    problems: list[Problem] = field(default_factory=list)

    def into(
        self, tables: Mapping[str, InputTable]
    ) -> tuple[Mapping[str, InputTable], Sequence[Problem]]:
        """Return the tables with the rows of the forms, and what is wrong between the two.

        A row that a form or the table has already is refused and left out; an exit interview
        completes the customer's row where the table has it.
        """
        made = dict(tables)
        for name in dict.fromkeys(sheet.form.table for sheet in self.sheets):
            sheets = [s for s in self.sheets if s.form.table == name and s.rows]
            joined = self._joined(tables.get(name), sheets) if sheets else None
            if joined is not None:
                made[name] = joined
        return made, self.problems

    def _joined(self, table: InputTable | None, sheets: Sequence[TableSheet]) -> InputTable | None:
        """Return one table with the rows of its forms."""
        if self._other_scale(table, sheets):
            return table
        sheets = self._once(table, sheets)
        if table is not None and table.name == _LOSSES:
            table, sheets, problems = with_interviews(table, sheets)
            self.problems += problems
        sheets = [sheet for sheet in sheets if sheet.rows]
        joined = _appended(table, sheets) if sheets else table
        if joined is None:
            return None
        join_ids = self.engagement.intake.of(joined.name).join_ids
        self.problems += self._days(joined, count=sum(len(sheet.rows) for sheet in sheets))
        return replace(joined, spellings=gathered(joined.frame, joined.schema, join_ids))

    def _other_scale(self, table: InputTable | None, sheets: Sequence[TableSheet]) -> bool:
        """Tell of marks or scores of another scale than the form's."""
        form = sheets[0].form
        said = conventions_of(self.engagement, form.table)
        other, own = "", form.scale
        if form.scale and table is not None and table.frame.attrs.get("scale") != form.scale:
            other = str(table.frame.attrs.get("scale") or "")
        elif form.lists.get("score") and said.score_scale == _TEN:
            other, own = _TEN, "0-10"
        if other:
            place = replace(sheets[0].rows[0].place, row=None)
            file = table.file if table is not None else "engagement.toml"
            facts = {"scale": own, "other": other, "file": file}
            self.problems.append(error("form_scale", place, **facts))
        return bool(other)

    def _once(self, table: InputTable | None, sheets: Sequence[TableSheet]) -> list[TableSheet]:
        """Return the sheets without rows that are there already, each of which is told."""
        key = sheets[0].form.key
        first = {} if table is None or table.name == _LOSSES else _places(table, key)
        found: list[Problem] = []
        kept: list[TableSheet] = []
        for sheet in sheets:
            rows: list[TableRow] = []
            for row in sheet.rows:
                values = _key(row.values.get(name) for name in key)
                other = first.setdefault(values, row.place)
                if other is row.place:
                    rows.append(row)
                else:
                    found.append(_twice(sheet, row, other))
            kept.append(replace(sheet, rows=tuple(rows)))
        self.problems += cut(found, count=len(found)) if found else []
        return kept

    def _days(self, table: InputTable, *, count: int) -> list[Problem]:
        """Return what is odd about the days of the rows that forms gave, the last ones."""
        frame, schema = table.frame.tail(count), table.schema
        place = Location(file=table.file, sheet=table.sheet)
        as_of = self.engagement.as_of
        found = [
            *future_days(frame, schema, place, as_of),
            *old_days(frame, schema, place, as_of),
            *dates_in_order(frame, schema, place),
        ]
        return [table.located(_named(problem, table)) for problem in found]


def _named(problem: Problem, table: InputTable) -> Problem:
    column = table.columns.get(problem.place.column, problem.place.column)
    return replace(problem, place=replace(problem.place, column=column))


def _twice(sheet: TableSheet, row: TableRow, other: Location) -> Problem:
    headings = [sheet.form.column(name).headings for name in sheet.form.key]
    names = {language: ", ".join(h[language] for h in headings) for language in headings[0]}
    facts = {"key": names, "file": other.file, "other": other.row}
    return error("form_row_twice", row.place, **facts)


def _places(table: InputTable, key: Sequence[str]) -> dict[tuple[str, ...], Location]:
    """Return the place of every row of a table by its key, of several the first."""
    blank = [None] * len(table.frame)
    columns = [table.frame[name].tolist() if name in table.frame else blank for name in key]
    found: dict[tuple[str, ...], Location] = {}
    for row, *values in zip(table.frame.index, *columns, strict=True):
        found.setdefault(_key(values), table.place_of(int(row), key[0]))
    return found


def _key(values: Iterable[object]) -> tuple[str, ...]:
    """Return values as they are compared: days by their day, texts without case and spaces."""
    return tuple(_compared(value) for value in values)


def _compared(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return str(value)[:10] if hasattr(value, "isoformat") else plain(str(value))


def _appended(table: InputTable | None, sheets: Sequence[TableSheet]) -> InputTable:
    """Return a table with the rows of sheets after its own, each sheet a block of rows."""
    schema = sheets[0].form.schema
    own = () if table is None else table.blocks or (_own_block(table),)
    blocks = (*own, *(_block(sheet) for sheet in sheets))
    several = len(blocks) > 1
    frames = [_frame(sheet, schema, number * BLOCK if several else 0)
              for number, sheet in enumerate(sheets, start=len(own))]  # fmt: skip
    frame = _concatenated([*([table.frame] if table is not None else []), *frames], schema)
    frame.attrs = {"scale": sheets[0].form.scale, "unit": ""}
    count = sum(len(sheet.rows) for sheet in sheets)
    columns = {**sheets[0].columns, **(table.columns if table is not None else {})}
    if table is not None:
        frame.attrs |= {name: said for name, said in table.frame.attrs.items() if said}
        return replace(
            table,
            frame=frame,
            columns=columns,
            rows_in=table.rows_in + count,
            rows_used=table.rows_used + count,
            blocks=blocks,
        )
    return InputTable(
        name=schema.name,
        schema=schema,
        frame=frame,
        file=blocks[0].file,
        sheet=blocks[0].sheet,
        columns=columns,
        rows_in=count,
        rows_used=count,
        blocks=blocks if several else (),
    )


def _own_block(table: InputTable) -> RowBlock:
    return RowBlock(
        file=table.file, sheet=table.sheet, columns=table.columns, rows_in=table.rows_in
    )


def _block(sheet: TableSheet) -> RowBlock:
    place = sheet.rows[0].place
    return RowBlock(
        file=place.file, sheet=place.sheet, columns=sheet.columns, rows_in=len(sheet.rows)
    )


def _frame(sheet: TableSheet, schema: TableSchema, first: int) -> pd.DataFrame:
    """Return the rows of a sheet, typed like those of the intake."""
    values: dict[str, object] = {}
    for column in schema.columns:
        if column.name in sheet.rows[0].values or column.default:
            said = (row.values.get(column.name) for row in sheet.rows)
            cells = [(column.default or None) if value is None else value for value in said]
            values[column.name] = typed_values(cells, column.kind)
    numbers = [first + (row.place.row or 0) for row in sheet.rows]
    return pd.DataFrame(values, index=pd.Index(numbers, name="row", dtype="int64"))


def _concatenated(frames: Sequence[pd.DataFrame], schema: TableSchema) -> pd.DataFrame:
    """Return rows under one index with the columns of all, blank where a frame has none."""
    columns = [c for c in schema.columns if any(c.name in frame for frame in frames)]
    made = []
    for frame in frames:
        lacking = {
            c.name: typed_values([None] * len(frame), c.kind)
            for c in columns
            if c.name not in frame
        }
        made.append(frame.assign(**lacking)[[column.name for column in columns]])
    return pd.concat(made)
