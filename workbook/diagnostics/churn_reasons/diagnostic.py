"""The diagnostic as the program knows it."""

from typing import TYPE_CHECKING

from workbook.diagnostics.churn_reasons.compute import Sources, compute
from workbook.diagnostics.churn_reasons.key_figures import key_figures
from workbook.diagnostics.churn_reasons.measures import measures
from workbook.diagnostics.churn_reasons.outline import OUTLINE
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.churn_reasons.sources.loading import check, load
from workbook.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


def _report() -> "Report[Result, Params]":
    from workbook.diagnostics.churn_reasons.report import REPORT

    return REPORT


DIAGNOSTIC: Diagnostic[Params, Result, Sources] = Diagnostic(
    outline=OUTLINE,
    check=check,
    load=load,
    compute=compute,
    key_figures=key_figures,
    measures=measures,
    of_the_data=("register_since",),
    report=_report,
    glossary=(
        "client",
        "lost",
        "preventable",
        "interval",
        "expected",
        "survival",
        "lift",
        "backtest",
        "iceberg",
    ),
)
