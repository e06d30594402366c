"""XYZ classes: how steady, over which buckets, and how sure."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_rows import rows_of

from workbook.diagnostics.customer_ledger.sales_ledger import Ledger
from workbook.diagnostics.segmentation_matrix.cv import classes, coefficients, factor, intervals
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import Demand
from workbook.diagnostics.segmentation_matrix.xyz import (
    DEMANDS,
    buckets,
    counts,
    customers,
    demand,
    demand_stability,
)

SOURCE = (10.0, 25.0)


def cv(series, deviation="population"):
    table = np.array([series], dtype=np.int64)
    return float(coefficients(table, np.zeros(1, dtype=np.int64), deviation)[0])


def class_of(value):
    return "XYZ"[int(classes(np.array([value]), SOURCE)[0])]


@pytest.mark.parametrize(
    ("series", "expected", "name"),
    [
        ([100, 110, 90, 100], 0.07071068, "X"),
        ([88, 112, 88, 112], 0.12, "Y"),
        ([0, 0, 0, 400], 1.73205081, "Z"),
        ([10, 12, 9, 11, 10, 13, 8, 10, 11, 9, 12, 10], 0.13266499, "Y"),
        ([90, 110, 90, 110], 0.1, "X"),
        ([75, 125, 75, 125], 0.25, "Y"),
        ([5, 5, 5, 5], 0.0, "X"),
    ],
)
def test_the_golden_coefficients(series, expected, name):
    value = cv(series)
    assert value == pytest.approx(expected, abs=5e-9)
    assert class_of(value) == name


def test_the_other_deviations():
    series = [10, 12, 9, 11, 10, 13, 8, 10, 11, 9, 12, 10]
    assert cv(series, "sample") == pytest.approx(0.13856406, abs=5e-9)
    assert cv(series, "corrected") == pytest.approx(0.13856406 * (1 + 1 / 48), abs=5e-9)
    assert np.isnan(factor(np.array([1]), "sample")[0])


def test_a_mean_of_nothing_has_no_coefficient():
    assert np.isnan(cv([0, 0, 0, 0]))
    assert np.isnan(cv([5, -5, 0, 0]))


@given(n=st.integers(1, 36), amount=st.integers(1, 10**9))
def test_one_purchase_in_n_buckets_gives_the_root_of_n_less_one(n, amount):
    assert cv([amount] + [0] * (n - 1)) == pytest.approx((n - 1) ** 0.5, rel=1e-12)


@given(n=st.integers(1, 36), data=st.data(), amount=st.integers(1, 10**9))
def test_k_equal_purchases_of_n_give_the_root_of_n_over_k_less_one(n, data, amount):
    k = data.draw(st.integers(1, n))
    series = data.draw(st.permutations([amount] * k + [0] * (n - k)))
    assert cv(series) == pytest.approx((n / k - 1) ** 0.5, rel=1e-9, abs=1e-9)


def monthly(books, table, amounts, *, first="2025-01"):
    """Return the ledger of one customer who buys on the 10th of successive months."""
    days = np.arange(np.datetime64(first, "M"), np.datetime64(first, "M") + len(amounts))
    rows = [(f"{day}-10", float(amount)) for day, amount in zip(days, amounts, strict=True)]
    bought = [row for row in rows if row[1]]
    sales = table(
        customer_id=["a"] * len(bought) + ["old"],
        date=[day for day, _ in bought] + ["2020-01-01"],
        amount=[amount for _, amount in bought] + [1.0],
    )
    return books(sales=sales)


def measured(book: Ledger, params: Params, *, new: bool = False):
    table = buckets(book, params, bucket=params.xyz_bucket)
    found = demand_stability(book, table, params, new=np.full(book.n, new))
    rows = rows_of(customers(book, found, params, lost=np.zeros(book.n, dtype=bool)))
    return found, {row.customer_id: row for row in rows}


def test_blank_months_are_zero(books, table):
    book = monthly(books, table, [100, 0, 100, 0] * 3)
    row = measured(book, Params())[1]["a"]
    assert (row.n, row.class_) == (12, "Z")
    assert row.cv == pytest.approx(1.0)


def test_a_customer_is_measured_from_its_first_bucket_or_over_all(books, table):
    book = monthly(books, table, [0] * 8 + [100] * 4)
    since, full = Params(), Params(xyz_from="full")
    row = measured(book, since)[1]["a"]
    assert (row.n, row.cv, row.class_) == (4, 0.0, "X")
    assert measured(book, full)[1]["a"].n == 12
    assert measured(book, full)[1]["a"].class_ == "Z"


def test_fewer_than_four_buckets_and_new_customers_have_no_class(books, table):
    book = monthly(books, table, [0] * 9 + [100] * 3)
    row = measured(book, Params())[1]["a"]
    assert (row.n, row.class_) == (3, None)
    steady = monthly(books, table, [100] * 12)
    assert measured(steady, Params(), new=True)[1]["a"].class_ is None
    assert measured(steady, Params(xyz_from="full"), new=True)[1]["a"].class_ == "X"


def test_only_complete_buckets_count(books, table):
    """As of 15 December, months and quarters both end with November: none is cut short."""
    sales = table(
        customer_id="a", date=["2020-01-01", "2025-11-20", "2025-12-10"], amount=[1.0] * 3
    )
    book = books(as_of=date(2025, 12, 15), sales=sales)
    by_month = buckets(book, Params(), bucket="month")
    assert (by_month.span.first, by_month.span.last) == (date(2024, 12, 1), date(2025, 11, 30))
    assert by_month.sums.sum() == 10_000
    by_quarter = buckets(book, Params(), bucket="quarter")
    assert (by_quarter.n, by_quarter.span.last) == (4, date(2025, 11, 30))


def test_buckets_do_not_reach_before_the_data(books, table):
    sales = table(customer_id="a", date=["2025-03-04", "2025-12-10"], amount=[1.0] * 2)
    found = buckets(books(sales=sales), Params(), bucket="month")
    assert (found.n, found.span.first) == (9, date(2025, 4, 1))
    nothing = books(sales=table(customer_id="a", date="2025-12-10", amount=1.0))
    assert buckets(nothing, Params(), bucket="month").n == 0


def test_a_lost_customers_class_is_of_the_past(books, table):
    book = monthly(books, table, [100] * 12)
    found, _ = measured(book, Params())
    rows = rows_of(customers(book, found, Params(), lost=np.ones(book.n, dtype=bool)))
    assert [(row.class_, row.past) for row in rows if row.customer_id == "a"] == [("X", True)]


@pytest.mark.parametrize(
    ("amounts", "pattern"),
    [
        ([100, 110] * 6, Demand.SMOOTH),
        ([100, 0] * 6, Demand.INTERMITTENT),
        ([10, 900, 10, 10] * 3, Demand.ERRATIC),
        ([10, 0, 900, 0, 10, 0] * 2, Demand.LUMPY),
    ],
)
def test_patterns_of_demand(books, table, amounts, pattern):
    book = monthly(books, table, amounts)
    found, rows = measured(book, Params())
    assert rows["a"].demand == pattern
    place = book.customers.index("a")
    assert DEMANDS[demand(found.buckets, found)[place]] is pattern


def test_counts_hold_everybody_with_a_sale_in_the_window(books, table):
    book = monthly(books, table, [100] * 12)
    n = counts(measured(book, Params())[0])
    assert (n.X, n.Y, n.Z, n.none) == (1, 0, 0, 0)


def bounds(value, n, **options):
    params = Params(**options)
    low, high = intervals(np.array([value]), np.array([n]), params)
    return float(low[0]), float(high[0])


def test_the_interval_of_four_buckets_is_wide():
    """Of a normal series of 4 with 12 %, chi-squared(3) gives 7.8 to 52 %."""
    low, high = bounds(0.12, 4, bootstrap=4000)
    assert low == pytest.approx(0.12 * (4 / 9.348) ** 0.5, rel=0.05)
    assert high == pytest.approx(0.12 * (4 / 0.2158) ** 0.5, rel=0.12)


def test_a_true_twelve_per_cent_is_called_x_in_more_than_half_of_the_draws():
    """The method's warning: 57 % at n = 4."""
    draws = np.random.default_rng(7).normal(1, 0.12, size=(40_000, 4))
    seen = draws.std(axis=1) / draws.mean(axis=1)
    assert (seen <= 0.1).mean() == pytest.approx(0.57, abs=0.01)


@settings(max_examples=30, deadline=None)
@given(value=st.floats(0, 3), n=st.integers(4, 24))
def test_the_interval_holds_the_coefficient_and_is_repeatable(value, n):
    top = (n - 1) ** 0.5
    found = min(value, top)
    low, high = bounds(found, n)
    assert 0 <= low <= found
    assert np.isnan(high) or found <= high < top
    assert repr((low, high)) == repr(bounds(found, n))


def test_where_few_buckets_tell_no_upper_bound_none_is_given():
    low, high = bounds(1.4, 4)
    assert 0 < low < 1.4
    assert np.isnan(high)


def test_more_buckets_narrow_the_interval():
    short, long = bounds(0.2, 4), bounds(0.2, 24)
    assert short[0] < long[0] < 0.2 < long[1] < short[1]


def test_a_coefficient_that_is_not_there_has_no_interval():
    low, high = intervals(np.array([np.nan, 0.1]), np.array([4, 1]), Params())
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_a_class_whose_interval_crosses_a_bound_is_flagged(books, table):
    book = monthly(books, table, [88, 112] * 6)
    assert measured(book, Params())[1]["a"].crosses
    wide = replace(Params(), xyz_bounds=(1.0, 90.0))
    assert not measured(book, wide)[1]["a"].crosses
