"""Observed against expected losses: the raw league table is not the fair one."""

from datetime import date

import pytest

from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio_result import FunnelZone

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
    # Near what the rates of the regions give (33.2, 32.6): who leaves late is at risk for longer.
    assert best.expected == pytest.approx(60 * 50 / 100 + 20 * 42 / 260, rel=0.1)
    assert worst.expected == pytest.approx(20 * 50 / 100 + 140 * 42 / 260, rel=0.1)
    assert worst.verdict in (FunnelZone.ABOVE, FunnelZone.FAR_ABOVE)
    assert best.verdict in (FunnelZone.BELOW, FunnelZone.WITHIN)
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
    assert groups["A"].ratio == pytest.approx(30 / (40 / 3), rel=0.15)


def test_equal_managers_stay_inside_the_funnel_and_shrink_to_one(found, table):
    plan = {name: {"r": (50, 5)} for name in "ABCD"}
    for group in managers(found(**planted(table, plan))).values():
        assert (group.ratio, group.verdict) == (pytest.approx(1, rel=0.05), FunnelZone.WITHIN)
        assert group.low_998 <= group.low_95 < 1 < group.high_95 <= group.high_998
        assert group.ci_low < 1 < group.ci_high


def test_without_customers_there_are_numbers_and_no_judgement(found, table):
    tables = planted(table, manager="Best", stage=None, competitor="Rival")
    del tables["customers"]
    result = found(**tables)
    assert [(g.dimension, g.group, g.lost, g.ratio, g.verdict) for g in result.by] == [
        ("manager", "Best", 92, None, FunnelZone.CANNOT_TELL),
        ("competitor", "Rival", 92, None, FunnelZone.CANNOT_TELL),
    ]
    assert result.lost.at_risk is None
    assert "survival" in result.absent


def test_few_losses_are_not_judged(found, table):
    groups = managers(found(params=Params(min_losses=93), **planted(table)))
    assert {g.verdict for g in groups.values()} == {FunnelZone.CANNOT_TELL}
    assert {g.ratio for g in groups.values()} == {None}


def test_customers_gone_before_or_come_after_are_not_at_risk(found, table):
    tables = planted(table)
    tables["customers"]["contract_end"] = tables["customers"]["registered_date"]
    result = found(**tables)  # contracts over in 2020, nothing bought since
    assert result.lost.at_risk == result.lost.n == 92
    assert result.active == 0


def test_everybody_lost_cannot_be_judged(found, table):
    groups = managers(found(**planted(table, {"A": {"r": (12, 12)}})))
    assert groups["A"].verdict is FunnelZone.CANNOT_TELL
    assert groups["A"].rate == 1


def region_of(manager):
    return "North" if manager in "AB" else "South"


def engagement(table, plan, *, new=(), column="manager", since="2025-07-01"):
    """Return customers of each group (number, lost); those of ``new`` were all won ``since``.

    Losses are spread evenly over the time that a group's customers are there.
    """
    customers, lost = [], []
    for group, (n, losses) in plan.items():
        first = date.fromisoformat(since if group in new else "2020-01-01")
        open_day = max(first, date(2025, 1, 1)).toordinal()
        for i in range(n):
            customers.append((f"{group}{i}", group, first.isoformat()))
            if i < losses:
                span = date(2025, 12, 31).toordinal() - open_day
                day = open_day + 1 + (i * span) // max(losses, 1)
                lost.append((f"{group}{i}", date.fromordinal(day).isoformat()))
    return {
        "customers": table(
            customer_id=[c for c, _, _ in customers],
            registered_date=[d for _, _, d in customers],
            **{column: [g for _, g, _ in customers]},
        ),
        "lost_customers": table(
            customer_id=[c for c, _ in lost], lost_date=[d for _, d in lost], reasons="price"
        ),
    }


def test_customers_won_in_the_year_are_expected_to_lose_less(found, table):
    """Half a year at the same speed: half the losses are expected, though heads are the same."""
    plan = {"Old": (100, 40), "New": (100, 20)}
    groups = managers(found(**engagement(table, plan, new=("New",))))
    assert groups["New"].customer_years < 0.6 * groups["Old"].customer_years
    assert groups["Old"].ratio == pytest.approx(1, abs=0.12)
    assert groups["New"].ratio == pytest.approx(1, abs=0.2)
    assert {g.differs for g in groups.values()} == {False}


def test_a_customer_of_unknown_beginning_is_at_risk_from_the_first_day(found, table):
    tables = engagement(table, {"A": (60, 12), "B": (60, 12)})
    tables["customers"]["registered_date"] = None
    groups = managers(found(**tables, params=Params(register_since=date(2025, 1, 1))))
    stayed = 48 * 365 / 365
    assert groups["A"].customer_years == pytest.approx(stayed + 12 * 0.46, abs=1)


def test_a_customer_won_back_is_at_risk_again(found, table):
    tables = engagement(table, {"A": (60, 12), "B": (60, 12)})
    without = managers(found(**tables))["A"].customer_years
    tables["lost_customers"]["returned_date"] = tables["lost_customers"]["lost_date"]
    back = managers(found(**tables))["A"]
    assert back.customer_years > without + 3
    assert (back.at_risk, back.lost) == (60, 12)


def test_the_same_customers_under_two_names_are_one_comparison(found, table):
    """Each manager has a region of its own: the region is told, not the person."""
    tables = engagement(table, {"A": (60, 30), "B": (60, 6), "C": (60, 6)})
    tables["customers"]["region"] = "r" + tables["customers"]["manager"]
    result = found(**tables)
    people, regions = managers(result), {g.group: g for g in result.by if g.dimension == "region"}
    assert regions["rA"].stands_out
    assert (people["A"].repeats, people["A"].stands_out) == ("region", False)
    assert people["A"].p_holm == regions["rA"].p_holm
    (family,) = [f for f in result.families if f.id == "losses_by_group"]
    assert (family.comparisons, family.passed) == (3, 3)
    named = [name for claim in result.findings for name in claim.singled_out]
    assert named == ["rA"]


def test_a_person_within_a_group_that_stands_out_is_not_the_one_named(found, table):
    """Two managers serve the North alone; it loses more, whoever looks after it."""
    tables = engagement(table, {"A": (60, 30), "B": (60, 30), "C": (60, 5), "D": (60, 5)})
    tables["customers"]["segment"] = [region_of(m) for m in tables["customers"]["manager"]]
    tables["customers"].loc[tables["customers"].index[0], "segment"] = "North"
    result = found(**tables)
    assert [g.group for g in result.by if g.stands_out] == ["North"]


def test_of_two_groups_one_test_is_counted(found, table):
    result = found(**engagement(table, {"A": (80, 30), "B": (80, 8)}))
    a, b = managers(result)["A"], managers(result)["B"]
    assert a.p_value == pytest.approx(b.p_value)
    assert (a.p_holm, b.p_holm) == (pytest.approx(a.p_value), pytest.approx(a.p_value))
    assert (a.stands_out, b.stands_out, a.differs, b.differs) == (True, False, True, True)
    (family,) = [f for f in result.families if f.id == "losses_by_group"]
    assert (family.comparisons, family.passed, family.correction) == (1, 1, "single")


def test_the_only_group_of_a_dimension_is_not_tested(found, table):
    result = found(**engagement(table, {"A": (80, 30)}))
    (only,) = managers(result).values()
    assert (only.p_value, only.ratio, only.verdict) == (None, None, FunnelZone.CANNOT_TELL)
    assert only.expected == pytest.approx(30)
    assert not [f for f in result.families if f.id == "losses_by_group"]


def test_limits_are_whole_numbers_and_chance_beyond_them_is_stated(found, table):
    plan = {name: (50, 5 + i % 3) for i, name in enumerate("ABCDEF")}
    for group in managers(found(**engagement(table, plan))).values():
        for limit in (group.low_95, group.high_95, group.low_998, group.high_998):
            assert limit * group.expected == pytest.approx(round(limit * group.expected))
        assert 0 < group.beyond_95 <= 0.05


def test_row_order_and_names_do_not_matter(found, table):
    tables = engagement(table, {"A": (60, 20), "B": (60, 8), "C": (40, 8)}, new=("C",))
    first = managers(found(**tables))
    turned = {name: frame.iloc[::-1] for name, frame in tables.items()}
    assert managers(found(**turned)) == first
