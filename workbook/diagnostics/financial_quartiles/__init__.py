"""Financial quartiles: how the finances compare with the industry and with all companies."""

from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.key_figures import key_figures
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.resources import Resources
from workbook.diagnostics.financial_quartiles.result import Result

__all__ = ["Params", "Resources", "Result", "compute", "key_figures"]
