"""After it happened: who came back, from where, how, and whom to try next."""

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import as_date, days, natural, truths
from workbook.diagnostics.churn_reasons.history import codes_of
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.prevention_result import (
    Candidate,
    Destination,
    Instrument,
    Offer,
    Winback,
)
from workbook.diagnostics.churn_reasons.reasons import CodedReasons
from workbook.stats import Floats, wilson
from workbook.stats.survival import Lives, ShareBy, event_by

_UNJUDGED = 0.5
"""Preventable part of a reason that nobody has judged."""
_HORIZONS = ((12, 365.0), (6, 182.0))
"""Months after the loss for which a chance of return is told, and their days."""
_COMPETING = frozenset({"competitor", "freelancer"})


def returned(losses: Losses) -> npt.NDArray[np.bool_]:
    """Tell which losses came back by the as-of date."""
    return (losses.frame["returned"] <= losses.as_of).to_numpy(dtype=bool)


def winback(losses: Losses, params: Params) -> Winback | None:
    """Return how many losses came back; None without losses."""
    if not losses.n:
        return None
    back = returned(losses)
    n = int(back.sum())
    interval = wilson(n, losses.n, confidence=params.confidence)
    months, chance = _chance(losses, back, params)
    return Winback(
        n=losses.n,
        returned=n,
        rate=n / losses.n,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        chance=chance.share if chance else None,
        chance_low=chance.low if chance else None,
        chance_high=chance.high if chance else None,
        chance_months=months,
        median_days=_median_days(losses.frame.loc[back]),
        revenue_returned=_sum(losses.revenue[back]),
        revenue_gone=_sum(losses.revenue[~back]),
    )


def _chance(
    losses: Losses, back: npt.NDArray[np.bool_], params: Params
) -> tuple[int | None, ShareBy | None]:
    """Return the longest time that enough losses are old enough for, and the chance of a return.

    Their age decides, not whether they came back: else the chance would be told where it is low.
    """
    lost = losses.frame["lost"].to_numpy(dtype=float)
    until = np.where(back, losses.frame["returned"].to_numpy(dtype=float), float(losses.as_of))
    time = np.maximum(until - lost, 1.0)
    lives = Lives(time=time, event=back, entry=np.zeros(len(time)))
    for months, days_after in _HORIZONS:
        if int((losses.as_of - lost >= days_after).sum()) < max(1, params.min_losses):
            continue
        found = event_by(lives, days_after, confidence=params.confidence)
        if found is not None:
            return months, found
    return None, None


def destinations(losses: Losses, params: Params) -> tuple[Destination, ...]:
    """Return where the customers went, most frequent first; () where nobody says."""
    frame = losses.frame.assign(back=returned(losses))
    if not (frame["destination"] != "").any():
        return ()
    found = []
    for name, rows in frame.groupby("destination"):
        n, back = len(rows), int(rows["back"].sum())
        interval = wilson(back, n, confidence=params.confidence)
        found.append(
            Destination(
                destination=str(name),
                n=n,
                returned=back,
                rate=back / n,
                ci_low=interval.low if interval else 0.0,
                ci_high=interval.high if interval else 1.0,
                median_days=_median_days(rows.loc[rows["back"]]),
                revenue=_sum(rows["revenue"].to_numpy(dtype=float)),
                offers=_offers(rows.loc[rows["back"]]),
            )
        )
    return tuple(sorted(found, key=lambda d: (-d.n, natural(d.destination))))


def candidates(
    losses: Losses, coded_reasons: CodedReasons, *, complaints: pd.DataFrame | None, params: Params
) -> tuple[Candidate, ...]:
    """Return every loss worth an attempt, by value x preventable x recency.

    A customer that closed or whose need ended can not be won back; nor is one listed twice.
    """
    gone = np.flatnonzero(~returned(losses))
    value = _value(losses.revenue)
    part = _preventable_part(coded_reasons)
    age = losses.as_of - losses.frame["lost"].to_numpy(dtype=float)
    recency = 0.5 ** (age / params.recency_half_life_days)
    score = value * part * recency
    worth = gone[_open(losses, coded_reasons)[gone]]
    order = worth[np.argsort(-score[worth], kind="stable")]
    mended = _mended(losses, complaints)
    names = _names_by_row(coded_reasons)
    return tuple(
        _candidate(
            losses.frame.iloc[i],
            names[i],
            coded_reasons=coded_reasons,
            part=float(part[i]),
            recency=float(recency[i]),
            score=float(score[i]),
            mended=mended.get(int(losses.frame["code"].iloc[i])),
        )
        for i in order.tolist()
    )


def _open(losses: Losses, coded_reasons: CodedReasons) -> npt.NDArray[np.bool_]:
    """Tell which losses no reason closed for good: a firm that ended, a need that is no more."""
    closed = np.array(
        [coded_reasons.preventable(name) is False for name in coded_reasons.given.names],
        dtype=float,
    )
    hits = np.bincount(
        coded_reasons.given.row,
        weights=closed[coded_reasons.given.reason],
        minlength=coded_reasons.given.n,
    )
    return np.asarray((hits == 0) & (losses.frame["destination"] != "none").to_numpy())


def _value(revenue: Floats) -> Floats:
    if np.isnan(revenue).all():
        return np.ones(len(revenue))
    return np.clip(np.nan_to_num(revenue), 0.0, None)


def _preventable_part(coded_reasons: CodedReasons) -> Floats:
    judged = [coded_reasons.preventable(name) for name in coded_reasons.given.names]
    weight = np.array([_UNJUDGED if j is None else float(j) for j in judged])
    total = np.bincount(
        coded_reasons.given.row,
        weights=weight[coded_reasons.given.reason],
        minlength=coded_reasons.given.n,
    )
    return np.asarray(total / np.maximum(coded_reasons.given.per_row, 1))


def _names_by_row(coded_reasons: CodedReasons) -> list[list[str]]:
    """Return the reasons of each loss, the most frequent of the register first."""
    frequency = Counter(coded_reasons.given.reason.tolist())
    rows: list[list[str]] = [[] for _ in range(coded_reasons.given.n)]
    pairs = sorted(
        zip(coded_reasons.given.row.tolist(), coded_reasons.given.reason.tolist(), strict=True),
        key=lambda pair: (pair[0], -frequency[pair[1]], pair[1]),
    )
    for row, reason in pairs:
        rows[row].append(coded_reasons.given.names[reason])
    return rows


def _candidate(
    row: "pd.Series[Any]",
    names: list[str],
    *,
    coded_reasons: CodedReasons,
    part: float,
    recency: float,
    score: float,
    mended: bool | None,
) -> Candidate:
    lost, revenue = as_date(float(str(row["lost"]))), float(str(row["revenue"]))
    if lost is None:
        raise ValueError("a loss without a date")
    return Candidate(
        customer_id=str(row["customer"]),
        name=str(row["name"]),
        manager=str(row["manager"]),
        lost_date=lost,
        destination=str(row["destination"]),
        competitor=str(row["competitor"]),
        reasons=tuple(names),
        labels=tuple(coded_reasons.label(name) for name in names),
        revenue=None if np.isnan(revenue) else revenue,
        preventable_part=part,
        recency=recency,
        score=score,
        instrument=_instrument(names, str(row["destination"]), coded_reasons),
        cause_mended=mended,
    )


def _instrument(
    names: list[str], destination: str, coded_reasons: CodedReasons
) -> Instrument | None:
    """Return the instrument of the first reason that has one, else by the destination."""
    for name in names:
        known = coded_reasons.taxonomy.get(name)
        if known is not None and known.instrument is not None and known.preventable:
            return known.instrument
    return Instrument.COMPETITOR_ANALYSIS if destination in _COMPETING else None


def _mended(losses: Losses, complaints: pd.DataFrame | None) -> dict[int, bool]:
    """Tell of customers with complaints whether every process behind them is mended."""
    if complaints is None or "process_mended" not in complaints:
        return {}
    column = complaints["process_mended"]
    dated = pd.api.types.is_datetime64_any_dtype(column)
    done = (
        ~np.isnan(days(complaints, "process_mended"))
        if dated
        else (truths(complaints, "process_mended") == 1)
    )
    by = pd.Series(done, index=codes_of(complaints, losses.ids)).groupby(level=0).all()
    return dict(zip(by.index.tolist(), by.tolist(), strict=True))


def _offers(rows: pd.DataFrame) -> tuple[Offer, ...]:
    counted = Counter(offer for offer in rows["offer_used"] if offer)
    return tuple(
        Offer(offer=offer, returned=n)
        for offer, n in sorted(counted.items(), key=lambda item: (-item[1], natural(item[0])))
    )


def _median_days(rows: pd.DataFrame) -> float | None:
    gap = (rows["returned"] - rows["lost"]).dropna()
    return float(gap.median()) if len(gap) else None


def _sum(revenue: Floats) -> float | None:
    known = revenue[~np.isnan(revenue)]
    return float(known.sum()) if len(known) else None
