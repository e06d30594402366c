"""The groups of one dimension beside their portfolio: expected losses, limits, shrunk ratios."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import natural
from workbook.diagnostics.churn_reasons.ledger import YEAR
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.portfolio_result import FunnelZone, GroupLosses
from workbook.stats import Floats
from workbook.stats.exposure import Exposure, Watched, chances, exposure, mid_p
from workbook.stats.funnel import Limits, limits
from workbook.stats.shrinkage import shrunk_ratios

STRATA = ("region", "segment")
"""Standardised over these, less the dimension itself."""
OWN = 0.9
"""From this part on a stratum belongs to one group alone."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Division:
    """The relationships at risk of known group, one element each, and their groups."""

    dimension: str
    names: tuple[str, ...]
    """The groups, in the order of their codes."""
    code: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    """Places in the portfolio."""
    by: tuple[str, ...]
    """Columns standardised over."""
    exposure: Exposure


def division(dimension: str, portfolio: Portfolio, strata: Collection[str]) -> Division:
    """Return the groups of a dimension with their time at risk.

    The few customers of whom it is not known are no group, and teach nothing of the others.  One
    won back is at risk again, though counted once.
    """
    rows = np.flatnonzero(portfolio.at_risk & (portfolio.frame[dimension] != "").to_numpy())
    frame = portfolio.frame.iloc[rows]
    once = frame.loc[~frame["back"]]
    by = tuple(
        s for s in STRATA if s in strata and s != dimension and _separable(once, dimension, s)
    )
    cells = frame.groupby(list(by)).ngroup().to_numpy() if by else np.zeros(len(rows))
    code, names = pd.factorize(frame[dimension], sort=True)
    watched = Watched(
        entry=portfolio.entry[rows],
        end=portfolio.end[rows],
        event=portfolio.lost[rows],
        group=code.astype(np.int64),
        stratum=cells.astype(np.int64),
    )
    return Division(
        dimension=dimension,
        names=tuple(str(name) for name in names),
        code=watched.group,
        rows=rows,
        by=by,
        exposure=exposure(watched, len(names)),
    )


def _separable(frame: pd.DataFrame, dimension: str, stratum: str) -> bool:
    """Return whether most of the portfolio lies in strata that several groups share."""
    if not (frame[stratum] != "").any():
        return False
    table = pd.crosstab(frame[stratum], frame[dimension])
    size, largest = table.sum(axis=1), table.max(axis=1)
    # Where a region has one manager, nobody can say which of the two its losses come from.
    shared = size[largest < OWN * size].sum()
    return bool(shared >= 0.5 * size.sum()) or table.shape[1] == 1


def beside_portfolio(
    found: Division, losses: Losses, portfolio: Portfolio, params: Params
) -> list[GroupLosses]:
    """Return the groups, the highest shrunk ratio first; those alone in their strata unjudged.

    Nothing is judged where the losses are fewer than ``min_losses``.
    """
    counted = [_counted(found, i, losses, portfolio) for i in range(len(found.names))]
    spread = found.exposure.variance > 0
    if int(found.exposure.observed.sum()) >= params.min_losses and spread.any():
        counted = _judged(counted, found.exposure, np.flatnonzero(spread), params)
    raw = _ranks(counted, lambda g: g.rate)
    adjusted = _ranks(counted, lambda g: g.shrunk)
    ranked = [
        replace(g, rank_raw=raw.get(g.group), rank_adjusted=adjusted.get(g.group)) for g in counted
    ]
    return sorted(
        ranked, key=lambda g: (-(g.shrunk if g.shrunk is not None else -1.0), natural(g.group))
    )


def _counted(found: Division, place: int, losses: Losses, portfolio: Portfolio) -> GroupLosses:
    """Return what is counted of one group, before anything is judged."""
    rows = found.rows[found.code == place]
    once = portfolio.counted[rows]
    lost = int(found.exposure.observed[place])
    return GroupLosses(
        dimension=found.dimension,
        group=found.names[place],
        lost=lost,
        share=lost / losses.n if losses.n else 0.0,
        revenue=_revenue(losses, portfolio.frame["loss"].to_numpy()[rows]),
        active_at_start=int((portfolio.at_start[rows] & once).sum()),
        at_risk=int(once.sum()),
        customer_years=float(found.exposure.time[place]) / YEAR,
        rate=lost / int(once.sum()) if once.any() else None,
        expected=float(found.exposure.expected[place]),
        standardised_by=found.by,
    )


def _revenue(losses: Losses, loss: npt.NDArray[np.int64]) -> float | None:
    """Return the yearly revenue of the losses of some relationships; -1 is none of them."""
    if np.isnan(losses.revenue).all():
        return None
    return float(np.nansum(losses.revenue[loss[loss >= 0]]))


def _judged(
    counted: Sequence[GroupLosses], found: Exposure, which: npt.NDArray[np.int64], params: Params
) -> list[GroupLosses]:
    """Add ratios, limits and tests to the groups that others can be compared with."""
    chance = chances(found)
    p_values = mid_p(chance, found.observed)
    inner, outer = limits(chance, 0.95), limits(chance, 0.998)
    ratios = shrunk_ratios(
        found.observed[which].astype(float),
        found.expected[which],
        found.variance[which],
        confidence=params.confidence,
    )
    judged = list(counted)
    for at, i in enumerate(which.tolist()):
        group = counted[i]
        expected = group.expected or 1.0
        judged[i] = replace(
            group,
            ratio=group.lost / expected,
            shrunk=float(ratios.mean[at]),
            ci_low=float(ratios.low[at]),
            ci_high=float(ratios.high[at]),
            low_95=int(inner.low[i]) / expected,
            high_95=int(inner.high[i]) / expected,
            low_998=int(outer.low[i]) / expected,
            high_998=int(outer.high[i]) / expected,
            beyond_95=float(inner.beyond[i]),
            verdict=_place(group.lost, i, inner=inner, outer=outer),
            p_value=float(p_values[i]),
        )
    return judged


def _place(lost: int, i: int, *, inner: Limits, outer: Limits) -> FunnelZone:
    if lost > inner.high[i]:
        return FunnelZone.FAR_ABOVE if lost > outer.high[i] else FunnelZone.ABOVE
    if lost < inner.low[i]:
        return FunnelZone.FAR_BELOW if lost < outer.low[i] else FunnelZone.BELOW
    return FunnelZone.WITHIN


def _ranks(
    found: Sequence[GroupLosses], value: Callable[[GroupLosses], float | None]
) -> dict[str, int]:
    known: list[tuple[float, str]] = [(v, g.group) for g in found if (v := value(g)) is not None]
    values: Floats = np.sort([-v for v, _ in known])
    return {group: int(np.searchsorted(values, -v)) + 1 for v, group in known}
