"""Financial quartiles: how the finances compare with the industry and with all companies."""

from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.key_figures import key_figures
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.financial_quartiles.scored_statement import Sources

__all__ = ["Params", "Result", "Sources", "compute", "key_figures"]
