"""What leads in a churn result: dearest and commonest reason, best signal, what is not judged."""

from collections.abc import Iterable

from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.result import (
    Preventable,
    Reason,
    Result,
    SignalTest,
)
from workbook.diagnostics.claims import (
    Claim,
    Judged,
    MoneyKind,
    judge,
)
from workbook.diagnostics.gates import (
    Gate,
    mostly_judged,
)


def enough_judged(prevented: Preventable, params: Params) -> Gate | None:
    """Pass a share over judged losses when enough are judged."""
    of = prevented.judged + prevented.unjudged
    return mostly_judged(prevented.judged, of, least=1 - params.most_unjudged)


def unjudged(result: Result, params: Params) -> Judged | None:
    """Say that the list of reasons must be filled in before any share is told.

    Where most of them give no reason at all, it is the reasons that must be found out first.
    """
    prevented = result.preventable
    if prevented is None or enough_judged(prevented, params) is None:
        return None
    first = by_number(r for r in result.reasons if r.preventable is None)[0]
    return judge(
        Claim(
            id="unjudged_blank" if first.known else "unjudged",
            figures={
                "k": prevented.unjudged,
                "n": result.lost.n,
                "judged": prevented.judged,
                "first": first.label,
                "first_n": first.any,
            },
            count=prevented.unjudged,
            population=result.lost.n,
        )
    )


def by_money(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons with known revenue, most revenue first."""
    known = [r for r in reasons if r.revenue is not None]
    return sorted(known, key=lambda r: (r.revenue_rank, r.label))


def by_number(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons, most often named first."""
    return sorted(reasons, key=lambda r: (-r.any, r.label))


def dear(id_: str, reason: Reason, result: Result) -> Claim:
    """Return the claim that a reason took so much revenue."""
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


def best_signals(result: Result) -> list[SignalTest]:
    """Return the signals that warn better than chance, the best ratio of hits first."""
    useful = [s for s in result.signals if s.useful]
    return sorted(useful, key=lambda s: (-(s.ratio or float("inf")), -s.hits, s.signal.value))


def best_signal(result: Result) -> SignalTest | None:
    """Return the signal with the best ratio of hits; None where none warns."""
    return next(iter(best_signals(result)), None)
