"""Churn reasons: who was lost, why, when, what it cost, and who is next."""

from workbook.diagnostics.churn_reasons.compute import Sources, compute
from workbook.diagnostics.churn_reasons.key_figures import key_figures
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.result import Result

__all__ = ["Params", "Result", "Sources", "compute", "key_figures"]
