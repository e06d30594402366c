"""How the summary came about."""

from workbook.diagnostics.summary.report.summary_view import SummaryView
from workbook.report.blocks import Block
from workbook.report.method_box import method_box


def method(view: SummaryView) -> list[Block]:
    """Return the method box."""
    return method_box(view, ("order", "fates"))
