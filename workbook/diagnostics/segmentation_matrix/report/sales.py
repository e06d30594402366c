"""Chapter: what the sales department did, and each of its managers."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from workbook.charts.basic import Part, rows_height, stacked_rows
from workbook.charts.chart import SKY, Chart
from workbook.diagnostics.segmentation_matrix.kpi_result import (
    DepartmentKpi,
    KpiBasis,
    ManagerKpi,
)
from workbook.diagnostics.segmentation_matrix.report.shared import (
    MatrixView,
    full_table,
    gone,
    manager_name,
    status_name,
)
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, source, table_columns
from workbook.report.table import Table, Value
from workbook.report.view import NO_PERCENTAGES_BELOW

DRAWN = 12


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on KPIs."""
    result = view.result
    total, basis, kpi = result.turnover, result.turnover_basis, result.kpi_basis
    if total is None or basis is None or kpi is None or result.kpi_total is None:
        return left_out(view, "kpi")
    return [
        Heading(
            text=_heading(view, total, basis),
            short=view.text("short.kpi"),
            caption=view.text("sales.caption", n=basis.months),
            new_page=True,
        ),
        Text(tuple(_reading(view, total, basis))),
        *_chart(view, basis),
        _managers(view, result.kpi_total, kpi),
        _department(view, kpi),
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
    paragraphs = [" ".join(told)]
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


def _people(rows: Sequence[ManagerKpi]) -> list[ManagerKpi]:
    return sorted(rows, key=lambda m: (m.manager is None, -m.total))


def _chart(view: MatrixView, basis: KpiBasis) -> list[Chart]:
    rows = [m for m in _people(view.result.turnover_managers) if m.total > 0][:DRAWN]
    if len(rows) < 2:
        return []
    parts = [
        Part(name=view.text("sales.kind.repeat"), colour=view.palette.primary, dark=True),
        Part(name=view.text("sales.kind.direction"), colour=SKY, dark=False),
        Part(name=view.text("sales.kind.primary"), colour=view.palette.secondary, dark=False),
    ]
    sizes = [
        [max(x, 0.0) for x in (m.repeat_sum, m.new_direction_sum, m.primary_sum)] for m in rows
    ]
    figures = [[view.texts.write(x, "money") for x in row] for row in sizes]
    names = [manager_name(view, m.manager) for m in rows]
    right = [_change(view, m) for m in rows]

    def plot(figure: Figure) -> None:
        axes = figure.add_subplot()
        fitting = [
            [
                text if size > 0.16 * max(map(sum, sizes)) else ""
                for size, text in zip(row, told, strict=True)
            ]
            for row, told in zip(sizes, figures, strict=True)
        ]
        stacked_rows(axes, names, parts, sizes, texts=fitting, right=right)

    told = "; ".join(
        f"{name}: " + ", ".join(f"{p.name} {t}" for p, t in zip(parts, row, strict=True))
        for name, row in zip(names, figures, strict=True)
    )
    return [
        view.draw(
            plot,
            title=view.text("sales.chart.title", n=basis.months),
            alt=view.text("sales.chart.alt", values=told),
            note=source(view, len(rows), view.text("sales.chart.note")),
            height=rows_height(len(rows), top=0.7),
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
    people = _people(view.result.kpi_managers)
    rows = [_row(view, m, manager_name(view, m.manager)) for m in people]
    rows.append(_row(view, total, view.text("sales.total")))
    return Table(
        name="kpi_managers",
        title=view.text("sales.table", n=basis.months),
        columns=table_columns(
            view,
            ("manager", "columns.manager", ""),
            ("potential", "sales.columns.potential", "count"),
            ("primary", "sales.columns.primary", "count"),
            ("lost", f"sales.columns.{gone(view)}", "count"),
            ("renewed", "sales.columns.renewed", "count"),
            ("lost_stock", f"sales.columns.{gone(view)}_stock", "count"),
            ("primary_sum", "sales.columns.primary_sum", "money"),
            ("repeat_sum", "sales.columns.repeat_sum", "money"),
            ("direction_sum", "sales.columns.direction_sum", "money"),
            ("returns", "sales.columns.returns", "money"),
            ("total", "sales.columns.total", "money"),
        ),
        rows=rows,
        texts=view.texts,
        shown=14,
        note=view.text(f"sales.note.{gone(view)}", n=basis.months),
    )


def _row(view: MatrixView, kpi: ManagerKpi, name: str) -> dict[str, Value]:
    return {
        "manager": name,
        "potential": kpi.potential,
        "primary": kpi.primary,
        "lost": kpi.lost,
        "renewed": kpi.renewed,
        "lost_stock": kpi.lost_stock,
        "primary_sum": kpi.primary_sum,
        "repeat_sum": kpi.repeat_sum,
        "direction_sum": kpi.new_direction_sum,
        "returns": kpi.returns_sum,
        "total": kpi.total,
    }


def _department(view: MatrixView, basis: KpiBasis) -> Table:
    young = basis.before is not None and not basis.kinds_known_before
    notes = [view.text("department.note"), view.text("department.young") if young else ""]
    return Table(
        name="kpi_department",
        title=view.text("department.table", n=basis.months),
        columns=table_columns(
            view,
            ("kpi", "department.columns.kpi", ""),
            ("now", "department.columns.now", ""),
            ("before", "department.columns.before", ""),
        ),
        rows=[
            {
                "kpi": _kpi_name(view, k.kpi),
                "now": _figure(view, k.n, k.amount, k.base) + _interval(view, k),
                "before": _figure(view, k.n_before, k.amount_before, k.base_before),
            }
            for k in view.result.department
        ],
        texts=view.texts,
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
    if kpi.base is None or kpi.base < NO_PERCENTAGES_BELOW:
        return ""
    return f" ({view.interval(kpi.ci_low, kpi.ci_high, 'pct1')})"


def _full(view: MatrixView) -> list[Block]:
    ended = {c.customer_id for c in view.result.lifecycle if c.contract_ended}
    marked = any(c.last_mark is not None for c in view.result.customers)
    rows: list[dict[str, object]] = [
        {
            "id": c.customer_id, "name": c.name, "segment": c.segment, "manager": c.manager,
            "before": status_name(view, c.status_before.value if c.status_before else None),
            "status": status_name(
                view, c.status.value, contract_ended=c.customer_id in ended
            ), "abc_before": c.abc_before, "abc": c.abc,
            "xyz": c.xyz, "tenure": c.tenure_days, "used": c.used, "wanted": c.wanted,
            "amount": c.amount, "amount_before": c.amount_before, "primary": c.primary,
            "primary_sum": c.primary_sum, "repeat": c.repeat, "repeat_sum": c.repeat_sum,
            "direction": c.new_direction, "direction_sum": c.new_direction_sum,
            "last": c.last_sale, "offers": c.open_offers, "step": c.next_step,
            "refusals": c.refusals, "stage": c.last_refusal_stage,
            "reason": c.last_refusal_reason, "complaints": c.complaints, "mark": c.last_mark,
            "valuable": view.text("yes") if c.most_valuable else "",
        }
        for c in view.result.customers
    ]  # fmt: skip
    return [
        full_table(
            view,
            "customers",
            (
                ("id", "columns.id", ""),
                ("name", "columns.customer", ""),
                ("segment", "columns.segment", ""),
                ("manager", "columns.manager", ""),
                ("before", "columns.status_before", ""),
                ("status", "columns.status", ""),
                ("abc_before", "columns.abc_before", ""),
                ("abc", "columns.abc", ""),
                ("xyz", "columns.xyz", ""),
                ("tenure", "customers.tenure", "count"),
                ("used", "customers.used", "count"),
                ("wanted", "customers.wanted", "count"),
                ("amount", "columns.amount", "money"),
                ("amount_before", "customers.amount_before", "money"),
                ("primary", "customers.primary", "count"),
                ("primary_sum", "sales.columns.primary_sum", "money"),
                ("repeat", "customers.repeat", "count"),
                ("repeat_sum", "sales.columns.repeat_sum", "money"),
                ("direction", "customers.direction", "count"),
                ("direction_sum", "sales.columns.direction_sum", "money"),
                ("last", "silent.columns.last", "day_short"),
                ("offers", "customers.offers", "count"),
                ("step", "customers.step", "day_short"),
                ("refusals", "customers.refusals", "count"),
                ("stage", "columns.stage", ""),
                ("reason", "columns.reason", ""),
                ("complaints", "customers.complaints", "count"),
                *((("mark", "customers.mark", "dec1"),) if marked else ()),
                ("valuable", "customers.valuable", ""),
            ),
            rows,
        ),
        _products(view),
        _changes(view),
    ]


def _changes(view: MatrixView) -> Table:
    """Return the managers' totals beside those of the window before."""
    rows: list[dict[str, object]] = [
        {
            "manager": manager_name(view, m.manager), "customers": m.customers,
            "repeat": m.repeat, "direction": m.new_direction, "total": m.total,
            "before": m.total_before, "change": m.growth,
        }
        for m in _people(view.result.turnover_managers)
    ]  # fmt: skip
    columns = (
        ("manager", "columns.manager", ""),
        ("customers", "columns.customers", "count"),
        ("repeat", "customers.repeat", "count"),
        ("direction", "customers.direction", "count"),
        ("total", "sales.columns.total", "money"),
        ("before", "customers.amount_before", "money"),
        ("change", "sales.columns.change", "pct1"),
    )
    return full_table(view, "kpi_changes", columns, rows)


def _products(view: MatrixView) -> Table:
    rows: list[dict[str, object]] = [
        {
            "product": p.product or view.text("no_product"),
            "amount": p.amount,
            "customers": p.customers,
            "abc": p.abc,
        }
        for p in view.result.products
    ]
    return full_table(
        view,
        "products",
        (
            ("product", "columns.product", ""),
            ("amount", "columns.amount", "money"),
            ("customers", "columns.customers", "count"),
            ("abc", "columns.abc", ""),
        ),
        rows,
    )
