"""One statement with the values of its ratios, and the quartiles that they are scored by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbook.base.base import Base
from workbook.diagnostics.financial_quartiles.comparison import (
    ALL,
    INDUSTRY,
    Peers,
    Yardstick,
    known_okved,
    peers,
    size_group,
)
from workbook.diagnostics.financial_quartiles.completion import Completed
from workbook.diagnostics.financial_quartiles.lines import NEVER_NEGATIVE
from workbook.diagnostics.financial_quartiles.organisation_result import NoVerdict
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.resources import Resources
from workbook.diagnostics.financial_quartiles.values import (
    Amounts,
    Valued,
    formulas,
    valued,
    with_nil_deferred,
)
from workbook.diagnostics.financial_quartiles.verdicts import Limits, mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all organisations of a report share."""

    params: Params
    resources: Resources
    language: str

    @property
    def base(self) -> Base | None:
        """The reference base."""
        return self.resources.base

    @property
    def limits(self) -> Limits:
        """Where the verdicts part."""
        return Limits(same=self.params.same, much=self.params.much)

    def label(self, line: str) -> str:
        """Return what a line is called."""
        return self.resources.line_map.label(line, self.language)

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

    def pairs(self, base: str) -> tuple[tuple[Valued, Yardstick], ...]:
        """Return the ratios that have a score against a base, with its quartiles."""
        sticks = self.peers.sticks[base]
        return tuple(
            (one, sticks[one.ratio.id])
            for one in self.ratios
            if one.value is not None and one.ratio.id in sticks
        )

    def scores(self, base: str) -> dict[str, int]:
        """Return the scores by ratio against a base."""
        return {
            one.ratio.id: stick.scale.score(one.value)
            for one, stick in self.pairs(base)
            if one.value is not None
        }

    @property
    def main(self) -> str:
        """The base that leads: the industry where there is one."""
        return INDUSTRY if self.peers.sticks[INDUSTRY] else ALL


def scored_statement(now: Completed, before: Completed | None, setting: Setting) -> Scores:
    """Return the ratios of a statement and the companies that it is compared with."""
    params, statement = setting.params, now.statement
    amounts = Amounts(end=with_nil_deferred(now.values, params), begin=_begin(now, before, setting))
    ratios = formulas(setting.resources.ratios, params)
    found = () if now.refused else tuple(valued(r, tree, amounts) for r, tree in ratios)
    revenue = now.values.get("revenue")
    size = size_group(
        None if revenue is None else revenue * params.unit,
        setting.base,
        params,
        setting.resources.currency,
    )
    against = peers(
        setting.base,
        year=statement.year,
        okved=known_okved(params.okved or statement.okved),
        size=size,
        ratios=[ratio for ratio, _ in ratios],
        params=params,
    )
    return Scores(ratios=found, amounts=amounts, peers=against, step=statement.step)


def among_last(now: Scores, before: Scores) -> Fraction | None:
    """Return the mean of this year's ratios on the industry's quartiles of the year before."""
    sticks = before.peers.sticks[INDUSTRY]
    return mean(
        [
            sticks[one.ratio.id].scale.score(one.value)
            for one in now.ratios
            if one.value is not None and one.ratio.id in sticks
        ]
    )


def _begin(now: Completed, before: Completed | None, setting: Setting) -> dict[str, Fraction]:
    """Return the lines at the begin of the year; what can never be negative and is, is unknown."""
    lines = setting.resources.line_map.lines
    prior = {**now.statement.prior, **(before.values if before is not None else {})}
    return {n: v for n, v in prior.items() if v >= 0 or lines[n].sign != NEVER_NEGATIVE}


def no_verdict(
    name: str, scores: Mapping[str, int], made: Scores, now: Completed, setting: Setting
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
