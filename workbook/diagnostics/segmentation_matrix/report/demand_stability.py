"""Chapter: how steadily they buy (XYZ), and the nine fields of ABC and XYZ."""

from functools import partial

from workbook.charts.chart import Chart
from workbook.charts.shaded_fields import ShadedFields
from workbook.diagnostics.segmentation_matrix.report.names import (
    CLASSES,
    MatrixView,
    customers_of,
    in_words,
    listed,
    yes,
)
from workbook.diagnostics.segmentation_matrix.value_result import Alternative, NineField, XyzBasis
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table

XYZ = ("X", "Y", "Z")
NAMED = 6
"""Customers that a sentence names."""


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on XYZ."""
    basis, counts = view.result.xyz_basis, view.result.xyz_counts
    if basis is None or counts is None or not counts.X + counts.Y + counts.Z:
        return view.left_out("xyz")
    found: list[Block] = [
        Heading(
            text=heading(view, basis),
            short=view.text("short.xyz"),
            caption=view.text(
                f"xyz.caption.{basis.bucket}", n=basis.buckets, first=basis.window.first,
                last=basis.window.last,
            ),
        ),
        Text((_reading(view, basis),)),
        *_nine(view),
    ]  # fmt: skip
    behind = (_alternatives(view, basis), *_full(view))
    if not basis.discriminates:
        return details(*found, *behind)
    return [*found, *details(*behind)]


def xyz_line(view: MatrixView) -> list[str]:
    """Return in one sentence what XYZ tells where it is no chapter: nearly all in one class."""
    basis = view.result.xyz_basis
    if basis is None or basis.discriminates or not classified(view):
        return []
    return [view.text("xyz.line", heading=heading(view, basis))]


def classified(view: MatrixView) -> int:
    """Return the number of customers with an XYZ class."""
    counts = view.result.xyz_counts
    return 0 if counts is None else counts.X + counts.Y + counts.Z


def heading(view: MatrixView, basis: XyzBasis) -> str:
    """Return the conclusion on XYZ."""
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

    told = "; ".join(
        f"{a}{x}: {text.replace(chr(10), ', ')}"
        for a, row in zip(CLASSES, texts, strict=True)
        for x, text in zip(heads, row, strict=True)
    )
    chart: Chart = view.draw(
        ShadedFields(
            shares=[[max(f.amount, 0.0) / total if f else None for f in row] for row in grid],
            texts=texts,
            rows=list(CLASSES),
            columns=heads,
            palette=view.palette,
        ),
        title=view.text("nine.title"),
        alt=view.text("nine.alt", values=told),
        note=view.source(sum(f.n for f in fields.values()), view.text("nine.note")),
    )
    return [chart, *_valuable(view)]


def _field(view: MatrixView, field: NineField | None) -> str:
    if field is None or not field.n:
        return "·"
    return view.text("nine.field", n=field.n, amount=field.amount)


def _valuable(view: MatrixView) -> list[Block]:
    customers = view.result.customers
    names = customers_of(view, customers.where(customers["most_valuable"]))
    least = view.params.valuable_products
    if not names:
        return [Text((view.text("nine.valuable.none", least=least),))]
    first = listed(names, NAMED)
    return [Text((view.text("nine.valuable.some", n=len(names), names=first, least=least),))]


def _alternatives(view: MatrixView, basis: XyzBasis) -> Table:
    return view.table(
        "xyz_alternatives",
        basis.alternatives,
        ("xyz.columns.way", lambda a: view.text(f"xyz.way.{a.name}"), ""),
        ("xyz.columns.counts", lambda a: _counts(view, a), ""),
        title=view.text("xyz.table"),
        note=view.text("xyz.note"),
    )


def _counts(view: MatrixView, alternative: Alternative) -> str:
    return ", ".join(
        view.text("xyz.count", name=_pattern(view, name), n=n) for name, n in alternative.counts
    )


def _pattern(view: MatrixView, name: str | None) -> str:
    key = f"pattern.{name}"
    return view.text(key) if key in view.texts else name or "–"


def _full(view: MatrixView) -> list[Block]:
    rows = view.result.xyz
    table = view.table(
        "xyz",
        rows,
        ("columns.id", rows.values("customer_id"), ""),
        ("columns.customer", customers_of(view, rows), ""),
        ("xyz.columns.n", rows.values("n"), "count"),
        ("xyz.columns.cv", rows.values("cv"), "dec3"),
        ("columns.low", rows.values("ci_low"), "dec3"),
        ("columns.high", rows.values("ci_high"), "dec3"),
        ("columns.xyz", [name or "–" for name in rows.values("class_")], ""),
        ("xyz.columns.crosses", yes(view, rows, "crosses"), ""),
        ("xyz.columns.demand", in_words(rows.values("demand"), partial(_pattern, view)), ""),
        title=view.text("full.xyz"),
        appendix_only=True,
    )
    return [table]
