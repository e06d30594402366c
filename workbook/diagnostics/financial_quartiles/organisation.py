"""Everything about one organisation in one year."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypedDict, TypeVar

from workbook.diagnostics.financial_quartiles.articulation import articulation
from workbook.diagnostics.financial_quartiles.comparison import band
from workbook.diagnostics.financial_quartiles.derived_lines import Completed
from workbook.diagnostics.financial_quartiles.growth import growth, telling
from workbook.diagnostics.financial_quartiles.levers import weakest, weakest_levers
from workbook.diagnostics.financial_quartiles.organisation_result import (
    ArticulationCheck,
    ByBase,
    Organisation,
    StatementLine,
)
from workbook.diagnostics.financial_quartiles.ratio_result import (
    ALL,
    BASES,
    INDUSTRY,
    BaseName,
    Lever,
    PeerMoney,
    RatioRow,
    TippingPoint,
    Undefined,
)
from workbook.diagnostics.financial_quartiles.rounding import ANY
from workbook.diagnostics.financial_quartiles.scored_statement import (
    Scores,
    Setting,
    groups_without,
    no_verdict,
)
from workbook.diagnostics.financial_quartiles.sensitivity import peer_money, tipping_points
from workbook.diagnostics.financial_quartiles.values import Valued
from workbook.diagnostics.financial_quartiles.verdicts import (
    NoVerdict,
    OneStep,
    ScoreVerdict,
    mean,
    one_step,
    verdict,
)

T = TypeVar("T")


def organisation(
    now: Completed, before: Completed | None, made: Scores, setting: Setting
) -> Organisation:
    """Return the findings about one statement; the change is filled in afterwards.

    Parameters
    ----------
    now
        The statement.
    before
        That of the year before.
    made
        The statement scored.
    setting
        What all organisations share.
    """
    statement, lines = now.statement, setting.sources.line_map
    stood = standing(made, now, setting)
    grown = growth(now, before, lines=lines, params=setting.params, language=setting.language)
    checks = _checks(now, setting)
    return Organisation(
        organisation=statement.organisation,
        year=statement.year,
        form=statement.form,
        okved=made.peers.okved,
        size=made.peers.size.group,
        size_basis=made.peers.size.basis,
        ratios=tuple(_row(one, made, setting) for one in made.ratios),
        moved=telling(grown),
        articulation=checks,
        articulates=all(check.closes for check in checks),
        growth=grown,
        refused=now.refused,
        refused_labels=setting.labels(now.refused),
        lines=_lines(now, setting),
        **stood,
        **_gaps(made, setting),
        **_advice(made, stood["verdict"], setting),
        **_within_rounding(made, stood["verdict"], setting),
    )


def _checks(now: Completed, setting: Setting) -> tuple[ArticulationCheck, ...]:
    params, statement = setting.params, now.statement
    return articulation(
        statement,
        setting.sources.line_map,
        tolerance=statement.tolerance(params.tolerance, params.unit),
        unit=params.unit,
        language=setting.language,
    )


class Standing(TypedDict):
    """Where a statement stands against each base, as its record has it."""

    total: ByBase[int | None]
    mean: ByBase[float | None]
    exact_mean: ByBase[Fraction | None]
    scored: ByBase[int]
    n_scored: int
    verdict: ByBase[ScoreVerdict | None]
    no_verdict: ByBase[NoVerdict | None]
    one_step: ByBase[OneStep]


def standing(made: Scores, now: Completed, setting: Setting) -> Standing:
    """Return where the statement stands against each base."""
    scores = {name: made.scores(name) for name in BASES}
    why = {name: no_verdict(name, scores[name], made, now, setting) for name in BASES}
    means = {name: mean(list(scores[name].values())) for name in BASES}
    steps = {name: [] if why[name] else list(scores[name].values()) for name in BASES}
    band, limits = setting.params.band, setting.limits
    return {
        "total": _by({n: sum(s.values()) if s else None for n, s in scores.items()}),
        "mean": _by({n: None if m is None else float(m) for n, m in means.items()}),
        "exact_mean": _by(means),
        "scored": _by({n: len(s) for n, s in scores.items()}),
        "n_scored": len(scores[made.main]),
        "verdict": _by({n: None if why[n] else _verdict(m, setting) for n, m in means.items()}),
        "no_verdict": _by(why),
        "one_step": _by({n: one_step(found, band, limits) for n, found in steps.items()}),
    }


class _Gaps(TypedDict):
    missing_groups: tuple[str, ...]
    ask_for: tuple[str, ...]
    ask_for_labels: tuple[str, ...]
    needs_previous_year: bool


def _gaps(made: Scores, setting: Setting) -> _Gaps:
    """Return what the statement lacks, so that every ratio gets a value."""
    missing = tuple(dict.fromkeys(name for one in made.ratios for name in one.missing))
    without = {one.ratio.id for one in made.ratios if one.value is None}
    return {
        "missing_groups": groups_without(made.ratios, without, least=setting.params.whole_group),
        "ask_for": missing,
        "ask_for_labels": setting.labels(missing),
        "needs_previous_year": any(
            one.undefined is Undefined.NO_PREVIOUS_YEAR for one in made.ratios
        ),
    }


class _Advice(TypedDict):
    weakest: tuple[str, ...]
    levers: tuple[Lever, ...]
    flip: TippingPoint | None
    flips: tuple[TippingPoint, ...]
    peer_money: tuple[PeerMoney, ...]


def _advice(made: Scores, verdicts: ByBase[ScoreVerdict | None], setting: Setting) -> _Advice:
    """Return the weakest ratios, what can be done, and what would move the verdict."""
    base = _leading(made, verdicts)
    weak, turns = weakest(made, base), tuple(tipping_points(made, verdicts, setting))
    return {
        "weakest": weak,
        "levers": weakest_levers(made, base, weak, setting),
        "flip": turns[-1] if turns else None,
        "flips": turns,
        "peer_money": peer_money(made, setting),
    }


class _Writing(TypedDict):
    in_per_cent: bool
    decimals: int


class _Within(TypedDict, total=False):
    rounding_unit: float
    mean_low: ByBase[float | None]
    mean_high: ByBase[float | None]
    verdict_low: ByBase[ScoreVerdict | None]
    verdict_high: ByBase[ScoreVerdict | None]


def _within_rounding(
    made: Scores, verdicts: ByBase[ScoreVerdict | None], setting: Setting
) -> _Within:
    """Return what the mean and the verdict may be within the rounding; nothing of exact lines."""
    if made.rounded_to == 1:
        return {}
    means = {name: made.mean_range(name) or (None, None) for name in BASES}

    def worded(name: BaseName, end: Fraction | None) -> ScoreVerdict | None:
        return None if verdicts.against(name) is None else _verdict(end, setting)

    return {
        "rounding_unit": float(made.rounded_to * setting.params.unit),
        "mean_low": _by({n: None if low is None else float(low) for n, (low, _) in means.items()}),
        "mean_high": _by({n: None if up is None else float(up) for n, (_, up) in means.items()}),
        "verdict_low": _by({n: worded(n, low) for n, (low, _) in means.items()}),
        "verdict_high": _by({n: worded(n, up) for n, (_, up) in means.items()}),
    }


def _by(values: Mapping[BaseName, T]) -> ByBase[T]:
    return ByBase(all=values[ALL], industry=values[INDUSTRY])


def _verdict(middle: Fraction | None, setting: Setting) -> ScoreVerdict | None:
    return None if middle is None else verdict(middle, setting.params.band, setting.limits)


def _leading(made: Scores, verdicts: ByBase[ScoreVerdict | None]) -> BaseName:
    """Return the base that ratios are told against (:attr:`Organisation.leading`)."""
    if verdicts.industry is None and verdicts.all is not None:
        return ALL
    return made.main


IN_PER_CENT = "profitability"
"""The group of ratios that are parts of revenue or assets and read as percentages."""
MOST_IN_PER_CENT = 10
"""From so many times on a percentage says less than the number itself."""
LARGE = 100
"""From here on three decimals only tire."""


def _writing(group: str, told: Sequence[float | None]) -> _Writing:
    """Return how a ratio is written: alike along its row, whatever of it is told.

    >>> _writing("liquidity", (0.87, 1.2)), _writing("profitability", (0.12, None))
    ({'in_per_cent': False, 'decimals': 3}, {'in_per_cent': True, 'decimals': 1})
    """
    most = max((abs(value) for value in told if value is not None), default=0.0)
    in_per_cent = group == IN_PER_CENT and most < MOST_IN_PER_CENT
    return {"in_per_cent": in_per_cent, "decimals": 1 if in_per_cent or most >= LARGE else 3}


def _row(one: Valued, made: Scores, setting: Setting) -> RatioRow:
    ratio = one.ratio
    bands = {
        name: band(
            made.peers.quartiles_by_base[name].get(ratio.id), one, made.score_range(one, name)
        )
        for name in BASES
    }
    within = made.ranges.get(ratio.id, ANY)
    main = bands[made.main]
    value = None if one.value is None else float(one.value)
    return RatioRow(
        ratio=ratio.id,
        label=ratio.label[setting.language],
        group=ratio.group,
        direction=ratio.direction,
        formula=ratio.formula,
        value=value,
        exact=one.value,
        **_writing(ratio.group, (value, *(q for b in bands.values() if b for q in (b.q1, b.q3)))),
        score=None if main is None else main.score,
        all=bands[ALL],
        industry=bands[INDUSTRY],
        rounding_decides=main is not None and main.rounding_decides,
        undefined=one.undefined,
        missing=one.missing,
        missing_labels=setting.labels(one.missing),
        value_low=None if within.low is None else float(within.low),
        value_high=None if within.high is None else float(within.high),
    )


def _lines(now: Completed, setting: Setting) -> tuple[StatementLine, ...]:
    known, unit = setting.sources.line_map, setting.params.unit
    codes = known.codes_by_name(now.statement.form, now.statement.year)
    return tuple(
        StatementLine(
            line=name,
            label=line.label[setting.language],
            code=codes.get(name, ""),
            value=float(now.values[name] * unit),
            derived=name in now.derived,
        )
        for name, line in known.lines.items()
        if name in now.values
    )
