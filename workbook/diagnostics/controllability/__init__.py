"""Controllability: what is managed, how far people agree on it, what the data say against it."""

from workbook.diagnostics.controllability.compute import Sources, compute
from workbook.diagnostics.controllability.key_figures import key_figures
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.result import Result

__all__ = ["Params", "Result", "Sources", "compute", "key_figures"]
