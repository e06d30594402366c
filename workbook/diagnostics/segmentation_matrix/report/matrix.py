"""Chapter: segments, what they are meant to buy and what they use."""

from workbook.charts.chart import Chart
from workbook.charts.shaded_fields import ShadedFields
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    MatrixCell,
    MaturityGroup,
    Need,
    Segment,
)
from workbook.diagnostics.segmentation_matrix.report.names import Column, MatrixView, segment_name
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table

DRAWN_PRODUCTS = 9
DRAWN_SEGMENTS = 12


def named(view: MatrixView) -> list[Segment]:
    """Return the segments proper, without the row of customers of no segment."""
    return [s for s in view.result.segments if s.segment is not None]


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on the target matrix."""
    if not named(view):
        return view.left_out("segments")
    if not view.result.matrix:
        return [*view.left_out("targets"), _sizes(view), _segments(view)]
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.matrix"),
            caption=view.text("matrix.caption", n=view.result.maturity_n),
        ),
        Text((_reading(view),)),
        _chart(view),
        *details(_segments(view)),
        *_range(view),
        *_full(view),
    ]


def _sizes(view: MatrixView) -> Heading:
    """Return the heading of segments that no targets are set for."""
    return Heading(
        text=view.text("matrix.heading.plain", n=len(named(view))),
        short=view.text("short.matrix"),
    )


def _heading(view: MatrixView) -> str:
    result = view.result
    if result.pooled_maturity is None:
        return view.text("matrix.heading.plain", n=len(named(view)))
    weak = result.weak_segment
    if weak is None:
        return view.text("matrix.heading.all", pooled=result.pooled_maturity, n=result.maturity_n)
    return view.text(
        "matrix.heading.maturity",
        pooled=result.pooled_maturity,
        segment=weak.segment,
        low=weak.share,
    )


def _reading(view: MatrixView) -> str:
    if view.result.white_space_parts is None:
        return view.text("matrix.text.unknown")
    told = []
    mean, pooled = view.result.mean_maturity, view.result.pooled_maturity
    if mean is not None and pooled is not None:
        key = "means" if _differ(view) else "mean"
        told.append(
            view.text(f"matrix.text.{key}", mean=mean, pooled=pooled, n=view.result.maturity_n)
        )
    told += [
        view.text(f"matrix.text.{row.group}", n=row.maturity_n, pooled=row.pooled)
        for row in view.result.maturity_groups
        if row.group is not MaturityGroup.ACTIVE and row.pooled is not None
    ]
    if view.result.maturity_excluded:
        told.append(view.text("matrix.text.excluded", n=view.result.maturity_excluded))
    return " ".join(told)


def _differ(view: MatrixView) -> bool:
    """Return whether the mean and the pooled maturity are two numbers as the page writes them."""
    write = view.texts.write
    pairs = [(view.result.mean_maturity, view.result.pooled_maturity)]
    return any(write(a, "pct") != write(b, "pct") for a, b in pairs)


def _chart(view: MatrixView) -> Chart:
    segments = named(view)[:DRAWN_SEGMENTS]
    products = _products(view)[:DRAWN_PRODUCTS]
    cells = {(c.segment, c.product): c for c in view.result.matrix}
    grid = [[cells.get((s.segment or "", p)) for p in products] for s in segments]
    rows = [view.text("matrix.row", segment=s.segment, n=s.n) for s in segments]

    told = "; ".join(
        f"{s.segment}: "
        + ", ".join(f"{p} {_field(view, c)}" for p, c in zip(products, row, strict=True))
        for s, row in zip(segments, grid, strict=True)
    )
    return view.draw(
        ShadedFields(
            shares=[[_share(c) for c in row] for row in grid],
            texts=[[_field(view, c) for c in row] for row in grid],
            framed=[[c is not None and c.need is Need.TARGET for c in row] for row in grid],
            rows=rows,
            columns=products,
            palette=view.palette,
        ),
        title=view.text("matrix.chart.title"),
        alt=view.text("matrix.chart.alt", values=told),
        note=view.source(sum(s.n for s in segments), view.text("matrix.chart.note")),
    )


def _products(view: MatrixView) -> list[str]:
    """Return the products of the matrix in the order of the client's table."""
    return list(dict.fromkeys(c.product for c in view.result.matrix))


def _share(cell: MatrixCell | None) -> float | None:
    if cell is None or cell.users is None or not cell.customers:
        return None
    return cell.users / cell.customers


def _field(view: MatrixView, cell: MatrixCell | None) -> str:
    if cell is None or not cell.customers or (cell.need is Need.NONE and not cell.users):
        return "·"
    if cell.users is None:
        return "–"
    return view.text("matrix.field", k=cell.users, n=cell.customers)


def _means(view: MatrixView) -> list[Column[Segment]]:
    """Return the columns of maturity: one where both are equal in every row."""
    segments, write = view.result.segments, view.texts.write
    both = [(write(s.mean_maturity, "pct1"), write(s.pooled_maturity, "pct1")) for s in segments]
    if all(mean == pooled for mean, pooled in both):
        return [("matrix.columns.maturity", lambda s: s.pooled_maturity, "pct")]
    return [
        ("matrix.columns.mean", lambda s: s.mean_maturity, "pct"),
        ("matrix.columns.pooled", lambda s: s.pooled_maturity, "pct"),
    ]


def _segments(view: MatrixView) -> Table:
    return view.table(
        "segments",
        view.result.segments,
        ("columns.segment", lambda s: segment_name(view, s.segment), ""),
        ("columns.customers", lambda s: s.n, "count"),
        ("columns.amount", lambda s: s.amount, "money"),
        ("columns.share", lambda s: s.share, "pct"),
        ("matrix.columns.active", lambda s: s.maturity_n if s.wanted else None, "count"),
        *_means(view),
        ("matrix.columns.white", lambda s: s.white_space if s.wanted else None, "count"),
        ("matrix.columns.value", lambda s: s.white_space_value if s.wanted else None, "money"),
        title=view.text("matrix.table"),
        shown=13,
        note=view.text("matrix.note", least=view.params.min_buyers),
    )


def _range(view: MatrixView) -> list[Block]:
    """Return one line on products that sales and targets disagree about."""
    told = []
    for kind in ("not_targeted", "not_sold"):
        gaps = [g for g in view.result.range_gaps if g.kind == kind]
        if gaps:
            names = ", ".join(g.product for g in gaps[:5])
            told.append(view.text(f"matrix.range.{kind}", n=len(gaps), names=names))
    return [Text((" ".join(told),))] if told else []


def _full(view: MatrixView) -> list[Block]:
    cells = view.table(
        "target_matrix",
        view.result.matrix,
        ("columns.segment", lambda c: c.segment, ""),
        ("columns.product", lambda c: c.product, ""),
        ("matrix.columns.need", lambda c: view.text(f"need.{c.need.value or 'none'}"), ""),
        ("columns.customers", lambda c: c.customers, "count"),
        ("matrix.columns.users", lambda c: c.users, "count"),
        ("columns.amount", lambda c: c.amount, "money"),
        title=view.text("full.target_matrix"),
        appendix_only=True,
    )
    return [cells]
