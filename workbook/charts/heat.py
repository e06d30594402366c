"""The heat table of marks: things in rows, people in columns, each mark written and shaded.

Everything is placed in inches, so that a table of any size keeps its type and cuts no label.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from workbook.charts.chart import FAINT, INK, PALE, WIDTH, Palette
from workbook.charts.plot import Plot

_LABEL = 3.35
"""Inches for the names of rows."""
_LABEL_CHARS = 58
_FIGURE = 0.55
"""Inches for the figure at the right."""
_WIDEST = 0.56
_LINE = 0.12
_PAD = 0.055
_CHAR = 0.058
"""Inches of one character of a heading, with some slack."""
_HEADING_CHARS = 24
_NARROW = 0.3
"""Inches; a turned heading of a narrower column stays on one line."""
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

    @property
    def lines(self) -> list[str]:
        """The label in lines."""
        return textwrap.wrap(self.label, _LABEL_CHARS) or [""]

    @property
    def height(self) -> float:
        """Inches."""
        return _LINE * len(self.lines) + _PAD


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMarks(Plot):
    """The table over the whole figure, first row on top."""

    rows: Sequence[HeatRow]
    columns: Sequence[str]
    """Headings of the cells, turned where they are too wide for their column."""
    figure_name: str
    """Heading of the figure at the right."""
    palette: Palette

    def height(self, width: float) -> float:
        return heat_height(self.rows, self.columns)

    def draw(self, figure: Figure) -> None:
        heat_marks(
            figure, self.rows, columns=self.columns, figure_name=self.figure_name,
            palette=self.palette,
        )  # fmt: skip


def heat_height(rows: Sequence[HeatRow], columns: Sequence[str]) -> float:
    """Return the height in inches of the table."""
    return _head_height(columns) + sum(row.height for row in rows) + 0.06


def heat_marks(
    figure: Figure,
    rows: Sequence[HeatRow],
    *,
    columns: Sequence[str],
    figure_name: str,
    palette: Palette,
) -> None:
    """Draw the table over the whole figure, first row on top.

    Parameters
    ----------
    columns
        Headings of the cells, turned where they are too wide for their column.
    figure_name
        Heading of the figure at the right.
    """
    height = heat_height(rows, columns)
    figure.set_layout_engine("none")  # every place is given in inches
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    width = _width(columns)
    top = _head_height(columns)
    _headings(axes, [*columns, figure_name], width=width, bottom=top - 0.05)
    for row in rows:
        _row(axes, row, top=top, width=width, palette=palette)
        top += row.height


def _width(columns: Sequence[str]) -> float:
    return min(_WIDEST, (WIDTH - _LABEL - _FIGURE) / max(len(columns), 1))


def _turned(columns: Sequence[str]) -> bool:
    longest = max((len(word) for name in columns for word in name.split()), default=0)
    return longest * _CHAR > _width(columns)


def _heading_lines(columns: Sequence[str]) -> list[list[str]]:
    width = _width(columns)
    if _turned(columns) and width < _NARROW:
        return [[name] for name in columns]
    chars = _HEADING_CHARS if _turned(columns) else max(4, int(width / _CHAR))
    return [textwrap.wrap(name, chars) or [""] for name in columns]


def _head_height(columns: Sequence[str]) -> float:
    lines = _heading_lines(columns)
    if _turned(columns):
        return max(len(line) for name in lines for line in name) * _CHAR + 0.12
    return max((len(name) for name in lines), default=1) * _LINE + 0.12


def _headings(axes: Axes, names: Sequence[str], *, width: float, bottom: float) -> None:
    *columns, figure_name = names
    turned = _turned(columns)
    for i, lines in enumerate(_heading_lines(columns)):
        axes.text(
            _LABEL + (i + 0.5) * width, bottom, "\n".join(lines), rotation=90 if turned else 0,
            ha="center", va="bottom", fontsize=7, linespacing=1.05,
        )  # fmt: skip
    right = _LABEL + len(columns) * width + _FIGURE
    axes.text(right, bottom, figure_name, ha="right", va="bottom", fontsize=7, fontweight="bold")


def _row(axes: Axes, row: HeatRow, *, top: float, width: float, palette: Palette) -> None:
    middle = top + row.height / 2
    axes.text(
        0, middle, "\n".join(row.lines), va="center", fontsize=7.4, linespacing=1.08,
        fontweight="normal" if row.cells else "bold",
    )  # fmt: skip
    if row.cells:
        _cells(axes, row, top=top, width=width, palette=palette)
        right = _LABEL + len(row.cells) * width + _FIGURE
        axes.text(right, middle, row.figure, ha="right", va="center", fontsize=7.4)
        axes.add_artist(Line2D([0, _LABEL - 0.05], [top, top], color=FAINT, lw=0.5))


def _cells(axes: Axes, row: HeatRow, *, top: float, width: float, palette: Palette) -> None:
    """Draw the cells of a row, their fields as one thing to draw."""
    looks = {
        Shade.HIGH: (palette.primary, palette.primary, "white"),
        Shade.MIDDLE: (PALE, PALE, INK),
        Shade.LOW: (_LOW, _LOW, INK),
        Shade.NONE: ("white", PALE, INK),
    }
    faces, edges, inks = zip(*(looks[cell.shade] for cell in row.cells), strict=True)
    lefts = [_LABEL + i * width for i in range(len(row.cells))]
    fields = [_field(left, top, width, row.height) for left in lefts]
    axes.add_artist(
        PolyCollection(fields, facecolors=faces, edgecolors=edges, linewidths=0.6,
                       joinstyle="miter")
    )  # fmt: skip
    for cell, left, ink in zip(row.cells, lefts, inks, strict=True):
        strong = "bold" if cell.shade is not Shade.NONE else "normal"
        axes.text(
            left + width / 2, top + row.height / 2, cell.text, ha="center", va="center",
            fontsize=7.4, color=ink, fontweight=strong,
        )  # fmt: skip


def _field(left: float, top: float, width: float, height: float) -> list[tuple[float, float]]:
    """Return the corners of a field, with a gap to those around it."""
    gap = 0.012
    right, bottom = left + width - gap, top + height - gap
    return [(left + gap, top + gap), (right, top + gap), (right, bottom), (left + gap, bottom)]
