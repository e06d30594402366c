"""Where the names of points go on a chart, so that none covers another.

All lengths are fractions of the axes.  A name stands beside its point where there is room
(right, left, above or below); otherwise in a column at the right edge, with a thin line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CHARACTER = 0.0118
"""Mean width of a character at the size of chart labels."""
HEIGHT = 0.075
"""Height of a line."""
POINT = 0.014
"""Half the size of a point with the air around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: "Box") -> bool:
        """Return whether two rectangles share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a name starts, and whether a line leads to it."""

    x: float
    """Left edge."""
    y: float
    """Middle."""
    led: bool


def place(points: Sequence[tuple[float, float]], names: Sequence[str]) -> list[Placed]:
    """Return a place for each name; earlier points choose first."""
    taken = [
        Box(left=x - POINT, bottom=y - 2 * POINT, right=x + POINT, top=y + 2 * POINT)
        for x, y in points
    ]
    placed: list[Placed] = []
    column: list[float] = []
    for (x, y), name in zip(points, names, strict=True):
        box = next((b for b in _around(x, y, name) if _is_free(b, taken)), None)
        if box is None:
            height = _free_height(y, column)
            column.append(height)
            placed.append(Placed(x=1.03, y=height, led=True))
        else:
            taken.append(box)
            placed.append(Placed(x=box.left, y=(box.bottom + box.top) / 2, led=False))
    return placed


def _around(x: float, y: float, name: str) -> list[Box]:
    width, half = len(name) * CHARACTER, HEIGHT / 2
    near, off = POINT + 0.004, HEIGHT * 0.85
    starts = (
        (x + near, y),
        (x - near - width, y),
        (x - width / 2, y + off),
        (x - width / 2, y - off),
    )
    return [Box(left=a, bottom=b - half, right=a + width, top=b + half) for a, b in starts]


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    inside = box.left >= 0 and box.right <= 1 and box.bottom >= 0 and box.top <= 1
    return inside and not any(box.overlaps(other) for other in taken)


def _free_height(wanted: float, column: Sequence[float]) -> float:
    """Return the height nearest to the wanted one where no name of the column stands."""
    steps = sorted((k * HEIGHT for k in range(-12, 13)), key=abs)
    tries = [min(max(wanted + step, 0.02), 0.98) for step in steps]
    return next((t for t in tries if all(abs(t - c) >= HEIGHT * 0.95 for c in column)), wanted)


def spread_heights(heights: npt.NDArray[np.float64], *, gap: float) -> npt.NDArray[np.float64]:
    """Move label heights apart to at least ``gap``, keeping their order, within 0-1.

    >>> spread_heights(np.array([0.5, 0.5]), gap=0.1).round(2).tolist()
    [0.5, 0.6]
    """
    order = np.argsort(heights, kind="stable")
    placed = heights.astype(float).copy()
    floor = 0.0
    for i in order:
        placed[i] = max(placed[i], floor)
        floor = placed[i] + gap
    ceiling = 1.0
    for i in order[::-1]:
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed
