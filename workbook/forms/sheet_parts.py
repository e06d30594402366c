"""What the sheets of all forms have in common: options of the file, heights of rows, the guide."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from workbook.forms.style import Styles
from workbook.language.catalog import Texts

CREATED = datetime(2000, 1, 1)  # fixed: the same form gives the same bytes
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
PROTECTION: Mapping[str, bool] = MappingProxyType(
    {"format_columns": True, "format_rows": True, "autofilter": True}
)
A4 = 9
_NAME_WIDTH, _GUIDE_WIDTH = 18, 110
_LINE = 15.0
"""Points of a line of words."""
_FILLED = 0.9
"""Part of a column's characters that words fill: some are wider than a figure."""


def row_height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row, points, that holds words in columns of so many characters.

    Spreadsheets other than Excel do not fit rows to wrapped words by themselves.
    """
    lines = max(len(textwrap.wrap(words, int(width * _FILLED)) or [""]) for words, width in cells)
    return _LINE * lines + 3


def write_guide(
    sheet: Any, styles: Styles, parts: Iterable[tuple[str, Sequence[tuple[str, str]]]]
) -> None:
    """Write the sheet that tells how to fill in: headings, each with lines of a name and a text."""
    sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.set_column(1, 1, _GUIDE_WIDTH)
    row = 0
    for title, lines in parts:
        row = _guide_part(sheet, styles, row, title, lines)
    sheet.protect("", dict(PROTECTION))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _guide_part(
    sheet: Any, styles: Styles, row: int, title: str, lines: Sequence[tuple[str, str]]
) -> int:
    """Write a heading and its lines and return the row after an empty one."""
    sheet.write_string(row, 0, title, styles.title)
    for place, (name, text) in enumerate(lines, start=row + 1):
        sheet.set_row(place, row_height([(name, _NAME_WIDTH), (text, _GUIDE_WIDTH)]))
        sheet.write_string(place, 0, name, styles.strong)
        sheet.write_string(place, 1, text, styles.text)
    return row + len(lines) + 2


def numbered(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return lines with their numbers.

    >>> numbered(["a", "b"])
    [('1', 'a'), ('2', 'b')]
    """
    return [(str(number), line) for number, line in enumerate(lines, start=1)]


def set_page(sheet: Any, texts: Texts, *, heading: int, area: tuple[int, int, int, int]) -> None:
    """Set how a sheet is printed: across one page, its row of headings repeated."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)
    sheet.print_area(*area)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&A&R{texts('footer')}")
