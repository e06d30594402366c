"""The curve of concentration: how much of the whole the largest customers bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from workbook.charts.axis_ticks import ticks
from workbook.charts.chart import FAINT, GREY, PALE, Palette
from workbook.charts.measured_words import LINE, SMALL, TEXT, fold, height_of, width_of
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot
from workbook.charts.plot_frame import PlotFrame
from workbook.charts.row_frame import in_inches
from workbook.charts.tiers import Placed, in_tiers

_TALL = 1.75
_FOOT = 0.44
_LEFT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration(Plot):
    """The cumulative share of customers sorted by size, with the zones of the classes."""

    cumulative: npt.NDArray[np.float64]
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
        return self._frame(width).bottom + _FOOT

    def _title(self, width: float) -> str:
        return fold(self.names[1], width, TEXT, most=2)

    def _frame(self, width: float) -> PlotFrame:
        tiers = max((zone.tier for zone in self._zones(width)), default=0) + 1
        top = height_of(self._title(width)) + 0.06 + tiers * LINE + 0.08
        return PlotFrame(left=_LEFT, right=width - 0.05, top=top, bottom=top + _TALL)

    @property
    def _told(self) -> list[tuple[str, float]]:
        """The zones that hold anybody, with their middles."""
        ends = np.cumsum([0, *(count for _, count in self.classes)])
        return [
            (name, float(ends[i] + count / 2))
            for i, (name, count) in enumerate(self.classes)
            if count
        ]

    def _zones(self, width: float) -> list[Placed]:
        wide = width - 0.05 - _LEFT
        n = max(len(self.cumulative), 1)
        middles = [_LEFT + wide * middle / n for _, middle in self._told]
        widths = [width_of(name, SMALL, bold=True) for name, _ in self._told]
        return in_tiers(middles, widths, room=(0.0, width))

    def draw(self, figure: Figure) -> None:
        width, n = float(figure.get_size_inches()[0]), len(self.cumulative)
        frame = self._frame(width)
        axes = frame.axes(figure, (0, max(n, 1)), (0.0, 1.02))
        start = 0
        for i, (_, count) in enumerate(self.classes):
            axes.axvspan(start, start + count, color=(PALE, FAINT, "white")[min(i, 2)], alpha=0.55,
                         lw=0)  # fmt: skip
            start += count
        for bound in self.bounds:
            axes.axhline(bound, color=GREY, lw=0.8, ls=(0, (4, 3)))
        shares = np.concatenate([[0.0], self.cumulative])
        axes.plot(np.arange(n + 1), shares, color=self.palette.primary, lw=2.2, clip_on=False)
        levels = ticks(0.0, 1.0, room=2.8, write=self.write)
        frame.levels(axes, levels)
        places = ticks(0, max(n, 1), room=frame.wide, write=self.write.named("count"))
        frame.under(axes, places, line=False)
        self._name(figure, frame, width)

    def _name(self, figure: Figure, frame: PlotFrame, width: float) -> None:
        inches = in_inches(figure)
        for (name, _), zone in zip(self._told, self._zones(width), strict=True):
            figure.text(zone.left, frame.top - 0.05 - zone.tier * LINE, name, transform=inches,
                        va="bottom", fontsize=SMALL, fontweight="bold")  # fmt: skip
        figure.text(0, 0.02, self._title(width), transform=inches, va="top", linespacing=1.0)
        figure.text(frame.right, frame.bottom + 0.24, self.names[0], transform=inches, ha="right",
                    va="top", fontsize=SMALL)  # fmt: skip
