"""The churn-reasons report: the result as chapters."""

from workbook.views.churn_reasons import (
    combinations,
    instruments,
    lifetime,
    method,
    plan,
    portfolio,
    prevention,
    reasons,
    warning,
    winback,
)
from workbook.views.report import Report

REPORT = Report(
    summary=plan.summary,
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
    actions=plan.actions,
    method=method.method,
)
