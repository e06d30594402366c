"""Losses by manager, region … against what the portfolio lets expect: one family of tests."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import natural
from workbook.diagnostics.churn_reasons.expected import (
    STRATA,
    Division,
    beside_portfolio,
    division,
)
from workbook.diagnostics.churn_reasons.known_cuts import compared
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import COLUMNS, Portfolio
from workbook.diagnostics.churn_reasons.portfolio_result import Dimension, FunnelZone, GroupLosses
from workbook.stats import Family, Procedure, holm_of
from workbook.stats.families import holm_family

PERSON = "manager"
"""The dimension whose groups are people."""
WITHOUT = ("stage", "competitor")
"""Known of losses only: numbers without a judgement."""

Cell: TypeAlias = tuple[str, str]
"""Dimension and group."""


def comparison(
    losses: Losses, portfolio: Portfolio | None, known: Sequence[Dimension], params: Params
) -> tuple[GroupLosses, ...]:
    """Return the losses of every group of every dimension that the tables know.

    Groups are set against what their portfolio lets expect only where the portfolio is known;
    else their losses are counted.
    """
    usable = compared(known)
    found: list[GroupLosses] = []
    divisions: list[Division] = []
    for dimension in COLUMNS:
        if portfolio is not None and dimension in usable:
            divisions.append(division(dimension, portfolio, usable & set(STRATA)))
            found += beside_portfolio(divisions[-1], losses, portfolio, params)
        elif dimension in losses.frame:
            found += _plain(dimension, losses)
    for dimension in WITHOUT:
        found += _plain(dimension, losses)
    return _tested(found, _members(divisions), params)


def family_of_groups(found: Sequence[GroupLosses], params: Params) -> Family | None:
    """Return what the comparison of the groups tested together; None if nothing was."""
    alone = _tests(found)
    own = {alone[g.dimension, g.group]: g.differs for g in found if _has_test(g)}
    return holm_family(
        "losses_by_group", Procedure.EXACT, own.values(), alpha=1 - params.confidence
    )


def _has_test(group: GroupLosses) -> bool:
    """Return whether the group has a test of its own, not that of the same customers elsewhere."""
    return group.p_holm is not None and not group.repeats


def _members(divisions: Sequence[Division]) -> dict[Cell, frozenset[int]]:
    return {
        (found.dimension, name): frozenset(found.rows[found.code == place].tolist())
        for found in divisions
        for place, name in enumerate(found.names)
    }


def _tests(found: Sequence[GroupLosses]) -> dict[Cell, Cell]:
    """Return the test of each judged group: of two groups, one test says the same of both."""
    # Where one of two groups loses more than expected the other loses as many fewer.
    groups = Counter(g.dimension for g in found if g.p_value is not None)
    return {
        (g.dimension, g.group): (g.dimension, "" if groups[g.dimension] == 2 else g.group)
        for g in found
        if g.p_value is not None
    }


def _origins(
    found: Sequence[GroupLosses], members: Mapping[Cell, frozenset[int]]
) -> dict[Cell, tuple[Cell, str]]:
    """Return for each judged group the first one of the same customers, and its dimension.

    People come last: a manager who alone serves a region is not the one who is told of.
    """
    first: dict[frozenset[int], Cell] = {}
    origins = {}
    for group in sorted(found, key=lambda g: g.dimension == PERSON):
        if group.p_value is not None:
            cell = (group.dimension, group.group)
            origin = first.setdefault(members[cell], cell)
            origins[cell] = (origin, origin[0] if origin != cell else "")
    return origins


def _tested(
    found: Sequence[GroupLosses], members: Mapping[Cell, frozenset[int]], params: Params
) -> tuple[GroupLosses, ...]:
    """Correct the tests for the number of all groups compared; name only what then holds."""
    tests, origins = _tests(found), _origins(found, members)
    raw = {
        tests[g.dimension, g.group]: g.p_value
        for g in found
        if g.p_value is not None and not origins[g.dimension, g.group][1]
    }
    corrected = holm_of(raw)
    judged = []
    for group in found:
        if group.p_value is not None:
            origin, repeats = origins[group.dimension, group.group]
            p_holm = corrected[tests[origin]]
            group = _named(replace(group, p_holm=p_holm, repeats=repeats), params)
        judged.append(group)
    return tuple(_told_by(group, judged, members) for group in judged)


def _named(group: GroupLosses, params: Params) -> GroupLosses:
    """Add whether the group differs and may be named; one that differs is not within limits."""
    if group.p_holm is None or group.ratio is None:
        return group
    more, differs = group.ratio > 1, group.p_holm < 1 - params.confidence
    verdict = group.verdict
    if differs and verdict is FunnelZone.WITHIN:
        verdict = FunnelZone.ABOVE if more else FunnelZone.BELOW
    return replace(
        group, differs=differs, stands_out=differs and more and not group.repeats, verdict=verdict
    )


def _told_by(
    group: GroupLosses, found: Sequence[GroupLosses], members: Mapping[Cell, frozenset[int]]
) -> GroupLosses:
    """Say of a person whose customers all lie in a group that stands out: that group tells it.

    Where the person was already compared within that group's strata, it does not.
    """
    if group.dimension != PERSON or not group.stands_out:
        return group
    own = members[group.dimension, group.group]
    for wider in found:
        outside = wider.dimension not in (PERSON, *group.standardised_by)
        if wider.stands_out and outside and own <= members[wider.dimension, wider.group]:
            return replace(group, stands_out=False, repeats=wider.dimension)
    return group


def _plain(dimension: str, losses: Losses) -> list[GroupLosses]:
    """Return numbers of losses where no portfolio is known."""
    labels = losses.frame[dimension]
    if not (labels != "").any():
        return []
    money = bool((~np.isnan(losses.revenue)).any())
    table = pd.DataFrame({"group": labels, "revenue": np.nan_to_num(losses.revenue)})
    sums = table.loc[table["group"] != ""].groupby("group")["revenue"].agg(["size", "sum"])
    found = [
        GroupLosses(
            dimension=dimension,
            group=str(name),
            lost=int(row["size"]),
            share=float(row["size"]) / len(table),
            revenue=float(row["sum"]) if money else None,
        )
        for name, row in zip(sums.index, sums.to_dict("records"), strict=True)
    ]
    return sorted(found, key=lambda g: (-g.lost, natural(g.group)))
