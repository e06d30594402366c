"""What limits the answers: the same mark everywhere, what nobody knows, what was not counted."""

from workbook.diagnostics.controllability.answer_result import ItemResult
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
)

NAMED = 3
"""Items named in a sentence."""


def doubts(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    """Return sentences on what the marks of a questionnaire cannot carry."""
    alone = [view.text("doubts.alone")] if questionnaire.n_respondents < 2 else []
    return [
        *alone,
        *_straight(view, questionnaire),
        *_unknown(view, questionnaire),
        *_uncounted(view, questionnaire),
        *(_foreign(view) if questionnaire is view.result.lead else []),
    ]


def unknown_items(questionnaire: QuestionnaireResult) -> list[ItemResult]:
    """Return the items that somebody cannot judge, those of most people first."""
    rows = sorted(questionnaire.items, key=lambda i: -i.dont_know)
    return [i for i in rows if i.dont_know]


def _straight(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    k, n = questionnaire.straight_respondents, questionnaire.n_respondents
    return [view.text("doubts.straight", k=k, n=n)] if k else []


def _unknown(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    told = []
    if questionnaire.dont_know:
        named = "; ".join(i.label for i in unknown_items(questionnaire)[:NAMED])
        told.append(view.text("doubts.unknown", n=questionnaire.dont_know, items=named))
    if questionnaire.unscored:
        names = questionnaire.labels
        named = "; ".join(names[i] for i in questionnaire.unscored)
        told.append(view.text("doubts.unscored", n=len(questionnaire.unscored), items=named))
    if questionnaire.derived:
        told.append(view.text("doubts.derived", n=questionnaire.derived))
    return told


def _uncounted(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    told = [
        view.text("doubts.turned_off", item=o.label, n=o.answers)
        for o in questionnaire.off
        if o.answers
    ]
    if questionnaire.unknown_items:
        named = ", ".join(questionnaire.unknown_items)
        told.append(view.text("doubts.no_item", items=named))
    return told


def _foreign(view: ControlView) -> list[str]:
    """Return what concerns the whole table of answers."""
    told = []
    if view.result.unlabelled:
        told.append(view.text("doubts.unlabelled", n=view.result.unlabelled))
    if view.result.unknown_questionnaires:
        named = ", ".join(view.result.unknown_questionnaires)
        told.append(view.text("doubts.no_questionnaire", names=named))
    return told
