"""Thousands mixed with millions: amounts a thousand times apart between years, lines or tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from math import log10
from statistics import median

from workbook.diagnostics.financial_quartiles.exact_numbers import Exact, divided, magnitude
from workbook.diagnostics.financial_quartiles.lines import EXPENSE, LineMap
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.statement import Statement, statements
from workbook.errors import Location, Problem, Severity
from workbook.intake.listed_amounts import sold_lines
from workbook.intake.money_units import grouped
from workbook.intake.problems import shown, warning
from workbook.intake.table import InputTable

_NEAR = 0.5
"""How far from three or six powers of ten a quotient may be and still look like another unit."""
_POWERS = (10**3, 10**6)
_AROUND = 5.0
"""The ledger may hold a part of the customers, so that the powers are taken widely."""
_FIRST, _LAST = (1, 31), (12, 1)
"""A ledger covers a year that has a sale by the end of January and one in December."""


def unit_jumps(
    made: Sequence[Statement],
    lines: LineMap,
    *,
    language: str,
    place: Callable[[Statement], Location],
) -> Iterator[Problem]:
    """Warn of statements, and of lines, that look as if they were in another unit.

    Parameters
    ----------
    made
        Statements, each organisation's by year.
    lines
        All lines.
    language
        Of their names.
    place
        Where a statement is in the client's file.
    """
    before: Statement | None = None
    for one in made:
        if before is not None and before.organisation == one.organisation:
            yield from _between_years(one, before.values, before.year, place)
        yield from _between_years(one, one.prior, one.year - 1, place)
        yield from _between_lines(one, lines, language, place)
        before = one


def _between_years(
    one: Statement,
    others: Mapping[str, Exact],
    year: int,
    place: Callable[[Statement], Location],
) -> Iterator[Problem]:
    powers = [
        log10(abs(divided(one.values[name], value)))
        for name, value in others.items()
        if value and one.values.get(name)
    ]
    if powers and _is_other_unit(median(powers)):
        yield Problem(
            code="statement_unit_years",
            place=place(one),
            facts={
                "organisation": shown(one.organisation),
                "year": one.year,
                "other": year,
                "times": f"{10 ** abs(median(powers)):.0f}",
            },
            severity=Severity.WARNING,
        )


def _between_lines(
    one: Statement, lines: LineMap, language: str, place: Callable[[Statement], Location]
) -> Iterator[Problem]:
    """Compare totals of the balance sheet with their parts: a part is never far larger."""
    told: set[str] = set()
    for identity in lines.identities:
        total = one.values.get(identity.total)
        parts = [name for name in identity.parts if one.values.get(name)]
        if not total or any(lines.lines[name].sign == EXPENSE for name in identity.parts):
            continue
        largest = max(parts, key=lambda name: magnitude(one.values[name]), default=None)
        if largest is None or {identity.total, largest} & told:
            continue
        power = log10(abs(divided(one.values[largest], total)))
        whole = len(parts) == len(identity.parts)
        if (power > 0 or whole) and _is_other_unit(power):
            told |= {identity.total, largest}
            yield Problem(
                code="statement_unit_lines",
                place=place(one),
                facts={
                    "organisation": shown(one.organisation),
                    "year": one.year,
                    "line": lines.label(identity.total, language),
                    "other": lines.label(largest, language),
                    "times": f"{10 ** abs(power):.0f}",
                },
                severity=Severity.WARNING,
            )


def _is_other_unit(power: float) -> bool:
    return any(abs(abs(power) - size) <= _NEAR for size in (3, 6))


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
