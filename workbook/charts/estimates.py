"""Estimates with their intervals: dots on lines, in rows or in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from matplotlib.axes import Axes

from workbook.charts.chart import GREY
from workbook.charts.chart_data import ChartData, Kind, Series, known

_EDGE = 2.16
"""Points of the edge of a dot, which makes it rounder and larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One estimate with its interval and n."""

    label: str
    value: float | None
    """None: not known; there is no dot, only the words."""
    low: float | None
    high: float | None
    text: str
    """What stands beside it: value and n."""
    strong: bool = True
    """False for rows that only give the background (previous period, benchmarks)."""

    @property
    def points(self) -> list[float]:
        """The value and the ends of its interval, as far as they are known."""
        return [point for point in (self.low, self.value, self.high) if point is not None]

    @property
    def span(self) -> tuple[float, float]:
        """The ends of its interval; NaN without one, and nothing is seen of it."""
        points = self.points
        return (min(points), max(points)) if len(points) > 1 else (nan, nan)


def draw_estimates(
    axes: Axes, rows: Sequence[Estimate], places: Sequence[float], *, colour: str, down: bool
) -> None:
    """Draw estimates as dots on their intervals.

    Parameters
    ----------
    places
        Where each estimate stands: from the top (``down``) or along.
    """
    for strong, own in ((False, GREY), (True, colour)):
        there = [
            (place, row)
            for row, place in zip(rows, places, strict=True)
            if row.strong is strong and row.value is not None
        ]
        dots = [(row.value, place) for place, row in there]
        if not dots:
            continue
        values, at = zip(*dots, strict=True)
        ends = (values, at) if down else (at, values)
        axes.plot(*ends, "o", markersize=6, markeredgewidth=_EDGE, color=own)
        for place, row in there:
            line = (row.span, (place, place)) if down else ((place, place), row.span)
            axes.plot(*line, color=own, alpha=0.45, linewidth=2.4)


def limits_of(
    rows: Sequence[Estimate], limits: tuple[float, float] | None = None, *also: float
) -> tuple[float, float]:
    """Return the ends of an axis with air around all points, within what values may be."""
    points = [point for row in rows for point in row.points] + list(also)
    low, high = min(points, default=0.0), max(points, default=1.0)
    air = 0.05 * (high - low) or abs(high) * 0.1 or 1.0
    left, right = low - air, high + air
    if limits:
        left, right = max(left, min(limits[0], low)), min(right, max(limits[1], high))
    return left, right


def estimates(rows: Sequence[Estimate], *, kind: Kind, fmt: str, colour: str) -> ChartData:
    """Return estimates with their intervals as data; background rows are grey.

    >>> row = Estimate(label="North", value=0.2, low=None, high=None, text="20 %")
    >>> estimates([row], kind="points", fmt="pct", colour="#0b5394").series[0].values
    (0.2,)
    """
    intervals = any(row.low is not None for row in rows)
    series = Series(
        name="",
        values=known(row.value for row in rows),
        colour=colour,
        colours=tuple(colour if row.strong else GREY for row in rows),
        low=known(row.low for row in rows) if intervals else (),
        high=known(row.high for row in rows) if intervals else (),
    )
    labels = tuple(row.label for row in rows)
    return ChartData(kind=kind, categories=labels, series=(series,), fmt=fmt)
