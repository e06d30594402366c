"""The segmentation-matrix report: the result as chapters."""

from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.report import (
    abc,
    board,
    contribution,
    control,
    demand_stability,
    funnel,
    lifecycle,
    matrix,
    method,
    next_dates,
    rules,
    sales,
    sources,
    summary,
    white_space,
)
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.report.diagnostic_report import Report

REPORT: Report[Result, Params] = Report(
    page_two=summary.page_two,
    chapters={
        "matrix": matrix.chapter,
        "rules": rules.chapter,
        "white_space": white_space.chapter,
        "board": board.chapter,
        "abc": abc.chapter,
        "contribution": contribution.chapter,
        "steadiness": demand_stability.chapter,
        "lifecycle": lifecycle.chapter,
        "sales": sales.chapter,
        "funnel": funnel.chapter,
        "sources": sources.chapter,
        "control": control.chapter,
        "next_dates": next_dates.chapter,
    },
    method=method.method,
    best=("white_space", "abc", "sales", "lifecycle", "funnel", "board"),
)
