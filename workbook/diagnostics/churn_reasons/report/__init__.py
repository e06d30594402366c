"""The churn-reasons report: the result as chapters."""

from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.report import (
    combinations,
    instruments,
    lifetime,
    method,
    portfolio,
    prevention,
    reasons,
    summary,
    warning,
    winback,
)
from workbook.diagnostics.churn_reasons.result import Result
from workbook.report.diagnostic_report import Report

REPORT: Report[Result, Params] = Report(
    page_two=summary.page_two,
    chapters={
        "reasons": reasons.chapter,
        "combinations": combinations.chapter,
        "prevention": prevention.chapter,
        "portfolio": portfolio.chapter,
        "lifetime": lifetime.chapter,
        "warning": warning.chapter,
        "winback": winback.chapter,
        "instruments": instruments.chapter,
    },
    method=method.method,
    best=("reasons", "portfolio", "winback"),
)
