"""What can be told of the diagnostic without its arithmetic."""

from workbook.diagnostics.outline import Outline
from workbook.diagnostics.summary.params import Params

OUTLINE: Outline[Params] = Outline(
    name="summary",
    tables=(),
    needs_any=(),
    joins=True,
    params=Params,
)
