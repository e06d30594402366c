"""Which line moves the verdict: the smallest change of one line, found and then scored again.

Where a ratio's score changes, the ratio equals one of a few values, and the change of a line at
which it does is a division (:mod:`~workbook.diagnostics.financial_quartiles.crossings`).  Walking
outward over these changes, the sum of the scores tells where the verdict may turn; only there the
amounts that the statement can tell are scored again, in fractions, and the smallest that gives
another verdict is reported.  A formula that multiplies lines is solved and scored again throughout.
Only the line itself is moved: a total is not adjusted to its parts, nor the other side of the
balance sheet, and the year before and the group of companies compared with stay as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import NamedTuple

from workbook.diagnostics.financial_quartiles.comparison import Yardstick
from workbook.diagnostics.financial_quartiles.crossings import (
    TurningPlace,
    Walk,
    turning_places,
)
from workbook.diagnostics.financial_quartiles.exact_numbers import Exact
from workbook.diagnostics.financial_quartiles.lines import EXPENSE, LineMap
from workbook.diagnostics.financial_quartiles.polynomials import Rational
from workbook.diagnostics.financial_quartiles.values import Amounts, Valued
from workbook.diagnostics.financial_quartiles.verdicts import (
    SOURCE,
    ScoreVerdict,
    VerdictLimits,
    mean,
    verdict,
)
from workbook.diagnostics.financial_quartiles.whole_change import WholeChange, in_steps

_SIGNED = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedStatement:
    """One statement with its scored ratios against one base."""

    amounts: Amounts
    step: Fraction
    """The smallest amount that the statement can tell."""
    scored: Sequence[tuple[Valued, Yardstick]]
    band: str
    limits: VerdictLimits = SOURCE

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines that move a scored ratio."""
        return tuple(dict.fromkeys(n for one, _ in self.scored for n in one.lines))

    def verdict(self) -> ScoreVerdict | None:
        """Return the verdict as the statement is."""
        return self.worded(
            [yardstick.score(one.value) for one, yardstick in self.scored if one.value is not None]
        )

    def along(self, line: str) -> "LineChange":
        """Return what a change of one line does."""
        moved, still = [], []
        for one, yardstick in self.scored:
            if line in one.lines:
                moved.append((one.along(line, self.amounts), yardstick))
            elif one.value is not None:
                still.append(yardstick.score(one.value))
        return LineChange(statement=self, line=line, moved=tuple(moved), still=tuple(still))

    def worded(self, scores: Sequence[int]) -> ScoreVerdict | None:
        """Return the verdict of scores."""
        middle = mean(scores)
        return None if middle is None else verdict(middle, self.band, self.limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """What a change of one line does to the scores."""

    statement: ComparedStatement
    line: str
    moved: tuple[tuple[Rational, Yardstick], ...]
    """Ratios over the line, as functions of its change."""
    still: tuple[int, ...]
    """Scores of the others."""

    def verdict(self, change: Fraction) -> ScoreVerdict | None:
        """Return the verdict after a change; None where a ratio loses its value on the way."""
        scores = list(self.still)
        for curve, yardstick in self.moved:
            value = curve.at(change)
            # Beyond its pole a ratio has the other sign: its score would say the contrary of what
            # happens to the company, so such a change is no way to another verdict.
            if value is None or not same_side(curve, change):
                return None
            scores.append(yardstick.score(value))
        return self.statement.worded(scores)

    def candidates(self) -> list[Fraction]:
        """Return the changes next to which a score changes, the smallest first."""
        found = {
            amount
            for curve, yardstick in self.moved
            for target in yardstick.scale.thresholds()
            for amount in _near(curve.reaching(target), self.statement.step)
        }
        return sorted(found, key=lambda amount: (abs(amount), amount))


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change of one line that changes the verdict; in the statement's unit."""

    line: str
    change: Fraction
    before: ScoreVerdict
    after: ScoreVerdict


def smallest_turn(statement: ComparedStatement, lines: LineMap) -> Turn | None:
    """Return the smallest change of one line that changes the verdict; None when none does."""
    now = statement.verdict()
    if now is None:
        return None
    walk = Walk.of(statement.amounts, statement.scored, step=statement.step)
    best: Turn | None = None
    for line in statement.lines if walk is None else ():
        most = None if best is None else abs(best.change)
        best = _searched(statement.along(line), now=now, lines=lines, most=most) or best
    return best if walk is None else _walked(statement, walk, now=now, lines=lines)


def _walked(
    statement: ComparedStatement, walk: Walk, *, now: ScoreVerdict, lines: LineMap
) -> Turn | None:
    """Return the smallest change among the places where the sum of the scores leaves the verdict.

    Of equal changes the line that comes first counts, and of one line the fall before the rise.
    """
    same = _totals(len(statement.scored), now, statement.band, statement.limits)
    search = _Search(statement=statement, walk=walk, same=same, lines=lines)
    near = turning_places(walk, least=min(same), most=max(same), near=True)
    found = search.smallest(near.nearest_first)
    if found is None or abs(found.steps) > near.within - ASTRAY:
        whole = turning_places(walk, least=min(same), most=max(same), near=False)
        found = search.smallest(whole.nearest_first)
    if found is None:
        return None
    after = verdict(Fraction(found.total, len(walk.members)), statement.band, statement.limits)
    change = found.steps * statement.step
    return Turn(line=found.line, change=change, before=now, after=after)


ASTRAY = 2
"""Steps by which floats may tell a place to be nearer or farther than it is."""


class _Counted(NamedTuple):
    """A change of a line in steps of the statement, and the sum of the scores after it."""

    line: str
    steps: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """Scores again, in whole numbers, what was found by floats."""

    statement: ComparedStatement
    walk: Walk
    same: frozenset[int]
    """Sums of the scores that give the verdict as it is."""
    lines: LineMap

    def smallest(self, places: Iterator[TurningPlace]) -> _Counted | None:
        """Return the smallest change that leaves the verdict.

        Parameters
        ----------
        places
            The nearest first.
        """
        statement = self.statement
        order = {line: i for i, line in enumerate(self.walk.lines)}
        whole, scores = (
            in_steps(statement.amounts, statement.step),
            [member.score for member in self.walk.members],
        )
        moves: dict[str, WholeChange] = {}
        best: tuple[int, int, int] | None = None
        found: _Counted | None = None
        for place in places:
            # A place that seems a little farther than the best change may hold a smaller one.
            if best is not None and place.nearest - ASTRAY > best[0]:
                break
            line = place.line
            if line not in moves:
                moves[line] = WholeChange.of(
                    statement.scored, line, step=statement.step, whole=whole, scores=scores
                )
            for count in place.counts:
                rank = (abs(count), order[line], count)
                if best is not None and rank >= best:
                    break
                if not allowed(line, count * statement.step, statement.amounts.end, self.lines):
                    break
                total = moves[line].total(count)
                if total is not None and total not in self.same:
                    best, found = rank, _Counted(line, count, total)
                    break
        return found


@lru_cache(maxsize=256)
def _totals(n: int, now: ScoreVerdict, band: str, limits: VerdictLimits) -> frozenset[int]:
    """Return the sums of ``n`` scores that give a verdict.

    >>> sorted(_totals(3, ScoreVerdict.SAME, "rounded", SOURCE))
    [0]
    >>> sorted(_totals(9, ScoreVerdict.SAME, "rounded", SOURCE))
    [-1, 0, 1]
    """
    every = range(-2 * n, 2 * n + 1)
    return frozenset(t for t in every if verdict(Fraction(t, n), band, limits) == now)


def _searched(
    move: LineChange, *, now: ScoreVerdict, lines: LineMap, most: Fraction | None
) -> Turn | None:
    """Return the smallest change of a line, below ``most``, that changes the verdict."""
    for change in move.candidates():
        if most is not None and abs(change) >= most:
            return None
        if not allowed(move.line, change, move.statement.amounts.end, lines):
            continue
        after = move.verdict(change)
        if after is not None and after != now:
            return Turn(line=move.line, change=change, before=now, after=after)
    return None


def _near(solution: Fraction | None, step: Fraction) -> Iterator[Fraction]:
    """Return the amounts that the statement can tell on both sides of a solution."""
    if solution is None:
        return
    # At the solution itself the ratio equals a bound, which belongs to one of the two scores; a
    # step on either side is tried too, for the bound may be open on the side we come from.
    below = floor(solution / step)
    for count in range(below - 1, below + 3):
        if count:
            yield count * step


def allowed(line: str, change: Exact, values: Mapping[str, Exact], lines: LineMap) -> bool:
    """Return whether a line may have its value after the change: amounts keep their sign."""
    sign, now = lines.lines[line].sign, values[line]
    if sign == _SIGNED:
        return True
    if sign == EXPENSE:
        # Some write an expense as a negative, some as a positive amount: it keeps the sign that
        # it has, and one of nil is taken for a negative, as the form has it.
        return (now + change) * (1 if now > 0 else -1) >= 0
    # A line that is negative already, though it never should be, is not made a condition.
    return now + change >= 0 or now < 0


def same_side(curve: Rational, change: Exact) -> bool:
    """Return whether a ratio's denominator keeps its sign, so that the ratio passes no pole."""
    return curve.bottom_at(Fraction(0)) * curve.bottom_at(change) > 0
