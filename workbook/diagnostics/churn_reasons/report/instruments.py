"""Chapter: the six instruments, by what the client's own record of each shows."""

from dataclasses import replace

from workbook.diagnostics.churn_reasons.prevention_result import InstrumentUse
from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView
from workbook.diagnostics.plans import Plans
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table


def chapter(view: ChurnView) -> list[Block]:
    """Return the audit of the six instruments, and plans against sales: all of it detail."""
    rows = view.result.instruments
    if not any(r.record for r in rows):
        return view.left_out("audit")
    recorded = [r for r in rows if r.record]
    return details(
        Heading(
            text=view.text("audit.heading", n=len(recorded), all=len(rows)),
            short=view.text("short.audit"),
            caption=view.text("audit.caption"),
        ),
        _table(view, rows),
        *_plans(view),
    )


def _table(view: ChurnView, rows: tuple[InstrumentUse, ...]) -> Table:
    return view.table(
        "instruments",
        rows,
        ("audit.columns.instrument", lambda r: view.text(f"audit.instrument.{r.instrument}"), ""),
        ("audit.columns.kind", lambda r: view.text(f"audit.kind.{r.kind}"), ""),
        ("audit.columns.record", lambda r: _record(view, r), ""),
        ("audit.columns.have", lambda r: r.have, "count"),
        ("audit.columns.of", lambda r: r.of if r.record else None, "count"),
        ("audit.columns.share", lambda r: r.share if view.in_percent(r.of or 0) else None, "pct"),
        ("audit.columns.last", lambda r: r.last, "day_short"),
        title=view.text("audit.table"),
        note=view.text("audit.note"),
    )


def _record(view: ChurnView, row: InstrumentUse) -> str:
    if not row.record:
        return view.text("audit.no_data")
    return ", ".join(view.text(f"tables.{table}") for table in row.record)


def _plans(view: ChurnView) -> list[Block]:
    plans = view.result.plans
    if plans is None:
        return []
    total = plans.total
    return [
        Heading(
            text=view.text(
                "plans.heading",
                plan=total.plan,
                actual=total.actual,
                n=total.customers,
            ),
            level=3,
        ),
        Text((_reading(view, plans),)),
        _managers(view, plans),
        _customers(view, plans),
    ]


def _reading(view: ChurnView, plans: Plans) -> str:
    told = [
        view.text("plans.text", sales=plans.sales, unplanned=plans.unplanned, n=len(plans.periods))
    ]
    if plans.running:
        told.append(view.text("plans.running", n=plans.running))
    if plans.before_sales:
        told.append(view.text("plans.before_sales", n=plans.before_sales))
    return " ".join(told)


def _managers(view: ChurnView, plans: Plans) -> Table:
    unknown = view.text("unknown")
    return view.table(
        "plans_managers",
        [*plans.managers, replace(plans.total, manager=view.text("plans.total"))],
        ("plans.columns.plans_managers", lambda row: row.manager or unknown, ""),
        ("plans.columns.plan", lambda row: row.plan, "money"),
        ("plans.columns.actual", lambda row: row.actual, "money"),
        ("plans.columns.difference", lambda row: row.difference, "money"),
        ("plans.columns.share", lambda row: row.share, "pct"),
        title=view.text("plans.table.plans_managers"),
        shown=10,
        note=view.text("plans.note"),
    )


def _customers(view: ChurnView, plans: Plans) -> Table:
    rows, total = plans.customers, plans.total
    names = zip(rows.values("name"), rows.values("customer_id"), strict=True)
    managers = [manager or "–" for manager in rows.values("manager")]
    return view.table(
        "plans_customers",
        rows,
        (
            "plans.columns.plans_customers",
            [*(name or id_ for name, id_ in names), view.text("plans.total")],
            "",
        ),
        ("watch.manager", [*managers, "–"], ""),
        ("plans.columns.plan", [*rows.values("plan"), total.plan], "money"),
        ("plans.columns.actual", [*rows.values("actual"), total.actual], "money"),
        ("plans.columns.difference", [*rows.values("difference"), total.difference], "money"),
        ("plans.columns.share", [*rows.values("share"), total.share], "pct"),
        title=view.text("plans.table.plans_customers"),
        shown=10,
        note=view.text("plans.note"),
    )
