"""Appendix: how the figures came about, and every item of every questionnaire."""

from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
)
from workbook.report.blocks import Block
from workbook.report.method_box import method_box
from workbook.report.table import Table

BOX = (
    "index",
    "respondents",
    "anonymity",
    "profiles",
    "gaps",
    "agreement",
    "levels",
    "waves",
    "checks",
)


def method(view: ControlView) -> list[Block]:
    """Return the method box, the options that were changed and the full tables."""
    params = view.params
    return [
        *method_box(
            view,
            BOX,
            low=params.unmanaged_below,
            high=params.managed_above,
            tentative=params.alpha_tentative,
            reliable=params.alpha_reliable,
            alike=params.level_difference,
            p_value=params.level_p_value,
            same=100 * params.wave_difference,
            confidence=params.confidence,
            draws=params.bootstrap,
            straight=params.straight_items,
            threshold=view.engagement.anonymity_threshold,
            claimed=params.claimed_score,
            missing=params.missing_share,
            late=params.late_share,
            unmended=params.unmended_share,
            least=params.least_records,
            months=params.survey_months,
            source=_source(view),
        ),
        *(table for one in view.result.questionnaires for table in _tables(view, one)),
    ]


def _source(view: ControlView) -> str:
    found = view.result.lead
    return found.source if found else ""


def _tables(view: ControlView, one: QuestionnaireResult) -> list[Table]:
    evidence = [_evidence(view, one)] if one.evidence else []
    return [_items(view, one), *evidence]


def _items(view: ControlView, one: QuestionnaireResult) -> Table:
    aspects = {a.aspect: a.name for a in one.aspects}
    sections = {s.id: s.title for s in one.sections}
    return view.table(
        f"items_{one.id}", one.items,
        ("gaps.columns.item", lambda i: i.label, ""),
        ("sections.columns.section", lambda i: sections[i.section], ""),
        ("aspects.columns.aspect", lambda i: aspects.get(i.aspect, ""), ""),
        ("gaps.columns.score", lambda i: i.score, "dec2"),
        ("columns.n", lambda i: i.n, "count"),
        ("mark.plus", lambda i: i.plus, "count"),
        ("mark.half", lambda i: i.half, "count"),
        ("mark.minus", lambda i: i.minus, "count"),
        ("respondents.columns.unknown", lambda i: i.dont_know, "count"),
        ("respondents.columns.inapplicable", lambda i: i.not_applicable, "count"),
        ("respondents.columns.blank", lambda i: i.blank, "count"),
        ("agenda.columns.agreement", lambda i: i.agreement, "dec2"),
        ("agenda.columns.spread", lambda i: i.spread, "dec2"),
        ("level.management", lambda i: i.management, "dec2"),
        ("level.line", lambda i: i.line, "dec2"),
        ("levels.columns.gap", lambda i: i.gap, "signed2"),
        ("gaps.columns.weight", lambda i: i.weight, "dec1"),
        ("full.guidance", lambda i: i.guidance, ""),
        ("gaps.columns.recommendation", lambda i: i.recommendation, ""),
        ("gaps.columns.metric", lambda i: i.metric, ""),
        title=view.text("full.items", title=one.title),
        appendix_only=True,
    )  # fmt: skip


def _evidence(view: ControlView, one: QuestionnaireResult) -> Table:
    items = {i.id: i.label for i in one.items}
    return view.table(
        f"evidence_{one.id}", one.evidence,
        ("gaps.columns.item", lambda e: items.get(e.item, e.item), ""),
        ("full.text", lambda e: e.text, ""),
        title=view.text("full.evidence", title=one.title),
        appendix_only=True,
    )  # fmt: skip
