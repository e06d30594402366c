"""Stacked bars: rows of parts, named above the first row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from workbook.charts.basic import moved, rows_height, wrap
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.contrast import ink_on
from workbook.charts.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedPart:
    """One part of a stacked row: its size and how it is shown."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBars(Plot):
    """Rows of parts, first row on top, each with a figure at the right.

    ``sizes[row][part]`` with its words in ``texts[row][part]``; words that do not fit into their
    part are left out.
    """

    labels: Sequence[str]
    parts: Sequence[StackedPart]
    sizes: Sequence[Sequence[float]]
    texts: Sequence[Sequence[str]]
    right: Sequence[str]
    fmt: str
    """Name of the number format of the sizes."""
    to_one: bool = False
    """The sizes are shares that add up to 1."""

    def height(self, width: float) -> float:
        return rows_height(len(self.labels), top=0.7)

    def draw(self, figure: Figure) -> None:
        stacked_rows(
            figure.add_subplot(), self.labels, self.parts, self.sizes, texts=self.texts,
            right=self.right, to_one=self.to_one,
        )  # fmt: skip

    @property
    def data(self) -> ChartData:
        series = [
            Series(name=part.name, values=known(values), colour=part.colour)
            for part, values in zip(self.parts, zip(*self.sizes, strict=True), strict=True)
        ]
        return ChartData(
            kind="stacked_bar", categories=tuple(self.labels), series=tuple(series), fmt=self.fmt
        )


def stacked_rows(
    axes: Axes,
    labels: Sequence[str],
    parts: Sequence[StackedPart],
    sizes: Sequence[Sequence[float]],
    *,
    texts: Sequence[Sequence[str]],
    right: Sequence[str],
    to_one: bool = False,
) -> None:
    """Draw rows of stacked parts, named above the first row, with a figure at the right.

    ``sizes[row][part]`` with its words in ``texts[row][part]``; words that do not fit into their
    part are left out.
    """
    y = np.arange(len(labels))[::-1]
    ends = np.cumsum(np.asarray(sizes, dtype=float), axis=1)
    longest = 1.0 if to_one else float(ends[:, -1].max(initial=0.0)) or 1.0
    for j, part in enumerate(parts):
        starts = ends[:, j - 1] if j else np.zeros(len(y))
        axes.barh(y, ends[:, j] - starts, left=starts, color=part.colour, height=0.66)
    beside = moved(axes, 5, 0)
    for height, row, told, stops, text in zip(y, sizes, texts, ends, right, strict=True):
        for part, size, figure, stop in zip(parts, row, told, stops, strict=True):
            if size / longest >= 0.055:
                axes.text(stop - size / 2, height, figure, ha="center", va="center", fontsize=7.5,
                          color=ink_on(part.colour), in_layout=False)  # fmt: skip
        axes.text(stops[-1], height, text, transform=beside, va="center")
    axes.set_yticks(y, [wrap(label) for label in labels])
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.set_xlim(0, longest * 1.2)
    axes.xaxis.set_visible(False)
    axes.spines[["bottom", "left"]].set_visible(False)
    name_parts(axes, parts)


def name_parts(axes: Axes, parts: Sequence[StackedPart]) -> None:
    """Name the parts above the axes, each beside a square of its colour."""
    handles = [Patch(facecolor=part.colour) for part in parts]
    axes.legend(handles, [part.name for part in parts], loc="lower left",
                bbox_to_anchor=(0, 1.0), ncols=len(parts), frameon=False, fontsize=8,
                handlelength=0.9, handleheight=0.9, columnspacing=1.6)  # fmt: skip
