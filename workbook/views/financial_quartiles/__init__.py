"""The financial report: the result as chapters."""

from workbook.views.financial_quartiles import (
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
from workbook.views.report import Report

REPORT = Report(
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
