"""What can be told of the diagnostic without its arithmetic."""

from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.outline import Outline

OUTLINE: Outline[Params] = Outline(
    name="churn_reasons",
    tables=(
        "lost_customers",
        "customers",
        "sales",
        "complaints",
        "satisfaction",
        "survey",
        "offers",
        "control_points",
        "plans",
    ),
    needs_any=("lost_customers",),
    params=Params,
)
