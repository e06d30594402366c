"""Competitors: in how many deals each was met, and how these ended.  Counted, not tested."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.cells import natural
from workbook.diagnostics.customer_ledger.sales_ledger import Ints
from workbook.diagnostics.names import Words, places_of
from workbook.diagnostics.segmentation_matrix.deals import LOST, OPEN, WON, Deals
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class LossReason:
    """Why deals were lost where one competitor was met."""

    reason: str | None
    """None: not recorded."""
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorDeals:
    """The deals in which one competitor was met; won, lost and open add up to met."""

    competitor: str
    met: int
    customers: int
    won: int
    lost: int
    open: int
    amount_won: float | None
    """Money; None where no such deal has an amount."""
    amount_lost: float | None
    reasons: tuple[LossReason, ...]
    """Of the lost deals, most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorBasis:
    """What the table of competitors rests on."""

    lost: int
    """Lost deals, all of them."""
    lost_named: int
    """Of them, with a competitor."""
    amount_lost: float | None
    """Of those with a competitor; None where none has an amount."""
    without_amount: int
    """Lost deals with a competitor and without an amount: they are in no sum."""
    only_lost: bool
    """No won and no open deal names a competitor: of what was won against whom nothing is known."""


def competitors(
    events: Deals | None,
) -> tuple[tuple[CompetitorDeals, ...], CompetitorBasis | None]:
    """Return the competitors, most lost deals first, and what that rests on.

    A deal is of the last competitor that its events name.  Nothing where no deal names one.

    Raises
    ------
    ValueError
        When the lost deals of competitors do not add up.
    """
    if events is None:
        return (), None
    met = events.last_named(events.competitor)
    if not (met != "").any():
        return (), None
    status = events.status[events.last]
    facts = _Facts(
        status=status, worth=events.worth, customer=events.customer[events.last],
        reason=events.last_named(events.reason),
    )  # fmt: skip
    rows = [_of_one(facts, deals, name) for name, deals in places_of(met) if name]
    named = (status == LOST) & (met != "")
    if sum(row.lost for row in rows) != int(named.sum()):
        raise ValueError("the lost deals of competitors do not add up")
    worth = facts.worth[named]
    basis = CompetitorBasis(
        lost=int((status == LOST).sum()),
        lost_named=int(named.sum()),
        amount_lost=_sum(worth),
        without_amount=int(np.isnan(worth).sum()),
        only_lost=not bool(((status != LOST) & (met != "")).any()),
    )
    return tuple(sorted(rows, key=_most_lost)), basis


def _most_lost(row: CompetitorDeals) -> tuple[int, float, int, object]:
    return -row.lost, -(row.amount_lost or 0.0), -row.met, natural(row.competitor)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Facts:
    """What is known of each deal."""

    status: Ints
    worth: Floats
    customer: Words
    reason: Words


def _of_one(facts: _Facts, deals: Ints, name: str) -> CompetitorDeals:
    status, worth = facts.status[deals], facts.worth[deals]
    reasons = facts.reason[deals][status == LOST]
    return CompetitorDeals(
        competitor=name,
        met=len(deals),
        customers=len(set(facts.customer[deals].tolist()) - {""}),
        won=int((status == WON).sum()),
        lost=int((status == LOST).sum()),
        open=int((status == OPEN).sum()),
        amount_won=_sum(worth[status == WON]),
        amount_lost=_sum(worth[status == LOST]),
        reasons=_reasons(reasons.tolist()),
    )


def _reasons(words: list[str]) -> tuple[LossReason, ...]:
    """Return reasons compared without case and spaces, under the first spelling by text."""
    folded = {word: " ".join(word.casefold().split()) for word in words}
    counts = Counter(folded[word] for word in words)
    spelt = {folded[word]: word for word in sorted(folded, reverse=True)}
    found = [LossReason(reason=spelt[key] or None, n=n) for key, n in counts.items()]
    return tuple(sorted(found, key=lambda r: (-r.n, r.reason is None, r.reason or "")))


def _sum(worth: Floats) -> float | None:
    return None if np.isnan(worth).all() else float(np.nansum(worth))
