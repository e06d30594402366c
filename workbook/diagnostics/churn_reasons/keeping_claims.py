"""What comes before and after a loss lets page 2 find: warnings, silence, winning back, records."""

from collections.abc import Sequence

from workbook.diagnostics.churn_reasons.leading import best_signal
from workbook.diagnostics.churn_reasons.loss_claims import CALL_DAYS, coming_back
from workbook.diagnostics.churn_reasons.losses import known_sum
from workbook.diagnostics.churn_reasons.prevention_result import Signal
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Figure,
    Judged,
    MoneyKind,
    Refusal,
    judge,
)
from workbook.diagnostics.effect import expecting, share_of
from workbook.diagnostics.gates import Gate

CANDIDATES_TOLD = 3
"""Candidates for winning back whom the step calls by name: the project's own."""


def signal(result: Result) -> Judged | None:
    """Name the signal that warns best, and the revenue of the customers who show it now."""
    if not any(s.backtested for s in result.signals):
        return Refusal(id="signal", gate=Gate.HISTORY) if result.signals else None
    best = best_signal(result)
    if best is None:
        return Refusal(id="signal", gate=Gate.CHANCE)
    if not best.on_now:
        return None
    ids, revenue = _showing(result, best.signal)
    facts: dict[str, Figure] = {
        "signal": best.signal.value,
        "hits": best.hits,
        "of": best.n,
        "ratio": best.ratio,
        "n": best.on_now,
        "revenue": revenue,
    }
    claim = Claim(
        id="signal" if best.ratio is not None else "signal_sure",
        figures=facts,
        count=best.on_now,
        population=result.active,
        customers=best.on_now,
        customer_ids=ids,
        money=revenue,
        money_of=result.watched_revenue,
        money_kind=MoneyKind.AT_RISK,
        confidence=Confidence.TESTED,
        evidence="signals",
        due_days=CALL_DAYS,
    )
    return judge(_keeping(claim, result))


def waiting(result: Result) -> Judged | None:
    """Count customers who wait for an answer, where no back-test can say whether that warns."""
    if any(s.backtested for s in result.signals):
        return None
    ids, revenue = _showing(result, Signal.COMPLAINT)
    if not ids:
        return None
    claim = Claim(
        id="waiting",
        figures={"n": len(ids), "revenue": revenue},
        count=len(ids),
        population=result.active,
        customers=len(ids),
        customer_ids=ids,
        money=revenue,
        money_of=result.watched_revenue,
        money_kind=MoneyKind.AT_RISK,
        evidence="signals",
        due_days=CALL_DAYS,
    )
    return judge(_keeping(claim, result))


def _showing(result: Result, wanted: Signal) -> tuple[tuple[str, ...], float | None]:
    """Return the customers of the watch list who show a signal, and their revenue at risk."""
    listed = result.watch_list
    shown = [wanted in on for on in listed["signals"]]
    ids = tuple(str(one) for one in listed["customer_id"][shown])
    known = listed["revenue_at_risk"][shown].dropna().tolist()
    return ids, float(sum(known)) if known else None


def _keeping(claim: Claim, result: Result) -> Claim:
    """Add what is kept where these customers leave no more: revenue times the rate of losses."""
    return expecting(claim, share_of(claim.money, result.lost.ci_low, result.lost.ci_high))


def winback(result: Result) -> Judged | None:
    """Tell what of the revenue of lost customers worth an attempt may come back."""
    back, listed = result.winback, result.candidates
    if back is None or not listed:
        return None
    revenue = known_sum(listed["revenue"].to_numpy(dtype=float))
    rate = back.rate if back.chance is None else back.chance
    expected = None if revenue is None or rate is None else revenue * rate
    called = zip(listed["name"].tolist(), listed["customer_id"].tolist(), strict=True)
    first = [str(name or customer) for name, customer in called][:CANDIDATES_TOLD]
    claim = Claim(
        id="winback",
        figures={
            "k": back.returned,
            "all": back.n,
            "n": len(listed),
            "names": ", ".join(first),
            "revenue": revenue,
        },
        count=len(listed),
        population=back.n - back.returned,
        customers=len(listed),
        customer_ids=_different(listed["customer_id"].tolist()),
        money=expected,
        money_of=revenue,
        money_kind=MoneyKind.POTENTIAL,
        confidence=Confidence.ASSUMED,
        evidence="winback",
        due_days=30,
    )
    return judge(expecting(claim, coming_back(result, revenue)))


def _different(ids: Sequence[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(one) for one in ids))


def silent(result: Result) -> Judged | None:
    """Count customers that fell silent and are in no register: nobody asked them why."""
    who = result.lost_definitions
    if who is None or not who.silent or not who.silent_not_in_register:
        return None
    return judge(
        Claim(
            id="silent",
            figures={"k": who.silent_not_in_register, "months": who.window_months},
            count=who.silent_not_in_register,
            population=who.silent,
            customers=who.silent_not_in_register,
            evidence="lost",
            due_days=30,
        )
    )


def still_buying(result: Result) -> Judged | None:
    """Count customers of the register who buy on."""
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
            evidence="lost",
            due_days=CALL_DAYS,
        )
    )


def verified(result: Result) -> Judged | None:
    """Count the losses whose reason nobody has verified."""
    checked = result.verified
    if checked is None or not checked.base or checked.n == checked.base:
        return None
    return judge(
        Claim(
            id="verified",
            measure=("verified", ""),
            figures={"k": checked.base - checked.n, "n": checked.base},
            count=checked.base - checked.n,
            population=checked.base,
            evidence="verified",
            due_days=30,
        )
    )
