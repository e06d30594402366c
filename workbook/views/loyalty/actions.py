"""Chapter: who does what by when."""

from workbook.blocks import Block, Heading, Text
from workbook.table import Table, TableColumn
from workbook.views.loyalty.findings import findings
from workbook.views.loyalty.shared import LoyaltyView


def actions(view: LoyaltyView) -> list[Block]:
    """Return the action plan: proposed steps with empty cells for people and dates."""
    found = findings(view)
    heading = Heading(
        text=view.say("actions.heading", n=len(found)),
        short=view.say("short.actions"),
        caption=view.say("actions.caption"),
        new_page=True,
    )
    if not found:
        return [heading, Text((view.say("actions.none"),))]
    table = Table(
        name="actions",
        title=view.say("actions.title"),
        columns=(
            TableColumn(key="action", heading=view.say("actions.action")),
            TableColumn(key="why", heading=view.say("actions.why")),
            TableColumn(key="effect", heading=view.say("actions.effect")),
            TableColumn(key="owner", heading=view.say("actions.owner"), fill=True),
            TableColumn(key="due", heading=view.say("actions.due"), fill=True),
        ),
        rows=[{"action": f.action, "why": f.text, "effect": f.effect} for f in found],
        texts=view.texts,
        note=view.say("actions.note"),
    )
    return [heading, table]
