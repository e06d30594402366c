"""Small multiples: one figure over several periods in each, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import Write, moved, wrap
from workbook.charts.chart import GREY, INK, Palette

ACROSS = 3
"""Panels side by side."""
_ROW = 1.75
"""Inches of height of one row of panels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One panel."""

    title: str
    periods: Sequence[str]
    values: Sequence[float | None]
    lows: Sequence[float | None]
    highs: Sequence[float | None]
    write: Write


def trends_height(panels: int) -> float:
    """Return the height in inches of so many panels."""
    return _ROW * -(-panels // ACROSS)


def trend_panels(figure: Figure, trends: Sequence[Trend], *, palette: Palette) -> None:
    """Draw each figure over its periods; the last one is strong and carries its value."""
    rows = -(-len(trends) // ACROSS)
    grid = figure.subplots(rows, ACROSS, squeeze=False)
    for place, axes in enumerate(grid.flat):
        if place < len(trends):
            _panel(axes, trends[place], palette)
        else:
            axes.set_axis_off()


def _panel(axes: Axes, trend: Trend, palette: Palette) -> None:
    x = np.arange(len(trend.values))
    y = np.array([np.nan if v is None else v for v in trend.values], dtype=float)
    axes.plot(x, y, color=GREY, linewidth=1, zorder=1)
    last = len(x) - 1
    for at in x[~np.isnan(y)]:
        low, high = trend.lows[at], trend.highs[at]
        colour = palette.primary if at == last else GREY
        if low is not None and high is not None:
            axes.plot([at, at], [low, high], color=colour, linewidth=1.4, zorder=2)
        axes.plot([at], [y[at]], marker="o", markersize=4.5, color=colour, zorder=3)
        if at in (0, last):
            side = "right" if at == 0 else "left"
            shift = moved(axes, -5 if at == 0 else 5, 0)
            axes.text(
                at, y[at], trend.write(float(y[at])), transform=shift, ha=side, va="center",
                fontsize=7, color=INK,
            )  # fmt: skip
    axes.set_title(wrap(trend.title, 26), fontsize=7.5, color=INK, loc="left")
    axes.set_xticks(x, [wrap(label, 9) for label in trend.periods], fontsize=6.5)
    axes.set_yticks([])
    axes.set_xlim(-0.75, last + 0.75)
    axes.margins(y=0.25)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
