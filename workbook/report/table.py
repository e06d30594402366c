"""The table view: immutable, formatted by column, whole in the XLSX and short on the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from workbook.language.catalog import Texts
from workbook.language.money_scale import MoneyScale, common_scales, scale_of
from workbook.language.numbers import MISSING
from workbook.language.typography import typeset
from workbook.report.blocks import TABLE_MIME, Block, Bundle, clean
from workbook.report.cells import MONEY, Interval, Value, Written, excel_format, raw
from workbook.report.columns import ColumnText
from workbook.report.json_bundle import packed
from workbook.report.page_columns import Chosen, PageColumn, chosen

MAX_COLUMNS = 12
GROUP = "group of rows"
"""Key of a row that is the heading of the rows under it."""
MAX_ROWS = 40
_LONG_LABEL = 60
_RAW = frozenset({str, int, float, bool, type(None)})
"""Types of values that the XLSX is given as they are."""
_DAY_CELLS = frozenset({date, str, type(None)})
"""Types of values of a column of days, and of words in the place of one."""
_DAYS = frozenset({"day", "day_short"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column: heading, and the number format of its values; amounts get their unit."""

    key: str
    heading: str
    fmt: str = ""
    """Name of a number format (``count``, ``pct``, ``points`` …); empty for text."""
    fill: bool = False
    """A column that people fill in the XLSX (done or not); the page does not show it."""
    interval: bool = False
    """Its cells are :class:`~workbook.report.cells.Interval`, their limits written by ``fmt``."""
    spare: int = 0
    """Where not all columns fit on the page the highest is left to the XLSX first; 0 matters."""

    @property
    def numeric(self) -> bool:
        """True when values are right-aligned figures."""
        return self.fmt not in ("", *_DAYS)

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

    def raw(self, key: str) -> Sequence[Any]:
        """Return all cells of a column as raw values."""
        cells = self.columns.get(key)
        if cells is None:
            return [None] * len(self)
        kinds = set(map(type, cells))
        if kinds <= _RAW:
            return cells
        if kinds <= _DAY_CELLS:
            known = {value: raw(value) for value in set(cells)}
            return list(map(known.__getitem__, cells))
        return [raw(value) for value in cells]


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
    over: str = ""
    """Key of a column that stands on the page as a line over the other cells of its row."""

    def __post_init__(self) -> None:
        if len(self.columns) > MAX_COLUMNS and not self.appendix_only:
            raise ValueError(f"table {self.name}: more than {MAX_COLUMNS} columns on a page")

    def html(self) -> str:
        if self.appendix_only:
            return ""
        page = _Page.of(self)
        note = f'<p class="wb-note">{clean(self.note)}</p>' if self.note else ""
        return (
            f'<figure class="wb-table"><figcaption>{clean(self.title)}</figcaption>'
            f'<div class="wb-scroll" tabindex="0" role="region" aria-label="{clean(self.title)}">'
            f"<table><thead><tr>{page.head}</tr></thead><tbody>{page.body}</tbody></table></div>"
            f"{self._more(page.chosen)}{note}</figure>"
        )

    def plain(self) -> str:
        return f"{self.title} ({len(self.rows)})"

    def sheet(self) -> dict[str, Any]:
        """Return the whole table as JSON for the XLSX appendix, its cells as ``rows``."""
        columns, rows = self._sheet_columns, self._raw_rows()
        return self._sheet_head | {"columns": columns, "rows": rows}

    def sheet_by_column(self) -> dict[str, Any]:
        """Return the same with the cells of each column as ``cells``: of rows given by column."""
        cells: list[Sequence[Any]] = []
        for column in self.columns:
            values = self.rows.raw(column.key) if isinstance(self.rows, ColumnRows) else ()
            if column.interval:
                ends = [_parted([value], [0]) for value in values]
                cells += [[low for low, _ in ends], [high for _, high in ends]]
            else:
                cells.append(values if isinstance(values, list) else list(values))
        return self._sheet_head | {"columns": self._sheet_columns, "cells": cells}

    @property
    def _sheet_head(self) -> dict[str, Any]:
        return {"name": self.name, "title": self.title, "note": self.note}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        data: dict[str, Any] = {"text/html": self.html(), "text/plain": self.plain()}
        if not self.page_only:
            by_column = isinstance(self.rows, ColumnRows)
            data[TABLE_MIME] = packed(self.sheet_by_column() if by_column else self.sheet())
        return data, {}

    def unit(self, column: TableColumn, scale: MoneyScale) -> str:
        """Return the heading of a column with the unit of its amounts."""
        if column.fmt not in MONEY:
            return column.heading
        unit = self.texts.numbers.money_unit(scale)
        return self.texts("table.in_unit", heading=column.heading, unit=unit)

    @property
    def _sheet_columns(self) -> list[dict[str, Any]]:
        return [shown for column in self.columns for shown in self._shown(column)]

    def _shown(self, column: TableColumn) -> Iterator[dict[str, Any]]:
        heading = self.unit(column, MoneyScale())
        shown = {
            "heading": heading,
            "format": excel_format(column.fmt),
            "numeric": column.numeric,
            "date": column.fmt in _DAYS,
            "fill": column.fill,
        }
        if not column.interval:
            yield shown
            return
        for end in ("low", "high"):
            yield shown | {"heading": self.texts(f"table.{end}", heading=heading)}

    def _raw_rows(self) -> list[list[Any]]:
        if isinstance(self.rows, ColumnRows):
            cells = [self.rows.raw(column.key) for column in self.columns]
            rows = [list(row) for row in zip(*cells, strict=True)]
        else:
            rows = [self._raw_row(row) for row in self.rows]
        ends = [i for i, column in enumerate(self.columns) if column.interval]
        return [_parted(row, ends) for row in rows] if ends else rows

    def _raw_row(self, row: Mapping[str, Value]) -> list[Any]:
        if GROUP in row:
            return [raw(row[GROUP]), *[None] * (len(self.columns) - 1)]
        return [raw(row.get(c.key)) for c in self.columns]

    def _more(self, page: Chosen) -> str:
        """Return what is said under the table: rows and columns that the page does not have."""
        told = []
        first = self.rows[: self.shown]
        if len(self.rows) > len(first):
            shown, n = map(_without_headings, (first, self.rows))
            told.append(self.texts("table.more", shown=shown, n=n))
        if page.left:
            told.append(self.texts("table.left", names="; ".join(page.left)))
        pairs = [self.texts("table.pair", heading=h, told=t) for h, t in page.constant]
        pairs += [self.texts("table.twin", heading=h, other=o) for h, o in page.twins]
        if pairs:
            told.append(self.texts("table.same", told="; ".join(pairs)))
        return f'<p class="wb-more">{clean(" ".join(told))}</p>' if told else ""


def _without_headings(rows: Sequence[Mapping[str, Value]]) -> int:
    """Return how many rows are no headings of others; rows given by column have none."""
    if isinstance(rows, ColumnRows):
        return len(rows)
    return sum(GROUP not in row for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A table as the page shows it: the columns that stand there, and their cells as text."""

    table: Table
    chosen: Chosen
    over: int | None
    """Place of the column that stands over the others."""
    rows: Sequence[Sequence[str]]
    """Cells of all columns of the table; a heading of rows has one."""

    @classmethod
    def of(cls, table: Table) -> "_Page":
        shown = list(table.rows[: table.shown])
        scales = _scales(table.columns, shown)
        rows = [_texts(table, row, scales) for row in shown]
        language = table.texts.language
        body = [
            [typeset(text, language) for text in cells]
            for cells, row in zip(rows, shown, strict=True)
            if GROUP not in row
        ]
        pairs = zip(table.columns, scales, strict=True)
        headings = [table.unit(column, scale) for column, scale in pairs]
        columns = [
            PageColumn(
                at=at,
                heading=headings[at],
                text=ColumnText(
                    heading=typeset(headings[at], language),
                    cells=[cells[at] for cells in body],
                    whole=bool(column.fmt),
                    bold=not at,
                ),
                spare=column.spare,
            )
            for at, column in enumerate(table.columns)
            if not column.fill
        ]
        over = next((c.at for c in columns if table.columns[c.at].key == table.over), None)
        under = [c for c in columns if c.at != over]
        found = chosen(under, MISSING, whole=len(shown) == len(table.rows))
        return cls(table=table, chosen=found, over=over, rows=rows)

    @property
    def head(self) -> str:
        return "".join(
            f'<th scope="col"{self._column(c).css}>{clean(c.heading)}</th>'
            for c in self.chosen.columns
        )

    @property
    def body(self) -> str:
        return "".join(self._row(cells) for cells in self.rows)

    def _column(self, column: PageColumn) -> TableColumn:
        return self.table.columns[column.at]

    def _row(self, cells: Sequence[str]) -> str:
        if len(cells) < len(self.table.columns):
            return self._wide(cells[0])
        wide = self._wide(cells[self.over]) if self.over is not None else ""
        shown = [self._cell(c, cells[c.at]) for c in self.chosen.columns]
        return f"{wide}<tr>{''.join(shown)}</tr>"

    def _wide(self, text: str) -> str:
        n = len(self.chosen.columns)
        return f'<tr><th scope="rowgroup" colspan="{n}">{clean(text)}</th></tr>'

    def _cell(self, column: PageColumn, text: str) -> str:
        css = self._column(column).css
        if column.at:
            return f"<td{css}>{clean(text)}</td>"
        css = ' class="wb-long"' if self._sentences else css
        return f'<th scope="row"{css}>{clean(text)}</th>'

    @property
    def _sentences(self) -> bool:
        """True when row labels are sentences, not names: these are set in regular type."""
        columns = len(self.table.columns)
        return any(len(cells[0]) > _LONG_LABEL for cells in self.rows if len(cells) == columns)


def _scales(
    columns: Sequence[TableColumn], rows: Sequence[Mapping[str, Value]]
) -> Sequence[MoneyScale]:
    """Return the unit of each column: amounts that stand side by side have one, where they can."""
    amounts = {
        c.key: [x for row in rows for x in _numbers(row.get(c.key))]
        for c in columns
        if c.fmt in MONEY
    }
    short = [c.key for c in columns if c.fmt in MONEY and not MONEY[c.fmt]]
    common = dict(zip(short, common_scales([amounts[key] for key in short]), strict=True))
    return [common.get(c.key) or scale_of(amounts.get(c.key, ()), exact=True) for c in columns]


def _numbers(value: Value) -> Iterator[float]:
    ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
    return (float(x) for x in ends if isinstance(x, int | float))


def _texts(table: Table, row: Mapping[str, Value], scales: Sequence[MoneyScale]) -> Sequence[str]:
    """Return the cells of one row as the page shows them."""
    if GROUP in row:
        return (str(row[GROUP]),)
    pairs = zip(table.columns, scales, strict=True)
    return [_cell(table.texts, row.get(column.key), column, scale) for column, scale in pairs]


def _cell(texts: Texts, value: Value, column: TableColumn, scale: MoneyScale) -> str:
    if value is None:
        return MISSING
    if isinstance(value, Written):
        return value.text or texts.write(value.value, value.fmt)
    if isinstance(value, Interval):
        if value.low is None or value.high is None:
            return MISSING
        low, high = (_cell(texts, end, column, scale) for end in (value.low, value.high))
        return texts("interval", low=low, high=high)
    if isinstance(value, str) or not column.fmt:
        return texts.write(value, "")
    if column.fmt in MONEY and isinstance(value, int | float):
        return texts.numbers.amount(value, scale)
    return texts.write(value, column.fmt)


def _parted(row: list[Any], ends: Sequence[int]) -> list[Any]:
    """Return a row of raw cells with an interval as two of them."""
    parted: list[Any] = []
    for at, value in enumerate(row):
        if at not in ends:
            parted.append(value)
        elif isinstance(value, Interval):
            parted += [value.low, value.high]
        else:
            parted += [value, None]
    return parted
