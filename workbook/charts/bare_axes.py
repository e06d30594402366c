"""Axes that only place what is drawn on them: no ticks, titles or limits found from data.

The charts write their own labels and lines (:mod:`workbook.charts.row_frame`,
:mod:`workbook.charts.plot_frame`) and say where axes end.  What matplotlib makes for an axis that
is never shown costs more than the chart.
"""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis
from matplotlib.figure import Figure


class _NoTicks:
    """An axis without ticks; it goes before matplotlib's own, whose names these are."""

    majorTicks: Sequence[Any] = ()  # noqa: N815
    minorTicks: Sequence[Any] = ()  # noqa: N815

    def get_major_ticks(self, numticks: int | None = None) -> list[Any]:
        return []

    def get_minor_ticks(self, numticks: int | None = None) -> list[Any]:
        return []


class _BareX(_NoTicks, XAxis):  # type: ignore[misc]
    pass


class _BareY(_NoTicks, YAxis):  # type: ignore[misc]
    pass


class BareAxes(Axes):
    """Axes whose ends are set and whose axis is off."""

    name = "workbook_bare"

    def _init_axis(self) -> None:
        self.xaxis: Any = _BareX(self, clear=False)
        self.yaxis: Any = _BareY(self, clear=False)

    def _update_patch_limits(self, patch: object) -> None:
        """Leave the ends as they were set."""

    def _update_line_limits(self, line: object) -> None:
        """Leave the ends as they were set."""

    def _update_title_position(self, renderer: object) -> None:
        """Leave what has no words."""


def placed_axes(
    figure: Figure,
    place: tuple[float, float, float, float],
    along: tuple[float, float],
    up: tuple[float, float],
) -> Axes:
    """Return axes on a part of a figure.

    Parameters
    ----------
    place
        Left, bottom, width and height, as parts of the figure.
    along, up
        The values at the left and the right end, at the lower and the upper end.

    Examples
    --------
    >>> axes = placed_axes(Figure(), (0.0, 0.0, 1.0, 1.0), (0.0, 5.0), (3.0, 0.0))
    >>> axes.get_xlim() == (0.0, 5.0), axes.get_ylim() == (3.0, 0.0)
    (True, True)
    """
    figure.set_layout_engine("none")
    axes = figure.add_axes(place, axes_class=BareAxes)
    axes.set_axis_off()
    axes.set_xlim(*along)
    axes.set_ylim(*up)
    return axes
