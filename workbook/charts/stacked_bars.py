"""Stacked bars: rows of parts, named above the first row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.contrast import ink_on
from workbook.charts.measured_words import LINE, SMALL, width_of
from workbook.charts.plot import Plot
from workbook.charts.row_frame import RowFrame, head_of, in_inches, row_frame
from workbook.charts.tiers import Placed, in_lines, in_tiers

_THICK = 0.18
_SQUARE = 0.09
_AIR = 0.08
"""Inches that a figure needs in its part beside its own width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedPart:
    """One part of a stacked row."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBars(Plot):
    """Rows of parts, first row on top, each with a figure at the right.

    ``sizes[row][part]`` with its words in ``texts[row][part]``; words that do not fit into their
    part are left out.  Parts that no row has are not named.
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
        return self._frame(width)[0].height

    def _frame(self, width: float) -> tuple[RowFrame, list[Placed]]:
        """Return the frame, and where the names of the parts stand."""
        flat = row_frame(width, self.labels, self.right)
        names = self._names(flat)
        head = head_of(max((name.tier + 1 for name in names), default=0))
        return row_frame(width, self.labels, self.right, head=head), names

    def _names(self, frame: RowFrame) -> list[Placed]:
        """Return places over the parts of the first row, or in lines where these are too near."""
        widths = [width_of(part.name, SMALL) + _SQUARE + 0.06 for part in self._named]
        ends = np.cumsum([0.0, *self.sizes[0]]) if self.sizes else np.zeros(1)
        middles = [
            frame.at((ends[i] + ends[i + 1]) / 2, 0.0, self._longest)
            for i, part in enumerate(self.parts)
            if part in self._named
        ]
        over = in_tiers(middles, widths, room=(frame.left, frame.width))
        if all(name.tier == 0 for name in over):
            return over
        return in_lines(widths, room=frame.width)

    @property
    def _named(self) -> list[StackedPart]:
        return [part for j, part in enumerate(self.parts) if any(row[j] for row in self.sizes)]

    @property
    def _longest(self) -> float:
        return 1.0 if self.to_one else max((sum(row) for row in self.sizes), default=0.0) or 1.0

    def draw(self, figure: Figure) -> None:
        frame, names = self._frame(float(figure.get_size_inches()[0]))
        axes = frame.axes(figure, 0.0, self._longest)
        ends = np.cumsum(np.asarray(self.sizes, dtype=float), axis=1)
        for j, part in enumerate(self.parts):
            starts = ends[:, j - 1] if j else np.zeros(len(ends))
            axes.barh(frame.lanes, ends[:, j] - starts, left=starts, color=part.colour,
                      height=_THICK)  # fmt: skip
        unit = frame.room / self._longest
        for lane, row, told, stops in zip(frame.lanes, self.sizes, self.texts, ends, strict=True):
            for part, size, words, stop in zip(self.parts, row, told, stops, strict=True):
                if words and size * unit >= width_of(words, SMALL) + _AIR:
                    axes.text(stop - size / 2, lane, words, ha="center", va="center",
                              fontsize=SMALL, color=ink_on(part.colour))  # fmt: skip
        self._name(figure, frame, names)

    def _name(self, figure: Figure, frame: RowFrame, names: Sequence[Placed]) -> None:
        inches = in_inches(figure)
        for part, place in zip(self._named, names, strict=True):
            middle = frame.head - 0.1 - place.tier * LINE
            square = Rectangle((place.left, middle - _SQUARE / 2), _SQUARE, _SQUARE,
                               facecolor=part.colour, transform=inches)  # fmt: skip
            figure.add_artist(square)
            figure.text(place.left + _SQUARE + 0.05, middle, part.name, transform=inches,
                        va="center", fontsize=SMALL)  # fmt: skip

    @property
    def data(self) -> ChartData:
        series = [
            Series(name=part.name, values=known(values), colour=part.colour)
            for part, values in zip(self.parts, zip(*self.sizes, strict=True), strict=True)
        ]
        return ChartData(
            kind="stacked_bar", categories=tuple(self.labels), series=tuple(series), fmt=self.fmt
        )
