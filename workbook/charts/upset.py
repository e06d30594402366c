"""The UpSet chart: how often sets of things occur together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import Write, moved, wrap
from workbook.charts.chart import FAINT, INK, PALE, Palette
from workbook.charts.plot import Plot

ROW = 0.28
"""Inches of height of one row of the matrix."""


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
        return upset_height(len(self.names))

    def draw(self, figure: Figure) -> None:
        upset(figure, self.names, self.sets, self.counts, palette=self.palette, write=self.write)


def upset_height(rows: int) -> float:
    """Return the height in inches of a chart with that many things."""
    return 1.55 + ROW * max(rows, 2)


def upset(
    figure: Figure,
    names: Sequence[str],
    sets: Sequence[frozenset[int]],
    counts: Sequence[int],
    *,
    palette: Palette,
    write: Write,
) -> None:
    """Draw the sets as columns of dots under bars of their number.

    Parameters
    ----------
    names
        Things, one row each, first on top.
    sets
        Positions in ``names`` of the members of each set, one column each.
    counts
        How often exactly this set occurs.
    """
    grid = figure.add_gridspec(2, 1, height_ratios=[1.1, 0.22 * max(len(names), 2)], hspace=0.02)
    bars = figure.add_subplot(grid[0])
    matrix = figure.add_subplot(grid[1], sharex=bars)
    _bars(bars, counts, palette=palette, write=write)
    _matrix(matrix, names, sets, palette=palette)


def _bars(axes: Axes, counts: Sequence[int], *, palette: Palette, write: Write) -> None:
    x = np.arange(len(counts))
    axes.bar(x, counts, color=palette.primary, width=0.6)
    above = moved(axes, 0, 2)
    for at, count in zip(x, counts, strict=True):
        axes.text(float(at), count, write(count), transform=above, ha="center")
    axes.set_ylim(0, max([*counts, 1]) * 1.25)
    axes.set_axis_off()


def _matrix(
    axes: Axes, names: Sequence[str], sets: Sequence[frozenset[int]], *, palette: Palette
) -> None:
    rows = np.arange(len(names))[::-1]
    for height in rows[::2]:
        axes.axhspan(height - 0.5, height + 0.5, color=FAINT, lw=0, zorder=0)
    for at, members in enumerate(sets):
        inside = sorted(rows[list(members)])
        axes.scatter([at] * len(rows), rows, s=26, color=PALE, zorder=2, lw=0)
        axes.plot([at, at], [inside[0], inside[-1]], color=palette.primary, lw=1.8, zorder=3)
        axes.scatter([at] * len(inside), inside, s=34, color=palette.primary, zorder=4, lw=0)
    axes.set_yticks(rows, [wrap(name, 34) for name in names], color=INK)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlim(-0.7, len(sets) - 0.3)
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
