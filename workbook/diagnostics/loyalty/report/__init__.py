"""The loyalty report: the result as chapters."""

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.report import (
    complaints,
    criteria,
    drivers,
    groups,
    method,
    reasons,
    recommendation,
    satisfaction,
    summary,
    touchpoints,
    waves,
)
from workbook.diagnostics.loyalty.result import Result
from workbook.report.diagnostic_report import Report

REPORT: Report[Result, Params] = Report(
    page_two=summary.page_two,
    chapters={
        "recommendation": recommendation.chapter,
        "waves": waves.chapter,
        "groups": groups.chapter,
        "reasons": reasons.chapter,
        "criteria": criteria.chapter,
        "satisfaction": satisfaction.chapter,
        "drivers": drivers.chapter,
        "complaints": complaints.chapter,
        "touchpoints": touchpoints.chapter,
    },
    method=method.method,
    best=("recommendation", "satisfaction", "complaints", "criteria"),
)
