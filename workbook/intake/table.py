"""A table of the client's: from found columns to a typed, checked frame."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbook.engagement.settings import TableOptions
from workbook.errors import Location, Problem, Severity
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.missing_words import one_remedy
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.problems import each_once, error
from workbook.intake.raw_table import RawTable
from workbook.intake.recipe.latest_rows import latest_only
from workbook.intake.row_blocks import BLOCK, RowBlock, decoded
from workbook.intake.rows.row_checks import (
    dates_in_order,
    future_days,
    key_conflicts,
    old_days,
    one_day,
    without_repeats,
)
from workbook.intake.schema import TableSchema
from workbook.intake.score_scale import score_scale_problems
from workbook.intake.spellings import Spellings, gathered, headings_gathered, unified
from workbook.intake.table_pieces import (
    Piece,
    blocks_of,
    cells_of_all,
    joined_frames,
    prepared_pieces,
    typed_piece,
)
from workbook.intake.text_column import TextColumn

HEADINGS = ""
"""Key of what the headings of a table name, among the spellings of its columns."""


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
    blocks: tuple[RowBlock, ...] = ()
    """Where its rows come from, when that is not one place (:mod:`workbook.intake.row_blocks`)."""

    def place_of(self, row: int, column: str) -> Location:
        """Return the place of a cell as the client's file shows it.

        Parameters
        ----------
        row
            Index of the row in ``frame``.
        column
            Our name of the column.
        """
        if row in self.elsewhere:
            return self.elsewhere[row]
        block, number = divmod(row, BLOCK)
        if not self.blocks:
            column = self.columns.get(column, column)
            return Location(file=self.file, sheet=self.sheet, row=row, column=column)
        found = self.blocks[block]
        heading = found.columns.get(column, self.columns.get(column, column))
        return Location(file=found.file, sheet=found.sheet, row=number, column=heading)

    @property
    def places(self) -> frozenset[tuple[str, str]]:
        """Return every file and sheet that its rows come from."""
        return frozenset({(self.file, self.sheet), *((b.file, b.sheet) for b in self.blocks)})

    @property
    def rows_by_file(self) -> tuple[tuple[str, int, int], ...]:
        """Return file, rows in it and rows used of every file that gave rows."""
        others = Counter(place.file for place in self.elsewhere.values())
        told = [(file, n, n) for file, n in sorted(others.items())]
        if self.blocks:
            return (*self._rows_by_block(), *told)
        added = others.total()
        own = (self.file, self.rows_in - added, self.rows_used - added)
        return (*((own,) if own[1] or not others else ()), *told)

    def _rows_by_block(self) -> Iterator[tuple[str, int, int]]:
        rows = self.frame.index.to_numpy()
        own = rows[~np.isin(rows, list(self.elsewhere))]
        used = np.bincount(own // BLOCK, minlength=len(self.blocks)).tolist()
        files: dict[str, tuple[int, int]] = {}
        for number, block in enumerate(self.blocks):
            rows_in, rows_used = files.get(block.file, (0, 0))
            files[block.file] = (rows_in + block.rows_in, rows_used + used[number])
        yield from ((file, *counts) for file, counts in files.items())

    def located(self, problem: Problem) -> Problem:
        """Return a problem with rows as the files show them."""
        return decoded(problem, self.blocks, self.columns) if self.blocks else problem


def build_table(
    parts: Sequence[RawTable],
    lookup: HeadingLookup,
    conventions: Conventions,
    *,
    as_of: date,
    options: TableOptions,
) -> tuple[InputTable | None, list[Problem]]:
    """Return the typed table (None when a required column is missing) and its problems.

    ``parts`` are what its files and sheets hold, mostly one.
    """
    schema = lookup.schema
    pieces, problems = prepared_pieces(
        parts, lookup, conventions=conventions, as_of=as_of, options=options
    )
    if any(piece.failed for piece in pieces) or not pieces:
        return None, problems
    if not any(len(piece.raw.rows) for piece in pieces):
        first = pieces[0].raw
        return None, [*problems, error("no_rows", replace(first.place, row=first.header_row))]
    frames: list[pd.DataFrame] = []
    found: list[Problem] = []
    named: Mapping[str, TextColumn | None] = {}
    judged = cells_of_all(pieces, schema)
    for piece in pieces:
        typed = typed_piece(piece, judged, schema=schema, conventions=conventions, options=options)
        frames.append(typed.frame)
        found += typed.problems
        named = typed.named if len(pieces) == 1 else {}
    blocks = blocks_of(pieces)
    frame = joined_frames(frames, schema)
    places = _places(pieces[0], own=schema.open)
    spellings = _spellings(frame, schema, options.join_ids, named)
    frame = unified(frame, spellings)
    frame, checked = latest_only(frame, options.latest, schema, places[""])
    frame, more = _checked(frame, schema, places=places, as_of=as_of)
    checked += more
    if schema.name == "survey":
        checked += score_scale_problems(frame, places["score"], conventions)
    table = InputTable(
        name=schema.name,
        schema=schema,
        frame=frame,
        file=pieces[0].raw.place.file,
        sheet=pieces[0].raw.place.sheet,
        columns={name: place.column for name, place in places.items() if name},
        rows_in=sum(piece.rows_in for piece in pieces),
        rows_used=len(frame),
        spellings=spellings,
        blocks=blocks,
    )
    told = each_once(_of_all_pieces(one_remedy(found, conventions.missing), len(pieces)))
    return table, [*problems, *told, *map(table.located, checked)]


def _of_all_pieces(problems: Sequence[Problem], pieces: int) -> list[Problem]:
    """Leave out remarks that several pieces of a table give in the same words."""
    if pieces == 1:
        return list(problems)
    first: dict[tuple[object, ...], Problem] = {}
    for number, one in enumerate(problems):
        said = one.severity is Severity.WARNING and one.place.row is None
        key = (one.code, one.found, repr(dict(one.facts))) if said else (number,)
        first.setdefault(key, one)
    return list(first.values())


def _spellings(
    frame: pd.DataFrame,
    schema: TableSchema,
    join_ids: bool | None,
    named: Mapping[str, TextColumn | None],
) -> dict[str, Spellings]:
    found = gathered(frame, schema, join_ids, named)
    if schema.open_thing:
        known = {column.name for column in schema.columns}
        own = [str(name) for name in frame if name not in known]
        found[HEADINGS] = headings_gathered(own, schema.open_thing)
    return found


def _places(piece: Piece, *, own: bool) -> Mapping[str, Location]:
    """Return the name of a column -> its place in the file; the table itself under ``""``.

    ``own``: with the columns of the client's own.
    """
    raw, matched = piece.raw, piece.matched
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
