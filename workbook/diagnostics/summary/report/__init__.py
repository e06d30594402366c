"""The summary's report: one answer from all diagnostics, at most eight pages."""

from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.report import (
    changes,
    customers,
    definitions,
    diagnostics,
    in_file,
    method,
    money,
    page_two,
    what_if,
)
from workbook.diagnostics.summary.result import Result
from workbook.report.diagnostic_report import Report

REPORT: Report[Result, Params] = Report(
    page_two=page_two.page_two,
    chapters={
        "money": money.chapter,
        "diagnostics": diagnostics.chapter,
        "changes": changes.chapter,
        "customers": customers.chapter,
        "what_if": what_if.chapter,
        "definitions": definitions.chapter,
    },
    method=method.method,
    in_file=in_file.in_file,
)
