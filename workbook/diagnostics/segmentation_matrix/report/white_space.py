"""Chapter: what else to sell, to whom first."""

from functools import partial
from math import fsum

import numpy as np
import pandas as pd

from workbook.charts.bars import Bars
from workbook.charts.chart import Chart
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    Need,
    Neighbour,
    PartTotal,
    WhiteSpacePart,
    WhiteSpaceParts,
)
from workbook.diagnostics.segmentation_matrix.neighbours import targets_first
from workbook.diagnostics.segmentation_matrix.report.names import (
    Column,
    MatrixView,
    cell_status,
    customers_of,
    gone,
    in_words,
    status_name,
)
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table
from workbook.stats.data_table import DataTable

DRAWN = 9


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on white space."""
    parts = view.result.white_space_parts
    if not view.result.matrix or parts is None:
        return view.left_out("white_space")
    return [
        Heading(
            text=_heading(view, parts.open),
            short=view.text("short.white_space"),
            caption=view.text("white_space.caption"),
        ),
        Text((_reading(view),)),
        _parts(view, parts),
        *_chart(view),
        *_first(view),
        *details(*_neighbours(view), *_risk(view)),
        *_full(view),
    ]


def _part_name(view: MatrixView, part: str) -> str:
    return view.text(f"white_space.part.{gone(view) if part == WhiteSpacePart.LOST else part}")


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


def _open(view: MatrixView) -> DataTable:
    """Return what can be sold to active customers now."""
    spaces = view.result.white_space
    return spaces.where(spaces["part"] == WhiteSpacePart.OPEN)


def _parts(view: MatrixView, parts: WhiteSpaceParts) -> Table:
    """Return the five parts of the white space and their sum."""
    totals: list[tuple[str, PartTotal]] = [
        (part.value, getattr(parts, part.value)) for part in WhiteSpacePart
    ]
    if view.result.white_space_total is not None:
        totals.append(("all", view.result.white_space_total))
    return view.table(
        "white_space_parts",
        totals,
        ("white_space.columns.part", lambda t: _part_name(view, t[0]), ""),
        ("white_space.columns.cells", lambda t: t[1].cells, "count"),
        ("columns.customers", lambda t: t[1].customers, "count"),
        ("white_space.columns.value", lambda t: t[1].value, "money"),
        ("white_space.columns.valued", lambda t: t[1].valued, "count"),
        title=view.text("white_space.parts.table"),
        note=view.text("white_space.parts.note", months=view.params.reoffer_months),
    )


def _chart(view: MatrixView) -> list[Chart]:
    """Return what is open by product: in money where it can be told, else in customers.

    What has no value is in no bar: unknown is not zero.  The note counts it.
    """
    spaces = _open(view).frame
    money = bool(spaces["value"].notna().any())
    unknown = spaces.loc[spaces["value"].isna()] if money else spaces.iloc[:0]
    told = spaces.loc[spaces["value"].notna()] if money else spaces
    codes, titles = pd.factorize(told["product"])
    counts, sums = np.bincount(codes), np.bincount(codes, weights=told["value"])
    cells = dict(zip(map(str, titles), counts.tolist(), strict=True))
    measure = dict(zip(cells, (sums if money else counts).tolist(), strict=True))
    products = sorted(measure, key=lambda p: (-measure[p], p))[:DRAWN]
    if len(products) < 2:
        return []
    key = "white_space.bar.money" if money else "white_space.bar.number"
    texts = [view.text(key, n=cells[p], value=measure[p] if money else None) for p in products]

    values = "; ".join(f"{p}: {t}" for p, t in zip(products, texts, strict=True))
    title = "white_space.chart.money" if money else "white_space.chart.number"
    notes = [view.text("white_space.chart.note")]
    if len(unknown):
        names = ", ".join(sorted(map(str, unknown["product"].unique())))
        notes.append(view.text("white_space.chart.unknown", n=len(unknown), names=names))
    return [
        view.draw(
            Bars(
                labels=products,
                values=[measure[p] for p in products],
                texts=texts,
                colours=[view.palette.primary] * len(products),
                fmt="money" if money else "count",
            ),
            title=view.text(title),
            alt=view.text("white_space.chart.alt", values=values),
            note=view.source(sum(cells[p] for p in products), *notes),
        )
    ]


def _states(view: MatrixView, spaces: DataTable) -> list[str]:
    """Return where each cell stands on the board; unknown where no offers are recorded."""
    if not view.result.offers_recorded:
        return ["–"] * len(spaces)
    return in_words(spaces.values("state"), partial(cell_status, view))


def _first(view: MatrixView) -> list[Table]:
    spaces = _open(view)
    if not spaces:
        return []
    table = view.table(
        "what_else_to_sell",
        spaces,
        ("columns.customer", customers_of(view, spaces), ""),
        ("columns.product", spaces.values("product"), ""),
        ("white_space.columns.value", spaces.values("value"), "money"),
        ("columns.abc", [name or "–" for name in spaces.values("abc")], ""),
        ("columns.status", in_words(spaces.values("status"), partial(status_name, view)), ""),
        ("white_space.columns.state", _states(view, spaces), ""),
        ("white_space.columns.contact", spaces.values("last_contact"), "day_short"),
        title=view.text("white_space.table"),
        shown=8,
        note=view.text("white_space.note"),
    )
    return [table]


def _neighbours(view: MatrixView) -> list[Block]:
    found = targets_first(view.result.neighbours)
    if not found:
        return []
    record = "offered" if view.result.offers_recorded else "unknown"
    never: list[Column[Neighbour]] = [
        ("neighbours.columns.never", lambda n: n.never_offered, "count")
    ]
    table = view.table(
        "neighbours",
        found,
        ("columns.segment", lambda n: n.segment, ""),
        ("columns.product", lambda n: n.product, ""),
        ("neighbours.columns.buyers", lambda n: n.buyers, "count"),
        ("neighbours.columns.others", lambda n: n.others, "count"),
        *(never if record == "offered" else []),
        ("white_space.columns.value", lambda n: n.value, "money"),
        title=view.text(f"neighbours.table.{record}"),
        shown=6,
        note=view.text("neighbours.note"),
    )
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
    table = view.table(
        "single_product",
        single,
        ("columns.customer", customers_of(view, single), ""),
        ("columns.product", single.values("product"), ""),
        ("columns.amount", single.values("amount"), "money"),
        ("columns.share", single.values("share"), "pct1"),
        title=view.text("single.table"),
        shown=5,
        note=view.text("single.note"),
    )
    heading = view.text("single.heading", n=len(single), amount=fsum(single["amount"]))
    return [Heading(text=heading, level=3), table]


def _full(view: MatrixView) -> list[Block]:
    spaces, uses = view.result.white_space, view.result.off_target_uses
    return [
        view.table(
            "white_space",
            spaces,
            ("columns.id", spaces.values("customer_id"), ""),
            ("columns.customer", customers_of(view, spaces), ""),
            ("columns.segment", spaces.values("segment"), ""),
            ("columns.product", spaces.values("product"), ""),
            (
                "white_space.columns.part",
                in_words(spaces.values("part"), partial(_part_name, view)),
                "",
            ),
            ("white_space.columns.value", spaces.values("value"), "money"),
            ("neighbours.columns.buyers", spaces.values("buyers"), "count"),
            ("columns.abc", [name or "–" for name in spaces.values("abc")], ""),
            ("columns.status", in_words(spaces.values("status"), partial(status_name, view)), ""),
            ("white_space.columns.state", _states(view, spaces), ""),
            ("white_space.columns.contact", spaces.values("last_contact"), "day_short"),
            ("white_space.columns.reoffer", spaces.values("reoffer"), "day_short"),
            title=view.text("full.white_space"),
            appendix_only=True,
        ),
        view.table(
            "off_target",
            uses,
            ("columns.customer", customers_of(view, uses), ""),
            ("columns.segment", uses.values("segment"), ""),
            ("columns.product", uses.values("product"), ""),
            ("columns.amount", uses.values("amount"), "money"),
            title=view.text("full.off_target"),
            appendix_only=True,
        ),
    ]
