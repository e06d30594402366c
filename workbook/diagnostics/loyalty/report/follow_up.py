"""Lists of whom to call, by name: shown where answers may be told so."""

from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.diagnostics.loyalty.report.mark_words import mark_format, mark_words
from workbook.report.blocks import Block, Heading
from workbook.stats.data_table import DataTable


def complaint_list(view: LoyaltyView) -> list[Block]:
    """Return the low marks with customer, owner and deadline."""
    listed = view.result.complaint_list
    if not len(listed):
        return []
    table = view.table(
        "complaint_list",
        listed,
        ("columns.customer", _filled(listed, "name", "customer_id", "respondent_id"), ""),
        ("complaint_list.product", _filled(listed, "product"), ""),
        ("satisfaction.table.parameter", listed.values("parameter"), ""),
        ("complaint_list.mark", listed.values("mark"), mark_format(view, whole=True)),
        ("complaint_list.date", listed.values("date"), "day_short"),
        ("complaint_list.owner", _filled(listed, "owner"), ""),
        ("complaint_list.deadline", listed.values("deadline"), "day_short"),
        title=view.text("complaint_list.title"),
        note=view.text("complaint_list.note", days=view.params.complaint_days),
        shown=10,
    )
    heading = view.text("complaint_list.heading", n=len(listed), **mark_words(view))
    return [Heading(text=heading, level=3), table]


def silent_customers(view: LoyaltyView, *, when: str) -> list[Block]:
    """Return the table of those who are known to be unhappy and have not complained.

    Parameters
    ----------
    when
        The days in which, in words.
    """
    listed = view.result.silent_named
    if not len(listed):
        return []
    critical = view.text("complaints.silent.detractor")
    table = view.table(
        "silent_named",
        listed,
        ("columns.customer", _filled(listed, "name", "customer_id"), ""),
        ("complaints.silent.mark", listed.values("lowest_mark"), mark_format(view)),
        ("complaints.silent.score", [critical if d else "–" for d in listed["detractor"]], ""),
        ("complaint_list.owner", _filled(listed, "owner"), ""),
        title=view.text("complaints.silent.title"),
        note=view.text("complaints.silent.note", when=when, **mark_words(view)),
        shown=10,
    )
    return [table]


def contributions(view: LoyaltyView) -> list[Block]:
    """Return the table of what each account adds to the index by revenue."""
    listed = view.result.contributions
    if not len(listed):
        return []
    table = view.table(
        "nps_contributions",
        listed,
        ("columns.customer", _filled(listed, "name", "customer_id"), ""),
        ("contributions.share", listed.values("share"), "pct1"),
        ("contributions.value", listed.values("value"), "points"),
        ("contributions.points", listed.values("points"), "points"),
        title=view.text("contributions.title"),
        note=view.text("contributions.note"),
        shown=8,
    )
    return [table]


def _filled(listed: DataTable, *names: str) -> list[str]:
    """Return for each row the first of these columns that says something, else a dash."""
    cells = zip(*(listed.values(name) for name in names), strict=True)
    return [next(filter(None, row), "–") for row in cells]
