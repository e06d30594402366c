"""Chapter: what the sales department did, and each of its managers."""

from collections.abc import Sequence
from functools import partial

from workbook.charts.chart import Chart
from workbook.charts.stacked_bars import StackedBars, StackedPart
from workbook.diagnostics.segmentation_matrix.kpi_result import (
    DepartmentKpi,
    KpiBasis,
    ManagerKpi,
)
from workbook.diagnostics.segmentation_matrix.report.names import (
    MatrixView,
    gone,
    in_words,
    listed,
    manager_name,
    own_statuses,
    status_name,
    yes,
)
from workbook.diagnostics.segmentation_matrix.report.summary import compared
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table
from workbook.stats.data_table import DataTable

DRAWN = 12
NAMED = 8
"""New products that are named."""


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on KPIs."""
    result = view.result
    total, basis, kpi = result.turnover, result.turnover_basis, result.kpi_basis
    if total is None or basis is None or kpi is None or result.kpi_total is None:
        return view.left_out("kpi")
    return [
        Heading(
            text=_heading(view, total, basis),
            short=view.text("short.kpi"),
            caption=view.text("sales.caption", n=basis.months),
        ),
        Text(tuple(_reading(view, total, basis))),
        *_chart(view, basis),
        *details(_managers(view, result.kpi_total, kpi), _department(view, kpi)),
        *_full(view),
    ]


def _heading(view: MatrixView, total: ManagerKpi, basis: KpiBasis) -> str:
    change = total.growth
    if change is None or basis.repeat_share is None:
        return view.text("sales.heading.plain", total=total.total, n=basis.months)
    key = "up" if change >= 0 else "down"
    return view.text(
        f"sales.heading.{key}", change=abs(change), total=total.total, repeat=basis.repeat_share
    )


def _reading(view: MatrixView, total: ManagerKpi, basis: KpiBasis) -> list[str]:
    kinds = "kinds" if basis.kinds_known else "kinds_unknown"
    told = [
        view.text(
            f"sales.text.{kinds}",
            primary=total.primary_sum,
            repeat=total.repeat_sum,
            direction=total.new_direction_sum,
        )
    ]
    if total.returns_sum:
        told.append(view.text("sales.text.returns", amount=abs(total.returns_sum)))
    paragraphs = [
        " ".join(told),
        *filter(None, [compared(view).get("compared", ""), _new_products(view)]),
    ]
    named = {name for c in view.result.findings if c.id == "only_repeat" for name in c.singled_out}
    paragraphs += [
        view.text(
            "sales.text.only_repeat", manager=m.manager, growth=m.growth, share=m.repeat_share,
            primary=m.primary_sum, direction=m.new_direction_sum, n=m.repeat, customers=m.customers,
        )
        for m in view.result.only_repeat
        if m.manager in named
    ]  # fmt: skip
    return paragraphs


def _new_products(view: MatrixView) -> str:
    """Name the products that were not sold in the time compared; empty without one."""
    new = [p.product for p in view.result.products if p.product and p.is_new]
    if not new:
        return ""
    return view.text("sales.text.new_products", names=listed(new, NAMED), n=len(new))


def _people(rows: Sequence[ManagerKpi]) -> list[ManagerKpi]:
    return sorted(rows, key=lambda m: (m.manager is None, -m.total))


def _chart(view: MatrixView, basis: KpiBasis) -> list[Chart]:
    rows = [m for m in _people(view.result.turnover_managers) if m.total > 0][:DRAWN]
    if len(rows) < 2:
        return []
    parts = [
        StackedPart(name=view.text("sales.kind.repeat"), colour=view.palette.primary),
        StackedPart(name=view.text("sales.kind.direction"), colour=view.palette.tertiary),
        StackedPart(name=view.text("sales.kind.primary"), colour=view.palette.secondary),
    ]
    sizes = [
        [max(x, 0.0) for x in (m.repeat_sum, m.new_direction_sum, m.primary_sum)] for m in rows
    ]
    figures = [[view.texts.write(x, "money") for x in row] for row in sizes]
    names = [manager_name(view, m.manager) for m in rows]
    right = [_change(view, m) for m in rows]

    told = "; ".join(
        f"{name}: " + ", ".join(f"{p.name} {t}" for p, t in zip(parts, row, strict=True))
        for name, row in zip(names, figures, strict=True)
    )
    return [
        view.draw(
            StackedBars(
                labels=names,
                parts=parts,
                sizes=sizes,
                texts=figures,
                right=right,
                fmt="money",
            ),
            title=view.text("sales.chart.title", n=basis.months),
            alt=view.text("sales.chart.alt", values=told),
            note=view.source(len(rows), view.text("sales.chart.note")),
        )
    ]


def _change(view: MatrixView, manager: ManagerKpi) -> str:
    change = manager.growth
    if change is None:
        return view.texts.write(manager.total, "money")
    return view.text(
        "sales.bar", total=manager.total, arrow="▲" if change >= 0 else "▼", change=abs(change)
    )


def _managers(view: MatrixView, total: ManagerKpi, basis: KpiBasis) -> Table:
    people = [(manager_name(view, m.manager), m) for m in _people(view.result.kpi_managers)]
    return view.table(
        "kpi_managers",
        [*people, (view.text("sales.total"), total)],
        ("columns.manager", lambda row: row[0], ""),
        ("sales.columns.potential", lambda row: row[1].potential, "count"),
        ("sales.columns.primary", lambda row: row[1].primary, "count"),
        (f"sales.columns.{gone(view)}", lambda row: row[1].lost, "count"),
        ("sales.columns.renewed", lambda row: row[1].renewed, "count"),
        (f"sales.columns.{gone(view)}_stock", lambda row: row[1].lost_stock, "count"),
        ("sales.columns.primary_sum", lambda row: row[1].primary_sum, "money"),
        ("sales.columns.repeat_sum", lambda row: row[1].repeat_sum, "money"),
        ("sales.columns.direction_sum", lambda row: row[1].new_direction_sum, "money"),
        ("sales.columns.returns", lambda row: row[1].returns_sum, "money"),
        ("sales.columns.total", lambda row: row[1].total, "money"),
        title=view.text("sales.table", n=basis.months),
        shown=14,
        note=view.text(f"sales.note.{gone(view)}", n=basis.months),
    )


def _department(view: MatrixView, basis: KpiBasis) -> Table:
    young = basis.before is not None and not basis.kinds_known_before
    notes = [view.text("department.note"), view.text("department.young") if young else ""]
    return view.table(
        "kpi_department",
        view.result.department,
        ("department.columns.kpi", lambda k: _kpi_name(view, k.kpi), ""),
        (
            "department.columns.now",
            lambda k: _figure(view, k.n, k.amount, k.base) + _interval(view, k),
            "",
        ),
        (
            "department.columns.before" if basis.before else "department.columns.nothing_before",
            lambda k: _figure(view, k.n_before, k.amount_before, k.base_before),
            "",
        ),
        title=view.text("department.table", n=basis.months),
        facts={"first": basis.before.first, "last": basis.before.last} if basis.before else {},
        note=" ".join(note for note in notes if note),
    )


def _kpi_name(view: MatrixView, kpi: str) -> str:
    return view.text(f"department.kpi.{gone(view) if kpi == 'lost' else kpi}")


def _figure(view: MatrixView, n: int | None, amount: float | None, base: int | None) -> str:
    if n is None:
        return "–"
    if base is not None:
        return view.part(n, base)
    told = [view.texts.write(n, "count")]
    if amount is not None:
        told.append(view.texts.write(amount, "money"))
    return " · ".join(told)


def _interval(view: MatrixView, kpi: DepartmentKpi) -> str:
    if kpi.base is None or not view.in_percent(kpi.base):
        return ""
    return f" ({view.interval(kpi.ci_low, kpi.ci_high, 'pct1')})"


def _full(view: MatrixView) -> list[Block]:
    return [_customers(view), _products(view), _changes(view)]


def _customers(view: MatrixView) -> Table:
    rows = view.result.customers
    marked = [("customers.mark", rows.values("last_mark"), "dec1")]
    return view.table(
        "customers",
        rows,
        ("columns.id", rows.values("customer_id"), ""),
        ("columns.customer", rows.values("name"), ""),
        ("columns.segment", rows.values("segment"), ""),
        ("columns.manager", rows.values("manager"), ""),
        *_classes(view, rows),
        ("customers.tenure", rows.values("tenure_days"), "count"),
        ("customers.used", rows.values("used"), "count"),
        ("customers.wanted", rows.values("wanted"), "count"),
        ("columns.amount", rows.values("amount"), "money"),
        ("customers.amount_before", rows.values("amount_before"), "money"),
        ("customers.primary", rows.values("primary"), "count"),
        ("sales.columns.primary_sum", rows.values("primary_sum"), "money"),
        ("customers.repeat", rows.values("repeat"), "count"),
        ("sales.columns.repeat_sum", rows.values("repeat_sum"), "money"),
        ("customers.direction", rows.values("new_direction"), "count"),
        ("sales.columns.direction_sum", rows.values("new_direction_sum"), "money"),
        ("silent.columns.last", rows.values("last_sale"), "day_short"),
        ("customers.offers", rows.values("open_offers"), "count"),
        ("customers.step", rows.values("next_step"), "day_short"),
        ("customers.refusals", rows.values("refusals"), "count"),
        ("columns.stage", rows.values("last_refusal_stage"), ""),
        ("columns.reason", rows.values("last_refusal_reason"), ""),
        ("customers.complaints", rows.values("complaints"), "count"),
        *(marked if rows["last_mark"].notna().any() else []),
        ("customers.valuable", yes(view, rows, "most_valuable"), ""),
        title=view.text("full.customers"),
        appendix_only=True,
    )


def _classes(view: MatrixView, rows: DataTable) -> list[tuple[str, list[str], str]]:
    """Return the columns of statuses and classes, before and now."""
    before = in_words(rows.values("status_before"), partial(status_name, view))
    return [
        ("columns.status_before", before, ""),
        (
            "columns.status",
            own_statuses(view, rows.values("status"), rows.values("customer_id")),
            "",
        ),
        ("columns.abc_before", rows.values("abc_before"), ""),
        ("columns.abc", rows.values("abc"), ""),
        ("columns.xyz", rows.values("xyz"), ""),
    ]


def _changes(view: MatrixView) -> Table:
    """Return the managers' totals beside those of the window before."""
    return view.table(
        "kpi_changes",
        _people(view.result.turnover_managers),
        ("columns.manager", lambda m: manager_name(view, m.manager), ""),
        ("columns.customers", lambda m: m.customers, "count"),
        ("customers.repeat", lambda m: m.repeat, "count"),
        ("customers.direction", lambda m: m.new_direction, "count"),
        ("sales.columns.total", lambda m: m.total, "money"),
        ("customers.amount_before", lambda m: m.total_before, "money"),
        ("sales.columns.change", lambda m: m.growth, "pct1"),
        title=view.text("full.kpi_changes"),
        appendix_only=True,
    )


def _products(view: MatrixView) -> Table:
    return view.table(
        "products",
        view.result.products,
        ("columns.product", lambda p: p.product or view.text("no_product"), ""),
        ("columns.amount", lambda p: p.amount, "money"),
        ("customers.amount_before", lambda p: p.amount_before, "money"),
        ("columns.customers", lambda p: p.customers, "count"),
        ("columns.abc", lambda p: p.abc, ""),
        title=view.text("full.products"),
        appendix_only=True,
    )
