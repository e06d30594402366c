"""The what-if pages: shown only where they were asked for."""

from workbook.diagnostics.summary.report.summary_view import SummaryView
from workbook.report.blocks import Block
from workbook.report.what_if import discount_page, manager_page, reason_page


def chapter(view: SummaryView) -> list[Block]:
    """Return a page for each thing that was asked for."""
    found = view.result.what_if
    pages = {
        "reason": lambda: reason_page(view, found.reason),
        "discount": lambda: discount_page(view, found.discount),
        "manager": lambda: manager_page(view, found.manager),
    }
    return [block for name in found.asked for block in pages[name]()]
