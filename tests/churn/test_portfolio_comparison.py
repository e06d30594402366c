"""Observed against expected losses: the raw league table is not the fair one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from workbook.diagnostics.churn_reasons import Params
from workbook.diagnostics.churn_reasons.comparison import (
    expected_losses,
    funnel,
    prior_strength,
)
from workbook.diagnostics.churn_reasons.result import Place

PLAN = {  # manager -> region -> (customers, lost)
    "Best": {"risky": (60, 24), "calm": (20, 0)},
    "Worst": {"risky": (20, 16), "calm": (140, 28)},
    "Even": {"risky": (20, 10), "calm": (100, 14)},
}


def planted(table, plan=PLAN, **columns):
    rows = [
        (manager, region, i < lost)
        for manager, regions in plan.items()
        for region, (n, lost) in regions.items()
        for i in range(n)
    ]
    ids = [f"c{i}" for i in range(len(rows))]
    customers = table(
        customer_id=ids,
        manager=[m for m, _, _ in rows],
        region=[r for _, r, _ in rows],
        registered_date="2020-01-01",
    )
    gone = [i for i, (_, _, lost) in enumerate(rows) if lost]
    lost = table(
        customer_id=[ids[i] for i in gone],
        lost_date=[f"2025-{1 + i % 12:02d}-{1 + i % 28:02d}" for i in gone],
        reasons="price",
        **columns,
    )
    return {"customers": customers, "lost_customers": lost}


def managers(result):
    return {g.group: g for g in result.by if g.dimension == "manager"}


def test_the_manager_of_the_riskiest_region_is_worst_raw_and_best_adjusted(found, table):
    groups = managers(found(**planted(table)))
    best, worst = groups["Best"], groups["Worst"]
    assert (best.rank_raw, best.rank_adjusted) == (1, 3)
    assert (worst.rank_raw, worst.rank_adjusted) == (2, 1)
    assert best.rate == pytest.approx(24 / 80)
    assert best.expected == pytest.approx(60 * 50 / 100 + 20 * 42 / 260)
    assert worst.expected == pytest.approx(20 * 50 / 100 + 140 * 42 / 260)
    assert worst.verdict is Place.ABOVE
    assert best.verdict in (Place.BELOW, Place.WITHIN)
    assert best.ratio < best.shrunk < 1 < worst.shrunk < worst.ratio
    assert best.standardised_by == ("region",)
    assert (best.active_at_start, best.at_risk) == (80, 80)


def test_a_customer_won_back_is_not_in_the_portfolio_twice(found, table):
    result = found(**planted(table, returned_date="2025-12-30"))
    assert (result.lost.n, result.winback.returned) == (92, 92)
    assert managers(result)["Best"].at_risk == 80
    assert result.active == result.lost.at_risk == 360


def test_expected_losses_sum_to_the_losses_in_every_dimension(found, table):
    result = found(**planted(table))
    for dimension in ("manager", "region"):
        rows = [g for g in result.by if g.dimension == dimension]
        assert sum(g.expected for g in rows) == pytest.approx(result.lost.n)
        assert sum(g.lost for g in rows) == result.lost.n
        assert sum(g.at_risk for g in rows) == result.lost.at_risk


def test_a_region_per_manager_cannot_be_standardised_away(found, table):
    plan = {"A": {"r1": (60, 30)}, "B": {"r2": (60, 5)}, "C": {"r3": (60, 5)}}
    groups = managers(found(**planted(table, plan)))
    assert groups["A"].standardised_by == ()
    assert groups["A"].ratio == pytest.approx(30 / (40 / 3))


def test_equal_managers_stay_inside_the_funnel_and_shrink_to_one(found, table):
    plan = {name: {"r": (50, 5)} for name in "ABCD"}
    for group in managers(found(**planted(table, plan))).values():
        assert (group.ratio, group.verdict) == (pytest.approx(1), Place.WITHIN)
        assert group.low_998 < group.low_95 < 1 < group.high_95 < group.high_998
        assert group.ci_low < 1 < group.ci_high


def test_without_customers_there_are_numbers_and_no_judgement(found, table):
    tables = planted(table, manager="Best", stage=None, competitor="Rival")
    del tables["customers"]
    result = found(**tables)
    assert [(g.dimension, g.group, g.lost, g.ratio, g.verdict) for g in result.by] == [
        ("manager", "Best", 92, None, Place.CANNOT_TELL),
        ("competitor", "Rival", 92, None, Place.CANNOT_TELL),
    ]
    assert result.lost.at_risk is None
    assert "survival" in result.absent


def test_few_losses_are_not_judged(found, table):
    groups = managers(found(params=Params(min_losses=93), **planted(table)))
    assert {g.verdict for g in groups.values()} == {Place.CANNOT_TELL}
    assert {g.ratio for g in groups.values()} == {None}


def test_customers_gone_before_or_come_after_are_not_at_risk(found, table):
    tables = planted(table)
    tables["customers"]["contract_end"] = tables["customers"]["registered_date"]
    result = found(**tables)  # contracts over in 2020, nothing bought since
    assert result.lost.at_risk == result.lost.n == 92
    assert result.active == 0


def test_everybody_lost_cannot_be_judged(found, table):
    groups = managers(found(**planted(table, {"A": {"r": (12, 12)}})))
    assert groups["A"].verdict is Place.CANNOT_TELL
    assert groups["A"].rate == 1


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=50))
def test_expected_is_the_rate_of_the_stratum(rows):
    lost = np.array([gone for _, gone in rows])
    expected = expected_losses(np.array([stratum for stratum, _ in rows]), lost)
    assert expected.sum() == pytest.approx(lost.sum())
    assert ((expected >= 0) & (expected <= 1)).all()


@given(st.integers(1, 300), st.floats(0.01, 0.99))
def test_funnel_limits_enclose_the_mean_and_widen(n, rate):
    inner, outer = funnel(n, rate, 0.95), funnel(n, rate, 0.998)
    assert 0 <= outer[0] <= inner[0] <= n * rate + 1
    assert n * rate - 1 <= inner[1] <= outer[1] <= n
    assert binom.cdf(np.floor(inner[1]) + 1, n, rate) >= 0.975 - 1e-12


def test_the_prior_is_strong_where_groups_are_alike_and_weak_where_they_differ():
    size, rate = np.full(8, 100.0), np.full(8, 0.2)
    alike = prior_strength(np.full(8, 20.0), size, rate)
    apart = prior_strength(np.array([2.0, 40, 5, 35, 3, 38, 6, 31]), size, rate)
    assert alike > 500
    assert apart < 20
    assert prior_strength(np.array([3.0]), np.array([10.0]), np.array([0.3])) == 10
