"""Chapter: how steadily they buy (XYZ), and the nine fields of ABC and XYZ."""

from matplotlib.figure import Figure

from workbook.charts.chart import Chart
from workbook.charts.shaded_grid import marked_grid
from workbook.diagnostics.segmentation_matrix.report.shared import (
    CLASSES,
    MatrixView,
    customer_names,
    full_table,
)
from workbook.diagnostics.segmentation_matrix.value_result import NineField, XyzBasis
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, source, table_columns
from workbook.report.table import Table

XYZ = ("X", "Y", "Z")


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on XYZ."""
    basis, counts = view.result.xyz_basis, view.result.xyz_counts
    if basis is None or counts is None or not counts.X + counts.Y + counts.Z:
        return left_out(view, "xyz")
    return [
        Heading(
            text=_heading(view, basis),
            short=view.text("short.xyz"),
            caption=view.text(
                f"xyz.caption.{basis.bucket}", n=basis.buckets, first=basis.window.first,
                last=basis.window.last,
            ),
            new_page=True,
        ),
        Text((_reading(view, basis),)),
        *_nine(view),
        _alternatives(view, basis),
        *_full(view),
    ]  # fmt: skip


def classified(view: MatrixView) -> int:
    """Return the number of customers with an XYZ class."""
    counts = view.result.xyz_counts
    return 0 if counts is None else counts.X + counts.Y + counts.Z


def _heading(view: MatrixView, basis: XyzBasis) -> str:
    n = classified(view)
    if not basis.discriminates and basis.largest_class is not None:
        counts = view.result.xyz_counts
        largest = getattr(counts, basis.largest_class)
        return view.text("xyz.heading.same", k=largest, n=n, name=basis.largest_class)
    counts = view.result.xyz_counts
    return view.text("xyz.heading.steady", k=counts.X if counts else 0, n=n)


def _reading(view: MatrixView, basis: XyzBasis) -> str:
    low, high = view.params.xyz_bounds
    told = [view.text(f"xyz.text.{basis.deviation}", low=low / 100, high=high / 100)]
    counts = view.result.xyz_counts
    if counts is not None and counts.none:
        told.append(view.text("xyz.text.none", n=counts.none, least=view.params.xyz_min_buckets))
    if basis.crossing:
        told.append(view.text("xyz.text.crossing", n=basis.crossing, all=classified(view)))
    if not basis.discriminates:
        told.append(view.text("xyz.text.same", share=view.params.discrimination_share))
    return " ".join(told)


def _nine(view: MatrixView) -> list[Block]:
    fields = {(f.abc, f.xyz): f for f in view.result.nine_field}
    if not fields:
        return []
    total = sum(f.amount for f in fields.values()) or 1.0
    columns = [*XYZ, None] if any(f.xyz is None for f in fields.values()) else list(XYZ)
    grid = [[fields.get((a, x)) for x in columns] for a in CLASSES]
    texts = [[_field(view, f) for f in row] for row in grid]
    heads = [x or view.text("xyz.no_class") for x in columns]

    def plot(figure: Figure) -> None:
        marked_grid(
            figure.add_subplot(),
            [[max(f.amount, 0.0) / total if f else None for f in row] for row in grid],
            texts,
            [[False] * len(columns) for _ in CLASSES],
            rows=list(CLASSES),
            columns=heads,
            palette=view.palette,
        )

    told = "; ".join(
        f"{a}{x}: {text.replace(chr(10), ', ')}"
        for a, row in zip(CLASSES, texts, strict=True)
        for x, text in zip(heads, row, strict=True)
    )
    chart: Chart = view.draw(
        plot,
        title=view.text("nine.title"),
        alt=view.text("nine.alt", values=told),
        note=source(view, sum(f.n for f in fields.values()), view.text("nine.note")),
        height=2.1,
    )
    return [chart, *_valuable(view)]


def _field(view: MatrixView, field: NineField | None) -> str:
    if field is None or not field.n:
        return "·"
    return view.text("nine.field", n=field.n, amount=field.amount)


def _valuable(view: MatrixView) -> list[Block]:
    names = [c.name or c.customer_id for c in view.result.customers if c.most_valuable]
    least = view.params.valuable_products
    if not names:
        return [Text((view.text("nine.valuable.none", least=least),))]
    listed = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
    return [Text((view.text("nine.valuable.some", n=len(names), names=listed, least=least),))]


def _alternatives(view: MatrixView, basis: XyzBasis) -> Table:
    rows = []
    for alternative in basis.alternatives:
        counts = ", ".join(
            view.text("xyz.count", name=_pattern(view, name), n=n) for name, n in alternative.counts
        )
        rows.append({"name": view.text(f"xyz.way.{alternative.name}"), "counts": counts})
    return Table(
        name="xyz_alternatives",
        title=view.text("xyz.table"),
        columns=table_columns(
            view, ("name", "xyz.columns.way", ""), ("counts", "xyz.columns.counts", "")
        ),
        rows=rows,
        texts=view.texts,
        note=view.text("xyz.note"),
    )


def _pattern(view: MatrixView, name: str) -> str:
    key = f"pattern.{name}"
    return view.text(key) if key in view.texts else name


def _full(view: MatrixView) -> list[Block]:
    names = customer_names(view)
    rows: list[dict[str, object]] = [
        {
            "id": c.customer_id,
            "customer": names.get(c.customer_id, c.customer_id),
            "n": c.n,
            "cv": c.cv,
            "low": c.ci_low,
            "high": c.ci_high,
            "xyz": c.class_ or "–",
            "crosses": view.text("yes") if c.crosses else "",
            "demand": _pattern(view, c.demand.value) if c.demand else "–",
        }
        for c in view.result.xyz
    ]
    return [
        full_table(
            view,
            "xyz",
            (
                ("id", "columns.id", ""),
                ("customer", "columns.customer", ""),
                ("n", "xyz.columns.n", "count"),
                ("cv", "xyz.columns.cv", "dec3"),
                ("low", "columns.low", "dec3"),
                ("high", "columns.high", "dec3"),
                ("xyz", "columns.xyz", ""),
                ("crosses", "xyz.columns.crosses", ""),
                ("demand", "xyz.columns.demand", ""),
            ),
            rows,
        )
    ]
