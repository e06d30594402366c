"""What the XML of an ODS tells that its values do not: a streaming pass over its ``content.xml``.

Errors, formulas without a result, percentages, currencies, zeros that a format shows, merged
cells, hidden rows and columns, the used range.  Rows and cells that are there many times are
counted, never unfolded beyond bounds.  Belongs to the process that opens workbooks.
"""

import re
import zipfile
from xml.parsers import expat

from workbook.intake.files.book_fault import FaultError
from workbook.intake.files.cell_styles import CURRENCY, PERCENT_SIGN, ZEROS
from workbook.intake.files.column_letters import column_letters
from workbook.intake.files.sheet_xml import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_SHEETS,
    SheetFacts,
    UnsafeXmlError,
)

_PART = "content.xml"
_HIDDEN = ("collapse", "filter")
_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}|#ERR\d+!")
_ZEROS = re.compile(r"0\d{1,14}")
_LONGEST = 100
"""Letters of a cell as it is shown that are looked at."""

_Cell = tuple[int, dict[str, str], str]
"""Column, attributes without their namespaces, and the text that is shown."""


def ods_facts(archive: zipfile.ZipFile) -> list[tuple[str, SheetFacts | None]]:
    """Return the name and the facts of every sheet in order.

    Raises
    ------
    UnsafeXmlError
        On a document type declaration.
    FaultError
        With too many sheets, columns or cells.
    """
    pass_over = _Pass()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = pass_over.start
    parser.EndElementHandler = pass_over.end
    parser.CharacterDataHandler = pass_over.text
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(_PART) as source:
        while chunk := source.read(1 << 20):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return list(pass_over.sheets)


def _refuse(*_: object) -> None:
    raise UnsafeXmlError


class _Pass:
    """Handlers of the parser; keeps the row and the cell it is in."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, SheetFacts]] = []
        self._depth = self._tables = self._cell_depth = 0
        self._row = self._column = self._columns = 0
        self._times = self._wide = 1
        self._is_hidden = False
        self._cells: list[_Cell] = []
        self._said: dict[str, str] = {}
        self._shown = ""
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        local = name.rpartition(" ")[2]
        if local == "table":
            self._tables += 1
            if self._tables == 1:
                self._open_sheet(_local(attributes))
        elif self._tables != 1:
            return
        elif local == "table-column":
            self._note_columns(_local(attributes))
        elif local == "table-row":
            said = _local(attributes)
            self._times, self._column = _count(said, "number-rows-repeated"), 0
            self._is_hidden = said.get("visibility") in _HIDDEN
            self._cells = []
        elif local in ("table-cell", "covered-table-cell"):
            self._said, self._shown = _local(attributes), ""
            self._wide = _count(self._said, "number-columns-repeated")
            self._cell_depth = self._depth
        elif local == "p" and self._depth == self._cell_depth + 1:
            self._inside = True

    def text(self, data: str) -> None:
        if self._inside and len(self._shown) < _LONGEST:
            self._shown += data

    def end(self, name: str) -> None:
        self._depth -= 1
        local = name.rpartition(" ")[2]
        if local == "table":
            self._tables -= 1
        elif self._tables != 1:
            return
        elif local == "table-row":
            self._close_row()
        elif local in ("table-cell", "covered-table-cell"):
            self._close_cell()
        elif local == "p" and self._depth == self._cell_depth:
            self._inside = False

    def _open_sheet(self, said: dict[str, str]) -> None:
        if len(self.sheets) >= MOST_SHEETS:
            raise FaultError("too_many_sheets", count=len(self.sheets) + 1, most=MOST_SHEETS)
        self.sheets.append((said.get("name", ""), SheetFacts()))
        self._row = self._columns = 0

    def _note_columns(self, said: dict[str, str]) -> None:
        first = self._columns + 1
        self._columns += _count(said, "number-columns-repeated")
        if said.get("visibility") in _HIDDEN:
            last = min(self._columns, first + MOST_COLUMNS)
            self.sheets[-1][1].hidden_columns += range(first, last + 1)

    def _close_cell(self) -> None:
        said = self._said
        if "value-type" in said or "formula" in said:
            if self._column + self._wide > MOST_COLUMNS:
                name = self.sheets[-1][0]
                raise FaultError("too_many_columns", sheet=name, most=MOST_COLUMNS)
            first = self._column + 1
            columns = range(first, first + self._wide)
            self._cells += [(column, said, self._shown) for column in columns]
        self._column += self._wide

    def _close_row(self) -> None:
        name, facts = self.sheets[-1]
        first, self._row = self._row + 1, self._row + self._times
        if not self._cells:
            return
        if facts.cells + len(self._cells) * self._times > MOST_CELLS:
            raise FaultError("used_range_too_large", sheet=name)
        for row in range(first, self._row + 1):
            if self._is_hidden:
                facts.hidden_rows.append(row)
            for column, said, shown in self._cells:
                _note(facts, row, column, said, shown)


def _note(facts: SheetFacts, row: int, column: int, said: dict[str, str], shown: str) -> None:
    kind = said.get("value-type", "")
    facts.note(row, column)
    if "formula" in said:
        facts.note_formula(row, column, calculated=bool(kind))
    if kind == "error" or ("formula" in said and _ERROR.fullmatch(shown)):
        facts.note_error(row, column, shown)
    elif kind == "percentage":
        facts.note_style(row, column, PERCENT_SIGN, None)
    elif kind == "currency":
        facts.note_style(row, column, CURRENCY, said.get("currency", ""))
    elif kind == "float" and _ZEROS.fullmatch(shown):
        facts.note_style(row, column, ZEROS, len(shown))
    wide, high = _count(said, "number-columns-spanned"), _count(said, "number-rows-spanned")
    if wide > 1 or high > 1:
        end = f"{column_letters(column + wide - 1)}{row + high - 1}"
        facts.merged.append(f"{column_letters(column)}{row}:{end}")


def _local(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes without namespaces; of a kind of value the error wins."""
    said: dict[str, str] = {}
    for name, value in attributes.items():
        local = name.rpartition(" ")[2]
        if said.get(local) != "error":
            said[local] = value
    return said


def _count(said: dict[str, str], name: str) -> int:
    text = said.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
