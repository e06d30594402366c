"""What leads in a churn result: dearest and commonest reason, best signal, what is not judged."""

from collections.abc import Callable, Iterable, Sequence

from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import COLUMNS
from workbook.diagnostics.churn_reasons.portfolio_result import GroupLosses
from workbook.diagnostics.churn_reasons.prevention_result import SignalTest
from workbook.diagnostics.churn_reasons.reasons_result import Preventable, Reason
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.churn_reasons.survival_result import SurvivalQuartile
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
from workbook.stats import Correction, Family, Procedure


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
                "n": result.base.n,
                "judged": prevented.judged,
                "first": first.label,
                "first_n": first.any,
            },
            count=prevented.unjudged,
            population=result.base.n,
            evidence="lost",
            due_days=14,
        )
    )


def by_money(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons with known revenue, most revenue first."""
    known = [r for r in reasons if r.revenue is not None]
    return sorted(known, key=lambda r: (r.revenue_rank, r.label))


def by_number(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons, most often named first, equally frequent ones as in the result."""
    return sorted(reasons, key=lambda r: -r.any)


def leaders(
    ordered: Sequence[Reason],
    *,
    tied: Callable[[Reason], bool],
    among: Callable[[Reason], bool] = lambda _: True,
) -> tuple[Reason, ...]:
    """Return the reason, or the two, that lead beyond chance; () where chance may have decided.

    Parameters
    ----------
    ordered
        First the one that leads.
    tied
        Tells of a reason whether the next one may be as large.
    among
        Those that may lead (preventable ones); where there are no others, nothing is to be told
        apart and these are returned.
    """
    places = [i for i, reason in enumerate(ordered) if among(reason)]
    for number in (1, 2):
        first = tuple(ordered[i] for i in places[:number])
        if len(places) <= number:
            return first
        if not all(tied(r) for r in ordered[places[number - 1] : places[number]]):
            return first
    return ()


def leading_by_number(result: Result, *, preventable: bool = False) -> tuple[Reason, ...]:
    """Return the reason or the two that are named most often beyond chance."""
    return leaders(
        by_number(result.reasons),
        tied=lambda r: r.tied_with_next,
        among=lambda r: bool(r.preventable) or not preventable,
    )


def leading_by_money(result: Result, *, preventable: bool = False) -> tuple[Reason, ...]:
    """Return the reason or the two that took most revenue beyond chance."""
    return leaders(
        by_money(result.reasons),
        tied=lambda r: r.revenue_tied_with_next,
        among=lambda r: (bool(r.preventable) or not preventable) and bool(r.revenue),
    )


def leading_families(result: Result, params: Params) -> tuple[Family, ...]:
    """Return the two tests of what leads: by number (McNemar) and by revenue.

    Each is one comparison: of ordered reasons the gap to the next is smaller than of any two
    chosen beforehand, so that no correction is needed (measured: at most 5 %).
    """
    kinds = (
        ("leading_reason", Procedure.EXACT, by_number(result.reasons), leading_by_number(result)),
        ("leading_revenue", Procedure.SCORE, by_money(result.reasons), leading_by_money(result)),
    )
    return tuple(
        Family(
            id=id_,
            procedure=procedure,
            correction=Correction.SINGLE,
            comparisons=1,
            passed=int(bool(leading)),
            alpha=1 - params.confidence,
        )
        for id_, procedure, ordered, leading in kinds
        if len(ordered) > 1
    )


def dear(id_: str, reason: Reason, result: Result, *, customers: tuple[str, ...]) -> Claim:
    """Return the claim that a reason took so much revenue."""
    return Claim(
        id=id_,
        measure=("reason", reason.label),
        figures={
            "reason": reason.label,
            "revenue": reason.revenue,
            "total": result.base.revenue,
            "k": reason.any,
            "n": result.base.n,
            "owner": reason.owner or "unknown",
        },
        count=reason.any,
        population=result.base.n,
        customers=len(customers),
        customer_ids=customers,
        money=reason.revenue,
        money_of=result.base.revenue,
        money_kind=MoneyKind.LOST,
    )


def best_signals(result: Result) -> list[SignalTest]:
    """Return the signals that warn better than chance, the best ratio of hits first."""
    useful = [s for s in result.signals if s.useful]
    return sorted(useful, key=lambda s: (-(s.ratio or float("inf")), -s.hits, s.signal.value))


def best_signal(result: Result) -> SignalTest | None:
    """Return the signal with the best ratio of hits; None where none warns."""
    return next(iter(best_signals(result)), None)


def backtested_signals(result: Result) -> list[SignalTest]:
    """Return the back-tested signals, those that warn first, by hits per false alarm."""
    tested = [s for s in result.signals if s.backtested and s.hit_rate is not None]
    return sorted(tested, key=lambda s: (not s.useful, -(s.ratio or 0.0)))


def judged_groups(result: Result, dimension: str) -> list[GroupLosses]:
    """Return the groups of a dimension that have a portfolio, worst first."""
    return [g for g in result.by if g.dimension == dimension and g.shrunk is not None]


def compared_dimensions(result: Result) -> tuple[str, ...]:
    """Return the dimensions to tell of: the one to draw, then managers where it is another.

    Drawn is the first in which a group stands out, else the first whose groups are compared.
    """
    judged = {name: judged_groups(result, name) for name in COLUMNS}
    compared = [name for name in COLUMNS if len(judged[name]) > 1]
    out = [name for name in compared if any(g.stands_out for g in judged[name])]
    return tuple(dict.fromkeys([*out[:1], *compared[:1]]))


def moved_groups(groups: Iterable[GroupLosses], params: Params) -> list[GroupLosses]:
    """Return the groups whose rank the portfolio changes by ``Params.moved_places`` or more."""
    return [
        g
        for g in groups
        if g.rank_raw is not None
        and g.rank_adjusted is not None
        and abs(g.rank_raw - g.rank_adjusted) >= params.moved_places
    ]


def told_quartile(result: Result) -> SurvivalQuartile | None:
    """Return when half of the customers are lost, else a quarter; None where neither is reached."""
    reached = [q for q in result.survival_quartiles if q.time is not None and q.share <= 0.5]
    return max(reached, key=lambda q: q.share, default=None)
