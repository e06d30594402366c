"""Rule 6: complaints said to be handled, against their register and who stays after one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.customer_ledger.states import State
from workbook.diagnostics.gates import has_history
from workbook.diagnostics.summary.cross_facts import CrossFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """Active customers whose complaint is open, where those not handled leave sooner."""

    ids: tuple[str, ...]
    revenue: float
    total: float
    handled: float
    """Share that still buys after a handled complaint, 0-1."""
    not_handled: float


def complaint_handling(facts: CrossFacts) -> Iterator[Judged]:
    """Yield the contradiction between a high mark for handling complaints and their register."""
    loyalty, answers = facts.result("loyalty"), facts.result("controllability")
    if loyalty is None or answers is None or answers.thresholds is None:
        return
    complaints, item = loyalty.complaints, _claimed(answers, facts)
    if complaints is None or item is None or not _says_otherwise(complaints, answers.thresholds):
        return
    waiting = _waiting(loyalty, facts)
    claim = _claim(complaints, item) if waiting is None else _leaving(complaints, item, waiting)
    yield judge(claim, has_history(complaints.n, least=answers.thresholds.least_records))


def _claimed(answers: Any, facts: CrossFacts) -> Any:
    """Return the item of the lowest mark that says that complaints are handled; None of none."""
    marked = [
        item
        for questionnaire in answers.questionnaires
        for item in questionnaire.items
        if item.id in facts.links.complaint_handling.get(questionnaire.id, ())
        and item.score is not None
    ]
    lowest = min(marked, key=lambda item: item.score, default=None)
    claimed = answers.thresholds.claimed_score
    return lowest if lowest is not None and lowest.score >= claimed else None


def _says_otherwise(complaints: Any, thresholds: Any) -> bool:
    """Return whether too many complaints have no cause found, or no process mended."""
    steps = (
        (complaints.cause_found, thresholds.missing_share),
        (complaints.process_mended, thresholds.unmended_share),
    )
    return any(
        done is not None and complaints.n > 0 and (complaints.n - done) / complaints.n >= bound
        for done, bound in steps
    )


def _claim(complaints: Any, item: Any) -> Claim:
    return Claim(
        id="complaint_handling",
        figures={
            "item": item.label,
            "score": item.score,
            "n": complaints.n,
            "cause_found": complaints.cause_found,
            "process_mended": complaints.process_mended,
        },
        customers=complaints.complaining_customers,
        evidence="diagnostics",
        diagnostics=("loyalty", "controllability"),
    )


def _leaving(complaints: Any, item: Any, waiting: _Waiting) -> Claim:
    """Return the claim with whom it may cost: they wait, and who waited left sooner."""
    plain = _claim(complaints, item)
    return Claim(
        id="complaint_handling_leaving",
        figures={
            **plain.figures,
            "handled": waiting.handled,
            "not_handled": waiting.not_handled,
            "waiting": len(waiting.ids),
            "money": waiting.revenue,
        },
        customers=len(waiting.ids),
        customer_ids=waiting.ids,
        money=waiting.revenue,
        money_of=waiting.total,
        money_kind=MoneyKind.AT_RISK,
        confidence=Confidence.TESTED,
        evidence=plain.evidence,
        diagnostics=plain.diagnostics,
    )


def _waiting(loyalty: Any, facts: CrossFacts) -> _Waiting | None:
    """Return who waits for an answer; None unless the test says that it keeps customers."""
    if loyalty.complaint_retention_outcome != "differ":
        return None
    share = {row.handled: row.share for row in loyalty.complaint_retention}
    handled, not_handled = share[True], share[False]
    rows = facts.ledger.customers.frame
    is_open = rows["open_complaint"].astype("boolean").fillna(False).astype(bool)
    found = rows.loc[is_open & (rows["state"] == State.ACTIVE.value)]
    if handled <= not_handled or found.empty:
        return None
    return _Waiting(
        ids=tuple(found["customer_id"]),
        revenue=float(found["revenue"].sum()),
        total=float(rows["revenue"].sum()),
        handled=handled,
        not_handled=not_handled,
    )
