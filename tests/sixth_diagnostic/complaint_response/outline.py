"""What can be told of the diagnostic without its arithmetic."""

from workbook.diagnostics.complaint_response.params import Params

from workbook.diagnostics.outline import Outline

OUTLINE: Outline[Params] = Outline(
    name="complaint_response",
    tables=("complaints",),
    needs_any=("complaints",),
    params=Params,
)
