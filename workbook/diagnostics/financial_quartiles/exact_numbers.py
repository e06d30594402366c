"""Exact numbers: whole amounts as ``int``, all others as fractions; no float decides anything.

Both are rational numbers of Python and mix freely, but for one thing: ``int / int`` is a float.  So
amounts are divided by :func:`divided`, or as the numerators and denominators that both have.
"""

from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

Exact: TypeAlias = int | Fraction
"""An amount of a statement: nearly all are whole, and ``int`` is many times quicker."""


def exact(number: float | Fraction) -> Fraction:
    """Return a number as its shortest decimal writing says it: 0.1 is one tenth."""
    return number if isinstance(number, Fraction) else Fraction(exact_amount(float(number)))


def exact_amount(number: float) -> Exact:
    """Return a number as its shortest decimal writing says it, a whole one as ``int``.

    >>> exact_amount(463.0), exact_amount(463.25)
    (463, Fraction(1853, 4))
    """
    # Up to there the writing of a whole number has all of its digits.
    if number.is_integer() and abs(number) < _ALL_DIGITS:
        return int(number)
    return _read(repr(number))


_ALL_DIGITS = 2.0**53


@lru_cache(maxsize=10_000)
def _read(written: str) -> Exact:
    found = Fraction(written)
    return found.numerator if found.denominator == 1 else found


def divided(number: Exact, by: Exact) -> float:
    """Return the float nearest to a quotient.

    >>> divided(1, 3) == float(Fraction(1, 3))
    True
    """
    if not number:
        return 0.0  # never -0.0
    return (number.numerator * by.denominator) / (number.denominator * by.numerator)


def magnitude(number: Exact) -> Exact:
    """Return a number without its sign.

    >>> magnitude(-5), magnitude(Fraction(1, 2))
    (5, Fraction(1, 2))
    """
    return number if number >= 0 else -number
