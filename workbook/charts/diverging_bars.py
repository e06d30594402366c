"""The chart of changes: bars to both sides of zero, each with its words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import ROW, wrap
from workbook.charts.chart import GREY, Palette
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.plot import Plot

WIDEST = 8.0
"""A bar more than so many times as long as the middle one is cut (its words say how much) …"""
NEVER_CUT = 1.0
"""… unless the change is within a doubling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBars(Plot):
    """Changes as bars from zero, first row on top."""

    labels: Sequence[str]
    changes: Sequence[float]
    texts: Sequence[str]
    good: Sequence[bool | None]
    """Whether each change is good news; None of one that depends: its bar is grey."""
    palette: Palette
    fmt: str
    """Name of the number format of the changes."""

    def height(self, width: float) -> float:
        return 0.2 + ROW * max(len(self.labels), 2)

    def draw(self, figure: Figure) -> None:
        change_rows(
            figure.add_subplot(), self.labels, self.changes, self.texts, palette=self.palette,
            good=self.good,
        )  # fmt: skip

    @property
    def data(self) -> ChartData:
        colours = {True: self.palette.primary, False: self.palette.secondary, None: GREY}
        series = Series(
            name="", values=known(self.changes), colours=tuple(colours[one] for one in self.good)
        )
        return ChartData(kind="bar", categories=tuple(self.labels), series=(series,), fmt=self.fmt)


def change_rows(
    axes: Axes,
    labels: Sequence[str],
    changes: Sequence[float],
    texts: Sequence[str],
    *,
    palette: Palette,
    good: Sequence[bool | None] | None = None,
) -> None:
    """Draw changes as horizontal bars from zero, first row on top; cut bars end in an arrow.

    Parameters
    ----------
    good
        Whether each change is good news; None of one that depends: its bar is grey.  Without it
        rises are good.
    """
    news = [change >= 0 for change in changes] if good is None else good
    colours = {True: palette.primary, False: palette.secondary, None: GREY}
    sizes = np.abs(np.array(changes, dtype=float))
    most = max(float(np.median(sizes)) * WIDEST, NEVER_CUT)
    y = np.arange(len(labels))[::-1]
    for height, change, text, told in zip(y, changes, texts, news, strict=True):
        shown = float(np.clip(change, -most, most))
        axes.barh(height, shown, height=0.62, color=colours[told])
        if shown != change:
            axes.plot(shown, height, ">" if change > 0 else "<", color="white", ms=5,
                      mec="none")  # fmt: skip
        axes.annotate(text, (shown, height), xytext=(4 if change >= 0 else -4, 0),
                      textcoords="offset points", va="center",
                      ha="left" if change >= 0 else "right")  # fmt: skip
    axes.axvline(0, color=GREY, lw=0.8)
    reach = min(float(sizes.max(initial=0.0)), most) or 1.0  # nothing may have changed at all
    falls = any(change < 0 for change in changes)
    rises = any(change >= 0 for change in changes)
    axes.set_xlim(-reach * (1.4 if falls else 0.02), reach * (1.4 if rises else 0.02))
    axes.set_yticks(y, [wrap(label) for label in labels])
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.xaxis.set_visible(False)
    axes.spines[["bottom", "left"]].set_visible(False)
