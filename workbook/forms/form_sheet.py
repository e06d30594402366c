"""One sheet of a workbook seen as a form: cells by row and column, rows by their keys."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbook.errors import Location, Problem
from workbook.forms.layout import KEY, FormKey, form_key
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import BLANK, BLANKS
from workbook.intake.files.column_letters import column_letters
from workbook.intake.files.excel import Sheet
from workbook.intake.problems import warning

_ITEM = "item:"
_FIELDS = "fields:"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A sheet that may be a form; rows count from 1, columns from 0."""

    sheet: Sheet
    file: str

    @property
    def place(self) -> Location:
        """File and sheet."""
        return Location(file=self.file, sheet=self.sheet.name)

    @property
    def rows(self) -> range:
        """Rows that have content."""
        height = len(self.sheet.columns[0]) if self.sheet.columns else 0
        return range(self.sheet.first_row, self.sheet.first_row + height)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, outer spaces gone; a blank one where there is nothing."""
        across = column + 1 - self.sheet.first_column
        down = row - self.sheet.first_row
        if not 0 <= across < len(self.sheet.columns) or row not in self.rows:
            return Cell(BLANK, "")
        text = self.sheet.columns[across][down].strip(BLANKS)
        return Cell(self.sheet.kinds[across][down], text)

    def at(self, row: int, column: int, heading: str = "") -> Location:
        """Return the place of a cell."""
        letter = column_letters(column + 1)
        return replace(self.place, row=row, column=f"{letter} ({heading})" if heading else letter)

    def form(self) -> tuple[int, FormKey] | None:
        """Return the key of the form and its row; None when the sheet is none."""
        for row in self.rows:
            key = form_key(self.cell(row, KEY).text)
            if key:
                return row, key
        return None

    def items(self) -> Iterator[tuple[int, str]]:
        """Yield the rows of items with the items' ids, a copied row again."""
        for row in self.rows:
            text = self.cell(row, KEY).text
            if text.startswith(_ITEM):
                yield row, text.removeprefix(_ITEM)

    def fields(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the rows about the respondent with the names of their fields."""
        for row in self.rows:
            text = self.cell(row, KEY).text
            if text.startswith(_FIELDS):
                yield row, tuple(text.removeprefix(_FIELDS).split(","))

    def strange_rows(self, column: int) -> Iterator[int]:
        """Yield rows below the first item that have text in a column but no key."""
        first = next((row for row, _ in self.items()), None)
        for row in self.rows:
            below = first is not None and row > first
            if below and self.cell(row, column).text and not self.cell(row, KEY).text:
                yield row

    def warnings(self) -> list[Problem]:
        """Return what the sheet hides: formulas and control characters (a form has neither)."""
        found = [
            warning("formulas", self.at(first, column - 1), count=count)
            for column, (count, first) in sorted(self.sheet.formulas.items())
        ]
        if self.sheet.controls:
            count = self.sheet.controls
            found.append(warning("control_characters_removed", self.place, count=count))
        return found
