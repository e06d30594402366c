"""Bars: horizontal, from zero, each with its words at the end; to both sides where some fall."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.chart import GREY, Palette
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.measured_words import fold, width_of
from workbook.charts.plot import Plot
from workbook.charts.row_frame import RowFrame, row_frame

_THICK = 0.17
_BESIDE = 0.06
"""Inches between a bar and its words."""
_LONGEST_WORDS = 0.6
"""Part of a lane that words at the end of a bar may take."""
_WIDEST = 8.0
"""A change more than so many times as long as the middle one is cut (its words say how much) …"""
_NEVER_CUT = 1.0
"""… unless the change is within a doubling."""


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
        return row_frame(width, self.labels).height

    def draw(self, figure: Figure) -> None:
        frame = row_frame(float(figure.get_size_inches()[0]), self.labels)
        draw_bars(frame, figure, known(self.values), self.texts, self.colours)

    @property
    def data(self) -> ChartData:
        series = Series(name="", values=known(self.values), colours=tuple(self.colours))
        return ChartData(kind="bar", categories=tuple(self.labels), series=(series,), fmt=self.fmt)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBars(Plot):
    """Changes as bars from zero, first row on top; cut bars end in an arrow."""

    labels: Sequence[str]
    changes: Sequence[float]
    texts: Sequence[str]
    good: Sequence[bool | None]
    """Whether each change is good news; None of one that depends: its bar is grey."""
    palette: Palette
    fmt: str
    """Name of the number format of the changes."""

    def height(self, width: float) -> float:
        return row_frame(width, self.labels).height

    def draw(self, figure: Figure) -> None:
        frame = row_frame(float(figure.get_size_inches()[0]), self.labels)
        sizes = np.abs(np.array(self.changes, dtype=float))
        most = max(float(np.median(sizes)) * _WIDEST, _NEVER_CUT)
        shown = [float(np.clip(change, -most, most)) for change in self.changes]
        axes, ends = draw_bars(frame, figure, shown, self.texts, self._colours)
        for lane, end, size, change in zip(frame.lanes, ends, shown, self.changes, strict=True):
            if size != change:
                inward = -0.05 if change > 0 else 0.05
                axes.plot(end + inward, lane, ">" if change > 0 else "<", color="white", ms=5,
                          mec="none")  # fmt: skip

    @property
    def _colours(self) -> list[str]:
        colours = {True: self.palette.primary, False: self.palette.secondary, None: GREY}
        return [colours[one] for one in self.good]

    @property
    def data(self) -> ChartData:
        series = Series(name="", values=known(self.changes), colours=tuple(self._colours))
        return ChartData(kind="bar", categories=tuple(self.labels), series=(series,), fmt=self.fmt)


def draw_bars(
    frame: RowFrame,
    figure: Figure,
    values: Sequence[float | None],
    texts: Sequence[str],
    colours: Sequence[str],
) -> tuple[Axes, list[float]]:
    """Draw bars with words at their ends; return the axes, in inches, and where the bars end."""
    told = [fold(text, _LONGEST_WORDS * frame.room, most=2) for text in texts]
    sizes = [value or 0.0 for value in values]
    widths = [width_of(words) + _BESIDE for words in told]
    zero, unit = scale_of(sizes, widths, frame.room)
    axes = frame.axes(figure, 0.0, frame.room)
    axes.barh(frame.lanes, [unit * size for size in sizes], left=zero, height=_THICK,
              color=list(colours))  # fmt: skip
    ends = [zero + unit * size for size in sizes]
    for lane, end, size, words in zip(frame.lanes, ends, sizes, told, strict=True):
        left = size < 0
        axes.text(end + (-_BESIDE if left else _BESIDE), lane, words, va="center",
                  ha="right" if left else "left")  # fmt: skip
    frame.edge(axes, zero)
    return axes, ends


def scale_of(sizes: Sequence[float], widths: Sequence[float], room: float) -> tuple[float, float]:
    """Return where zero is and how long a unit is, so that every bar has its words beside it.

    Parameters
    ----------
    widths
        Inches of the words at the ends of the bars.
    room
        Inches for bars and words.

    Examples
    --------
    >>> zero, unit = scale_of([2.0, 1.0], [1.0, 1.0], 5.0)
    >>> round(zero, 6), round(unit, 6)
    (0.0, 2.0)
    """

    def sides(unit: float) -> tuple[float, float]:
        ends = list(zip(sizes, widths, strict=True))
        left = max((width - unit * size for size, width in ends if size < 0), default=0.0)
        right = max((width + unit * size for size, width in ends if size >= 0), default=0.0)
        return left, right

    longest = max((abs(size) for size in sizes), default=0.0)
    low, high = 0.0, room / longest if longest else 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(sides(middle)) <= room else (low, middle)
    return sides(low)[0], low
