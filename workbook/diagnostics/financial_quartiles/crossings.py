"""Where the sum of the scores may turn as one line changes, by division instead of by trial.

Along one line every ratio of the form of :mod:`~workbook.diagnostics.financial_quartiles.linear`
rises or falls steadily up to a pole, so it crosses the values where its score may change in their
order.  These crossings are computed as floats; they only say where to look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from itertools import chain
from math import floor, inf
from operator import attrgetter
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
    top: float
    bottom: float
    """The two sums as they are, in steps of the statement."""
    steps: Steps
    at: int
    """The value lies before ``steps.values[at]``, or on it."""
    on: bool
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The ratios of a statement as floats, in steps of its own."""

    members: tuple[Member, ...]
    lines: Mapping[str, tuple[int, ...]]
    """Numbers of the ratios that read each line, lines in the order of their first mention."""

    @classmethod
    def of(
        cls,
        amounts: Amounts,
        scored: Sequence[tuple[Valued, Yardstick]],
        *,
        step: Fraction,
    ) -> Self | None:
        """Return the walk over a statement; None where a formula is no quotient of sums."""
        whole = amounts.whole
        # Whole numbers are divided to the nearest float, as their fraction would be.
        up, down = step.denominator, whole.of * step.numerator
        end = {name: value * up / down for name, value in whole.end.items()}
        begin = {name: value * up / down for name, value in whole.begin.items()}
        members = []
        for one, yardstick in scored:
            ratio = quotient(one.tree)
            if ratio is None or one.value is None or ratio.constant:
                return None
            steps = yardstick.steps
            at, on = steps.place(one.value.numerator, one.value.denominator)
            members.append(
                Member(
                    ratio=ratio,
                    lines=one.lines,
                    top=ratio.top.at(end, begin),
                    bottom=ratio.bottom.at(end, begin),
                    steps=steps,
                    at=at,
                    on=on,
                    score=steps.at[at] if on else steps.between[at],
                )
            )
        lines: dict[str, list[int]] = {}
        for number, member in enumerate(members):
            for line in member.lines:
                lines.setdefault(line, []).append(number)
        return cls(
            members=tuple(members),
            lines={line: tuple(numbers) for line, numbers in lines.items()},
        )

    @property
    def total(self) -> int:
        """The sum of the scores."""
        return sum(member.score for member in self.members)

    def over(self, line: str) -> list[tuple[int, Member, CurveOfLine]]:
        """Return the ratios that read a line, as functions of its change."""
        found = []
        for number in self.lines[line]:
            one = self.members[number]
            rise, spread = one.ratio.top.slope(line), one.ratio.bottom.slope(line)
            found.append((number, one, CurveOfLine(one.top, rise, one.bottom, spread)))
        return found


_Crossing = tuple[float, int, int, int]
"""One ratio reaches a value where its score may change: the distance in steps of the statement,
the number of the ratio, its score on the value and beyond it."""


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


class Places(NamedTuple):
    """Where the sum of the scores may leave its verdict."""

    nearest_first: Iterator[TurningPlace]
    within: float
    """Up to so many steps none is left out."""


def turning_places(walk: Walk, *, least: int, most: int, near: bool) -> Places:
    """Return the places where the sum of scores may leave ``least`` to ``most``.

    Of each line and way the next place is found when that before it was taken: mostly the first
    few tell the smallest change.

    Parameters
    ----------
    near
        Leave out what is more than twice as far as the nearest place, for it is seldom asked for.
    """
    least, most, within = least - walk.total, most - walk.total, inf
    found: list[tuple[TurningPlace, Iterator[TurningPlace]]] = []
    for line in walk.lines:
        over = walk.over(line)
        for way in (-1, 1):
            places = _along(over, line, way, least=least, most=most, within=within)
            first = next(places, None)
            if first is not None:
                found.append((first, places))
                if near:
                    within = min(within, 2 * first.nearest + 2 * TOGETHER)
    ways = (chain((first,), places) for first, places in found)
    return Places(merge(*ways, key=attrgetter("nearest")), within - TOGETHER)


def _along(
    over: Sequence[tuple[int, Member, CurveOfLine]],
    line: str,
    way: int,
    *,
    least: int,
    most: int,
    within: float,
) -> Iterator[TurningPlace]:
    """Walk along one line; every group of crossings that could lead too far is a place.

    Parameters
    ----------
    over
        The ratios that read the line.
    least, most
        How far the sum of all scores may fall (nil or less) and rise without leaving its verdict.
    within
        Crossings that are farther are left out.
    """
    crossings: list[_Crossing] = []
    pole = inf
    for number, member, curve in over:
        crossings += _crossings(number, member, curve, way, within)
        # No ratio over the line may pass its pole, so the nearest of the poles ends the walk.
        if curve.spread and -curve.bottom / curve.spread * way > 0:
            pole = min(pole, abs(curve.bottom / curve.spread))
    if not crossings:
        return
    crossings.sort()
    scores = {number: member.score for number, member, _ in over}
    moved = 0
    for group in _groups(crossings):
        if group[0][0] > pole + TOGETHER:
            return
        low, high, after = _reach(group, scores)
        if moved + low < least or moved + high > most:
            distances = tuple(distance for distance, *_ in group)
            yield TurningPlace(line=line, way=way, nearest=distances[0], distances=distances)
        moved += after


def _crossings(
    number: int, member: Member, curve: CurveOfLine, way: int, within: float
) -> list[_Crossing]:
    """Return the crossings of one ratio, in their order, as far as its pole."""
    top, rise, bottom, spread = curve
    slope = rise * bottom - top * spread
    found: list[_Crossing] = []
    if not slope:
        return found
    steps, at, rises = member.steps, member.at, slope * way > 0
    ahead = 1 if rises else 0
    if member.on:
        found.append((0.0, number, member.score, steps.between[at + ahead]))
    first = at + (1 if member.on and rises else 0)
    for place in range(first, len(steps.floats)) if rises else range(at - 1, -1, -1):
        value = steps.floats[place]
        rest = rise - value * spread
        if not rest:
            break
        change = (value * bottom - top) / rest
        distance = change * way
        # A value that floats put a little behind the start (up to one step) is still ahead.
        if not -1.0 <= distance <= within or (bottom + spread * change) * bottom <= 0:
            break
        found.append(
            (
                distance if distance > 0.0 else 0.0,
                number,
                steps.at[place],
                steps.between[place + ahead],
            )
        )
    return found


def _groups(crossings: Sequence[_Crossing]) -> Iterator[list[_Crossing]]:
    group: list[_Crossing] = []
    for one in crossings:
        if group and one[0] - group[-1][0] > TOGETHER:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _reach(group: Sequence[_Crossing], scores: dict[int, int]) -> tuple[int, int, int]:
    """Return by how much the sum may fall and rise within a group, and what is left of it after.

    ``scores`` is brought forward to after the group.
    """
    if len(group) == 1:  # as nearly every one
        _, member, on, beyond = group[0]
        now, scores[member] = scores[member], beyond
        return min(on - now, beyond - now, 0), max(on - now, beyond - now, 0), beyond - now
    reach: dict[int, list[int]] = {}
    for _, member, on, beyond in group:
        told = reach.get(member)
        if told is None:
            reach[member] = [scores[member], on, beyond]
        else:
            told += (on, beyond)
    low = high = after = 0
    for member, told in reach.items():
        now, last = told[0], told[-1]
        low += min(told) - now
        high += max(told) - now
        after += last - now
        scores[member] = last
    return low, high, after
