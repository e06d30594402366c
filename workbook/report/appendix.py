"""The XLSX appendix: every table of the report whole, its charts as charts; nothing that runs."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from workbook.report.document import ShownChart
from workbook.report.meta import ReportMeta
from workbook.report.native_charts import write_charts
from workbook.report.sheet_measures import column_width, height_of, wrapped_rows
from workbook.report.sheet_names import range_names, sheet_names, tab_names
from workbook.report.sheet_style import MAX_CELL as MAX_CELL
from workbook.report.sheet_style import SheetStyle, cut, held, legal

MAX_SHEET = 1_048_576
"""Rows that a sheet may hold."""
_HEADER_ROW = 3
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was; such dates stay text."""
_A4, _A3 = 9, 8
_WIDE = 14
"""A table of more columns is printed on the larger paper."""
_FOOTER = 120
"""Characters of title and client in the footer of a printed sheet."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "remove_timezone": True,
}


def to_xlsx(
    tables: Sequence[dict[str, Any]], meta: ReportMeta, charts: Sequence[ShownChart] = ()
) -> bytes:
    """Return a workbook with a sheet of contents, one of charts and one for each table.

    Each table is a named range too: formulas and scripts find it by its ASCII name, whatever its
    tab is called in the report's language.

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
    writer = _Writer(book, meta, SheetStyle(book, meta.accent))
    words = [meta.texts("report.contents"), meta.texts("report.appendix.charts")]
    contents_name, charts_name, *names = sheet_names([*words, *tab_names(_titles(tables))])
    contents = book.add_worksheet(contents_name)
    if charts:
        writer.charts(book.add_worksheet(charts_name), charts, contents_name)
    ids = range_names([str(table["name"]) for table in tables])
    for table, name, id_ in zip(tables, names, ids, strict=True):
        writer.table(book.add_worksheet(name), table, contents_name)
        writer.named(id_, name, table)
    lines = [
        _Line(held(table["title"]), len(table["rows"]), name, id_)
        for table, name, id_ in zip(tables, names, ids, strict=True)
    ]
    if charts:
        lines.insert(0, _Line(words[1], len(charts), charts_name, ""))
    writer.contents(contents, lines, fill=any(c["fill"] for t in tables for c in t["columns"]))
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
        yield {
            **table,
            "of": table["title"],
            "title": title,
            "rows": rows[number * fit : (number + 1) * fit],
        }


def _titles(tables: Sequence[dict[str, Any]]) -> list[str]:
    return [str(table.get("of", table["title"])) for table in tables]


def _properties(meta: ReportMeta) -> dict[str, Any]:
    return {
        "title": f"{meta.title} · {meta.client}".strip(" ·"),
        "subject": meta.period_told,
        "author": meta.author,
        "company": meta.brand.name,
        "status": meta.status,
        "created": meta.created.replace(tzinfo=None),
    }


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the contents."""

    title: str
    rows: int
    sheet: str
    id: str


@dataclass(slots=True)
class _Writer:
    """Writes sheets in the house look."""

    book: xlsxwriter.Workbook
    meta: ReportMeta
    style: SheetStyle

    def contents(self, sheet: Worksheet, lines: Sequence[_Line], *, fill: bool) -> None:
        texts = self.meta.texts
        sheet.hide_gridlines(2)
        for i, width in enumerate((6, 78, 10, 32, 28)):
            sheet.set_column(i, i, width)
        sheet.write_string(0, 0, held(self.meta.title), self.style.title())
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
        sheet.write_string(1, 0, held(line), self.style.quiet())
        heads = ("number", "table", "rows", "sheet", "id")
        for i, key in enumerate(heads):
            sheet.write_string(3, i, texts(f"report.appendix.{key}"), self.style.head(i == 2))
        for row, one in enumerate(lines, start=4):
            sheet.write_number(row, 0, row - 3, self.style.cell(align="left"))
            sheet.write_string(row, 1, one.title, self.style.cell())
            sheet.write_number(row, 2, one.rows, self.style.cell(num_format="#,##0"))
            self._link(sheet, row, 3, one.sheet, one.sheet)
            sheet.write_string(row, 4, one.id, self.style.quiet())
        if fill:
            row = 5 + len(lines)
            sheet.write_string(row, 1, texts("report.appendix.fill"), self.style.cell(fill=True))
        self._imprint(sheet, 7 + len(lines))
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)
        self._print(sheet, columns=len(heads))

    def _imprint(self, sheet: Worksheet, row: int) -> None:
        """Write where to ask, and what the tables are not to be taken for: the firm's own words."""
        contact, terms = self.meta.imprint
        firm = (self.meta.brand.name,) if contact or terms else ()
        words = (*firm, *contact, *terms, self.meta.brand.footer)
        for at, text in enumerate(filter(None, words), start=row):
            sheet.write_string(at, 1, held(text), self.style.quiet())

    def charts(self, sheet: Worksheet, charts: Sequence[ShownChart], contents: str) -> None:
        sheet.write_string(0, 0, self.meta.texts("report.appendix.charts"), self.style.title())
        note = self.meta.texts("report.appendix.charts_note")
        sheet.write_string(1, 0, note, self.style.quiet())
        self._link(sheet, 2, 0, contents, self.meta.texts("report.appendix.back"))
        self._print(sheet, columns=1)
        write_charts(
            self.book, sheet, charts, meta=self.meta, style=self.style, row=_HEADER_ROW + 1
        )

    def table(self, sheet: Worksheet, table: dict[str, Any], contents: str) -> None:
        columns, rows = table["columns"], table["rows"]
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, held(table["title"]), self.style.title())
        self._link(sheet, 2, 0, contents, self.meta.texts("report.appendix.back"))
        widths = [column_width(c, [row[i] for row in rows]) for i, c in enumerate(columns)]
        headings = [held(column["heading"]) for column in columns]
        for i, column in enumerate(columns):
            look = self.style.head(column["numeric"], apart=i > 0)
            sheet.write_string(_HEADER_ROW, i, headings[i], look)
            sheet.set_column(i, i, widths[i])
        sheet.set_row(_HEADER_ROW, height_of(headings, widths))
        cut_off = [
            xl_rowcol_to_cell(r, i)
            for r, row in enumerate(rows, start=_HEADER_ROW + 1)
            for i, value in enumerate(row)
            if self._value(sheet, (r, i), value, columns[i])
        ]
        for r, high in wrapped_rows(rows, widths).items():
            sheet.set_row(_HEADER_ROW + 1 + r, high)
        self._note(sheet, str(table["note"]), cut_off, widths)
        sheet.freeze_panes(_HEADER_ROW + 1, 1)
        if columns:
            sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(1, len(rows)), len(columns) - 1)
        sheet.repeat_rows(_HEADER_ROW)
        self._print(sheet, columns=len(columns))

    def named(self, id_: str, sheet: str, table: dict[str, Any]) -> None:
        """Give the table a name that does not depend on the report's language."""
        last = xl_rowcol_to_cell(
            _HEADER_ROW + len(table["rows"]),
            max(len(table["columns"]) - 1, 0),
            row_abs=True,
            col_abs=True,
        )
        first = xl_rowcol_to_cell(_HEADER_ROW, 0, row_abs=True, col_abs=True)
        self.book.define_name(id_, f"={_quoted(sheet)}!{first}:{last}")

    def _note(
        self, sheet: Worksheet, note: str, cut_off: Sequence[str], widths: Sequence[float]
    ) -> None:
        """Write the note over all columns, as high as its words ask."""
        if cut_off:
            warning = self.meta.texts("report.appendix.cut", cells=", ".join(cut_off[:20]))
            note = f"{note} {warning}".strip()
        note, wide = held(note), self.style.quiet(wrap=True)
        if len(widths) > 1:
            sheet.merge_range(1, 0, 1, len(widths) - 1, "", wide)
        sheet.write_string(1, 0, note, wide)
        sheet.set_row(1, height_of([note], [sum(widths) or 60.0]))

    def _value(
        self, sheet: Worksheet, place: tuple[int, int], value: Any, column: dict[str, Any]
    ) -> bool:
        """Write one cell; True when its text had to be cut."""
        fill = bool(column["fill"])
        if isinstance(value, dict):  # a figure with a format of its own
            column = {**column, "format": value["format"]}
            value = value["value"]
        if value is None:
            sheet.write_blank(*place, None, self.style.cell(fill, column["format"]))
        elif isinstance(value, bool):
            sheet.write_boolean(*place, value, self.style.cell(fill, column["format"]))
        elif isinstance(value, int | float):
            self._number(sheet, place, value, column)
        elif column["date"] and (day := _day(str(value))):
            sheet.write_datetime(*place, day, self.style.cell(fill, "yyyy-mm-dd", "left"))
        else:
            text = legal(value)
            apart = "left" if place[1] else ""  # from the figures before it
            align = "right" if column["numeric"] else apart
            sheet.write_string(*place, cut(text), self.style.cell(fill, align=align))
            return len(text) > MAX_CELL
        return False

    def _number(
        self, sheet: Worksheet, place: tuple[int, int], value: float, column: dict[str, Any]
    ) -> None:
        fill = bool(column["fill"])
        if not math.isfinite(value):
            sheet.write_blank(*place, None, self.style.cell(fill, column["format"]))
        elif abs(value) >= 1e15 and isinstance(value, int):
            # a spreadsheet keeps 15 digits only
            sheet.write_string(*place, str(value), self.style.cell(fill))
        else:
            sheet.write_number(*place, value, self.style.cell(fill, column["format"]))

    def _link(self, sheet: Worksheet, row: int, column: int, target: str, text: str) -> None:
        place = f"internal:{_quoted(target)}!A1"
        sheet.write_url(row, column, place, self.style.link(), string=held(text)[:255])

    def _print(self, sheet: Worksheet, *, columns: int) -> None:
        """Set the sheet up for paper: landscape, as wide as the page, numbered pages."""
        sheet.set_landscape()
        sheet.set_paper(_A3 if columns > _WIDE else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        own = f"{self.meta.client} · {self.meta.title}".strip(" ·")[:_FOOTER].replace("&", "&&")
        page = self.meta.texts("report.page", page="&P", pages="&N")
        sheet.set_footer(f"&L {legal(own)}&R{page}")


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day) if day >= _FIRST_DAY else None
