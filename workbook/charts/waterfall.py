"""The waterfall: a whole, the parts that it falls into, and what could come on top."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import moved, rows_height, wrap
from workbook.charts.chart import GREY, PALE
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """One bar of a waterfall."""

    label: str
    start: float
    """Where it begins."""
    end: float
    words: str
    colour: str
    open: bool = False
    """Drawn as an outline: money that is not there yet."""


def falling(
    whole: tuple[str, float, str], parts: Sequence[tuple[str, float, str, str]], *, colour: str
) -> list[Fall]:
    """Return the bars of a whole and of its parts, each beginning where the last one ended.

    Parameters
    ----------
    whole
        Label, size and words.
    parts
        Label, size, words and colour; together they are the whole.

    Examples
    --------
    >>> bars = falling(("all", 10, "10"), [("a", 7, "7", "c"), ("b", 3, "3", "c")], colour="c")
    >>> [(bar.start, bar.end) for bar in bars]
    [(0.0, 10), (0.0, 7.0), (7.0, 10.0)]
    """
    label, size, words = whole
    bars = [Fall(label=label, start=0.0, end=size, words=words, colour=colour)]
    at = 0.0
    for name, part, told, own in parts:
        bars.append(Fall(label=name, start=at, end=at + part, words=told, colour=own))
        at += part
    return bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall(Plot):
    """Bars from their start to their end, first on top."""

    bars: Sequence[Fall]
    fmt: str
    """Name of the number format of the sizes."""

    def height(self, width: float) -> float:
        return rows_height(len(self.bars))

    def draw(self, figure: Figure) -> None:
        waterfall(figure.add_subplot(), self.bars)

    @property
    def data(self) -> ChartData:
        series = Series(
            name="", values=known(bar.end - bar.start for bar in self.bars),
            colours=tuple(bar.colour for bar in self.bars),
        )  # fmt: skip
        labels = tuple(bar.label for bar in self.bars)
        return ChartData(kind="bar", categories=labels, series=(series,), fmt=self.fmt)


def waterfall(axes: Axes, bars: Sequence[Fall]) -> None:
    """Draw bars from their start to their end, first on top, joined by thin lines."""
    y = np.arange(len(bars))[::-1]
    beside = moved(axes, 4, 0)
    for height, bar in zip(y, bars, strict=True):
        axes.barh(height, bar.end - bar.start, left=bar.start, height=0.62,
                  color="white" if bar.open else bar.colour,
                  edgecolor=bar.colour, linewidth=1.2 if bar.open else 0,
                  linestyle="--" if bar.open else "-")  # fmt: skip
        axes.text(max(bar.start, bar.end), height, bar.words, transform=beside, va="center")
    for above, below, bar in zip(y[:-1], y[1:], bars[1:], strict=True):
        if bar.start:
            axes.plot([bar.start, bar.start], [below - 0.31, above + 0.31], color=PALE, lw=0.8)
    most = max((max(bar.start, bar.end) for bar in bars), default=0.0)
    least = min((min(bar.start, bar.end) for bar in bars), default=0.0)
    axes.set_xlim(min(least, 0.0), most * 1.25 if most > 0 else 1.0)
    axes.set_ylim(-0.6, len(bars) - 0.4)
    axes.set_yticks(y, [wrap(bar.label) for bar in bars])
    axes.axvline(0, color=GREY, lw=0.8)
    axes.xaxis.set_visible(False)
    axes.spines[["bottom", "left"]].set_visible(False)
