"""A formula as a fraction of two polynomials of one change, so that it can be solved.

A change of a line by c turns each line into ``amount + k c`` and each mean over the year into
``mean + k c / 2``; sums, products and quotients of such stay fractions of polynomials in c.  All
in fractions: whether an amount reaches a bound must not hang on the last bit of a float.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.exact_numbers import Exact
from workbook.diagnostics.financial_quartiles.formula import (
    Expression,
    Line,
    Mean,
    Number,
    Operation,
)

Polynomial = tuple[Fraction, ...]
"""Coefficients from the constant on; no trailing zeros, () is 0."""


@dataclass(frozen=True, slots=True)
class Rational:
    """``top / bottom``, polynomials of a change of one line, or of several that move together."""

    top: Polynomial
    bottom: Polynomial

    def at(self, change: Exact) -> Fraction | None:
        """Return the value for a change; None where the bottom is nil."""
        bottom = self.bottom_at(change)
        return _value(self.top, change) / bottom if bottom else None

    def bottom_at(self, change: Exact) -> Fraction:
        """Return the denominator for a change."""
        return _value(self.bottom, change)

    def reaching(self, target: Fraction) -> Fraction | None:
        """Return the change at which the value is ``target``.

        None when no change, every change, or more than one change (a formula that has the line
        in a product with itself) does it.

        Examples
        --------
        ``(100 + c) / 400`` is 0.3 from 20 more on:

        >>> share = Rational((Fraction(100), Fraction(1)), (Fraction(400),))
        >>> share.reaching(Fraction(3, 10))
        Fraction(20, 1)
        """
        rest = _plus(self.top, _scaled(self.bottom, -target))
        if len(rest) != 2:
            return None
        change = -rest[0] / rest[1]
        # Where the bottom is nil too the ratio has no value: the root of the top is no solution.
        return change if _value(self.bottom, change) else None


def moved(
    tree: Expression,
    moves: Mapping[str, int],
    *,
    end: Callable[[str], Exact],
    begin: Callable[[str], Exact],
) -> Rational:
    """Return a formula as a function of a change at the end of the year.

    Parameters
    ----------
    moves
        Lines that move, each by so many times the change.
    end, begin
        Amount of a line by its name, at the end and at the begin of the year.

    Examples
    --------
    >>> from workbook.diagnostics.financial_quartiles.formula import parse
    >>> amounts = {"debt": Fraction(300), "assets": Fraction(1000)}.__getitem__
    >>> repaid = moved(
    ...     parse("debt / assets"), {"debt": -1, "assets": -1}, end=amounts, begin=amounts
    ... )
    >>> repaid.at(Fraction(0)), repaid.at(Fraction(100))
    (Fraction(3, 10), Fraction(2, 9))
    """
    one = (Fraction(1),)
    if isinstance(tree, Number):
        return Rational(_trimmed((tree.value,)), one)
    if isinstance(tree, Line):
        slope = Fraction(moves.get(tree.name, 0))
        return Rational(_trimmed((Fraction(end(tree.name)), slope)), one)
    if isinstance(tree, Mean):
        slope = Fraction(moves.get(tree.name, 0), 2)
        return Rational(_trimmed((Fraction(end(tree.name) + begin(tree.name)) / 2, slope)), one)
    left = moved(tree.left, moves, end=end, begin=begin)
    right = moved(tree.right, moves, end=end, begin=begin)
    return _joined(tree, left, right)


def _joined(tree: Operation, left: Rational, right: Rational) -> Rational:
    if tree.sign == "*":
        return Rational(_times(left.top, right.top), _times(left.bottom, right.bottom))
    if tree.sign == "/":
        return Rational(_times(left.top, right.bottom), _times(left.bottom, right.top))
    sign = Fraction(1 if tree.sign == "+" else -1)
    # Over the same bottom the tops are added as they are: multiplied by it, a formula that is
    # linear in the line would look quadratic and would not be solved.
    if left.bottom == right.bottom:
        return Rational(_plus(left.top, _scaled(right.top, sign)), left.bottom)
    top = _plus(_times(left.top, right.bottom), _scaled(_times(right.top, left.bottom), sign))
    return Rational(top, _times(left.bottom, right.bottom))


def _trimmed(polynomial: Polynomial) -> Polynomial:
    last = max((i for i, c in enumerate(polynomial, start=1) if c), default=0)
    return polynomial[:last]


def _scaled(polynomial: Polynomial, by: Fraction) -> Polynomial:
    return _trimmed(tuple(c * by for c in polynomial))


def _plus(a: Polynomial, b: Polynomial) -> Polynomial:
    longest = max(len(a), len(b))
    wide = [(*p, *(Fraction(0),) * (longest - len(p))) for p in (a, b)]
    return _trimmed(tuple(x + y for x, y in zip(*wide, strict=True)))


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    made = [Fraction(0)] * (len(a) + len(b))
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            made[i + j] += x * y
    return _trimmed(tuple(made))


def _value(polynomial: Polynomial, at: Exact) -> Fraction:
    total = Fraction(0)
    for coefficient in reversed(polynomial):
        total = total * at + coefficient
    return total
