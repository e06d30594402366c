"""Offers by source: counted by deal, judged by customer, named only after a test."""

import numpy as np
import pytest

from workbook.diagnostics.segmentation_matrix.deals import deals
from workbook.diagnostics.segmentation_matrix.offer_sources import (
    offer_sources,
    source_difference,
)
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats.intervals import wilson

NAMES = ("deal_id", "customer_id", "status", "date", "amount", "source", "acquisition_cost")
DEALS = [
    ("1", "a", "open", "2025-01-10", 100.0, "Fair", 10.0),
    ("1", "a", "won", "2025-02-10", 120.0, None, None),
    ("2", "a", "lost", "2025-02-11", 50.0, "Fair", 30.0),
    ("3", "b", "open", "2025-03-01", None, None, None),
    ("3", "b", "won", "2025-04-01", 70.0, "Web", None),
    ("4", "c", "open", "2025-05-01", 40.0, "Web", 4.0),
    ("5", "c", "lost", "2025-05-02", 5.0, None, None),
    ("6", "d", "open", "2025-05-03", 9.0, "Fair", 5.0),
    ("6", "d", "open", "2025-06-03", 8.0, "Web", 6.0),
]  # fmt: skip


@pytest.fixture
def sources(table, inputs):
    def build(rows=DEALS, names=NAMES, params=None):
        columns = {n: list(c) for n, c in zip(names, zip(*rows, strict=True), strict=True)}
        frame = table(**columns, product="X", stage="proposal")
        return offer_sources(deals(inputs(offers=frame), Params()), params or Params())

    return build


def test_a_deal_counts_under_its_first_source_with_its_latest_amount_and_cost(sources):
    fair, web, unknown = sources()
    assert (fair.source, fair.entered, fair.won, fair.lost, fair.open) == ("Fair", 3, 1, 1, 1)
    assert (fair.customers, fair.amount, fair.amount_won) == (2, 178.0, 120.0)
    assert (fair.cost, fair.costed, fair.cost_per_won, fair.rate) == (46.0, 3, 46.0, 0.5)
    assert (web.source, web.entered, web.won, web.lost, web.open) == ("Web", 2, 1, 0, 1)
    assert (web.amount, web.amount_won, web.rate) == (110.0, 70.0, 1.0)
    assert (unknown.source, unknown.entered, unknown.lost, unknown.p_value) == (None, 1, 1, None)


def test_the_cost_of_a_won_deal_needs_the_cost_of_every_deal(sources):
    """Of two deals of the web one has a cost; of the unrecorded ones none has."""
    _, web, unknown = sources()
    assert (web.cost, web.costed, web.cost_per_won) == (4.0, 1, None)
    assert (unknown.cost, unknown.costed, unknown.cost_per_won) == (None, 0, None)


def test_without_a_source_there_is_nothing(sources, inputs):
    assert sources([row[:5] for row in DEALS], NAMES[:5]) == ()
    assert sources([(*row[:5], None, None) for row in DEALS]) == ()
    assert offer_sources(None, Params()) == ()


def test_the_order_of_rows_does_not_matter(sources):
    assert sources(DEALS[::-1]) == sources()


def closed(won, n, *, customer="c{}".format, source="Fair", start=0):
    """Return closed deals of one source, the first ``won`` of them won."""
    ends = ["won"] * won + ["lost"] * (n - won)
    return [
        (f"{source}{k}", customer(start + k), end, "2025-05-01", 1.0, source)
        for k, end in enumerate(ends)
    ]


def test_the_interval_of_one_deal_per_customer_is_wilsons(sources):
    (row,) = sources(closed(12, 40), NAMES[:6])
    expected = wilson(12, 40)
    assert (row.ci_low, row.ci_high) == (pytest.approx(expected.low), pytest.approx(expected.high))
    assert row.n_eff == 40


def test_several_deals_of_a_customer_that_end_alike_widen_the_interval(sources):
    """Forty deals of ten customers, of whom three buy everything, tell as much as ten."""
    (row,) = sources(closed(12, 40, customer=lambda k: f"c{k // 4}"), NAMES[:6])
    (single,) = sources(closed(12, 40), NAMES[:6])
    assert row.n_eff < 11
    assert row.ci_low < single.ci_low
    assert single.ci_high < row.ci_high


def test_deals_without_a_customer_are_customers_of_their_own(sources):
    (row,) = sources(closed(12, 40, customer=lambda k: None), NAMES[:6])
    assert (row.n_eff, row.customers) == (40, 0)


def drawn(rng, rates, *, customers=60, deals=2):
    """Return deals of customers that are more or less ready to buy, from sources of these rates."""
    rows = []
    for who in range(customers):
        ready = rng.normal(0, 0.15)
        for _ in range(1 + rng.poisson(deals - 1)):
            source = int(rng.integers(len(rates)))
            status = "won" if rng.random() < np.clip(rates[source] + ready, 0, 1) else "lost"
            rows.append((f"{len(rows)}", f"c{who}", status, "2025-05-01", 1.0, f"S{source}"))
    return rows


def named(sources, rates, sets):
    """Return the source named in each data set and whether it is called better; None for none."""
    rng = np.random.default_rng(20251231)
    rows = (sources(drawn(rng, rates), NAMES[:6]) for _ in range(sets))
    found = (source_difference(one, alpha=0.05) for one in rows)
    return [one and (one.source, one.more) for one in found]


def test_of_equal_sources_none_is_named_more_often_than_chance_allows(sources):
    """At 5 % of 60 data sets more than 8 are a chance of 1 in 500."""
    assert sum(one is not None for one in named(sources, (0.4,) * 5, 60)) <= 8


def test_a_better_source_is_found_and_nothing_else(sources):
    found = named(sources, (0.3, 0.3, 0.75, 0.3), 30)
    assert found.count(("S2", True)) >= 24
    assert len(found) - found.count(("S2", True)) - found.count(None) <= 3


def test_a_worse_source_is_called_worse(sources):
    found = named(sources, (0.7, 0.1, 0.7, 0.7), 30)
    assert found.count(("S1", False)) >= 24


def test_a_difference_tells_both_sides_of_the_comparison(sources):
    rows = [*closed(24, 30, source="Good"), *closed(11, 40, source="Plain", start=30)]
    first = source_difference(sources(rows, NAMES[:6]), alpha=0.05)
    assert (first.source, first.more, first.won, first.closed) == ("Good", True, 24, 30)
    assert (first.others_won, first.others_closed, first.others_rate) == (11, 40, 0.275)
    assert first.p_value < 0.05


def test_a_deal_that_is_open_counts_as_neither(sources):
    rows = [(d, c, "open", *rest) for d, c, _, *rest in closed(3, 6)]
    (row,) = sources(rows, NAMES[:6])
    assert (row.open, row.rate, row.ci_low, row.p_value) == (6, None, None, None)
    assert source_difference((row,), alpha=0.05) is None
