"""The tables of a web page as sheets: what Bitrix24, 1C and others send under a workbook's name.

A table is a sheet, called by its number; one inside a cell is a sheet of its own.  All cells are
text.  Cells that are spread over several columns or rows have their text once, blank cells
elsewhere, and are told as merged.  Belongs to the process that opens workbooks.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

from workbook.intake.files.book_fault import FaultError
from workbook.intake.files.column_letters import column_letters
from workbook.intake.files.sheet_report import sheet_report
from workbook.intake.files.sheet_xml import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_SHEETS,
    SheetFacts,
)

MOST_NESTED = 20
MOST_ROWS = 2_000_000
_IGNORED = frozenset({"script", "style", "title", "template", "noscript"})
_NEW_LINE = frozenset({"br", "p", "div", "li", "tr"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_LINES = re.compile(r" *\n *")
_BREAK = "\x0b"
"""A new line that the page shows, while spaces are counted."""


class _Grid:
    """A table that is being read."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.facts = SheetFacts()
        self.taken: dict[int, int] = {}
        """Column -> last row that a cell above reaches into."""
        self.text: list[str] | None = None
        """Of the cell that is open."""
        self.cells = 0
        self._at = 0, 0

    def open_row(self, *, hidden: bool) -> None:
        self.close_cell()
        if len(self.rows) >= MOST_ROWS:
            raise FaultError("too_many_rows", most=MOST_ROWS)
        self.rows.append([])
        if hidden:
            self.facts.hidden_rows.append(len(self.rows))
        self._skip_taken()

    def _skip_taken(self) -> None:
        """Leave blank what a cell above reaches into."""
        row = self.rows[-1]
        while self.taken.get(len(row), 0) >= len(self.rows):
            row.append("")

    def open_cell(self, *, wide: int, high: int) -> None:
        self.close_cell()
        if not self.rows:
            self.open_row(hidden=False)
        row = self.rows[-1]
        at = len(row)
        if at + wide > MOST_COLUMNS:
            raise FaultError("too_many_columns", most=MOST_COLUMNS)
        self.cells += wide
        if self.cells > MOST_CELLS:
            raise FaultError("used_range_too_large")
        self.text = []
        self._at = len(self.rows) - 1, at
        row += [""] * wide
        if high > 1:
            last_row = len(self.rows) + high - 1
            self.taken.update(dict.fromkeys(range(at, at + wide), last_row))
        if wide > 1 or high > 1:
            last = f"{column_letters(at + wide)}{len(self.rows) + high - 1}"
            self.facts.merged.append(f"{column_letters(at + 1)}{len(self.rows)}:{last}")

    def close_cell(self) -> None:
        if self.text is None:
            return
        row, column = self._at
        text = _SPACES.sub(" ", "".join(self.text)).replace(_BREAK, "\n")
        text = _AROUND_LINES.sub("\n", text).strip(" \n")
        self.rows[row][column] = text if text.strip() else ""
        self.text = None
        self._skip_taken()


class _Page(HTMLParser):
    """Handlers of the parser: the tables in the order in which they begin."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[_Grid] = []
        self._open: list[_Grid] = []
        self._ignored = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._ignored:
            return
        if tag in _IGNORED:
            self._ignored = tag
        elif tag == "table":
            self._open_table()
        elif self._open:
            self._inside_table(tag, dict(attrs))

    def _inside_table(self, tag: str, said: dict[str, str | None]) -> None:
        grid = self._open[-1]
        if tag == "tr":
            grid.open_row(hidden="display:none" in (said.get("style") or "").replace(" ", ""))
        elif tag in ("td", "th"):
            wide, high = _span(said.get("colspan")), _span(said.get("rowspan"))
            grid.open_cell(wide=wide, high=high)
        elif tag in _NEW_LINE and grid.text is not None and (grid.text or tag == "br"):
            grid.text.append(_BREAK)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _IGNORED:  # nothing follows that would end it
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._ignored:
            self._ignored = "" if tag == self._ignored else self._ignored
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].close_cell()
        elif self._open and tag == "table":
            self._open.pop().close_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._ignored and self._open[-1].text is not None:
            self._open[-1].text.append(data.replace(_BREAK, " "))

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over ``<![if ...]>`` of Office, and what is no such section either."""
        end = self.rawdata.find(">", i)
        return end + 1 or -1

    def close(self) -> None:
        super().close()
        for grid in self._open:
            grid.close_cell()

    def _open_table(self) -> None:
        if len(self._open) >= MOST_NESTED or len(self.grids) >= 50 * MOST_SHEETS:
            raise FaultError("html_too_deep", most=MOST_NESTED)
        grid = _Grid()
        self._open.append(grid)
        self.grids.append(grid)


def _span(said: str | None) -> int:
    """Return over how many columns or rows a cell is spread."""
    text = (said or "").strip()
    return max(1, min(int(text), 65_536)) if text.isascii() and text[:6].isdigit() else 1


def read_page(path: str, encoding: str) -> dict[str, object]:
    """Return the tables of a web page that have any text, as the sheets of a workbook.

    Raises
    ------
    FaultError
        Without a table, and beyond all bounds.
    """
    page = _Page()
    page.feed(_finished(Path(path).read_bytes().decode(encoding)))
    page.close()
    filled = [grid for grid in page.grids if any(any(row) for row in grid.rows)]
    if not filled:
        raise FaultError("html_file")
    if len(filled) > MOST_SHEETS:
        raise FaultError("too_many_sheets", count=len(filled), most=MOST_SHEETS)
    sheets = [_sheet(grid, str(number)) for number, grid in enumerate(filled, start=1)]
    return {"sheets": sheets, "macros": False, "version": ""}


def _finished(text: str) -> str:
    """Return a page without comments and tags that never end: each is sought to the last letter.

    Examples
    --------
    >>> _finished("<td>a</td> 1 < 2 <td"), _finished("<td>a</td><!-- <td>b</td>")
    ('<td>a</td> 1   2  td', '<td>a</td>')
    """
    unfinished = text.find("<!--", text.rfind("-->") + 1)
    if unfinished >= 0:
        text = text[:unfinished]
    last = text.rfind(">") + 1
    return text[:last] + text[last:].replace("<", " ")


def _sheet(grid: _Grid, name: str) -> dict[str, object]:
    width = max(len(row) for row in grid.rows)
    if width * len(grid.rows) > MOST_CELLS:
        raise FaultError("used_range_too_large", sheet=name)
    rows = [row + [""] * (width - len(row)) for row in grid.rows]
    return sheet_report(name, rows, grid.facts, start=(0, 0), visible=True)
