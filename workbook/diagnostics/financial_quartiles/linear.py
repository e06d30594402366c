"""A formula as a quotient of two sums of lines, which is what nearly every ratio is.

Along one line such a ratio is ``(t + b c) / (u + e c)``: it rises or falls all the way to a pole,
and the change ``c`` at which it reaches a value is a division.  Over a statement written in whole
numbers both sums are whole numbers, so that values and changes are exact without a fraction made
for every step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm
from typing import NamedTuple

from workbook.diagnostics.financial_quartiles.formula import (
    Expression,
    Line,
    Mean,
    Number,
    Operation,
)

_Terms = dict[str, Fraction]


class WholeAmounts(NamedTuple):
    """Lines of a statement as whole numbers of the same part of its unit."""

    end: Mapping[str, int]
    begin: Mapping[str, int]
    of: int
    """So many make one of the statement's unit: 1, or 100 of amounts like 463.25."""


@dataclass(frozen=True)
class LineSum:
    """``number + end lines + begin lines``, each line times its factor."""

    number: Fraction = Fraction(0)
    end: _Terms = field(default_factory=dict)
    begin: _Terms = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """It reads no line."""
        return not self.end and not self.begin

    @cached_property
    def of(self) -> int:
        """The smallest number that makes all factors whole."""
        factors = (self.number, *self.end.values(), *self.begin.values())
        return lcm(*(factor.denominator for factor in factors))

    def plus(self, other: "LineSum", times: Fraction) -> "LineSum":
        """Return the sum of this and so many times another."""
        made = LineSum(self.number + times * other.number, dict(self.end), dict(self.begin))
        for mine, theirs in ((made.end, other.end), (made.begin, other.begin)):
            for name, factor in theirs.items():
                mine[name] = mine.get(name, Fraction(0)) + times * factor
        return made

    def at(self, end: Mapping[str, float], begin: Mapping[str, float]) -> float:
        """Return the sum over a statement as a float."""
        number, ends, begins = self._floats
        total = number
        for name, factor in ends.items():
            total += factor * end[name]
        for name, factor in begins.items():
            total += factor * begin[name]
        return total

    def slope(self, line: str) -> float:
        """Return what one more of a line at the end of the year adds, as a float."""
        return self._floats[1].get(line, 0.0)

    def whole(self, amounts: WholeAmounts) -> int:
        """Return the sum over a statement times :attr:`of` and the amounts' own ``of``."""
        number, ends, begins = self._wholes
        total = number * amounts.of
        for name, factor in ends.items():
            total += factor * amounts.end[name]
        for name, factor in begins.items():
            total += factor * amounts.begin[name]
        return total

    def rise(self, moves: Mapping[str, int]) -> int:
        """Return what a change that moves lines adds, times :attr:`of`."""
        ends = self._wholes[1]
        return sum(times * ends.get(line, 0) for line, times in moves.items())

    @cached_property
    def _floats(self) -> tuple[float, dict[str, float], dict[str, float]]:
        ends = {name: float(factor) for name, factor in self.end.items()}
        begins = {name: float(factor) for name, factor in self.begin.items()}
        return float(self.number), ends, begins

    @cached_property
    def _wholes(self) -> tuple[int, dict[str, int], dict[str, int]]:
        ends = {name: int(factor * self.of) for name, factor in self.end.items()}
        begins = {name: int(factor * self.of) for name, factor in self.begin.items()}
        return int(self.number * self.of), ends, begins


class CurveOfLine(NamedTuple):
    """``(top + rise c) / (bottom + spread c)`` of the change ``c`` of one line."""

    top: float
    rise: float
    bottom: float
    spread: float


class WholeCurve(NamedTuple):
    """``(top + rise c) / (bottom + spread c)`` in whole numbers.

    ``c`` is told in the part of the unit that the amounts are told in.
    """

    top: int
    rise: int
    bottom: int
    spread: int

    def at(self, change: int) -> tuple[int, int] | None:
        """Return the value after a change, its bottom above nil; None at the pole or beyond it."""
        top, bottom = self.top + self.rise * change, self.bottom + self.spread * change
        if self.bottom > 0 < bottom:
            return top, bottom
        return (-top, -bottom) if self.bottom < 0 > bottom else None


@dataclass(frozen=True)
class Quotient:
    """A ratio of two sums of lines."""

    top: LineSum
    bottom: LineSum

    @property
    def constant(self) -> bool:
        """The formula reads no line."""
        return self.top.plain and self.bottom.plain

    def along(self, line: str, end: Mapping[str, float], begin: Mapping[str, float]) -> CurveOfLine:
        """Return the ratio over a statement as a function of the change of one line."""
        return CurveOfLine(
            self.top.at(end, begin),
            self.top.slope(line),
            self.bottom.at(end, begin),
            self.bottom.slope(line),
        )

    def moving(self, moves: Mapping[str, int], amounts: WholeAmounts) -> WholeCurve:
        """Return the ratio over a statement as a function of a change that moves lines.

        Parameters
        ----------
        moves
            Lines that move, each by so many times the change.

        Examples
        --------
        >>> from workbook.diagnostics.financial_quartiles.formula import parse
        >>> share = quotient(parse("debt / (debt + equity)"))
        >>> repaid = share.moving({"debt": -1}, WholeAmounts({"debt": 30, "equity": 70}, {}, 1))
        >>> repaid, repaid.at(10)
        (WholeCurve(top=30, rise=-1, bottom=100, spread=-1), (20, 90))
        """
        up, down = self.bottom.of, self.top.of  # what each of the sums lacks of the other's parts
        return WholeCurve(
            self.top.whole(amounts) * up,
            self.top.rise(moves) * up,
            self.bottom.whole(amounts) * down,
            self.bottom.rise(moves) * down,
        )

    def value(self, amounts: WholeAmounts) -> Fraction | None:
        """Return the ratio over a statement; None where the bottom is nil."""
        bottom = self.bottom.whole(amounts) * self.top.of
        return Fraction(self.top.whole(amounts) * self.bottom.of, bottom) if bottom else None


@lru_cache(maxsize=256)
def quotient(tree: Expression) -> Quotient | None:
    """Return a formula as a quotient of sums; None of one that multiplies or nests lines."""
    if isinstance(tree, Operation) and tree.sign == "/":
        top, bottom = _sum(tree.left), _sum(tree.right)
    else:
        top, bottom = _sum(tree), LineSum(Fraction(1))
    return None if top is None or bottom is None else Quotient(top, bottom)


def _sum(tree: Expression) -> LineSum | None:
    if isinstance(tree, Number):
        return LineSum(tree.value)
    if isinstance(tree, Line):
        return LineSum(end={tree.name: Fraction(1)})
    if isinstance(tree, Mean):
        return LineSum(end={tree.name: Fraction(1, 2)}, begin={tree.name: Fraction(1, 2)})
    left, right = _sum(tree.left), _sum(tree.right)
    if left is None or right is None:
        return None
    if tree.sign in "+-":
        return left.plus(right, Fraction(1 if tree.sign == "+" else -1))
    if tree.sign == "/":
        return LineSum().plus(left, 1 / right.number) if right.plain and right.number else None
    if right.plain:
        return LineSum().plus(left, right.number)
    return LineSum().plus(right, left.number) if left.plain else None
