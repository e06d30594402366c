"""The board: use, then the latest event decides, and only offers and contracts are due."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_rows import rows_of

from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.board import board
from workbook.diagnostics.segmentation_matrix.deals import deals
from workbook.diagnostics.segmentation_matrix.deals_result import CellStatus
from workbook.diagnostics.segmentation_matrix.matrix import matrix_of
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.rules import assign

S = CellStatus


@pytest.fixture(scope="module")
def build(inputs):
    """Return cells by customer and product, counts and events of tables."""

    def run(params=None, **tables):
        options = params or Params()
        found = inputs(**tables)
        book = ledger_of(found)
        facts = matrix_of(found, book, assign(found, book), options)
        cells, counts, events = board(facts, book, deals(found, options), options)
        return {(c.customer_id, c.product): c for c in rows_of(cells)}, counts, rows_of(events)

    return run


def offers(table, *rows, **more):
    """Build offers of customer a and product X: stage, status, date, due date."""
    stage, status, day, due = (list(c) for c in zip(*rows, strict=True))
    columns = {"customer_id": "a", "product": "X"} | more
    return table(stage=stage, status=status, date=day, due_date=due, **columns)


def sale(table, day="2025-06-01", **more):
    return table(**({"customer_id": "a", "product": "X", "date": [day], "amount": [5.0]} | more))


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([("proposal", "open", "2025-05-01", None)], S.OFFER),
        ([("Contract", "open", "2025-05-01", None)], S.CONTRACT),
        ([("delivery", "open", "2025-05-01", None)], S.CONTRACT),
        ([("proposal", "won", "2025-05-01", None)], S.CONTRACT),
        ([("proposal", "lost", "2025-05-01", None)], S.REFUSED),
        ([("договор", "open", "2025-05-01", None)], S.CONTRACT),
        ([("test drive", "open", "2025-05-01", None)], S.OFFER),
        ([("proposal", "open", "2026-05-01", None)], None),
        (
            [
                ("proposal", "lost", "2025-05-01", None),
                ("contract", "won", "2025-04-01", None),
                ("proposal", "open", "2025-04-30", None),
            ],
            S.REFUSED,
        ),
    ],
)
def test_the_latest_event_decides(build, table, rows, status):
    """A stage that the options do not name is an offer."""
    cells, _, _ = build(offers=offers(table, *rows))
    assert [c.status for c in cells.values()] == ([status] if status else [])


@pytest.mark.parametrize(
    ("stages", "status"),
    [
        ([("proposal", "lost"), ("proposal", "open")], S.OFFER),
        ([("proposal", "lost"), ("proposal", "open"), ("contract", "open")], S.CONTRACT),
        ([("proposal", "won"), ("presentation", "lost")], S.CONTRACT),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_on_one_day_in_use_before_contract_before_offer_before_refused(
    build, table, stages, status, turned
):
    rows = [(*stage, "2025-06-01", None) for stage in (reversed(stages) if turned else stages)]
    numbers = [f"d{i}" for i in range(len(rows))]
    told = offers(table, *rows, deal_id=numbers)
    assert build(offers=told)[0]["a", "X"].status == status
    assert build(offers=told, sales=sale(table))[0]["a", "X"].status == S.IN_USE
    later = build(offers=told, sales=sale(table, "2025-05-31"))[0]["a", "X"]
    assert (later.status, later.mark, later.mark_date) == (S.IN_USE, status, date(2025, 6, 1))


def test_what_was_bought_before_the_window_of_use_has_lapsed(build, table):
    sales = sale(table, "2024-12-31")
    assert build(sales=sales)[0]["a", "X"].status == S.LAPSED
    assert build(Params(used_months="ever"), sales=sales)[0]["a", "X"].status == S.IN_USE
    assert build(sales=sale(table, "2025-01-01"))[0]["a", "X"].status == S.IN_USE


@pytest.mark.parametrize(
    ("due", "overdue", "no_next_step"),
    [("2025-12-30", True, False), ("2025-12-31", False, False), (None, False, True)],
)
def test_an_open_offer_is_overdue_after_its_day_or_has_no_next_step(
    build, table, due, overdue, no_next_step
):
    cells, counts, _ = build(offers=offers(table, ("proposal", "open", "2025-05-01", due)))
    cell = cells["a", "X"]
    assert (cell.overdue, cell.no_next_step) == (overdue, no_next_step)
    assert cell.due_date == (date.fromisoformat(due) if due else None)
    assert (counts[0].n, counts[0].overdue, counts[0].no_next_step) == (1, overdue, no_next_step)


def test_a_won_deal_is_overdue_only_where_sales_could_have_shown_it_settled(build, table):
    won = offers(table, ("contract", "won", "2025-05-01", "2025-06-01"))
    assert not build(offers=won)[0]["a", "X"].overdue
    other = sale(table, product="Y")
    assert build(offers=won, sales=other)[0]["a", "X"].overdue
    assert not build(offers=won, sales=sale(table))[0]["a", "X"].overdue
    assert not build(offers=won, sales=other)[0]["a", "X"].no_next_step


@pytest.mark.parametrize(
    ("refused", "months", "again"),
    [
        ("2025-08-31", 6, date(2026, 2, 28)),
        ("2025-03-15", 6, date(2025, 9, 15)),
        ("2025-02-28", 1, date(2025, 3, 31)),
    ],
)
def test_a_refusal_has_stage_reason_and_a_day_to_ask_again(build, table, refused, months, again):
    """Month ends stay month ends."""
    rows = offers(table, ("proposal", "lost", refused, "2025-09-09"), reason="Price")
    cell = build(Params(reoffer_months=months), offers=rows)[0]["a", "X"]
    assert (cell.stage, cell.reason, cell.reoffer) == ("proposal", "Price", again)
    assert (cell.due_date, cell.overdue) == (None, False)


def test_cells_are_targets_and_what_was_sold_or_offered(build, table):
    cells, counts, _ = build(
        customers=table(customer_id=["a", "b", "c"], segment=["S", "S", None], manager="Eva"),
        targets=table(segment=["S"], X=["target"], Y=["optional"], Z=[None]),
        sales=sale(table, product="Z"),
        offers=offers(table, ("proposal", "open", "2025-05-01", None), manager="Jan",
                      customer_id="c", amount=7.0),
    )  # fmt: skip
    got = {k: (c.status, c.segment, c.manager, c.amount) for k, c in cells.items()}
    assert got == {
        ("a", "X"): (S.NOT_OFFERED, "S", "Eva", None),
        ("a", "Z"): (S.IN_USE, "S", "Eva", 5.0),
        ("b", "X"): (S.NOT_OFFERED, "S", "Eva", None),
        ("c", "X"): (S.OFFER, None, "Jan", 7.0),
    }
    assert [(c.status, c.n) for c in counts] == [(S.NOT_OFFERED, 2), (S.OFFER, 1), (S.IN_USE, 1)]


def test_every_event_of_the_offers_stays_in_the_appendix(build, table):
    rows = offers(
        table,
        ("presentation", "open", "2025-05-01", None),
        ("proposal", "open", "2025-06-01", None),
        ("proposal", "lost", "2025-07-01", None),
        deal_id="7",
        amount=[None, 3.0, None],
    )
    _, _, events = build(offers=rows, sales=sale(table))
    assert [(e.date.month, e.event, e.amount, e.deal_id) for e in events] == [
        (5, S.OFFER, 3.0, "7"),
        (6, S.OFFER, 3.0, "7"),
        (6, S.IN_USE, 5.0, None),
        (7, S.REFUSED, 3.0, "7"),
    ]


def test_customers_only_in_offers_are_on_the_board(build, table):
    rows = offers(table, ("proposal", "open", "2025-05-01", None), customer_id="stranger")
    cells, _, _ = build(offers=rows, customers=table(customer_id=["a"]))
    assert cells["stranger", "X"].segment is None


def test_without_sales_of_products_and_offers_there_is_no_board(build, table):
    targets = {
        "customers": table(customer_id=["a"], segment=["S"]),
        "targets": table(segment=["S"], X=["target"]),
    }
    assert build(**targets) == ({}, (), [])
    no_product = table(customer_id="a", date="2025-06-01", amount=[1.0])
    assert build(**targets, sales=no_product) == ({}, (), [])


EVENTS = st.tuples(
    st.sampled_from("ab"),
    st.sampled_from("XY"),
    st.sampled_from(["presentation", "proposal", "contract", "pilot", None]),
    st.sampled_from(["open", "won", "lost"]),
    st.sampled_from(["2025-01-05", "2025-01-06", "2025-05-05"]),
    st.sampled_from(["1", "2", None]),
    st.sampled_from(["2025-02-02", None]),
)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(EVENTS, min_size=1, max_size=12), data=st.data())
def test_the_order_of_rows_does_not_matter(rows, data, table, build):
    names = ("customer_id", "product", "stage", "status", "date", "deal_id", "due_date")
    frame = table(**{n: list(c) for n, c in zip(names, zip(*rows, strict=True), strict=True)})
    sales = table(customer_id=["a", "b"], product="X", date="2025-01-06", amount=[1.0, 2.0])
    order = data.draw(st.permutations(range(len(rows))))
    first = build(offers=frame, sales=sales)
    assert build(offers=frame.iloc[list(order)], sales=sales) == first
    assert sum(count.n for count in first[1]) == len(first[0])
    offered = {(row[0], row[1]) for row in rows}
    assert len(first[2]) == len(rows) + len(offered & {("a", "X"), ("b", "X")})


def test_offers_without_a_product_or_a_customer_are_not_on_the_board(build, table):
    rows = offers(table, ("proposal", "open", "2025-05-01", None), product=[None])
    assert build(offers=rows) == ({}, (), [])
    rows = offers(table, ("proposal", "open", "2025-05-01", None), customer_id=[None])
    assert build(offers=rows, customers=table(customer_id=["a"])) == ({}, (), [])
