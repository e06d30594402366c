"""Losses against what the portfolio makes expected: plain and by indirect standardisation."""

from collections import Counter, defaultdict
from typing import Any

from data_samples.generate.rows import Row

Truth = dict[str, Any]


def portfolio(customers: list[Row], lost: list[Row], strata: tuple[str, ...]) -> Truth:
    """Return, by manager, losses beside the portfolio, plain and against what was to be expected.

    The portfolio is every customer there was: those still listed and those lost.
    """
    listed = {row["customer_id"] for row in lost}
    every = [row for row in customers if row["customer_id"] not in listed] + lost
    expected = _expected(every, lost, strata)
    size = Counter(str(row["manager"]) for row in every)
    gone = Counter(str(row["manager"]) for row in lost)
    table = {
        name: {
            "portfolio": size[name],
            "lost": gone[name],
            "raw": round(gone[name] / size[name], 6),
            "expected": round(expected[name], 6),
            "ratio": round(gone[name] / expected[name], 6),
        }
        for name in sorted(size)
    }
    return {
        "standardised_by": list(strata),
        "managers": table,
        "raw_order": _order(table, "raw"),
        "adjusted_order": _order(table, "ratio"),
        "rates": {by: _rates(every, lost, by) for by in ("region", "segment")},
    }


def _rates(every: list[Row], lost: list[Row], by: str) -> dict[str, float]:
    size = Counter(str(row[by]) for row in every)
    gone = Counter(str(row[by]) for row in lost)
    return {name: round(gone[name] / size[name], 6) for name in sorted(size)}


def _expected(every: list[Row], lost: list[Row], strata: tuple[str, ...]) -> dict[str, float]:
    """Return the losses that each manager would have at the whole company's rates."""
    size = Counter(tuple(row[column] for column in strata) for row in every)
    gone = Counter(tuple(row[column] for column in strata) for row in lost)
    expected: defaultdict[str, float] = defaultdict(float)
    for row in every:
        stratum = tuple(row[column] for column in strata)
        expected[str(row["manager"])] += gone[stratum] / size[stratum]
    return expected


def _order(table: Truth, measure: str) -> list[str]:
    """Return the managers, the fewest losses first."""
    return sorted(table, key=lambda name: (table[name][measure], name))
