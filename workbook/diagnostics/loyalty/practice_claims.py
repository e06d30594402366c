"""What customers do lets a report claim: retention, marks, complaints, touchpoints."""

from dataclasses import replace

from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Figure,
    Judged,
    MoneyKind,
    judge,
)
from workbook.diagnostics.gates import has_history
from workbook.diagnostics.loyalty.complaints_result import Complaints
from workbook.diagnostics.loyalty.money_claims import at_risk, told_with
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.stakes_result import Stake
from workbook.diagnostics.loyalty.standouts import (
    lowest_mark,
    told_marks,
    touchpoints_by_balance,
    weakest_touchpoint,
)
from workbook.diagnostics.loyalty.survey_claims import PROCESS_DAYS, Facts


def retention_tile(facts: Facts) -> Judged | None:
    """Tell how many of last year's customers came back."""
    kept = facts.result.retention
    if kept is None:
        return None
    figures = {"kept": kept.kept, "before": kept.before, "revenue_share": kept.revenue_share}
    return judge(
        Claim(
            id="retention",
            figures=figures,
            count=kept.kept,
            population=kept.before,
            measure=("retention", ""),
        )
    )


def marks_tile(facts: Facts) -> Judged | None:
    """Name the lowest mean mark where it is told apart, else count the low marks."""
    worst = lowest_mark(facts.result)
    if worst is None:
        return _low_marks_tile(facts.result)
    figures: dict[str, Figure] = {"mean": worst.mean, "parameter": worst.parameter, "n": worst.n}
    return judge(
        Claim(
            id="lowest_mark",
            measure=("satisfaction", worst.parameter),
            figures=figures,
            confidence=Confidence.TESTED,
            singled_out=(worst.parameter,),
        ),
        has_history(worst.n, least=facts.params.min_n),
    )


def _low_marks_tile(result: Result) -> Judged | None:
    n, low = (
        sum(s.n for s in told_marks(result)),
        sum(s.open + s.hidden for s in told_marks(result)),
    )
    if not n:
        return None
    return judge(
        Claim(
            id="low_marks",
            figures={"low": low, "n": n},
            count=low,
            population=n,
            measure=("low_marks", ""),
        )
    )


def complaints_tile(facts: Facts) -> Judged | None:
    """Tell how many complaints led to a mended process."""
    complaints = facts.result.complaints
    if complaints is None or not complaints.n or complaints.process_mended is None:
        return None
    return judge(
        Claim(
            id="complaints",
            measure=("complaints_process_mended", ""),
            figures={"mended": complaints.process_mended, "n": complaints.n},
            count=complaints.process_mended,
            population=complaints.n,
        )
    )


def retention(facts: Facts) -> Judged | None:
    """Tell which customers of the year before have not bought again, and what they had brought."""
    kept, gone = facts.result.retention, facts.result.stakes.gone
    if kept is None or gone is None or kept.kept == kept.before or kept.revenue_gone <= 0:
        return None
    sure = kept.ci_high is not None and kept.ci_high < facts.params.low_retention
    return judge(
        Claim(
            id="retention",
            measure=("retention", ""),
            figures={
                "gone": kept.before - kept.kept,
                "before": kept.before,
                "revenue": kept.revenue_gone,
                "names": _first(gone),
            },
            count=kept.before - kept.kept,
            population=kept.before,
            customers=kept.before - kept.kept,
            customer_ids=gone.ids,
            money=kept.revenue_gone,
            money_of=kept.revenue_before,
            money_kind=MoneyKind.LOST,
            confidence=Confidence.TESTED if sure else Confidence.COUNTED,
            evidence="criteria",
            due_days=30,
        ),
        has_history(kept.before, least=facts.params.min_n),
    )


def _first(stake: Stake) -> str:
    """Return the largest of these customers by name."""
    return ", ".join(stake.names)


def waiting(facts: Facts) -> Judged | None:
    """Count the customers who wait too long for the end of a complaint: the register names them."""
    stakes = facts.result.stakes
    if stakes.waiting is None:
        return None
    claim = Claim(
        id="waiting",
        figures={
            "n": stakes.waiting_complaints,
            "k": stakes.waiting.customers,
            "names": _first(stakes.waiting),
            "days": facts.params.complaint_days,
        },
        count=stakes.waiting_complaints,
        population=_registered(facts.result.complaints),
        evidence="complaints",
        due_days=facts.params.complaint_days,
    )
    return judge(at_risk(claim, stakes.waiting, facts.result))


def _registered(complaints: Complaints | None) -> int | None:
    """Return the complaints among which open ones are looked for."""
    if complaints is None:
        return None
    return complaints.n if complaints.stock is None else complaints.stock


def low_marks(facts: Facts) -> Judged | None:
    """Count the low marks; the lowest parameter is named where its test tells it apart."""
    worst = lowest_mark(facts.result)
    low = facts.result.low_marks
    if not low:
        return None
    claim = Claim(
        id="marks_alike",
        measure=("low_marks", ""),
        figures={"n": low, "days": facts.params.complaint_days},
        count=low,
        population=sum(s.n for s in told_marks(facts.result)),
        evidence="satisfaction",
        due_days=facts.params.complaint_days,
    )
    claim = told_with(claim, facts.result.stakes.low_marks, facts.result)
    if worst is None:
        return judge(claim)
    named = replace(
        claim,
        id="marks",
        measure=("satisfaction", worst.parameter),
        figures={**claim.figures, "parameter": worst.parameter, "mean": worst.mean},
        confidence=Confidence.TESTED,
        singled_out=(worst.parameter,),
    )
    return judge(named, has_history(worst.n, least=facts.params.min_n))


def unheard(facts: Facts) -> Judged | None:
    """Count the customers who are known to be unhappy: measured, where the iceberg is assumed."""
    complaints = facts.result.complaints
    if complaints is None or not complaints.silent_unhappy:
        return None
    n = complaints.silent_unhappy
    heard = complaints.complaining_customers
    claim = Claim(
        id="unheard",
        figures={"n": n, "days": facts.params.complaint_days},
        count=n,
        population=(complaints.customers or n + heard) - heard,
        customers=n,
        evidence="complaints",
        due_days=facts.params.complaint_days,
    )
    return judge(at_risk(claim, facts.result.stakes.unheard, facts.result))


def register(facts: Facts) -> Judged | None:
    """Tell how many complaints changed a process; good news where all did."""
    complaints = facts.result.complaints
    if complaints is None or not complaints.n or complaints.process_mended is None:
        return None
    every = complaints.process_mended == complaints.n
    return judge(
        Claim(
            id="register_good" if every else "register",
            measure=("complaints_process_mended", ""),
            figures={"n": complaints.n, "mended": complaints.process_mended},
            problem=not every,
            count=complaints.process_mended,
            population=complaints.n,
            customers=complaints.complaining_customers,
            evidence="complaints",
            due_days=PROCESS_DAYS,
        )
    )


def touchpoint(facts: Facts) -> Judged | None:
    """Count the touchpoints that put off; the worst is named where its test tells it apart."""
    points = touchpoints_by_balance(facts.result)
    poor, worst = [t for t in points if t.balance < 0], weakest_touchpoint(facts.result)
    if not poor:
        return None
    claim = Claim(
        id="touchpoints_alike",
        figures={"n": len(poor), "all": len(points)},
        count=len(poor),
        population=len(points),
        evidence="touchpoints",
        due_days=PROCESS_DAYS,
    )
    if worst is None:
        return judge(claim)
    return judge(
        replace(
            claim,
            id="touchpoint",
            measure=("touchpoint", worst.touchpoint),
            figures={**claim.figures, "worst": worst.touchpoint},
            confidence=Confidence.TESTED,
            singled_out=(worst.touchpoint,),
        )
    )
