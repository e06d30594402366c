"""One statement with the values of its ratios, and the quartiles that they are scored by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.comparison import (
    Peers,
    Size,
    Yardstick,
    known_okved,
    peers,
    size_group,
)
from workbook.diagnostics.financial_quartiles.derived_lines import Completed
from workbook.diagnostics.financial_quartiles.exact_numbers import Exact
from workbook.diagnostics.financial_quartiles.lines import NEVER_NEGATIVE, LineMap
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.peer_base import Base
from workbook.diagnostics.financial_quartiles.ratio_result import ALL, INDUSTRY, BaseName, Undefined
from workbook.diagnostics.financial_quartiles.ratios import RatioSet
from workbook.diagnostics.financial_quartiles.rounding import Range, mean_range, value_range
from workbook.diagnostics.financial_quartiles.values import (
    Amounts,
    Valued,
    formulas,
    valued,
    with_nil_deferred,
)
from workbook.diagnostics.financial_quartiles.verdicts import NoVerdict, VerdictLimits, mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The ratios, the lines they are made of, and what they are compared with."""

    ratios: RatioSet
    line_map: LineMap
    currency: str = ""
    """The engagement's; empty: that of the base."""
    base: Base | None = None
    """None: ratios and growth without scores."""
    earlier_units: tuple[int, ...] = ()
    """What one unit of the statements of each earlier period is worth, the last one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all organisations of a report share."""

    params: Params
    sources: Sources
    language: str
    known_peers: dict[tuple[int, str, Size], Peers] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Whom statements of a year, an industry and a size are compared with, once it was asked."""
    limits: VerdictLimits = field(init=False, repr=False)
    """Where the verdicts part."""

    def __post_init__(self) -> None:
        limits = VerdictLimits(same=self.params.same, much=self.params.much)
        object.__setattr__(self, "limits", limits)

    @property
    def base(self) -> Base | None:
        """The reference base."""
        return self.sources.base

    def label(self, line: str) -> str:
        """Return what a line is called."""
        return self.sources.line_map.label(line, self.language)

    def labels(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Return what lines are called."""
        return tuple(self.label(line) for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One statement scored."""

    ratios: tuple[Valued, ...]
    amounts: Amounts
    peers: Peers
    step: Fraction
    rounded_to: int = 1
    """What the lines are rounded to, in the statement's unit; 1 where they are not."""
    ranges: Mapping[str, Range] = field(default_factory=dict)
    """What the ratios may be within the rounding, by id; empty where nothing is rounded."""

    def pairs(self, base: BaseName) -> tuple[tuple[Valued, Yardstick], ...]:
        """Return the ratios that have a score against a base, with its quartiles."""
        yardsticks = self.peers.quartiles_by_base[base]
        return tuple(
            (one, yardsticks[one.ratio.id])
            for one in self.ratios
            if one.value is not None and one.ratio.id in yardsticks
        )

    def scores(self, base: BaseName) -> dict[str, int]:
        """Return the scores by ratio against a base."""
        return {
            one.ratio.id: yardstick.score(one.value)
            for one, yardstick in self.pairs(base)
            if one.value is not None
        }

    def score_range(self, one: Valued, base: BaseName) -> tuple[int, int] | None:
        """Return the lowest and the highest score of a ratio within the rounding.

        None where nothing is rounded, the ratio cannot be computed or the base has none of it.
        """
        found, yardstick = (
            self.ranges.get(one.ratio.id),
            self.peers.quartiles_by_base[base].get(one.ratio.id),
        )
        if found is None or yardstick is None:
            return None
        ends = [-2, 2] if one.ratio.higher else [2, -2]
        for i, value in enumerate(found):
            if value is not None:
                ends[i] = yardstick.score(value)
        if one.value is not None:
            ends.append(yardstick.score(one.value))
        return min(ends), max(ends)

    def mean_range(self, base: BaseName) -> tuple[Fraction, Fraction] | None:
        """Return the lowest and the highest mean score within the rounding; None without any.

        A ratio whose denominator is rounded to nil may have a score or none.
        """
        if not self.ranges:
            exact = mean(list(self.scores(base).values()))
            return None if exact is None else (exact, exact)
        found = [(one, self.score_range(one, base)) for one in self.ratios]
        return mean_range(
            [scores for one, scores in found if scores is not None and one.value is not None],
            [scores for one, scores in found if scores is not None and one.value is None],
        )

    @property
    def main(self) -> BaseName:
        """The base that leads: the industry where there is one."""
        return INDUSTRY if self.peers.quartiles_by_base[INDUSTRY] else ALL


def scored_statement(now: Completed, before: Completed | None, setting: Setting) -> Scores:
    """Return the ratios of a statement and the companies that it is compared with."""
    params, statement = setting.params, now.statement
    amounts = Amounts(end=with_nil_deferred(now.values, params), begin=_begin(now, before, setting))
    ratios = formulas(setting.sources.ratios, params)
    found = () if now.refused else tuple(valued(r, tree, amounts) for r, tree in ratios)
    revenue = now.values.get("revenue")
    size = size_group(
        None if revenue is None else revenue * params.unit,
        setting.base,
        params,
        setting.sources.currency,
    )
    okved = known_okved(params.okved or statement.okved)
    among = (statement.year, okved, size)
    if among not in setting.known_peers:
        setting.known_peers[among] = peers(
            setting.base,
            year=statement.year,
            okved=okved,
            size=size,
            ratios=[ratio for ratio, _ in ratios],
            params=params,
        )
    rounded_to = max(one.statement.rounded_to for one in (now, before) if one is not None)
    return Scores(
        ratios=found,
        amounts=amounts,
        peers=setting.known_peers[among],
        step=statement.step,
        rounded_to=rounded_to,
        ranges=_ranges(found, amounts, now, before, setting) if rounded_to > 1 else {},
    )


def _ranges(
    ratios: Sequence[Valued],
    amounts: Amounts,
    now: Completed,
    before: Completed | None,
    setting: Setting,
) -> dict[str, Range]:
    """Return what the ratios may be within the rounding of the lines."""
    lines, slack = setting.sources.line_map.lines, now.statement.slack(1)
    prior: dict[str, Exact] = {}
    if before is not None:
        prior = {name: before.spread.get(name, 0) for name in before.values}

    def within(name: str, value: Exact, spread: Exact) -> Range:
        low = Fraction(value - spread)
        kept = lines[name].sign == NEVER_NEGATIVE and value >= 0
        return Range(max(low, Fraction(0)) if kept else low, Fraction(value + spread))

    def end(name: str) -> Range:
        return within(name, amounts.end[name], now.spread.get(name, 0))

    def begin(name: str) -> Range:
        return within(name, amounts.begin[name], prior.get(name, slack))

    return {
        one.ratio.id: value_range(one.tree, end=end, begin=begin)
        for one in ratios
        if one.undefined not in (Undefined.MISSING_LINES, Undefined.NO_PREVIOUS_YEAR)
    }


def among_last(now: Scores, before: Scores) -> Fraction | None:
    """Return the mean of this year's ratios on the industry's quartiles of the year before."""
    yardsticks = before.peers.quartiles_by_base[INDUSTRY]
    return mean(
        [
            yardsticks[one.ratio.id].score(one.value)
            for one in now.ratios
            if one.value is not None and one.ratio.id in yardsticks
        ]
    )


def _begin(now: Completed, before: Completed | None, setting: Setting) -> dict[str, Exact]:
    """Return the lines at the begin of the year; what can never be negative and is, is unknown."""
    lines = setting.sources.line_map.lines
    # The year's own statement comes before the prior-year column of the next: its sums were
    # checked, and lines that follow from others are filled in.
    prior = {**now.statement.prior, **(before.values if before is not None else {})}
    return {n: v for n, v in prior.items() if v >= 0 or lines[n].sign != NEVER_NEGATIVE}


def no_verdict(
    name: BaseName, scores: Mapping[str, int], made: Scores, now: Completed, setting: Setting
) -> NoVerdict | None:
    """Return why there is no verdict against a base; None when there is one."""
    base = setting.base
    if now.refused:
        return NoVerdict.REFUSED
    if base is None:
        return NoVerdict.NO_BASE
    if now.year not in base.years:
        return NoVerdict.NO_BASE_YEAR
    if name == INDUSTRY and not made.peers.okved:
        return NoVerdict.NO_INDUSTRY
    without = {one.ratio.id for one in made.ratios} - scores.keys()
    if groups_without(made.ratios, without, least=setting.params.whole_group):
        return NoVerdict.GROUP_MISSING
    return NoVerdict.TOO_FEW if len(scores) < setting.params.min_ratios else None


def groups_without(ratios: Sequence[Valued], without: set[str], *, least: int) -> tuple[str, ...]:
    """Return the groups, of ``least`` ratios or more, of which every ratio is ``without``."""
    members: dict[str, list[str]] = {}
    for one in ratios:
        members.setdefault(one.ratio.group, []).append(one.ratio.id)
    return tuple(
        group for group, ids in members.items() if len(ids) >= least and without.issuperset(ids)
    )
