"""Chapter: the customer x product board and what is due on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

from workbook.diagnostics.segmentation_matrix.deals_result import BoardCell, CellStatus
from workbook.diagnostics.segmentation_matrix.report.shared import (
    MatrixView,
    customer_names,
    full_table,
    manager_name,
    segment_name,
)
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, table_columns
from workbook.report.table import GROUP, Table, TableColumn, Value

SHOWN_PRODUCTS = 8
SHOWN_CUSTOMERS = 15
Row = Mapping[str, BoardCell]


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on the board."""
    if not view.result.board:
        return left_out(view, "board")
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.board"),
            caption=view.text("board.caption", n=len(view.result.board)),
            new_page=True,
        ),
        Text((_counts(view), _signs(view))),
        _board(view),
        *_due(view),
        *_full(view),
    ]


def open_cells(view: MatrixView) -> list[BoardCell]:
    """Return the cells with an open offer or contract."""
    return [c for c in view.result.board if c.under_way]


def _heading(view: MatrixView) -> str:
    cells = open_cells(view)
    if not cells:
        return view.text("board.heading.none", n=len(view.result.board))
    return view.text(
        "board.heading.open",
        n=len(cells),
        overdue=sum(c.overdue for c in cells),
        without=sum(c.no_next_step for c in cells),
    )


def _counts(view: MatrixView) -> str:
    told = ", ".join(
        view.text("board.count", status=_status(view, c.status), n=c.n)
        for c in view.result.board_counts
        if c.n
    )
    return view.text("board.text", counts=told)


def _signs(view: MatrixView) -> str:
    told = [view.text("board.signs")]
    if not view.result.offers_recorded:
        told.append(view.text("board.no_offers"))
    return " ".join(told)


def _rows(view: MatrixView) -> dict[str, dict[str, BoardCell]]:
    """Return the cells of each customer by product, customers as :func:`_order` puts them."""
    rows: dict[str, dict[str, BoardCell]] = defaultdict(dict)
    for cell in view.result.board:
        rows[cell.customer_id][cell.product] = cell
    order = _order(view)
    return dict(sorted(rows.items(), key=lambda item: order.get(item[0], (10**9, 0.0))))


def _order(view: MatrixView) -> Mapping[str, tuple[int, float]]:
    """Return segments in the order of the rules, customers by turnover."""
    place = {s.segment: i for i, s in enumerate(view.result.segments)}
    return {c.customer_id: (place.get(c.segment, 10**6), -c.amount) for c in view.result.customers}


def _products(view: MatrixView) -> list[str]:
    """Return the products: those of the target matrix first, then by number of cells."""
    wanted = dict.fromkeys(c.product for c in view.result.matrix)
    count: dict[str, int] = defaultdict(int)
    for cell in view.result.board:
        count[cell.product] += 1
    return [p for p in wanted if p in count] + sorted(
        (p for p in count if p not in wanted), key=lambda p: (-count[p], p)
    )


def _cell(view: MatrixView, cell: BoardCell | None) -> str:
    """Return sign, what came after a product in use, and when the next step is due."""
    if cell is None:
        return ""
    marks = (cell.status, cell.mark) if cell.mark else (cell.status,)
    sign = " ".join(view.text(f"sign.{mark.value.replace(' ', '_')}") for mark in marks)
    if not cell.under_way:
        return sign
    if cell.due_date is None:
        return view.text("board.no_step", sign=sign)
    key = "board.overdue" if cell.overdue else "board.step"
    return view.text(key, sign=sign, due=cell.due_date)


def _board(view: MatrixView) -> Table:
    names, rows = customer_names(view), _rows(view)
    busy = [c for c, cells in rows.items() if any(x.under_way for x in cells.values())]
    first = busy[:SHOWN_CUSTOMERS]
    shown = first or list(rows)[:SHOWN_CUSTOMERS]
    chosen = set(shown)
    products = _products(view)[:SHOWN_PRODUCTS]
    columns = [TableColumn(key="customer", heading=view.text("columns.customer"))]
    columns += [TableColumn(key=f"p{i}", heading=p) for i, p in enumerate(products)]
    lines = _lines(view, shown, rows, names=names, products=products)
    others = [c for c in rows if c not in chosen]
    return Table(
        name="board",
        title=view.text("board.table"),
        columns=columns,
        rows=[*lines, *_lines(view, others, rows, names=names, products=products)],
        texts=view.texts,
        shown=len(lines),
    )


def _lines(
    view: MatrixView,
    customers: Sequence[str],
    rows: Mapping[str, Row],
    *,
    names: Mapping[str, str],
    products: Sequence[str],
) -> list[dict[str, Value]]:
    """Return a line for each segment and, under it, one for each of its customers."""
    lines: list[dict[str, Value]] = []
    for segment, members in groupby(customers, lambda c: next(iter(rows[c].values())).segment):
        lines.append({GROUP: segment_name(view, segment)})
        for c in members:
            cells = {f"p{i}": _cell(view, rows[c].get(p)) for i, p in enumerate(products)}
            lines.append({"customer": names.get(c, c), **cells})
    return lines


def _due(view: MatrixView) -> list[Block]:
    """Return the list of what is overdue or without a next step."""
    names = customer_names(view)
    late = sorted(
        (c for c in open_cells(view) if c.overdue or c.no_next_step),
        key=lambda c: (c.due_date is None, c.due_date, -(c.offered or 0.0), c.customer_id),
    )
    if not late:
        return []
    table = Table(
        name="overdue_offers",
        title=view.text("board.due.table"),
        columns=table_columns(
            view,
            ("customer", "columns.customer", ""),
            ("product", "columns.product", ""),
            ("status", "board.columns.status", ""),
            ("due", "board.columns.due", "day_short"),
            ("days", "board.columns.days", "count"),
            ("amount", "columns.offer_amount", "money"),
            ("manager", "columns.manager", ""),
        ),
        rows=[
            {
                "customer": names.get(c.customer_id, c.customer_id),
                "product": c.product,
                "status": _status(view, c.offer or c.status),
                "due": c.due_date,
                "days": c.overdue_days,
                "amount": c.offered,
                "manager": manager_name(view, c.manager),
            }
            for c in late
        ],
        texts=view.texts,
        shown=12,
        note=view.text("board.due.note"),
    )
    return [table]


def _full(view: MatrixView) -> list[Block]:
    names = customer_names(view)
    return [_all_cells(view, names), _all_events(view, names)]


def _all_cells(view: MatrixView, names: Mapping[str, str]) -> Table:
    rows: list[dict[str, object]] = [
        {
            "id": c.customer_id, "customer": names.get(c.customer_id, c.customer_id),
            "segment": c.segment, "manager": c.manager, "product": c.product,
            "status": _status(view, c.status), "date": c.date,
            "mark": _status(view, c.mark) if c.mark else "", "mark_date": c.mark_date,
            "due": c.due_date, "amount": c.amount, "offered": c.mark_amount, "stage": c.stage,
            "reason": c.reason, "reoffer": c.reoffer,
        }
        for c in view.result.board
    ]  # fmt: skip
    columns = (
        ("id", "columns.id", ""),
        ("customer", "columns.customer", ""),
        ("segment", "columns.segment", ""),
        ("manager", "columns.manager", ""),
        ("product", "columns.product", ""),
        ("status", "board.columns.status", ""),
        ("date", "board.columns.date", "day_short"),
        ("mark", "board.columns.mark", ""),
        ("mark_date", "board.columns.mark_date", "day_short"),
        ("offered", "board.columns.mark_amount", "money"),
        ("due", "board.columns.due", "day_short"),
        ("amount", "columns.amount", "money"),
        ("stage", "columns.stage", ""),
        ("reason", "columns.reason", ""),
        ("reoffer", "white_space.columns.reoffer", "day_short"),
    )
    return full_table(view, "board_cells", columns, rows)


def _all_events(view: MatrixView, names: Mapping[str, str]) -> Table:
    rows: list[dict[str, object]] = [
        {
            "customer": names.get(e.customer_id, e.customer_id), "product": e.product,
            "date": e.date, "event": _status(view, e.event), "stage": e.stage,
            "reason": e.reason, "manager": e.manager, "amount": e.amount, "deal": e.deal_id,
        }
        for e in view.result.events
    ]  # fmt: skip
    columns = (
        ("customer", "columns.customer", ""),
        ("product", "columns.product", ""),
        ("date", "board.columns.date", "day_short"),
        ("event", "board.columns.event", ""),
        ("stage", "columns.stage", ""),
        ("reason", "columns.reason", ""),
        ("manager", "columns.manager", ""),
        ("amount", "columns.amount", "money"),
        ("deal", "board.columns.deal", ""),
    )
    return full_table(view, "board_events", columns, rows)


def _status(view: MatrixView, status: CellStatus) -> str:
    return view.text(f"cell.{status.value.replace(' ', '_')}")
