"""Where names beside a chart go, so that none covers another."""

from collections.abc import Sequence


def spread(
    middles: Sequence[float], talls: Sequence[float], *, ends: tuple[float, float]
) -> list[float]:
    """Move names apart along a line, keeping their order, within its ends as far as they fit.

    Parameters
    ----------
    middles
        Where each would stand.
    talls
        How much room each takes.

    Examples
    --------
    >>> [round(place, 2) for place in spread([0.5, 0.5], [0.1, 0.1], ends=(0.0, 1.0))]
    [0.5, 0.6]
    """
    order = sorted(range(len(middles)), key=lambda i: middles[i])
    placed = [float(middle) for middle in middles]
    floor = ends[0]
    for i in order:
        placed[i] = max(placed[i], floor + talls[i] / 2)
        floor = placed[i] + talls[i] / 2
    ceiling = max(ends[1], ends[0] + sum(talls))
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling - talls[i] / 2)
        ceiling = placed[i] - talls[i] / 2
    return placed
