"""Estimates in time, each on its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from workbook.charts.axis_ticks import Tick, ticks
from workbook.charts.chart import PALE, Palette
from workbook.charts.chart_data import ChartData
from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate, draw_estimates, estimates, limits_of
from workbook.charts.measured_words import SMALL, fold, height_of, widest
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot
from workbook.charts.plot_frame import PlotFrame, left_of

_TALL = 1.7
_DOT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoints(Plot):
    """Estimates side by side in the order of time; in rows where these would touch."""

    rows: Sequence[Estimate]
    palette: Palette
    write: NumberFormat

    def height(self, width: float) -> float:
        if self._crowded(width):
            return self._in_rows.height(width)
        return 0.1 + _TALL + 0.1 + max(height_of(name) for name in self._names(width))

    def _crowded(self, width: float) -> bool:
        """Return whether a label or a figure is wider than its part of the width."""
        labels = (line for row in self.rows for line in row.label.split(" "))
        figures = widest((row.text for row in self.rows), bold=True) + 2 * _DOT
        return max(widest(labels, SMALL), figures) + 0.1 > self._each(width)

    def _each(self, width: float) -> float:
        return (width - 0.7) / max(len(self.rows), 1)

    def _names(self, width: float) -> list[str]:
        return [fold(row.label, self._each(width) - 0.08, SMALL) for row in self.rows]

    @property
    def _in_rows(self) -> DotPlot:
        return DotPlot(rows=self.rows, palette=self.palette, write=self.write)

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        if self._crowded(width):
            self._in_rows.draw(figure)
            return
        up = limits_of(self.rows)
        levels = ticks(*up, room=_TALL * 1.6, write=self.write)
        frame = PlotFrame(left=left_of(levels), right=width, top=0.1, bottom=0.1 + _TALL)
        along = (-0.5, len(self.rows) - 0.5)
        axes = frame.axes(figure, along, up)
        frame.levels(axes, levels)
        places = list(range(len(self.rows)))
        values = [np.nan if row.value is None else row.value for row in self.rows]
        axes.plot(places, values, color=PALE, lw=1.4, zorder=1)
        draw_estimates(axes, self.rows, places, colour=self.palette.primary, down=False)
        axes.set_xlim(*along)
        axes.set_ylim(*up)
        beside = _DOT / frame.wide * len(self.rows)
        for place, row in zip(places, self.rows, strict=True):
            if row.value is not None:
                axes.text(place + beside, row.value, row.text, va="center", fontweight="bold")
        frame.under(axes, [Tick(x, name) for x, name in enumerate(self._names(width))])

    @property
    def data(self) -> ChartData:
        colour = self.palette.primary
        return estimates(self.rows, kind="line", fmt=self.write.name, colour=colour)
