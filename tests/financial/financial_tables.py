"""Statements and bases under test, as the intake hands them over."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

from workbook.diagnostics.financial_quartiles.peer_base import Base, Row

RATIOS = (
    "autonomy",
    "own_working_capital",
    "investment_coverage",
    "current_ratio",
    "quick_ratio",
    "cash_ratio",
    "return_on_sales",
    "net_margin",
    "roa",
)
SOUND = {
    "assets": 1000, "non_current_assets": 400, "current_assets": 600, "receivables": 200,
    "short_term_investments": 50, "cash": 100, "inventories": 250, "equity": 500,
    "long_term_liabilities": 200, "current_liabilities": 300, "revenue": 2000,
    "profit_from_sales": 150, "net_profit": 100,
}  # fmt: skip
"""A statement that adds up, in thousands."""


def statement(
    lines: Mapping[Any, float],
    *,
    organisation: str = "Acme",
    year: int = 2023,
    prior: Mapping[Any, float] | None = None,
    **facts: str,
) -> list[dict[str, Any]]:
    """Return the rows of one statement, long layout."""
    head = {"organisation": organisation, "year": year, **facts}
    given = prior or {}
    return [
        {**head, "line": str(line), "value": value, "prior_value": given.get(line)}
        for line, value in lines.items()
    ]


def table(*statements: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows as the typed table."""
    frame = pd.DataFrame([row for rows in statements for row in rows])
    types = {"year": "Int64", "value": "float64", "prior_value": "float64"}
    frame = frame.astype({name: types.get(name, "str") for name in frame})
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def exact_base(
    quartiles: Mapping[str, tuple[float, float, float]] | tuple[float, float, float],
    *,
    years: Sequence[int] = (2022, 2023),
    industry: str = "46.90",
    decimals: tuple[int, int, int] | None = None,
) -> Base:
    """Return a base with the same quartiles for all companies and for one industry."""
    by_ratio = quartiles if isinstance(quartiles, Mapping) else dict.fromkeys(RATIOS, quartiles)
    groups = (("all", ""), ("4", industry))
    rows = [
        Row(year, level, code, "all", ratio, 500, 450, *cut, decimals)
        for year in years
        for level, code in groups
        for ratio, cut in by_ratio.items()
    ]
    return Base.of(rows, hash="0" * 64, source="test", synthetic=True)


def numbers(value: Any) -> list[float]:
    if isinstance(value, float):
        return [value]
    if is_dataclass(value):
        return [n for field in fields(value) for n in numbers(getattr(value, field.name))]
    return [n for part in value for n in numbers(part)] if isinstance(value, tuple) else []
