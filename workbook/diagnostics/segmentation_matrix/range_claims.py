"""What page 2 tells of the range, of segments and of people: what could be sold, and by whom."""

from math import fsum

import numpy as np

from workbook.diagnostics.claims import Claim, Confidence, Figure, Judged, MoneyKind, judge
from workbook.diagnostics.effect import expecting
from workbook.diagnostics.gates import has_history, says_something, within_money
from workbook.diagnostics.segmentation_matrix.at_stake import sold
from workbook.diagnostics.segmentation_matrix.deals_result import CellStatus
from workbook.diagnostics.segmentation_matrix.differences import fewer_new
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    MaturityGroup,
    Need,
    Neighbour,
    WhiteSpacePart,
)
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result

_HALF = 0.5


def best_target(result: Result) -> Neighbour | None:
    """Return the target product that most could be made of by offering it to who buys."""
    targets = [n for n in result.neighbours if n.need is Need.TARGET]
    return next((n for n in targets if n.value is not None), targets[0] if targets else None)


def neighbour(result: Result, params: Params) -> Judged | None:
    """Tell what more could be sold to active customers, and of which product to offer first.

    It weighs all open pairs of customer and target product; the step is about one product.
    """
    best, parts = best_target(result), result.white_space_parts
    if best is None or parts is None:
        return None
    of_segment = result.maturity["segment"] == best.segment
    active = int((of_segment & (result.maturity["group"] == MaturityGroup.ACTIVE)).sum())
    spaces = result.white_space
    mine = (spaces["segment"] == best.segment) & (spaces["product"] == best.product)
    never = spaces.where(mine & (spaces["state"] == CellStatus.NOT_OFFERED))
    figures: dict[str, Figure] = {
        "segment": best.segment,
        "product": best.product,
        "buyers": best.buyers,
        "never": best.never_offered,
        "value": best.potential,
        "each": best.value,
        "never_all": len(never),
        "value_all": fsum(never["value"].dropna()),
        "open_n": parts.open.customers,
        "open_value": parts.open.value,
    }
    told = "neighbour" if result.offers_recorded else "unsold"  # "never offered" needs offers
    money = parts.open.value if best.potential is not None else None
    opened = spaces["customer_id"].loc[spaces["part"] == WhiteSpacePart.OPEN].unique()
    claim = Claim(
        id=told if money else f"{told}_plain",
        measure=("white_space_value", "") if money else ("white_space_customers", ""),
        figures=figures,
        count=best.never_offered,
        population=active,
        customers=parts.open.customers,
        customer_ids=tuple(opened.tolist()),
        money=money or None,
        money_kind=MoneyKind.POTENTIAL,
        confidence=Confidence.ASSUMED,
        evidence="white_space",
    )
    claim = expecting(claim, sold(result, best.potential))
    return judge(claim, has_history(best.buyers, least=1))


def only_repeat(result: Result, params: Params) -> Judged | None:
    """Tell of a manager who grows by repeat sales alone, where that is not so of the others."""
    if not result.only_repeat:
        return None
    p_values = fewer_new(result.customers)
    first = min(result.only_repeat, key=lambda row: p_values.get(row.manager, 1.0))
    passed = p_values.get(first.manager, 1.0) < 1 - params.confidence
    own = result.customers["customer_id"].loc[result.customers["manager"] == first.manager]
    total = next((r.total for r in result.turnover_managers if r.manager == first.manager), None)
    claim = Claim(
        id="only_repeat",
        figures={
            "manager": first.manager,
            "growth": first.growth,
            "share": first.repeat_share,
            "customers": first.customers,
            "months": params.window_months,
            "p_value": p_values.get(first.manager),
        },
        customers=first.customers,
        customer_ids=tuple(own.tolist()[: first.customers]),
        money=first.growth,
        money_of=total,
        # The growth rests on customers of before: nothing new stands beside it when one leaves.
        money_kind=MoneyKind.EXPOSED,
        confidence=Confidence.TESTED if passed else Confidence.COUNTED,
        singled_out=(first.manager,),
        evidence="kpi",
    )
    return judge(claim, has_history(first.repeat, least=params.min_manager_sales))


def segment(result: Result, params: Params) -> Judged | None:
    """Tell of the segment that uses least of what it is meant to buy."""
    weak = result.weak_segment
    if weak is None:
        return None
    spaces = result.white_space
    own = spaces.where((spaces["segment"] == weak.segment) & (spaces["part"] == "open"))
    return judge(
        Claim(
            id="segment",
            figures={"segment": weak.segment, "share": weak.share, "others": weak.others,
                     "n": weak.n},
            customers=max(weak.n, own["customer_id"].nunique()),
            customer_ids=tuple(dict.fromkeys(own.values("customer_id"))),
            confidence=Confidence.TESTED,
            singled_out=(weak.segment,),
            evidence="segments",
        )
    )  # fmt: skip


def single(result: Result, params: Params) -> Judged | None:
    """Tell of customers that one product ties to the company."""
    found = result.single_product
    if not found:
        return None
    amount = fsum(found["amount"])
    only = len({p.product for p in result.products if p.product}) < 2
    claim = Claim(
        id="single",
        measure=("single_product", ""),
        figures={"n": len(found), "amount": amount},
        count=len(found),
        population=result.customers_n,
        customers=len(found),
        customer_ids=tuple(found.values("customer_id")),
        money=amount if result.abc_basis is not None else None,
        money_of=None if result.turnover is None else result.turnover.total,
        money_kind=MoneyKind.REVENUE,
        evidence="white_space",
    )
    return judge(claim, says_something(by_definition=only))


def half_of_turnover(result: Result) -> int | None:
    """Return the fewest customers that bring half of the turnover; None where nothing was sold."""
    basis = result.abc_basis
    if basis is None or basis.base <= 0 or basis.measure != "amount":
        return None
    totals = np.sort(result.abc["total"].to_numpy(dtype=float))[::-1]
    return int((np.cumsum(totals) < _HALF * basis.base).sum()) + 1


def concentration(result: Result, params: Params) -> Judged | None:
    """Tell of the few customers that bring half of the turnover, else of those that are large.

    Half is told where its customers bring ``Params.large_share`` each on average; that they bring
    half is how they were chosen, that they are so few is not.
    """
    basis = result.abc_basis
    if basis is None or basis.base <= 0 or basis.measure != "amount":
        return None
    totals = result.abc["total"].to_numpy()
    order = np.argsort(-totals, kind="stable")
    ranked = totals[order]
    few = half_of_turnover(result) or 0
    large = int((ranked >= params.large_share * basis.base).sum())
    n = few if few * params.large_share <= _HALF else large
    if not n:
        return None
    amount, least = fsum(ranked[:n].tolist()), float(ranked[n - 1])
    claim = Claim(
        id="concentration",
        figures={
            "n": n,
            "all": basis.buyers,
            "share": amount / basis.base,
            "amount": amount,
            "least": least,
            "largest": float(ranked[0]) / basis.base,
        },
        count=n,
        population=basis.buyers,
        customers=n,
        customer_ids=tuple(result.abc["customer_id"].iloc[order[:n]].tolist()),
        money=least,
        money_kind=MoneyKind.EXPOSED,
        confidence=Confidence.ASSUMED,
        evidence="abc",
    )
    # Returns of others make the turnover smaller than what these bring: then it is no part of it.
    whole = basis.base if result.turnover is None else min(basis.base, result.turnover.total)
    # Of ten customers each brings a tenth if all are alike.
    few_in_all = basis.buyers * params.large_share <= 1
    return judge(
        claim,
        within_money(amount, whole),
        says_something(by_definition=few_in_all or n == basis.buyers),
    )


def rules(result: Result, params: Params) -> Judged | None:
    """Tell of customers that have no place in the matrix."""
    check = result.rule_check
    if check is None or not check.unassigned + check.undetermined:
        return None
    claim = Claim(
        id="rules",
        figures={"unassigned": check.unassigned, "undetermined": check.undetermined,
                 "n": check.unassigned + check.undetermined},
        count=check.unassigned + check.undetermined,
        population=result.customers_n,
        customers=check.unassigned + check.undetermined,
        evidence="rules",
    )  # fmt: skip
    return judge(claim)
