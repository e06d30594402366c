"""What can be told of the diagnostic without its arithmetic."""

from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.outline import Outline

OUTLINE: Outline[Params] = Outline(
    name="controllability",
    tables=(
        "answers",
        "complaints",
        "control_points",
        "customers",
        "lost_customers",
        "offers",
        "sales",
        "satisfaction",
        "segments",
        "survey",
        "targets",
    ),
    needs_any=("answers",),
    params=Params,
)
