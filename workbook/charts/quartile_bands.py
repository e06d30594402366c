"""The chart of values on quartile bands: each row on a scale of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import moved
from workbook.charts.chart import INK, PALE, SKY, Palette
from workbook.charts.plot import Plot

LABEL = 26
"""Characters in a line of a row's label; a row has room for four lines."""
ROW = 0.68
"""Inches of height of one row."""
_HALF = 0.085
_CENTRES = (0.7, 0.3)
_MEDIAN_WORDS = (0.865, 0.135)
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
        return bands_height(len(self.rows))

    def draw(self, figure: Figure) -> None:
        band_rows(figure.add_subplot(), self.rows, palette=self.palette)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The horizontal scale of one row: values to 0-1."""

    left: float
    right: float

    def __call__(self, value: float) -> float:
        return (value - self.left) / (self.right - self.left)


def bands_height(rows: int) -> float:
    """Return the height in inches of a chart with that many rows."""
    return 0.15 + ROW * max(rows, 2)


def band_rows(axes: Axes, rows: Sequence[BandRow], *, palette: Palette) -> None:
    """Draw rows, first on top; a value far outside its bands becomes an arrow at the edge."""
    for i, row in enumerate(rows):
        floor = float(len(rows) - 1 - i)
        if row.begins_group and i:
            axes.axhline(floor + 1, color=PALE, lw=0.8)
        _row(axes, row, floor, palette=palette)
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(0, len(rows))
    heights = np.arange(len(rows))[::-1] + 0.5
    axes.set_yticks(heights, ["\n".join(wrap(row.label, LABEL)) for row in rows])
    axes.xaxis.set_visible(False)
    axes.spines[:].set_visible(False)


def _row(axes: Axes, row: BandRow, floor: float, *, palette: Palette) -> None:
    known = [band for band in row.bands if band is not None]
    scale = _scale(known)
    for band, centre, words, colour in zip(
        row.bands, _CENTRES, _MEDIAN_WORDS, (SKY, PALE), strict=True
    ):
        if band is not None:
            _band(axes, band, scale, (floor + centre, floor + words), colour=colour)
    if row.value is not None and known:
        _value(axes, row.text, scale(row.value), floor + 0.5, palette=palette)
    else:
        axes.text(0.5, floor + 0.5, row.text, ha="center", va="center", fontsize=7.5,
                  fontweight="bold")  # fmt: skip


def _scale(bands: Sequence[QuartileBand]) -> _Scale:
    low = min((band.q1 for band in bands), default=0.0)
    high = max((band.q3 for band in bands), default=1.0)
    span = (high - low) or abs(high) * 0.1 or 1.0
    return _Scale(low - _SPARE * span, high + _SPARE * span)


def _band(
    axes: Axes, band: QuartileBand, scale: _Scale, heights: tuple[float, float], *, colour: str
) -> None:
    centre, words = heights
    left, middle, right = (scale(v) for v in (band.q1, band.median, band.q3))
    axes.barh(centre, right - left, left=left, height=2 * _HALF, color=colour, lw=0, zorder=2)
    axes.plot([middle, middle], [centre - _HALF, centre + _HALF], color=INK, lw=1.6, zorder=4,
              solid_capstyle="butt")  # fmt: skip
    small: Any = {"fontsize": 6.8, "color": INK, "va": "center", "zorder": 5}
    axes.text(left, centre, band.texts[0], transform=moved(axes, -3, 0), ha="right", **small)
    axes.text(middle, words, band.texts[1], ha="center", **small)
    axes.text(right, centre, band.texts[2], transform=moved(axes, 3, 0), ha="left", **small)
    axes.text(1.015, centre, band.right, transform=axes.get_yaxis_transform(), va="center",
              fontsize=8)  # fmt: skip


def _value(axes: Axes, text: str, at: float, height: float, *, palette: Palette) -> None:
    """Mark the value between the two bands, with its figure on the side that has room."""
    inside = min(max(at, 0.0), 1.0)
    reach = _CENTRES[0] + _HALF - 0.5
    shape = "D" if inside == at else "<" if at < 0 else ">"
    axes.plot([inside, inside], [height - reach, height + reach], color=palette.secondary, lw=1.1,
              zorder=3)  # fmt: skip
    axes.plot(inside, height, shape, color=palette.secondary, ms=5.5, zorder=6, mec="white",
              mew=0.6, clip_on=False)  # fmt: skip
    leftwards = inside > 0.8
    axes.text(inside, height, text, transform=moved(axes, -7 if leftwards else 7, 0),
              ha="right" if leftwards else "left", va="center", fontsize=8, fontweight="bold",
              zorder=6)  # fmt: skip
