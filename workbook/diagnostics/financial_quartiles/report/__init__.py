"""The financial report: the result as chapters."""

from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.report import (
    growth,
    method,
    moves,
    peers,
    plan,
    side_by_side,
    standing,
    trend,
    trust,
)
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.report.diagnostic_report import Report

REPORT: Report[Result, Params] = Report(
    summary=plan.summary,
    chapters={
        "standing": standing.chapter,
        "trend": trend.chapter,
        "moves": moves.chapter,
        "growth": growth.chapter,
        "organisations": side_by_side.chapter,
        "trust": trust.chapter,
        "base": peers.chapter,
    },
    actions=plan.actions,
    method=method.method,
)
