"""The controllability report: the result as chapters."""

from workbook.views.controllability import (
    agreement,
    aspects,
    contradictions,
    gaps,
    levels,
    marks,
    method,
    others,
    plan,
    sections,
    waves,
)
from workbook.views.report import Report

REPORT = Report(
    summary=plan.summary,
    chapters={
        "sections": sections.chapter,
        "aspects": aspects.chapter,
        "marks": marks.chapter,
        "gaps": gaps.chapter,
        "levels": levels.chapter,
        "agreement": agreement.chapter,
        "contradictions": contradictions.chapter,
        "waves": waves.chapter,
        "others": others.chapter,
    },
    actions=plan.actions,
    method=method.method,
)
