"""The financial diagnostic: checked statements in, one frozen result out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from workbook.diagnostics.financial_quartiles.comparison import is_foreign
from workbook.diagnostics.financial_quartiles.derived_lines import Completed, complete
from workbook.diagnostics.financial_quartiles.earlier_statements import (
    EarlierFile,
    United,
    earlier_files,
    united,
)
from workbook.diagnostics.financial_quartiles.findings import with_claims
from workbook.diagnostics.financial_quartiles.formula import worded
from workbook.diagnostics.financial_quartiles.growth import contradictions
from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.organisation import organisation
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.peer_base import Base
from workbook.diagnostics.financial_quartiles.ratio_result import INDUSTRY
from workbook.diagnostics.financial_quartiles.ratios import Ratio
from workbook.diagnostics.financial_quartiles.restated import restated_years
from workbook.diagnostics.financial_quartiles.restated_result import EarlierYear, RestatedYear
from workbook.diagnostics.financial_quartiles.result import (
    BaseFacts,
    Contradiction,
    OtherCountry,
    Point,
    Rate,
    RatioGroup,
    RatioName,
    Result,
    Series,
    VerdictThresholds,
    VerdictZone,
)
from workbook.diagnostics.financial_quartiles.scored_statement import (
    Scores,
    Setting,
    Sources,
    among_last,
    scored_statement,
)
from workbook.diagnostics.financial_quartiles.statement import Statement, statements
from workbook.diagnostics.financial_quartiles.verdicts import (
    ROUNDED,
    ChangeVerdict,
    ScoreVerdict,
    change_verdict,
)
from workbook.diagnostics.inputs import Inputs

T = TypeVar("T")


def compute(inputs: Inputs, params: Params, sources: Sources) -> Result:
    """Return the findings of the financial diagnostic.

    What is not there leaves its part out and puts its name into :attr:`Result.absent`; every
    statement is told of whether it can be scored or not.

    Parameters
    ----------
    inputs
        Checked tables; ``statements`` is read, of earlier periods too.
    params
        Options.
    sources
        Ratios, lines and the reference base.
    """
    setting = Setting(params=params, sources=sources, language=inputs.language)
    lines = sources.line_map
    own = _statements(inputs, lines)
    earlier = earlier_files(
        inputs, lines, units=sources.earlier_units, unit=params.unit,
        names=list(dict.fromkeys(one.organisation for one in own)),
    )  # fmt: skip
    whole = united(own, earlier)
    found = [_completed(one, setting) for one in whole.statements]
    rows: list[Organisation] = []
    contradicted: list[Contradiction] = []
    for years in _by(found, lambda one: one.statement.organisation).values():
        rows += [_of_period(row, whole) for row in _years(years, setting)]
        contradicted += contradictions(
            years, lines=lines, unit=params.unit, language=inputs.language
        )
    result = Result(
        organisations=tuple(rows),
        series=_series(rows),
        ratios=tuple(_name(ratio, setting) for ratio in sources.ratios.ratios),
        groups=tuple(
            RatioGroup(
                group=group,
                label=label[inputs.language],
                ratios=tuple(ratio.id for ratio in sources.ratios.of_group(group)),
            )
            for group, label in sources.ratios.groups.items()
        ),
        prior_contradictions=tuple(contradicted),
        base=_base(sources.base, setting),
        thresholds=_thresholds(params),
        absent=(),
        restated=_restated(whole, earlier, rows, setting),
        earlier_years=_earlier_years(whole),
    )
    return with_claims(replace(result, absent=_absent(result)), params, as_of=inputs.as_of)


def _statements(inputs: Inputs, lines: LineMap) -> tuple[Statement, ...]:
    frame = inputs.tables.get("statements")
    return () if frame is None else statements(frame, lines)


def _completed(one: Statement, setting: Setting) -> Completed:
    params = setting.params
    return complete(one, setting.sources.line_map, one.tolerance(params.tolerance, params.unit))


def _of_period(row: Organisation, whole: United) -> Organisation:
    period = whole.added.get((row.organisation, row.year))
    return row if period is None else replace(row, from_period=period)


def _restated(
    whole: United, earlier: Sequence[EarlierFile], rows: Sequence[Organisation], setting: Setting
) -> tuple[RestatedYear, ...]:
    if not whole.shared:
        return ()
    then = [one for file in earlier for one in file.statements.values()]
    made = {id(one): _completed(one, setting) for one in then}
    return restated_years(whole.shared, earlier, rows, made, setting)


def _earlier_years(whole: United) -> tuple[EarlierYear, ...]:
    found = [(key, period, True) for key, period in whole.added.items()]
    found += [(key, period, False) for key, period in whole.left_out.items()]
    return tuple(
        EarlierYear(organisation=name, year=year, period=period, used=used)
        for (name, year), period, used in sorted(found)
    )


def _years(years: Sequence[Completed], setting: Setting) -> list[Organisation]:
    """Return the years of one organisation, each with its change from the year before."""
    by_year = {one.year: one for one in years}
    made: dict[int, Scores] = {}
    found: dict[int, Organisation] = {}
    for one in years:
        before = by_year.get(one.year - 1)
        made[one.year] = scored_statement(one, before, setting)
        row = organisation(one, before, made[one.year], setting)
        then = found.get(one.year - 1)
        if then is not None:
            row = _changed(row, then, (made[one.year], made[one.year - 1]), setting)
        found[one.year] = row
    return list(found.values())


def _changed(
    row: Organisation, before: Organisation, scores: tuple[Scores, Scores], setting: Setting
) -> Organisation:
    """Return the year with its change; none without a verdict by industry in both years.

    Parameters
    ----------
    row
        The year.
    before
        The year before.
    scores
        Of the year and of the year before.
    setting
        What all organisations share.
    """
    if row.verdict.industry is None or before.verdict.industry is None:
        return row
    now, then = row.exact_mean.industry, before.exact_mean.industry
    if now is None or then is None:
        raise ValueError("a verdict without a mean")
    among = among_last(*scores)
    return replace(
        row,
        change=float(now - then),
        exact_change=now - then,
        change_verdict=_change_verdict(now - then, *scores, setting),
        own_move=None if among is None else float(among - then),
        base_move=None if among is None else float(now - among),
    )


def _change_verdict(
    change: Fraction, now: Scores, then: Scores, setting: Setting
) -> ChangeVerdict | None:
    """Return a change of the mean in words; None where the statements' rounding could turn it."""
    found = change_verdict(change, setting.params.band, setting.limits)
    if now.rounded_to == then.rounded_to == 1:
        return found
    means, before = now.mean_range(INDUSTRY), then.mean_range(INDUSTRY)
    if means is None or before is None:
        raise ValueError("a verdict without a mean")
    ends = (means[0] - before[1], means[1] - before[0])
    same = {change_verdict(end, setting.params.band, setting.limits) for end in ends} == {found}
    return found if same else None


def _series(rows: Sequence[Organisation]) -> tuple[Series, ...]:
    return tuple(
        Series(organisation=name, points=tuple(map(_point, years)))
        for name, years in _by(rows, lambda row: row.organisation).items()
    )


def _by(rows: Sequence[T], name: Callable[[T], str]) -> dict[str, list[T]]:
    """Return rows by the organisation that they are of, in the order of the first of each."""
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(name(row), []).append(row)
    return found


def _point(row: Organisation) -> Point:
    return Point(
        year=row.year,
        all=None if row.verdict.all is None else row.mean.all,
        industry=None if row.verdict.industry is None else row.mean.industry,
        verdict=row.verdict,
        n_scored=row.n_scored,
    )


def _name(ratio: Ratio, setting: Setting) -> RatioName:
    language = setting.language
    return RatioName(
        ratio=ratio.id,
        label=ratio.label[language],
        meaning=ratio.meaning.get(language, ""),
        group=ratio.group,
        direction=ratio.direction,
        formula=ratio.formula,
        wording=worded(ratio.tree, setting.label, setting.sources.line_map.mean[language]),
    )


def _thresholds(params: Params) -> VerdictThresholds:
    """Return what verdicts and claims were decided by."""
    same = params.same + (ROUNDED if params.band == "rounded" else 0)
    edges = (Fraction(-2), -params.much, -same, same, params.much, Fraction(2))
    return VerdictThresholds(
        median_zone=params.median_zone,
        same_within=params.same_within,
        much_from=params.much_from,
        min_ratios=params.min_ratios,
        min_peers=params.min_peers,
        whole_group=params.whole_group,
        tolerance=params.tolerance,
        times_from=params.times_from,
        material_change=params.material_change,
        zones=tuple(
            VerdictZone(verdict=verdict, low=float(low), high=float(high))
            for verdict, low, high in zip(reversed(ScoreVerdict), edges, edges[1:], strict=False)
        ),
    )


def _base(base: Base | None, setting: Setting) -> BaseFacts | None:
    if base is None:
        return None
    params, currency = setting.params, setting.sources.currency
    return BaseFacts(
        hash=base.hash,
        built=base.built,
        source=base.source,
        synthetic=base.synthetic,
        rounded=any(row.decimals is not None for row in base.rows()),
        years=base.years,
        currency=base.currency,
        country=base.country,
        size_bounds=base.size_bounds,
        other_currency=is_foreign(base, currency),
        other_country=_elsewhere(base, params, foreign=is_foreign(base, currency)),
        rate=Rate(value=params.base_rate, day=params.base_rate_date, source=params.base_rate_source)
        if params.base_rate
        else None,
        effective=base.effective,
    )


def _elsewhere(base: Base, params: Params, *, foreign: bool) -> OtherCountry:
    """Return whether the organisations are of another country than the base's."""
    if params.country and base.country:
        return OtherCountry.YES if params.country != base.country else OtherCountry.NO
    return OtherCountry.PERHAPS if foreign else OtherCountry.NO


def _absent(result: Result) -> tuple[str, ...]:
    """Names of what no data speak of."""
    rows = result.organisations
    there = {
        "statements": bool(rows),
        "base": result.base is not None,
        "industry": any(row.scored.industry for row in rows),
        "scores": any(row.n_scored for row in rows),
        "change": any(row.change is not None for row in rows),
        "growth": any(row.growth for row in rows),
        "peer_money": any(row.peer_money for row in rows),
    }
    return tuple(name for name, is_there in there.items() if not is_there)
