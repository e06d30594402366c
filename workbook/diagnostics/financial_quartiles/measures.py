"""The client's own accounts from period to period: scores, ratios and the lines that tell a year.

What is compared is the last year of each period, as the newest report sees both: restated lines,
one base and one set of options.  Nothing of it is a sample, so that nothing is tested.
"""

from collections.abc import Iterator, Sequence

from workbook.diagnostics.cells import texts
from workbook.diagnostics.financial_quartiles.growth import ACCOUNTS
from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.organisation_result import REVENUE, Organisation
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.ratio_result import BASES, RatioRow
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.financial_quartiles.scored_statement import Sources
from workbook.diagnostics.financial_quartiles.statement import statements
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.periods.measure import Measure, Unit
from workbook.diagnostics.periods.period import Period
from workbook.language.lemmas import bare

LINES = (REVENUE, *ACCOUNTS)
"""What is compared of the statement."""
_RISING = {"more": 1, "less": -1}


def measures(period: Period[Params, Result, Sources]) -> Iterator[Measure]:
    """Yield the scores, ratios and main lines of the first organisation's last year.

    Nothing where a later period has no later year: the same accounts are not compared with
    themselves.  Labels end in the year, those of the newest period in both years compared.
    """
    newest = period.newest or period
    lead = newest.result.lead
    if lead is None:
        return
    lines = newest.sources.line_map
    around = newest.inputs.periods
    place = next(i for i, one in enumerate(around) if one is period.inputs)
    years = [_last_year(one, lead.organisation, lines) for one in around]
    year, known = years[place], [y for y in years[:-1] if y is not None]
    compares = known and period.newest is None
    label = f"({known[-1]} → {year})" if compares else f"({year})"
    later = known[-1:] if period.newest is None else [y for y in years[place + 1 :] if y]
    if year is None or not _is_new(year, later, is_newest=period.newest is None):
        return
    row = next((r for r in newest.result.years_of(lead.organisation) if r.year == year), None)
    if row is not None:
        yield from _of_year(row, newest.result, lines, label)


def _is_new(year: int, others: Sequence[int], *, is_newest: bool) -> bool:
    """Return whether a year is later than the last period's, or earlier than all later ones."""
    return all(year > other if is_newest else year < other for other in others)


def _last_year(inputs: Inputs, organisation: str, lines: LineMap) -> int | None:
    frame = inputs.tables.get("statements")
    if frame is None:
        return None
    names = texts(frame, "organisation")
    own = {name for name in names.unique() if bare(name) == bare(organisation)}
    found = statements(frame[names.isin(own)], lines)
    return max((one.year for one in found), default=None)


def _of_year(row: Organisation, result: Result, lines: LineMap, years: str) -> Iterator[Measure]:
    for base in BASES:
        if row.verdict.against(base) is not None:
            yield Measure(
                name=f"score_{base}",
                label=years,
                key=base,
                value=row.mean.against(base),
                unit=Unit.SCORE,
                rising=1,
                headline=True,
            )
    for line in row.lines:
        if line.line in LINES:
            yield Measure(
                name="line",
                label=f"{line.label} {years}",
                key=line.line,
                value=_as_compared(row, line.line, line.value, result),
                unit=Unit.MONEY,
                rising=_RISING.get(lines.lines[line.line].wanted, 0),
                headline=line.line == REVENUE,
            )
    names = {one.ratio: one.direction for one in result.ratios}
    for ratio in row.ratios:
        if ratio.value is not None:
            yield _of_ratio(ratio, names[ratio.ratio], years)


def _as_compared(row: Organisation, line: str, value: float, result: Result) -> float:
    """Return a line as the growth of the year after compares it: the prior-year column first."""
    after = next((r for r in result.years_of(row.organisation) if r.year == row.year + 1), None)
    grown = () if after is None else after.growth
    return next((one.before for one in grown if one.line == line), value)


def _of_ratio(ratio: RatioRow, direction: str, years: str) -> Measure:
    return Measure(
        name="ratio",
        label=f"{ratio.label} {years}",
        key=ratio.ratio,
        value=ratio.value,
        unit=Unit.SHARE if ratio.in_per_cent else Unit.RATIO,
        rising=1 if direction == "higher" else -1,
    )
