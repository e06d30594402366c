"""The diagnostic as the program knows it."""

from typing import TYPE_CHECKING

from workbook.diagnostics.diagnostic import Diagnostic
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.key_figures import key_figures
from workbook.diagnostics.segmentation_matrix.measures import measures
from workbook.diagnostics.segmentation_matrix.outline import OUTLINE
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.sources.loading import check

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


def _report() -> "Report[Result, Params]":
    from workbook.diagnostics.segmentation_matrix.report import REPORT

    return REPORT


DIAGNOSTIC: Diagnostic[Params, Result, None] = Diagnostic(
    outline=OUTLINE,
    check=check,
    compute=compute,
    key_figures=key_figures,
    measures=measures,
    report=_report,
    glossary=(
        "client",
        "segment",
        "target_product",
        "maturity",
        "white_space",
        "near_miss",
        "abc",
        "xyz",
        "lifecycle",
        "primary_sale",
        "new_direction",
        "cohort",
        "interval",
    ),
)
