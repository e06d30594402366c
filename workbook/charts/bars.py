"""Bars: horizontal, from zero, each with its words at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import moved, rows_height, wrap
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Plot):
    """One bar for each label, first row on top."""

    labels: Sequence[str]
    values: Sequence[float | None]
    """None: not known; there is no bar, only the words."""
    texts: Sequence[str]
    """Stand at the ends of the bars."""
    colours: Sequence[str]
    fmt: str
    """Name of the number format of the values."""

    def height(self, width: float) -> float:
        return rows_height(len(self.labels), top=0.3)

    def draw(self, figure: Figure) -> None:
        known = [value or 0.0 for value in self.values]
        bar_rows(figure.add_subplot(), self.labels, known, self.texts, colours=self.colours)

    @property
    def data(self) -> ChartData:
        series = Series(name="", values=known(self.values), colours=tuple(self.colours))
        return ChartData(kind="bar", categories=tuple(self.labels), series=(series,), fmt=self.fmt)


def bar_rows(
    axes: Axes,
    labels: Sequence[str],
    values: Sequence[float],
    texts: Sequence[str],
    *,
    colours: Sequence[str],
) -> None:
    """Draw horizontal bars from zero with their value at the end, first row on top."""
    y = np.arange(len(labels))[::-1]
    axes.barh(y, values, color=list(colours), height=0.62)
    beside = moved(axes, 4, 0)
    for height, value, text in zip(y, values, texts, strict=True):
        axes.text(value, height, text, transform=beside, va="center")
    axes.set_yticks(y, [wrap(label) for label in labels])
    axes.set_xlim(0, max([*values, 1e-9]) * 1.25)
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.xaxis.set_visible(False)
    axes.spines[["bottom", "left"]].set_visible(False)
