"""Charts of fields: a shaded grid with figures and marks, and the curve of concentration."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MultipleLocator

from workbook.charts.basic import Floats, Write, wrap
from workbook.charts.chart import FAINT, GREY, INK, PALE, Palette
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot

_DARK = 0.62
"""Shares from here on are written in white."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedGrid(Plot):
    """Shares 0-1 as shaded fields with their words; framed fields are the wanted ones."""

    shares: Sequence[Sequence[float | None]]
    """None leaves the field white."""
    texts: Sequence[Sequence[str]]
    framed: Sequence[Sequence[bool]]
    rows: Sequence[str]
    columns: Sequence[str]
    palette: Palette

    def height(self, width: float) -> float:
        return 1.15 + 0.36 * len(self.rows)

    def draw(self, figure: Figure) -> None:
        marked_grid(
            figure.add_subplot(), self.shares, self.texts, self.framed, rows=self.rows,
            columns=self.columns, palette=self.palette,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration(Plot):
    """The cumulative share of customers sorted by size, with the zones of the classes."""

    cumulative: Floats
    """Shares 0-1 after each customer, rising."""
    classes: Sequence[tuple[str, int]]
    """Words of the zone and customers in it, from the largest customers on."""
    bounds: Sequence[float]
    """Shares at which the classes change."""
    names: tuple[str, str]
    """Words of the horizontal and of the vertical axis."""
    palette: Palette
    write: NumberFormat

    def height(self, width: float) -> float:
        return 2.7

    def draw(self, figure: Figure) -> None:
        concentration(
            figure.add_subplot(), self.cumulative, self.classes, palette=self.palette,
            bounds=self.bounds, write=self.write, names=self.names,
        )  # fmt: skip


def marked_grid(
    axes: Axes,
    shares: Sequence[Sequence[float | None]],
    texts: Sequence[Sequence[str]],
    framed: Sequence[Sequence[bool]],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    palette: Palette,
) -> None:
    """Draw shares 0-1 as shaded fields with their words; framed fields are the wanted ones.

    A share of None leaves the field white.
    """
    scale = LinearSegmentedColormap.from_list("grid", ["#ffffff", palette.primary])
    for i, (row, told, wanted) in enumerate(zip(shares, texts, framed, strict=True)):
        for j, (share, text, frame) in enumerate(zip(row, told, wanted, strict=True)):
            _field(axes, (j, i), scale(0.9 * (share or 0.0)), wanted=frame)
            colour = "white" if (share or 0.0) >= _DARK else INK
            axes.text(j + 0.5, i + 0.5, text, ha="center", va="center", color=colour, fontsize=8)
    width = max(8, 66 // max(len(columns), 1))
    slanted = any(len(word) > width for column in columns for word in column.split())
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(rows), 0)
    names = [wrap(c, 24 if slanted else width) for c in columns]
    axes.set_xticks(np.arange(len(columns)) + 0.5, names)
    if slanted:
        axes.set_xticklabels(names, rotation=32, ha="left", rotation_mode="anchor")
    axes.set_yticks(np.arange(len(rows)) + 0.5, [wrap(r, 28) for r in rows])
    axes.tick_params(length=0, labeltop=True, labelbottom=False, labelsize=8)
    axes.spines[:].set_visible(False)


def _field(
    axes: Axes, at: tuple[int, int], colour: tuple[float, float, float, float], *, wanted: bool
) -> None:
    """Draw one field; a wanted one with a dark frame."""
    edge, line = (INK, 1.3) if wanted else (FAINT, 0.6)
    axes.add_artist(  # the limits are set by hand
        Rectangle(
            (at[0] + 0.04, at[1] + 0.06), 0.92, 0.88, facecolor=colour, edgecolor=edge, lw=line
        )
    )


def concentration(
    axes: Axes,
    cumulative: Floats,
    classes: Sequence[tuple[str, int]],
    *,
    palette: Palette,
    bounds: Sequence[float],
    write: Write,
    names: tuple[str, str],
) -> None:
    """Draw the cumulative share of customers sorted by size, with the zones of the classes.

    Parameters
    ----------
    cumulative
        Shares 0-1 after each customer, rising.
    classes
        (words of the zone, customers in it), from the largest customers on.
    bounds
        Shares at which the classes change, drawn as dashed lines.
    names
        Words of the horizontal and of the vertical axis.
    """
    n = len(cumulative)
    axes.plot(np.arange(n + 1), np.concatenate([[0.0], cumulative]), color=palette.primary, lw=2.2)
    start = 0
    for i, (name, count) in enumerate(classes):
        axes.axvspan(
            start, start + count, color=(PALE, FAINT, "white")[min(i, 2)], alpha=0.55, lw=0
        )
        if count:
            axes.text(start + count / 2, 0.03, name, transform=axes.get_xaxis_transform(),
                      ha="center", va="bottom", fontsize=8.5, fontweight="bold")  # fmt: skip
        start += count
    for bound in bounds:
        axes.axhline(bound, color=GREY, lw=0.8, ls=(0, (4, 3)))
    axes.set_xlim(0, max(n, 1))
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(names[0], loc="right")
    axes.set_title(names[1], fontsize=8.5, fontweight="normal", loc="left")
    axes.yaxis.set_major_locator(MultipleLocator(0.2))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: write(v)))
