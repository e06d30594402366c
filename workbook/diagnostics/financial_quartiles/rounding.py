"""What a statement is rounded to, and how far its ratios may be from what they say.

Lines that all end in the same noughts were rounded before they were handed over: each may be half
of that unit more or less.  Interval arithmetic over a formula gives the range of its ratio, exactly
where the formula names each line once, else a wider one.  Fractions only.

Source: Moore, R. E., Kearfott, R. B., Cloud, M. J., Introduction to Interval Analysis, 2009, ch. 2.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from workbook.diagnostics.financial_quartiles.exact_numbers import Exact, magnitude
from workbook.diagnostics.financial_quartiles.formula import Expression, Line, Mean, Number

LEAST_LINES = 6
"""Different amounts below which common noughts may be chance (six of them: one in a million)."""


class Range(NamedTuple):
    """Values that are possible, both ends included; None: without bound on that side."""

    low: Fraction | None
    high: Fraction | None


ANY = Range(None, None)
"""Nothing is known."""


def rounding_unit(amounts: Iterable[Exact], *, least: int = LEAST_LINES) -> int:
    """Return the largest power of ten that divides every amount; 1 of amounts as they were booked.

    Parameters
    ----------
    amounts
        Lines of one statement, in its own unit; nil and repeated amounts say nothing.
    least
        Different amounts that it takes.

    Examples
    --------
    >>> rounding_unit([Fraction(n) for n in (1250, 30, 480, 70, 90, 1110)])
    10
    >>> rounding_unit([Fraction(n) for n in (1250, 30, 480, 70, 90, 1111)])
    1
    """
    found = {magnitude(amount) for amount in amounts if amount}
    if len(found) < least:
        return 1
    unit = 1
    while all(amount.denominator == 1 and not amount.numerator % (unit * 10) for amount in found):
        unit *= 10
    return unit


def value_range(
    tree: Expression, *, end: Callable[[str], Range], begin: Callable[[str], Range]
) -> Range:
    """Return the range of a formula over ranges of its lines.

    Where a denominator may be nil, the range has no bound on one side or on both.

    Parameters
    ----------
    tree
        The formula.
    end, begin
        Range of a line by its name, at the end and at the begin of the year.
    """
    if isinstance(tree, Number):
        return Range(tree.value, tree.value)
    if isinstance(tree, Line):
        return end(tree.name)
    if isinstance(tree, Mean):
        now, then = end(tree.name), begin(tree.name)
        return Range(_half(now.low, then.low), _half(now.high, then.high))
    left = value_range(tree.left, end=end, begin=begin)
    right = value_range(tree.right, end=end, begin=begin)
    a, b, c, d = *left, *right
    if a is None or b is None or c is None or d is None:
        return ANY
    if tree.sign == "/":
        return _quotient((a, b), (c, d))
    if tree.sign == "*":
        return _hull([a * c, a * d, b * c, b * d])
    return Range(a + c, b + d) if tree.sign == "+" else Range(a - d, b - c)


def _half(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else (a + b) / 2


def _hull(found: Sequence[Fraction]) -> Range:
    return Range(min(found), max(found))


def _quotient(top: tuple[Fraction, Fraction], bottom: tuple[Fraction, Fraction]) -> Range:
    c, d = bottom
    if c > 0 or d < 0:
        return _hull([x / y for x in top for y in bottom])
    if c < 0 < d or c == d:
        return ANY
    if c < 0:
        top, d = (-top[1], -top[0]), -c
    if top[0] >= 0:
        return Range(top[0] / d, None)
    return Range(None, top[1] / d) if top[1] <= 0 else ANY


def mean_range(
    sure: Sequence[tuple[int, int]], perhaps: Sequence[tuple[int, int]]
) -> tuple[Fraction, Fraction] | None:
    """Return the lowest and the highest mean of scores of which each has a lowest and a highest.

    Parameters
    ----------
    sure
        (lowest, highest) of the scores that there are.
    perhaps
        (lowest, highest) of those that there may be.

    Examples
    --------
    >>> mean_range([(-1, 0), (1, 2)], [(2, 2)])
    (Fraction(0, 1), Fraction(4, 3))
    """
    if not sure:
        return None
    lowest = _means([low for low, _ in sure], sorted(low for low, _ in perhaps))
    highest = _means(
        [high for _, high in sure], sorted((high for _, high in perhaps), reverse=True)
    )
    return min(lowest), max(highest)


def _means(sure: Sequence[int], more: Sequence[int]) -> list[Fraction]:
    """Return the means with none, the first, the first two … of the scores that there may be."""
    return [Fraction(sum(sure) + sum(more[:n]), len(sure) + n) for n in range(len(more) + 1)]
