"""The summary as the program knows it: a diagnostic that joins all others."""

from typing import TYPE_CHECKING

from workbook.diagnostics.diagnostic import Diagnostic
from workbook.diagnostics.summary.compute import compute
from workbook.diagnostics.summary.joined import Sources
from workbook.diagnostics.summary.key_figures import key_figures
from workbook.diagnostics.summary.outline import OUTLINE
from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.result import Result
from workbook.diagnostics.summary.sources.loading import check, load

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


def _report() -> "Report[Result, Params]":
    from workbook.diagnostics.summary.report import REPORT

    return REPORT


DIAGNOSTIC: Diagnostic[Params, Result, Sources] = Diagnostic(
    outline=OUTLINE,
    compute=compute,
    key_figures=key_figures,
    report=_report,
    check=check,
    load=load,
)
