"""What can be told of the diagnostic without its arithmetic."""

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.outline import Outline

OUTLINE: Outline[Params] = Outline(
    name="loyalty",
    tables=("survey", "satisfaction", "touchpoints", "complaints", "customers", "sales"),
    needs_any=("survey", "satisfaction", "touchpoints", "complaints"),
    params=Params,
)
