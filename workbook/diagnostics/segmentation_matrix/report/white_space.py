"""Chapter: what else to sell, to whom first."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from matplotlib.figure import Figure

from workbook.charts.basic import bar_rows, rows_height
from workbook.charts.chart import Chart
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    Need,
    Neighbour,
    Part,
    PartTotal,
    WhiteSpace,
    WhiteSpaceParts,
)
from workbook.diagnostics.segmentation_matrix.report.shared import (
    MatrixView,
    customer_names,
    full_table,
    gone,
    segment_name,
    status_name,
)
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, source, table_columns
from workbook.report.table import Table, Value

DRAWN = 9
_WANTED = (Need.TARGET, Need.OPTIONAL, Need.NONE)


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on white space."""
    parts = view.result.white_space_parts
    if not view.result.matrix or parts is None:
        return left_out(view, "white_space")
    return [
        Heading(
            text=_heading(view, parts.open),
            short=view.text("short.white_space"),
            caption=view.text("white_space.caption"),
            new_page=True,
        ),
        Text((_reading(view),)),
        _parts(view, parts),
        *_chart(view),
        *_first(view),
        *_neighbours(view),
        *_risk(view),
        *_full(view),
    ]


def unoffered(view: MatrixView) -> list[Neighbour]:
    """Return products that part of a segment uses and the rest was never offered."""
    found = [n for n in view.result.neighbours if n.never_offered and n.buyers]
    return sorted(found, key=lambda n: _WANTED.index(n.need))  # what is meant for them first


def _part_name(view: MatrixView, part: str) -> str:
    return view.text(f"white_space.part.{gone(view) if part == Part.LOST else part}")


def _heading(view: MatrixView, part: PartTotal) -> str:
    figures = {"n": part.cells, "customers": part.customers, "valued": part.valued}
    if not part.cells:
        return view.text("white_space.heading.none", n=len(view.result.white_space))
    if not part.valued:
        return view.text("white_space.heading.plain", **figures)
    key = "value" if part.valued == part.cells else "partly"
    return view.text(f"white_space.heading.{key}", value=part.value, **figures)


def _reading(view: MatrixView) -> str:
    told = [view.text("white_space.text.potential", least=view.params.min_buyers)]
    off = view.result.off_target
    if off is not None and off.n:
        told.append(
            view.text(
                "white_space.text.off_target", n=off.n, customers=off.customers, amount=off.amount
            )
        )
    return " ".join(told)


def _open(view: MatrixView) -> list[WhiteSpace]:
    """Return what can be sold to active customers now."""
    return [w for w in view.result.white_space if w.part is Part.OPEN]


def _parts(view: MatrixView, parts: WhiteSpaceParts) -> Table:
    """Return the five parts of the white space and their sum."""
    totals = [(part.value, getattr(parts, part.value)) for part in Part]
    if view.result.white_space_total is not None:
        totals.append(("all", view.result.white_space_total))
    rows: list[dict[str, Value]] = [
        {
            "part": _part_name(view, part),
            "cells": total.cells,
            "customers": total.customers,
            "value": total.value,
            "valued": total.valued,
        }
        for part, total in totals
    ]
    return Table(
        name="white_space_parts",
        title=view.text("white_space.parts.table"),
        columns=table_columns(
            view,
            ("part", "white_space.columns.part", ""),
            ("cells", "white_space.columns.cells", "count"),
            ("customers", "columns.customers", "count"),
            ("value", "white_space.columns.value", "money"),
            ("valued", "white_space.columns.valued", "count"),
        ),
        rows=rows,
        texts=view.texts,
        note=view.text("white_space.parts.note", months=view.params.reoffer_months),
    )


def _chart(view: MatrixView) -> list[Chart]:
    """Return what is open by product: in money where it can be told, else in customers.

    What has no value is in no bar: unknown is not zero.  The note counts it.
    """
    value: dict[str, float] = defaultdict(float)
    spaces = _open(view)
    for w in spaces:
        if w.value is not None:
            value[w.product] += w.value
    money = bool(value)
    unknown = [w for w in spaces if money and w.value is None]
    cells = Counter(w.product for w in spaces if not money or w.value is not None)
    measure = value if money else cells
    products = sorted(measure, key=lambda p: (-measure[p], p))[:DRAWN]
    if len(products) < 2:
        return []
    key = "white_space.bar.money" if money else "white_space.bar.number"
    texts = [view.text(key, n=cells[p], value=value[p] if money else None) for p in products]

    def plot(figure: Figure) -> None:
        bar_rows(
            figure.add_subplot(), products, [measure[p] for p in products], texts,
            colours=[view.palette.primary] * len(products),
        )  # fmt: skip

    told = "; ".join(f"{p}: {t}" for p, t in zip(products, texts, strict=True))
    title = "white_space.chart.money" if money else "white_space.chart.number"
    notes = [view.text("white_space.chart.note")]
    if unknown:
        names = ", ".join(sorted({w.product for w in unknown}))
        notes.append(view.text("white_space.chart.unknown", n=len(unknown), names=names))
    return [
        view.draw(
            plot,
            title=view.text(title),
            alt=view.text("white_space.chart.alt", values=told),
            note=source(view, sum(cells[p] for p in products), *notes),
            height=rows_height(len(products), top=0.3),
        )
    ]


def _rows(view: MatrixView, spaces: Sequence[WhiteSpace]) -> list[dict[str, object]]:
    names = customer_names(view)
    return [
        {
            "id": w.customer_id,
            "customer": names.get(w.customer_id, w.customer_id),
            "segment": segment_name(view, w.segment),
            "product": w.product,
            "part": _part_name(view, w.part),
            "value": w.value,
            "buyers": w.buyers,
            "abc": w.abc or "–",
            "status": status_name(view, w.status),
            "state": view.text(f"cell.{w.state.replace(' ', '_')}")
            if view.result.offers_recorded
            else "–",
            "contact": w.last_contact,
            "reoffer": w.reoffer,
        }
        for w in spaces
    ]


def _first(view: MatrixView) -> list[Table]:
    spaces = _open(view)
    if not spaces:
        return []
    table = Table(
        name="what_else_to_sell",
        title=view.text("white_space.table"),
        columns=table_columns(
            view,
            ("customer", "columns.customer", ""),
            ("product", "columns.product", ""),
            ("value", "white_space.columns.value", "money"),
            ("abc", "columns.abc", ""),
            ("status", "columns.status", ""),
            ("state", "white_space.columns.state", ""),
            ("contact", "white_space.columns.contact", "day_short"),
        ),
        rows=_rows(view, spaces),  # type: ignore[arg-type]
        texts=view.texts,
        shown=12,
        note=view.text("white_space.note"),
    )
    return [table]


def _neighbours(view: MatrixView) -> list[Block]:
    found = unoffered(view)
    if not found:
        return []
    record = "offered" if view.result.offers_recorded else "unknown"
    table = Table(
        name="neighbours",
        title=view.text(f"neighbours.table.{record}"),
        columns=table_columns(
            view,
            ("segment", "columns.segment", ""),
            ("product", "columns.product", ""),
            ("buyers", "neighbours.columns.buyers", "count"),
            ("others", "neighbours.columns.others", "count"),
            *([("never", "neighbours.columns.never", "count")] if record == "offered" else []),
            ("value", "white_space.columns.value", "money"),
        ),
        rows=[
            {
                "segment": n.segment, "product": n.product, "buyers": n.buyers,
                "others": n.others, "never": n.never_offered, "value": n.value,
            }
            for n in found
        ],
        texts=view.texts,
        shown=6,
        note=view.text("neighbours.note"),
    )  # fmt: skip
    top = found[0]
    key = "target" if top.need is Need.TARGET else "untargeted"
    if record == "unknown":
        key = f"{key}_unknown"
    heading = view.text(
        f"neighbours.heading.{key}", product=top.product, segment=top.segment,
        buyers=top.buyers, never=top.never_offered,
    )  # fmt: skip
    return [Heading(text=heading, level=3), table]


def _risk(view: MatrixView) -> list[Block]:
    single = view.result.single_product
    if not single:
        return []
    names = customer_names(view)
    table = Table(
        name="single_product",
        title=view.text("single.table"),
        columns=table_columns(
            view,
            ("customer", "columns.customer", ""),
            ("product", "columns.product", ""),
            ("amount", "columns.amount", "money"),
            ("share", "columns.share", "pct1"),
        ),
        rows=[
            {
                "customer": names.get(s.customer_id, s.customer_id),
                "product": s.product,
                "amount": s.amount,
                "share": s.share,
            }
            for s in single
        ],
        texts=view.texts,
        shown=5,
        note=view.text("single.note"),
    )
    heading = view.text("single.heading", n=len(single), amount=sum(s.amount for s in single))
    return [Heading(text=heading, level=3), table]


def _full(view: MatrixView) -> list[Block]:
    names = customer_names(view)
    uses: list[dict[str, object]] = [
        {
            "customer": names.get(u.customer_id, u.customer_id),
            "segment": u.segment,
            "product": u.product,
            "amount": u.amount,
        }
        for u in view.result.off_target_uses
    ]
    return [
        full_table(
            view,
            "white_space",
            (
                ("id", "columns.id", ""),
                ("customer", "columns.customer", ""),
                ("segment", "columns.segment", ""),
                ("product", "columns.product", ""),
                ("part", "white_space.columns.part", ""),
                ("value", "white_space.columns.value", "money"),
                ("buyers", "neighbours.columns.buyers", "count"),
                ("abc", "columns.abc", ""),
                ("status", "columns.status", ""),
                ("state", "white_space.columns.state", ""),
                ("contact", "white_space.columns.contact", "day_short"),
                ("reoffer", "white_space.columns.reoffer", "day_short"),
            ),
            _rows(view, view.result.white_space),
        ),
        full_table(
            view,
            "off_target",
            (
                ("customer", "columns.customer", ""),
                ("segment", "columns.segment", ""),
                ("product", "columns.product", ""),
                ("amount", "columns.amount", "money"),
            ),
            uses,
        ),
    ]
