"""What customers do lets a report claim: retention, marks, complaints, touchpoints."""

from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Figure,
    Judged,
    MoneyKind,
    judge,
)
from workbook.diagnostics.gates import has_history, is_tested
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.standouts import (
    lowest_mark,
    told_marks,
    touchpoints_by_balance,
    weakest_touchpoint,
)
from workbook.diagnostics.loyalty.survey_claims import (
    Facts,
)


def retention_tile(facts: Facts) -> Judged | None:
    """Tell how many of last year's customers came back."""
    kept = facts.result.retention
    if kept is None:
        return None
    figures = {"kept": kept.kept, "before": kept.before, "revenue_share": kept.revenue_share}
    return judge(Claim(id="retention", figures=figures, count=kept.kept, population=kept.before))


def marks_tile(facts: Facts) -> Judged | None:
    """Name the lowest mean mark where it is told apart, else count the low marks."""
    worst = lowest_mark(facts.result)
    if worst is None:
        return _low_marks_tile(facts.result)
    figures: dict[str, Figure] = {"mean": worst.mean, "parameter": worst.parameter, "n": worst.n}
    return judge(
        Claim(
            id="lowest_mark",
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
    return judge(Claim(id="low_marks", figures={"low": low, "n": n}, count=low, population=n))


def complaints_tile(facts: Facts) -> Judged | None:
    """Tell how many complaints led to a mended process."""
    complaints = facts.result.complaints
    if complaints is None or not complaints.n or complaints.process_mended is None:
        return None
    return judge(
        Claim(
            id="complaints",
            figures={"mended": complaints.process_mended, "n": complaints.n},
            count=complaints.process_mended,
            population=complaints.n,
        )
    )


def retention(facts: Facts) -> Judged | None:
    """Tell that most of last year's customers did not come back, where that is sure."""
    kept = facts.result.retention
    if kept is None or kept.kept == kept.before:
        return None
    figures = {
        "gone": kept.before - kept.kept,
        "before": kept.before,
        "revenue": kept.revenue_gone,
    }
    low = kept.ci_high is not None and kept.ci_high < facts.params.low_retention
    return judge(
        Claim(
            id="retention",
            figures=figures,
            count=kept.before - kept.kept,
            population=kept.before,
            customers=kept.before - kept.kept,
            money=kept.revenue_gone,
            money_of=kept.revenue_before,
            money_kind=MoneyKind.LOST,
            confidence=Confidence.TESTED,
        ),
        is_tested(low),
    )


def low_marks(facts: Facts) -> Judged | None:
    """Count the low marks; the lowest parameter is named where its test tells it apart."""
    worst = lowest_mark(facts.result)
    low = facts.result.low_marks
    if not low:
        return None
    figures: dict[str, Figure] = {"n": low, "days": facts.params.complaint_days}
    population = sum(s.n for s in told_marks(facts.result))
    if worst is None:
        return judge(Claim(id="marks_alike", figures=figures, count=low, population=population))
    return judge(
        Claim(
            id="marks",
            figures={**figures, "parameter": worst.parameter},
            count=low,
            population=population,
            confidence=Confidence.TESTED,
            singled_out=(worst.parameter,),
        ),
        has_history(worst.n, least=facts.params.min_n),
    )


def unheard(facts: Facts) -> Judged | None:
    """Count the customers who are known to be unhappy: measured, where the iceberg is assumed."""
    complaints = facts.result.complaints
    if complaints is None or not complaints.silent_unhappy:
        return None
    n = complaints.silent_unhappy
    heard = complaints.complaining_customers
    return judge(
        Claim(
            id="unheard",
            figures={"n": n, "days": facts.params.complaint_days},
            count=n,
            population=(complaints.customers or n + heard) - heard,
            customers=n,
        )
    )


def register(facts: Facts) -> Judged | None:
    """Tell how many complaints led to a mended process; good news where all did."""
    complaints = facts.result.complaints
    if complaints is None or not complaints.n or complaints.process_mended is None:
        return None
    return judge(
        Claim(
            id="register",
            figures={"n": complaints.n, "mended": complaints.process_mended},
            problem=complaints.process_mended < complaints.n,
            count=complaints.process_mended,
            population=complaints.n,
            customers=complaints.complaining_customers,
        )
    )


def touchpoint(facts: Facts) -> Judged | None:
    """Count the touchpoints that put off; the worst is named where its test tells it apart."""
    points = touchpoints_by_balance(facts.result)
    poor, worst = [t for t in points if t.balance < 0], weakest_touchpoint(facts.result)
    if not poor:
        return None
    if worst is None:
        return judge(
            Claim(
                id="touchpoints_alike",
                figures={"n": len(poor), "all": len(points)},
                count=len(poor),
                population=len(points),
            )
        )
    return judge(
        Claim(
            id="touchpoint",
            figures={"n": len(poor), "worst": worst.touchpoint},
            count=len(poor),
            population=len(points),
            confidence=Confidence.TESTED,
            singled_out=(worst.touchpoint,),
        )
    )
