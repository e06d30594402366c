"""The frame of charts with an upright axis: its labels at the left, names of places under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from workbook.charts.axis_ticks import Tick
from workbook.charts.bare_axes import placed_axes
from workbook.charts.chart import FAINT, INK, PALE
from workbook.charts.measured_words import SMALL, widest, width_of
from workbook.charts.row_frame import in_inches

_GAP = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotFrame:
    """Where the plot stands in its figure, in inches from the top left."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def wide(self) -> float:
        """Inches from left to right."""
        return self.right - self.left

    @property
    def tall(self) -> float:
        """Inches from top to bottom."""
        return self.bottom - self.top

    def axes(self, figure: Figure, along: tuple[float, float], up: tuple[float, float]) -> Axes:
        """Return bare axes with these ends."""
        width, height = (float(size) for size in figure.get_size_inches())
        place = (self.left / width, 1 - self.bottom / height, self.wide / width, self.tall / height)
        return placed_axes(figure, place, along, up)

    def levels(self, axes: Axes, found: Sequence[Tick]) -> None:
        """Draw level lines at ticks, their labels at the left."""
        low, high = axes.get_xlim()
        lines = [[(low, tick.value), (high, tick.value)] for tick in found]
        axes.add_artist(LineCollection(lines, colors=FAINT, linewidths=0.8, zorder=0))
        figure: Figure = axes.get_figure(root=True)  # type: ignore[assignment]
        bottom, top = axes.get_ylim()
        for tick in found:
            down = self.bottom - self.tall * (tick.value - bottom) / (top - bottom)
            figure.text(self.left - _GAP, down, tick.label, transform=in_inches(figure),
                        ha="right", va="center", fontsize=SMALL)  # fmt: skip

    def under(self, axes: Axes, found: Sequence[Tick], *, line: bool = True) -> None:
        """Draw labels under the plot, and its lower edge."""
        figure: Figure = axes.get_figure(root=True)  # type: ignore[assignment]
        inches = in_inches(figure)
        low, high = axes.get_xlim()
        if line:
            axes.plot([low, high], [axes.get_ylim()[0]] * 2, color=PALE, lw=0.8, clip_on=False)
        for tick in found:
            along = self.left + self.wide * (tick.value - low) / (high - low)
            half = width_of(tick.label, SMALL) / 2
            along = min(along, figure.get_size_inches()[0] - half)
            figure.text(along, self.bottom + 0.06, tick.label, transform=inches, ha="center",
                        va="top", fontsize=SMALL, color=INK, linespacing=1.0)  # fmt: skip


def left_of(found: Sequence[Tick]) -> float:
    """Return the inches that the labels of an upright axis need."""
    return widest((tick.label for tick in found), SMALL) + _GAP + 0.02
