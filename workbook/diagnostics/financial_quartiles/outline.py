"""What can be told of the diagnostic without its arithmetic."""

from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.outline import Outline

OUTLINE: Outline[Params] = Outline(
    name="financial_quartiles",
    tables=("statements", "base"),
    needs_any=("statements",),
    params=Params,
)
