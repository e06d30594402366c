"""The XLSX appendix: every table of the report whole, its charts as charts; nothing that runs."""

import io
import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from workbook.report.column_sheet import Cells, ColumnSheet, Mixed, Numbers
from workbook.report.column_sheet import Texts as TextCells
from workbook.report.document import ShownChart
from workbook.report.large_book import LargeBook
from workbook.report.meta import ReportMeta
from workbook.report.native_charts import write_charts
from workbook.report.sheet_measures import column_width, height_of, wrapped_rows
from workbook.report.sheet_names import range_names, sheet_names, tab_names
from workbook.report.sheet_style import MAX_CELL as MAX_CELL
from workbook.report.sheet_style import SheetStyle, cut, held, legal

MAX_SHEET = 1_048_576
"""Rows that a sheet may hold."""
_HEADER_ROW = 3
_DAY_NOUGHT = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was; such dates stay text."""
_A4, _A3 = 9, 8
_WIDE = 14
"""A table of more columns is printed on the larger paper."""
_FOOTER = 120
"""Characters of title and client in the footer of a printed sheet."""
_NUMBERS = frozenset({int, float, type(None)})
_TEXTS = frozenset({str, type(None)})
LARGE = 1_000_000
"""Cells from which on the parts of a file are kept on the disk until it is put together."""
_OPTIONS: Mapping[str, Any] = {
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
    parts = [part for table in tables for part in _parts(_by_column(table))]
    large = sum(part.rows * len(part.columns) for part in parts) >= LARGE
    buffer = io.BytesIO()
    if large:
        with TemporaryDirectory(prefix="wb-") as folder:
            keeping = {"in_memory": False, "tmpdir": folder}
            _write(LargeBook(buffer, {**_OPTIONS, **keeping}), parts, meta, charts)
    else:
        _write(xlsxwriter.Workbook(buffer, {**_OPTIONS, "in_memory": True}), parts, meta, charts)
    return buffer.getvalue()


def _write(
    book: xlsxwriter.Workbook,
    parts: "Sequence[_Sheet]",
    meta: ReportMeta,
    charts: Sequence[ShownChart],
) -> None:
    """Write all sheets and close the file."""
    book.set_properties(_properties(meta))
    book.set_size(2400, 1600)
    writer = _Writer(book, meta, SheetStyle(book, meta.accent))
    words = [meta.texts("report.contents"), meta.texts("report.appendix.charts")]
    contents_name, charts_name, *names = sheet_names(
        [*words, *tab_names([part.of for part in parts])]
    )
    contents = book.add_worksheet(contents_name)
    if charts:
        writer.charts(book.add_worksheet(charts_name), charts, contents_name)
    ids = range_names([part.name for part in parts])
    for part, name, id_ in zip(parts, names, ids, strict=True):
        writer.table(book.add_worksheet(name, ColumnSheet), part, contents_name)
        writer.named(id_, name, part)
    lines = [
        _Line(held(part.title), part.rows, name, id_)
        for part, name, id_ in zip(parts, names, ids, strict=True)
    ]
    if charts:
        lines.insert(0, _Line(words[1], len(charts), charts_name, ""))
    writer.contents(contents, lines, fill=any(c["fill"] for part in parts for c in part.columns))
    contents.activate()
    book.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A table, or as much of it as a sheet holds."""

    name: str
    title: str
    of: str
    """Title of the whole table."""
    note: str
    columns: Sequence[dict[str, Any]]
    cells: Sequence[Sequence[Any]]
    """By column."""
    rows: int


def _by_column(table: dict[str, Any]) -> _Sheet:
    columns = table["columns"]
    cells = table.get("cells")
    if cells is None:
        cells = list(zip(*table["rows"], strict=True)) or [()] * len(columns)
    return _Sheet(
        name=str(table["name"]),
        title=str(table["title"]),
        of=str(table["title"]),
        note=str(table["note"]),
        columns=columns,
        cells=cells,
        rows=len(cells[0]) if cells else len(table.get("rows", ())),
    )


def _parts(table: _Sheet) -> Iterator[_Sheet]:
    """Yield the table, in parts where it has more rows than a sheet: nothing is cut off."""
    fit = MAX_SHEET - _HEADER_ROW - 1
    if table.rows <= fit:
        yield table
        return
    count = math.ceil(table.rows / fit)
    for number in range(count):
        cells = [column[number * fit : (number + 1) * fit] for column in table.cells]
        title = f"{table.title} ({number + 1}/{count})"
        yield replace(table, title=title, cells=cells, rows=len(cells[0]))


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

    def table(self, sheet: ColumnSheet, table: _Sheet, contents: str) -> None:
        columns, cells = table.columns, table.cells
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, held(table.title), self.style.title())
        self._link(sheet, 2, 0, contents, self.meta.texts("report.appendix.back"))
        widths = [column_width(c, values) for c, values in zip(columns, cells, strict=True)]
        headings = [held(column["heading"]) for column in columns]
        for i, column in enumerate(columns):
            look = self.style.head(column["numeric"], apart=i > 0)
            sheet.write_string(_HEADER_ROW, i, headings[i], look)
            sheet.set_column(i, i, widths[i])
        sheet.set_row(_HEADER_ROW, height_of(headings, widths))
        cut_off: list[tuple[int, int]] = []
        if columns and table.rows:
            made = [self._cells(i, c, cells[i], cut_off) for i, c in enumerate(columns)]
            sheet.write_columns(_HEADER_ROW + 1, made)
        for r, high in wrapped_rows(cells, widths).items():
            sheet.set_row(_HEADER_ROW + 1 + r, high)
        places = [xl_rowcol_to_cell(_HEADER_ROW + 1 + r, i) for r, i in sorted(cut_off)]
        self._note(sheet, table.note, places, widths)
        sheet.freeze_panes(_HEADER_ROW + 1, 1)
        if columns:
            sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(1, table.rows), len(columns) - 1)
        sheet.repeat_rows(_HEADER_ROW)
        self._print(sheet, columns=len(columns))

    def named(self, id_: str, sheet: str, table: _Sheet) -> None:
        """Give the table a name that does not depend on the report's language."""
        last = xl_rowcol_to_cell(
            _HEADER_ROW + table.rows,
            max(len(table.columns) - 1, 0),
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

    def _cells(
        self,
        at: int,
        column: dict[str, Any],
        values: Sequence[Any],
        cut_off: list[tuple[int, int]],
    ) -> Cells:
        """Return the cells of a column in their looks; places of cut texts go to ``cut_off``."""
        fill, kinds = bool(column["fill"]), set(map(type, values))
        if kinds <= _NUMBERS and _all_told(values, kinds):
            return Numbers(values, self.style.cell(fill, column["format"]))
        if kinds <= _TEXTS and not column["date"]:
            texts = _legal(values)
            cut_off += [(r, at) for r, text in enumerate(texts) if text and len(text) > MAX_CELL]
            texts = [text and cut(text) for text in texts] if cut_off else texts
            blank = self.style.cell(fill, column["format"])
            return TextCells(texts, self._text_look(at, column), blank)
        told = {value for value in values if type(value) is str}
        known = {value: self._cell(at, value, column) for value in told}
        too_long = {value for value in told if len(legal(value)) > MAX_CELL}
        if too_long:
            cut_off += [(r, at) for r, v in enumerate(values) if type(v) is str and v in too_long]
        blank = self._cell(at, None, column)
        if kinds <= _TEXTS:
            return Mixed([blank if v is None else known[v] for v in values])
        return Mixed(
            [
                blank if v is None else known[v] if type(v) is str else self._cell(at, v, column)
                for v in values
            ]
        )

    def _text_look(self, at: int, column: dict[str, Any]) -> Format:
        apart = "left" if at else ""  # from the figures before it
        return self.style.cell(bool(column["fill"]), align="right" if column["numeric"] else apart)

    def _cell(self, at: int, value: Any, column: dict[str, Any]) -> tuple[Any, Format]:
        """Return one cell and its look."""
        fill = bool(column["fill"])
        if isinstance(value, dict):  # a figure with a format of its own
            column = {**column, "format": value["format"]}
            value = value["value"]
        if value is None or isinstance(value, bool):
            return value, self.style.cell(fill, column["format"])
        if isinstance(value, int | float):
            if not math.isfinite(value):
                return None, self.style.cell(fill, column["format"])
            if not _is_told(value):
                return str(value), self.style.cell(fill)
            return value, self.style.cell(fill, column["format"])
        if column["date"] and (day := _day(str(value))):
            return day, self.style.cell(fill, "yyyy-mm-dd", "left")
        return cut(legal(value)), self._text_look(at, column)

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


def _is_told(value: float) -> bool:
    """Return whether a sheet holds the number: a spreadsheet keeps 15 digits only."""
    return math.isfinite(value) and (isinstance(value, float) or abs(value) < 1e15)


def _all_told(values: Sequence[float | None], kinds: Set[type]) -> bool:
    """Return whether a sheet holds every number of a column of these types."""
    there = filter(None, values)  # nought is told
    if int in kinds:
        return all(map(_is_told, there))
    return all(map(math.isfinite, there))


def _legal(values: Sequence[str | None]) -> Sequence[str | None]:
    """Return texts without what no cell may hold; nearly always they are what they were."""
    if all(map(str.isprintable, filter(None, values))):
        return values
    return [None if text is None else legal(text) for text in values]


def _day(text: str) -> int | None:
    """Return the number that a spreadsheet has for a day."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return (day - _DAY_NOUGHT).days if day >= _FIRST_DAY else None
