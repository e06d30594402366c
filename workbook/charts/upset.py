"""The UpSet chart: how often sets of things occur together."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.chart import FAINT, PALE, Palette
from workbook.charts.measured_words import SMALL, fold, height_of, widest
from workbook.charts.number_format import Write
from workbook.charts.plot import Plot
from workbook.charts.row_frame import bare_axes, in_inches

_BARS = 1.0
"""Inches of the bars of the number of each set."""
_ROW = 0.26
_MOST_LABEL = 0.36


@dataclass(frozen=True, slots=True, kw_only=True)
class Upset(Plot):
    """Sets as columns of dots under bars of their number."""

    names: Sequence[str]
    """Things, one row each, first on top."""
    sets: Sequence[frozenset[int]]
    """Positions in ``names`` of the members of each set, one column each."""
    counts: Sequence[int]
    """How often exactly this set occurs."""
    palette: Palette
    write: Write

    def height(self, width: float) -> float:
        return self._lanes(width)[1] + 0.04

    def _labels(self, width: float) -> list[str]:
        return [fold(name, _MOST_LABEL * width, SMALL, most=3) for name in self.names]

    def _lanes(self, width: float) -> tuple[list[tuple[float, float]], float]:
        """Return top and bottom of each row, and where the last one ends."""
        at, lanes = 0.2 + _BARS + 0.08, []
        for label in self._labels(width):
            tall = max(_ROW, height_of(label) + 0.06)
            lanes.append((at, at + tall))
            at += tall
        return lanes, at

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        labels, (lanes, _) = self._labels(width), self._lanes(width)
        left = widest(labels, SMALL) + 0.1
        axes = bare_axes(figure, left, width, -0.6, len(self.sets) - 0.4)
        unit = _BARS / max([*self.counts, 1])
        floor = 0.2 + _BARS
        places = list(range(len(self.sets)))
        axes.bar(places, [-unit * count for count in self.counts], bottom=floor, width=0.6,
                 color=self.palette.primary)  # fmt: skip
        for at, count in zip(places, self.counts, strict=True):
            axes.text(at, floor - unit * count - 0.04, self.write(count), ha="center", va="bottom",
                      fontsize=SMALL)  # fmt: skip
        for label, (top, bottom) in zip(labels, lanes, strict=True):
            figure.text(0, (top + bottom) / 2, label, transform=in_inches(figure), va="center",
                        fontsize=SMALL, linespacing=1.05)  # fmt: skip
        self._matrix(axes, lanes)

    def _matrix(self, axes: Axes, lanes: Sequence[tuple[float, float]]) -> None:
        for top, bottom in lanes[::2]:
            axes.axhspan(top, bottom, color=FAINT, lw=0, zorder=0)
        middles = [(top + bottom) / 2 for top, bottom in lanes]
        for at, members in enumerate(self.sets):
            inside = sorted(middles[i] for i in members)
            axes.scatter([at] * len(middles), middles, s=26, color=PALE, zorder=2, lw=0)
            axes.plot([at, at], [inside[0], inside[-1]], color=self.palette.primary, lw=1.8,
                      zorder=3)  # fmt: skip
            axes.scatter([at] * len(inside), inside, s=34, color=self.palette.primary, zorder=4,
                         lw=0)  # fmt: skip
