"""Customers' next dates: what is due, for whom, by whom, and what is overdue."""

from datetime import date

import pytest
from table_rows import rows_of

from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.control_points import points
from workbook.diagnostics.segmentation_matrix.deals import deals
from workbook.diagnostics.segmentation_matrix.next_dates import manager_dates, next_dates
from workbook.diagnostics.segmentation_matrix.params import Params


@pytest.fixture
def tables(table):
    """Return what is due as of 31 December 2025; Eva looks after a and b, nobody after c."""
    return {
        "customers": table(
            customer_id=["a", "b", "c", "e", "f"],
            name=["Alfa", "=1+1", None, "Echo", "Fox"],
            manager=["Eva", "Eva", None, "Jan", "Jan"],
            contract_end=["2026-06-30", "2025-11-15", "2020-01-31", "2025-03-31", "2025-08-31"],
        ),
        "sales": table(
            customer_id=["a", "e", "f", "f"],
            date=["2025-12-01", "2025-03-01", "2025-08-31", "2025-09-01"],
            amount=[10.0, 10.0, 10.0, 10.0],
        ),
        "offers": table(
            deal_id=["1", "1", "2", "3", "4"],
            customer_id=["a", "a", "a", "b", "c"],
            product=["X", "X", "Y", "X", "X"],
            stage=["presentation", "proposal", "proposal", "contract", "proposal"],
            status=["open", "open", "lost", "open", "open"],
            date=["2025-10-01", "2025-11-01", "2025-11-02", "2025-11-03", "2025-11-04"],
            due_date=["2025-10-15", "2026-01-10", "2026-01-11", None, "2025-12-01"],
            manager=[None, "Ota", None, None, None],
        ),
        "control_points": table(
            customer_id=["a", "a", "b", "b"],
            point=["Visit", "Call", "Call", "Call"],
            due_date=["2025-12-31", "2025-12-30", "2026-03-01", None],
            done_date=[None, "2025-12-30", None, None],
        ),
        "complaints": table(
            complaint_id=["K1", "K2", "K3", "K4"],
            customer_id=["a", "b", "b", "c"],
            date=["2025-12-20", "2025-12-01", "2025-12-10", "2026-01-05"],
            closed_date=[None, "2025-12-05", "2026-01-02", None],
            category=["Delay", "Price", None, "Delay"],
        ),
    }


@pytest.fixture
def found(inputs):
    def build(tables, params=None):
        given, options = inputs(**tables), params or Params()
        ledger = ledger_of(given)
        return next_dates(
            given, ledger, options, events=deals(given, options), points=points(given, ledger)
        )

    return build


def told(dates):
    return [(r.manager, r.date.isoformat(), r.kind, r.customer_id) for r in rows_of(dates)]


def test_every_date_has_its_manager_and_nobodys_come_last(found, tables):
    """Deal 2 is lost, deal 3 has no next step, one call is made, K2 is answered, K4 is to come.

    Closed after the as-of date, K3 is open on it: its 14 days ended on 24 December.  The contract
    of b ended six weeks ago and may still be renewed; f has bought since its contract ended, e has
    not, and that of c ended years ago.
    """
    assert told(found(tables)) == [
        ("Eva", "2025-11-15", "contract", "b"),
        ("Eva", "2025-12-24", "complaint", "b"),
        ("Eva", "2025-12-31", "point", "a"),
        ("Eva", "2026-01-03", "complaint", "a"),
        ("Eva", "2026-03-01", "point", "b"),
        ("Eva", "2026-06-30", "contract", "a"),
        ("Jan", "2025-08-31", "contract", "f"),
        ("Ota", "2026-01-10", "offer", "a"),
        (None, "2025-12-01", "offer", "c"),
    ]


def test_a_date_before_the_as_of_date_is_overdue_and_that_day_is_not(found, tables):
    rows = rows_of(found(tables))
    assert [(r.days, r.overdue) for r in rows][:4] == [
        (-46, True), (-7, True), (0, False), (3, False)
    ]  # fmt: skip


def test_a_date_says_what_it_is_about(found, tables):
    rows = {(r.kind, r.customer_id): r for r in rows_of(found(tables))}
    offer, complaint = rows["offer", "a"], rows["complaint", "a"]
    assert (offer.name, offer.what, offer.product, offer.number) == ("Alfa", "proposal", "X", "1")
    assert (complaint.what, complaint.product, complaint.number) == ("Delay", None, "K1")
    assert (rows["contract", "b"].name, rows["contract", "b"].what) == ("=1+1", None)
    assert rows["offer", "c"].name is None


def test_complaints_are_answered_within_the_days_of_the_option(found, tables):
    rows = rows_of(found(tables, Params(complaint_days=30)))
    assert [r.date for r in rows if r.number == "K1"] == [date(2026, 1, 19)]


def test_without_days_of_closing_nobody_can_say_which_complaints_are_open(found, tables):
    bare = tables["complaints"].drop(columns="closed_date")
    assert "complaint" not in {row[2] for row in told(found(tables | {"complaints": bare}))}


def test_managers_have_all_dates_between_them(found, tables):
    dates = found(tables)
    rows = manager_dates(dates, Params())
    assert [(r.manager, r.overdue, r.soon, r.later, r.next) for r in rows] == [
        ("Eva", 2, 2, 2, date(2025, 12, 31)),
        ("Jan", 1, 0, 0, None),
        ("Ota", 0, 1, 0, date(2026, 1, 10)),
        (None, 1, 0, 0, None),
    ]
    assert sum(r.overdue + r.soon + r.later for r in rows) == len(dates)
    assert manager_dates(dates, Params(soon_days=60))[0].soon == 3


def test_the_order_of_rows_does_not_matter(found, tables):
    turned = {name: frame.iloc[::-1] for name, frame in tables.items()}
    assert found(turned) == found(tables)


def test_without_any_date_the_table_is_empty(found, table):
    dates = found({"sales": table(customer_id="a", date=["2025-01-01"], amount=1.0)})
    assert len(dates) == 0
    assert manager_dates(dates, Params()) == ()
