"""Where the sum of the scores may turn as one line changes, by division instead of by trial.

Along one line every ratio of the form of :mod:`~workbook.diagnostics.financial_quartiles.linear`
rises or falls steadily up to a pole, so it crosses the values where its score may change in their
order.  These crossings are computed as floats; they only say where to look.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import NamedTuple, Self

from workbook.diagnostics.financial_quartiles.comparison import Yardstick
from workbook.diagnostics.financial_quartiles.linear import CurveOfLine, Quotient, quotient
from workbook.diagnostics.financial_quartiles.scoring import Steps
from workbook.diagnostics.financial_quartiles.values import Amounts, Valued

TOGETHER = 3.0
"""Crossings within so many steps of the statement are looked at as one place: which of them comes
first is for fractions to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One scored ratio on its own axis."""

    ratio: Quotient
    lines: tuple[str, ...]
    steps: Steps
    at: int
    """The value lies before ``steps.values[at]``, or on it."""
    on: bool
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A statement as floats, in steps of its own."""

    end: Mapping[str, float]
    begin: Mapping[str, float]
    members: tuple[Member, ...]

    @classmethod
    def of(
        cls,
        amounts: Amounts,
        scored: Sequence[tuple[Valued, Yardstick]],
        *,
        step: Fraction,
    ) -> Self | None:
        """Return the walk over a statement; None where a formula is no quotient of sums."""
        members = []
        for one, yardstick in scored:
            ratio = quotient(one.tree)
            if ratio is None or one.value is None or ratio.constant:
                return None
            values = yardstick.steps.values
            at = bisect_left(values, one.value)
            on = at < len(values) and values[at] == one.value
            score = yardstick.steps.at[at] if on else yardstick.steps.between[at]
            members.append(
                Member(
                    ratio=ratio, lines=one.lines, steps=yardstick.steps, at=at, on=on, score=score
                )
            )
        return cls(
            end={name: float(value / step) for name, value in amounts.end.items()},
            begin={name: float(value / step) for name, value in amounts.begin.items()},
            members=tuple(members),
        )


class _Crossing(NamedTuple):
    """One ratio reaches a value where its score may change."""

    distance: float
    """In steps of the statement."""
    member: int
    on: int
    """Score on the value."""
    beyond: int
    """Score beyond it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPlace:
    """Changes of one line around which the verdict may turn."""

    line: str
    way: int
    """+1 or -1."""
    nearest: float
    """The smallest of them, in steps."""
    distances: tuple[float, ...]

    @property
    def counts(self) -> Iterator[int]:
        """Signed numbers of steps to score again, the smallest first."""
        around = {
            count
            for distance in self.distances
            for below in (floor(distance),)
            for count in range(below - 1, below + 3)
            if count > 0
        }
        return (self.way * count for count in sorted(around))


def turning_places(walk: Walk, lines: Sequence[str], *, same: frozenset[int]) -> list[TurningPlace]:
    """Return the places where the sum of scores may leave ``same``, the nearest first."""
    found = [
        place for line in lines for way in (-1, 1) for place in _along(walk, line, way, same=same)
    ]
    found.sort(key=lambda place: place.nearest)
    return found


def _along(walk: Walk, line: str, way: int, *, same: frozenset[int]) -> Iterator[TurningPlace]:
    """Walk along one line; every group of crossings that could lead out of ``same`` is a place."""
    crossings: list[_Crossing] = []
    pole = float("inf")
    for number, member in enumerate(walk.members):
        if line in member.lines:
            curve = member.ratio.along(line, walk.end, walk.begin)
            crossings += _crossings(number, member, curve, way)
            # No ratio over the line may pass its pole, so the nearest of the poles ends the walk.
            if curve.spread and -curve.bottom / curve.spread * way > 0:
                pole = min(pole, abs(curve.bottom / curve.spread))
    crossings.sort()
    scores = {n: walk.members[n].score for n in {c.member for c in crossings}}
    total = sum(member.score for member in walk.members)
    for group in _groups(crossings):
        if group[0].distance > pole + TOGETHER:
            return
        low, high, after = _reach(group, scores)
        if any(t not in same for t in range(total + low, total + high + 1)):
            distances = tuple(c.distance for c in group)
            yield TurningPlace(line=line, way=way, nearest=distances[0], distances=distances)
        total += after


def _crossings(number: int, member: Member, curve: CurveOfLine, way: int) -> Iterator[_Crossing]:
    """Return the crossings of one ratio, in their order, as far as its pole."""
    slope = curve.rise * curve.bottom - curve.top * curve.spread
    steps = member.steps
    rises = slope * way > 0
    if not slope:
        return
    if member.on:
        beyond = steps.between[member.at + 1] if rises else steps.between[member.at]
        yield _Crossing(0.0, number, member.score, beyond)
    first = member.at + (member.on if rises else 0)
    places = range(first, len(steps.values)) if rises else range(member.at - 1, -1, -1)
    for place in places:
        value = float(steps.values[place])
        rest = curve.rise - value * curve.spread
        if not rest:
            return
        change = (value * curve.bottom - curve.top) / rest
        distance = change * way
        # A value that floats put a little behind the start (up to one step) is still ahead.
        if distance < -1.0 or (curve.bottom + curve.spread * change) * curve.bottom <= 0:
            return
        beyond = steps.between[place + 1] if rises else steps.between[place]
        yield _Crossing(max(distance, 0.0), number, steps.at[place], beyond)


def _groups(crossings: Sequence[_Crossing]) -> Iterator[list[_Crossing]]:
    group: list[_Crossing] = []
    for one in crossings:
        if group and one.distance - group[-1].distance > TOGETHER:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _reach(group: Sequence[_Crossing], scores: dict[int, int]) -> tuple[int, int, int]:
    """Return by how much the sum may fall and rise within a group, and what is left of it after.

    ``scores`` is brought forward to after the group.
    """
    reach: dict[int, list[int]] = {}
    for one in group:
        reach.setdefault(one.member, [scores[one.member]]).extend((one.on, one.beyond))
    low = sum(min(told) - told[0] for told in reach.values())
    high = sum(max(told) - told[0] for told in reach.values())
    after = sum(told[-1] - told[0] for told in reach.values())
    scores.update({member: told[-1] for member, told in reach.items()})
    return low, high, after
