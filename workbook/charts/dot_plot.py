"""Dots on their intervals: estimates in rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from workbook.charts.axis_ticks import ticks
from workbook.charts.chart import Palette
from workbook.charts.chart_data import ChartData
from workbook.charts.estimates import Estimate, draw_estimates, estimates, limits_of
from workbook.charts.measured_words import SMALL, width_of
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot
from workbook.charts.row_frame import (
    FOOT,
    RowFrame,
    head_of,
    in_inches,
    row_frame,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DotPlot(Plot):
    """One dot on its interval for each row, first row on top."""

    rows: Sequence[Estimate]
    palette: Palette
    write: NumberFormat
    reference: tuple[float, str] | None = None
    """A value with its words, drawn as a line."""
    limits: tuple[float, float] | None = None
    """What values may be."""

    def height(self, width: float) -> float:
        return self._frame(width).height

    def _frame(self, width: float) -> RowFrame:
        return row_frame(
            width, [row.label for row in self.rows], [row.text for row in self.rows],
            head=head_of(1 if self.reference else 0), foot=FOOT,
        )  # fmt: skip

    def draw(self, figure: Figure) -> None:
        self.draw_at(figure, 0.0)

    def draw_at(self, figure: Figure, top: float) -> None:
        """Draw from a height in inches on: under another chart."""
        frame = self._frame(float(figure.get_size_inches()[0])).lower(top)
        also = (self.reference[0],) if self.reference else ()
        low, high = limits_of(self.rows, self.limits, *also)
        axes = frame.axes(figure, low, high)
        frame.grid(axes, ticks(low, high, room=frame.room, write=self.write))
        if self.reference:
            self._reference(figure, frame, frame.at(self.reference[0], low, high))
            frame.mark(axes, self.reference[0])
        draw_estimates(axes, self.rows, frame.lanes, colour=self.palette.primary, down=True)

    def _reference(self, figure: Figure, frame: RowFrame, at: float) -> None:
        words = self.reference[1] if self.reference else ""
        half = width_of(words, SMALL) / 2
        middle = max(half, min(at, frame.width - half))
        figure.text(middle, frame.head - 0.05, words, transform=in_inches(figure), ha="center",
                    va="bottom", fontsize=SMALL)  # fmt: skip

    @property
    def data(self) -> ChartData:
        colour = self.palette.primary
        return estimates(self.rows, kind="points", fmt=self.write.name, colour=colour)
