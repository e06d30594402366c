"""Estimates with their intervals: dots that seaborn draws, in rows or in time."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from workbook.charts.chart import GREY
from workbook.charts.chart_data import ChartData, Kind, Series, known


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


def draw_estimates(
    axes: Axes, rows: Sequence[Estimate], places: Sequence[float], *, colour: str, down: bool
) -> None:
    """Draw estimates as dots on their intervals.

    seaborn works intervals out of raw answers; ours are the statistics' own.  It is given the
    ends and the value as three answers, whose median is the value and whose range the interval.

    Parameters
    ----------
    places
        Where each estimate stands: from the top (``down``) or along.
    """
    import seaborn as sns  # a second to import

    points = [
        (point, place, row.strong)
        for row, place in zip(rows, places, strict=True)
        for point in row.points
    ]
    for strong, own in ((False, GREY), (True, colour)):
        values = [value for value, _, one in points if one is strong]
        at = [place for _, place, one in points if one is strong]
        if values:
            sns.pointplot(
                x=values if down else at, y=at if down else values, orient="y" if down else "x",
                native_scale=True, estimator="median", errorbar=("pi", 100), linestyle="none",
                markersize=6, color=own, err_kws={"alpha": 0.45, "linewidth": 2.4}, ax=axes,
            )  # fmt: skip


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
