"""The index weighted by respondent, account, revenue and the survey's own weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.nps import POINTS, adjusted_wald
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.weighting import revenue_family, weighted


def weigh(table, revenue=None, params=None):
    given_answers = answers(table, Params())
    revenue = None if revenue is None else np.array(revenue, dtype=float)
    rows, contributions = weighted(given_answers, revenue, params or Params())
    return {row.by: row for row in rows}, contributions


def test_golden_revenue_weights(survey):
    rows, contributions = weigh(survey([6, 9, 9, 10, 8]), [500, 300, 100, 60, 40])
    revenue = rows["revenue"]
    assert revenue.value == pytest.approx(-4.0)
    assert revenue.n_eff == pytest.approx(2.815, abs=5e-4)
    assert revenue.ci_low is None
    assert sum(c.points for c in contributions) == pytest.approx(-4.0)
    assert [c.share for c in contributions] == pytest.approx([0.5, 0.3, 0.1, 0.06, 0.04])
    everyone, _ = weigh(survey([6, 9, 9, 10, 8]), params=Params(min_n=5))
    assert everyone["customer"].value == pytest.approx(40)


def test_below_min_n_only_revenue_is_told_as_the_sum_of_contributions(survey):
    rows, _ = weigh(survey([6, 9, 9, 10, 8], weight=1.0), [500, 300, 100, 60, 40])
    assert list(rows) == ["revenue"]


def test_every_respondent_once_is_the_plain_index(survey, answers_of):
    table = survey(answers_of(10, 8, 12))
    rows, contributions = weigh(table)
    plain = answers(table, Params()).counts
    row = rows["customer"]
    assert row.value == pytest.approx(POINTS * plain.index)
    assert row.se == pytest.approx(POINTS * plain.se)
    assert row.n_eff == pytest.approx(30)
    interval = adjusted_wald(plain).times(POINTS)
    assert (row.ci_low, row.ci_high) == pytest.approx((interval.low, interval.high))
    assert contributions == ()


def test_respondents_are_averaged_inside_their_account_first(survey):
    scores = [10] * 9 + [3] + [7] * 10
    accounts = ["big"] * 9 + ["small"] + [f"c{i}" for i in range(10)]
    rows, _ = weigh(survey(scores, customer_id=accounts))
    assert rows["customer"].value == pytest.approx(100 * 8 / 20)
    assert rows["account"].n == 12
    assert rows["account"].value == pytest.approx(0)  # one account up, one down, ten between


def test_the_linearised_standard_error(survey):
    rng = np.random.default_rng(1)
    scores, weights = rng.integers(0, 11, 40), rng.uniform(1, 9, 40)
    rows, _ = weigh(survey(scores.tolist(), weight=weights.tolist()))
    y = (scores >= 9).astype(float) - (scores <= 6)
    value = (weights * y).sum() / weights.sum()
    se = np.sqrt((weights**2 * (y - value) ** 2).sum()) / weights.sum()
    assert rows["weight"].value == pytest.approx(100 * value)
    assert rows["weight"].se == pytest.approx(100 * se)
    assert rows["weight"].ci_low < rows["weight"].value < rows["weight"].ci_high


@pytest.mark.parametrize("nothing", [0.0, -5.0, float("nan")])
def test_an_account_without_revenue_has_no_say(survey, nothing):
    rows, _ = weigh(survey([3, *[10] * 30]), [nothing, *[1.0] * 30])
    assert rows["revenue"].n == 30
    assert rows["revenue"].value == pytest.approx(100)
    assert rows["revenue"].ci_high == pytest.approx(100)
    assert rows["revenue"].ci_low < 90  # thirty equal answers are not certainty


def test_no_revenue_at_all_leaves_the_row_out(survey, answers_of):
    rows, contributions = weigh(survey(answers_of(5, 5, 5)), [0.0] * 15)
    assert list(rows) == ["customer"]
    assert contributions == ()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10), st.floats(0.1, 1e6)), min_size=10, max_size=30),
    st.floats(1e-3, 1e3),
)
def test_the_unit_of_the_weights_does_not_matter(survey, pairs, factor):
    scores = [score for score, _ in pairs]
    weights = np.array([weight for _, weight in pairs])
    once = weigh(survey(scores), weights)[0]["revenue"]
    scaled = weigh(survey(scores), weights * factor)[0]["revenue"]
    assert scaled.value == pytest.approx(once.value, abs=1e-8)
    assert scaled.se == pytest.approx(once.se, abs=1e-8)
    assert scaled.n_eff == pytest.approx(once.n_eff)
    assert -100 - 1e-9 <= once.value <= 100 + 1e-9


def _accounts(n, spread, seed=3):
    return np.exp(10 + spread * np.random.default_rng(seed).normal(size=n))


def test_an_interval_by_revenue_needs_thirty_effective_accounts(survey):
    scores = [10, 8, 3, 9] * 10
    rows, told = weigh(survey(scores), _accounts(40, 0.3))
    assert rows["revenue"].n_eff > 30
    assert rows["revenue"].ci_low < rows["revenue"].value < rows["revenue"].ci_high
    assert told == ()
    few, told = weigh(survey(scores[:32]), _accounts(32, 1.0))
    assert few["revenue"].n_eff < 30
    assert few["revenue"].ci_low is None
    assert len(told) == 32


def test_weights_with_giants_carry_no_interval_however_many(survey):
    rows, _ = weigh(survey([10, 8, 3, 9] * 200), _accounts(800, 1.6))
    assert rows["revenue"].n_eff > 30
    assert rows["revenue"].ci_low is None


def test_whether_the_largest_score_differently_is_tested(survey):
    scores = [3] * 20 + [10] * 40
    large_critical, _ = weigh(survey(scores), np.sort(_accounts(60, 0.8))[::-1])
    mixed, _ = weigh(survey(scores), _accounts(60, 0.8))
    assert large_critical["revenue"].p_value == pytest.approx(0.002)
    assert mixed["revenue"].p_value > 0.05
    families = revenue_family(list(large_critical.values()), Params())
    assert [(f.id, f.comparisons, f.passed) for f in families] == [("revenue_weight", 1, 1)]
    assert large_critical["customer"].p_value is None


def test_several_answers_of_an_account_are_one_deviation(survey):
    scores = [10, 10, 10, 3, 3, 3] * 10
    accounts = [f"c{i // 3}" for i in range(60)]
    plain, _ = weigh(survey(scores))
    clustered, _ = weigh(survey(scores, customer_id=accounts))
    assert clustered["customer"].se > 1.7 * plain["customer"].se
