"""The financial report: the result as chapters."""

from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.report import (
    growth,
    levers,
    method,
    peers,
    ratio_positions,
    side_by_side,
    statement_quality,
    summary,
    trend,
)
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.report.diagnostic_report import Report

REPORT: Report[Result, Params] = Report(
    page_two=summary.page_two,
    chapters={
        "growth": growth.chapter,
        "standing": ratio_positions.chapter,
        "trend": trend.chapter,
        "moves": levers.chapter,
        "organisations": side_by_side.chapter,
        "trust": statement_quality.chapter,
        "base": peers.chapter,
    },
    method=method.method,
    best=("growth", "standing", "trend"),
)
