"""What several chapters of the controllability report need."""

from collections.abc import Mapping

from workbook.diagnostics.controllability import Params, Result
from workbook.diagnostics.controllability.answer_result import ItemResult, ProfileResult
from workbook.diagnostics.controllability.page_facts import lead as first_with_index
from workbook.diagnostics.controllability.result import QuestionnaireResult
from workbook.report.table import Value
from workbook.report.view import View

ControlView = View[Result, Params]
Row = dict[str, Value]
MARKS: Mapping[str, str] = {"+": "plus", "+/-": "half", "-": "minus"}
"""Names of the marks in the texts."""


def lead(view: ControlView) -> QuestionnaireResult | None:
    """Return the questionnaire that the report is about: the first with an index."""
    return first_with_index(view.result.questionnaires)


def further(view: ControlView) -> list[QuestionnaireResult]:
    """Return the other questionnaires."""
    first = lead(view)
    return [q for q in view.result.questionnaires if q is not first]


def counts(view: ControlView, marks: Mapping[str, int]) -> str:
    """Say how many marks of each kind there are."""
    return view.text("counts", **{name: marks[mark] for mark, name in MARKS.items()})


def mark_name(view: ControlView, mark: str) -> str:
    """Return a mark as the report writes it."""
    return view.text(f"mark.{MARKS[mark]}") if mark in MARKS else "–"


def label(item: ItemResult) -> str:
    """Return number and wording of an item."""
    return f"{item.id} {item.wording}"


def labels(questionnaire: QuestionnaireResult) -> dict[str, str]:
    """Return number and wording of each item by id, also of those that are off."""
    off = {o.item: f"{o.item} {o.wording}" for o in questionnaire.off}
    return off | {item.id: label(item) for item in questionnaire.items}


def bounds(view: ControlView) -> tuple[float, float]:
    """Return where "mostly unmanaged" ends and "mostly managed" begins."""
    return view.params.unmanaged_below, view.params.managed_above


def heading_kind(weakest: str, strongest: str, *, alike: bool) -> str:
    """Return which places a ranking may name: both, one, none (``spread``), or ``even``."""
    if weakest and strongest:
        return "ranked"
    if weakest or strongest:
        return "weakest" if weakest else "strongest"
    return "even" if alike else "spread"


def points(difference: float) -> float:
    """Return a difference of indexes in percentage points."""
    return 100 * difference


def contrast_profile(questionnaire: QuestionnaireResult) -> ProfileResult | None:
    """Return the lowest reference profile short of 100%, to be drawn beside the bars."""
    below = [p for p in questionnaire.profiles if p.asked.index < 1]
    return min(below, key=lambda p: p.asked.index, default=None)
