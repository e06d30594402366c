"""Growth against the year before, and prior-year figures that contradict it."""

from collections.abc import Sequence
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.derived_lines import Completed
from workbook.diagnostics.financial_quartiles.exact_numbers import Exact, divided, exact, magnitude
from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.organisation_result import Growth
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.result import Contradiction
from workbook.diagnostics.financial_quartiles.statement import Statement


def growth(
    now: Completed,
    before: Completed | None,
    *,
    lines: LineMap,
    params: Params,
    language: str,
) -> tuple[Growth, ...]:
    """Return the growth of every line of the growth table that both years have.

    The year before is the prior-year column of this statement where it is given, for it is
    restated and comparable; else that year's own statement.
    """
    found: list[Growth] = []
    times_from = exact(params.times_from)
    for name, line in lines.lines.items():
        if not line.growth or name not in now.values:
            continue
        given = now.statement.prior.get(name)
        own = None if before is None else before.values.get(name)
        old = own if given is None else given
        if old is None:
            continue
        new = now.values[name]
        # From a loss to a profit, or from nil, there is no rate of growth that means anything.
        has_times = new * old > 0
        found.append(
            Growth(
                line=name,
                label=lines.label(name, language),
                before=float(old * params.unit),
                now=float(new * params.unit),
                change=divided(new - old, old) if has_times else None,
                times=divided(new, old) if has_times else None,
                as_times=has_times and magnitude(new) >= times_from * magnitude(old),
                from_prior_column=given is not None,
                own_before=None if own is None else float(own * params.unit),
                wanted=line.wanted,
            )
        )
    return tuple(found)


ACCOUNTS = ("net_profit", "cash", "current_liabilities")
"""What tells a year: what was earned, what is left of it in cash, what is soon to be paid."""
_ELSE = "revenue"


def telling(found: Sequence[Growth]) -> tuple[str, ...]:
    """Return the lines that tell the year.

    Net profit, cash and short-term debt as they are known; without any, revenue; without it the
    line that changed most, by its share.
    """
    known = {row.line: row for row in found if row.has_amount}
    told = tuple(line for line in ACCOUNTS if line in known)
    if told or _ELSE in known:
        return told or (_ELSE,)
    rest = [row for row in known.values() if row.change is not None]
    return tuple(r.line for r in sorted(rest, key=lambda r: -abs(r.change or 0.0))[:1])


def contradictions(
    years: Sequence[Completed], *, lines: LineMap, unit: int, language: str
) -> tuple[Contradiction, ...]:
    """Return the prior-year figures of an organisation that its own statements contradict."""
    by_year = {one.year: one.statement for one in years}
    found: list[Contradiction] = []
    for one in years:
        before = by_year.get(one.year - 1)
        if before is None:
            continue
        for name, given in one.statement.prior.items():
            own = before.values.get(name)
            if own is not None and magnitude(own - given) > _rounded(before, one.statement):
                found.append(
                    Contradiction(
                        organisation=before.organisation,
                        line=name,
                        label=lines.label(name, language),
                        year=before.year,
                        own=_money(own, unit),
                        given=_money(given, unit),
                    )
                )
    return tuple(found)


def _rounded(before: Statement, now: Statement) -> Fraction:
    """Return what the same amount may differ by in two statements of which one is rounder."""
    return Fraction(0) if before.rounded_to == now.rounded_to else before.slack(1) + now.slack(1)


def _money(value: Exact, unit: int) -> float:
    return float(value * unit)
