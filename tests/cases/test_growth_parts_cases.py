"""The split of growth, from small tables as of 31 December 2025."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.criteria import changes, loyalty
from workbook.diagnostics.loyalty.criteria_result import KeyFactor
from workbook.diagnostics.loyalty.params import Params


@pytest.fixture(scope="session")
def sold(table, inputs):
    """Compute from rows of customer, day, amount, who recommended, kind."""

    def build(rows):
        whole = [row if len(row) > 3 else (*row, None, "sale") for row in rows]
        columns = ("customer_id", "date", "amount", "recommended_by", "kind")
        sales = table(**dict(zip(columns, map(list, zip(*whole, strict=True)), strict=True)))
        return loyalty(inputs(sales=sales), Params())

    return build


def test_growth_of_a_worked_example(sold):
    """Kept 100 -> 150 and 100 -> 60, lost 50, new 70 on recommendation and 20 otherwise."""
    found = sold(
        [
            ("up", "2024-01-10", 100.0),
            ("up", "2025-02-01", 150.0),
            ("down", "2024-03-10", 100.0),
            ("down", "2025-03-01", 60.0),
            ("gone", "2024-05-01", 50.0),
            ("friend", "2025-05-01", 70.0, "up", "sale"),
            ("other", "2025-05-01", 20.0),
        ]
    )
    growth = found.growth
    assert (growth.kept, growth.grown, growth.shrunk, growth.lost) == (160, 50, -40, -50)
    assert (growth.new_recommended, growth.new_other) == (70, 20)
    assert growth.value == pytest.approx(210 / 250 + 70 / 250 - 1)
    assert (found.key_factor, found.key_factor_revenue) == (KeyFactor.RECOMMENDED, 70)


def test_growth_is_not_earned_where_nobody_was_asked_who_recommended(sold):
    growth = sold([("a", "2024-01-10", 100.0), ("b", "2025-02-01", 30.0)]).growth
    assert (growth.value, growth.new_recommended, growth.new_other) == (None, None, 30)


def test_the_change_of_each_criterion_is_that_of_the_two_shares(sold):
    """Three years: in 2024 one of two is a repeat customer still buying, in 2025 one of three."""
    found = sold(
        [
            ("a", "2023-01-05", 1.0),
            ("b", "2023-01-05", 1.0),
            ("a", "2024-01-05", 1.0),
            ("a", "2025-01-05", 1.0),
            ("c", "2025-02-05", 1.0),
        ]
    )
    told = {row.criterion: row.change for row in changes(found.now, found.before)}
    assert told["repeat"] is None  # it falls as the history grows: retention tells the movement
    assert told["regular"] == 0
    assert told["recommended"] is None


ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.dates(min_value=date(2023, 6, 1), max_value=date(2026, 2, 1)).map(str),
        st.integers(-50, 200).map(float),
        st.sampled_from([None, "a", "x"]),
        st.sampled_from(["sale", "sale", "sale", "return", "cancelled"]),
    ),
    min_size=1,
    max_size=40,
)


@given(rows=ROWS)
def test_the_parts_of_growth_sum_to_the_change_without_remainder(sold, rows):
    found = sold([("z", "2024-01-01", 1000.0, None, "sale"), *rows])
    kept, growth = found.retention, found.growth
    assert 0 <= kept.kept_window <= kept.kept <= kept.before
    if growth is None:
        return  # more was returned than sold in the year before
    parts = growth.grown + growth.shrunk + growth.lost + growth.new_other
    change = growth.revenue_now - growth.revenue_before
    assert parts + (growth.new_recommended or 0.0) == pytest.approx(change)
    assert growth.grown >= 0 >= growth.shrunk
    if found.now is not None:
        assert 0 <= found.now.loyalty_index <= 1
