"""Estimates in time, each on its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from workbook.charts.basic import Write, moved
from workbook.charts.chart import GREY, PALE, Palette
from workbook.charts.chart_data import ChartData
from workbook.charts.dot_plot import Estimate, estimates
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoints(Plot):
    """Estimates side by side in the order of time; earlier ones are lighter."""

    rows: Sequence[Estimate]
    palette: Palette
    write: NumberFormat

    def height(self, width: float) -> float:
        return 2.5

    def draw(self, figure: Figure) -> None:
        time_points(figure.add_subplot(), self.rows, palette=self.palette, write=self.write)

    @property
    def data(self) -> ChartData:
        colour = self.palette.primary
        return estimates(self.rows, kind="line", fmt=self.write.name, colour=colour)


def time_points(axes: Axes, rows: Sequence[Estimate], *, palette: Palette, write: Write) -> None:
    """Draw estimates in time, each with its interval; earlier ones are lighter."""
    x = np.arange(len(rows))
    values = [np.nan if row.value is None else row.value for row in rows]
    axes.plot(x, values, color=PALE, lw=1.4, zorder=1)
    beside = moved(axes, 8, 0)
    for at, row in zip(x, rows, strict=True):
        colour = palette.primary if row.strong else GREY
        if row.low is not None and row.high is not None:
            axes.plot([at, at], [row.low, row.high], color=colour, lw=2.4, alpha=0.45,
                      solid_capstyle="butt")  # fmt: skip
        if row.value is None:
            continue
        axes.plot(at, row.value, "o", color=colour, ms=7)
        axes.text(float(at), row.value, row.text, transform=beside, va="center", fontweight="bold")
    axes.set_xticks(x, [row.label for row in rows])
    axes.set_xlim(-0.4, len(rows) - 0.2)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: write(v)))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
