"""The search over every candidate that finding the turning line by division replaced.

Where a ratio's score changes, the ratio equals one of a few values; a formula in which a line is
not multiplied by itself is solved for them exactly.  The amounts of the statement next to each
solution are scored again, and the smallest that gives another verdict is reported.  Only the line
itself is moved: a total is not adjusted to its parts, nor the other side of the balance sheet, and
the year before and the group of companies compared with stay as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from workbook.diagnostics.financial_quartiles.comparison import Yardstick
from workbook.diagnostics.financial_quartiles.lines import EXPENSE, LineMap
from workbook.diagnostics.financial_quartiles.polynomials import Rational
from workbook.diagnostics.financial_quartiles.values import Amounts, Valued
from workbook.diagnostics.financial_quartiles.verdicts import ScoreVerdict, mean, verdict

_SIGNED = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedStatement:
    """One statement with its scored ratios against one base."""

    amounts: Amounts
    step: Fraction
    """The smallest amount that the statement can tell."""
    scored: Sequence[tuple[Valued, Yardstick]]
    band: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines that move a scored ratio."""
        return tuple(dict.fromkeys(n for one, _ in self.scored for n in one.lines))

    def verdict(self) -> ScoreVerdict | None:
        """Return the verdict as the statement is."""
        return self.worded(
            [
                yardstick.scale.score(one.value)
                for one, yardstick in self.scored
                if one.value is not None
            ]
        )

    def along(self, line: str) -> "LineChange":
        """Return what a change of one line does."""
        moved, still = [], []
        for one, yardstick in self.scored:
            if line in one.lines:
                moved.append((one.along(line, self.amounts), yardstick))
            elif one.value is not None:
                still.append(yardstick.scale.score(one.value))
        return LineChange(statement=self, line=line, moved=tuple(moved), still=tuple(still))

    def worded(self, scores: Sequence[int]) -> ScoreVerdict | None:
        """Return the verdict of scores."""
        middle = mean(scores)
        return None if middle is None else verdict(middle, self.band)


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
            if value is None or not same_side(curve, change):
                return None
            scores.append(yardstick.scale.score(value))
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
    best: Turn | None = None
    for line in statement.lines if now is not None else ():
        most = None if best is None else abs(best.change)
        turn = _turn(statement.along(line), now=now, lines=lines, most=most)
        best = turn or best
    return best


def _turn(
    move: LineChange, *, now: ScoreVerdict | None, lines: LineMap, most: Fraction | None
) -> Turn | None:
    """Return the smallest change of a line, below ``most``, that changes the verdict."""
    for change in move.candidates():
        if most is not None and abs(change) >= most:
            return None
        if not allowed(move.line, change, move.statement.amounts.end, lines):
            continue
        after = move.verdict(change)
        if now is not None and after is not None and after != now:
            return Turn(line=move.line, change=change, before=now, after=after)
    return None


def _near(solution: Fraction | None, step: Fraction) -> Iterator[Fraction]:
    """Return the amounts that the statement can tell on both sides of a solution."""
    if solution is None:
        return
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
        return (now + change) * (1 if now > 0 else -1) >= 0
    return now + change >= 0 or now < 0


def same_side(curve: Rational, change: Fraction) -> bool:
    """Return whether a ratio's denominator keeps its sign, so that the ratio passes no pole."""
    return curve.bottom_at(Fraction(0)) * curve.bottom_at(change) > 0
