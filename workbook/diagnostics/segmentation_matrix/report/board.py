"""Chapter: the customer x product board and what is due on it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby

import numpy as np
import pandas as pd

from workbook.diagnostics.segmentation_matrix.deals_result import (
    deal_amount,
    deal_status,
    late_cells,
    open_cells,
    under_way,
)
from workbook.diagnostics.segmentation_matrix.report.names import (
    MatrixView,
    cell_status,
    customer_names,
    customers_of,
    in_words,
    manager_name,
    segment_name,
)
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Value
from workbook.report.table import GROUP, Table, TableColumn
from workbook.stats.data_table import DataTable

SHOWN_PRODUCTS = 8
SHOWN_CUSTOMERS = 15


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on the board."""
    if not view.result.board:
        return view.left_out("board")
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.board"),
            caption=view.text("board.caption", n=len(view.result.board)),
        ),
        Text((_counts(view),)),
        *details(*_due(view), Text((_signs(view),)), _board(view)),
        *_full(view),
    ]


def _heading(view: MatrixView) -> str:
    cells = open_cells(view.result.board)
    if not cells:
        return view.text("board.heading.none", n=len(view.result.board))
    return view.text(
        "board.heading.open",
        n=len(cells),
        overdue=int(cells["overdue"].sum()),
        without=int(cells["no_next_step"].sum()),
    )


def _counts(view: MatrixView) -> str:
    told = ", ".join(
        view.text("board.count", status=cell_status(view, c.status), n=c.n)
        for c in view.result.board_counts
        if c.n
    )
    return view.text("board.text", counts=told)


def _signs(view: MatrixView) -> str:
    told = [view.text("board.signs")]
    if not view.result.offers_recorded:
        told.append(view.text("board.no_offers"))
    return " ".join(told)


def _customers(view: MatrixView) -> list[str]:
    """Return the customers of the board: by segment in the order of the rules, then by turnover."""
    place = {s.segment: at for at, s in enumerate(view.result.segments)}
    known = view.result.customers.frame.set_index("customer_id")[["segment", "amount"]]
    rows = known.reindex(view.result.board["customer_id"].unique())
    # Customers without a row of their own come last, those of an unlisted segment before them.
    segment = rows["segment"].map(place).fillna(place.get(None, len(place)))
    segment = segment.where(rows["amount"].notna(), len(place) + 1)
    order = np.lexsort((-rows["amount"].fillna(0.0), segment))
    return [str(customer) for customer in rows.index[order]]


def _products(view: MatrixView) -> list[str]:
    """Return the products: those of the target matrix first, then by number of cells."""
    count = {str(p): int(n) for p, n in view.result.board["product"].value_counts().items()}
    wanted = dict.fromkeys(c.product for c in view.result.matrix)
    others = sorted((p for p in count if p not in wanted), key=lambda p: (-count[p], p))
    return [p for p in wanted if p in count] + others


def _signs_of(view: MatrixView) -> list[str]:
    """Return sign, what came after a product in use, and when the next step is due, by cell.

    Most cells look alike: each look is put into words once.
    """
    board = view.result.board
    busy = under_way(board)
    looks = board.frame[["status", "mark"]].assign(
        busy=busy, overdue=board["overdue"] & busy, due=board["due_date"].where(busy)
    )
    alike = looks.groupby(list(looks), dropna=False, observed=True, sort=False).ngroup()
    first = DataTable(board.columns, board.frame.loc[~alike.duplicated()])
    columns = (first.values(name) for name in ("status", "mark", "due_date", "overdue"))
    cells = zip(under_way(first), *columns, strict=True)
    words = [
        _cell(view, [status, mark] if mark else [status], busy=busy, due=day, overdue=overdue)
        for busy, status, mark, day, overdue in cells
    ]
    return [words[look] for look in alike]


def _cell(
    view: MatrixView, marks: Sequence[str], *, busy: bool, due: date | None, overdue: bool
) -> str:
    sign = " ".join(view.text(f"sign.{mark.replace(' ', '_')}") for mark in marks)
    if not busy:
        return sign
    if due is None:
        return view.text("board.no_step", sign=sign)
    return view.text("board.overdue" if overdue else "board.step", sign=sign, due=due)


def _board(view: MatrixView) -> Table:
    board, customers = view.result.board, _customers(view)
    open_ = set(open_cells(view.result.board)["customer_id"])
    busy = [c for c in customers if c in open_]
    shown = (busy or customers)[:SHOWN_CUSTOMERS]
    chosen = set(shown)
    products = _products(view)[:SHOWN_PRODUCTS]
    columns = [TableColumn(key="customer", heading=view.text("columns.customer"))]
    columns += [TableColumn(key=f"p{i}", heading=p) for i, p in enumerate(products)]
    cells = board.frame[["customer_id", "product"]].assign(sign=_signs_of(view))
    cells = cells.loc[cells["product"].isin(products)]
    signs = cells.pivot(index="customer_id", columns="product", values="sign")
    signs = signs.reindex(index=customers, columns=products).fillna("")
    lines = _lines(view, shown, signs)
    others = [c for c in customers if c not in chosen]
    return Table(
        name="board",
        title=view.text("board.table"),
        columns=columns,
        rows=[*lines, *_lines(view, others, signs)],
        texts=view.texts,
        shown=len(lines),
    )


def _lines(
    view: MatrixView, customers: Sequence[str], signs: pd.DataFrame
) -> list[dict[str, Value]]:
    """Return a line for each segment and, under it, one for each of its customers."""
    names = customer_names(view)
    first = view.result.board.frame.drop_duplicates("customer_id").set_index("customer_id")
    of_segment = first["segment"].reindex(list(customers))
    rows = zip(
        customers, of_segment.isna(), of_segment, signs.loc[list(customers)].to_numpy(), strict=True
    )
    lines: list[dict[str, Value]] = []
    for segment, members in groupby(rows, lambda row: None if row[1] else row[2]):
        lines.append({GROUP: segment_name(view, segment)})
        for c, _, _, texts in members:
            cells = {f"p{i}": text for i, text in enumerate(texts)}
            lines.append({"customer": names.get(c, c), **cells})
    return lines


def _due(view: MatrixView) -> list[Block]:
    """Return the list of what is overdue or without a next step, the longest overdue first."""
    late = late_cells(view.result.board)
    if not late:
        return []
    rows = late.frame.assign(offered=-deal_amount(late).fillna(0.0))
    rows = rows.sort_values(["due_date", "offered", "customer_id"], kind="stable")
    late = DataTable(late.columns, rows.drop(columns="offered"))
    status, offered = deal_status(late).tolist(), deal_amount(late)
    table = view.table(
        "overdue_offers",
        late,
        ("columns.customer", customers_of(view, late), ""),
        ("columns.product", late.values("product"), ""),
        ("board.columns.status", in_words(status, partial(cell_status, view)), ""),
        ("board.columns.due", late.values("due_date"), "day_short"),
        ("board.columns.days", late.values("overdue_days"), "count"),
        (
            "columns.offer_amount",
            offered.astype(object).where(offered.notna(), None).tolist(),
            "money",
        ),
        ("columns.manager", in_words(late.values("manager"), partial(manager_name, view)), ""),
        title=view.text("board.due.table"),
        shown=8,
        note=view.text("board.due.note"),
    )
    return [table]


def _full(view: MatrixView) -> list[Block]:
    return [_all_cells(view), _all_events(view)]


def _all_cells(view: MatrixView) -> Table:
    """Return every cell; what no cell has anything of (without offers, most) takes no column."""
    board = view.result.board
    columns = (
        ("columns.id", board.values("customer_id"), ""),
        ("columns.customer", customers_of(view, board), ""),
        ("columns.segment", board.values("segment"), ""),
        ("columns.manager", board.values("manager"), ""),
        ("columns.product", board.values("product"), ""),
        ("board.columns.status", in_words(board.values("status"), partial(cell_status, view)), ""),
        ("board.columns.date", board.values("date"), "day_short"),
        ("board.columns.mark", in_words(board.values("mark"), partial(cell_status, view)), ""),
        ("board.columns.mark_date", board.values("mark_date"), "day_short"),
        ("board.columns.mark_amount", board.values("mark_amount"), "money"),
        ("board.columns.due", board.values("due_date"), "day_short"),
        ("columns.amount", board.values("amount"), "money"),
        ("columns.stage", board.values("stage"), ""),
        ("columns.reason", board.values("reason"), ""),
        ("white_space.columns.reoffer", board.values("reoffer"), "day_short"),
    )
    said = (column for column in columns if any(cell is not None for cell in column[1]))
    return view.table(
        "board_cells", board, *said, title=view.text("full.board_cells"), appendix_only=True
    )


def _all_events(view: MatrixView) -> Table:
    events = view.result.events
    return view.table(
        "board_events",
        events,
        ("columns.customer", customers_of(view, events), ""),
        ("columns.product", events.values("product"), ""),
        ("board.columns.date", events.values("date"), "day_short"),
        ("board.columns.event", in_words(events.values("event"), partial(cell_status, view)), ""),
        ("columns.stage", events.values("stage"), ""),
        ("columns.reason", events.values("reason"), ""),
        ("columns.manager", events.values("manager"), ""),
        ("columns.amount", events.values("amount"), "money"),
        ("board.columns.deal", events.values("deal_id"), ""),
        title=view.text("full.board_events"),
        appendix_only=True,
    )
