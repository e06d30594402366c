"""The segmentation-matrix report: the result as chapters."""

from workbook.views.report import Report
from workbook.views.segmentation_matrix import (
    abc,
    board,
    control,
    funnel,
    lifecycle,
    matrix,
    method,
    plan,
    rules,
    sales,
    steadiness,
    white_space,
)

REPORT = Report(
    summary=plan.summary,
    chapters={
        "matrix": matrix.chapter,
        "rules": rules.chapter,
        "white_space": white_space.chapter,
        "board": board.chapter,
        "abc": abc.chapter,
        "steadiness": steadiness.chapter,
        "lifecycle": lifecycle.chapter,
        "sales": sales.chapter,
        "funnel": funnel.chapter,
        "control": control.chapter,
    },
    actions=plan.actions,
    method=method.method,
)
