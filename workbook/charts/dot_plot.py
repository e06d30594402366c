"""Dots on their intervals: estimates in rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from workbook.charts.basic import Write, rows_height, wrap
from workbook.charts.chart import GREY, INK, Palette
from workbook.charts.chart_data import ChartData, Kind, Series, known
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One row of a dot plot: an estimate with its interval and n."""

    label: str
    value: float | None
    """None: not known; there is no dot, only the words."""
    low: float | None
    high: float | None
    text: str
    """What stands at the right: value and n."""
    strong: bool = True
    """False for rows that only give the background (previous period, benchmarks)."""


def estimates(rows: Sequence[Estimate], *, kind: Kind, fmt: str, colour: str) -> ChartData:
    """Return estimates with their intervals as data; background rows are grey.

    >>> row = Estimate(label="North", value=0.2, low=None, high=None, text="20 %")
    >>> estimates([row], kind="points", fmt="pct", colour="#0b5394").series[0].values
    (0.2,)
    """
    intervals = any(row.low is not None for row in rows)
    series = Series(
        name="",
        values=known(row.value for row in rows),
        colour=colour,
        colours=tuple(colour if row.strong else GREY for row in rows),
        low=known(row.low for row in rows) if intervals else (),
        high=known(row.high for row in rows) if intervals else (),
    )
    labels = tuple(row.label for row in rows)
    return ChartData(kind=kind, categories=labels, series=(series,), fmt=fmt)


@dataclass(frozen=True, slots=True, kw_only=True)
class DotPlot(Plot):
    """One dot on its interval for each row, first row on top."""

    rows: Sequence[Estimate]
    palette: Palette
    write: NumberFormat
    reference: tuple[float, str] | None = None
    """A value with its words, drawn as a line."""
    limits: tuple[float, float] | None = None
    """What values may be."""

    def height(self, width: float) -> float:
        return rows_height(len(self.rows), top=0.75 if self.reference else 0.6)

    def draw(self, figure: Figure) -> None:
        self.on(figure.add_subplot())

    def on(self, axes: Axes) -> None:
        """Draw on axes that stand among others."""
        dot_plot(
            axes, self.rows, palette=self.palette, write=self.write, reference=self.reference,
            limits=self.limits,
        )  # fmt: skip

    @property
    def data(self) -> ChartData:
        colour = self.palette.primary
        return estimates(self.rows, kind="points", fmt=self.write.name, colour=colour)


def dot_plot(
    axes: Axes,
    rows: Sequence[Estimate],
    *,
    palette: Palette,
    write: Write,
    reference: tuple[float, str] | None = None,
    limits: tuple[float, float] | None = None,
) -> None:
    """Draw estimates as dots on their intervals, first row on top."""
    y = np.arange(len(rows))[::-1]
    right = axes.get_yaxis_transform()
    for height, row in zip(y, rows, strict=True):
        colour = palette.primary if row.strong else GREY
        if row.low is not None and row.high is not None:
            axes.plot([row.low, row.high], [height, height], color=colour, lw=2.2, alpha=0.45,
                      solid_capstyle="butt")  # fmt: skip
        if row.value is not None:
            axes.plot(row.value, height, "o", color=colour, ms=6)
        axes.text(1.01, height, row.text, transform=right, va="center")
    axes.set_yticks(y, [wrap(row.label) for row in rows])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    _limits(axes, rows, limits)
    if reference:
        axes.axvline(reference[0], color=GREY, lw=0.9, ls=(0, (4, 3)), zorder=0)
        axes.annotate(reference[1], (reference[0], 1.0), xycoords=("data", "axes fraction"),
                      xytext=(0, 3), textcoords="offset points", ha="center", va="bottom",
                      fontsize=7.5, color=INK)  # fmt: skip
    _value_axis(axes, write)


def _limits(axes: Axes, rows: Sequence[Estimate], limits: tuple[float, float] | None) -> None:
    points = [p for row in rows for p in (row.low, row.high, row.value) if p is not None]
    low, high = min(points, default=0.0), max(points, default=1.0)
    pad = max((high - low) * 0.06, 1e-9)
    left, right = low - pad, high + pad
    if limits:
        left, right = max(left, limits[0] - pad), min(right, limits[1] + pad)
    axes.set_xlim(left, right)


def _value_axis(axes: Axes, write: Write) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: write(v)))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
