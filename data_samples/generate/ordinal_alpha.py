"""Krippendorff's alpha of ordered marks, pair by pair as its definition has it."""

from collections import Counter
from itertools import permutations


def ordinal_alpha(units: list[list[float]]) -> float:
    """Return alpha of the marks of each item; items with one mark say nothing."""
    judged = [unit for unit in units if len(unit) > 1]
    counts = Counter(mark for unit in judged for mark in unit)
    apart = _distances(counts)
    n = sum(counts.values())
    seen = sum(apart[pair] / (len(unit) - 1) for unit in judged for pair in permutations(unit, 2))
    chance = sum(apart[a, b] * counts[a] * counts[b] for a in counts for b in counts)
    return 1 - (n - 1) * seen / chance


def _distances(counts: Counter[float]) -> dict[tuple[float, float], float]:
    """Return the squared distance of two marks: how many marks lie from one to the other."""
    found: dict[tuple[float, float], float] = {}
    for a in counts:
        for b in counts:
            low, high = sorted((a, b))
            between = sum(count for mark, count in counts.items() if low <= mark <= high)
            found[a, b] = 0.0 if a == b else (between - (counts[a] + counts[b]) / 2) ** 2
    return found
