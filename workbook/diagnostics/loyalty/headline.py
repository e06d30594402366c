"""Headline and tiles of the loyalty report's page 2 as claims; the first that pass are told."""

from collections.abc import Callable
from dataclasses import dataclass

from workbook.diagnostics.claims import Claim, Confidence, Figure, Judged, judge
from workbook.diagnostics.gates import has_history
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.standouts import lowest_mark, told_marks
from workbook.diagnostics.loyalty.survey_result import IntervalKind, Nps, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at."""

    result: Result
    params: Params


Rule = Callable[[Facts], Judged | None]


def _told(result: Result) -> Nps | None:
    nps = result.nps
    return nps if nps is not None and nps.interval is not IntervalKind.TOO_FEW else None


def _changed(facts: Facts) -> Judged | None:
    nps, change = _told(facts.result), facts.result.change
    if nps is None or change is None:
        return None
    figures: dict[str, Figure] = {
        "value": change.value,
        "difference": change.difference,
        "wave": change.wave,
        "against": change.against,
    }
    sure = change.verdict is not Verdict.CANNOT_TELL
    return judge(
        Claim(
            id=change.verdict.value,
            figures=figures,
            problem=change.verdict is Verdict.DOWN,
            confidence=Confidence.TESTED if sure else Confidence.COUNTED,
        )
    )


def _alone(facts: Facts) -> Judged | None:
    nps = _told(facts.result)
    if nps is None:
        return None
    return judge(
        Claim(
            id="alone",
            figures={
                "value": nps.value,
                "n": nps.n,
                "promoters": nps.promoters,
                "detractors": nps.detractors,
            },
            count=nps.promoters + nps.detractors,
            population=nps.n,
        )
    )


def _too_few(facts: Facts) -> Judged | None:
    nps = facts.result.nps
    return None if nps is None else judge(Claim(id="too_few", figures={"n": nps.n}, problem=False))


def _no_survey(facts: Facts) -> Judged | None:
    return judge(Claim(id="none", figures={}, problem=False))


def _nps_tile(facts: Facts) -> Judged | None:
    nps, change = _told(facts.result), facts.result.change
    if nps is None:
        return None
    figures = {"value": nps.value, "ci_low": nps.ci_low, "ci_high": nps.ci_high, "n": nps.n}
    moved: dict[str, Figure] = {}
    if change is not None:
        moved = {
            "difference": change.difference,
            "wave": change.wave,
            "against": change.against,
            "verdict": change.verdict.value,
        }
    return judge(Claim(id="nps", figures={**figures, **moved}))


def _retention_tile(facts: Facts) -> Judged | None:
    kept = facts.result.retention
    if kept is None:
        return None
    figures = {"kept": kept.kept, "before": kept.before, "revenue_share": kept.revenue_share}
    return judge(Claim(id="retention", figures=figures, count=kept.kept, population=kept.before))


def _marks_tile(facts: Facts) -> Judged | None:
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


def _complaints_tile(facts: Facts) -> Judged | None:
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


HEADS: tuple[Rule, ...] = (_changed, _alone, _too_few, _no_survey)
TILES: tuple[Rule, ...] = (_nps_tile, _retention_tile, _marks_tile, _complaints_tile)
