"""Lifecycle statuses: exclusive, month-end safe, and only possible moves."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.customer_ledger.purchases import purchases, usual_intervals
from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix import lifecycle
from workbook.diagnostics.segmentation_matrix.lifecycle import ORDER, statuses
from workbook.diagnostics.segmentation_matrix.lifecycle_window import window
from workbook.diagnostics.segmentation_matrix.params import Params


def status(book, customer="a", **options):
    params = Params(**{k: v for k, v in options.items() if k not in ("ago", "months_ago")})
    steps = {k: v for k, v in options.items() if k in ("ago", "months_ago")}
    marks = statuses(book, purchases(book), params, **steps)
    mark = marks[book.customers.index(customer)]
    return str(ORDER[mark]) if mark >= 0 else None


@pytest.mark.parametrize(
    ("days", "period", "gap"),
    [
        ([], "potential", "potential"),
        (["2025-09-30"], "lost", "lost"),
        (["2025-10-01"], "new", "new"),
        (["2025-12-31"], "new", "new"),
        (["2025-08-01", "2025-11-01"], "regular", "regular"),
        (["2025-07-01", "2025-10-01"], "regular", "regular"),
        (["2025-07-01", "2025-10-02"], "regular", "renewed"),
        (["2025-06-30", "2025-10-01"], "renewed", "renewed"),
        (["2025-01-10", "2025-07-01", "2025-12-31"], "regular", "renewed"),
        (["2024-01-10", "2025-11-01", "2025-12-01"], "renewed", "renewed"),
        (["2024-01-10", "2025-06-30"], "lost", "lost"),
    ],
)
def test_statuses_at_the_end_of_2025(books, table, days, period, gap):
    known = table(customer_id=["a", "b"])
    sales = table(
        customer_id=["a"] * len(days) + ["b"],
        date=[*days, "2020-01-01"],
        amount=[1.0] * (len(days) + 1),
    )
    book = books(customers=known, sales=sales)
    assert status(book) == period
    assert status(book, renewed_rule="gap") == gap


def test_month_ends_do_not_make_a_customer_new_twice(books, table):
    """A first purchase on 31 March is new then, and not again three months later."""
    sales = table(customer_id=["a", "z"], date=["2025-03-31", "2020-01-01"], amount=1.0)
    book = books(sales=sales, as_of=date(2025, 6, 30))
    assert status(book) == "lost"
    assert status(book, ago=1) == "new"


def test_returns_alone_do_not_make_a_customer_active(books, table):
    sales = table(
        customer_id="a",
        date=["2025-01-10", "2025-12-01"],
        amount=[10.0, -10.0],
        kind=["sale", "return"],
    )
    assert status(books(sales=sales)) == "lost"


def test_a_customer_registered_later_was_not_known(books, table):
    known = table(customer_id=["a", "b", "c"], registered_date=["2025-12-01", "2025-01-01", None])
    book = books(customers=known, sales=table(customer_id="z", date="2025-11-01", amount=1.0))
    assert [status(book, name) for name in "abc"] == ["potential"] * 3
    assert [status(book, name, ago=1) for name in "abcz"] == [None, "potential", "potential", None]


def test_new_and_renewed_need_two_windows_of_data(books, table):
    params = Params()
    for first, told in (("2025-07-20", True), ("2025-08-01", False)):
        book = books(sales=table(customer_id="a", date=[first, "2025-12-01"], amount=1.0))
        bought = purchases(book)
        now, before = (statuses(book, bought, params, ago=ago) for ago in (0, 1))
        basis = lifecycle.basis(book, bought, params, now=now, before=before)
        assert basis.identifiable is told


@pytest.mark.parametrize(
    ("every", "fits", "fitting"),
    [(30, True, 1), (60, True, 2), (91, True, 3), (150, False, 5), (200, False, 7)],
)
def test_the_window_should_not_be_shorter_than_the_customers_own_median(
    books, table, every, fits, fitting
):
    """The windows that end at the as-of date have 31, 61, 92, … days."""
    days = [str(date(2025, 12, 1) - timedelta(days=every * k)) for k in range(12)]
    book = books(sales=table(customer_id="a", date=days, amount=1.0))
    bought = purchases(book)
    told = window(book, bought, Params())
    assert (told.own_median_days, told.fits, told.fitting_months) == (every, fits, fitting)
    assert usual_intervals(bought).tolist() == [every]


def test_an_interval_needs_two_purchase_days(books, table):
    book = books(sales=table(customer_id="a", date=["2025-12-01"] * 2, amount=1.0))
    assert np.isnan(usual_intervals(purchases(book))).all()


def test_a_move_that_cannot_be_is_counted():
    before, now = np.array([0, 1, 4, -1]), np.array([3, 2, 4, 3])
    assert lifecycle.illegal(before, now) == 1


HISTORIES = st.lists(
    st.lists(st.dates(date(2023, 1, 1), date(2025, 12, 31)), max_size=8), min_size=1, max_size=12
)


def built(table, histories, as_of):
    rows = [(f"c{i}", str(day)) for i, days in enumerate(histories) for day in days]
    tables = {"customers": table(customer_id=[f"c{i}" for i in range(len(histories))])}
    if rows:
        who, when = zip(*rows, strict=True)
        tables["sales"] = table(customer_id=list(who), date=list(when), amount=1.0)
    return ledger_of(Inputs(tables=tables, as_of=as_of))


@settings(max_examples=60, deadline=None)
@given(
    histories=HISTORIES,
    as_of=st.dates(date(2024, 6, 1), date(2025, 12, 31)),
    months=st.integers(1, 5),
)
def test_every_customer_has_one_status_and_only_legal_moves(table, histories, as_of, months):
    book = built(table, histories, as_of)
    params = Params(lifecycle_months=months)
    bought = purchases(book)
    marks = [statuses(book, bought, params, ago=ago) for ago in range(5)]
    for later, earlier in pairwise(marks):
        counted = lifecycle.counts(later)
        assert sum(getattr(counted, str(name)) for name in ORDER) == len(histories)
        assert lifecycle.illegal(earlier, later) == 0


@settings(max_examples=30, deadline=None)
@given(histories=HISTORIES)
def test_who_is_renewed_after_a_gap_differs_from_the_period_rule_by_regulars_only(table, histories):
    book = built(table, histories, date(2025, 12, 31))
    bought = purchases(book)
    period = statuses(book, bought, Params())
    gap = statuses(book, bought, Params(renewed_rule="gap"))
    changed = period != gap
    assert set(period[changed].tolist()) <= {lifecycle.REGULAR}
    assert set(gap[changed].tolist()) <= {lifecycle.RENEWED}
