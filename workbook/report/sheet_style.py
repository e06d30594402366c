"""The look of sheets in XLSX files: formats made once each, and text that a cell may hold."""

import re
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

MAX_CELL = 32_767
"""Characters that a cell of a spreadsheet may hold."""
SIZE = 10
"""Size of the type, points."""
_CUT = " […]"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNFIT = re.compile(rf"{_ILLEGAL.pattern[:-1]}\u202a-\u202e\u2066-\u2069]")
"""What no cell may hold, and overrides of the direction of writing."""
_RULE = {"bottom": 4, "bottom_color": "#c7ced6"}


@dataclass(slots=True)
class SheetStyle:
    """Formats of one file in the house look."""

    book: xlsxwriter.Workbook
    accent: str
    _formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)
    _cells: dict[tuple[bool, str, str], Format] = field(default_factory=dict)

    def title(self) -> Format:
        """Return the look of a title."""
        return self._format(bold=True, font_size=14, font_color=self.accent)

    def quiet(self, *, wrap: bool = False) -> Format:
        """Return the look of notes."""
        style = {"text_wrap": True, "valign": "top"} if wrap else {}
        return self._format(font_color="#5c636b", **style)

    def link(self) -> Format:
        """Return the look of a link."""
        return self._format(font_color="#0b5394", underline=1)

    def head(self, numeric: bool, *, apart: bool = False) -> Format:
        """Return the look of a heading of a column, set apart from figures before it."""
        return self._format(
            indent=int(apart and not numeric),
            bold=True,
            text_wrap=True,
            valign="bottom",
            align="right" if numeric else "left",
            top=2,
            bottom=1,
            bg_color="#eef1f5",
        )

    def cell(self, fill: bool = False, num_format: str = "", align: str = "") -> Format:
        """Return the look of a cell; yellow where people fill it."""
        look = (fill, num_format, align)
        if look not in self._cells:
            style: dict[str, Any] = {"valign": "top", "text_wrap": True} | _RULE
            style |= {"bg_color": "#fff4cc", "border": 1, "border_color": "#c7ced6"} if fill else {}
            style |= {"num_format": num_format} if num_format else {}
            style |= {"align": align, "indent": int(align == "left")} if align else {}
            self._cells[look] = self._format(**style)
        return self._cells[look]

    def _format(self, **style: Any) -> Format:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            base = {"font_name": "Calibri", "font_size": SIZE, "font_color": "#1f2933"}
            self._formats[key] = self.book.add_format(base | style)
        return self._formats[key]


def legal(value: object) -> str:
    """Return text without what no cell may hold."""
    text = str(value)
    return text if text.isprintable() else _UNFIT.sub("", text)  # nearly all cells are printable


def held(value: object) -> str:
    """Return text that a cell may hold: no illegal characters, cut with a mark where too long."""
    return cut(legal(value))


def cut(text: str) -> str:
    """Return text no longer than a cell may be."""
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - len(_CUT)] + _CUT
