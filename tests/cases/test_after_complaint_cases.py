"""Who still buys after a complaint, each from a small table; as of 31 December 2025."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.after_complaint import after_complaint
from workbook.diagnostics.loyalty.complaints_result import StayOutcome
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.report.complaints import after_complaint as part
from workbook.notebook import open_book

MONTHS = [f"2025-{month:02d}-10" for month in range(1, 13)]


@pytest.fixture(scope="session")
def told(table, inputs):
    """Compute from customers: name, last month bought (1-12), day of the complaint, closed on."""

    def build(rows, **options):
        bought = [(name, day) for name, last, *_ in rows for day in MONTHS[:last]]
        sales = table(
            customer_id=[name for name, _ in bought],
            date=[day for _, day in bought],
            amount=100.0,
        )
        complaints = table(
            complaint_id=[str(i) for i in range(len(rows))],
            customer_id=[name for name, *_ in rows],
            date=[row[2] for row in rows],
            closed_date=[row[3] for row in rows],
        )
        return after_complaint(inputs(sales=sales, complaints=complaints), Params(**options))

    return build


def stays(prefix, n, *, closed, last=12):
    return [(f"{prefix}{i}", last, "2025-03-20", closed) for i in range(n)]


def test_all_handled_stay_and_none_of_the_others(told):
    """Twelve handled customers buy on; twelve not handled bought last in April."""
    rows = stays("a", 12, closed="2025-03-25") + stays("b", 12, closed=None, last=4)
    found = told(rows)
    handled, not_handled = found.rows
    assert (handled.handled, handled.n, handled.kept, handled.gone) == (True, 12, 12, 0)
    assert (handled.share, handled.ci_high) == (1.0, 1.0)
    assert handled.ci_low == pytest.approx(0.757, abs=1e-3)  # Wilson of 12 of 12
    assert (not_handled.n, not_handled.kept, not_handled.gone) == (12, 0, 12)
    assert not_handled.share == 0.0
    assert found.p_value < 0.001
    assert found.outcome is StayOutcome.DIFFER


def test_the_share_is_kaplan_meiers_where_some_complaints_are_recent(told):
    """Five left, ten stayed, five complained in December: two thirds stay, not half of twenty."""
    recent = [(f"n{i}", 12, "2025-12-20", None) for i in range(5)]
    rows = stays("a", 5, closed=None, last=4) + stays("b", 10, closed=None) + recent
    (row,) = told(rows).rows
    assert (row.n, row.kept, row.gone) == (20, 10, 5)
    assert row.share == pytest.approx(10 / 15)
    assert row.ci_low < 10 / 15 < row.ci_high


def test_six_months_that_nobody_has_reached_are_not_estimated(told):
    rows = stays("a", 2, closed=None, last=4)
    rows += [(f"n{i}", 12, "2025-12-20", None) for i in range(15)]
    (row,) = told(rows).rows
    assert (row.n, row.kept, row.gone, row.share) == (17, 0, 2, None)


def test_a_complaint_of_the_last_months_is_neither_kept_nor_gone(told):
    rows = [*stays("a", 10, closed=None), ("new", 12, "2025-12-01", None)]
    (row,) = told(rows).rows
    assert (row.n, row.kept, row.gone) == (11, 10, 0)
    assert row.share == 1.0


def test_few_customers_give_numbers_and_no_share(told):
    found = told(stays("a", 3, closed="2025-04-01") + stays("b", 2, closed=None, last=4))
    assert [row.share for row in found.rows] == [None, None]
    assert found.outcome is StayOutcome.TOO_FEW


def test_who_had_left_or_never_bought_says_nothing_of_retention(told, table, inputs):
    """Complaints after the customer had fallen silent come from the leaving, not before it."""
    rows = [*stays("a", 10, closed=None), ("gone", 1, "2025-11-01", None)]
    found = told([*rows, ("stranger", 0, "2025-05-01", None)])
    assert sum(row.n for row in found.rows) == 10
    assert found.not_buying == 2


def test_a_customer_counts_once_and_a_blank_customer_not_at_all(told):
    rows = stays("a", 10, closed=None)
    again = [("a0", 0, "2025-06-01", None), ("", 0, "2025-06-01", None)]
    found = told([*rows, *again])
    assert (sum(row.n for row in found.rows), found.not_buying) == (10, 0)


def test_a_window_shorter_than_the_customers_pauses_tells_nothing(told):
    """Monthly buyers under a window that is too short; each would be called gone."""
    found = told(stays("a", 12, closed=None), silence_months=1, window_tolerance=0.0)
    assert found.window.fits is False
    assert found.outcome is StayOutcome.NO_FIT
    assert [(row.kept, row.gone, row.share) for row in found.rows] == [(None, None, None)]


def test_a_register_that_does_not_say_who_was_handled_gives_one_row(table, inputs):
    sales = table(
        customer_id=[f"c{i}" for i in range(10) for _ in MONTHS],
        date=MONTHS * 10,
        amount=1.0,
    )
    complaints = table(
        complaint_id=[str(i) for i in range(10)],
        customer_id=[f"c{i}" for i in range(10)],
        date="2025-02-15",
    )
    found = after_complaint(inputs(sales=sales, complaints=complaints), Params())
    assert [(row.handled, row.n, row.kept) for row in found.rows] == [(None, 10, 10)]
    assert found.outcome is StayOutcome.ONE


def test_without_sales_or_complaints_nothing_is_told(table, inputs):
    complaints = table(complaint_id=["1"], customer_id=["a"], date="2025-02-15")
    for tables in ({}, {"complaints": complaints}):
        found = after_complaint(inputs(**tables), Params())
        assert (found.rows, found.outcome) == ((), None)


@given(lasts=st.lists(st.integers(3, 12), min_size=1, max_size=30), closed=st.integers(0, 30))
def test_kept_and_gone_never_exceed_those_who_complained(told, lasts, closed):
    rows = [
        (f"c{i}", last, "2025-03-20", "2025-04-01" if i < closed else None)
        for i, last in enumerate(lasts)
    ]
    found = told(rows)
    assert sum(row.n for row in found.rows) == len(rows)
    for row in found.rows:
        assert row.kept + row.gone <= row.n
        assert row.share is None or row.ci_low <= row.share <= row.ci_high


@pytest.mark.parametrize("folder", ["northbridge", "ural-tekhnika", "tatra-servis"])
def test_the_samples_name_the_number_of_customers(folder):
    view = open_book("loyalty", str(Path(__file__).resolve().parents[2] / "data_samples" / folder))
    heading, _, table = part(view.view)
    told = view.view.result
    assert len(table.rows) == len(told.complaint_retention)
    assert heading.text.count("%") in (0, 2)
    assert ("%" in heading.text) == any(row.share is not None for row in told.complaint_retention)
