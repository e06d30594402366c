"""Small multiples: one figure over several periods in each, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import Write, moved, wrap
from workbook.charts.chart import GREY, INK, Palette
from workbook.charts.plot import Plot

PERIODS = 8
"""Periods of a panel at most: the last ones; more of them cannot be told apart."""
_ACROSS = 3
"""Panels side by side."""
_ROW = 1.8
"""Inches of height of one row of panels."""
_NAMED = 4
"""Periods whose names fit under a panel."""


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
        return trends_height(len(self.trends))

    def draw(self, figure: Figure) -> None:
        trend_panels(figure, self.trends, palette=self.palette)


def across(panels: int) -> int:
    """Return how many panels stand side by side: two of one, two or four, else three.

    >>> [across(n) for n in (1, 2, 3, 4, 6)]
    [2, 2, 3, 2, 3]
    """
    return 2 if panels in (1, 2, 4) else _ACROSS


def trends_height(panels: int) -> float:
    """Return the height in inches of so many panels."""
    return _ROW * -(-panels // across(panels))


def trend_panels(figure: Figure, trends: Sequence[Trend], *, palette: Palette) -> None:
    """Draw each figure over its periods; its first and its last value are written beside them."""
    figure.set_layout_engine("constrained", h_pad=0.09)
    wide = across(len(trends))
    grid = figure.subplots(-(-len(trends) // wide), wide, squeeze=False)
    for place, axes in enumerate(grid.flat):
        if place < len(trends):
            _panel(axes, trends[place], palette)
        else:
            axes.set_axis_off()


def _panel(axes: Axes, trend: Trend, palette: Palette) -> None:
    y = np.array([np.nan if v is None else v for v in trend.values], dtype=float)
    x = np.arange(len(y))
    last = len(y) - 1
    axes.plot(x, y, color=GREY, linewidth=1, zorder=1)
    for at in np.flatnonzero(~np.isnan(y)):
        _point(axes, trend, int(at), palette.primary if at == last else GREY)
    axes.set_title(wrap(trend.title, 34), fontsize=7.5, color=INK, loc="left")
    axes.set_xticks(x, _named(trend.periods), fontsize=6.5)
    axes.set_yticks([])
    room = 0.22 * max(len(y), 3)
    axes.set_xlim(-room, last + room)
    axes.set_ylim(*_limits(trend, y))
    axes.spines[["left", "top", "right"]].set_visible(False)


def _point(axes: Axes, trend: Trend, at: int, colour: str) -> None:
    value, low, high = trend.values[at], trend.lows[at], trend.highs[at]
    if value is None:
        return
    if low is not None and high is not None:
        axes.plot([at, at], [low, high], color=colour, linewidth=1.4, zorder=2)
    axes.plot([at], [value], marker="o", markersize=4.5, color=colour, zorder=3)
    known = [i for i, v in enumerate(trend.values) if v is not None]
    if at not in (known[0], known[-1]):
        return
    first = at == known[0] and len(known) > 1
    axes.text(
        at, value, trend.write(value), transform=moved(axes, -5 if first else 5, 0),
        ha="right" if first else "left", va="center", fontsize=7, color=INK,
        fontweight="normal" if first else "bold",
    )  # fmt: skip


def _named(periods: Sequence[str]) -> list[str]:
    """Return the names under a panel: every one, or as many as fit, the last always.

    >>> _named([str(year) for year in range(2019, 2025)])
    ['', '2020', '', '2022', '', '2024']
    """
    step = -(-len(periods) // _NAMED)
    last = len(periods) - 1
    return [
        wrap(name, 10) if (last - place) % step == 0 else "" for place, name in enumerate(periods)
    ]


def _limits(trend: Trend, y: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return limits with room around all values and intervals; also of figures that never move."""
    known = [v for v in (*trend.lows, *trend.highs, *y.tolist()) if v is not None and v == v]
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = 0.2 * (high - low) or max(abs(high), 1.0) * 0.2
    return low - room, high + room
