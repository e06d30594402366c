"""Columns that the file does not have as such: constants, joined cells, names of sheets and files.

A column that is the same in every row, or a number of it, tells nothing of which rows are data: it
is there from the beginning, blank, and filled in when that is settled.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import numpy as np

from workbook.engagement.settings import ColumnSource, TableOptions
from workbook.errors import Problem
from workbook.intake.problems import error, step
from workbook.intake.raw_table import RawTable, Texts, as_texts
from workbook.intake.recipe.patterns import captured, first_match
from workbook.language.nearest import plain

Fill = Callable[[RawTable], Texts]
"""Gives the texts of a column for the rows that are data."""


@dataclass(slots=True, kw_only=True)
class MadeColumns:
    """A table with the columns that the recipe makes."""

    raw: RawTable
    positions: dict[str, int] = field(default_factory=dict)
    """Our name -> index."""
    late: dict[str, Fill] = field(default_factory=dict)
    """Those that are blank until the rows are settled."""
    problems: list[Problem] = field(default_factory=list)

    def add(self, name: str, texts: Texts | None = None, *, at: int = -1) -> int:
        """Add a column (blank without texts) and return its index."""
        blank = as_texts([""] * len(self.raw.rows))
        self.raw = self.raw.with_column(name, blank if texts is None else texts, at)
        self.positions[name] = len(self.raw.headings) - 1
        return self.positions[name]


def constant(text: str) -> Fill:
    """Return what fills every row with one text."""
    return lambda raw: as_texts([text] * len(raw.rows))


def row_numbers(prefix: str) -> Fill:
    """Return what fills every row with its number."""
    return lambda raw: as_texts([f"{prefix}{row}" for row in raw.rows.tolist()])


def made_columns(raw: RawTable, columns: Mapping[str, ColumnSource], prefix: str) -> MadeColumns:
    """Return the table with the columns of ``columns`` that are no headings.

    Parameters
    ----------
    prefix
        Stands before numbers of rows where several files are joined.
    """
    made = MadeColumns(raw=raw)
    for name, source in columns.items():
        if source.join:
            _join(made, name, source)
        elif source.row:
            made.add(name)
            made.late[name] = row_numbers(prefix)
        elif not source.headings and not source.column:
            _constant(made, name, source)
    return made


def with_generated(made: MadeColumns, names: Sequence[str], prefix: str) -> None:
    """Add the identifiers of ``generate`` that the file does not have."""
    for name in names:
        made.add(name)
        made.late[name] = row_numbers(prefix)


def filled(raw: RawTable, positions: Mapping[str, int], late: Mapping[str, Fill]) -> RawTable:
    """Return the table with its late columns filled in."""
    every = np.ones(len(raw.rows), dtype=bool)
    for name, fill in late.items():
        raw = raw.with_texts(positions[name], fill(raw), every)
    return raw


def blanks_numbered(
    raw: RawTable, index: int, name: str, prefix: str
) -> tuple[RawTable, list[Problem]]:
    """Return the table with the number of the row in the blank cells of an identifier."""
    blank = raw.is_blank(index)
    if not blank.any():
        return raw, []
    numbers = row_numbers(prefix)(raw)
    texts = np.where(blank, numbers, raw.texts[index])
    place = raw.column_place(index)
    said = step("ids_generated", place, name=name, count=int(blank.sum()))
    return raw.with_texts(index, texts, blank), [said]


def _join(made: MadeColumns, name: str, source: ColumnSource) -> None:
    raw = made.raw
    hits = [first_match([heading], raw.headings) for heading in source.join]
    missing = [head for head, found in zip(source.join, hits, strict=True) if not found]
    constants = {"#sheet": raw.place.sheet, "#file": _stem(raw)}
    missing = [head for head in missing if head not in constants]
    if missing or not any(hits):
        place = replace(raw.place, row=raw.header_row, column=name)
        made.problems.append(error("join_missing", place, ", ".join(missing or source.join)))
        made.add(name)
        return
    own = [raw.texts[found[0]] for found in hits if found]
    columns = [
        raw.texts[found[0]] if found else as_texts([constants.get(head, "")] * len(raw.rows))
        for head, found in zip(source.join, hits, strict=True)
    ]
    some = np.any([[bool(text.strip()) for text in texts] for texts in own], axis=0)
    joined = [
        source.sign.join(filter(None, map(str.strip, cells))) if there else ""
        for *cells, there in zip(*columns, some, strict=True)
    ]
    made.add(name, as_texts(joined))


def _constant(made: MadeColumns, name: str, source: ColumnSource) -> None:
    raw = made.raw
    value, code, said = source.value, "", ""
    if source.above:
        value, code, said = _beside_label(raw, source.above), "above_not_found", source.above
    elif source.sheet:
        value, code, said = captured(source.sheet, raw.place.sheet), "name_differs", source.sheet
    elif source.file:
        file = PurePosixPath(raw.place.file).name
        value, code, said = captured(source.file, file), "name_differs", source.file
    if value is None:
        place = replace(raw.place, row=None, column=name)
        made.problems.append(error(code, place, said))
    made.add(name)
    made.late[name] = constant(value or "")


def _stem(raw: RawTable) -> str:
    return PurePosixPath(raw.place.file).stem


def _beside_label(raw: RawTable, label: str) -> str | None:
    """Return the first cell after a label above the header, or what follows it in its cell."""
    wanted = plain(label)
    for line in raw.above:
        cells = [cell.strip() for cell in line]
        for at, cell in enumerate(cells):
            if plain(cell) == wanted:
                return next(filter(None, cells[at + 1 :]), None)
            head, colon, rest = cell.partition(":")
            if colon and plain(head) == wanted and rest.strip():
                return rest.strip()
    return None


def generated_told(raw: RawTable, names: Sequence[str], options: TableOptions) -> list[Problem]:
    """Tell which identifiers are numbers of rows."""
    there = [name for name in names if name in options.generate]
    place = replace(raw.place, row=None)
    return [
        step("ids_generated", replace(place, column=name), name=name, count=len(raw.rows))
        for name in there
    ]
