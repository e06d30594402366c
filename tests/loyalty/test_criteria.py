"""Loyalty criteria from the sales."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.criteria import changes, loyalty
from workbook.diagnostics.loyalty.criteria_result import KeyFactor
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.retention import earned_growth
from workbook.diagnostics.loyalty.sales import ledger, year_to, yearly_revenue

SALES = [
    # customer, date, amount, document, recommended by, kind
    ("old", "2024-01-10", 100.0, "d1", None, "sale"),
    ("old", "2024-08-10", 100.0, "d2", None, "sale"),
    ("gone", "2024-05-10", 50.0, "d3", None, "sale"),
    ("old", "2025-01-15", 100.0, "d4", None, "sale"),
    ("old", "2025-05-15", 100.0, "d5", None, "sale"),
    ("old", "2025-12-31", 200.0, "d6", None, "sale"),
    ("new", "2025-02-01", 300.0, "d7", "old", "sale"),
    ("new", "2025-02-01", 100.0, "d7", "old", "sale"),  # second line of the same document
    ("twice", "2025-03-01", 60.0, "d8", None, "sale"),
    ("twice", "2025-03-02", 40.0, "d9", None, "sale"),
    ("new", "2025-04-01", 50.0, "d10", None, "return"),
    ("void", "2025-04-01", 999.0, "d11", None, "cancelled"),
    ("old", "2026-01-01", 999.0, "d12", None, "sale"),  # after the as-of date
]
COLUMNS = ("customer_id", "date", "amount", "document_id", "recommended_by", "kind")


@pytest.fixture
def sales(table):
    return table(**dict(zip(COLUMNS, map(list, zip(*SALES, strict=True)), strict=True)))


@pytest.mark.parametrize(
    ("as_of", "start"),
    [
        (date(2025, 12, 31), date(2025, 1, 1)),
        (date(2025, 2, 28), date(2024, 3, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 6, 15), date(2024, 6, 16)),
    ],
)
def test_the_year_is_twelve_months_with_both_ends(as_of, start):
    year = year_to(as_of)
    assert (year.start, year.end) == (start, as_of)
    assert year.before().end == (pd.Timestamp(start) - pd.Timedelta(days=1)).date()


def test_the_quarters_of_a_year_start_with_it():
    days = pd.Series(pd.to_datetime(["2025-01-01", "2025-03-31", "2025-04-01", "2025-12-31"]))
    assert year_to(date(2025, 12, 31)).quarter(days).tolist() == [0, 0, 1, 3]


def test_returns_take_away_whichever_sign_they_have_and_cancelled_rows_do_not_count(table):
    rows = ledger(
        table(
            customer_id="a",
            date="2025-01-01",
            amount=[100.0, 30.0, -20.0, -5.0, 700.0],
            kind=["sale", "return", "return", None, "cancelled"],
        )
    )
    assert rows["amount"].tolist() == [100, -30, -20, -5]
    assert rows["purchase"].tolist() == [True, False, False, False]


def test_criteria_of_a_worked_example(sales, inputs):
    now = loyalty(inputs(sales=sales), Params()).now
    assert (now.start, now.end) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (now.customers, now.buyers) == (4, 3)  # old, new, twice; and gone, who left
    assert now.repeat_customers == 2  # new has two lines of one document
    assert now.loyalty_index == pytest.approx(2 / 4)
    assert now.source_index == pytest.approx(4 / 2)
    assert now.sales == pytest.approx(850)
    assert now.existing_sales_share == pytest.approx(400 / 850)
    assert (now.recommended.n, now.recommended.base) == (1, 2)  # new and twice are new
    assert now.recommended.revenue == pytest.approx(350)
    assert now.recommended.revenue_share == pytest.approx(350 / 850)
    assert (now.regular.n, now.regular.base) == (1, 3)  # old bought in quarters 1, 2 and 4
    assert 0 < now.regular.ci_low < 1 / 3 < now.regular.ci_high < 1
    assert (now.repeat_sales, now.existing_sales) == (pytest.approx(500), pytest.approx(400))


def test_the_year_before_is_told_when_the_sales_reach_back(sales, inputs):
    before = loyalty(inputs(sales=sales), Params()).before
    assert (before.customers, before.buyers, before.repeat_customers) == (2, 2, 1)
    assert before.existing_sales_share is None  # nothing is known of 2023
    short = sales.loc[sales["date"] >= "2024-03-01"]
    assert loyalty(inputs(sales=short), Params()).before is None


def test_years_are_compared_only_where_both_have_a_year_of_history(sales, inputs):
    """With two years of sales the first has no history: fewer repeats would be an artefact."""
    before = loyalty(inputs(sales=sales), Params()).before
    assert (before.loyalty_index, before.recommended) == (None, None)
    assert before.regular.share is not None
    older = sales.assign(date=sales["date"] - pd.DateOffset(years=1), customer_id="ancient")
    three = pd.concat([sales, older], ignore_index=True)
    assert loyalty(inputs(sales=three), Params()).before.loyalty_index is not None


def test_a_purchase_of_three_years_ago_makes_no_repeat_customer(sales, inputs):
    long_ago = sales.assign(date=sales["date"] - pd.DateOffset(years=3))
    now = loyalty(inputs(sales=pd.concat([sales, long_ago], ignore_index=True)), Params()).now
    assert now.repeat_customers == 2


def test_without_earlier_sales_nobody_is_known_to_be_new(sales, inputs):
    now = loyalty(inputs(sales=sales.loc[sales["date"] >= "2025-01-01"]), Params()).now
    assert (now.recommended.n, now.recommended.base, now.recommended.share) == (1, 0, None)
    assert (now.existing_sales, now.existing_sales_share) == (None, None)


def test_a_table_that_does_not_ask_who_recommended_tells_nothing_of_it(sales, inputs):
    found = loyalty(inputs(sales=sales.drop(columns="recommended_by")), Params())
    assert found.now.recommended is None


def test_days_make_purchases_where_documents_are_not_numbered(sales, inputs):
    now = loyalty(inputs(sales=sales.drop(columns="document_id")), Params()).now
    assert now.repeat_customers == 2


def test_the_key_factor_is_what_moved_most_revenue_since_the_year_before(sales, inputs):
    """Of 250 a year before: 50 did not come back, old bought 200 more, new ones 350 (on advice)."""
    found = loyalty(inputs(sales=sales), Params())
    assert (found.key_factor, found.key_factor_revenue) == (
        KeyFactor.RECOMMENDED, pytest.approx(350),
    )  # fmt: skip
    short = sales.loc[sales["date"] >= "2024-03-01"]
    assert loyalty(inputs(sales=short), Params()).key_factor is None


def test_the_change_of_sales_falls_into_parts_and_retention_is_of_last_years_buyers(sales, inputs):
    found = loyalty(inputs(sales=sales), Params())
    kept, growth = found.retention, found.growth
    assert (kept.before, kept.kept, kept.kept_window) == (2, 1, 1)
    assert kept.revenue_share == pytest.approx(400 / 250)
    assert kept.revenue_gone == pytest.approx(50)
    assert (growth.grown, growth.shrunk, growth.lost) == (200, 0, -50)
    assert (growth.new_recommended, growth.new_other) == (350, 100)
    assert growth.value == pytest.approx((400 + 350) / 250 - 1)
    assert found.retention_before is None


def test_without_the_question_new_customers_are_not_told_apart(sales, inputs):
    growth = loyalty(inputs(sales=sales.drop(columns="recommended_by")), Params()).growth
    assert (growth.value, growth.new_recommended, growth.new_other) == (None, None, 450)


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("abcdef"),
            st.integers(0, 729),
            st.integers(-50, 200),
            st.booleans(),
        ),
        min_size=1,
    )
)
def test_the_parts_add_up_to_the_change_without_remainder(rows):
    start = pd.Timestamp("2024-01-01")
    table = pd.DataFrame(
        {
            "customer_id": [r[0] for r in rows],
            "date": [start + pd.Timedelta(days=r[1]) for r in rows],
            "amount": [float(r[2]) for r in rows],
            "recommended_by": ["x" if r[3] else "" for r in rows],
        }
    )
    growth = earned_growth(ledger(table), year_to(date(2025, 12, 31)), asks=True)
    if growth is not None:
        parts = growth.grown + growth.shrunk + growth.lost
        parts += growth.new_recommended + growth.new_other
        assert parts == pytest.approx(growth.revenue_now - growth.revenue_before)
        assert growth.grown >= 0 >= growth.shrunk


def test_a_year_without_purchases_has_no_criteria(sales, inputs):
    found = loyalty(inputs(sales=sales.loc[sales["date"] < "2025-01-01"]), Params())
    assert (found.now, found.key_factor) == (None, KeyFactor.REPEAT)  # nobody came back
    assert (found.retention.kept, found.retention.before) == (0, 2)
    assert loyalty(inputs(), Params()).now is None
    assert loyalty(inputs(sales=sales.iloc[:0]), Params()).now is None


def test_more_returns_than_sales_leave_shares_untold(table, inputs):
    sales = table(
        customer_id=["a", "a"],
        date=["2025-01-05", "2025-01-06"],
        amount=[10.0, -30.0],
    )
    now = loyalty(inputs(sales=sales), Params()).now
    assert now.sales == -20
    assert now.regular.revenue_share is None


def test_yearly_revenue_is_net_and_ends_with_the_as_of_date(sales, inputs):
    revenue = yearly_revenue(inputs(sales=sales)).to_dict()
    assert revenue == {"old": 400, "new": 350, "twice": 100}


def test_each_criterion_stands_beside_the_year_before_in_points(sales, inputs):
    found = loyalty(inputs(sales=sales), Params())
    rows = {row.criterion: row for row in changes(found.now, found.before)}
    assert list(rows) == ["repeat", "recommended", "regular", "existing"]
    assert (rows["repeat"].before, rows["repeat"].change) == (None, None)
    regular = rows["regular"]
    assert regular.change == pytest.approx((regular.share - regular.before) * 100)
