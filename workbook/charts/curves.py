"""Curves over time: shares that step down or up, with their band and their name at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from workbook.charts.axis_ticks import ticks
from workbook.charts.chart import GREY
from workbook.charts.label_placement import spread
from workbook.charts.measured_words import SMALL, fold, height_of, widest
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot
from workbook.charts.plot_frame import PlotFrame, left_of
from workbook.charts.row_frame import in_inches

_TALL = 2.0
_FOOT = 0.44


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCurve:
    """A step curve: share by time, constant between the times."""

    name: str
    times: Sequence[float]
    shares: Sequence[float]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    colour: str = GREY


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCurves(Plot):
    """Step curves, each named at its right end."""

    curves: Sequence[StepCurve]
    write_time: NumberFormat
    write_share: NumberFormat
    time_name: str
    start: float
    """Share at time 0: 1 for survival, 0 for incidence."""
    from_zero: bool = True
    """The share axis covers 0 to 1 (survival); otherwise 0 to the largest share."""

    def height(self, width: float) -> float:
        return 0.1 + self._tall(width) + _FOOT

    def _names(self, width: float) -> list[str]:
        return [fold(curve.name, 0.28 * width, SMALL, most=3) for curve in self.curves]

    def _tall(self, width: float) -> float:
        """Return the inches of the plot: no less than the names need."""
        return max(_TALL, sum(height_of(name) + 0.05 for name in self._names(width)))

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        last = max((float(c.times[-1]) for c in self.curves if len(c.times)), default=0.0) or 1.0
        top = 1.0
        if not self.from_zero:
            top = max((max(c.shares, default=0.0) for c in self.curves), default=0.0) * 1.12 or 1.0
        levels = ticks(0.0, top, room=3.2, write=self.write_share)
        names = self._names(width)
        frame = PlotFrame(
            left=left_of(levels), right=width - widest(names, SMALL) - 0.15, top=0.1,
            bottom=0.1 + self._tall(width),
        )  # fmt: skip
        axes = frame.axes(figure, (0.0, last), (0.0, top))
        frame.levels(axes, levels)
        frame.under(axes, ticks(0.0, last, room=frame.wide, write=self.write_time))
        for curve in self.curves:
            self._curve(axes, curve, last)
        self._name(figure, frame, names, top)

    def _curve(self, axes: Axes, curve: StepCurve, last: float) -> None:
        times = np.concatenate([[0.0], np.asarray(curve.times, dtype=float), [last]])
        shares = np.concatenate([[self.start], np.asarray(curve.shares, dtype=float)])
        shares = np.append(shares, shares[-1])
        axes.step(times, shares, where="post", color=curve.colour, lw=1.8, clip_on=False)
        _band(axes, curve)

    def _name(self, figure: Figure, frame: PlotFrame, names: Sequence[str], top: float) -> None:
        shares = [float(c.shares[-1]) if len(c.shares) else 0.0 for c in self.curves]
        ends = [frame.bottom - frame.tall * share / top for share in shares]
        talls = [height_of(name) + 0.04 for name in names]
        places = spread(ends, talls, ends=(frame.top - 0.05, frame.bottom))
        inches = in_inches(figure)
        for curve, name, end, place in zip(self.curves, names, ends, places, strict=True):
            line = [frame.right + 0.02, frame.right + 0.1], [end, place]
            figure.add_artist(Line2D(*line, color=curve.colour, lw=1.2, transform=inches))
            figure.text(frame.right + 0.13, place, name, transform=inches, va="center",
                        fontsize=SMALL, linespacing=1.05)  # fmt: skip
        figure.text(frame.right, frame.bottom + 0.24, self.time_name, transform=inches,
                    ha="right", va="top", fontsize=SMALL)  # fmt: skip


def _band(axes: Axes, curve: StepCurve) -> None:
    known = [
        (t, low, high)
        for t, low, high in zip(curve.times, curve.low, curve.high, strict=False)
        if low is not None and high is not None
    ]
    if known:
        times, low, high = zip(*known, strict=True)
        axes.fill_between(times, low, high, step="post", color=curve.colour, alpha=0.16, lw=0)
