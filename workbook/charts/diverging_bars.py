"""The chart of changes: bars to both sides of zero, each with its words."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from workbook.charts.basic import wrap
from workbook.charts.chart import GREY, Palette

WIDEST = 8.0
"""A bar more than so many times as long as the middle one is cut (its words say how much) …"""
NEVER_CUT = 1.0
"""… unless the change is within a doubling."""


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
