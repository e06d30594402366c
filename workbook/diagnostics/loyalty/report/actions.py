"""Chapter: who does what by when."""

from workbook.diagnostics.loyalty.report.findings import findings
from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.report.blocks import Block
from workbook.report.finding import action_plan


def actions(view: LoyaltyView) -> list[Block]:
    """Return the action plan."""
    return action_plan(view, findings(view))
