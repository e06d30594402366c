"""Scores by the shipped base's quartiles, written down plainly; nothing of the package is used."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import duckdb

BASE = Path(__file__).parents[2] / "templates" / "base" / "sample.parquet"
SIZES = {"micro": 120_000_000, "small": 800_000_000, "medium": 2_000_000_000}
FEWEST = 30
Cut = tuple[Fraction, Fraction, Fraction]
Lines = Mapping[str, int]


def size(revenue: int) -> str:
    return next((name for name, bound in SIZES.items() if revenue <= bound), "large")


@cache
def _quartiles() -> dict[tuple[int, str, str, str, str], tuple[int, float, float, float]]:
    sql = "SELECT year, level, code, size, ratio, n_valid, q1, median, q3 FROM read_parquet(?)"
    with duckdb.connect() as base:
        rows = base.execute(sql, [str(BASE)]).fetchall()
    return {row[:5]: row[5:] for row in rows}


@cache
def industry(year: int, okved: str, own_size: str, ratio: str) -> Cut:
    """Return the quartiles of the own size in the narrowest industry of thirty companies."""
    for group in (own_size, "all"):
        for level, code in _wider(okved):
            found = _quartiles().get((year, level, code, group, ratio))
            if found and found[0] >= FEWEST:
                q1, median, q3 = (Fraction(repr(value)) for value in found[1:])
                return q1, median, q3
    raise LookupError((year, okved, own_size, ratio))


def _wider(okved: str) -> Iterator[tuple[str, str]]:
    code = okved
    while code:
        digits = code.replace(".", "")
        yield str(len(digits)), code
        code = code[:-1].rstrip(".") if len(digits) > 2 else ""


def score(x: Fraction, cut: Cut) -> int:
    q1, median, q3 = cut
    if x <= q1 and x != median:
        return -2
    if x >= q3 and x != median:
        return 2
    if x < median:
        return 0 if median - x <= (median - q1) / 20 else -1
    return 0 if x - median <= (q3 - median) / 20 else 1


def verdict(scores: Iterable[int]) -> str:
    every = list(scores)
    mean = Fraction(sum(every), len(every))
    if mean > 1:
        return "significantly_better"
    if mean < -1:
        return "significantly_worse"
    printed = round(float(mean), 2)
    return "about_the_same" if abs(printed) <= 0.11 else "better" if mean > 0 else "worse"


def ratios(now: Lines, before: Lines) -> dict[str, Fraction]:
    """Return all nine ratios of a year whose lines are all there."""
    money = now["short_term_investments"] + now["cash"]
    debt = now["current_liabilities"]
    long_term = now["equity"] + now["long_term_liabilities"]
    own = now["equity"] - now["non_current_assets"]
    return {
        "autonomy": Fraction(now["equity"], now["assets"]),
        "own_working_capital": Fraction(own, now["current_assets"]),
        "investment_coverage": Fraction(long_term, now["assets"]),
        "current_ratio": Fraction(now["current_assets"], debt),
        "quick_ratio": Fraction(now["receivables"] + money, debt),
        "cash_ratio": Fraction(money, debt),
        "return_on_sales": Fraction(now["profit_from_sales"], now["revenue"]),
        "net_margin": Fraction(now["net_profit"], now["revenue"]),
        "roa": Fraction(2 * now["net_profit"], now["assets"] + before["assets"]),
    }
