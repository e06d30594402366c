"""Curves over time: shares that step down or up, with their band and their name at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from workbook.charts.basic import Write, wrap
from workbook.charts.chart import GREY, INK
from workbook.charts.label_placement import spread_heights
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot


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
        return 2.7

    def draw(self, figure: Figure) -> None:
        step_curves(
            figure.add_subplot(), self.curves, write_time=self.write_time,
            write_share=self.write_share, time_name=self.time_name, start=self.start,
            from_zero=self.from_zero,
        )  # fmt: skip


def step_curves(
    axes: Axes,
    curves: Sequence[StepCurve],
    *,
    write_time: Write,
    write_share: Write,
    time_name: str,
    start: float,
    from_zero: bool = True,
) -> None:
    """Draw step curves, each named at its right end.

    Parameters
    ----------
    start
        Share at time 0: 1 for survival, 0 for incidence.
    from_zero
        The share axis covers 0 to 1 (survival); otherwise 0 to the largest share.
    """
    last = max((float(c.times[-1]) for c in curves if len(c.times)), default=1.0)
    for curve in curves:
        times = np.concatenate([[0.0], np.asarray(curve.times, dtype=float), [last]])
        shares = np.concatenate([[start], np.asarray(curve.shares, dtype=float)])
        shares = np.append(shares, shares[-1])
        axes.step(times, shares, where="post", color=curve.colour, lw=1.8)
        _band(axes, curve)
    top = 1.0 if from_zero else max((max(c.shares) for c in curves), default=1.0) * 1.12
    axes.set_ylim(0, top)
    axes.set_xlim(0, last)
    _names(axes, curves, top=top)
    axes.set_xlabel(time_name, loc="right")
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: write_time(v)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: write_share(v)))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def _band(axes: Axes, curve: StepCurve) -> None:
    known = [
        (t, low, high)
        for t, low, high in zip(curve.times, curve.low, curve.high, strict=False)
        if low is not None and high is not None
    ]
    if known:
        times, low, high = zip(*known, strict=True)
        axes.fill_between(times, low, high, step="post", color=curve.colour, alpha=0.16, lw=0)


def _names(axes: Axes, curves: Sequence[StepCurve], *, top: float) -> None:
    ends = np.array([float(c.shares[-1]) / top if len(c.shares) else 0.0 for c in curves])
    for curve, height in zip(curves, spread_heights(ends, gap=0.075), strict=True):
        axes.text(1.015, height, wrap(curve.name, 26), transform=axes.transAxes, va="center",
                  fontsize=8, color=INK)  # fmt: skip
