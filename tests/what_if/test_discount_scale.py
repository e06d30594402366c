"""A scale of discounts: who gets which step, its cost, the turnover that pays for it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.what_if.discount_scale import (
    MarginFrom,
    discount_scale,
    extra_turnover,
)
from workbook.diagnostics.what_if.last_year import LAST_YEAR
from workbook.stats.data_table import DataTable


def year_of(turnovers, margins=None):
    """Return a year of customers; margins are of the whole turnover."""
    n = len(turnovers)
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{i}" for i in range(n)],
            "name": [f"C{i}" for i in range(n)],
            "turnover": turnovers,
            "margin": margins or [0.0] * n,
            "margin_turnover": turnovers if margins else [0.0] * n,
            "manager": [""] * n,
            "only_manager": [True] * n,
        }
    )
    return DataTable(LAST_YEAR, frame)


SCALE = [(1_000_000, 0.02), (5_000_000, 0.05)]
TURNOVERS = [6_000_000.0, 5_000_000.0, 2_000_000.0, 1_000_000.0, 999_999.99, -10.0]


def test_the_scale_of_the_method_by_hand():
    """5 % of 6 + 5 million and 2 % of 2 + 1 million: 550,000 + 60,000.

    At a margin of a quarter 0.20 and 0.23 are left of what is sold more: 2.75 million and 260,870.
    """
    found = discount_scale(year_of(TURNOVERS), SCALE, margin=0.25)
    assert [(s.customers, s.turnover) for s in found.steps] == [(2, 3e6), (2, 11e6)]
    assert [s.cost for s in found.steps] == [60_000, 550_000]
    assert found.cost == 610_000
    assert (found.n, found.of_customers) == (4, 5)
    assert found.steps[0].extra == pytest.approx(60_000 / 0.23)
    assert found.steps[1].extra == pytest.approx(2_750_000)
    assert found.steps[1].extra_share == pytest.approx(0.25)
    assert found.extra == pytest.approx(60_000 / 0.23 + 2_750_000)
    assert found.margin_from is MarginFrom.GIVEN
    assert not found.never_pays
    assert found.customers.values("customer_id") == ["C0", "C1", "C2", "C3"]
    assert found.customers.values("cost") == [300_000, 250_000, 40_000, 20_000]


def test_a_discount_that_takes_the_whole_margin_never_pays():
    found = discount_scale(year_of(TURNOVERS), SCALE, margin=0.05)
    assert [s.never_pays for s in found.steps] == [False, True]
    assert found.steps[0].extra == pytest.approx(2_000_000)
    assert found.steps[1].extra is None
    assert found.never_pays
    assert found.extra is None


def test_a_step_that_nobody_reaches_does_not_spoil_the_sum():
    found = discount_scale(year_of([2_000_000.0]), [*SCALE, (9e9, 0.5)], margin=0.22)
    assert found.steps[2].never_pays
    assert not found.never_pays
    assert found.extra == pytest.approx(40_000 / 0.20)


def test_the_margin_is_that_of_the_invoices_that_tell_one():
    year = year_of([3_000_000.0, 1_000_000.0], margins=[900_000.0, 100_000.0])
    found = discount_scale(year, SCALE)
    assert (found.margin, found.margin_from, found.margin_known) == (0.25, MarginFrom.SALES, 1.0)


@pytest.mark.parametrize("margins", [None, [2_000_000.0]])
def test_without_a_margin_that_can_be_one_the_cost_alone_is_told(margins):
    found = discount_scale(year_of([1_000_000.0], margins=margins), SCALE)
    assert (found.margin, found.margin_from) == (None, MarginFrom.NOWHERE)
    assert (found.cost, found.extra, found.never_pays) == (20_000, None, False)


def test_a_loss_on_every_sale_never_pays_for_a_discount():
    found = discount_scale(year_of([1_000_000.0], margins=[-50_000.0]), SCALE)
    assert found.margin == -0.05
    assert found.never_pays


def test_nobody_sold_nothing():
    found = discount_scale(year_of([]), SCALE)
    assert (found.n, found.cost, found.extra, len(found.customers)) == (0, 0, 0, 0)


amounts = st.integers(-(10**6), 10**9).map(lambda n: n / 100)
shares = st.integers(0, 100).map(lambda n: n / 100)


@st.composite
def scales(draw, share=shares):
    starts = sorted(draw(st.sets(st.integers(0, 10**7), min_size=1, max_size=4)))
    return list(zip(starts, sorted(draw(share) for _ in starts), strict=True))


@given(turnovers=st.lists(amounts, max_size=20), scale=scales(), margin=st.none() | shares)
def test_parts_are_no_more_than_the_whole_and_add_up(turnovers, scale, margin):
    found = discount_scale(year_of(turnovers), scale, margin=margin)
    by_hand = 0.0
    for turnover in turnovers:
        reached = [share for start, share in scale if turnover > 0 and start <= turnover]
        by_hand += turnover * (reached[-1] if reached else 0)
    assert found.cost == pytest.approx(by_hand)
    assert found.cost == pytest.approx(sum(found.customers.values("cost")))
    assert found.cost == pytest.approx(sum(step.cost for step in found.steps))
    assert found.n == sum(step.customers for step in found.steps) <= found.of_customers
    assert 0 <= found.cost <= found.turnover
    assert found.turnover <= sum(t for t in turnovers if t > 0) * (1 + 1e-9)


@given(turnovers=st.lists(amounts, max_size=20), scale=scales(st.just(0.0)))
def test_a_scale_of_nothing_changes_nothing(turnovers, scale):
    found = discount_scale(year_of(turnovers), scale, margin=0.2)
    assert (found.cost, found.extra, found.never_pays) == (0, 0, False)


@given(turnovers=st.lists(amounts, max_size=20), scale=scales(), more=shares)
def test_a_larger_discount_costs_no_less(turnovers, scale, more):
    larger = [(start, min(1.0, share + more)) for start, share in scale]
    year = year_of(turnovers)
    assert discount_scale(year, larger).cost >= discount_scale(year, scale).cost


@given(cost=st.floats(0, 1e9), margin=shares, discount=shares)
def test_the_extra_turnover_earns_the_cost(cost, margin, discount):
    extra = extra_turnover(cost, margin=margin, discount=discount)
    if discount == 0:
        assert extra == 0
    elif margin <= discount:
        assert extra is None
    else:
        assert extra * (margin - discount) == pytest.approx(cost)
