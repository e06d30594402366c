"""Seeded chance: one stream per engagement and table, so that a new table moves no old one."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random


def stream(*names: str) -> Random:
    """Return the random stream that belongs to ``names``."""
    return Random("/".join(("workbook samples 1", *names)))


def draw(weights: Mapping[str, float], chance: Random) -> str:
    """Return one key with the probability of its weight."""
    return chance.choices(list(weights), weights=list(weights.values()))[0]


def day_between(start: date, end: date, chance: Random) -> date:
    """Return a day from ``start`` to ``end``, never a Sunday."""
    day = start + timedelta(days=chance.randint(0, (end - start).days))
    return day - timedelta(days=1) if day.weekday() == 6 and day > start else day


def mark(mean: float, chance: Random, *, spread: float = 0.8) -> int:
    """Return a whole mark 1-5 around ``mean``."""
    return min(5, max(1, round(chance.gauss(mean, spread))))
