"""What page 2 of the churn report tells: the answer, its tiles and findings, each through gates."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.diagnostics.churn_reasons.customers_concerned import CustomersConcerned
from workbook.diagnostics.churn_reasons.headline import answers, tiles
from workbook.diagnostics.churn_reasons.leading import (
    best_signal,
    by_money,
    by_number,
    dear,
    enough_judged,
    leading_by_money,
    leading_by_number,
    unjudged,
)
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio_result import GroupLosses, Missing
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Judged,
    MoneyKind,
    Refusal,
    judge,
    sorted_out,
    told_findings,
)
from workbook.diagnostics.gates import (
    Gate,
    has_history,
    is_tested,
    knows_portfolio,
    says_something,
)

_TILES = 4


def told(result: Result, params: Params, concerned: CustomersConcerned) -> Result:
    """Return the result with what page 2 tells of it, and what its gates refused."""
    headlines, not_told = sorted_out(answers(result, params, concerned))
    shown, _ = sorted_out(tiles(result, params, concerned))
    findings, refused = told_findings(_findings(result, params, concerned))
    return replace(
        result,
        answer=headlines[0],
        tiles=shown[:_TILES],
        findings=findings,
        refused_findings=tuple(dict.fromkeys((*not_told, *refused))),
    )


def _findings(
    result: Result, params: Params, concerned: CustomersConcerned
) -> Iterator[Judged | None]:
    """Everything that page 2 could tell, most important first."""
    if not result.lost.n:
        return
    yield unjudged(result, params)
    yield _money(result, params, concerned)
    yield from _groups(result, params, concerned)
    yield _signal(result, params)
    yield _reason(result, params, concerned)
    yield _silent(result)
    yield _pair(result, concerned)
    yield _winback(result)
    yield _still_buying(result)
    yield _verified(result)


def _money(result: Result, params: Params, concerned: CustomersConcerned) -> Judged | None:
    """Name the preventable reason that costs most, or the two, where that is not chance."""
    money = [r for r in by_money(result.reasons) if r.preventable and r.revenue]
    if not money or result.preventable is None:
        return None
    leading = leading_by_money(result, preventable=True)
    customers = concerned.naming_all([money[0].reason])
    claim = dear("money", money[0], result, customers=customers)
    if len(leading) > 1:
        more = {"second": leading[1].label, "second_revenue": leading[1].revenue}
        claim = replace(claim, id="money_tied", figures={**claim.figures, **more})
    return judge(
        claim,
        enough_judged(result.preventable, params),
        says_something(by_definition=len(result.reasons) == 1),
        is_tested(bool(leading)),
    )


def _reason(result: Result, params: Params, concerned: CustomersConcerned) -> Judged | None:
    """Name the most frequent preventable reason, where it is not the dearest one again."""
    named = [r for r in by_number(result.reasons) if r.preventable]
    if not named or result.preventable is None:
        return None
    first = named[0]
    dearest = [r for r in by_money(result.reasons) if r.preventable]
    if len(result.reasons) > 1 and dearest and dearest[0].reason == first.reason:
        return None
    leading = leading_by_number(result, preventable=True)
    tied = len(leading) > 1
    return judge(
        Claim(
            id="reason_tied" if tied else "reason",
            figures={
                "reason": first.label,
                "second": leading[1].label if tied else None,
                "k": first.any,
                "n": result.lost.n,
                "owner": first.owner or "unknown",
            },
            count=first.any,
            population=result.lost.n,
            customers=concerned.naming_all([first.reason]),
        ),
        has_history(first.any, least=params.min_reason_n),
        enough_judged(result.preventable, params),
        is_tested(bool(leading)),
    )


def _groups(result: Result, params: Params, concerned: CustomersConcerned) -> Iterator[Judged]:
    """One group that its test, among all groups compared, sets apart; and what is not known."""
    own = [g for g in result.by if g.p_holm is not None and not g.repeats]
    above = [g for g in own if g.ratio is not None and g.ratio > 1]
    if above:
        surest = min(above, key=lambda g: (g.p_holm or 0.0, g.group))
        first = judge(_group(surest, result, concerned))
        yield first
        if isinstance(first, Claim):
            return
    for known in result.dimensions:
        if known.missing in (Missing.LOST_ONLY, Missing.PARTLY):
            yield judge(
                Claim(id="group", figures={"dimension": known.dimension}),
                knows_portfolio(known.known, known.of, least=params.known_share),
            )


def _group(group: GroupLosses, result: Result, concerned: CustomersConcerned) -> Claim:
    return Claim(
        id="group",
        figures={
            "dimension": group.dimension,
            "group": group.group,
            "lost": group.lost,
            "at_risk": group.at_risk,
            "expected": group.expected,
        },
        count=group.lost,
        population=group.at_risk,
        customers=concerned.of_portfolio(group.dimension, group.group),
        money=group.revenue,
        money_of=result.lost.revenue,
        money_kind=MoneyKind.LOST,
        confidence=Confidence.TESTED if group.stands_out else Confidence.COUNTED,
        singled_out=(group.group,),
    )


def _signal(result: Result, params: Params) -> Judged | None:
    if not result.signals:
        return None
    tested = [s for s in result.signals if s.backtested]
    if not tested:
        return Refusal(id="signal", gate=Gate.HISTORY)
    best = best_signal(result)
    if best is None:
        return Refusal(id="signal", gate=Gate.CHANCE)
    if not best.on_now:
        return None
    shown = [best.signal in on for on in result.watch_list["signals"]]
    money = result.watch_list["revenue_at_risk"][shown].dropna().tolist()
    return judge(
        Claim(
            id="signal_money" if money else "signal",
            figures={
                "signal": best.signal.value,
                "hits": best.hits,
                "of": best.n,
                "hit_rate": best.hit_rate,
                "false": best.false_alarm_rate,
                "days": None if best.lead_days is None else round(best.lead_days),
                "n": best.on_now,
                "revenue": sum(money) if money else None,
            },
            count=best.on_now,
            population=result.active,
            customers=best.on_now,
            money=sum(money) if money else None,
            money_of=result.watched_revenue,
            money_kind=MoneyKind.AT_RISK,
            confidence=Confidence.TESTED,
        )
    )


def _pair(result: Result, concerned: CustomersConcerned) -> Judged | None:
    sure = [p for p in result.pairs if p.stands_out]
    if not sure:
        return None
    pair = min(sure, key=lambda p: (p.p_holm, p.a, p.b))
    return judge(
        Claim(
            id="pair",
            figures={"a": pair.label_a, "b": pair.label_b, "n": pair.n, "expected": pair.expected},
            count=pair.n,
            population=result.lost.n,
            customers=concerned.naming_all((pair.a, pair.b)),
            confidence=Confidence.TESTED,
        )
    )


def _silent(result: Result) -> Judged | None:
    """Count customers that fell silent and are in no register: nobody asked them why."""
    who = result.lost_definitions
    if who is None or not who.silent or not who.silent_not_in_register:
        return None
    return judge(
        Claim(
            id="silent",
            figures={
                "k": who.silent_not_in_register,
                "n": who.silent,
                "months": who.window_months,
            },
            count=who.silent_not_in_register,
            population=who.silent,
            customers=who.silent_not_in_register,
        )
    )


def _still_buying(result: Result) -> Judged | None:
    who = result.lost_definitions
    if who is None or not who.register_still_buying:
        return None
    return judge(
        Claim(
            id="still_buying",
            figures={"k": who.register_still_buying, "n": who.register},
            count=who.register_still_buying,
            population=who.register,
            customers=who.register_still_buying,
        )
    )


def _winback(result: Result) -> Judged | None:
    winback = result.winback
    if winback is None or not result.candidates:
        return None
    return judge(
        Claim(
            id="winback",
            figures={"k": winback.returned, "all": winback.n, "n": len(result.candidates)},
            count=len(result.candidates),
            customers=len(result.candidates),
            population=winback.n - winback.returned,
        )
    )


def _verified(result: Result) -> Judged | None:
    verified = result.verified
    if verified is None or not verified.base or verified.n == verified.base:
        return None
    return judge(
        Claim(
            id="verified",
            figures={"k": verified.n, "n": verified.base},
            count=verified.n,
            population=verified.base,
        )
    )
