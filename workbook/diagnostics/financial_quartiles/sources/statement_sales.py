"""Revenue of the statements beside the sales of the year: a thousand times apart is a unit."""

from collections.abc import Iterator
from datetime import date

from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.statement import statements
from workbook.errors import Problem
from workbook.intake.listed_amounts import sold_lines
from workbook.intake.money_units import grouped
from workbook.intake.problems import warning
from workbook.intake.table import InputTable

_POWERS = (10**3, 10**6)
_AROUND = 5.0
"""The ledger may hold a part of the customers, so that the powers are taken widely."""
_FIRST, _LAST = (1, 31), (12, 1)
"""A ledger covers a year that has a sale by the end of January and one in December."""


def revenue_apart(
    table: InputTable, sales: InputTable, lines: LineMap, *, params: Params
) -> Iterator[Problem]:
    """Warn where the revenue of the only organisation is about a thousand times the sales, or less.

    Statements of several organisations are compared with each other, not with the client's sales.
    """
    made = statements(table.frame, lines)
    if len({one.organisation for one in made}) != 1:
        return
    sold = sold_lines(sales.frame)
    for one in made:
        days = sold["date"].dt.date
        begun, ended = date(one.year, *_FIRST), date(one.year, *_LAST)
        revenue = float(one.values.get("revenue", 0) or 0) * params.unit
        of_year = sold.loc[sold["date"].dt.year == one.year, "amount"].sum()
        if not (len(sold) and days.min() <= begun and days.max() >= ended):
            continue
        ratio = revenue / of_year if of_year > 0 else 0.0
        power = next((p for p in _POWERS if _about(ratio, p) or _about(ratio, 1 / p)), None)
        if power:
            yield warning(
                "statement_sales_apart",
                table.place_of(one.row, "year"),
                grouped(revenue),
                factor=grouped(power),
                sold=grouped(of_year),
                file=sales.file,
                year=one.year,
            )


def _about(ratio: float, power: float) -> bool:
    return power / _AROUND <= ratio <= power * _AROUND
