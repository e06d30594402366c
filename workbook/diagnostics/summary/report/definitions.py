"""What each report calls lost, and how the numbers relate."""

from workbook.diagnostics.summary.report import contradictions
from workbook.diagnostics.summary.report.summary_view import SummaryView, title_of
from workbook.report.blocks import Block, Heading, Text


def chapter(view: SummaryView) -> list[Block]:
    """Return the table of definitions, and what was not studied."""
    found, states = view.result.definitions, view.result.states
    if not found or states is None:
        return view.left_out("definitions")
    return [
        Heading(
            text=view.text("definitions.heading", lost=states.lost, n=states.bought),
            short=view.text("short.definitions"),
            caption=view.text("definitions.caption"),
        ),
        view.table(
            "definitions",
            found,
            ("definitions.what", lambda row: view.text(f"definitions.{row.id}"), ""),
            ("definitions.n", lambda row: row.n, "count"),
            ("definitions.of", lambda row: row.of, "count"),
            ("definitions.revenue", lambda row: row.revenue, "money"),
            title=view.text("definitions.title"),
            note=view.text(
                "definitions.states", customers=states.customers, prospect=states.prospect,
                registered_loss=states.registered_loss, contract_ended=states.contract_ended,
                silent=states.silent, active=states.active,
            ),
        ),
        *contradictions.table(view),
        *not_studied(view),
    ]  # fmt: skip


def not_studied(view: SummaryView) -> list[Block]:
    """Return one line on the diagnostics that there are no data for."""
    absent = view.result.absent
    if not absent:
        return []
    names = "; ".join(title_of(view, name) for name in absent)
    return [Text((view.text("not_studied", names=names),))]
