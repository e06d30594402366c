"""Loyalty: net promoter score, its reasons, satisfaction, complaints and touchpoints."""

from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.key_figures import key_figures
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.survey import Sources

__all__ = ["Params", "Result", "Sources", "compute", "key_figures"]
