"""The heat table of marks: things in rows, people in columns, each mark written and shaded.

Everything is measured and placed in inches, so that a table of any size keeps its type and cuts
no label.  seaborn's heat map shades numbers; these fields are shaded by kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from workbook.charts.chart import FAINT, PALE, Palette
from workbook.charts.contrast import ink_on
from workbook.charts.measured_words import LINE, SMALL, fold, height_of, widest, width_of
from workbook.charts.plot import Plot
from workbook.charts.row_frame import bare_axes, stands_narrow

_LABEL = 0.5
"""Part of the width for the names of rows; on a phone these stand above their marks."""
_GAP = 0.1
_WIDEST = 0.62
"""Inches of a column of marks."""
_PAD = 0.07
_FIELD = 0.2
_HEADING = 1.5
"""Inches of an upright heading at most."""
_LOW = "#f6d0ae"
"""A light orange on which dark words can be read."""


class Shade(StrEnum):
    """How a cell is shaded; its text says the same."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One mark."""

    text: str
    shade: Shade


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One thing that was marked; without cells it is the heading of those below it."""

    label: str
    cells: Sequence[HeatCell] = ()
    figure: str = ""
    """Stands at the right: the score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMarks(Plot):
    """The table over the whole figure, first row on top."""

    rows: Sequence[HeatRow]
    columns: Sequence[str]
    """Headings of the cells, upright where they are too wide for their column."""
    figure_name: str
    """Heading of the figure at the right."""
    palette: Palette

    def height(self, width: float) -> float:
        return self._head(width) + sum(self._tall(row, width) for row in self.rows) + 0.06

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        axes = bare_axes(figure, 0.0, width, 0.0, width)
        top = self._head(width)
        self._headings(axes, width, bottom=top - 0.05)
        for row in self.rows:
            self._row(axes, row, width, top)
            top += self._tall(row, width)

    def _label(self, row: HeatRow, width: float) -> str:
        room = width - 0.02 if stands_narrow(width) or not row.cells else self._left(width) - _GAP
        return fold(row.label, room, SMALL, bold=not row.cells)

    def _tall(self, row: HeatRow, width: float) -> float:
        above = _FIELD if stands_narrow(width) and row.cells else 0.0
        return height_of(self._label(row, width)) + _PAD + above

    def _left(self, width: float) -> float:
        return 0.0 if stands_narrow(width) else _LABEL * width

    def _figure(self) -> float:
        """Return the inches for the figure at the right."""
        told = widest((row.figure for row in self.rows), SMALL)
        return max(told, width_of(self.figure_name, SMALL, bold=True)) + _GAP

    def _column(self, width: float) -> float:
        room = width - self._left(width) - self._figure()
        return min(_WIDEST, room / max(len(self.columns), 1))

    def _upright(self, width: float) -> bool:
        words = (word for name in self.columns for word in name.split())
        return widest(words, SMALL) > self._column(width) - 0.06

    def _names(self, width: float) -> list[str]:
        column = self._column(width)
        if not self._upright(width):
            return [fold(name, column - 0.06, SMALL) for name in self.columns]
        lines = max(1, int((column - 0.02) / LINE))
        return [fold(name, _HEADING, SMALL, most=lines) for name in self.columns]

    def _head(self, width: float) -> float:
        names = self._names(width)
        if self._upright(width):
            return widest(names, SMALL) + 0.1
        return max((height_of(name) for name in names), default=LINE) + 0.1

    def _headings(self, axes: Axes, width: float, *, bottom: float) -> None:
        column = self._column(width)
        for i, name in enumerate(self._names(width)):
            axes.text(self._left(width) + (i + 0.5) * column, bottom, name, ha="center",
                      va="bottom", fontsize=SMALL, linespacing=1.05,
                      rotation=90 if self._upright(width) else 0)  # fmt: skip
        axes.text(width, bottom, self.figure_name, ha="right", va="bottom", fontsize=SMALL,
                  fontweight="bold")  # fmt: skip

    def _row(self, axes: Axes, row: HeatRow, width: float, top: float) -> None:
        label, tall = self._label(row, width), self._tall(row, width)
        words = height_of(label) + _PAD
        axes.text(0, top + words / 2, label, va="center", fontsize=SMALL, linespacing=1.05,
                  fontweight="normal" if row.cells else "bold")  # fmt: skip
        if not row.cells:
            return
        if stands_narrow(width):
            top, tall = top + words - 0.02, _FIELD
        self._cells(axes, row, width, top, tall)
        axes.text(width, top + tall / 2, row.figure, ha="right", va="center", fontsize=SMALL)
        if not stands_narrow(width):
            axes.add_artist(Line2D([0, self._left(width) - 0.05], [top, top], color=FAINT, lw=0.5))

    def _cells(self, axes: Axes, row: HeatRow, width: float, top: float, tall: float) -> None:
        """Draw the cells of a row, their fields as one thing to draw."""
        primary, column = self.palette.primary, self._column(width)
        looks = {
            Shade.HIGH: (primary, primary),
            Shade.MIDDLE: (PALE, PALE),
            Shade.LOW: (_LOW, _LOW),
            Shade.NONE: ("white", PALE),
        }
        faces, edges = zip(*(looks[cell.shade] for cell in row.cells), strict=True)
        lefts = [self._left(width) + i * column for i in range(len(row.cells))]
        fields = [_field(left, top, column, tall) for left in lefts]
        axes.add_artist(
            PolyCollection(fields, facecolors=faces, edgecolors=edges, linewidths=0.6,
                           joinstyle="miter")
        )  # fmt: skip
        for cell, left, face in zip(row.cells, lefts, faces, strict=True):
            strong = "bold" if cell.shade is not Shade.NONE else "normal"
            axes.text(left + column / 2, top + tall / 2, cell.text, ha="center", va="center",
                      fontsize=SMALL, color=ink_on(face), fontweight=strong)  # fmt: skip


def _field(left: float, top: float, width: float, height: float) -> list[tuple[float, float]]:
    """Return the corners of a field, with a gap to those around it."""
    gap = 0.012
    right, bottom = left + width - gap, top + height - gap
    return [(left + gap, top + gap), (right, top + gap), (right, bottom), (left + gap, bottom)]
