"""The summary's report: one answer from all diagnostics, at most eight pages."""

from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.report import diagnostics, method, page_two
from workbook.diagnostics.summary.result import Result
from workbook.report.diagnostic_report import Report

REPORT: Report[Result, Params] = Report(
    page_two=page_two.page_two,
    chapters={"diagnostics": diagnostics.chapter},
    method=method.method,
)
