"""The key figures of the controllability diagnostic."""

from workbook.diagnostics.controllability.compared_names import compared_as
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.result import Result
from workbook.diagnostics.key_figure import KeyFigure


def key_figures(result: Result) -> tuple[KeyFigure, ...]:
    """Return index and agreement of every questionnaire."""
    return tuple(figure for one in result.questionnaires for figure in _of(one))


def _of(one: QuestionnaireResult) -> list[KeyFigure]:
    change = one.change
    # where items have changed, the whole index is like none of before
    alike = change is not None and change.n_items == one.n_scored
    earlier = change.before if change is not None and alike else None
    people = None if change is None else change.before_respondents
    figures = [
        _compared(one, "index", one.index, earlier, "share"),
        _compared(one, "respondents", one.n_respondents, people, "count"),
    ]
    if one.alpha.value is not None:
        figures.append(KeyFigure(name=f"{one.id}_alpha", value=one.alpha.value))
    if one.checks:
        count = len(one.contradictions) if one.tested_checks else None
        figures.append(_compared(one, "contradictions", count, None, "count"))
    return figures


def _compared(
    one: QuestionnaireResult, name: str, value: float | None, previous: float | None, unit: str
) -> KeyFigure:
    """Return a figure with the measure by which it is compared from period to period."""
    measure, label = compared_as(one.id, one.title, name)
    return KeyFigure(
        name=f"{one.id}_{name}", value=value, previous=previous, unit=unit, measure=measure,
        label=label,
    )  # fmt: skip
