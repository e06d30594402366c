"""The exact sign test: of those who differ, half would fall on either side by chance."""

import math

_TERMS = 64
"""Terms between two looks at what is left of a sum."""


def sign_p(more: int, fewer: int) -> float:
    """Return the one-sided p value of the exact sign test that ``more`` exceeds ``fewer``.

    The tail of the binomial distribution in whole numbers, each term made of the one before; where
    all that is left cannot change the float, the sum ends.

    Parameters
    ----------
    more, fewer
        Numbers on the two sides; ties are left out.

    Examples
    --------
    >>> round(sign_p(7, 6), 3), round(sign_p(15, 4), 3), round(sign_p(11, 2), 4)
    (0.5, 0.01, 0.0112)
    """
    n = more + fewer
    every: int = 2**n
    ways, term = 0, math.comb(n, more)
    for k in range(more, n + 1):
        ways += term
        term = term * (n - k) // (k + 1)
        # From here on each term is at most (n - k - 1) / (k + 2) of the one before.
        falls = 2 * k + 3 - n
        if falls > 0 and (k - more) % _TERMS == _TERMS - 1:
            rest = term * (k + 2) // falls + 1
            if ways / every == (ways + rest) / every:
                break
    return ways / every
