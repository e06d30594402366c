"""Ticks of number axes: round steps, each with a label of its own, none touching another."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from matplotlib.ticker import MaxNLocator

from workbook.charts.measured_words import SMALL, width_of
from workbook.charts.number_format import NumberFormat

_FINER: dict[str, tuple[tuple[str, float], ...]] = {
    "count": (("count", 1.0), ("dec1", 0.1), ("dec2", 0.01), ("dec3", 0.001)),
    "dec1": (("dec1", 0.1), ("dec2", 0.01), ("dec3", 0.001)),
    "dec2": (("dec2", 0.01), ("dec3", 0.001)),
    "pct": (("pct", 0.01), ("pct1", 0.001)),
}
"""Formats that write finer steps of the same kind, with the smallest step of each."""
_GAP = 0.16
_EACH = 0.75
"""Inches for a tick, about."""


class Tick(NamedTuple):
    """A place on an axis with its label."""

    value: float
    label: str


def ticks(low: float, high: float, *, room: float, write: NumberFormat) -> list[Tick]:
    """Return round values between two ends, written as finely as their step needs.

    Parameters
    ----------
    room
        Inches from end to end.
    """
    for most in range(max(2, min(6, int(room / _EACH))), 0, -1):
        found = _labelled(MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(low, high), write)
        slack = 1e-9 * max(abs(low), abs(high))
        inside = [tick for tick in found if low - slack <= tick.value <= high + slack]
        if inside and _apart(inside, room / (high - low)):
            return inside
    return []


def _labelled(values: Sequence[float], write: NumberFormat) -> list[Tick]:
    """Return labels in the coarsest format that tells the steps; nothing where none does."""
    step = values[1] - values[0]
    finest = _FINER.get(write.name, ((write.name, 0.0),))
    for name, least in finest:
        if not least or abs(step / least - round(step / least)) < 1e-6:
            own = write.named(name)
            return [Tick(float(v), own(0.0 if abs(v) < step / 1e6 else float(v))) for v in values]
    return []


def _apart(found: Sequence[Tick], scale: float) -> bool:
    """Return whether labels differ and stand apart, ``scale`` inches for a unit."""
    if len({tick.label for tick in found}) < len(found):
        return False
    return all(
        (b.value - a.value) * scale
        >= (width_of(a.label, SMALL) + width_of(b.label, SMALL)) / 2 + _GAP
        for a, b in pairwise(found)
    )
