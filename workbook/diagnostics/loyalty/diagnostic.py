"""The diagnostic as the program knows it."""

from typing import TYPE_CHECKING

from workbook.diagnostics.diagnostic import Diagnostic
from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.key_figures import key_figures
from workbook.diagnostics.loyalty.measures import OF_THE_DATA, measures
from workbook.diagnostics.loyalty.outline import OUTLINE
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.sources.loading import check, load, read_ahead
from workbook.diagnostics.loyalty.survey import Sources

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


def _report() -> "Report[Result, Params]":
    from workbook.diagnostics.loyalty.report import REPORT

    return REPORT


DIAGNOSTIC: Diagnostic[Params, Result, Sources] = Diagnostic(
    outline=OUTLINE,
    check=check,
    load=load,
    read_ahead=read_ahead,
    compute=compute,
    key_figures=key_figures,
    report=_report,
    measures=measures,
    of_the_data=OF_THE_DATA,
    glossary=("client", "nps", "promoter", "interval", "n_eff", "driver", "iceberg", "touchpoint"),
)
