"""The customers with most money at stake, and where tables contradict each other about them."""

from dataclasses import replace

from workbook.diagnostics.summary.customer_list import Sign
from workbook.diagnostics.summary.report.summary_view import SummaryView
from workbook.report.blocks import Block, Heading
from workbook.report.table import MAX_ROWS, Table


def chapter(view: SummaryView) -> list[Block]:
    """Return the list of customers; the appendix has all of them."""
    found = view.result.customers
    if not len(found):
        return view.left_out("customers")
    shown = min(view.params.customers, len(found), MAX_ROWS)
    steps = [view.text(f"next_step.{row[0]}") if row else "" for row in found.values("signs")]
    return [
        Heading(
            text=view.text("customers.heading", n=shown, money=sum(found.values("money")[:shown])),
            short=view.text("short.customers"),
            caption=view.text("customers.caption"),
        ),
        replace(_table(view, "customers_first", steps, signs=1, shown=shown), page_only=True),
        replace(_table(view, "customers", steps, signs=len(Sign), shown=shown), appendix_only=True),
        *_differences(view),
    ]


def _table(view: SummaryView, name: str, steps: list[str], *, signs: int, shown: int) -> Table:
    """Return the table of customers: a line of the page has room for the most pressing sign."""
    found = view.result.customers
    told = [
        "; ".join(view.text(f"signs.{s}") for s in row[:signs]) for row in found.values("signs")
    ]
    return view.table(
        name,
        found,
        ("customers.name", found.values("name"), ""),
        ("customers.manager", found.values("manager"), ""),
        ("customers.revenue", found.values("revenue"), "money"),
        ("customers.money", found.values("money"), "money"),
        ("customers.signs", told, ""),
        ("customers.next_step", steps, ""),
        title=view.text("customers.title"),
        note=view.text("customers.note"),
        shown=shown,
    )


def _differences(view: SummaryView) -> list[Block]:
    found = view.result.differences
    if not len(found):
        return []
    kinds = [view.text(f"differences.{kind}") for kind in found.values("kind")]
    return [
        view.table(
            "differences",
            found,
            ("differences.kind", kinds, ""),
            ("customers.name", [n or i for n, i in zip(
                found.values("name"), found.values("customer_id"), strict=True)], ""),
            ("customers.revenue", found.values("revenue"), "money"),
            title=view.text("differences.title"),
            appendix_only=True,
        )
    ]  # fmt: skip
