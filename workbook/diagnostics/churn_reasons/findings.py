"""What page 2 of the churn report tells: the answer, its tiles and findings, each through gates."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.result import (
    Combination,
    Group,
    Missing,
    Preventable,
    Reason,
    Result,
    SignalTest,
)
from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Judged,
    MoneyKind,
    Refusal,
    judge,
    sorted_out,
)
from workbook.diagnostics.gates import (
    Gate,
    has_history,
    knows_portfolio,
    mostly_judged,
    says_something,
)

_TILES = 4


def told(result: Result, params: Params) -> Result:
    """Return the result with what page 2 tells of it, and what its gates refused."""
    answers, not_answers = sorted_out(_answers(result, params))
    tiles, _ = sorted_out(_tiles(result, params))
    findings, refused = sorted_out(_findings(result, params))
    return replace(
        result,
        answer=answers[0],
        tiles=tiles[:_TILES],
        findings=findings,
        refused_findings=tuple(dict.fromkeys((*not_answers, *refused))),
    )


def _answers(result: Result, params: Params) -> Iterator[Judged | None]:
    """Return candidates for the headline, the most telling first; the last always passes."""
    lost = result.lost
    if not lost.n:
        yield Claim(id="none", figures={}, problem=False)
        return
    yield _unjudged("unjudged", result, params)
    yield from _share(result, params)
    yield from _costly(result)
    yield _frequent(result)
    if lost.at_risk and lost.rate is not None:
        inside = round(lost.rate * lost.at_risk)
        yield judge(
            Claim(
                id="rate",
                figures={"k": inside, "n": lost.at_risk},
                count=inside,
                population=lost.at_risk,
            )
        )
    yield Claim(id="plain", figures={"n": lost.n}, count=lost.n, population=lost.n)


def _enough_judged(prevented: Preventable, params: Params) -> Gate | None:
    of = prevented.judged + prevented.unjudged
    return mostly_judged(prevented.judged, of, least=1 - params.most_unjudged)


def _unjudged(id_: str, result: Result, params: Params) -> Judged | None:
    """Say that the list of reasons must be filled in before any share is told."""
    prevented = result.preventable
    if prevented is None or _enough_judged(prevented, params) is None:
        return None
    unknown = [u for u in result.unknown_reasons if u.column == "reasons"]
    first = max(unknown, key=lambda u: u.n, default=None)
    return judge(
        Claim(
            id=id_ if first else f"{id_}_blank",
            figures={
                "k": prevented.unjudged,
                "n": result.lost.n,
                "judged": prevented.judged,
                "first": first.given if first else None,
                "first_n": first.n if first else None,
            },
            count=prevented.unjudged,
            population=result.lost.n,
        )
    )


def _share(result: Result, params: Params) -> Iterator[Judged]:
    prevented = result.preventable
    if prevented is None:
        return
    share = prevented.share or 0.0
    yield judge(
        Claim(
            id="share" if prevented.revenue is None else "share_money",
            figures={
                "k": prevented.n,
                "n": prevented.judged,
                "revenue": prevented.revenue,
                "unjudged": prevented.unjudged,
            },
            count=prevented.n,
            population=prevented.judged,
            money=prevented.revenue,
            money_of=result.lost.revenue,
            money_kind=MoneyKind.LOST,
        ),
        _enough_judged(prevented, params),
        # Nearly everything preventable: that is how the list of reasons is made.
        says_something(by_definition=prevented.by_definition or share >= params.share_headline),
    )


def by_money(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons with known revenue, most revenue first."""
    known = [r for r in reasons if r.revenue is not None]
    return sorted(known, key=lambda r: (r.revenue_rank, r.label))


def by_number(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons, most often named first."""
    return sorted(reasons, key=lambda r: (-r.any, r.label))


def _costly(result: Result) -> Iterator[Judged]:
    """Name the dearest reason; of two that cannot be told apart, the losses that name both."""
    money = by_money(result.reasons)
    if len(money) < 2 or not money[0].revenue or money[0].preventable is None:
        return
    first, second = money[:2]
    if not first.revenue_tied_with_next:
        yield judge(_dear("costly", first, result))
        return
    both = _together(result, first, second)
    if both is None or both.revenue is None:
        return
    yield judge(
        Claim(
            id="costly_together",
            figures={
                "n": both.n,
                "of": result.lost.n,
                "a": first.label,
                "b": second.label,
                "revenue": both.revenue,
                "total": result.lost.revenue,
            },
            count=both.n,
            population=result.lost.n,
            money=both.revenue,
            money_of=result.lost.revenue,
            money_kind=MoneyKind.LOST,
        )
    )


def _together(result: Result, first: Reason, second: Reason) -> Combination | None:
    names = {first.reason, second.reason}
    return next((c for c in result.combinations if set(c.reasons) == names), None)


def _dear(id_: str, reason: Reason, result: Result) -> Claim:
    return Claim(
        id=id_,
        figures={
            "reason": reason.label,
            "revenue": reason.revenue,
            "total": result.lost.revenue,
            "k": reason.any,
            "n": result.lost.n,
            "owner": reason.owner or "unknown",
        },
        count=reason.any,
        population=result.lost.n,
        money=reason.revenue,
        money_of=result.lost.revenue,
        money_kind=MoneyKind.LOST,
    )


def _frequent(result: Result) -> Judged | None:
    named = by_number(result.reasons)
    if not named or named[0].tied_with_next or named[0].preventable is None:
        return None
    return judge(
        Claim(
            id="frequent",
            figures={"reason": named[0].label, "k": named[0].any, "n": result.lost.n},
            count=named[0].any,
            population=result.lost.n,
        )
    )


def _tiles(result: Result, params: Params) -> Iterator[Judged | None]:
    if not result.lost.n:
        return
    yield _lost_tile(result)
    if result.lost.revenue is not None:
        yield judge(
            Claim(
                id="revenue",
                figures={"revenue": result.lost.revenue, "n": result.lost.revenue_known},
                count=result.lost.revenue_known,
                population=result.lost.n,
                money=result.lost.revenue,
                money_of=result.lost.revenue,
                money_kind=MoneyKind.LOST,
            )
        )
    yield _preventable_tile(result, params)
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
            figures={"n": lost.n, "rate": lost.rate, "at_risk": lost.at_risk},
            count=lost.n if inside is None else inside,
            population=lost.n if lost.at_risk is None else lost.at_risk,
        )
    )


def _preventable_tile(result: Result, params: Params) -> Judged | None:
    prevented = result.preventable
    if prevented is None:
        return None
    return judge(
        Claim(
            id="preventable",
            figures={
                "k": prevented.n,
                "n": prevented.judged,
                "low": prevented.ci_low,
                "high": prevented.ci_high,
            },
            count=prevented.n,
            population=prevented.judged,
        ),
        _enough_judged(prevented, params),
        says_something(by_definition=prevented.by_definition),
    )


def _counted(id_: str, k: int, n: int) -> Judged | None:
    if not n:
        return None
    return judge(Claim(id=id_, figures={"k": k, "n": n}, count=k, population=n))


def _watched_tile(result: Result) -> Judged | None:
    best = _best_signal(result)
    if not result.watched or result.active is None or best is None:
        return None
    return judge(
        Claim(
            id="watched" if result.watched_revenue is None else "watched_money",
            figures={"k": result.watched, "n": result.active, "revenue": result.watched_revenue},
            count=result.watched,
            population=result.active,
            money=result.watched_revenue,
            money_kind=MoneyKind.AT_RISK,
        )
    )


def _findings(result: Result, params: Params) -> Iterator[Judged | None]:
    """Everything that page 2 could tell, most important first."""
    if not result.lost.n:
        return
    yield _unjudged("unjudged", result, params)
    yield _money(result, params)
    yield from _groups(result, params)
    yield _signal(result, params)
    yield _reason(result, params)
    yield _silent(result)
    yield _pair(result)
    yield _winback(result)
    yield _still_buying(result)
    yield _verified(result)


def _preventable_reasons(reasons: Iterable[Reason]) -> list[Reason]:
    return [r for r in reasons if r.preventable]


def _money(result: Result, params: Params) -> Judged | None:
    """Name the preventable reason that costs most; two where chance may have ordered them."""
    money = [r for r in _preventable_reasons(by_money(result.reasons)) if r.revenue]
    if not money or result.preventable is None:
        return None
    first = money[0]
    claim = _dear("money", first, result)
    tied = first.revenue_tied_with_next and len(money) > 1
    if tied and money[1].revenue_rank == first.revenue_rank + 1:
        more = {"second": money[1].label, "second_revenue": money[1].revenue}
        claim = replace(claim, id="money_tied", figures={**claim.figures, **more})
    return judge(
        claim,
        _enough_judged(result.preventable, params),
        says_something(by_definition=len(result.reasons) == 1),
    )


def _reason(result: Result, params: Params) -> Judged | None:
    """Name the most frequent preventable reason, where it is not the dearest one again."""
    named = _preventable_reasons(by_number(result.reasons))
    if not named or result.preventable is None:
        return None
    first = named[0]
    dear = by_money(result.reasons)
    if len(result.reasons) > 1 and dear and _preventable_reasons(dear)[0].reason == first.reason:
        return None
    tied = len(named) > 1 and first.tied_with_next
    return judge(
        Claim(
            id="reason_tied" if tied else "reason",
            figures={
                "reason": first.label,
                "second": named[1].label if tied else None,
                "k": first.any,
                "n": result.lost.n,
                "owner": first.owner or "unknown",
            },
            count=first.any,
            population=result.lost.n,
        ),
        has_history(first.any, least=params.min_reason_n),
        _enough_judged(result.preventable, params),
    )


def _groups(result: Result, params: Params) -> Iterator[Judged]:
    """One group that its test, among all groups compared, sets apart; and what is not known."""
    for known in result.dimensions:
        if known.missing in (Missing.LOST_ONLY, Missing.PARTLY):
            yield judge(
                Claim(id="group", figures={"dimension": known.dimension}),
                knows_portfolio(known.known, known.of, least=params.known_share),
            )
    above = [g for g in result.by if g.p_holm is not None and g.ratio is not None and g.ratio > 1]
    if above:
        yield judge(_group(min(above, key=lambda g: (g.p_holm or 0.0, g.group)), result))


def _group(group: Group, result: Result) -> Claim:
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
        money=group.revenue,
        money_of=result.lost.revenue,
        money_kind=MoneyKind.LOST,
        confidence=Confidence.TESTED if group.stands_out else Confidence.COUNTED,
        singled_out=(group.group,),
    )


def best_signals(result: Result) -> list[SignalTest]:
    """Return the signals that warn better than chance, the best ratio of hits first."""
    useful = [s for s in result.signals if s.useful]
    return sorted(useful, key=lambda s: (-(s.ratio or float("inf")), -s.hits, s.signal.value))


def _best_signal(result: Result) -> SignalTest | None:
    return next(iter(best_signals(result)), None)


def _signal(result: Result, params: Params) -> Judged | None:
    if not result.signals:
        return None
    tested = [s for s in result.signals if s.backtested]
    if not tested:
        return Refusal(id="signal", gate=Gate.HISTORY)
    best = _best_signal(result)
    if best is None:
        return Refusal(id="signal", gate=Gate.CHANCE)
    if not best.on_now:
        return None
    shown = [w for w in result.watch_list if best.signal in w.signals]
    money = [w.revenue_at_risk for w in shown if w.revenue_at_risk is not None]
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
            money=sum(money) if money else None,
            money_of=result.watched_revenue,
            money_kind=MoneyKind.AT_RISK,
            confidence=Confidence.TESTED,
        )
    )


def _pair(result: Result) -> Judged | None:
    sure = [p for p in result.pairs if p.stands_out]
    if not sure:
        return None
    pair = min(sure, key=lambda p: (p.p_holm, p.a, p.b))
    return judge(
        Claim(
            id="pair",
            figures={"a": pair.label_a, "b": pair.label_b, "n": pair.n, "lift": pair.lift},
            count=pair.n,
            population=result.lost.n,
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
