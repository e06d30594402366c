"""The summary: one answer from all diagnostics of an engagement."""

from workbook.diagnostics.summary.compute import compute
from workbook.diagnostics.summary.key_figures import key_figures
from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.result import Result

__all__ = ["Params", "Result", "compute", "key_figures"]
