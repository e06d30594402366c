"""The table view: immutable, formatted by column, whole in the XLSX and short on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from workbook.language.catalog import Texts
from workbook.report.blocks import TABLE_MIME, Block, Bundle, clean
from workbook.report.json_bundle import packed

Value = str | float | int | bool | date | None

MAX_COLUMNS = 12
GROUP = "group of rows"
"""Key of a row that is the heading of the rows under it."""
MAX_ROWS = 40
_LONG_LABEL = 60
_EXCEL_FORMATS = {
    "count": "#,##0",
    "dec1": "#,##0.0",
    "dec2": "#,##0.00",
    "dec3": "0.000",
    "points": "+0.0;-0.0;0.0",
    "signed2": "+0.00;-0.00;0.00",
    "pct": "0%",
    "pct1": "0.0%",
    "p": "0.000",
    "money": "#,##0",
    "money_full": "#,##0",
    "day_short": "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column: heading with unit, and the number format of its values."""

    key: str
    heading: str
    fmt: str = ""
    """Name of a number format (``count``, ``pct``, ``points`` …); empty for text."""
    fill: bool = False
    """A column that people fill in the XLSX (done or not); the page does not show it."""

    @property
    def numeric(self) -> bool:
        """True when values are right-aligned figures."""
        return self.fmt not in ("", "day", "day_short")

    @property
    def css(self) -> str:
        """Class attribute of the column's cells: figures right-aligned, dates on one line."""
        if self.numeric:
            return ' class="num"'
        return ' class="wb-day"' if self.fmt else ""


@dataclass(frozen=True, slots=True)
class ColumnRows(Sequence[Mapping[str, Value]]):
    """Rows given by column: for tables with a row per customer, cell or document.

    Examples
    --------
    >>> rows = ColumnRows({"name": ["Alfa", "Beta"], "n": [1, 2]})
    >>> len(rows), rows[1]
    (2, {'name': 'Beta', 'n': 2})
    """

    columns: Mapping[str, Sequence[Value]]
    """Cells by column key, all of one length."""

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    @overload
    def __getitem__(self, at: int) -> Mapping[str, Value]: ...
    @overload
    def __getitem__(self, at: slice) -> "ColumnRows": ...
    def __getitem__(self, at: int | slice) -> "Mapping[str, Value] | ColumnRows":
        if isinstance(at, slice):
            return ColumnRows({key: cells[at] for key, cells in self.columns.items()})
        return {key: cells[at] for key, cells in self.columns.items()}

    def raw(self, keys: Sequence[str]) -> list[list[Any]]:
        """Return all rows as lists of raw values, in the order of ``keys``."""
        nothing = [None] * len(self)
        cells = [[_raw(v) for v in self.columns.get(key, nothing)] for key in keys]
        return [list(row) for row in zip(*cells, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table of the report.

    The page shows the first ``shown`` rows; the XLSX appendix carries all of them with the raw
    values.  The first column is the row label (``th scope=row``); a row ``{GROUP: words}`` is the
    heading of the rows under it.
    """

    name: str
    """Sheet name and file-wide id (``nps_by_segment``), ASCII."""
    title: str
    columns: Sequence[TableColumn]
    rows: Sequence[Mapping[str, Value]]
    texts: Texts
    shown: int = MAX_ROWS
    note: str = ""
    """Source, n and method under the table."""
    appendix_only: bool = False
    """In the XLSX only; the page gets nothing."""
    page_only: bool = False
    """On the page only: its rows are the first of another table, which the XLSX has."""

    def __post_init__(self) -> None:
        if len(self.columns) > MAX_COLUMNS and not self.appendix_only:
            raise ValueError(f"table {self.name}: more than {MAX_COLUMNS} columns on a page")

    def html(self) -> str:
        if self.appendix_only:
            return ""
        head = "".join(_head(c) for c in self._on_page)
        body = "".join(self._row(row) for row in self.rows[: self.shown])
        note = f'<p class="wb-note">{clean(self.note)}</p>' if self.note else ""
        return (
            f'<figure class="wb-table"><figcaption>{clean(self.title)}</figcaption>'
            f'<div class="wb-scroll" tabindex="0" role="region" aria-label="{clean(self.title)}">'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
            f"{self._more()}{note}</figure>"
        )

    def cell(self, column: TableColumn, row: Mapping[str, Value]) -> str:
        """Return the text of one cell as the page shows it."""
        value = row.get(column.key)
        if value is None or isinstance(value, str) or not column.fmt:
            return self.texts.write(value, "") if value is not None else "–"
        return self.texts.write(value, column.fmt)

    def plain(self) -> str:
        return f"{self.title} ({len(self.rows)})"

    def sheet(self) -> dict[str, Any]:
        """Return the whole table as JSON for the XLSX appendix."""
        return {
            "name": self.name,
            "title": self.title,
            "note": self.note,
            "columns": [
                {
                    "heading": c.heading,
                    "format": _EXCEL_FORMATS.get(c.fmt, ""),
                    "numeric": c.numeric,
                    "date": c.fmt in ("day", "day_short"),
                    "fill": c.fill,
                }
                for c in self.columns
            ],
            "rows": self._raw_rows(),
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        data: dict[str, Any] = {"text/html": self.html(), "text/plain": self.plain()}
        if not self.page_only:
            data[TABLE_MIME] = packed(self.sheet())
        return data, {}

    @property
    def _on_page(self) -> Sequence[TableColumn]:
        return [column for column in self.columns if not column.fill]

    @property
    def _sentences(self) -> bool:
        """True when row labels are sentences, not names: these are set in regular type."""
        first = self.columns[0]
        shown = self.rows[: self.shown]
        return any(len(self.cell(first, r)) > _LONG_LABEL for r in shown if GROUP not in r)

    def _raw_rows(self) -> list[list[Any]]:
        if isinstance(self.rows, ColumnRows):
            return self.rows.raw([column.key for column in self.columns])
        return [self._raw_row(row) for row in self.rows]

    def _raw_row(self, row: Mapping[str, Value]) -> list[Any]:
        if GROUP in row:
            return [_raw(row[GROUP]), *[None] * (len(self.columns) - 1)]
        return [_raw(row.get(c.key)) for c in self.columns]

    def _row(self, row: Mapping[str, Value]) -> str:
        if GROUP in row:
            text = clean(str(row[GROUP]))
            return f'<tr><th scope="rowgroup" colspan="{len(self._on_page)}">{text}</th></tr>'
        cells = []
        for i, column in enumerate(self._on_page):
            css = column.css
            text = clean(self.cell(column, row))
            if i == 0 and self._sentences:
                css = ' class="wb-long"'
            cells.append(f'<th scope="row"{css}>{text}</th>' if i == 0 else f"<td{css}>{text}</td>")
        return "<tr>" + "".join(cells) + "</tr>"

    def _more(self) -> str:
        first = self.rows[: self.shown]
        if len(self.rows) <= len(first):
            return ""
        shown, n = (sum(GROUP not in row for row in rows) for rows in (first, self.rows))
        text = self.texts("table.more", shown=shown, n=n)
        return f'<p class="wb-more">{clean(text)}</p>'


def _head(column: TableColumn) -> str:
    css = column.css
    return f'<th scope="col"{css}>{clean(column.heading)}</th>'


def _raw(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value
