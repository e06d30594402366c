"""How fast complaints are answered."""

from workbook.diagnostics.complaint_response.compute import compute, key_figures
from workbook.diagnostics.complaint_response.params import Params
from workbook.diagnostics.complaint_response.result import Result

__all__ = ["Params", "Result", "compute", "key_figures"]
