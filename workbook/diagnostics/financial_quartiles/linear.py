"""A formula as a quotient of two sums of lines, which is what nearly every ratio is.

Along one line such a ratio is ``(t + b c) / (u + e c)``: it rises or falls all the way to a pole,
and the change ``c`` at which it reaches a value is a division.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from workbook.diagnostics.financial_quartiles.formula import (
    Expression,
    Line,
    Mean,
    Number,
    Operation,
)

_Terms = dict[str, float]


@dataclass(slots=True)
class _Sum:
    """``number + end lines + begin lines``, each line times its factor."""

    number: float = 0.0
    end: _Terms = field(default_factory=dict)
    begin: _Terms = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        return not self.end and not self.begin

    def plus(self, other: "_Sum", times: float) -> "_Sum":
        made = _Sum(self.number + times * other.number, dict(self.end), dict(self.begin))
        for mine, theirs in ((made.end, other.end), (made.begin, other.begin)):
            for name, factor in theirs.items():
                mine[name] = mine.get(name, 0.0) + times * factor
        return made

    def at(self, end: Mapping[str, float], begin: Mapping[str, float]) -> float:
        """Return the sum over a statement."""
        total = self.number
        for name, factor in self.end.items():
            total += factor * end[name]
        for name, factor in self.begin.items():
            total += factor * begin[name]
        return total


class CurveOfLine(NamedTuple):
    """``(top + rise c) / (bottom + spread c)`` of the change ``c`` of one line."""

    top: float
    rise: float
    bottom: float
    spread: float


@dataclass(frozen=True, slots=True)
class Quotient:
    """A ratio of two sums of lines."""

    top: _Sum
    bottom: _Sum

    @property
    def constant(self) -> bool:
        """The formula reads no line."""
        return self.top.plain and self.bottom.plain

    def along(self, line: str, end: Mapping[str, float], begin: Mapping[str, float]) -> CurveOfLine:
        """Return the ratio over a statement as a function of the change of one line."""
        return CurveOfLine(
            self.top.at(end, begin),
            self.top.end.get(line, 0.0),
            self.bottom.at(end, begin),
            self.bottom.end.get(line, 0.0),
        )


@lru_cache(maxsize=256)
def quotient(tree: Expression) -> Quotient | None:
    """Return a formula as a quotient of sums; None of one that multiplies or nests lines."""
    if isinstance(tree, Operation) and tree.sign == "/":
        top, bottom = _sum(tree.left), _sum(tree.right)
    else:
        top, bottom = _sum(tree), _Sum(1.0)
    return None if top is None or bottom is None else Quotient(top, bottom)


def _sum(tree: Expression) -> _Sum | None:
    if isinstance(tree, Number):
        return _Sum(float(tree.value))
    if isinstance(tree, Line):
        return _Sum(end={tree.name: 1.0})
    if isinstance(tree, Mean):
        return _Sum(end={tree.name: 0.5}, begin={tree.name: 0.5})
    left, right = _sum(tree.left), _sum(tree.right)
    if left is None or right is None:
        return None
    if tree.sign in "+-":
        return left.plus(right, 1.0 if tree.sign == "+" else -1.0)
    if tree.sign == "/":
        return _Sum().plus(left, 1 / right.number) if right.plain and right.number else None
    if right.plain:
        return _Sum().plus(left, right.number)
    return _Sum().plus(right, left.number) if left.plain else None
