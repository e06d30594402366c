"""Columns: how many answers each score was given, under the names of the classes of scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import Write, moved
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.dot_plot import DotPlot
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreClass:
    """A range of scores with its words and colour."""

    first: int
    last: int
    name: str
    share: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreColumns(Plot):
    """The number of answers per score as columns, and marks on a scale under them."""

    counts: Sequence[int]
    """From the lowest score on."""
    classes: Sequence[ScoreClass]
    """From the lowest scores on; together they cover all."""
    write: NumberFormat
    under: DotPlot | None = None
    """What the answers come to, beside others."""

    _TALL = 2.4

    def height(self, width: float) -> float:
        return self._TALL + (self.under.height(width) - 0.25 if self.under else 0.0)

    def draw(self, figure: Figure) -> None:
        heights = [self._TALL, *([self.under.height(6.7) - 0.25] if self.under else [])]
        axes, *under = figure.subplots(len(heights), height_ratios=heights, squeeze=False)[:, 0]
        if self.under:
            self.under.on(under[0])
        score_columns(axes, self.counts, self._colours, first=self._first, write=self.write)
        for one in self.classes:
            axes.annotate(
                f"{one.name}\n{one.share}", ((one.first + one.last) / 2, 1.02),
                xycoords=("data", "axes fraction"), ha="center", va="bottom", fontsize=8.5,
                fontweight="bold",
            )  # fmt: skip

    @property
    def _first(self) -> int:
        return self.classes[0].first

    @property
    def _colours(self) -> list[str]:
        return [one.colour for one in self.classes for _ in range(one.first, one.last + 1)]

    @property
    def data(self) -> ChartData:
        scores = range(self._first, self._first + len(self.counts))
        series = Series(name="", values=known(self.counts), colours=tuple(self._colours))
        return ChartData(
            kind="column", categories=tuple(map(str, scores)), series=(series,),
            fmt=self.write.name,
        )  # fmt: skip


def score_columns(
    axes: Axes, counts: Sequence[int], colours: Sequence[str], *, first: int, write: Write
) -> None:
    """Draw the number of answers per score as columns with their figure on top."""
    x = np.arange(first, first + len(counts))
    axes.bar(x, counts, color=list(colours), width=0.78)
    above = moved(axes, 0, 2)
    for at, count in zip(x, counts, strict=True):
        if count:
            axes.text(float(at), count, write(count), transform=above, ha="center")
    axes.set_xticks(x)
    axes.yaxis.set_visible(False)
    axes.set_ylim(0, max([*counts, 1]) * 1.18)
    axes.spines[["left"]].set_visible(False)
    axes.tick_params(axis="x", length=0)
