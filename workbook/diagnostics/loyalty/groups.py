"""The index by segment, product, manager, channel and region, with groups that stay hidden."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbook.diagnostics.loyalty.answers import Answers, givers
from workbook.diagnostics.loyalty.divisions import PERSON, Cell, Cut, Divisions, cut_of, first_cuts
from workbook.diagnostics.loyalty.nps import Counts, against_rest, score
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Group, Verdict, verdict
from workbook.stats import Family, Floats, Procedure, holm
from workbook.stats.clusters import (
    Codes,
    cluster_codes,
    cluster_count,
    design_effect,
    part_effects,
    within_correlation,
)
from workbook.stats.families import holm_family


def groups(
    given: Answers, divisions: Divisions, *, params: Params, told: Collection[Cell]
) -> tuple[Group, ...]:
    """Return the index of every group; within ``by`` the largest first, hidden ones last.

    The groups of one ``by`` are all answers: those whose group is not known are the group ``""``.
    Intervals and tests take several answers of one customer for as many as they are worth; how
    alike these are is estimated over the whole survey.

    Parameters
    ----------
    divisions
        As :func:`divisions_of` gives them.
    told
        Groups that may be shown (:mod:`workbook.diagnostics.loyalty.disclosure`).
    """
    cuts = [cut_of(by, labels, given=given, told=told) for by, labels in divisions.items()]
    first = first_cuts(divisions, cuts)
    worth = _worth(given, divisions, cuts)
    p_values = _p_values(cuts, first, whole=given.counts, worth=worth, params=params)
    found = [
        group
        for cut in cuts
        for group in _of_cut(
            cut, first, whole=given.counts, p_values=p_values, worth=worth, params=params
        )
    ]
    return tuple(_told_by(found, divisions))


def groups_family(found: Sequence[Group], params: Params) -> Family | None:
    """Return the comparisons of groups with the rest; None where none was large enough."""
    tested = [
        g.differs is not Verdict.CANNOT_TELL
        for g in found
        if g.p_holm is not None and not g.repeats
    ]
    return holm_family("groups", Procedure.SCORE, tested, alpha=1 - params.naming_confidence)


def _told_by(found: Sequence[Group], divisions: Divisions) -> Iterator[Group]:
    """Say of a person whose answers all lie in a group that differs the same way: it tells them.

    A manager of customers in one region is not the one who differs where the region does.
    """
    rows = {by: labels.groupby(labels).groups for by, labels in divisions.items()}
    different = [g for g in found if g.differs is not Verdict.CANNOT_TELL and g.by != PERSON]
    for group in found:
        if group.by == PERSON and group.differs is not Verdict.CANNOT_TELL and not group.repeats:
            own = set(rows[group.by][group.group])
            # All answers, not most: else it may be the manager who makes the region differ.
            for wider in different:
                if wider.differs is group.differs and own <= set(rows[wider.by][wider.group]):
                    group = replace(group, repeats=wider.by)
                    break
        yield group


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What the answers of groups are worth, some customers having given several."""

    own: Mapping[Cell, float]
    """Design effect of each group's index."""
    whole: float
    """Of the index of all answers."""
    against_rest: Mapping[Cell, float]
    """Of its difference from all other answers."""
    customers: int
    once: bool
    """No customer answered twice: answers are independent."""

    @property
    def df(self) -> int:
        """Degrees of freedom of a test over customers."""
        return max(self.customers - 1, 1)


def _worth(given: Answers, divisions: Divisions, cuts: Sequence[Cut]) -> Worth:
    """Count each customer's answers in each group, and take from it what they are worth."""
    codes = cluster_codes(givers(given.frame))
    customers = cluster_count(codes)
    cells = [(cut.by, group) for cut in cuts for group, counts in cut.shown.items()
             if counts.n < given.n]  # fmt: skip
    once, effect = customers == given.n, design_effect(given.values, codes)
    if once or not cells:
        alone = dict.fromkeys(cells, 1.0)
        return Worth(own=alone, against_rest=alone, whole=effect, customers=customers, once=once)
    sizes = np.column_stack(
        [_sizes(codes, divisions[by] == group, customers) for by, group in cells]
    )
    whole = np.bincount(codes, minlength=customers).astype(float)
    correlation = within_correlation(given.values, codes)
    found = part_effects(sizes, whole, correlation=correlation)
    return Worth(
        own=dict(zip(cells, found.own.tolist(), strict=True)),
        against_rest=dict(zip(cells, found.against_rest.tolist(), strict=True)),
        whole=effect,
        customers=customers,
        once=once,
    )


def _sizes(codes: Codes, inside: "pd.Series[bool]", customers: int) -> Floats:
    return np.bincount(codes[inside.to_numpy()], minlength=customers).astype(float)


def _of_cut(
    cut: Cut,
    first: Mapping[Cell, str],
    *,
    whole: Counts,
    p_values: Mapping[Cell, float],
    worth: Worth,
    params: Params,
) -> list[Group]:
    """Return the groups of one cut; one whose answers are a group elsewhere has that one's test."""
    found = []
    for group, counts in cut.shown.items():
        cell = (cut.by, group)
        made = _group(
            cell, counts, p_holm=p_values.get(cell), whole=whole, worth=worth, params=params
        )
        found.append(replace(made, repeats="" if first[cell] == cut.by else first[cell]))
    return found + [_suppressed(cut.by, group) for group in cut.secret]


def _p_values(
    cuts: Sequence[Cut], first: Mapping[Cell, str], *, whole: Counts, worth: Worth, params: Params
) -> dict[Cell, float]:
    """Holm's p values of each group against the rest, where both are large enough.

    All groups of all cuts that a report could name are one family; the same answers under two
    names are tested once.
    """
    least = max(1, params.min_n)
    tested = {
        (cut.by, group): counts
        for cut in cuts
        for group, counts in cut.shown.items()
        if min(counts.n, whole.n - counts.n) >= least
    }
    own = {cell: counts for cell, counts in tested.items() if first[cell] == cell[0]}
    raw = [
        against_rest(counts, _rest(whole, counts), effect=worth.against_rest[cell], df=worth.df)
        for cell, counts in own.items()
    ]
    adjusted = dict(zip(own, holm(raw), strict=True))
    alike = {counts: adjusted[cell] for cell, counts in own.items()}
    return {cell: adjusted.get(cell, alike.get(counts, 1.0)) for cell, counts in tested.items()}


def _rest(whole: Counts, part: Counts) -> Counts:
    return Counts(
        whole.detractors - part.detractors,
        whole.passives - part.passives,
        whole.promoters - part.promoters,
    )


def _group(
    cell: Cell,
    counts: Counts,
    *,
    p_holm: float | None,
    whole: Counts,
    worth: Worth,
    params: Params,
) -> Group:
    by, group = cell
    effect, df = worth.own.get(cell, worth.whole), None if worth.once else worth.df
    result = score(counts, params, effect=effect, df=df)
    above = 0.0 if p_holm is None else counts.index - _rest(whole, counts).index
    return Group(
        by=by,
        group=group,
        n=result.n,
        detractors=result.detractors,
        passives=result.passives,
        promoters=result.promoters,
        value=result.value,
        ci_low=result.ci_low,
        ci_high=result.ci_high,
        suppressed=False,
        differs=verdict(above, p_holm, confidence=params.naming_confidence),
        p_holm=p_holm,
        n_eff=result.n_eff,
    )


def _suppressed(by: str, group: str) -> Group:
    return Group(
        by=by,
        group=group,
        n=None,
        detractors=None,
        passives=None,
        promoters=None,
        value=None,
        ci_low=None,
        ci_high=None,
        suppressed=True,
        differs=Verdict.CANNOT_TELL,
        p_holm=None,
    )
