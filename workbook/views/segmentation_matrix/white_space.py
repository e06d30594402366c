"""Chapter: what else to sell, to whom first."""

from collections import Counter, defaultdict

from matplotlib.figure import Figure

from workbook.blocks import Block, Heading, Text
from workbook.chart import Chart
from workbook.diagnostics.segmentation_matrix.matrix_result import Need, Neighbour
from workbook.exhibits import bar_rows, rows_height
from workbook.table import Table
from workbook.views.parts import left_out, source, table_columns
from workbook.views.segmentation_matrix.shared import (
    MatrixView,
    customer_names,
    full_table,
    segment_name,
    status_name,
)

DRAWN = 9
_WANTED = (Need.TARGET, Need.OPTIONAL, Need.NONE)


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on white space."""
    if not view.result.matrix or not view.result.white_space:
        return left_out(view, "white_space")
    return [
        Heading(
            text=_heading(view),
            short=view.say("short.white_space"),
            caption=view.say("white_space.caption"),
            new_page=True,
        ),
        Text((_reading(view),)),
        *_chart(view),
        _first(view),
        *_neighbours(view),
        *_risk(view),
        *_full(view),
    ]


def unoffered(view: MatrixView) -> list[Neighbour]:
    """Return products that part of a segment uses and the rest was never offered."""
    found = [n for n in view.result.neighbours if n.never_offered and n.buyers]
    return sorted(found, key=lambda n: _WANTED.index(n.need))  # what is meant for them first


def _heading(view: MatrixView) -> str:
    n = len(view.result.white_space)
    if view.result.white_space_valued:
        return view.say(
            "white_space.heading.value", n=n, value=view.result.white_space_value,
            valued=view.result.white_space_valued,
        )  # fmt: skip
    return view.say("white_space.heading.plain", n=n)


def _reading(view: MatrixView) -> str:
    told = [view.say("white_space.text.potential", least=view.params.min_buyers)]
    off = view.result.off_target
    if off is not None and off.n:
        told.append(
            view.say(
                "white_space.text.off_target", n=off.n, customers=off.customers, amount=off.amount
            )
        )
    return " ".join(told)


def _chart(view: MatrixView) -> list[Chart]:
    """Return white space by product: in money where it can be told, else in customers."""
    value: dict[str, float] = defaultdict(float)
    cells = Counter(w.product for w in view.result.white_space)
    for w in view.result.white_space:
        value[w.product] += w.value or 0.0
    money = any(value.values())
    measure = value if money else cells
    products = sorted(cells, key=lambda p: (-measure[p], p))[:DRAWN]
    if len(products) < 2:
        return []
    key = "white_space.bar.money" if money else "white_space.bar.number"
    texts = [view.say(key, n=cells[p], value=value[p]) for p in products]

    def plot(figure: Figure) -> None:
        bar_rows(
            figure.add_subplot(), products, [measure[p] for p in products], texts,
            colours=[view.palette.primary] * len(products),
        )  # fmt: skip

    told = "; ".join(f"{p}: {t}" for p, t in zip(products, texts, strict=True))
    title = "white_space.chart.money" if money else "white_space.chart.number"
    return [
        view.draw(
            plot,
            title=view.say(title),
            alt=view.say("white_space.chart.alt", values=told),
            note=source(view, sum(cells.values()), view.say("white_space.chart.note")),
            height=rows_height(len(products), top=0.3),
        )
    ]


def _rows(view: MatrixView) -> list[dict[str, object]]:
    names = customer_names(view)
    return [
        {
            "id": w.customer_id,
            "customer": names.get(w.customer_id, w.customer_id),
            "segment": segment_name(view, w.segment),
            "product": w.product,
            "value": w.value,
            "buyers": w.buyers,
            "abc": w.abc or "–",
            "status": status_name(view, w.status),
            "state": view.say(f"cell.{w.state.replace(' ', '_')}"),
            "contact": w.last_contact,
            "reoffer": w.reoffer,
        }
        for w in view.result.white_space
    ]


def _first(view: MatrixView) -> Table:
    return Table(
        name="what_else_to_sell",
        title=view.say("white_space.table"),
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
        rows=_rows(view),  # type: ignore[arg-type]
        texts=view.texts,
        shown=12,
        note=view.say("white_space.note"),
    )


def _neighbours(view: MatrixView) -> list[Block]:
    found = unoffered(view)
    if not found:
        return []
    table = Table(
        name="neighbours",
        title=view.say("neighbours.table"),
        columns=table_columns(
            view,
            ("segment", "columns.segment", ""),
            ("product", "columns.product", ""),
            ("buyers", "neighbours.columns.buyers", "count"),
            ("others", "neighbours.columns.others", "count"),
            ("never", "neighbours.columns.never", "count"),
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
        note=view.say("neighbours.note"),
    )  # fmt: skip
    top = found[0]
    key = "target" if top.need is Need.TARGET else "untargeted"
    heading = view.say(
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
        title=view.say("single.table"),
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
        note=view.say("single.note"),
    )
    heading = view.say("single.heading", n=len(single), amount=sum(s.amount for s in single))
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
                ("value", "white_space.columns.value", "money"),
                ("buyers", "neighbours.columns.buyers", "count"),
                ("abc", "columns.abc", ""),
                ("status", "columns.status", ""),
                ("state", "white_space.columns.state", ""),
                ("contact", "white_space.columns.contact", "day_short"),
                ("reoffer", "white_space.columns.reoffer", "day_short"),
            ),
            _rows(view),
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
