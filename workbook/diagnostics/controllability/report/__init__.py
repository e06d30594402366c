"""The controllability report: the result as chapters."""

from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.report import (
    agreement,
    aspects,
    contradictions,
    gaps,
    levels,
    marks,
    method,
    others,
    sections,
    summary,
    waves,
)
from workbook.diagnostics.controllability.result import Result
from workbook.report.diagnostic_report import Report

REPORT: Report[Result, Params] = Report(
    page_two=summary.page_two,
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
    method=method.method,
    best=("contradictions", "levels", "sections"),
)
