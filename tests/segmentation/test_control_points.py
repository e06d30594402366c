"""Control points: done, late and overdue, by point and by manager."""

from datetime import date

import pytest
from table_rows import rows_of

from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.control_points import (
    control_points,
    manager_points,
    overdue_points,
    points,
)
from workbook.diagnostics.segmentation_matrix.deals import deals
from workbook.diagnostics.segmentation_matrix.params import Params

POINTS = {
    "customer_id": ["a", "a", "b", "b", "c", "d"],
    "point": ["Minutes sent", "minutes  sent", "Invoice", "Invoice", "Invoice", "Visit"],
    "due_date": ["2025-12-01", "2025-12-02", "2025-12-30", "2025-12-31", "2025-06-01", None],
    "done_date": ["2025-12-01", "2025-12-09", None, None, "2026-01-01", None],
    "manager": ["Jan", None, None, None, None, None],
}


@pytest.fixture
def facts(table, inputs):
    """Return the points, the ledger and the inputs."""

    def build(**more):
        tables = {
            "customers": table(customer_id=["a", "b", "d"], manager=["Eva", "Eva", None]),
            "control_points": table(**POINTS),
        } | more
        given = inputs(**tables)
        book = ledger_of(given)
        return points(given, book), book, given

    return build


def test_points_are_overdue_when_not_done_and_due_before_the_as_of_date(facts):
    """Due on the day itself is not overdue; done after that day is not done yet."""
    rows = control_points(facts()[0])
    assert [(p.point, p.n, p.done, p.late, p.overdue, p.median_late_days) for p in rows] == [
        ("Invoice", 3, 0, 0, 2, None),
        ("Minutes sent", 2, 2, 1, 0, 7.0),
        ("Visit", 1, 0, 0, 0, None),
    ]


def test_overdue_points_are_listed_oldest_first(facts):
    rows = rows_of(overdue_points(facts()[0]))
    assert [(p.customer_id, p.due_date, p.days, p.manager, p.product) for p in rows] == [
        ("c", date(2025, 6, 1), 213, None, None),
        ("b", date(2025, 12, 30), 1, "Eva", None),
    ]


def test_managers_answer_for_their_points_and_open_offers(facts, table):
    """A point without a manager is the customer's manager's; the last row is nobody's."""
    offers = table(
        customer_id=["a", "b", "d", "b"], product=["X", "X", "X", "Y"], stage="proposal",
        status=["open", "open", "open", "lost"], date="2025-05-05",
        due_date=["2025-06-06", None, None, None], manager=["Ota", None, None, "Ota"],
    )  # fmt: skip
    found, book, given = facts(offers=offers)
    rows = manager_points(found, deals(given, Params()), book)
    got = [(m.manager, m.n, m.overdue, m.oldest, m.overdue_offers, m.no_next_step) for m in rows]
    assert got == [
        ("Eva", 3, 1, date(2025, 12, 30), 0, 1),
        ("Ota", 0, 0, None, 1, 0),
        ("Jan", 1, 0, None, 0, 0),
        (None, 2, 1, date(2025, 6, 1), 0, 1),
    ]
    assert (rows[0].overdue_share, rows[1].overdue_share) == (pytest.approx(1 / 3), None)
    assert sum(m.overdue for m in rows) == len(overdue_points(found))


def test_without_the_table_only_offers_are_counted(facts, table, inputs):
    given = inputs(offers=table(customer_id="a", product="X", stage="proposal", status="open",
                                date=["2025-05-05"], manager="Ota"))  # fmt: skip
    book = ledger_of(given)
    assert points(given, book) is None
    assert control_points(None) == ()
    assert len(overdue_points(None)) == 0
    (row,) = manager_points(None, deals(given, Params()), book)
    assert (row.manager, row.n, row.no_next_step) == ("Ota", 0, 1)
    assert manager_points(None, None, book) == ()


def test_the_order_of_rows_does_not_matter(facts, table):
    found, book, _ = facts()
    turned, _, _ = facts(control_points=table(**POINTS).iloc[::-1])
    assert control_points(found) == control_points(turned)
    assert overdue_points(found) == overdue_points(turned)
    assert manager_points(found, None, book) == manager_points(turned, None, book)
