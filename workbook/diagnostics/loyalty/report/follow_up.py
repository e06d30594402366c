"""Lists of whom to call, by name: shown where answers may be told so."""

from workbook.diagnostics.loyalty.report.shared import LoyaltyView, mark_format, mark_words
from workbook.report.blocks import Block, Heading
from workbook.report.table import Table, TableColumn


def complaint_list(view: LoyaltyView) -> list[Block]:
    """Return the low marks with customer, owner and deadline."""
    listed = view.result.complaint_list
    if not listed:
        return []
    say = view.text
    table = Table(
        name="complaint_list",
        title=say("complaint_list.title"),
        columns=(
            TableColumn(key="customer", heading=say("columns.customer")),
            TableColumn(key="product", heading=say("complaint_list.product")),
            TableColumn(key="parameter", heading=say("satisfaction.table.parameter")),
            TableColumn(
                key="mark", heading=say("complaint_list.mark"), fmt=mark_format(view, whole=True)
            ),
            TableColumn(key="date", heading=say("complaint_list.date"), fmt="day_short"),
            TableColumn(key="owner", heading=say("complaint_list.owner")),
            TableColumn(key="deadline", heading=say("complaint_list.deadline"), fmt="day_short"),
        ),
        rows=[
            {
                "customer": d.name or d.customer_id or d.respondent_id,
                "product": d.product or "–",
                "parameter": d.parameter,
                "mark": d.mark,
                "date": d.date,
                "owner": d.owner or "–",
                "deadline": d.deadline,
            }
            for d in listed
        ],
        texts=view.texts,
        shown=10,
        note=say("complaint_list.note", days=view.params.complaint_days),
    )
    told = say("complaint_list.heading", n=len(listed), **mark_words(view))
    return [Heading(text=told, level=3), table]


def silent_customers(view: LoyaltyView) -> list[Block]:
    """Return the table of those who are known to be unhappy and have not complained."""
    listed = view.result.silent_named
    if not listed:
        return []
    say = view.text
    table = Table(
        name="silent_named",
        title=say("complaints.silent.title"),
        columns=(
            TableColumn(key="customer", heading=say("columns.customer")),
            TableColumn(key="mark", heading=say("complaints.silent.mark"), fmt=mark_format(view)),
            TableColumn(key="score", heading=say("complaints.silent.score")),
            TableColumn(key="owner", heading=say("complaint_list.owner")),
        ),
        rows=[
            {
                "customer": s.name or s.customer_id,
                "mark": s.lowest_mark,
                "score": say("complaints.silent.detractor") if s.detractor else "–",
                "owner": s.owner or "–",
            }
            for s in listed
        ],
        texts=view.texts,
        shown=10,
        note=say("complaints.silent.note", **mark_words(view)),
    )
    return [table]


def contributions(view: LoyaltyView) -> list[Block]:
    """Return the table of what each account adds to the index by revenue."""
    listed = view.result.contributions
    if not listed:
        return []
    say = view.text
    table = Table(
        name="nps_contributions",
        title=say("contributions.title"),
        columns=(
            TableColumn(key="customer", heading=say("columns.customer")),
            TableColumn(key="share", heading=say("contributions.share"), fmt="pct1"),
            TableColumn(key="value", heading=say("contributions.value"), fmt="points"),
            TableColumn(key="points", heading=say("contributions.points"), fmt="points"),
        ),
        rows=[
            {
                "customer": c.name or c.customer_id,
                "share": c.share,
                "value": c.value,
                "points": c.points,
            }
            for c in listed
        ],
        texts=view.texts,
        shown=8,
        note=say("contributions.note"),
    )
    return [table]
