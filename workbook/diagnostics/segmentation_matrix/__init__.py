"""Segmentation matrix: whom to sell what, what customers are worth, and who is moving where."""

from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.key_figures import key_figures
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result

__all__ = ["Params", "Result", "compute", "key_figures"]
