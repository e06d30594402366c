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
from math import floor, lcm

from workbook.diagnostics.financial_quartiles.comparison import Yardstick
from workbook.diagnostics.financial_quartiles.crossings import Walk, turning_places
from workbook.diagnostics.financial_quartiles.linear import WholeAmounts, WholeCurve, quotient
from workbook.diagnostics.financial_quartiles.lines import EXPENSE, LineMap
from workbook.diagnostics.financial_quartiles.polynomials import Rational
from workbook.diagnostics.financial_quartiles.scoring import Steps
from workbook.diagnostics.financial_quartiles.values import Amounts, Valued
from workbook.diagnostics.financial_quartiles.verdicts import (
    SOURCE,
    ScoreVerdict,
    VerdictLimits,
    mean,
    verdict,
)

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
class WholeChange:
    """What a change of one line does to the sum of the scores, in whole numbers."""

    moved: tuple[tuple[WholeCurve, Steps], ...]
    """Ratios over the line, as functions of its change in parts of :attr:`step`."""
    still: int
    """Sum of the scores of the others."""
    step: int
    """The smallest amount that the statement can tell, in the parts of the amounts."""

    @classmethod
    def of(
        cls, statement: ComparedStatement, line: str, *, whole: WholeAmounts, scores: Sequence[int]
    ) -> "WholeChange":
        """Return the change of a line; every ratio is a quotient of sums.

        Parameters
        ----------
        whole
            The amounts in parts of which a whole number makes a step.
        scores
            Of the ratios as they are.
        """
        moved, still = [], 0
        for (one, yardstick), score in zip(statement.scored, scores, strict=True):
            ratio = quotient(one.tree) if line in one.lines else None
            if ratio is None:
                still += score
            else:
                moved.append((ratio.moving({line: 1}, whole), yardstick.steps))
        step = statement.step.numerator * (whole.of // statement.step.denominator)
        return cls(moved=tuple(moved), still=still, step=step)

    def total(self, count: int) -> int | None:
        """Return the sum of the scores after so many steps; None beyond the pole of a ratio.

        Beyond its pole a ratio has the other sign: its score would say the contrary of what
        happens to the company, so such a change is no way to another verdict.
        """
        total, change = self.still, count * self.step
        for curve, steps in self.moved:
            value = curve.at(change)
            if value is None:
                return None
            total += steps.score(*value)
        return total


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
    order = {line: i for i, line in enumerate(statement.lines)}
    same = _totals(len(statement.scored), now, statement.band, statement.limits)
    whole, scores = _in_steps(statement), [member.score for member in walk.members]
    moves: dict[str, WholeChange] = {}
    best: tuple[int, int, int] | None = None
    found: tuple[str, int, int] | None = None
    for place in turning_places(walk, statement.lines, same=same):
        # Places come nearest first, by floats: one that seems up to two steps farther than the
        # best change may still hold a smaller one, beyond that none can.
        if best is not None and place.nearest - 2 > best[0]:
            break
        line = place.line
        if line not in moves:
            moves[line] = WholeChange.of(statement, line, whole=whole, scores=scores)
        for count in place.counts:
            rank = (abs(count), order[line], count)
            if best is not None and rank >= best:
                break
            if not allowed(line, count * statement.step, statement.amounts.end, lines):
                break
            total = moves[line].total(count)
            if total is not None and total not in same:
                best, found = rank, (line, count, total)
                break
    if found is None:
        return None
    line, count, total = found
    after = verdict(Fraction(total, len(scores)), statement.band, statement.limits)
    return Turn(line=line, change=count * statement.step, before=now, after=after)


def _in_steps(statement: ComparedStatement) -> WholeAmounts:
    """Return the amounts in parts of which a whole number makes a step of the statement."""
    whole = statement.amounts.whole
    of = lcm(whole.of, statement.step.denominator)
    times = of // whole.of
    if times == 1:
        return whole
    end, begin = ({n: v * times for n, v in part.items()} for part in (whole.end, whole.begin))
    return WholeAmounts(end, begin, of)


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


def allowed(line: str, change: Fraction, values: Mapping[str, Fraction], lines: LineMap) -> bool:
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


def same_side(curve: Rational, change: Fraction) -> bool:
    """Return whether a ratio's denominator keeps its sign, so that the ratio passes no pole."""
    return curve.bottom_at(Fraction(0)) * curve.bottom_at(change) > 0
