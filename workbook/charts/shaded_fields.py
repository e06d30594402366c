"""Shaded tables: shares in rows and columns, each written in its field."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import LinearSegmentedColormap, rgb2hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from workbook.charts.chart import FAINT, INK, Palette
from workbook.charts.contrast import ink_on
from workbook.charts.measured_words import LINE, SMALL, fold, height_of, widest
from workbook.charts.plot import Plot
from workbook.charts.plot_frame import PlotFrame
from workbook.charts.row_frame import in_inches, stands_narrow

_DARKEST = 1.12
"""Share that would be as dark as the brand's colour."""
_GAP = 0.1
_MOST_LABEL = 0.34
_WIDEST = 1.5
"""Inches of a column at most."""
_AIR = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadedFields(Plot):
    """Shares 0-1 as shaded fields with their words; framed fields are the wanted ones.

    On a phone the name of a row stands above its fields.
    """

    shares: Sequence[Sequence[float | None]]
    """None leaves the field white."""
    texts: Sequence[Sequence[str]]
    rows: Sequence[str]
    columns: Sequence[str]
    palette: Palette
    framed: Sequence[Sequence[bool]] = ()
    """Empty: none."""

    def height(self, width: float) -> float:
        return self._frame(width).bottom + 0.04

    def _frame(self, width: float) -> PlotFrame:
        narrow = stands_narrow(width)
        left = 0.0 if narrow else widest(self._labels(width), SMALL) + _GAP
        right = min(width, left + _WIDEST * len(self.columns))
        top = self._head((right - left) / len(self.columns)) + 0.06
        tall = self._row(width, (right - left) / len(self.columns)) * len(self.rows)
        return PlotFrame(left=left, right=right, top=top, bottom=top + tall * (1 + narrow))

    def _labels(self, width: float) -> list[str]:
        room, most = (width, 2) if stands_narrow(width) else (_MOST_LABEL * width, 3)
        return [fold(row, room, SMALL, most=most) for row in self.rows]

    def _row(self, width: float, column: float) -> float:
        """Return the inches of height of a row: of its label or its highest field."""
        told = [self._told(text, column) for row in self.texts for text in row]
        return max([*map(height_of, (*self._labels(width), *told)), 0.2]) + 0.08

    def _told(self, text: str, column: float) -> str:
        return fold(text, column - _AIR, SMALL)

    def _upright(self, column: float) -> bool:
        """Return whether headings stand upright: a word is wider than its column."""
        words = (word for name in self.columns for word in name.split())
        return widest(words, SMALL) > column - _AIR

    def _names(self, column: float) -> list[str]:
        if not self._upright(column):
            return [fold(name, column - _AIR, SMALL) for name in self.columns]
        lines = max(1, int((column - 0.04) / LINE))
        return [fold(name, 1.5, SMALL, most=lines) for name in self.columns]

    def _head(self, column: float) -> float:
        names = self._names(column)
        if self._upright(column):
            return widest(names, SMALL)
        return max((height_of(name) for name in names), default=0.0)

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        frame, every = self._frame(width), 1 + stands_narrow(width)
        axes = frame.axes(figure, (0, len(self.columns)), (every * len(self.rows), 0))
        colours = self._shade(axes, every)
        column = frame.wide / len(self.columns)
        for i, row in enumerate(self.texts):
            for j, text in enumerate(row):
                axes.text(j + 0.5, every * i + every - 0.5, self._told(text, column),
                          ha="center", va="center", fontsize=SMALL, color=ink_on(colours[i][j]),
                          linespacing=1.05)  # fmt: skip
        self._frame_wanted(axes, every)
        self._name(figure, frame, every)

    def _shade(self, axes: Axes, every: int) -> list[list[str]]:
        """Shade the fields; return their colours."""
        shares = np.array([[s or 0.0 for s in row] for row in self.shares], dtype=float)
        fields = np.full((every * len(self.rows), len(self.columns)), np.nan)
        fields[every - 1 :: every] = shares
        scale = LinearSegmentedColormap.from_list("house", ["#ffffff", self.palette.primary])
        axes.pcolormesh(np.ma.masked_invalid(fields), cmap=scale, vmin=0, vmax=_DARKEST,
                        linewidths=1.5, edgecolor="white")  # fmt: skip
        return [[rgb2hex(scale(share / _DARKEST)) for share in row] for row in shares]

    def _frame_wanted(self, axes: Axes, every: int) -> None:
        wanted = [[False] * len(self.columns)] * len(self.rows)
        for colour, line, kind in ((FAINT, 0.6, False), (INK, 1.3, True)):
            fields = [
                Rectangle((j + 0.04, every * i + every - 0.95), 0.92, 0.9)
                for i, row in enumerate(self.framed or wanted)
                for j, one in enumerate(row)
                if one is kind
            ]
            axes.add_collection(
                PatchCollection(fields, facecolor="none", edgecolor=colour, linewidth=line),
                autolim=False,
            )

    def _name(self, figure: Figure, frame: PlotFrame, every: int) -> None:
        inches, column = in_inches(figure), frame.wide / len(self.columns)
        upright = self._upright(column)
        for j, name in enumerate(self._names(column)):
            figure.text(frame.left + column * (j + 0.5), frame.top - 0.05, name, transform=inches,
                        ha="center", va="bottom", fontsize=SMALL, linespacing=1.05,
                        rotation=90 if upright else 0)  # fmt: skip
        width = float(figure.get_size_inches()[0])
        each = frame.tall / len(self.rows)
        for i, label in enumerate(self._labels(width)):
            if every == 1:
                figure.text(0, frame.top + each * (i + 0.5), label, transform=inches, va="center",
                            fontsize=SMALL, linespacing=1.05)  # fmt: skip
            else:
                figure.text(0, frame.top + each * (i + 0.5) - 0.02, label, transform=inches,
                            va="bottom", fontsize=SMALL, linespacing=1.05)  # fmt: skip
