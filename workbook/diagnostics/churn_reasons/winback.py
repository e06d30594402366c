"""After it happened: who came back, from where, how, and whom to try next."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import days, natural, truths
from workbook.diagnostics.churn_reasons.history import codes_of, dates
from workbook.diagnostics.churn_reasons.losses import Losses, known_sum
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.prevention_result import (
    CANDIDATES,
    Destination,
    Instrument,
    Offer,
    Winback,
)
from workbook.diagnostics.churn_reasons.reasons import CodedReasons
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.stats import Floats, wilson
from workbook.stats.data_table import DataTable
from workbook.stats.survival import Lives, ShareBy, event_by

_UNJUDGED = 0.5
"""Preventable part of a reason that nobody has judged."""
_HORIZONS = ((12, 365.0), (6, 182.0))
"""Months after the loss for which a chance of return is told, and their days."""
_COMPETING = frozenset({"competitor", "freelancer"})


def returned(losses: Losses) -> npt.NDArray[np.bool_]:
    """Return which losses came back by the as-of date."""
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
        revenue_returned=known_sum(losses.revenue[back]),
        revenue_gone=known_sum(losses.revenue[~back]),
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
                revenue=known_sum(rows["revenue"].to_numpy(dtype=float)),
                offers=_offers(rows.loc[rows["back"]]),
            )
        )
    return tuple(sorted(found, key=lambda d: (-d.n, natural(d.destination))))


def candidates(
    losses: Losses, coded_reasons: CodedReasons, *, complaints: pd.DataFrame | None, params: Params
) -> DataTable:
    """Return every loss worth an attempt, by value x preventable x recency.

    A customer that closed or whose need ended can not be won back; nor is one listed twice.
    """
    gone = np.flatnonzero(~returned(losses))
    part = _preventable_part(coded_reasons)
    age = losses.as_of - losses.frame["lost"].to_numpy(dtype=float)
    recency = 0.5 ** (age / params.recency_half_life_days)
    score = _value(losses.revenue) * part * recency
    worth = gone[_open(losses, coded_reasons)[gone]]
    order = worth[np.argsort(-score[worth], kind="stable")]
    rows = losses.frame.iloc[order]
    names = _reasons_of(coded_reasons)[order].tolist()
    labels = {several: tuple(map(coded_reasons.label, several)) for several in set(names)}
    columns = {
        "customer_id": rows["customer"],
        "name": rows["name"],
        "manager": rows["manager"],
        "lost_date": dates(rows["lost"].to_numpy(dtype=float)),
        "destination": rows["destination"],
        "competitor": rows["competitor"],
        "reasons": pd.Series(names, index=rows.index, dtype=object),
        "labels": pd.Series([labels[n] for n in names], index=rows.index, dtype=object),
        "revenue": rows["revenue"],
        "preventable_part": part[order],
        "recency": recency[order],
        "score": score[order],
        "instrument": _instruments(names, rows["destination"].tolist(), coded_reasons.taxonomy),
        "cause_mended": rows["code"].map(_mended(losses, complaints)),
    }
    return DataTable(CANDIDATES, pd.DataFrame(columns))


def _open(losses: Losses, coded_reasons: CodedReasons) -> npt.NDArray[np.bool_]:
    """Return which losses no reason closed for good: a firm that ended, a need that is no more."""
    given = coded_reasons.given
    closed = given.sums([coded_reasons.preventable(name) is False for name in given.names])
    return np.asarray((closed == 0) & (losses.frame["destination"] != "none").to_numpy())


def _value(revenue: Floats) -> Floats:
    if np.isnan(revenue).all():
        return np.ones(len(revenue))
    return np.clip(np.nan_to_num(revenue), 0.0, None)


def _preventable_part(coded_reasons: CodedReasons) -> Floats:
    given = coded_reasons.given
    judged = [coded_reasons.preventable(name) for name in given.names]
    total = given.sums([_UNJUDGED if j is None else float(j) for j in judged])
    return np.asarray(total / np.maximum(given.per_row, 1))


def _reasons_of(coded_reasons: CodedReasons) -> "npt.NDArray[np.object_]":
    """Return the reasons of each loss as a tuple, the most frequent of the register first."""
    given = coded_reasons.given
    frequency = np.bincount(given.reason, minlength=len(given.names))
    order = np.lexsort((given.reason, -frequency[given.reason], given.row))
    names = [given.names[reason] for reason in given.reason[order].tolist()]
    ends = np.cumsum(given.per_row).tolist()
    found = np.empty(given.n, dtype=object)
    found[:] = [tuple(names[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
    return found


def _instruments(
    names: Sequence[tuple[str, ...]], destinations: Sequence[str], taxonomy: Taxonomy
) -> list[Instrument | None]:
    """Return how to bring each customer back; the same reasons and destination, the same way."""
    pairs = list(zip(names, destinations, strict=True))
    found = {pair: _instrument(*pair, taxonomy) for pair in set(pairs)}
    return [found[pair] for pair in pairs]


def _instrument(names: tuple[str, ...], destination: str, taxonomy: Taxonomy) -> Instrument | None:
    """Return the instrument of the first reason that has one, else by the destination."""
    for name in names:
        known = taxonomy.get(name)
        if known is not None and known.instrument is not None and known.preventable:
            return known.instrument
    return Instrument.COMPETITOR_ANALYSIS if destination in _COMPETING else None


def _mended(losses: Losses, complaints: pd.DataFrame | None) -> dict[int, bool]:
    """Return for customers with complaints whether every process behind them is mended."""
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
