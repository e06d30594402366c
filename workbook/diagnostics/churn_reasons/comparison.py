"""Losses by manager, region … against what the portfolio lets expect."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import bdtr, betaincinv, betaln

from workbook.diagnostics.cells import natural
from workbook.diagnostics.churn_reasons.known_cuts import compared
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import COLUMNS, Portfolio
from workbook.diagnostics.churn_reasons.register import Register
from workbook.diagnostics.churn_reasons.result import Dimension, Group, Place
from workbook.stats import Floats, holm

WITHOUT = ("stage", "competitor")
"""Known of losses only: numbers without a judgement."""
STRATA = ("region", "segment")
"""Standardised over these, less the dimension itself."""
OWN = 0.9
"""From this part on a stratum belongs to one group alone."""


def comparison(
    losses: Register, there: Portfolio | None, known: Sequence[Dimension], params: Params
) -> tuple[Group, ...]:
    """Return the losses of every group of every dimension that the tables know.

    Groups are set against what their portfolio lets expect only where the portfolio is known;
    else their losses are counted.
    """
    usable = compared(known)
    found: list[Group] = []
    for dimension in COLUMNS:
        if there is not None and dimension in usable:
            found += _beside_portfolio(
                dimension, losses, there, strata=usable & set(STRATA), params=params
            )
        elif dimension in losses.frame:
            found += _plain(dimension, losses)
    for dimension in WITHOUT:
        found += _plain(dimension, losses)
    return _tested(found, params)


def _tested(found: Sequence[Group], params: Params) -> tuple[Group, ...]:
    """Correct the tests for the number of all groups compared."""
    judged = [i for i, group in enumerate(found) if group.p_value is not None]
    corrected = dict(zip(judged, holm([found[i].p_value or 0.0 for i in judged]), strict=True))
    return tuple(
        group
        if i not in corrected
        else replace(
            group,
            p_holm=corrected[i],
            stands_out=corrected[i] < 1 - params.confidence and (group.ratio or 0.0) > 1,
        )
        for i, group in enumerate(found)
    )


def expected_losses(stratum: npt.NDArray[np.int64], lost: npt.NDArray[np.bool_]) -> Floats:
    """Return the loss rate of each relationship's stratum (indirect standardisation)."""
    size = np.bincount(stratum)
    rate = np.bincount(stratum, weights=lost.astype(float)) / np.maximum(size, 1)
    return np.asarray(rate[stratum])


def prior_strength(lost: Floats, at_risk: Floats, rate: Floats) -> float:
    """Return how many relationships the prior of a group's rate is worth.

    Each group's true rate has a beta distribution around its expected rate; its strength is the
    one that makes the groups' losses likeliest (beta-binomial), between 1 and all relationships.
    """
    total = float(at_risk.sum())

    def loss(log_strength: float) -> float:
        a = np.exp(log_strength) * rate
        b = np.exp(log_strength) * (1 - rate)
        return -float((betaln(a + lost, b + at_risk - lost) - betaln(a, b)).sum())

    if total <= 1 or len(lost) < 2:
        return max(total, 1.0)
    best = minimize_scalar(loss, bounds=(0.0, float(np.log(total))), method="bounded")
    return float(np.exp(best.x))


def funnel(at_risk: int, rate: float, level: float) -> tuple[float, float]:
    """Return the least and the most losses within the limits of chance.

    Exact binomial quantiles, interpolated (Spiegelhalter 2005, Stat. Med. 24, 1185-1202).
    """
    tail = (1 - level) / 2
    return _quantile(at_risk, rate, tail), _quantile(at_risk, rate, 1 - tail)


def _quantile(n: int, rate: float, p: float) -> float:
    k = np.arange(n + 1)
    below = bdtr(k, n, rate)
    r = int(np.searchsorted(below, p))
    if r > n:
        return float(n)
    previous = float(below[r - 1]) if r else 0.0
    step = float(below[r]) - previous
    part = (p - previous) / step if step > 0 else 1.0
    return max(0.0, r - 1 + part)


def _beside_portfolio(
    dimension: str,
    losses: Register,
    there: Portfolio,
    *,
    strata: Collection[str],
    params: Params,
) -> list[Group]:
    # The few of whom it is not known are no group, and teach nothing of the known ones' rate.
    known = there.counted & (there.frame[dimension] != "").to_numpy()
    frame = there.frame.loc[known]
    by = tuple(
        s for s in STRATA if s in strata and s != dimension and _separable(frame, dimension, s)
    )
    lost = frame["lost"].to_numpy(dtype=bool)
    cells = frame.groupby(list(by)).ngroup() if by else pd.Series(0, index=frame.index)
    rows = pd.DataFrame(
        {
            "group": frame[dimension].to_numpy(),
            "lost": lost.astype(float),
            "expected": expected_losses(np.asarray(cells, dtype=np.int64), lost),
            "start": there.at_start[known].astype(float),
            "revenue": _revenue(losses, frame["loss"].to_numpy()),
        }
    )
    table = rows.groupby("group").agg(
        at_risk=("lost", "size"),
        lost=("lost", "sum"),
        expected=("expected", "sum"),
        at_start=("start", "sum"),
        revenue=("revenue", "sum"),
    )
    if not np.isclose(table["expected"].sum(), table["lost"].sum()):
        raise ValueError("expected losses do not sum to the losses")
    small = table["lost"].sum() < params.min_losses
    judged = _judged(table, small=bool(small))
    return _rows(dimension, judged, by, losses=losses, params=params)


def _separable(frame: pd.DataFrame, dimension: str, stratum: str) -> bool:
    """Tell whether most of the portfolio lies in strata that several groups share."""
    if not (frame[stratum] != "").any():
        return False
    table = pd.crosstab(frame[stratum], frame[dimension])
    size, largest = table.sum(axis=1), table.max(axis=1)
    shared = size[largest < OWN * size].sum()
    return bool(shared >= 0.5 * size.sum()) or table.shape[1] == 1


def _revenue(losses: Register, loss: npt.NDArray[np.int64]) -> Floats:
    money = np.concatenate([np.nan_to_num(losses.revenue), [0.0]])
    return np.asarray(money[loss])  # -1: the zero at the end


def _judged(table: pd.DataFrame, *, small: bool) -> pd.DataFrame:
    """Add the strength of the prior, and which groups can be judged."""
    rate = table["expected"] / table["at_risk"]
    table = table.assign(rate=rate, judged=(rate > 0) & (rate < 1) & (not small))
    some = table.loc[table["judged"]]
    strength = prior_strength(*(some[c].to_numpy() for c in ("lost", "at_risk", "rate")))
    return table.assign(strength=strength)


def _rows(
    dimension: str,
    table: pd.DataFrame,
    by: tuple[str, ...],
    *,
    losses: Register,
    params: Params,
) -> list[Group]:
    money = bool((~np.isnan(losses.revenue)).any())
    total = float(losses.n)
    found = [
        _group(
            dimension,
            str(name),
            row,
            by=by,
            total=total,
            money=money,
            confidence=params.confidence,
        )
        for name, row in zip(table.index, table.to_dict("records"), strict=True)
    ]
    raw = _ranks(found, lambda g: g.rate)
    adjusted = _ranks(found, lambda g: g.shrunk)
    ranked = [_ranked(g, raw.get(g.group), adjusted.get(g.group)) for g in found]
    return sorted(
        ranked, key=lambda g: (-(g.shrunk if g.shrunk is not None else -1.0), natural(g.group))
    )


def _group(
    dimension: str,
    name: str,
    row: Mapping[Hashable, float],
    *,
    by: tuple[str, ...],
    total: float,
    money: bool,
    confidence: float,
) -> Group:
    n, lost, rate, strength = int(row["at_risk"]), row["lost"], row["rate"], row["strength"]
    expected = row["expected"]
    a, b = strength * rate + lost, strength * (1 - rate) + n - lost
    tail = (1 - confidence) / 2
    judged = bool(row["judged"])
    low_95, high_95 = funnel(n, rate, 0.95) if judged else (0.0, 0.0)
    low_998, high_998 = funnel(n, rate, 0.998) if judged else (0.0, 0.0)

    def ratio(value: float) -> float | None:
        return value / expected if judged else None

    return Group(
        dimension=dimension,
        group=name,
        lost=int(lost),
        share=lost / total if total else 0.0,
        revenue=row["revenue"] if money else None,
        active_at_start=int(row["at_start"]),
        at_risk=n,
        rate=lost / n,
        expected=expected,
        ratio=ratio(lost),
        shrunk=ratio(n * a / (a + b)),
        ci_low=ratio(n * float(betaincinv(a, b, tail))) if judged else None,
        ci_high=ratio(n * float(betaincinv(a, b, 1 - tail))) if judged else None,
        low_95=ratio(low_95),
        high_95=ratio(high_95),
        low_998=ratio(low_998),
        high_998=ratio(high_998),
        rank_raw=None,
        rank_adjusted=None,
        verdict=_place(lost, (low_998, low_95, high_95, high_998)) if judged else Place.CANNOT_TELL,
        p_value=_p_value(int(lost), n, rate) if judged else None,
        p_holm=None,
        stands_out=False,
        standardised_by=by,
    )


def _p_value(lost: int, n: int, rate: float) -> float:
    """Return twice the smaller tail of the binomial distribution, both with the value itself."""
    at_most = float(bdtr(lost, n, rate))
    at_least = 1.0 if lost == 0 else 1.0 - float(bdtr(lost - 1, n, rate))
    return min(1.0, 2 * min(at_most, at_least))


def _place(lost: float, limits: tuple[float, float, float, float]) -> Place:
    low_998, low_95, high_95, high_998 = limits
    if lost > high_95:
        return Place.FAR_ABOVE if lost > high_998 else Place.ABOVE
    if lost < low_95:
        return Place.FAR_BELOW if lost < low_998 else Place.BELOW
    return Place.WITHIN


def _ranks(found: Sequence[Group], value: Callable[[Group], float | None]) -> dict[str, int]:
    known = [(v, g.group) for g in found if g.group and (v := value(g)) is not None]
    values = sorted((v for v, _ in known), reverse=True)
    return {group: values.index(v) + 1 for v, group in known}


def _ranked(group: Group, raw: int | None, adjusted: int | None) -> Group:
    return replace(group, rank_raw=raw, rank_adjusted=adjusted)


def _plain(dimension: str, losses: Register) -> list[Group]:
    """Return numbers of losses where no portfolio is known."""
    labels = losses.frame[dimension]
    if not (labels != "").any():
        return []
    money = bool((~np.isnan(losses.revenue)).any())
    table = pd.DataFrame({"group": labels, "revenue": np.nan_to_num(losses.revenue)})
    sums = table.loc[table["group"] != ""].groupby("group")["revenue"].agg(["size", "sum"])
    found = [
        Group(
            dimension=dimension,
            group=str(name),
            lost=int(row["size"]),
            share=float(row["size"]) / len(table),
            revenue=float(row["sum"]) if money else None,
            active_at_start=None,
            at_risk=None,
            rate=None,
            expected=None,
            ratio=None,
            shrunk=None,
            ci_low=None,
            ci_high=None,
            low_95=None,
            high_95=None,
            low_998=None,
            high_998=None,
            rank_raw=None,
            rank_adjusted=None,
            verdict=Place.CANNOT_TELL,
            p_value=None,
            p_holm=None,
            stands_out=False,
            standardised_by=(),
        )
        for name, row in zip(sums.index, sums.to_dict("records"), strict=True)
    ]
    return sorted(found, key=lambda g: (-g.lost, natural(g.group)))
