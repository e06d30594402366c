"""The diagnostic as the program knows it."""

from typing import TYPE_CHECKING

from workbook.diagnostics.diagnostic import Diagnostic
from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.key_figures import key_figures
from workbook.diagnostics.financial_quartiles.measures import measures
from workbook.diagnostics.financial_quartiles.outline import OUTLINE
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.financial_quartiles.scored_statement import Sources
from workbook.diagnostics.financial_quartiles.sources.loading import check, load, read_ahead

if TYPE_CHECKING:
    from workbook.report.diagnostic_report import Report


def _report() -> "Report[Result, Params]":
    from workbook.diagnostics.financial_quartiles.report import REPORT

    return REPORT


DIAGNOSTIC: Diagnostic[Params, Result, Sources] = Diagnostic(
    outline=OUTLINE,
    check=check,
    load=load,
    read_ahead=read_ahead,
    compute=compute,
    key_figures=key_figures,
    measures=measures,
    looks_ahead=True,
    of_the_data=("unit",),
    report=_report,
    glossary=(
        "client",
        "quartile",
        "median",
        "score",
        "reference_base",
        "industry_level",
        "articulation",
        "equity",
        "short_term_debt",
        "verdict",
    ),
)
