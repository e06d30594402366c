"""The headline of the churn report and its tiles: candidates, each through its gates."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.diagnostics.churn_reasons.customers_concerned import CustomersConcerned
from workbook.diagnostics.churn_reasons.leading import (
    best_signal,
    by_money,
    by_number,
    dear,
    enough_judged,
    leading_by_money,
    unjudged,
)
from workbook.diagnostics.churn_reasons.loss_claims import groups, key_losses, surest_above
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.reasons_result import Combination, Reason
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.claims import (
    Claim,
    Judged,
    MoneyKind,
    judge,
)
from workbook.diagnostics.gates import (
    says_something,
)

PEOPLE = "manager"
"""The dimension whose groups are people: no heading names one."""


def answers(
    result: Result, params: Params, concerned: CustomersConcerned
) -> Iterator[Judged | None]:
    """Return candidates for the decision, the most telling first; the last always passes."""
    lost = result.lost
    if not lost.n:
        yield Claim(id="none", figures={}, problem=False)
        return
    yield unjudged(result, params)
    yield key_losses(result, params, concerned)
    yield from _group(result, concerned)
    yield from _costly(result, concerned)
    yield from _share(result, params, concerned)
    yield _frequent(result, concerned)
    if lost.at_risk and lost.rate is not None:
        inside = round(lost.rate * lost.at_risk)
        ids = concerned.of_portfolio()
        yield judge(
            Claim(
                id="rate",
                measure=("loss_rate", ""),
                figures={"k": inside, "n": lost.at_risk, "revenue": lost.revenue},
                count=inside,
                population=lost.at_risk,
                customers=len(ids),
                customer_ids=ids,
            )
        )
    yield Claim(
        id="plain",
        measure=("losses", ""),
        figures={"n": lost.n, "revenue": lost.revenue},
        count=lost.n,
        population=lost.n,
        customers=lost.customers,
    )


def _group(result: Result, concerned: CustomersConcerned) -> Iterator[Judged]:
    """Tell the group that loses too many, with the reason that costs most to begin with."""
    surest = surest_above(result)
    if surest is None or surest.dimension == PEOPLE or surest.revenue is None:
        return
    found = next(iter(groups(result, concerned)))
    leading = leading_by_money(result, preventable=True)
    if not isinstance(found, Claim) or not leading:
        yield found
        return
    figures = {**found.figures, "reason": leading[0].label}
    yield replace(found, id="group_reason", figures=figures)


def _share(result: Result, params: Params, concerned: CustomersConcerned) -> Iterator[Judged]:
    prevented = result.preventable
    if prevented is None:
        return
    share, ids = prevented.share or 0.0, concerned.preventable()
    yield judge(
        Claim(
            id="share",
            measure=("preventable", ""),
            figures={"k": prevented.n, "n": prevented.judged, "revenue": prevented.revenue},
            count=prevented.n,
            population=prevented.judged,
            customers=len(ids),
            customer_ids=ids,
            money=prevented.revenue,
            money_of=result.base.revenue,
            money_kind=MoneyKind.LOST,
        ),
        enough_judged(prevented, params),
        # Nearly everything preventable: that is how the list of reasons is made.
        says_something(by_definition=prevented.by_definition or share >= params.share_headline),
    )


def _costly(result: Result, concerned: CustomersConcerned) -> Iterator[Judged]:
    """Name the dearest reason; of two that lead and cannot be told apart, the losses of both."""
    money = by_money(result.reasons)
    if len(money) < 2 or not money[0].revenue or money[0].preventable is None:
        return
    first, second = money[:2]
    if not first.revenue_tied_with_next:
        customers = concerned.naming_all([first.reason])
        yield judge(dear("costly", first, result, customers=customers))
        return
    both = _together(result, first, second)
    if both is None or both.revenue is None or not leading_by_money(result):
        return
    ids = concerned.naming_only(both.reasons)
    yield judge(
        Claim(
            id="costly_together",
            figures={
                "n": both.n,
                "of": result.base.n,
                "a": first.label,
                "b": second.label,
                "revenue": both.revenue,
                "total": result.base.revenue,
            },
            count=both.n,
            population=result.base.n,
            customers=len(ids),
            customer_ids=ids,
            money=both.revenue,
            money_of=result.base.revenue,
            money_kind=MoneyKind.LOST,
        )
    )


def _together(result: Result, first: Reason, second: Reason) -> Combination | None:
    names = {first.reason, second.reason}
    return next((c for c in result.combinations if set(c.reasons) == names), None)


def _frequent(result: Result, concerned: CustomersConcerned) -> Judged | None:
    named = by_number(result.reasons)
    if not named or named[0].tied_with_next or named[0].preventable is None:
        return None
    ids = concerned.naming_all([named[0].reason])
    return judge(
        Claim(
            id="frequent",
            measure=("reason", named[0].label),
            figures={"reason": named[0].label, "k": named[0].any, "n": result.base.n},
            count=named[0].any,
            population=result.base.n,
            customers=len(ids),
            customer_ids=ids,
        )
    )


def tiles(result: Result, params: Params, concerned: CustomersConcerned) -> Iterator[Judged | None]:
    """Return candidates for the tiles, most telling first."""
    if not result.base.n:
        return
    yield _lost_tile(result)
    if result.lost.revenue is not None:
        yield judge(
            Claim(
                id="revenue",
                measure=("lost_revenue", ""),
                figures={"revenue": result.lost.revenue, "n": result.lost.revenue_known},
                count=result.lost.revenue_known,
                population=result.lost.n,
                money=result.lost.revenue,
                money_of=result.lost.revenue,
                money_kind=MoneyKind.LOST,
            )
        )
    yield _preventable_tile(result, params, concerned)
    if result.winback is not None:
        yield _counted("winback", result.winback.returned, result.winback.n)
    yield _watched_tile(result)
    if result.verified is not None:
        yield _counted("verified", result.verified.n, result.verified.base)


def _lost_tile(result: Result) -> Judged:
    """Return the losses; a rate in per cent only where there are enough of them for it."""
    lost = result.lost
    if lost.at_risk is None or lost.rate is None:
        id_, inside = "lost", None
    else:
        id_, inside = "lost_of" if result.small else "lost_rate", round(lost.rate * lost.at_risk)
    return judge(
        Claim(
            id=id_,
            measure=("losses" if id_ == "lost" else "loss_rate", ""),
            figures={"n": lost.n, "rate": lost.rate, "at_risk": lost.at_risk},
            count=lost.n if inside is None else inside,
            population=lost.n if lost.at_risk is None else lost.at_risk,
            customers=lost.customers,
        )
    )


def _preventable_tile(
    result: Result, params: Params, concerned: CustomersConcerned
) -> Judged | None:
    prevented = result.preventable
    if prevented is None:
        return None
    return judge(
        Claim(
            id="preventable",
            measure=("preventable", ""),
            figures={
                "k": prevented.n,
                "n": prevented.judged,
                "low": prevented.ci_low,
                "high": prevented.ci_high,
            },
            count=prevented.n,
            population=prevented.judged,
            customers=len(concerned.preventable()),
        ),
        enough_judged(prevented, params),
        says_something(by_definition=prevented.by_definition),
    )


def _counted(id_: str, k: int, n: int) -> Judged | None:
    if not n:
        return None
    return judge(Claim(id=id_, figures={"k": k, "n": n}, count=k, population=n))


def _watched_tile(result: Result) -> Judged | None:
    best = best_signal(result)
    if not result.watched or result.active is None or best is None:
        return None
    return judge(
        Claim(
            id="watched" if result.watched_revenue is None else "watched_money",
            figures={"k": result.watched, "n": result.active, "revenue": result.watched_revenue},
            count=result.watched,
            population=result.active,
            customers=result.watched,
            money=result.watched_revenue,
            money_kind=MoneyKind.AT_RISK,
        )
    )
