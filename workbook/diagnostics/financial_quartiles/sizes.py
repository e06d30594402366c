"""Groups of companies by size: yearly revenue, by default in roubles."""

from collections.abc import Sequence

ALL_SIZES = "all"
NAMES = ("micro", "small", "medium", "large")
CURRENCY, COUNTRY = "RUB", "RU"
"""What the bounds below are in, and where they are law."""
SIZE_BOUNDS = (120_000_000, 800_000_000, 2_000_000_000)
"""Highest revenue of micro, small and medium companies (the bounds of Russian law on small and
medium-sized enterprises, Government Decree 265 of 4 April 2016)."""


def size_of(revenue: float | None, bounds: Sequence[float] = SIZE_BOUNDS) -> str:
    """Return the size group of a company with this revenue; unknown: all sizes.

    >>> size_of(120_000_000), size_of(120_000_001), size_of(5e9), size_of(None)
    ('micro', 'small', 'large', 'all')
    """
    if revenue is None:
        return ALL_SIZES
    return NAMES[sum(revenue > bound for bound in bounds)]
