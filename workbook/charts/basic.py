"""Words and places that the kinds of charts share."""

import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation, Transform

from workbook.charts.text_outlines import POINTS

Write = Callable[[float], str]
Floats = npt.NDArray[np.float64]
ROW = 0.27
"""Inches of height that one row of a horizontal chart takes."""


def rows_height(rows: int, *, top: float = 0.55) -> float:
    """Return the height in inches of a horizontal chart with that many rows."""
    return top + ROW * max(rows, 2)


def wrap(label: str, width: int = 30) -> str:
    """Break a long label into lines, cutting after the second."""
    lines = textwrap.wrap(label, width, break_long_words=True) or [""]
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), width, placeholder="…")]
    return "\n".join(lines)


def moved(axes: Axes, right: float, up: float) -> Transform:
    """Return the place of data moved by points: words beside a mark.

    A text on this transform is drawn in half the time of an annotation.
    """
    figure: Any = axes.get_figure(root=True)
    points = ScaledTranslation(right / POINTS, up / POINTS, figure.dpi_scale_trans)
    return axes.transData + points
