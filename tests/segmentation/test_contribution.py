"""Contribution: margin less cost to serve, the same sum by customer, by segment and in all."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_rows import rows_of

from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.contribution import contribution
from workbook.diagnostics.segmentation_matrix.params import Params

SALES = {
    "customer_id": ["a", "a", "b", "c", "c", "d"],
    "date": ["2025-01-01", "2025-12-31", "2025-06-30", "2025-03-01", "2025-03-02", "2024-12-31"],
    "amount": [1000.0, 500.0, 400.0, 300.0, -100.0, 9000.0],
    "margin": [300.0, 200.0, 120.0, 90.0, -30.0, 4000.0],
    "kind": ["sale", "sale", "sale", "sale", "return", "sale"],
}
COSTS = {
    "customer_id": ["a", "a", "b", "b", "b", "x", "a", "a"],
    "period": ["2025-01", "2025-Q4", "2025", "2025", "2024-12", "2025-06", "2026-01", "2024"],
    "amount": [50.0, 100.0, 150.0, 30.0, 999.0, 10.0, 777.0, 5.0],
}
SEGMENT = {"a": "Large", "b": "Small", "c": "Small"}


@pytest.fixture(scope="module")
def found(table, inputs):
    def build(sales=SALES, costs=COSTS, segment=SEGMENT, params=None, **facts):
        given_ = inputs(sales=table(**sales), service_costs=table(**costs), **facts)
        ledger, options = ledger_of(given_), params or Params()
        of = np.array([segment.get(name) for name in ledger.customers], dtype=object)
        return contribution(given_, ledger, options, segment=of)

    return build


def test_contribution_is_margin_less_the_costs_of_the_window(found):
    """Two costs of one period are added; what lies outside the window is left out.

    x has a cost and no sale, c a sale (less a return) and no cost; d bought before the window.
    """
    rows = {r.customer_id: r for r in rows_of(found().customers)}
    assert {n: (r.amount, r.margin, r.cost, r.contribution) for n, r in rows.items()} == {
        "a": (1500, 500, 150, 350),
        "c": (200, 60, 0, 60),
        "x": (0, 0, 10, -10),
        "b": (400, 120, 180, -60),
    }
    assert list(rows) == ["a", "c", "x", "b"]
    assert [n for n, r in rows.items() if r.negative] == ["x", "b"]
    assert [n for n, r in rows.items() if r.no_cost] == ["c"]


def test_classes_are_by_contribution_and_who_leaves_nothing_is_c(found):
    """The base is 410: a begins at 0, c at 350 (85 %)."""
    one = found()
    assert [r.class_ for r in rows_of(one.customers)] == ["A", "C", "C", "C"]
    assert rows_of(one.customers)[1].share_before == pytest.approx(350 / 410)
    assert (one.A, one.B, one.C) == (1, 0, 3)


def test_segments_and_total_hold_the_same_sums(found):
    one = found()
    rows = [(s.segment, s.customers, s.margin, s.cost, s.contribution, s.negative)
            for s in (*one.segments, one.total)]  # fmt: skip
    assert rows == [
        ("Large", 1, 500, 150, 350, 0),
        ("Small", 2, 180, 180, 0, 1),
        (None, 1, 0, 10, -10, 1),
        (None, 4, 680, 340, 340, 2),
    ]
    assert (one.negative_amount, one.no_cost) == (-70, 1)


def test_periods_are_inside_outside_or_across_the_window(found):
    """Of the year to 30 September 2025 the last quarter of 2024 is a whole, 2025 is not."""
    costs = {
        "customer_id": ["a"] * 4,
        "period": ["2024-Q4", "2025", "2024-09", "2025-Q4"],
        "amount": [1.0, 20.0, 300.0, 4000.0],
    }
    basis = found(costs=costs, as_of=date(2025, 9, 30)).basis
    assert (basis.first, basis.last) == (date(2024, 10, 1), date(2025, 9, 30))
    assert (basis.outside, basis.across, basis.across_cost) == (2, 1, 20.0)
    assert (basis.months, basis.months_with_cost) == (12, 3)


def test_months_without_a_cost_are_counted(found):
    """January, the last quarter and the whole of 2025: every month has a cost."""
    assert found().basis.months_with_cost == 12
    costs = {"customer_id": ["a", "b"], "period": ["2025-01", "2025-Q1"], "amount": [1.0, 1.0]}
    assert found(costs=costs).basis.months_with_cost == 3


def test_without_margin_costs_or_a_whole_period_there_is_nothing(found, table, inputs):
    bare = {name: cells for name, cells in SALES.items() if name != "margin"}
    assert found(sales=bare) is None
    assert found(costs={"customer_id": ["a"], "period": ["2026-01"], "amount": [1.0]}) is None
    only_sales = inputs(sales=table(**SALES))
    ledger = ledger_of(only_sales)
    nothing = np.full(ledger.n, None)
    assert contribution(only_sales, ledger, Params(), segment=nothing) is None


def test_sales_without_a_margin_are_counted_and_taken_as_nothing(found):
    sales = SALES | {"margin": [300.0, None, 120.0, 90.0, -30.0, 4000.0]}
    one = found(sales=sales)
    assert (one.basis.no_margin, one.total.margin) == (1, 480)


def test_the_order_of_rows_does_not_matter(found):
    turned = {name: cells[::-1] for name, cells in COSTS.items()}
    assert found(costs=turned) == found()


def test_very_large_costs_do_not_overflow(found):
    costs = {"customer_id": ["a", "b"], "period": ["2025", "2025"], "amount": [1e15, 9e14]}
    one = found(costs=costs)
    assert one.total.cost == pytest.approx(1.9e15)
    assert one.total.contribution == pytest.approx(680 - 1.9e15)


AMOUNTS = st.floats(0, 1e9).map(lambda value: round(value, 2))
PERIODS = st.sampled_from(["2025-01", "2025-Q2", "2025", "2024-12", "2024-Q4"])
IDS = st.sampled_from(["a", "b", "c", "d", "x", "y"])


@given(costs=st.lists(st.tuples(IDS, PERIODS, AMOUNTS), min_size=1, max_size=12))
def test_customers_and_segments_add_up_to_margin_less_cost(found, costs):
    ids, periods, amounts = map(list, zip(*costs, strict=True))
    one = found(costs={"customer_id": ids, "period": periods, "amount": amounts})
    inside = [a for _, p, a in costs if p.startswith("2025")]
    if not inside:
        assert one is None
        return
    rows = rows_of(one.customers)
    assert one.total.cost == pytest.approx(sum(inside))
    assert one.total.margin == 680
    assert one.total.contribution == pytest.approx(680 - sum(inside))
    for part in ("margin", "cost", "contribution", "amount"):
        by_customer = sum(getattr(row, part) for row in rows)
        by_segment = sum(getattr(row, part) for row in one.segments)
        assert by_customer == pytest.approx(by_segment) == pytest.approx(getattr(one.total, part))
    assert one.A + one.B + one.C == one.total.customers == len(rows)
    assert one.total.negative == sum(row.contribution < 0 for row in rows)
