"""Growth against the year before, and prior-year figures that contradict it."""

from collections.abc import Sequence
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.completion import Completed
from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.organisation_result import Growth
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.result import Contradiction
from workbook.diagnostics.financial_quartiles.scoring import exact


def growth(
    now: Completed,
    before: Completed | None,
    *,
    lines: LineMap,
    params: Params,
    language: str,
) -> tuple[Growth, ...]:
    """Return the growth of every line of the growth table that both years have.

    The year before is that year's own statement; where there is none, the prior-year column.
    """
    found: list[Growth] = []
    for name, line in lines.lines.items():
        from_prior = before is None or name not in before.values
        source = now.statement.prior if before is None or from_prior else before.values
        if not line.growth or name not in now.values or name not in source:
            continue
        new, old = now.values[name], source[name]
        times = new / old if new * old > 0 else None
        found.append(
            Growth(
                line=name,
                label=lines.label(name, language),
                before=float(old * params.unit),
                now=float(new * params.unit),
                change=None if times is None else float(times - 1),
                times=None if times is None else float(times),
                as_times=times is not None and times >= exact(params.times_from),
                from_prior_column=from_prior,
            )
        )
    return tuple(found)


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
            if own is not None and own != given:
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


def _money(value: Fraction, unit: int) -> float:
    return float(value * unit)
