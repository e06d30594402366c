"""The XLSX appendix: every table of the report whole, with raw values and nothing that runs."""

import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from workbook.report.meta import ReportMeta

MAX_CELL = 32_767
"""Characters that a cell of a spreadsheet may hold."""
MAX_SHEET = 1_048_576
"""Rows that a sheet may hold."""
_CUT = " […]"
_HEADER_ROW = 3
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNFIT = re.compile(rf"{_ILLEGAL.pattern[:-1]}\u202a-\u202e\u2066-\u2069]")
"""What no cell may hold, and overrides of the direction of writing."""
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was; such dates stay text."""
_LAST_WIDTH = 60
_RULE = {"bottom": 4, "bottom_color": "#c7ced6"}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "remove_timezone": True,
}


def to_xlsx(tables: Sequence[dict[str, Any]], meta: ReportMeta) -> bytes:
    """Return a workbook with a sheet of contents and one sheet for each table.

    Parameters
    ----------
    tables
        As :meth:`workbook.report.table.Table.sheet` gives them.
    """
    tables = [part for table in tables for part in _parts(table)]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties(_properties(meta))
    book.set_size(2400, 1600)
    writer = _Writer(book, meta)
    contents_name, *names = sheet_names([meta.texts("report.contents"), *_names(tables)])
    contents = book.add_worksheet(contents_name)
    for table, name in zip(tables, names, strict=True):
        writer.table(book.add_worksheet(name), table, contents_name)
    writer.contents(contents, tables, names)
    contents.activate()
    book.close()
    return buffer.getvalue()


def _parts(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the table, in parts where it has more rows than a sheet: nothing is cut off."""
    rows, fit = table["rows"], MAX_SHEET - _HEADER_ROW - 1
    if len(rows) <= fit:
        yield table
        return
    count = math.ceil(len(rows) / fit)
    for number in range(count):
        title = f"{table['title']} ({number + 1}/{count})"
        yield {**table, "title": title, "rows": rows[number * fit : (number + 1) * fit]}


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return names that Excel accepts and that differ from each other whatever the case.

    >>> sheet_names(["a/b", "A:B", "History", ""])
    ['a b', 'A B (2)', 'History (2)', 'Sheet']
    """
    taken = {"history"}  # reserved by Excel
    names = []
    for wish in wanted:
        base = _ILLEGAL.sub("", _NOT_IN_NAME.sub(" ", wish)).strip(" '") or "Sheet"
        name, number = base[:31].strip(" '"), 1
        while name.casefold() in taken:
            number += 1
            tail = f" ({number})"
            name = base[: 31 - len(tail)].strip(" '") + tail
        taken.add(name.casefold())
        names.append(name)
    return names


def _names(tables: Sequence[dict[str, Any]]) -> Iterator[str]:
    return (str(table["name"]) for table in tables)


def _properties(meta: ReportMeta) -> dict[str, Any]:
    return {
        "title": f"{meta.title} · {meta.client}".strip(" ·"),
        "subject": meta.period_told,
        "author": meta.author,
        "company": meta.brand.name,
        "status": meta.status,
        "created": meta.created.replace(tzinfo=None),
    }


@dataclass(slots=True)
class _Writer:
    """Writes sheets in the house look."""

    book: xlsxwriter.Workbook
    meta: ReportMeta
    _formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)
    _cells: dict[tuple[bool, str, str], Format] = field(default_factory=dict)

    def contents(
        self, sheet: Worksheet, tables: Sequence[dict[str, Any]], names: Sequence[str]
    ) -> None:
        texts = self.meta.texts
        sheet.hide_gridlines(2)
        for i, width in enumerate((6, 78, 10, 26)):
            sheet.set_column(i, i, width)
        sheet.write_string(0, 0, _text(self.meta.title), self._title())
        line = " · ".join(
            p
            for p in (
                self.meta.client,
                self.meta.period_told,
                texts("report.as_of", day=self.meta.as_of),
                self.meta.status,
                texts("report.confidential"),
            )
            if p
        )
        sheet.write_string(1, 0, _text(line), self._quiet())
        heads = ("number", "table", "rows", "sheet")
        for i, key in enumerate(heads):
            sheet.write_string(3, i, texts(f"report.appendix.{key}"), self._head(i == 2))
        for row, (table, name) in enumerate(zip(tables, names, strict=True), start=4):
            sheet.write_number(row, 0, row - 3, self._cell(align="left"))
            sheet.write_string(row, 1, _text(table["title"]), self._cell())
            sheet.write_number(row, 2, len(table["rows"]), self._cell(num_format="#,##0"))
            self._link(sheet, row, 3, name, name)
        if any(c["fill"] for t in tables for c in t["columns"]):
            row = 5 + len(tables)
            sheet.write_string(row, 1, texts("report.appendix.fill"), self._cell(fill=True))
        sheet.freeze_panes(4, 0)
        _print(sheet, last_column=3)

    def table(self, sheet: Worksheet, table: dict[str, Any], contents: str) -> None:
        columns, rows = table["columns"], table["rows"]
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, _text(table["title"]), self._title())
        sheet.write_string(1, 0, _text(table["note"]), self._quiet())
        self._link(sheet, 2, 0, contents, self.meta.texts("report.appendix.back"))
        for i, column in enumerate(columns):
            sheet.write_string(
                _HEADER_ROW, i, _text(column["heading"]), self._head(column["numeric"])
            )
            sheet.set_column(i, i, _width(column, [row[i] for row in rows]))
        cut = [
            xl_rowcol_to_cell(r, i)
            for r, row in enumerate(rows, start=_HEADER_ROW + 1)
            for i, value in enumerate(row)
            if self._value(sheet, (r, i), value, columns[i])
        ]
        if cut:
            warning = self.meta.texts("report.appendix.cut", cells=", ".join(cut[:20]))
            note = f"{table['note']} {warning}".strip()
            sheet.write_string(1, 0, _text(note), self._quiet())
        sheet.freeze_panes(_HEADER_ROW + 1, 1)
        if columns:
            sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(1, len(rows)), len(columns) - 1)
        sheet.repeat_rows(_HEADER_ROW)
        _print(sheet, last_column=len(columns) - 1)

    def _value(
        self, sheet: Worksheet, place: tuple[int, int], value: Any, column: dict[str, Any]
    ) -> bool:
        """Write one cell; True when its text had to be cut."""
        fill = bool(column["fill"])
        if value is None:
            sheet.write_blank(*place, None, self._cell(fill, column["format"]))
        elif isinstance(value, bool):
            sheet.write_boolean(*place, value, self._cell(fill, column["format"]))
        elif isinstance(value, int | float):
            self._number(sheet, place, value, column)
        elif column["date"] and (day := _day(str(value))):
            sheet.write_datetime(*place, day, self._cell(fill, "yyyy-mm-dd", "left"))
        else:
            legal = _legal(value)
            sheet.write_string(*place, _cut(legal), self._cell(fill))
            return len(legal) > MAX_CELL
        return False

    def _number(
        self, sheet: Worksheet, place: tuple[int, int], value: float, column: dict[str, Any]
    ) -> None:
        fill = bool(column["fill"])
        if not math.isfinite(value):
            sheet.write_blank(*place, None, self._cell(fill, column["format"]))
        elif abs(value) >= 1e15 and isinstance(value, int):
            # a spreadsheet keeps 15 digits only
            sheet.write_string(*place, str(value), self._cell(fill))
        else:
            sheet.write_number(*place, value, self._cell(fill, column["format"]))

    def _link(self, sheet: Worksheet, row: int, column: int, target: str, text: str) -> None:
        quoted = target.replace("'", "''")
        style = self._format(font_color="#0b5394", underline=1)
        sheet.write_url(row, column, f"internal:'{quoted}'!A1", style, string=_text(text)[:255])

    def _title(self) -> Format:
        return self._format(bold=True, font_size=14, font_color=self.meta.accent)

    def _quiet(self) -> Format:
        return self._format(font_color="#5c636b")

    def _head(self, numeric: bool) -> Format:
        return self._format(
            bold=True,
            text_wrap=True,
            valign="bottom",
            align="right" if numeric else "left",
            top=2,
            bottom=1,
            bg_color="#eef1f5",
        )

    def _cell(self, fill: bool = False, num_format: str = "", align: str = "") -> Format:
        look = (fill, num_format, align)
        if look not in self._cells:
            style: dict[str, Any] = {"valign": "top", "text_wrap": True} | _RULE
            style |= {"bg_color": "#fff4cc", "border": 1, "border_color": "#c7ced6"} if fill else {}
            style |= {"num_format": num_format} if num_format else {}
            style |= {"align": align} if align else {}
            self._cells[look] = self._format(**style)
        return self._cells[look]

    def _format(self, **style: Any) -> Format:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            base = {"font_name": "Calibri", "font_size": 10, "font_color": "#1f2933"}
            self._formats[key] = self.book.add_format(base | style)
        return self._formats[key]


def _print(sheet: Worksheet, *, last_column: int) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if last_column > 5:
        sheet.set_landscape()


def _legal(value: object) -> str:
    text = str(value)
    return text if text.isprintable() else _UNFIT.sub("", text)  # nearly all cells are printable


def _text(value: object) -> str:
    """Return text that a cell may hold: no illegal characters, cut with a mark where too long."""
    return _cut(_legal(value))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - len(_CUT)] + _CUT


def _day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day) if day >= _FIRST_DAY else None


def _width(column: dict[str, Any], values: Sequence[Any]) -> float:
    heading = max((len(w) for w in str(column["heading"]).split()), default=0) + 3
    if column["fill"]:
        return float(max(heading, 22))
    if column["date"]:
        return float(max(heading, 12))
    longest = max((_shown_length(v) for v in values), default=0)
    return float(min(_LAST_WIDTH, max(heading, longest + 2, 9)))


def _shown_length(value: Any) -> int:
    if isinstance(value, float):
        return len(f"{value:,.1f}")
    text = "" if value is None else str(value)
    return max(map(len, text.split("\n"))) if "\n" in text else len(text)
