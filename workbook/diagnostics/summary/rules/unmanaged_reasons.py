"""Rule 2: preventable reasons of loss whose system does not manage what it answers for."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Any

from workbook.diagnostics.claims import Claim, Judged, MoneyKind, judge
from workbook.diagnostics.gates import Gate, has_history
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.diagnostics.summary.rules.register_years import register_years

LEAST_LOSSES = 5
"""Losses that name the leading reason; fewer tell nothing of a system (the project's own)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """A system whose reasons lose customers, and what it does not manage."""

    owner: str
    reasons: tuple[Any, ...]
    """Its preventable reasons, the dearest first."""
    items: int
    """Items of the questionnaires that it answers for, with a mark."""
    low: tuple[Any, ...]
    """Of them those with a low mark, the lowest first."""

    @property
    def money(self) -> float:
        """Revenue lost for these reasons, each loss once."""
        return fsum(reason.revenue or 0.0 for reason in self.reasons)


def unmanaged_reasons(facts: CrossFacts) -> Iterator[Judged]:
    """Yield the system that costs most by its reasons and has unmanaged items of its own."""
    churn, answers = facts.result("churn_reasons"), facts.result("controllability")
    if churn is None or answers is None or answers.thresholds is None:
        return
    found = [gap for owner in facts.links.owners for gap in _gaps(owner, facts)]
    if not found:
        return
    first = max(found, key=lambda gap: (gap.money, gap.reasons[0].any))
    yield _judged(first, facts)


def _gaps(owner: str, facts: CrossFacts) -> Iterator[_Gap]:
    churn, answers = facts.result("churn_reasons"), facts.result("controllability")
    named = [r for r in churn.reasons if r.owner == owner and r.preventable]
    marked = [
        item
        for questionnaire in answers.questionnaires
        for item in questionnaire.items
        if item.id in facts.links.owned(owner, questionnaire.id) and item.score is not None
    ]
    bound = answers.thresholds.unmanaged_below
    low = sorted((item for item in marked if item.score < bound), key=lambda item: item.score)
    if named and low:
        dearest = sorted(named, key=lambda r: (-(r.revenue or 0.0), -r.any))
        yield _Gap(owner=owner, reasons=tuple(dearest), items=len(marked), low=tuple(low))


def _judged(gap: _Gap, facts: CrossFacts) -> Judged:
    churn = facts.result("churn_reasons")
    leading, lowest = gap.reasons[0], gap.low[0]
    money = gap.money if churn.lost.revenue is not None else None
    effect = _effect(gap, facts)
    return judge(
        Claim(
            id="unmanaged_reasons" if money is not None else "unmanaged_reasons_plain",
            figures={
                "owner": gap.owner,
                "reason": leading.label,
                "k": leading.any,
                "n": churn.lost.n,
                "money": money,
                "total": churn.lost.revenue,
                "item": lowest.label,
                "score": lowest.score,
                "low": len(gap.low),
                "items": gap.items,
            },
            count=leading.any,
            population=churn.lost.n,
            customers=leading.any if churn.lost.n == churn.lost.customers else None,
            money=money,
            money_of=churn.lost.revenue,
            money_kind=None if money is None else MoneyKind.LOST,
            evidence="diagnostics",
            diagnostics=("churn_reasons", "controllability"),
            effect_low=effect[0] if effect else None,
            effect_high=effect[1] if effect else None,
        ),
        has_history(leading.any, least=LEAST_LOSSES),
        Gate.HISTORY if churn.small else None,
    )


def _effect(gap: _Gap, facts: CrossFacts) -> tuple[float, float] | None:
    """Return what these reasons cost in a year.

    At least the losses that name nothing else, at most their part of all losses.  None where the
    system owns other reasons too, for then its losses cannot be told apart.
    """
    churn = facts.result("churn_reasons")
    years = register_years(churn, facts.inputs.as_of)
    whole = next((o for o in churn.owners if o.reason == gap.owner), None)
    own = [r for r in churn.reasons if r.owner == gap.owner]
    if years is None or whole is None or whole.revenue_sole is None or len(own) > len(gap.reasons):
        return None
    return whole.revenue_sole / years, gap.money / years
