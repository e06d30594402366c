"""Charts that PowerPoint draws itself: their numbers can be changed by those who receive them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.enum.chart import XL_LABEL_POSITION as AT
from pptx.enum.chart import (
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_THEME_COLOR as THEME
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from workbook.charts.chart import GREY, INK, PALE
from workbook.charts.chart_data import ChartData, Series
from workbook.engagement.settings import Brand
from workbook.report.meta import contrast
from workbook.report.office.number_codes import Write, number_code
from workbook.report.office.slide_layout import Area

_TYPES = {
    "bar": TYPE.BAR_CLUSTERED,
    "stacked_bar": TYPE.BAR_STACKED,
    "column": TYPE.COLUMN_CLUSTERED,
    "line": TYPE.LINE_MARKERS,
    "points": TYPE.LINE_MARKERS,
}
_MOST = {"bar": 20, "stacked_bar": 16, "column": 16, "line": 40, "points": 10}
"""Categories that can be read on a slide; of more the picture of the page is shown."""
_MOST_SERIES = 5
_LABELLED = 12
"""Points of a line that all carry their value; of more, the last one."""
_SMALLEST = 0.06
"""Share of the longest bar from which a part of it carries its value."""
_TEXT = 12
_SMALL = 11
_CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The brand's colours, which become those of the theme."""

    brand: Brand
    accents: tuple[str, str]
    """What the theme has in their place."""

    def of_series(self, series: Series, place: int) -> str:
        """Return the colour of a series, ``#rrggbb``."""
        brand = self.brand
        order = (brand.primary, brand.secondary, brand.tertiary, GREY, INK)
        return series.colour or order[place % len(order)]

    def paint(self, fill: Any, colour: str) -> None:
        """Fill with a colour: the brand's own through the theme."""
        fill.solid()
        if colour.lower() == self.brand.primary.lower():
            fill.fore_color.theme_color = THEME.ACCENT_1
        elif colour.lower() == self.brand.secondary.lower():
            fill.fore_color.theme_color = THEME.ACCENT_2
        elif colour.lower() == self.brand.tertiary.lower():
            fill.fore_color.theme_color = THEME.ACCENT_3
        else:
            fill.fore_color.rgb = RGBColor.from_string(colour[1:].upper())

    def on(self, colour: str) -> str:
        """Return the colour of text on a colour: white where it can be read, else dark."""
        seen = {
            self.brand.primary.lower(): self.accents[0],
            self.brand.secondary.lower(): self.accents[1],
        }.get(colour.lower(), colour)
        return "#ffffff" if contrast(seen, "#ffffff") >= contrast(seen, INK) else INK


def has_native(data: ChartData | None) -> bool:
    """Return whether PowerPoint has a chart for these data that can be read on a slide."""
    if data is None or not data.series or len(data.series) > _MOST_SERIES:
        return False
    return data.kind in _TYPES and 0 < len(data.categories) <= _MOST[data.kind]


def add_chart(shapes: Any, data: ChartData, area: Area, colours: Colours, write: Write) -> Any:
    """Draw the chart into the area and return its frame."""
    made = CategoryChartData(number_format=_code(data, write))
    made.categories = _categories(data, write)
    for series in data.series:
        made.add_series(series.name, list(series.values))
    frame = shapes.add_chart(_TYPES[data.kind], *area.emu(), made)
    chart = frame.chart
    chart.font.size = Pt(_TEXT)
    chart.font.color.theme_color = THEME.TEXT_1
    chart.has_title = False
    _legend(chart, data)
    _axes(chart, data)
    for place, (drawn, series) in enumerate(zip(chart.plots[0].series, data.series, strict=True)):
        _series(drawn, data, series, place, colours)
    return frame


def _categories(data: ChartData, write: Write) -> list[str]:
    """Return the names of the categories; a bar that carries its interval has its value there."""
    if not _names_carry_values(data):
        return list(data.categories)
    values = data.series[0].values
    return [
        name if value is None or not data.fmt else f"{name}: {write(value, data.fmt)}"
        for name, value in zip(data.categories, values, strict=True)
    ]


def _names_carry_values(data: ChartData) -> bool:
    one = data.series[0]
    return data.kind in ("bar", "column") and len(data.series) == 1 and bool(one.low and one.high)


def _code(data: ChartData, write: Write) -> str:
    known = [abs(v) for series in data.series for v in series.values if v is not None]
    return number_code(data.fmt, write, max(known, default=0.0))


def _legend(chart: Any, data: ChartData) -> None:
    chart.has_legend = len(data.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(_TEXT)


def _axes(chart: Any, data: ChartData) -> None:
    plot, across, along = chart.plots[0], chart.category_axis, chart.value_axis
    along.visible = False
    along.has_major_gridlines = along.has_minor_gridlines = False
    if data.kind in ("bar", "column", "stacked_bar"):
        plot.gap_width = 45
        plot.overlap = 100 if data.kind == "stacked_bar" else -5
        plot.vary_by_categories = False
        lowest = min((v for s in data.series for v in s.values if v is not None), default=0.0)
        if lowest >= 0:
            along.minimum_scale = 0
    if data.kind in ("bar", "stacked_bar"):
        across.reverse_order = True  # the first one on top
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.major_tick_mark = across.minor_tick_mark = XL_TICK_MARK.NONE
    across.has_major_gridlines = False
    across.tick_labels.font.size = Pt(_TEXT)
    across.format.line.color.rgb = RGBColor.from_string(PALE[1:].upper())


def _series(drawn: Any, data: ChartData, series: Series, place: int, colours: Colours) -> None:
    colour = colours.of_series(series, place)
    if data.kind in ("line", "points"):
        _marks(drawn, data, colour, colours)
    else:
        colours.paint(drawn.format.fill, colour)
        drawn.invert_if_negative = False
    for number, own in enumerate(series.colours):
        if own and own != colour:
            point = drawn.points[number]
            mark = point.marker if data.kind in ("line", "points") else point
            colours.paint(mark.format.fill, own)
    if series.low and series.high:
        _whiskers(drawn, series)
    _labels(drawn, data, series, colour, colours)


def _marks(drawn: Any, data: ChartData, colour: str, colours: Colours) -> None:
    drawn.smooth = False
    drawn.marker.style = XL_MARKER_STYLE.CIRCLE
    drawn.marker.size = 10 if data.kind == "points" else 7
    colours.paint(drawn.marker.format.fill, colour)
    drawn.marker.format.line.fill.background()
    if data.kind == "points":
        drawn.format.line.fill.background()
    else:
        drawn.format.line.width = Pt(2.25)
        colours.paint(drawn.format.line.fill, colour)


def _labels(drawn: Any, data: ChartData, series: Series, colour: str, colours: Colours) -> None:
    if _names_carry_values(data):
        return
    if data.kind == "line" and (len(data.categories) > _LABELLED or len(data.series) > 1):
        known = [n for n, value in enumerate(series.values) if value is not None]
        for number in known[-1:]:
            label = drawn.points[number].data_label
            label.position = AT.RIGHT
            _show_value(label._get_or_add_dLbl())
        return
    labels = drawn.data_labels
    labels.show_value = True
    labels.font.size = Pt(_SMALL if data.kind == "stacked_bar" else _TEXT)
    labels.number_format_is_linked = True
    if data.kind == "stacked_bar":
        labels.position = AT.CENTER
        labels.font.color.rgb = RGBColor.from_string(colours.on(colour)[1:].upper())
        _without_small(drawn, data, series)
    elif data.kind == "points":
        labels.position = AT.RIGHT
    else:
        labels.position = AT.ABOVE if data.kind == "line" else AT.OUTSIDE_END


def _without_small(drawn: Any, data: ChartData, series: Series) -> None:
    """Take away the values that are wider than their part of a bar; zero is said by no part."""
    totals = (
        sum(v or 0 for v in values) for values in zip(*(s.values for s in data.series), strict=True)
    )
    longest = max(totals, default=0)
    for number, value in enumerate(series.values):
        if value is not None and value < _SMALLEST * longest:
            label = drawn.points[number].data_label._get_or_add_dLbl()
            for child in list(label)[1:]:
                label.remove(child)
            label.append(parse_xml(f'<c:delete xmlns:c="{_CHART_NS}" val="1"/>'))


def _show_value(label: Any) -> None:
    """Show the value alone; the library's own label of a point shows what its series does."""
    for name, shown in (
        ("c:showLegendKey", "0"),
        ("c:showVal", "1"),
        ("c:showCatName", "0"),
        ("c:showSerName", "0"),
    ):
        flag = label.find(qn(name))
        if flag is not None:
            flag.set("val", shown)


def _whiskers(drawn: Any, series: Series) -> None:
    """Draw the interval of each value."""
    up = _distances(series.high, series.values)
    down = _distances(series.values, series.low)
    across = '<c:errDir val="y"/>' if drawn._element.find(qn("c:marker")) is not None else ""
    bars = parse_xml(
        f'<c:errBars xmlns:c="{_CHART_NS}" xmlns:a="{_MAIN_NS}">{across}'
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"<c:plus>{up}</c:plus><c:minus>{down}</c:minus>"
        '<c:spPr><a:ln w="19050"><a:solidFill><a:schemeClr val="tx1"><a:lumMod val="65000"/>'
        '<a:lumOff val="35000"/></a:schemeClr></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    drawn._element.find(qn("c:cat")).addprevious(bars)


def _distances(above: Sequence[float | None], below: Sequence[float | None]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{high - low!r}</c:v></c:pt>'
        for place, (high, low) in enumerate(zip(above, below, strict=True))
        if high is not None and low is not None
    )
    return (
        "<c:numLit><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(above)}"/>{points}</c:numLit>'
    )
