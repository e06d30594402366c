"""The waterfall: a whole, the parts that it falls into, and what could come on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from workbook.charts.chart import PALE
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.plot import Plot
from workbook.charts.row_frame import RowFrame, row_frame

_THICK = 0.18


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
        return self._frame(width).height

    def _frame(self, width: float) -> RowFrame:
        return row_frame(width, [bar.label for bar in self.bars], [bar.words for bar in self.bars])

    def draw(self, figure: Figure) -> None:
        frame = self._frame(float(figure.get_size_inches()[0]))
        ends = [end for bar in self.bars for end in (bar.start, bar.end)]
        low, high = min([*ends, 0.0]), max([*ends, 0.0])
        axes = frame.axes(figure, low, high if high > low else low + 1.0)
        for lane, bar in zip(frame.lanes, self.bars, strict=True):
            axes.barh(lane, bar.end - bar.start, left=bar.start, height=_THICK,
                      color="white" if bar.open else bar.colour,
                      edgecolor=bar.colour, linewidth=1.2 if bar.open else 0,
                      linestyle="--" if bar.open else "-")  # fmt: skip
        for above, below, bar in zip(frame.lanes, frame.lanes[1:], self.bars[1:], strict=False):
            if bar.start:
                axes.plot([bar.start, bar.start], [above + _THICK / 2, below - _THICK / 2],
                          color=PALE, lw=0.8)  # fmt: skip
        frame.edge(axes, 0.0)

    @property
    def data(self) -> ChartData:
        series = Series(
            name="", values=known(bar.end - bar.start for bar in self.bars),
            colours=tuple(bar.colour for bar in self.bars),
        )  # fmt: skip
        labels = tuple(bar.label for bar in self.bars)
        return ChartData(kind="bar", categories=labels, series=(series,), fmt=self.fmt)
