"""The summary as the program knows it: a diagnostic that joins all others."""

from typing import TYPE_CHECKING

from workbook.diagnostics.diagnostic import Diagnostic
from workbook.diagnostics.summary import Params, Result, compute, key_figures
from workbook.diagnostics.summary.joined import Sources
from workbook.diagnostics.summary.sources.loading import check, load

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


def _report() -> "Report[Result, Params]":
    from workbook.diagnostics.summary.report import REPORT

    return REPORT


DIAGNOSTIC: Diagnostic[Params, Result, Sources] = Diagnostic(
    name="summary",
    tables=(),
    needs_any=(),
    joins=True,
    params=Params,
    compute=compute,
    key_figures=key_figures,
    report=_report,
    check=check,
    load=load,
)
