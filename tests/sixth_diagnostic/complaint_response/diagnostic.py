"""The diagnostic as the program knows it."""

from typing import TYPE_CHECKING

from workbook.diagnostics.complaint_response.compute import compute, key_figures
from workbook.diagnostics.complaint_response.outline import OUTLINE
from workbook.diagnostics.complaint_response.params import Params
from workbook.diagnostics.complaint_response.result import Result

from workbook.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


def _report() -> "Report[Result, Params]":
    from workbook.diagnostics.complaint_response.report import REPORT

    return REPORT


DIAGNOSTIC: Diagnostic[Params, Result, None] = Diagnostic(
    outline=OUTLINE,
    compute=compute,
    key_figures=key_figures,
    report=_report,
    glossary=("client", "interval", "in_time"),
)
