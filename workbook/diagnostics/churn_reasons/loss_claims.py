"""What the losses themselves let page 2 find: key customers, reasons, groups, pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbook.diagnostics.churn_reasons.customers_concerned import CustomersConcerned
from workbook.diagnostics.churn_reasons.leading import (
    by_money,
    by_number,
    dear,
    enough_judged,
    leading_by_money,
    leading_by_number,
)
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio_result import GroupLosses, Missing
from workbook.diagnostics.churn_reasons.reasons_result import Reason
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, Refusal, judge
from workbook.diagnostics.effect import Effect, excess_of, expecting, share_of
from workbook.diagnostics.gates import Gate, has_history, is_tested, says_something
from workbook.stats import Family
from workbook.stats.sign_test import sign_p

KEY_PART = 0.5
"""Losses that make more than this part of the lost revenue are the key ones: the project's own."""
KEY_LOSSES = 5
"""So many of them can be called by name in a sentence: the project's own."""
FEW_OF_ALL = 0.25
"""They are few where they are at most this part of all losses: the project's own."""
CALL_DAYS = 14
"""A lost key customer is called within so many days."""
PROCESS_DAYS = 90
"""A process is changed within so many days."""
PLAN_DAYS = 60
"""What is wrong in a group is found out and agreed on within so many days."""


def coming_back(result: Result, revenue: float | None) -> Effect | None:
    """Return what of this lost revenue may come back, at the rate of returns so far.

    By the chance of a return in time where it is told, else by the share of losses that have come
    back; None where returns are not recorded.
    """
    back = result.winback
    if back is None:
        return None
    if back.chance is not None:
        return share_of(revenue, back.chance_low, back.chance_high)
    return share_of(revenue, back.ci_low, back.ci_high)


def key_losses(result: Result, params: Params, concerned: CustomersConcerned) -> Judged | None:
    """Name the few lost customers that took more than half of the lost revenue.

    The reason is named where they share one beyond chance.
    """
    largest = concerned.largest_away(KEY_PART, most=KEY_LOSSES)
    if largest is None:
        return None
    found = concerned.shared(largest.losses, alpha=1 - params.confidence)
    labels = tuple(map(concerned.coded_reasons.label, found.reasons))
    claim = Claim(
        id="key_losses_reason" if labels else "key_losses",
        figures={
            "k": len(largest.ids),
            "n": result.base.n,
            "names": ", ".join(largest.names),
            "reasons": " + ".join(labels),
            "revenue": largest.revenue,
            "total": result.base.revenue,
        },
        count=len(largest.ids),
        population=result.base.n,
        customers=len(set(largest.ids)),
        customer_ids=largest.ids,
        money=largest.revenue,
        money_of=result.base.revenue,
        money_kind=MoneyKind.LOST,
        confidence=Confidence.TESTED if labels else Confidence.COUNTED,
        singled_out=labels,
        evidence="winback",
        due_days=CALL_DAYS,
    )
    few = len(largest.ids) <= FEW_OF_ALL * result.base.n
    return judge(
        expecting(claim, coming_back(result, largest.revenue)),
        says_something(by_definition=not few),
    )


def key_family(params: Params, concerned: CustomersConcerned) -> Family | None:
    """Return the test of what the key losses share; None where there are none."""
    largest = concerned.largest_away(KEY_PART, most=KEY_LOSSES)
    if largest is None or len(largest.ids) > FEW_OF_ALL * concerned.losses.n:
        return None
    alpha = 1 - params.confidence
    return concerned.shared(largest.losses, alpha=alpha).family(alpha)


def money(result: Result, params: Params, concerned: CustomersConcerned) -> Judged | None:
    """Name the preventable reason that costs most, or the two, where that is not chance."""
    costly = [r for r in by_money(result.reasons) if r.preventable and r.revenue]
    if not costly or result.preventable is None:
        return None
    leading = leading_by_money(result, preventable=True) or tuple(costly[:1])
    claim = _dearest(leading, result, concerned)
    return judge(
        claim,
        enough_judged(result.preventable, params),
        says_something(by_definition=len(result.reasons) == 1),
        is_tested(bool(leading_by_money(result, preventable=True))),
    )


def _dearest(leading: Sequence[Reason], result: Result, concerned: CustomersConcerned) -> Claim:
    """Return the claim of one reason or of two that lead together, their revenue added."""
    names = [reason.reason for reason in leading]
    first, ids = leading[0], concerned.naming_any(names)
    claim = replace(
        dear("money", first, result, customers=ids), evidence="lost", due_days=PROCESS_DAYS
    )
    if len(leading) > 1:
        second = leading[1]
        more = {"second": second.label, "second_revenue": second.revenue}
        claim = replace(
            claim,
            id="money_tied",
            figures={**claim.figures, **more},
            count=len(ids),
            population=result.base.customers,
            money=(first.revenue or 0.0) + (second.revenue or 0.0),
        )
    return expecting(claim, coming_back(result, concerned.revenue_away(names)))


def reason(result: Result, params: Params, concerned: CustomersConcerned) -> Judged | None:
    """Name the most frequent preventable reason, where it is not the dearest one again."""
    named = [r for r in by_number(result.reasons) if r.preventable]
    if not named or result.preventable is None:
        return None
    first, ids = named[0], concerned.naming_all([named[0].reason])
    dearest = leading_by_money(result, preventable=True)
    if len(result.reasons) > 1 and first.reason in {r.reason for r in dearest}:
        return None
    leading = leading_by_number(result, preventable=True)
    tied = len(leading) > 1
    claim = Claim(
        id="reason_tied" if tied else "reason",
        measure=("reason", first.label),
        figures={
            "reason": first.label,
            "second": leading[1].label if tied else None,
            "k": first.any,
            "n": result.base.n,
            "owner": first.owner or "unknown",
            "revenue": first.revenue,
        },
        count=first.any,
        population=result.base.n,
        customers=len(ids),
        customer_ids=ids,
        money=first.revenue,
        money_of=result.base.revenue,
        money_kind=MoneyKind.LOST,
        evidence="lost",
        due_days=PROCESS_DAYS,
    )
    return judge(
        expecting(claim, coming_back(result, concerned.revenue_away([first.reason]))),
        has_history(first.any, least=params.min_reason_n),
        enough_judged(result.preventable, params),
        is_tested(bool(leading)),
    )


def groups(result: Result, concerned: CustomersConcerned) -> Iterator[Judged]:
    """One group that its test, among all groups compared, sets apart; and what is not known."""
    surest = surest_above(result)
    if surest is not None:
        first = judge(_group(surest, result, concerned))
        yield first
        if isinstance(first, Claim):
            return
    for known in result.dimensions:
        if known.missing in (Missing.LOST_ONLY, Missing.PARTLY):
            yield Refusal(id="group", gate=Gate.PORTFOLIO)


def surest_above(result: Result) -> GroupLosses | None:
    """Return the group that most surely loses more than expected; its test is another question."""
    own = [g for g in result.by if g.p_holm is not None and not g.repeats]
    above = [g for g in own if g.ratio is not None and g.ratio > 1]
    return min(above, key=lambda g: (g.p_holm or 0.0, g.group), default=None)


def _group(group: GroupLosses, result: Result, concerned: CustomersConcerned) -> Claim:
    ids = concerned.of_portfolio(group.dimension, group.group)
    claim = Claim(
        id="group",
        measure=("loss_rate_by", group.group),
        figures={
            "dimension": group.dimension,
            "group": group.group,
            "lost": group.lost,
            "at_risk": group.at_risk,
            "expected": group.expected,
            "revenue": group.revenue,
        },
        count=group.lost,
        population=group.at_risk,
        customers=len(ids),
        customer_ids=ids,
        money=group.revenue,
        money_of=result.base.revenue,
        money_kind=MoneyKind.LOST,
        confidence=Confidence.TESTED if group.stands_out else Confidence.COUNTED,
        singled_out=(group.group,),
        evidence="by",
        due_days=PLAN_DAYS,
    )
    return expecting(claim, excess_of(group.revenue, group.ci_low, group.ci_high))


def pair(result: Result, concerned: CustomersConcerned) -> Judged | None:
    """Name the two reasons that come together more surely than any others."""
    sure = [p for p in result.pairs if p.stands_out]
    if not sure:
        return None
    two = min(sure, key=lambda p: (p.p_holm, -p.n, p.a, p.b))
    names = (two.a, two.b)
    ids, revenue = concerned.naming_all(names), concerned.revenue_naming_all(names)
    claim = Claim(
        id="pair",
        figures={
            "a": two.label_a,
            "b": two.label_b,
            "n": two.n,
            "expected": two.expected,
            "revenue": revenue,
        },
        count=two.n,
        population=result.base.n,
        customers=len(ids),
        customer_ids=ids,
        money=revenue,
        money_of=result.base.revenue,
        money_kind=MoneyKind.LOST,
        confidence=Confidence.TESTED,
        evidence="combinations",
        due_days=PROCESS_DAYS,
    )
    return judge(claim)


def behind(result: Result, params: Params) -> Judged | None:
    """Tell how often the reason stated most proved another, and what was found instead.

    What was found is named where it leads all other findings (exact sign test); several that
    were found as often lead together.
    """
    stated = max(result.stated, key=lambda row: row.stated, default=None)
    if stated is None or stated.stated == stated.both:
        return None
    found = [r for r in result.replacements if r.stated == stated.reason]
    most = max((r.n for r in found), default=0)
    rest = max((r.n for r in found if r.n < most), default=0)
    wrong = stated.stated - stated.both
    return judge(
        Claim(
            id="behind",
            figures={
                "stated": stated.label,
                "found": " + ".join(r.verified_label for r in found if r.n == most),
                "k": wrong,
                "n": stated.stated,
            },
            count=wrong,
            population=stated.stated,
            customers=wrong,
            evidence="verified",
            due_days=PLAN_DAYS,
        ),
        has_history(wrong, least=params.min_reason_n),
        is_tested(sign_p(most, rest) < 1 - params.confidence),
    )
