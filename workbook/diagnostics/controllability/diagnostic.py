"""The diagnostic as the program knows it."""

from typing import TYPE_CHECKING

from workbook.diagnostics.controllability.compute import Sources, compute
from workbook.diagnostics.controllability.key_figures import key_figures
from workbook.diagnostics.controllability.measures import measures
from workbook.diagnostics.controllability.outline import OUTLINE
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.result import Result
from workbook.diagnostics.controllability.sources.loading import check, load
from workbook.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


def _report() -> "Report[Result, Params]":
    from workbook.diagnostics.controllability.report import REPORT

    return REPORT


DIAGNOSTIC: Diagnostic[Params, Result, Sources] = Diagnostic(
    outline=OUTLINE,
    check=check,
    load=load,
    compute=compute,
    key_figures=key_figures,
    measures=measures,
    report=_report,
    glossary=(
        "client",
        "marks",
        "control_index",
        "aspect",
        "priority",
        "alpha",
        "interval",
        "contradiction",
    ),
)
