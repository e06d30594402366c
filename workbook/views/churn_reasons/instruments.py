"""Chapter: the six instruments, by what the client's data show."""

from workbook.blocks import Block, Heading
from workbook.table import Table
from workbook.views.churn_reasons.shared import ChurnView
from workbook.views.parts import left_out, table_columns


def chapter(view: ChurnView) -> list[Block]:
    """Return the audit of the six instruments against the loss of customers."""
    rows = view.result.audit
    if not rows:
        return left_out(view, "audit")
    shown = [r for r in rows if r.n]
    table = Table(
        name="instruments",
        title=view.say("audit.table"),
        columns=table_columns(
            view,
            ("instrument", "audit.columns.instrument", ""),
            ("kind", "audit.columns.kind", ""),
            ("n", "audit.columns.n", "count"),
            ("base", "audit.columns.base", "count"),
            ("coverage", "audit.columns.coverage", "pct"),
            ("last", "audit.columns.last", "day_short"),
        ),
        rows=[
            {
                "instrument": view.say(f"audit.instrument.{r.instrument}"),
                "kind": view.say(f"audit.kind.{r.kind}"),
                "n": r.n,
                "base": r.base,
                "coverage": r.coverage,
                "last": r.last,
            }
            for r in rows
        ],
        texts=view.texts,
        note=view.say("audit.note"),
    )
    return [
        Heading(
            text=view.say("audit.heading", n=len(shown), all=len(rows)),
            short=view.say("short.audit"),
            caption=view.say("audit.caption"),
        ),
        table,
    ]
