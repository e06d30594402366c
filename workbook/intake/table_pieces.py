"""The pieces of a table: what each file, sheet or melted column gives, before they are joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from workbook.engagement.settings import TableOptions
from workbook.errors import Problem
from workbook.intake.cells.empty_days import without_empty_days
from workbook.intake.cells.judged_cells import JudgedCells
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.typed_column import (
    empty_rows,
    type_column,
    typed_values,
)
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.headings import Matched, match_headings
from workbook.intake.money_units import in_units, statement_units, unit_above
from workbook.intake.own_columns import as_text
from workbook.intake.problems import each_once
from workbook.intake.raw_table import RawTable, Rows
from workbook.intake.recipe.fill_down import filled_down
from workbook.intake.recipe.made_columns import (
    MadeColumns,
    blanks_numbered,
    constant,
    filled,
    generated_told,
    made_columns,
    with_generated,
)
from workbook.intake.recipe.melt import MeltedColumn, melt_told, melted
from workbook.intake.recipe.told_options import columns_told, options_told
from workbook.intake.recipe.value_words import with_our_values
from workbook.intake.row_blocks import BLOCK, RowBlock
from workbook.intake.rows.data_rows import data_rows
from workbook.intake.schema import ColumnSchema, ColumnType, TableSchema
from workbook.intake.text_column import TextColumn
from workbook.intake.toml_line import drop_line, where_line

_MOST_DROPPED = 100
"""Rows that a remedy names one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Rows of one place, their columns found and what is no data left out."""

    raw: RawTable
    matched: Matched
    rows_in: int
    failed: bool = False
    """It cannot be read: the problems say why."""


@dataclass(slots=True, kw_only=True)
class _Whole:
    """What is gathered over all pieces."""

    lookup: HeadingLookup
    conventions: Conventions
    options: TableOptions
    as_of: date
    several: bool
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, raw: RawTable, number: int) -> None:
        """Take one file or sheet apart into pieces."""
        prefix = f"{number + 1}-" if self.several else ""
        raw, said = filled_down(raw, self.lookup, self.options, self.conventions)
        self.problems += said
        if self.options.melt is None:
            self.pieces.append(self._piece(raw, prefix))
            return
        columns, said = melted(raw, self.options.melt, self.lookup.schema, self.as_of)
        self.problems += said
        if any(problem.is_error for problem in said):
            failed = Matched(positions={}, extra=(), problems=())
            self.pieces.append(Piece(raw=raw, matched=failed, rows_in=0, failed=True))
            return
        made = [self._piece(one.raw, prefix, melted_column=one) for one in columns]
        later = [replace(piece, rows_in=len(piece.raw.rows)) for piece in made[1:]]
        self.pieces += [made[0], *later]
        self.problems.append(melt_told(raw, columns, sum(len(one.raw.rows) for one in made)))

    def _piece(
        self, raw: RawTable, prefix: str, melted_column: MeltedColumn | None = None
    ) -> Piece:
        options, lookup = self.options, self.lookup
        made = self._made(raw, prefix, melted_column)
        matched = match_headings(made.raw, lookup, made.positions)
        problems = [
            *made.problems,
            *matched.problems,
            *unit_above(made.raw, matched.positions, lookup.schema, self.conventions),
            *statement_units(made.raw, matched.positions, lookup.schema, self.conventions),
        ]
        if any(problem.is_error for problem in problems):
            self.problems += problems
            return Piece(raw=made.raw, matched=matched, rows_in=0, failed=True)
        rows = data_rows(
            made.raw,
            {name: at for name, at in matched.positions.items() if name not in made.late},
            matched.extra,
            schema=lookup.schema,
            conventions=self.conventions,
            options=options,
        )
        told = rows.told
        problems = [p for p in problems if p.code != "unknown_column" or p.place.column not in told]
        raw, rows_in = rows.raw, rows.rows_in
        if melted_column is not None and options.melt is not None:
            answered = ~raw.is_blank(matched.positions[options.melt.into[1]])
            raw, rows_in = raw.keep_rows(answered), rows_in - int((~answered).sum())
        raw = filled(raw, matched.positions, made.late)
        problems += [*columns_told(made.raw, self._own(matched), lookup), *rows.problems]
        problems += generated_told(raw, list(made.late), options)
        for name in options.generate:
            if name not in made.late and name in matched.positions:
                raw, said = blanks_numbered(raw, matched.positions[name], name, prefix)
                problems += said
        self.problems += problems
        return Piece(raw=raw, matched=matched, rows_in=rows_in)

    def _own(self, matched: Matched) -> dict[str, int]:
        """Return the columns that are found, without those that the recipe melts."""
        melt = self.options.melt
        gone = melt.into if melt else ()
        return {name: at for name, at in matched.positions.items() if name not in gone}

    def _made(self, raw: RawTable, prefix: str, one: MeltedColumn | None) -> MadeColumns:
        melt = self.options.melt
        own = {
            name: source
            for name, source in self.lookup.own.items()
            if melt is None or name not in melt.into
        }
        made = made_columns(raw, own, prefix)
        if one is not None and melt is not None:
            made.positions[melt.into[1]] = one.index
            made.add(melt.into[0])
            made.late[melt.into[0]] = constant(one.name)
        if self.options.generate:
            there = match_headings(made.raw, self.lookup, made.positions).positions
            with_generated(made, [n for n in self.options.generate if n not in there], prefix)
        return made


def prepared_pieces(
    parts: Sequence[RawTable],
    lookup: HeadingLookup,
    *,
    conventions: Conventions,
    as_of: date,
    options: TableOptions,
) -> tuple[list[Piece], list[Problem]]:
    """Return the pieces of a table, and what was done and found on the way."""
    whole = _Whole(
        lookup=lookup,
        conventions=conventions,
        options=options,
        as_of=as_of,
        several=len(parts) > 1,
    )
    whole.problems += options_told(lookup.schema.name, options, parts[0].place.file)
    for number, raw in enumerate(parts):
        whole.add(raw, number)
    return whole.pieces, each_once(whole.problems)


def cells_of_all(pieces: Sequence[Piece], schema: TableSchema) -> Mapping[str, JudgedCells] | None:
    """Return the cells of every column over all pieces, by which each piece is judged.

    None where there is one piece, which judges itself.
    """
    if len(pieces) == 1:
        return None
    found: dict[str, list[tuple[RawTable, int]]] = {}
    for piece in pieces:
        for name, index in piece.matched.positions.items():
            found.setdefault(name, []).append((piece.raw, index))
    return {name: JudgedCells(places) for name, places in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPiece:
    """The typed rows of a piece."""

    frame: pd.DataFrame
    named: Mapping[str, TextColumn | None]
    """Columns of texts whose distinct ones are known, by name."""
    problems: Sequence[Problem]
    """What is wrong with its cells."""


def typed_piece(
    piece: Piece,
    judged: Mapping[str, JudgedCells] | None,
    *,
    schema: TableSchema,
    conventions: Conventions,
    options: TableOptions,
) -> TypedPiece:
    """Return the typed rows of a piece and what is wrong with its cells."""
    raw, matched = piece.raw, piece.matched
    values: dict[str, object] = {}
    named: dict[str, TextColumn | None] = {}
    problems: list[Problem] = []
    scale = ""
    for column in schema.columns:
        if column.name in matched.positions:
            index = matched.positions[column.name]
            source = raw
            if column.name in options.values:
                source, said = with_our_values(raw, index, options.values[column.name], column)
                problems += said
            if column.kind is ColumnType.DATE:
                source, column, found = without_empty_days(
                    source, index, column, table=schema.name, options=options
                )
                problems += found
            cells = None if judged is None else judged[column.name]
            typed = type_column(source, index, column, conventions, judged=cells)
            values[column.name] = typed.values
            named[column.name] = typed.named
            for problem in typed.problems:
                rows = empty_rows(source, index, column, problem.code, own=conventions.missing)
                problems.append(_told(problem, rows, raw.headings[index], schema.name, options))
            scale = typed.scale or scale
            if column.money:
                amounts = in_units(typed.values, source, index, conventions)
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
    return TypedPiece(frame=frame, named=named, problems=problems)


def _told(
    problem: Problem, rows: Rows | None, heading: str, table: str, options: TableOptions
) -> Problem:
    """Return a problem of cells with nothing in them with the line that leaves their rows out.

    Rows are named one by one as far as that can be read, else by their blank cells.
    """
    if rows is None:
        return problem
    line = drop_line(map(int, rows[:_MOST_DROPPED]), options.drop_rows)
    if len(rows) > _MOST_DROPPED and problem.code == "blank_cell" and heading:
        line = where_line({**options.where, heading: {"not": ""}})
    return replace(problem, facts={**problem.facts, "table": table, "line": line})


def blocks_of(pieces: Sequence[Piece]) -> tuple[RowBlock, ...]:
    """Return where the rows come from; nothing where that is one place."""
    if len(pieces) == 1:
        return ()
    return tuple(
        RowBlock(
            file=piece.raw.place.file,
            sheet=piece.raw.place.sheet,
            columns={
                name: piece.raw.column_place(index).column
                for name, index in piece.matched.positions.items()
            },
            rows_in=piece.rows_in,
        )
        for piece in pieces
    )


def joined_frames(frames: Sequence[pd.DataFrame], schema: TableSchema) -> pd.DataFrame:
    """Return the rows of all pieces under one index, the columns in the order of the schema."""
    if len(frames) == 1:
        return frames[0]
    names = dict.fromkeys(str(name) for frame in frames for name in frame)
    known = {column.name: column for column in schema.columns}
    order = [name for name in known if name in names] + [n for n in names if n not in known]
    whole: pd.DataFrame = pd.concat(
        [_with_all(frame, order, known, number) for number, frame in enumerate(frames)]
    )
    whole.attrs = dict(frames[0].attrs)
    whole.attrs["scale"] = next((f.attrs["scale"] for f in frames if f.attrs["scale"]), "")
    return whole


def _with_all(
    frame: pd.DataFrame, order: Sequence[str], known: Mapping[str, ColumnSchema], number: int
) -> pd.DataFrame:
    made = frame.copy()
    for name in order:
        if name not in made:
            kind = known[name].kind if name in known else ColumnType.TEXT
            made[name] = typed_values([None] * len(made), kind)
    made.index = pd.Index(np.asarray(made.index, dtype=np.int64) + number * BLOCK, name="row")
    return made[list(order)]
