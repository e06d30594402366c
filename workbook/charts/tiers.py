"""Names above a chart: each over its place, in as many lines as keep them apart."""

from collections.abc import Sequence
from typing import NamedTuple

_GAP = 0.14


class Placed(NamedTuple):
    """Where a name stands."""

    left: float
    tier: int
    """0 is the lowest."""


def in_tiers(
    centres: Sequence[float], widths: Sequence[float], *, room: tuple[float, float]
) -> list[Placed]:
    """Return a place for each name: over its centre where it can, in the lowest free tier.

    All lengths are inches; ``room`` is the left and the right end.

    Examples
    --------
    >>> [p.tier for p in in_tiers([1.0, 1.1, 3.0], [1.0, 1.0, 1.0], room=(0.0, 4.0))]
    [0, 1, 0]
    """
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for centre, width in zip(centres, widths, strict=True):
        left = max(room[0], min(centre - width / 2, room[1] - width))
        span = (left - _GAP, left + width + _GAP)
        tier = next((i for i, row in enumerate(taken) if _free(span, row)), len(taken))
        if tier == len(taken):
            taken.append([])
        taken[tier].append((left, left + width))
        placed.append(Placed(left, tier))
    return placed


def in_lines(widths: Sequence[float], *, room: float, gap: float = 0.2) -> list[Placed]:
    """Return places one after another, from the left, in a new line where one is full.

    The first line is on top.

    >>> [(p.left, p.tier) for p in in_lines([1.0, 1.0, 1.0], room=2.5, gap=0.5)]
    [(0.0, 1), (1.5, 1), (0.0, 0)]
    """
    lines = [[0.0]]
    for width in widths:
        if len(lines[-1]) > 1 and lines[-1][-1] + width > room:
            lines.append([0.0])
        lines[-1].append(lines[-1][-1] + width + gap)
    last = len(lines) - 1
    return [Placed(left, last - i) for i, line in enumerate(lines) for left in line[:-1]]


def _free(span: tuple[float, float], row: Sequence[tuple[float, float]]) -> bool:
    return all(span[1] <= left or right <= span[0] for left, right in row)
