"""What page 2 tells of customers without a purchase, and of a fall of turnover."""

from collections.abc import Collection
from math import fsum

from workbook.diagnostics.claims import Claim, Confidence, Figure, Judged, MoneyKind, judge
from workbook.diagnostics.effect import expecting
from workbook.diagnostics.gates import fits
from workbook.diagnostics.segmentation_matrix.at_stake import (
    back,
    better_years,
    brought,
    fall,
    stopped,
)
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result

_SOON, _NOW = 14, 7
"""Days until a step is due: what can be done in two weeks, and what is to be done this week."""


def turnover(result: Result, params: Params) -> Judged | None:
    """Tell of a fall of turnover against the window before, and whose falls make half of it."""
    total = result.turnover
    if total is None or total.growth is None or total.total_before is None or total.growth >= 0:
        return None
    difference = total.total_before - total.total
    whose = fall(result.customers, difference)
    claim = Claim(
        id="turnover_down" if whose.stopped > 0 else "turnover_down_buying",
        measure=("turnover", ""),
        figures={
            "total": total.total,
            "change": -total.growth,
            "difference": difference,
            "months": params.window_months,
            "half": len(whose.half),
            "stopped": whose.stopped,
        },
        customers=len(whose.half),
        customer_ids=whose.half,
        money=difference,
        money_of=total.total_before,
        money_kind=MoneyKind.LOST,
        evidence="kpi",
        due_days=_SOON,
    )
    # Returns above sales make a negative total: then the fall is above what there was.
    return judge(expecting(claim, back(result, whose.stopped, params)))


def lapsed(result: Result, params: Params) -> Judged | None:
    """Tell of A customers that are silent for longer than is usual for them.

    Named is the largest that the register of losses does not list yet: who is known to have left
    is won back, not called to ask what has happened.  Nor is its revenue at risk any more: at
    risk is that of the others, and where the register lists them all, it is lost.
    """
    silent, basis = result.silent, result.abc_basis
    if not silent or basis is None:
        return None
    amount, known = fsum(silent["amount"]), set(result.silent_registered)
    fresh = silent.where(~silent["customer_id"].isin(list(known)))
    every, gone = len(silent), not len(fresh)
    whose = silent if gone else fresh
    money = fsum(whose["amount"])
    figures: dict[str, Figure] = {
        "n": every, "sum": amount, "registered": len(known), "fresh": len(fresh),
        "fresh_sum": fsum(fresh["amount"]),
    }  # fmt: skip
    if len(fresh):
        (first,) = fresh.head(1).records()
        figures |= {
            "customer": _name(result, first["customer_id"]),
            "days": first["silent_days"],
            "usual": round(first["usual_days"]),
            "amount": first["amount"],
        }
    kind = "silent" if not known else "silent_registered" if gone else "silent_partly"
    claim = Claim(
        id="silent_one" if kind == "silent" and every == 1 else kind,
        figures=figures,
        count=every,
        population=basis.n + basis.no_sales,
        customers=len(whose),
        customer_ids=tuple(whose.values("customer_id")),
        money=money,
        money_of=_better_whole(result),
        money_kind=MoneyKind.LOST if gone else MoneyKind.AT_RISK,
        evidence="abc",
        due_days=_NOW,
    )
    return judge(expecting(claim, back(result, money, params)))


def lost_by(n: int, *, silent: int, ended: int) -> str:
    """Return the claim by what makes customers lost: silence, ended contracts, the register too.

    Examples
    --------
    >>> lost_by(5, silent=5, ended=0), lost_by(5, silent=3, ended=2), lost_by(5, silent=3, ended=1)
    ('lost', 'lost_contracts', 'lost_register')
    """
    if n > silent + ended:
        return "lost_register"
    return "lost_contracts" if ended else "lost"


def lost(result: Result, params: Params) -> Judged | None:
    """Tell how many are lost, where the window fits their rhythm."""
    counts, basis, window = result.lifecycle_counts, result.lifecycle_basis, result.lifecycle_window
    if counts is None or basis is None or window is None or not counts.lost:
        return None
    ids = stopped(result.customers)
    figures: dict[str, Figure] = {
        "n": counts.lost,
        "all": result.customers_n - counts.potential,
        "months": basis.months,
        "renewed": counts.renewed,
        "silent": window.silent,
        "ended": basis.contract_ended,
        "others": counts.lost - window.silent,
        "amount": brought(result.customers, ids),
    }
    name = lost_by(counts.lost, silent=window.silent, ended=basis.contract_ended)
    claim = _of_gone(
        result, name, figures, ids, n=counts.lost, kind=MoneyKind.LOST, plain=f"{name}_plain"
    )
    effect = back(result, claim.money, params)
    return judge(expecting(claim, effect), fits(window.called == "lost"))


def quiet(result: Result, params: Params) -> Judged | None:
    """Tell how many are silent where they cannot be called lost, and what they brought.

    At risk is what they brought less the share that came back one window ago.
    A customers that are silent for longer than is usual for them have a finding of their own,
    and who is in the register of losses is lost, not at risk: neither is counted here.
    """
    counts, basis, window = result.lifecycle_counts, result.lifecycle_basis, result.lifecycle_window
    if counts is None or basis is None or window is None:
        return None
    if window.called == "lost" or not window.silent:
        return None
    told = set(result.silent["customer_id"])
    registered = result.lifecycle.where(result.lifecycle["registered"])["customer_id"]
    others = told.union(registered)
    ids = [name for name in stopped(result.customers) if name not in others]
    if basis.contract_ended:  # whose contract ended is in that status too, and not silent
        told, ids = set(), []
    elif not ids:
        return None
    n = len(ids) or window.silent
    known = window.share_returned is not None
    amount = brought(result.customers, ids)
    figures: dict[str, Figure] = {
        "n": n,
        "all": result.customers_n - counts.potential,
        "months": basis.months,
        "k": window.returned if known else None,
        "of": window.returned_of if known else None,
        "share": window.share_returned,
        "amount": amount,
        "risk": amount * (1 - (window.share_returned or 0.0)),
    }
    name = "quiet_others" if told else "quiet"
    name = f"{name}_back" if known else name
    claim = _of_gone(result, name, figures, ids, n=n, kind=MoneyKind.AT_RISK, plain="quiet_plain")
    return judge(expecting(claim, back(result, amount, params)))


def ended(result: Result, params: Params) -> Judged | None:
    """Return whose contract ended without a purchase since: lost in any window."""
    counts, basis, window = result.lifecycle_counts, result.lifecycle_basis, result.lifecycle_window
    if counts is None or basis is None or window is None or window.called == "lost":
        return None
    if not basis.contract_ended:
        return None
    bought = result.customers_n - counts.potential
    return judge(
        Claim(
            id="ended",
            figures={"n": basis.contract_ended, "all": bought},
            count=basis.contract_ended,
            population=bought,
            customers=basis.contract_ended,
            evidence="lifecycle",
        )
    )


def _of_gone(
    result: Result,
    name: str,
    figures: dict[str, Figure],
    ids: Collection[str],
    *,
    n: int,
    kind: MoneyKind,
    plain: str,
) -> Claim:
    """Return a claim on customers that stopped buying, ``plain`` where they brought nothing."""
    whole = result.customers_n - (
        0 if result.lifecycle_counts is None else result.lifecycle_counts.potential
    )
    money = figures.get("risk", figures["amount"])
    money = float(money) if isinstance(money, int | float) else 0.0
    return Claim(
        id=name if money else plain,
        figures=figures,
        count=n,
        population=whole,
        customers=n,
        customer_ids=tuple(ids),
        money=money or None,
        money_of=_better_whole(result),
        money_kind=kind,
        # Whether who is silent for the window has left is an assumption where it does not fit.
        confidence=Confidence.COUNTED if kind is MoneyKind.LOST else Confidence.ASSUMED,
        evidence="lifecycle",
    )


def _better_whole(result: Result) -> float:
    return fsum(better_years(result.customers))


def _name(result: Result, customer: str) -> str:
    """Return the name of a customer, its id where it has none."""
    named = result.customers["name"].loc[result.customers["customer_id"] == customer].dropna()
    return str(named.iloc[0]) if len(named) else customer
