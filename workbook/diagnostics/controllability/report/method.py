"""Appendix: how the figures came about, and every item of every questionnaire."""

from workbook.diagnostics.controllability.report.shared import (
    ControlView,
    label,
    lead,
)
from workbook.diagnostics.controllability.result import QuestionnaireResult
from workbook.report.blocks import Block
from workbook.report.method_box import method_box
from workbook.report.parts import table_columns
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
    found = lead(view)
    return found.source if found else ""


def _tables(view: ControlView, one: QuestionnaireResult) -> list[Table]:
    evidence = [_evidence(view, one)] if one.evidence else []
    return [_items(view, one), *evidence]


def _items(view: ControlView, one: QuestionnaireResult) -> Table:
    aspects = {a.aspect: a.name for a in one.aspects}
    sections = {s.id: s.title for s in one.sections}
    return Table(
        name=f"items_{one.id}",
        title=view.text("full.items", title=one.title),
        columns=table_columns(
            view,
            ("item", "gaps.columns.item", ""),
            ("section", "sections.columns.section", ""),
            ("aspect", "aspects.columns.aspect", ""),
            ("score", "gaps.columns.score", "dec2"),
            ("n", "columns.n", "count"),
            ("plus", "mark.plus", "count"),
            ("half", "mark.half", "count"),
            ("minus", "mark.minus", "count"),
            ("unknown", "respondents.columns.unknown", "count"),
            ("other", "respondents.columns.inapplicable", "count"),
            ("blank", "respondents.columns.blank", "count"),
            ("agreement", "agenda.columns.agreement", "dec2"),
            ("spread", "agenda.columns.spread", "dec2"),
            ("management", "level.management", "dec2"),
            ("line", "level.line", "dec2"),
            ("gap", "levels.columns.gap", "signed2"),
            ("weight", "gaps.columns.weight", "dec1"),
            ("guidance", "full.guidance", ""),
            ("recommendation", "gaps.columns.recommendation", ""),
            ("metric", "gaps.columns.metric", ""),
        ),
        rows=[
            {
                "item": label(i),
                "section": sections[i.section],
                "aspect": aspects.get(i.aspect, ""),
                "score": i.score,
                "n": i.n,
                "plus": i.plus,
                "half": i.half,
                "minus": i.minus,
                "unknown": i.dont_know,
                "other": i.not_applicable,
                "blank": i.blank,
                "agreement": i.agreement,
                "spread": i.spread,
                "management": i.management,
                "line": i.line,
                "gap": i.gap,
                "weight": i.weight,
                "guidance": i.guidance,
                "recommendation": i.recommendation,
                "metric": i.metric,
            }
            for i in one.items
        ],
        texts=view.texts,
        appendix_only=True,
    )


def _evidence(view: ControlView, one: QuestionnaireResult) -> Table:
    items = {i.id: label(i) for i in one.items}
    return Table(
        name=f"evidence_{one.id}",
        title=view.text("full.evidence", title=one.title),
        columns=table_columns(
            view,
            ("item", "gaps.columns.item", ""),
            ("text", "full.text", ""),
        ),
        rows=[{"item": items.get(e.item, e.item), "text": e.text} for e in one.evidence],
        texts=view.texts,
        appendix_only=True,
    )
