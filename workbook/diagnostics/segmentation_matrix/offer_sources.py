"""Offers by source: entries, what was won of them, what they cost, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.cells import natural
from workbook.diagnostics.customer_ledger.sales_ledger import Ints
from workbook.diagnostics.names import Words, places_of
from workbook.diagnostics.segmentation_matrix.deals import LOST, OPEN, WON, Deals
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats import Floats, holm_of
from workbook.stats.clustered_share import clustered_share
from workbook.stats.group_shares import group_shares_p


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSource:
    """The deals of one source; won, lost and open add up to entered."""

    source: str | None
    """None: not recorded."""
    entered: int
    """Deals that came from it."""
    customers: int
    won: int
    lost: int
    open: int
    amount: float | None
    """Of all its deals, money; None where none has an amount."""
    amount_won: float | None
    cost: float | None
    """What getting its deals cost, won or not; None where no deal has a cost."""
    costed: int
    """Deals with a cost."""
    cost_per_won: float | None
    """Cost of a won deal; None unless every deal of the source has a cost and one is won."""
    rate: float | None
    """Won of won and lost, 0-1; None without any."""
    ci_low: float | None
    ci_high: float | None
    """Customers are the clusters: several deals of one are not independent."""
    n_eff: float | None
    """Independent deals that the closed ones are worth."""
    p_value: float | None
    """Chance of a rate so far from the others', were all sources alike, corrected for all of them;
    None: too few customers, or no source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDifference:
    """A source whose deals are won more or less often than those of all others, tested."""

    source: str
    more: bool
    won: int
    closed: int
    rate: float
    others_won: int
    """Of the other recorded sources together."""
    others_closed: int
    others_rate: float
    p_value: float


def offer_sources(events: Deals | None, params: Params) -> tuple[OfferSource, ...]:
    """Return the sources, most deals first and the unrecorded ones last.

    A deal is of the first source that its events name.  Nothing where no deal names one.
    """
    if events is None:
        return ()
    source = events.first_named(events.source)
    if not (source != "").any():
        return ()
    chances, money = _chances(events, source), (events.worth, events.spent)
    rows = [
        _of_source(events, deals, money, name=name, chance=chances.get(name), params=params)
        for name, deals in places_of(source)
    ]
    if sum(row.entered for row in rows) != events.n:
        raise ValueError("the deals do not fall into exactly one source each")
    return tuple(sorted(rows, key=_most_deals))


def _most_deals(row: OfferSource) -> tuple[object, ...]:
    return row.source is None, -row.entered, natural(row.source or "")


def source_difference(rows: tuple[OfferSource, ...], *, alpha: float) -> SourceDifference | None:
    """Return the source that differs most surely from the others; None where none does.

    One only: where one source stands out, all others differ from a whole that holds it.
    """
    known = [row for row in rows if row.source is not None]
    won, closed = sum(row.won for row in known), sum(row.won + row.lost for row in known)
    found = []
    for row in known:
        own, others = row.won + row.lost, closed - row.won - row.lost
        if row.source is None or row.p_value is None or row.p_value >= alpha:
            continue
        rate, rest = row.won / own, (won - row.won) / others
        found.append(
            SourceDifference(
                source=row.source,
                more=rate > rest,
                won=row.won,
                closed=own,
                rate=rate,
                others_won=won - row.won,
                others_closed=others,
                others_rate=rest,
                p_value=row.p_value,
            )
        )
    return min(found, key=_surest, default=None)


def _surest(one: SourceDifference) -> tuple[object, ...]:
    return one.p_value, -abs(one.rate - one.others_rate), natural(one.source)


def _chances(events: Deals, source: Words) -> Mapping[str, float]:
    """Return by source the corrected chance of its conversion, were all alike.

    Of deals that were won or lost and have a source; customers are dealt out anew.
    """
    rows = np.flatnonzero(events.last)
    told = (events.status[rows] != OPEN) & (source[events.deal[rows]] != "")
    rows = rows[told]
    names, codes = np.unique(source[events.deal[rows]].astype(str), return_inverse=True)
    found = group_shares_p(
        events.status[rows] == WON, np.ones(len(rows)), groups=codes, clusters=events.owners(rows)
    )
    return holm_of({n: p for n, p in zip(names.tolist(), found, strict=True) if p is not None})


def _of_source(
    events: Deals,
    deals: Ints,
    money: tuple[Floats, Floats],
    *,
    name: str,
    chance: float | None,
    params: Params,
) -> OfferSource:
    rows = np.flatnonzero(events.last)[deals]
    status, (worth, spent) = events.status[rows], (every[deals] for every in money)
    won, lost = int((status == WON).sum()), int((status == LOST).sum())
    costed, cost = int((~np.isnan(spent)).sum()), _sum(spent, spent)
    closed = rows[status != OPEN]
    told = clustered_share(
        events.status[closed] == WON, events.owners(closed), confidence=params.confidence
    )
    interval = None if told is None else told.interval
    whole = cost is not None and costed == len(rows)
    return OfferSource(
        source=name or None,
        entered=len(rows),
        customers=_customers(events, rows),
        won=won,
        lost=lost,
        open=int((status == OPEN).sum()),
        amount=_sum(worth, worth),
        amount_won=_sum(worth[status == WON], worth),
        cost=cost,
        costed=costed,
        cost_per_won=cost / won if cost is not None and whole and won else None,
        rate=None if told is None else told.share,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        n_eff=None if told is None else told.n_eff,
        p_value=chance,
    )


def _customers(events: Deals, rows: Ints) -> int:
    return len(set(events.customer[rows].tolist()) - {""})


def _sum(values: Floats, known: Floats) -> float | None:
    """Return the sum of what is known; None where nothing at all of ``known`` is."""
    return None if np.isnan(known).all() else float(np.nansum(values))
