"""Columns: how many answers each score was given, under the names of the classes of scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from workbook.charts.axis_ticks import Tick
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.dot_plot import DotPlot
from workbook.charts.measured_words import LINE, widest, width_of
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot
from workbook.charts.plot_frame import PlotFrame
from workbook.charts.row_frame import in_inches
from workbook.charts.tiers import Placed, in_tiers

_TALL = 1.5
_AIR = 0.2
"""Inches above the highest column: its figure."""
_FOOT = 0.28


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreClass:
    """A range of scores with its words and colour."""

    first: int
    last: int
    name: str
    share: str
    colour: str

    @property
    def words(self) -> str:
        """What stands above its columns."""
        return f"{self.name}\n{self.share}"


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

    def height(self, width: float) -> float:
        return self._columns_end(width) + (self.under.height(width) if self.under else 0.0)

    def _columns_end(self, width: float) -> float:
        """Return the inches down to the end of the columns and their scores."""
        return self._frame(width).bottom + _FOOT

    def _frame(self, width: float) -> PlotFrame:
        tiers = max(name.tier for name in self._names(width)) + 1
        top = tiers * (2 * LINE + 0.06) + 0.06
        return PlotFrame(left=0.05, right=width - 0.05, top=top, bottom=top + _TALL)

    def _names(self, width: float) -> list[Placed]:
        wide = (width - 0.1) / len(self.counts)
        middles = [
            0.05 + wide * ((one.first + one.last) / 2 - self._first + 0.5) for one in self.classes
        ]
        widths = [width_of(one.words, bold=True) for one in self.classes]
        return in_tiers(middles, widths, room=(0.0, width))

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        frame, first = self._frame(width), self._first
        scores = list(range(first, first + len(self.counts)))
        figures = widest(map(self.write, self.counts))
        upright = figures + 0.04 > frame.wide / len(scores)
        air = figures + 0.1 if upright else _AIR
        most = max([*self.counts, 1]) * frame.tall / (frame.tall - air)
        axes = frame.axes(figure, (first - 0.5, scores[-1] + 0.5), (0.0, most))
        for one in self.classes:
            own = range(one.first, one.last + 1)
            axes.bar(own, [self.counts[s - first] for s in own], width=0.78, color=one.colour,
                     linewidth=0)  # fmt: skip
        for score, count in zip(scores, self.counts, strict=True):
            if count:
                axes.text(score, count + most * 0.02, self.write(count), ha="center", va="bottom",
                          rotation=90 if upright else 0)  # fmt: skip
        frame.under(axes, [Tick(score, str(score)) for score in scores])
        for one, place in zip(self.classes, self._names(width), strict=True):
            down = frame.top - 0.06 - place.tier * (2 * LINE + 0.06)
            middle = place.left + width_of(one.words, bold=True) / 2
            figure.text(middle, down, one.words, transform=in_inches(figure), ha="center",
                        va="bottom", fontweight="bold", linespacing=1.05)  # fmt: skip
        if self.under:
            self.under.draw_at(figure, self._columns_end(width))

    @property
    def _first(self) -> int:
        return self.classes[0].first

    @property
    def data(self) -> ChartData:
        scores = range(self._first, self._first + len(self.counts))
        colours = [one.colour for one in self.classes for _ in range(one.first, one.last + 1)]
        series = Series(name="", values=known(self.counts), colours=tuple(colours))
        return ChartData(
            kind="column", categories=tuple(map(str, scores)), series=(series,),
            fmt=self.write.name,
        )  # fmt: skip
