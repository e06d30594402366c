"""The charts of a report as charts of Excel: the numbers beside them may be changed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from workbook.charts.chart_data import ChartData, Series
from workbook.language.money_scale import MoneyScale, scale_of
from workbook.report.cells import MONEY, excel_format
from workbook.report.document import ShownChart
from workbook.report.meta import ReportMeta
from workbook.report.sheet_style import SheetStyle, held

_TYPES: dict[str, dict[str, str]] = {
    "bar": {"type": "bar"},
    "stacked_bar": {"type": "bar", "subtype": "stacked"},
    "column": {"type": "column"},
    "line": {"type": "line"},
    "points": {"type": "line"},
}
_LYING = frozenset({"bar", "stacked_bar"})
_COLOURS = ("#56b4e9", "#7a7f87", "#1f2933", "#c7ced6")
"""Of series without a colour of their own, after the two of the brand."""
_INK, _GREY, _PALE = "#1f2933", "#5c636b", "#c7ced6"
_WIDTH = 720
_HEADROOM, _PER_BAR, _STANDING = 110, 26, 340
"""Height, pixels: of a title and legend, of each lying bar, of a chart that stands."""
_ROW_HEIGHT = 20
_NAMES, _FIGURES = 36, 12
"""Width of the column of categories and of those of figures, characters."""
_LETTER = 7
"""Width of a character, pixels."""
_PAGE_WIDE, _PAGE_HIGH = 770, 600
"""What a landscape page holds, pixels, with slack for fonts that are wider than ours."""


def write_charts(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    charts: Sequence[ShownChart],
    *,
    meta: ReportMeta,
    style: SheetStyle,
    row: int,
) -> None:
    """Write the numbers of each chart and, at their right, the chart itself.

    Everything that a chart names is a cell of the sheet, so that text of a client is never taken
    for a formula.

    Parameters
    ----------
    row
        First free row of the sheet.
    """
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _NAMES)
    columns = max(len(_headings(one.data.series, meta)) for one in charts)
    sheet.set_column(1, columns, _FIGURES)
    begins = []
    for one in charts:
        begins.append(row)
        block = _Block(book=book, sheet=sheet, chart=one, meta=meta, style=style, row=row)
        row = block.write(columns + 1)
    _print(sheet, [*begins, row], columns)


def _print(sheet: Worksheet, rows: Sequence[int], columns: int) -> None:
    """Fit the sheet to the width of a page and begin pages between charts, never within one."""
    wide = _LETTER * (_NAMES + _FIGURES * columns) + _WIDTH + 2 * _LETTER
    scale = min(1.0, _PAGE_WIDE / wide)
    sheet.set_print_scale(int(100 * scale))
    fit = int(_PAGE_HIGH / scale / _ROW_HEIGHT)
    breaks, page = [], 0
    for begin, end in pairwise(rows):
        if begin > page and end - page > fit:
            breaks.append(begin)
            page = begin
    sheet.set_h_pagebreaks(breaks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """One chart with its numbers, from ``row`` on."""

    book: xlsxwriter.Workbook
    sheet: Worksheet
    chart: ShownChart
    meta: ReportMeta
    style: SheetStyle
    row: int

    def write(self, column: int) -> int:
        """Write the block, its picture at ``column``; return the first free row after it."""
        data = self.chart.data
        self._numbers(data)
        height = _HEADROOM + _PER_BAR * len(data.categories) * self._beside
        if data.kind not in _LYING:
            height = _STANDING
        options = {"description": held(self.chart.alt), "object_position": 2}
        made = self._made(data)
        made.set_size({"width": _WIDTH, "height": height})
        self.sheet.insert_chart(self.row, column, made, options)
        rows = max(len(data.categories) + 3, math.ceil(height / _ROW_HEIGHT))
        return self.row + rows + 2

    @property
    def _beside(self) -> int:
        """Bars beside each other in a category."""
        return len(self.chart.data.series) if self.chart.data.kind == "bar" else 1

    @property
    def _first(self) -> int:
        return self.row + 2

    @property
    def _last(self) -> int:
        return self._first + len(self.chart.data.categories) - 1

    def _numbers(self, data: ChartData) -> None:
        sheet, style, unit = self.sheet, self.style, ""
        if data.fmt in MONEY:
            unit = self.meta.texts.numbers.money_unit(MoneyScale())
        title = self.chart.title
        if self._scale.size > 1:
            unit_shown = self.meta.texts.numbers.money_unit(self._scale)
            title = self.meta.texts("table.in_unit", heading=title, unit=unit_shown)
        sheet.write_string(self.row, 0, held(title), style.title())
        sheet.write_string(self.row + 1, 0, unit, style.head(False))
        for at, heading in enumerate(_headings(data.series, self.meta), start=1):
            sheet.write_string(self.row + 1, at, held(heading), style.head(True))
        look = style.cell(num_format=excel_format(data.fmt))
        columns = _columns(data.series)
        for at, category in enumerate(data.categories):
            sheet.write_string(self._first + at, 0, held(category), style.cell())
            for place, values in enumerate(columns, start=1):
                if values[at] is None:
                    sheet.write_blank(self._first + at, place, None, look)
                else:
                    sheet.write_number(self._first + at, place, values[at], look)

    @property
    def _scale(self) -> MoneyScale:
        """The unit in which the labels write amounts: the cells have them whole."""
        data = self.chart.data
        if data.fmt not in MONEY:
            return MoneyScale()
        return scale_of([v for series in data.series for v in series.values])

    def _made(self, data: ChartData) -> Any:
        chart = self.book.add_chart(dict(_TYPES[data.kind]))
        place = 1
        for number, series in enumerate(data.series):
            chart.add_series(self._series(series, number, place))
            place += 5 if series.low else 1
        font = {"name": "Calibri", "size": 12, "bold": True, "color": _INK}
        chart.set_title(
            {"name": [self.sheet.name, self.row, 0], "name_font": font, "overlay": False}
        )
        chart.set_legend({"position": "bottom"} if len(data.series) > 1 else {"none": True})
        self._axes(chart, data)
        chart.set_chartarea({"border": {"none": True}})
        chart.show_blanks_as("gap")
        return chart

    def _series(self, series: Series, number: int, place: int) -> dict[str, Any]:
        name, data = self.sheet.name, self.chart.data
        colour = series.colour or self._colour(number)

        def cells(column: int) -> list[Any]:
            return [name, self._first, column, self._last, column]

        made: dict[str, Any] = {
            "name": [name, self.row + 1, place],
            "categories": cells(0),
            "values": cells(place),
        }
        if data.kind in ("line", "points"):
            marker = {"type": "circle", "size": 7, "fill": {"color": colour}}
            made["marker"] = marker | {"border": {"color": colour}}
            made["line"] = (
                {"none": True} if data.kind == "points" else {"color": colour, "width": 2}
            )
        else:
            made |= {"fill": {"color": colour}, "border": {"none": True}, "gap": 55}
        if series.colours:
            made["points"] = [
                {"fill": {"color": one}, "border": {"none": True}} if one else None
                for one in series.colours
            ]
        if not series.low:  # an interval would cross the number
            made["data_labels"] = {"value": True, "num_format": self._label(), "font": {"size": 9}}
        if series.low:
            along = "x" if data.kind in _LYING else "y"
            made[f"{along}_error_bars"] = self._error_bars(place, colour)
        if data.kind == "stacked_bar" and not series.low:
            made["data_labels"] |= {"font": {"size": 9, "color": _on(colour)}}
        return made

    def _error_bars(self, place: int, colour: str) -> dict[str, Any]:
        def cells(column: int) -> str:
            quoted = self.sheet.name.replace("'", "''")
            at = xlsxwriter.utility.xl_range_abs(self._first, column, self._last, column)
            return f"='{quoted}'!{at}"

        return {
            "type": "custom",
            "minus_values": cells(place + 3),
            "plus_values": cells(place + 4),
            "line": {"color": colour, "width": 1.25},
        }

    def _axes(self, chart: Any, data: ChartData) -> None:
        small = {"size": 9, "color": _INK}
        names: dict[str, Any] = {
            "num_font": small,
            "line": {"color": _PALE},
            "label_position": "low",
        }
        values: dict[str, Any] = {
            "num_format": self._label(),
            "num_font": {"size": 9, "color": _GREY},
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#e8ebef"}},
        }
        if data.kind in _LYING:  # each bar has its number: no axis, the first category on top
            names |= {"reverse": True}
            if not any(series.low for series in data.series):
                values |= {"visible": False, "major_gridlines": {"visible": False}}
            values |= {"label_position": "high"}
            chart.set_x_axis(values)
            chart.set_y_axis(names)
            return
        chart.set_x_axis(names)
        chart.set_y_axis(values)

    def _label(self) -> str:
        scale, fmt = self._scale, self.chart.data.fmt
        if scale.size == 1:
            return excel_format(fmt) or "General"
        decimals = ".0" if scale.digits else ""
        return "#,##0" + decimals + "," * round(math.log(scale.size, 1000))

    def _colour(self, number: int) -> str:
        colours = (self.meta.brand.primary, self.meta.brand.secondary, *_COLOURS)
        return colours[number % len(colours)]


def _headings(series: Sequence[Series], meta: ReportMeta) -> list[str]:
    """Return the heading of each column of numbers."""
    found = []
    for one in series:
        found.append(one.name)
        if one.low:
            found += [meta.texts(f"table.{end}", heading=one.name) for end in ("low", "high")]
            found += [f"{one.name}: {sign}" for sign in ("−", "+")]
    return found


def _columns(series: Sequence[Series]) -> list[Sequence[float | None]]:
    """Return the columns of numbers: values, and with intervals their ends and the way to them."""
    found: list[Sequence[float | None]] = []
    for one in series:
        found.append(one.values)
        if one.low:
            found += [one.low, one.high, _way(one.low, one.values), _way(one.values, one.high)]
    return found


def _way(begin: Sequence[float | None], end: Sequence[float | None]) -> list[float | None]:
    """Return how far it is from one to the other, row by row."""
    return [
        None if a is None or b is None else max(0.0, b - a) for a, b in zip(begin, end, strict=True)
    ]


def _on(colour: str) -> str:
    """Return the colour of words on a ground of this colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return _INK if 0.3 * red + 0.6 * green + 0.1 * blue > 140 else "#ffffff"
