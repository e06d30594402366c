"""Small multiples: one figure over several periods in each, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.axis_ticks import Tick
from workbook.charts.chart import GREY, Palette
from workbook.charts.measured_words import SMALL, fold, height_of, widest, width_of
from workbook.charts.number_format import Write
from workbook.charts.plot import Plot
from workbook.charts.plot_frame import PlotFrame
from workbook.charts.row_frame import in_inches, stands_narrow

PERIODS = 8
"""Periods of a panel at most: the last ones; more of them cannot be told apart."""
_ACROSS = 3
"""Panels side by side."""
_TALL = 0.95
_GAP = 0.3
_BESIDE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One panel."""

    title: str
    periods: Sequence[str]
    values: Sequence[float | None]
    """None: not known in that period; the line has a gap there."""
    lows: Sequence[float | None]
    highs: Sequence[float | None]
    write: Write


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPanels(Plot):
    """Small multiples, a figure over its periods in each."""

    trends: Sequence[Trend]
    palette: Palette

    def height(self, width: float) -> float:
        rows = -(-len(self.trends) // self._across(width))
        return rows * self._row(width)

    def _across(self, width: float) -> int:
        return 1 if stands_narrow(width) else across(len(self.trends))

    def _each(self, width: float) -> float:
        return (width + _GAP) / self._across(width) - _GAP

    def _row(self, width: float) -> float:
        """Return the inches of a row of panels: title, plot and the names of periods."""
        each = self._each(width)
        names = [height_of(n) for trend in self.trends for n in _named(trend.periods, 0.4 * each)]
        return self._head(width) + _TALL + max(names, default=0.0) + 0.22

    def _head(self, width: float) -> float:
        titles = (fold(trend.title, self._each(width), SMALL) for trend in self.trends)
        return max(map(height_of, titles), default=0.0) + 0.08

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        each, row, head = self._each(width), self._row(width), self._head(width)
        for place, trend in enumerate(self.trends):
            down, along = divmod(place, self._across(width))
            left, top = along * (each + _GAP), down * row
            title = fold(trend.title, each, SMALL)
            figure.text(left, top + 0.02, title, transform=in_inches(figure), va="top",
                        fontsize=SMALL, linespacing=1.05)  # fmt: skip
            frame = PlotFrame(left=left, right=left + each, top=top + head,
                              bottom=top + head + _TALL)  # fmt: skip
            _panel(figure, frame, trend, self.palette)


def across(panels: int) -> int:
    """Return how many panels stand side by side: two of one, two or four, else three.

    >>> [across(n) for n in (1, 2, 3, 4, 6)]
    [2, 2, 3, 2, 3]
    """
    return 2 if panels in (1, 2, 4) else _ACROSS


def _panel(figure: Figure, frame: PlotFrame, trend: Trend, palette: Palette) -> None:
    known = [i for i, v in enumerate(trend.values) if v is not None]
    last = len(trend.periods) - 1
    ends = [trend.write(trend.values[i] or 0.0) for i in (known[:1] + known[-1:])]
    beside = widest(ends, SMALL, bold=True) + 2 * _BESIDE
    names = _named(trend.periods, frame.wide - 2 * beside)
    side = max(beside, widest(names[:1] + names[-1:], SMALL) / 2)
    air = max(last, 1) * side / (frame.wide - 2 * side)
    axes = frame.axes(figure, (-air, max(last, 1) + air), _limits(trend))
    if not last:
        axes.set_xlim(-1, 1)
    axes.plot(range(last + 1), trend.values, color=GREY, linewidth=1, zorder=1)  # type: ignore[arg-type]
    for i in known:
        _point(axes, trend, i, palette.primary if i == last else GREY)
    unit = (axes.get_xlim()[1] - axes.get_xlim()[0]) / frame.wide
    for i in dict.fromkeys(known[:1] + known[-1:]):
        first = i == known[0] and len(known) > 1
        axes.text(i + (-_BESIDE if first else _BESIDE) * unit, trend.values[i] or 0.0,
                  trend.write(trend.values[i] or 0.0), ha="right" if first else "left",
                  va="center", fontsize=SMALL,
                  fontweight="normal" if first else "bold")  # fmt: skip
    frame.under(axes, [Tick(i, name) for i, name in enumerate(names) if name])


def _point(axes: Axes, trend: Trend, at: int, colour: str) -> None:
    low, high = trend.lows[at], trend.highs[at]
    if low is not None and high is not None:
        axes.plot([at, at], [low, high], color=colour, linewidth=1.4, zorder=2)
    axes.plot([at], [trend.values[at] or 0.0], marker="o", markersize=4.5, color=colour, zorder=3)


def _named(periods: Sequence[str], width: float) -> list[str]:
    """Return the names under a panel: every one, or as many as fit, the last always."""
    last = len(periods) - 1
    for step in range(1, last + 2):
        each = width * step / max(last, 1) - 0.04
        folded = [fold(name, min(each, 1.0), SMALL) for name in periods]
        words = (word for name in periods for word in name.split())
        if max(map(width_of, words), default=0.0) + 0.05 <= each or step > last:
            return [name if (last - i) % step == 0 else "" for i, name in enumerate(folded)]
    return list(periods)


def _limits(trend: Trend) -> tuple[float, float]:
    """Return limits with room around all values and intervals; also of figures that never move."""
    known = [v for v in (*trend.lows, *trend.highs, *trend.values) if v is not None and v == v]
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = 0.2 * (high - low) or max(abs(high), 1.0) * 0.2
    return low - room, high + room
