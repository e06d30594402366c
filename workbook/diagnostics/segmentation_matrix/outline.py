"""What can be told of the diagnostic without its arithmetic."""

from workbook.diagnostics.outline import Outline
from workbook.diagnostics.segmentation_matrix.params import Params

OUTLINE: Outline[Params] = Outline(
    name="segmentation_matrix",
    tables=(
        "customers",
        "segments",
        "targets",
        "sales",
        "offers",
        "control_points",
        "complaints",
        "satisfaction",
        "plans",
        "lost_customers",
        "survey",
        "service_costs",
    ),
    needs_any=("sales", "segments", "targets", "offers", "control_points"),
    params=Params,
)
