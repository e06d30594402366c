"""The index weighted by respondent, account, revenue and the survey's own weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.nps import POINTS, adjusted_wald
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.weighting import (
    gives_one_away,
    revenue_family,
    units_of,
    weighted,
    weighted_index,
)

WAYS = ("customer", "account", "revenue", "weight")


def weigh(table, revenue=None, params=None):
    given_answers = answers(table, Params())
    revenue = None if revenue is None else np.array(revenue, dtype=float)
    rows = weighted(given_answers, revenue, params or Params(), told=WAYS)
    return {row.by: row for row in rows}


def test_golden_revenue_weights(survey):
    units = units_of(
        answers(survey([6, 9, 9, 10, 8]), Params()), np.array([500.0, 300, 100, 60, 40])
    )
    revenue = weighted_index("revenue", units["revenue"], Params())
    assert revenue.value == pytest.approx(-4.0)
    assert revenue.n_eff == pytest.approx(2.815, abs=5e-4)
    assert revenue.ci_low is None
    everyone = weigh(survey([6, 9, 9, 10, 8]), params=Params(min_n=5))
    assert everyone["customer"].value == pytest.approx(40)


def test_below_min_n_no_weighted_index_is_told(survey):
    assert weigh(survey([6, 9, 9, 10, 8], weight=1.0), [500, 300, 100, 60, 40]) == {}


def test_an_index_that_tells_how_one_account_answered_is_hidden(survey):
    """An account of 70 % of the revenue: an index of -60 fits only if it is a detractor."""
    scores = [3] + [10, 8] * 10
    rows = weigh(survey(scores), [700, *[15.0] * 20])
    assert (rows["revenue"].value, rows["revenue"].suppressed) == (None, True)
    even = weigh(survey(scores), [15.0] * 21)
    assert even["revenue"].value == pytest.approx(even["customer"].value)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([3, 8, 10]), st.floats(0.1, 100)), min_size=3, max_size=12)
)
def test_a_told_index_fits_two_answers_of_every_account(survey, pairs):
    """For every account some answers of all others make the same index with another answer."""
    units = units_of(
        answers(survey([score for score, _ in pairs]), Params()),
        np.array([weight for _, weight in pairs]),
    )["revenue"]
    if gives_one_away(units) or np.ptp(units.values) == 0:
        return
    index = units.shares @ units.values
    for share in units.shares:
        left = [index - share * own for own in (-1, 0, 1)]
        assert sum(abs(part) <= 1 - share + 1e-9 for part in left) >= 2


def test_every_respondent_once_is_the_plain_index(survey, answers_of):
    table = survey(answers_of(10, 8, 12))
    rows = weigh(table)
    plain = answers(table, Params()).counts
    row = rows["customer"]
    assert row.value == pytest.approx(POINTS * plain.index)
    assert row.se == pytest.approx(POINTS * plain.se)
    assert row.n_eff == pytest.approx(30)
    interval = adjusted_wald(plain).times(POINTS)
    assert (row.ci_low, row.ci_high) == pytest.approx((interval.low, interval.high))


def test_respondents_are_averaged_inside_their_account_first(survey):
    scores = [10] * 9 + [3] + [7] * 10
    accounts = ["big"] * 9 + ["small"] + [f"c{i}" for i in range(10)]
    rows = weigh(survey(scores, customer_id=accounts))
    assert rows["customer"].value == pytest.approx(100 * 8 / 20)
    assert rows["account"].n == 12
    assert rows["account"].value == pytest.approx(0)  # one account up, one down, ten between


def test_the_linearised_standard_error(survey):
    rng = np.random.default_rng(1)
    scores, weights = rng.integers(0, 11, 40), rng.uniform(1, 9, 40)
    rows = weigh(survey(scores.tolist(), weight=weights.tolist()))
    y = (scores >= 9).astype(float) - (scores <= 6)
    value = (weights * y).sum() / weights.sum()
    se = np.sqrt((weights**2 * (y - value) ** 2).sum()) / weights.sum()
    assert rows["weight"].value == pytest.approx(100 * value)
    assert rows["weight"].se == pytest.approx(100 * se)
    assert rows["weight"].ci_low < rows["weight"].value < rows["weight"].ci_high


@pytest.mark.parametrize("nothing", [0.0, -5.0, float("nan")])
def test_an_account_without_revenue_has_no_say(survey, nothing):
    rows = weigh(survey([3, *[10] * 30]), [nothing, *[1.0] * 30])
    assert rows["revenue"].n == 30
    assert rows["revenue"].value == pytest.approx(100)
    assert rows["revenue"].ci_high == pytest.approx(100)
    assert rows["revenue"].ci_low < 90  # thirty equal answers are not certainty


def test_no_revenue_at_all_leaves_the_row_out(survey, answers_of):
    rows = weigh(survey(answers_of(5, 5, 5)), [0.0] * 15)
    assert list(rows) == ["customer"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10), st.floats(0.1, 1e6)), min_size=10, max_size=30),
    st.floats(1e-3, 1e3),
)
def test_the_unit_of_the_weights_does_not_matter(survey, pairs, factor):
    scores = [score for score, _ in pairs]
    weights = np.array([weight for _, weight in pairs])
    once = weigh(survey(scores), weights)["revenue"]
    scaled = weigh(survey(scores), weights * factor)["revenue"]
    assert scaled.value == pytest.approx(once.value, abs=1e-8)
    assert scaled.se == pytest.approx(once.se, abs=1e-8)
    assert scaled.n_eff == pytest.approx(once.n_eff)
    assert once.suppressed or -100 - 1e-9 <= once.value <= 100 + 1e-9


def _accounts(n, spread, seed=3):
    return np.exp(10 + spread * np.random.default_rng(seed).normal(size=n))


def test_an_interval_by_revenue_needs_thirty_effective_accounts(survey):
    scores = [10, 8, 3, 9] * 10
    rows = weigh(survey(scores), _accounts(40, 0.3))
    assert rows["revenue"].n_eff > 30
    assert rows["revenue"].ci_low < rows["revenue"].value < rows["revenue"].ci_high
    few = weigh(survey(scores[:32]), _accounts(32, 1.0))
    assert few["revenue"].n_eff < 30
    assert few["revenue"].ci_low is None


def test_weights_with_giants_carry_no_interval_however_many(survey):
    rows = weigh(survey([10, 8, 3, 9] * 200), _accounts(800, 1.6))
    assert rows["revenue"].n_eff > 30
    assert rows["revenue"].ci_low is None


def test_whether_the_largest_score_differently_is_tested(survey):
    scores = [3] * 20 + [10] * 40
    large_critical = weigh(survey(scores), np.sort(_accounts(60, 0.8))[::-1])
    mixed = weigh(survey(scores), _accounts(60, 0.8))
    assert large_critical["revenue"].p_value == pytest.approx(0.002)
    assert mixed["revenue"].p_value > 0.05
    families = revenue_family(list(large_critical.values()), Params())
    assert [(f.id, f.comparisons, f.passed) for f in families] == [("revenue_weight", 1, 1)]
    assert large_critical["customer"].p_value is None


def test_several_answers_of_an_account_are_one_deviation(survey):
    scores = [10, 10, 10, 3, 3, 3] * 10
    accounts = [f"c{i // 3}" for i in range(60)]
    plain = weigh(survey(scores))
    clustered = weigh(survey(scores, customer_id=accounts))
    assert clustered["customer"].se > 1.7 * plain["customer"].se
