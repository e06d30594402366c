"""The chart of values on quartile bands: each row on a scale of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from workbook.charts.chart import INK, PALE, SKY, Palette
from workbook.charts.measured_words import SMALL, fold, height_of, widest, width_of
from workbook.charts.plot import Plot
from workbook.charts.row_frame import bare_axes, in_inches, stands_narrow

_MOST_LABEL = 0.26

_ROW = 0.74
"""Inches of the bands of one row, with the words around them."""
_HALF = 0.05
_CENTRES = (0.23, 0.51)
"""Of the bands, in inches from the top of their row."""
_MEDIAN_WORDS = (0.09, 0.65)
_MIDDLE = 0.37
_SPARE = 0.75
"""Room beside the bands, as a part of their common width; values beyond are arrows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuartileBand:
    """The middle half of a group, and what stands at its right."""

    q1: float
    median: float
    q3: float
    texts: tuple[str, str, str]
    """The three quartiles in words."""
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """One value on the bands of up to two groups (None: the group is not known)."""

    label: str
    value: float | None
    text: str
    bands: tuple[QuartileBand | None, QuartileBand | None]
    begins_group: bool = False
    """A thin line above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuartileBands(Plot):
    """Values on their bands, first row on top."""

    rows: Sequence[BandRow]
    palette: Palette

    def height(self, width: float) -> float:
        return self._tops(width)[-1] + 0.04

    def _right(self, width: float) -> float:
        """Return where the bands end: what stands at their right needs the rest."""
        told = [band.right for row in self.rows for band in row.bands if band is not None]
        return width - widest(told, SMALL) - 0.1

    def _labels(self, width: float) -> list[str]:
        room = width if stands_narrow(width) else _MOST_LABEL * width
        return [fold(row.label, room) for row in self.rows]

    def _tops(self, width: float) -> list[float]:
        """Return where rows begin, and where the last one ends."""
        tops = [0.02]
        for label in self._labels(width):
            above = height_of(label) + 0.02 if stands_narrow(width) else 0.0
            tops.append(tops[-1] + max(above + _ROW, height_of(label) + 0.1))
        return tops

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        labels, tops, narrow = self._labels(width), self._tops(width), stands_narrow(width)
        left = 0.04 if narrow else widest(labels) + 0.1
        right = self._right(width)
        axes = bare_axes(figure, left, right, 0.0, 1.0)
        for i, (row, label, top) in enumerate(zip(self.rows, labels, tops, strict=False)):
            if row.begins_group and i:
                figure.add_artist(Line2D([0, width], [top, top], color=PALE, lw=0.8,
                                         transform=in_inches(figure)))  # fmt: skip
            middle = height_of(label) / 2 + 0.03 if narrow else _MIDDLE
            figure.text(0, top + middle, label, transform=in_inches(figure), va="center",
                        linespacing=1.0)  # fmt: skip
            floor = top + (height_of(label) + 0.02 if narrow else 0.0)
            _row(axes, row, floor, right - left, palette=self.palette)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The horizontal scale of one row: values to 0-1."""

    left: float
    right: float

    def __call__(self, value: float) -> float:
        return (value - self.left) / (self.right - self.left)


def _row(axes: Axes, row: BandRow, top: float, room: float, *, palette: Palette) -> None:
    known = [band for band in row.bands if band is not None]
    scale = _scale(known)
    for band, centre, words, colour in zip(
        row.bands, _CENTRES, _MEDIAN_WORDS, (SKY, PALE), strict=True
    ):
        if band is not None:
            _band(axes, band, scale, (top + centre, top + words), colour=colour, room=room)
    if row.value is not None and known:
        _value(axes, row.text, scale(row.value), top + _MIDDLE, palette=palette, room=room)
    else:
        axes.text(0.5, top + _MIDDLE, row.text, ha="center", va="center", fontsize=SMALL,
                  fontweight="bold")  # fmt: skip


def _scale(bands: Sequence[QuartileBand]) -> _Scale:
    low = min((band.q1 for band in bands), default=0.0)
    high = max((band.q3 for band in bands), default=1.0)
    span = (high - low) or abs(high) * 0.1 or 1.0
    return _Scale(low - _SPARE * span, high + _SPARE * span)


def _band(
    axes: Axes,
    band: QuartileBand,
    scale: _Scale,
    heights: tuple[float, float],
    *,
    colour: str,
    room: float,
) -> None:
    centre, words = heights
    left, middle, right = (scale(v) for v in (band.q1, band.median, band.q3))
    axes.barh(centre, right - left, left=left, height=2 * _HALF, color=colour, lw=0, zorder=2)
    axes.plot([middle, middle], [centre - _HALF, centre + _HALF], color=INK, lw=1.6, zorder=4,
              solid_capstyle="butt")  # fmt: skip
    small: Any = {"fontsize": SMALL, "color": INK, "va": "center", "zorder": 5}
    air = 0.04 / room
    axes.text(left - air, centre, band.texts[0], ha="right", **small)
    axes.text(middle, words, band.texts[1], ha="center", **small)
    axes.text(right + air, centre, band.texts[2], ha="left", **small)
    axes.text(1.0 + 0.1 / room, centre, band.right, va="center", fontsize=SMALL)


def _value(
    axes: Axes, text: str, at: float, height: float, *, palette: Palette, room: float
) -> None:
    """Mark the value between the two bands, with its figure on the side that has room."""
    inside = min(max(at, 0.0), 1.0)
    reach = _MIDDLE - _CENTRES[0] + _HALF
    shape = "D" if inside == at else "<" if at < 0 else ">"
    axes.plot([inside, inside], [height - reach, height + reach], color=palette.secondary, lw=1.1,
              zorder=3)  # fmt: skip
    axes.plot(inside, height, shape, color=palette.secondary, ms=5.5, zorder=6, mec="white",
              mew=0.6, clip_on=False)  # fmt: skip
    leftwards = inside + (width_of(text, SMALL, bold=True) + 0.12) / room > 1.0
    axes.text(inside + (-0.1 if leftwards else 0.1) / room, height, text,
              ha="right" if leftwards else "left", va="center", fontsize=SMALL, fontweight="bold",
              zorder=6)  # fmt: skip
