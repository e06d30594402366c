"""Chapter: how far the respondents agree, and what the consensus meeting should settle."""

from workbook.diagnostics.controllability.agreement_result import Alpha
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
)
from workbook.report.blocks import Block, Heading, Text

SHOWN = 6


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on agreement."""
    found = view.result.lead
    if found is None or found.alpha.reason == "too_few":
        return view.left_out("agreement")
    return [
        Heading(
            text=view.text(
                f"agreement.heading.{found.alpha.reading}",
                alpha=found.alpha.value,
                n=found.alpha.n_respondents,
            ),
            short=view.text("short.agreement"),
            caption=view.text(
                "agreement.caption", items=found.alpha.n_items, n=found.alpha.n_respondents
            ),
        ),
        Text((_words(view, found),)),
        *_agenda(view, found),
    ]


def _words(view: ControlView, questionnaire: QuestionnaireResult) -> str:
    alpha = questionnaire.alpha
    told = []
    if alpha.percent is not None:
        told.append(view.text("agreement.percent", percent=alpha.percent))
    if alpha.value is not None:
        told += [_interval(view, alpha), _convention(view, "agreement.convention")]
    return " ".join([*told, *_others(view, questionnaire)])


def _convention(view: ControlView, key: str, **values: object) -> str:
    tentative, reliable = _bounds(view)
    return view.text(key, tentative=tentative, reliable=reliable, **values)


def _bounds(view: ControlView) -> tuple[float, float]:
    return view.params.alpha_tentative, view.params.alpha_reliable


def _interval(view: ControlView, alpha: Alpha) -> str:
    if alpha.range_low is not None:
        return view.text("agreement.range", low=alpha.range_low, high=alpha.range_high)
    if alpha.ci_low is None:
        return view.text("agreement.no_interval")
    return view.text(
        "agreement.interval", interval=view.interval(alpha.ci_low, alpha.ci_high, "dec2"),
        confidence=view.params.confidence,
    )  # fmt: skip


def _others(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    kappas = questionnaire.kappas
    if kappas is None:
        return []
    told = []
    if kappas.fleiss is not None and kappas.randolph is not None:
        told.append(
            view.text(
                "agreement.kappas", n=kappas.complete_items, fleiss=kappas.fleiss,
                randolph=kappas.randolph,
            )
        )  # fmt: skip
    if kappas.cohen is not None:
        told.append(view.text("agreement.cohen", n=kappas.cohen_n, cohen=kappas.cohen))
    return told


def _agenda(view: ControlView, questionnaire: QuestionnaireResult) -> list[Block]:
    if not questionnaire.agenda:
        return [Text((view.text("agenda.none"),))]
    items = {i.id: i for i in questionnaire.items}
    table = view.table(
        "agenda", questionnaire.agenda,
        ("gaps.columns.item", lambda a: items[a.item].label, ""),
        ("mark.plus", lambda a: items[a.item].plus, "count"),
        ("mark.half", lambda a: items[a.item].half, "count"),
        ("mark.minus", lambda a: items[a.item].minus, "count"),
        ("agenda.columns.spread", lambda a: a.spread, "dec2"),
        ("agenda.columns.agreement", lambda a: a.agreement, "dec2"),
        title=view.text("agenda.table"),
        note=view.text("agenda.note"),
        shown=SHOWN,
    )  # fmt: skip
    heading = view.text("agenda.heading", n=len(questionnaire.agenda))
    return [Heading(text=heading, level=3), table]
