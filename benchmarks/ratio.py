"""A measurement: two times of one run, their ratio, and the ratio that is wished for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

WORSE = 1.25
"""How many times the kept ratio one may be before a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How much of the other way's time ours takes; less is better.

    Examples
    --------
    >>> Ratio(name="one report", ours=4.0, theirs=10.0, goal=0.45).value
    0.4
    """

    name: str
    ours: float
    theirs: float
    goal: float | None = None

    @property
    def value(self) -> float:
        """Ours over theirs."""
        return self.ours / self.theirs


def table(found: Sequence[Ratio], kept: Mapping[str, float]) -> list[str]:
    """Return the lines of a table: both seconds, the ratio, the goal, the kept ratio, a remark.

    Examples
    --------
    >>> one = Ratio(name="one report", ours=6.0, theirs=10.0, goal=0.45)
    >>> table([one], {"one report": 0.4})[-1].split("  ")[-1]
    'above the goal, worse than before'
    """
    width = max(len(one.name) for one in found)
    head = f"{'':{width}} {'ours':>9} {'theirs':>9} {'ratio':>7} {'goal':>6} {'before':>7}"
    return [head, *(_row(one, kept.get(one.name), width) for one in found)]


def _row(one: Ratio, before: float | None, width: int) -> str:
    remarks = ["above the goal"] if one.goal is not None and one.value > one.goal else []
    remarks += ["worse than before"] if is_worse(one, before) else []
    goal = f"{one.goal:6.2f}" if one.goal is not None else f"{'':6}"
    kept = f"{before:7.3f}" if before is not None else f"{'':7}"
    line = f"{one.name:{width}} {one.ours:9.3f} {one.theirs:9.3f} {one.value:7.3f} {goal} {kept}"
    return f"{line}  {', '.join(remarks)}".rstrip()


def is_worse(one: Ratio, before: float | None) -> bool:
    """Return whether a ratio is more than a quarter above the one that was kept.

    Examples
    --------
    >>> one = Ratio(name="one report", ours=5.0, theirs=10.0)
    >>> is_worse(one, 0.4), is_worse(one, 0.39), is_worse(one, None)
    (False, True, False)
    """
    return before is not None and one.value > WORSE * before


def seconds(way: Callable[[], object]) -> float:
    """Return how long a call takes by the clock."""
    begun = perf_counter()
    way()
    return perf_counter() - begun


def in_turn(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median seconds of ways that come in turn, so that a drifting machine hits all."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(seconds(way))
    return {name: median(values) for name, values in taken.items()}
