"""Mending one reason: who would have stayed, who could come back, and in which range."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.churn_reasons.compute import Sources, compute
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.prevention_result import CANDIDATES
from workbook.diagnostics.churn_reasons.sources.taxonomy_file import load_taxonomy
from workbook.diagnostics.what_if.mended_reason import (
    Returns,
    StillAway,
    members,
    mended_reason,
    named_reason,
    still_away,
)
from workbook.language.package_data import templates
from workbook.stats.data_table import DataTable


@dataclass(frozen=True, kw_only=True)
class Row:
    reason: str = "late_delivery"
    label: str = "Late delivery"
    group: str = "delivery"
    any: int = 10
    fractional: float = 7.5
    sole: int = 6
    revenue: float | None = 750.0
    revenue_any: float | None = 1000.0
    revenue_sole: float | None = 500.0


def mended(row=None, **changed):
    facts = {
        "of_losses": 40,
        "of_revenue": 4000.0,
        "revenue_known": 40,
        "away": StillAway(n=8, revenue=800.0),
        "returns": Returns(n=40, returned=10),
    }
    return mended_reason(row or Row(), **{**facts, **changed})


def test_ten_losses_of_which_six_name_nothing_else():
    """Six would have stayed for certain; of the other four, who name a second or a third reason,
    none or all; with equal weights 7.5 of 10, so that a quarter would leave anyway.
    """
    found = mended()
    assert (found.named, found.of_losses, found.leave_anyway) == (10, 40, 0.25)
    kept = found.kept
    assert (kept.customers, kept.low, kept.high) == (7.5, 6, 10)
    assert (kept.revenue, kept.revenue_low, kept.revenue_high) == (750, 500, 1000)
    assert kept.customers == found.named * (1 - found.leave_anyway)


def test_those_still_away_come_back_at_the_rate_of_all_losses():
    """10 of 40 came back; Wilson's interval of 0.25 is 0.1419 to 0.4019 (by its formula)."""
    back = mended().won_back
    assert back.customers == 2
    assert back.low == pytest.approx(8 * 0.14187, abs=1e-3)
    assert back.high == pytest.approx(8 * 0.40194, abs=1e-3)
    assert back.revenue == 200
    assert back.revenue_high == pytest.approx(800 * 0.40194, abs=0.1)


def test_a_rate_of_the_consultant_has_no_range():
    found = mended(win_back=0.5)
    assert (found.rate, found.returns) == (0.5, None)
    assert (found.won_back.customers, found.won_back.revenue) == (4, 400)
    assert (found.won_back.low, found.won_back.revenue_high) == (None, None)


@pytest.mark.parametrize("returns", [None, Returns(n=0, returned=0)])
def test_without_a_rate_nothing_is_told_of_winning_back(returns):
    found = mended(returns=returns)
    assert (found.rate, found.won_back, found.returns) == (None, None, None)
    assert found.kept.customers == 7.5


def test_without_revenue_customers_alone_are_told():
    row = Row(revenue=None, revenue_any=None, revenue_sole=None)
    found = mended(row, of_revenue=None, away=StillAway(n=8, revenue=None), revenue_known=0)
    assert (found.kept.customers, found.kept.revenue, found.kept.revenue_low) == (7.5, None, None)
    assert (found.won_back.customers, found.won_back.revenue) == (2, None)


@pytest.mark.parametrize(
    "changed",
    [{"revenue_any": 4001.0}, {"revenue_sole": 800.0}, {"revenue_sole": -5.0}, {"revenue": 1100.0}],
)
def test_revenue_that_is_no_part_of_the_whole_is_not_told(changed):
    kept = mended(replace(Row(), **changed)).kept
    assert (kept.revenue, kept.revenue_low, kept.revenue_high) == (None, None, None)
    assert (kept.customers, kept.low, kept.high) == (7.5, 6, 10)


def test_more_losses_of_a_reason_than_there_are_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="10 of 9 losses"):
        mended(of_losses=9)


def test_a_reason_that_nobody_names_keeps_nobody():
    found = mended(Row(any=0, fractional=0.0, sole=0, revenue=0.0, revenue_any=0.0,
                       revenue_sole=0.0))  # fmt: skip
    assert found.leave_anyway is None
    assert (found.kept.low, found.kept.high) == (0, 0)


@given(
    reasons=st.lists(st.integers(1, 5), max_size=30),
    others=st.integers(0, 30),
    money=st.lists(st.integers(0, 10**7), min_size=30, max_size=30),
    returned=st.integers(0, 60),
    away=st.integers(0, 30),
)
def test_points_lie_in_their_ranges_and_parts_in_their_whole(
    reasons, others, money, returned, away
):
    """``reasons``: how many reasons each loss has that names this one."""
    n = len(reasons) + others
    revenue = sum(money[: len(reasons)])
    row = Row(
        any=len(reasons),
        fractional=sum(1 / k for k in reasons),
        sole=reasons.count(1),
        revenue=sum(m / k for m, k in zip(money, reasons, strict=False)),
        revenue_any=float(revenue),
        revenue_sole=float(sum(m for m, k in zip(money, reasons, strict=False) if k == 1)),
    )
    found = mended(
        row,
        of_losses=n,
        of_revenue=float(revenue),
        away=StillAway(n=min(away, row.any), revenue=revenue / 2),
        returns=Returns(n=60, returned=returned),
    )
    for effect in (found.kept, found.won_back):
        assert 0 <= effect.low <= effect.customers + 1e-9
        assert effect.customers <= effect.high + 1e-9 <= n + 2e-9
        assert effect.revenue_low <= effect.revenue * (1 + 1e-9)
        assert effect.revenue <= effect.revenue_high * (1 + 1e-9)
        assert effect.revenue_high <= revenue * (1 + 1e-9)


@given(rates=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_higher_rate_brings_back_no_fewer(rates):
    low, high = (mended(win_back=rate).won_back for rate in sorted(rates))
    assert low.customers <= high.customers
    assert low.revenue <= high.revenue


def test_a_reason_is_found_by_id_and_by_name_and_a_group_before_its_reasons():
    group = Row(reason="delivery", label="Delivery", group="delivery")
    late = Row()
    same_word = Row(reason="delivery", label="Delivery")
    for word in ("late_delivery", "LATE delivery", " Late delivery!"):
        assert named_reason(word, [group], [late]) is late
    assert named_reason("delivery", [group], [same_word, late]) is group
    assert named_reason("price", [group], [late]) is None
    assert members(group, [late]) == {"delivery", "late_delivery"}
    assert members(late, [late]) == {"late_delivery"}


def test_still_away_are_the_candidates_that_name_the_reason():
    frame = pd.DataFrame(
        {
            "customer_id": ["a", "b", "c", "d"],
            "name": "", "manager": "", "lost_date": pd.Timestamp("2025-03-01"),
            "destination": "", "competitor": "",
            "reasons": [("x", "y"), ("y",), ("x",), ("x",)],
            "labels": [()] * 4,
            "revenue": [10.0, 20.0, 30.0, np.nan],
            "preventable_part": 0.5, "recency": 1.0, "score": 1.0,
            "instrument": None, "cause_mended": None,
        }
    )  # fmt: skip
    candidates = DataTable(CANDIDATES, frame)
    assert still_away(candidates, {"x"}) == StillAway(n=3, revenue=40.0)
    assert still_away(candidates.where(frame["revenue"].isna()), {"x"}) == StillAway(
        n=1, revenue=None
    )
    assert still_away(candidates, {"z"}) == StillAway(n=0, revenue=None)


def test_what_a_register_counts_goes_in_as_it_is(inputs, table):
    """Five losses of 100 each, of which four name late delivery; one of them has come back."""
    lost = table(
        customer_id=list("abcde"),
        lost_date="2025-03-01",
        reasons=["late_delivery", "late_delivery; price_high", "late_delivery", "late_delivery",
                 "price_high"],
        returned_date=["2025-06-01", None, None, None, None],
        annual_revenue=100.0,
    )  # fmt: skip
    taxonomy = load_taxonomy(templates() / "reasons.yaml")
    result = compute(inputs(lost_customers=lost), Params(), Sources(taxonomy=taxonomy))
    row = named_reason("Late delivery", result.groups, result.reasons)
    away = still_away(result.candidates, members(row, result.reasons))
    found = mended_reason(
        row,
        of_losses=result.lost.n,
        of_revenue=result.lost.revenue,
        revenue_known=result.lost.revenue_known,
        away=away,
        returns=Returns(n=result.winback.n, returned=result.winback.returned),
    )
    assert (found.kept.low, found.kept.customers, found.kept.high) == (3, 3.5, 4)
    assert (found.kept.revenue_low, found.kept.revenue, found.kept.revenue_high) == (300, 350, 400)
    assert away == StillAway(n=3, revenue=300.0)
    assert (found.rate, found.won_back.customers) == (0.2, pytest.approx(0.6))
    assert found.won_back.revenue == pytest.approx(60)
