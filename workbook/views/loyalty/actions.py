"""Chapter: who does what by when."""

from workbook.blocks import Block
from workbook.views.finding import action_plan
from workbook.views.loyalty.findings import findings
from workbook.views.loyalty.shared import LoyaltyView


def actions(view: LoyaltyView) -> list[Block]:
    """Return the action plan."""
    return action_plan(view, findings(view))
