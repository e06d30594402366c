"""Key drivers: LMG shares against R's relaimpo, bootstrap, and the ordered logit check."""

import time
from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.drivers import drivers
from workbook.diagnostics.loyalty.marks import marks
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.shapley import (
    bootstrap_correlations,
    correlation,
    lmg,
    lmg_of_outcomes,
)

# R's `swiss` (Mosteller and Tukey 1977): Fertility, Agriculture, Examination, Education,
# Catholic, Infant.Mortality of 47 French-speaking provinces about 1888.
SWISS_TEXT = """
    80.2 17.0 15 12 9.96 22.2   83.1 45.1 6 9 84.84 22.2    92.5 39.7 5 5 93.40 20.2
    85.8 36.5 12 7 33.77 20.3   76.9 43.5 17 15 5.16 20.6   76.1 35.3 9 7 90.57 26.6
    83.8 70.2 16 7 92.85 23.6   92.4 67.8 14 8 97.16 24.9   82.4 53.3 12 7 97.67 21.0
    82.9 45.2 16 13 91.38 24.4  87.1 64.5 14 6 98.61 24.5   64.1 62.0 21 12 8.52 16.5
    66.9 67.5 14 7 2.27 19.1    68.9 60.7 19 12 4.43 22.7   61.7 69.3 22 5 2.82 18.7
    68.3 72.6 18 2 24.20 21.2   71.7 34.0 17 8 3.30 20.0    55.7 19.4 26 28 12.11 20.2
    54.3 15.2 31 20 2.15 10.8   65.1 73.0 19 9 2.84 20.0    65.5 59.8 22 10 5.23 18.0
    65.0 55.1 14 3 4.52 22.4    56.6 50.9 22 12 15.14 16.7  57.4 54.1 20 6 4.20 15.3
    72.5 71.2 12 1 2.40 21.0    74.2 58.1 14 8 5.23 23.8    72.0 63.5 6 3 2.56 18.0
    60.5 60.8 16 10 7.72 16.3   58.3 26.8 25 19 18.46 20.9  65.4 49.5 15 8 6.10 22.5
    75.5 85.9 3 2 99.71 15.1    69.3 84.9 7 6 99.68 19.8    77.3 89.7 5 2 100.00 18.3
    70.5 78.2 12 6 98.96 19.4   79.4 64.9 7 3 98.22 20.2    65.0 75.9 9 9 99.06 17.8
    92.2 84.6 3 3 99.46 16.3    79.3 63.1 13 13 96.83 18.1  70.4 38.4 26 12 5.62 20.3
    65.7 7.7 29 11 13.79 20.5   72.7 16.7 22 13 11.22 18.9  64.4 17.6 35 32 16.92 23.0
    77.6 37.6 15 7 4.97 20.0    67.6 18.7 25 7 8.65 19.5    35.0 1.2 37 53 42.34 18.0
    44.7 46.6 16 29 50.43 18.2  42.8 27.7 22 29 58.33 19.3
"""
SWISS = np.array(SWISS_TEXT.split(), dtype=float).reshape(47, 6)
GOLDEN_LMG = [0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592]
"""Agriculture, Examination, Education, Catholic, Infant.Mortality (relaimpo's manual)."""


def test_golden_shares_of_the_swiss_data():
    shares = lmg(correlation(SWISS[:, 1:], SWISS[:, 0]))[0]
    assert shares == pytest.approx(GOLDEN_LMG, abs=5e-9)
    assert shares.sum() == pytest.approx(0.706735, abs=5e-7)


def test_shares_are_the_mean_gain_over_all_orders_of_entry():
    x, y = SWISS[:, 1:5], SWISS[:, 0]

    def r2(columns):
        return sm.OLS(y, sm.add_constant(x[:, columns])).fit().rsquared if columns else 0.0

    gains = np.zeros(4)
    for order in permutations(range(4)):
        for k, j in enumerate(order):
            gains[j] += r2(list(order[: k + 1])) - r2(list(order[:k]))
    assert lmg(correlation(x, y))[0] == pytest.approx(gains / 24)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.integers(2, 40), st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_shares_are_never_negative_and_sum_to_r2(p, n, seed, levels):
    rng = np.random.default_rng(seed)
    x, y = rng.integers(0, levels, (n, p)).astype(float), rng.integers(0, 5, n).astype(float)
    shares = lmg(correlation(x, y))[0]
    assert (shares >= -1e-9).all()
    if np.ptp(y) == 0:
        assert shares.sum() == 0
    else:
        design = np.column_stack([np.ones(n), x])
        residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        assert shares.sum() == pytest.approx(1 - residual.var() / y.var(), abs=1e-7)


def test_parameters_that_say_the_same_share_equally():
    x = np.column_stack([SWISS[:, 3], SWISS[:, 3], SWISS[:, 1]])
    shares = lmg(correlation(x, SWISS[:, 0]))[0]
    assert shares[0] == pytest.approx(shares[1])
    without = lmg(correlation(x[:, 1:], SWISS[:, 0]))[0]
    assert shares.sum() == pytest.approx(without.sum())


def test_a_resampled_correlation_is_that_of_the_resampled_rows():
    rng = np.random.default_rng(3)
    drawn = rng.integers(47, size=47)
    repeats = np.bincount(drawn, minlength=47)[None, :]
    found = bootstrap_correlations(SWISS[:, 1:], SWISS[:, 0], repeats)[0]
    rows = SWISS[drawn]
    expected = np.corrcoef(np.column_stack([rows[:, 1:], rows[:, 0]]), rowvar=False)
    assert found == pytest.approx(expected)


def test_more_than_twelve_parameters_are_refused():
    with pytest.raises(ValueError, match="13 predictors"):
        lmg(np.zeros((1, 14, 14)))


NAMES = ["price", "speed", "quality", "service"]


@pytest.fixture
def rated(table, survey):
    """Build survey answers and marks in which quality matters most and price not at all."""

    def build(n=120, names=NAMES, seed=5, constant=()):
        rng = np.random.default_rng(seed)
        given = rng.integers(1, 6, (n, len(names)))
        given[:, [names.index(name) for name in constant]] = 4
        weights = np.resize([0, 0.3, 1.5, 0.4], len(names)) * 4 / len(names)
        scores = np.clip(np.rint(given @ weights + rng.normal(size=n)), 0, 10).astype(int)
        people = [f"r{i}" for i in range(n)]
        frame = table(
            respondent_id=[p for p in people for _ in names],
            date="2025-06-01",
            product="x",
            parameter=names * n,
            mark=given.ravel().astype(float).tolist(),
        )
        return survey(scores.tolist(), respondent_id=people), frame

    return build


def drive(scored, marked, **options):
    params = Params(**({"bootstrap": 200} | options))
    return drivers(answers(scored, params), marks(marked, "customer"), params)


def test_drivers_sum_to_r2_and_come_in_order(rated):
    found = drive(*rated())
    assert found.n == 120
    assert found.drivers[0].parameter == "quality"
    assert sum(d.lmg for d in found.drivers) == pytest.approx(found.r2)
    assert [d.lmg for d in found.drivers] == sorted((d.lmg for d in found.drivers), reverse=True)
    assert all(0 <= d.ci_low < d.ci_high <= 1 for d in found.drivers)
    assert found.drivers[0].ci_low < found.drivers[0].lmg < found.drivers[0].ci_high
    assert 1 <= found.drivers[0].mean <= 5


def test_the_ordered_logit_agrees_that_quality_matters(rated):
    checks = {d.parameter: d for d in drive(*rated()).drivers}
    assert checks["quality"].ordered_logit > 0.5
    assert checks["quality"].ordered_logit_p < 0.001
    assert checks["price"].ordered_logit_p > 0.01


def test_the_order_of_rows_does_not_matter(rated):
    scored, marked = rated()
    shuffled = drive(scored.sample(frac=1, random_state=1), marked.sample(frac=1, random_state=2))
    once = drive(scored, marked)
    for a, b in zip(once.drivers, shuffled.drivers, strict=True):
        assert a.parameter == b.parameter
        assert (a.lmg, a.ci_low, a.ci_high) == pytest.approx((b.lmg, b.ci_low, b.ci_high))


def test_fewer_than_ten_cases_per_parameter_give_no_drivers(rated):
    found = drive(*rated(n=39))
    assert (found.drivers, found.r2, found.n) == ((), None, 39)
    assert len(drive(*rated(n=40)).drivers) == 4


def test_respondents_who_left_a_parameter_out_are_no_complete_cases(rated):
    scored, marked = rated(n=60)
    assert drive(scored, marked.iloc[1:]).n == 59


def test_a_parameter_without_variance_drives_nothing(rated):
    found = drive(*rated(constant=["speed"]))
    assert {d.parameter for d in found.drivers} == {"price", "quality", "service"}


def test_equal_scores_have_no_drivers(rated, survey):
    scored, marked = rated()
    equal = scored.assign(score=scored["score"] * 0 + 9)
    assert drive(equal, marked).drivers == ()


def test_nobody_in_common_gives_no_drivers(rated, survey):
    found = drive(survey([5] * 20, respondent_id=[f"other {i}" for i in range(20)]), rated()[1])
    assert (found.drivers, found.n) == ((), 0)


def test_customers_join_where_respondents_do_not(rated):
    scored, marked = rated()
    scored = scored.assign(customer_id=scored["respondent_id"], respondent_id="s")
    marked = marked.assign(customer_id=marked["respondent_id"], respondent_id="m")
    assert drive(scored, marked).n == 120


def test_at_most_the_twelve_most_often_marked_parameters_are_taken(rated):
    names = [f"p{i}" for i in range(14)]
    scored, marked = rated(n=130, names=names)
    marked = marked.drop(marked.index[marked["parameter"].isin(["p3", "p7"])][:4])
    found = drive(scored, marked, bootstrap=10)
    assert {d.parameter for d in found.drivers} == set(names) - {"p3", "p7"}


def test_no_draws_give_no_interval(rated):
    assert drive(*rated(), bootstrap=0).drivers[0].ci_low is None


def test_a_thousand_draws_of_six_parameters_take_less_than_a_second():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(500, 6)), rng.normal(size=500)
    start = time.perf_counter()
    repeats = rng.multinomial(500, np.full(500, 1 / 500), size=1000)
    assert lmg(bootstrap_correlations(x, y, repeats)).shape == (1000, 6)
    assert time.perf_counter() - start < 1


def test_shares_of_many_outcomes_are_those_of_one_after_the_other():
    rng = np.random.default_rng(8)
    x, outcomes = rng.normal(size=(50, 4)), rng.normal(size=(7, 50))
    x[:, 3] = x[:, 0] + x[:, 1]
    each = [correlation(x, y)[0] for y in outcomes]
    found = lmg_of_outcomes(each[0][:-1, :-1], np.array([m[:-1, -1] for m in each]).T)
    assert found == pytest.approx(np.array([lmg(m[None])[0] for m in each]))


def test_a_strong_driver_is_named_beyond_chance(rated):
    found = drive(*rated())
    assert found.test.beyond_chance
    assert found.test.p_value == pytest.approx(0.001)
    assert found.test.r2_adjusted < found.r2
    assert found.leaders == ("quality",)
    assert [(f.id, f.comparisons, f.passed) for f in found.families(Params())] == [
        ("drivers", 1, 1),
        ("driver_lead", 3, 3),
    ]


def test_marks_that_have_nothing_to_do_with_the_score_name_nobody(rated):
    scored, marked = rated()
    shuffled = scored.assign(score=scored["score"].sample(frac=1, random_state=4).to_numpy())
    found = drive(shuffled, marked)
    assert not found.test.beyond_chance
    assert len(found.leaders) == 4
    assert [f.passed for f in found.families(Params())] == [0, 0]
    assert found.drivers[0].lmg < 3 * found.drivers[0].chance


def test_what_chance_gives_is_a_percentile_of_permuted_shares(rated):
    for driver in drive(*rated()).drivers:
        assert 0 < driver.chance < 0.1


def test_respondents_of_one_customer_stay_together(rated):
    """Scores that differ between customers only: sixty answers are no more than twelve."""
    scored, marked = rated(n=60)
    customer = [f"c{i // 5}" for i in range(60)]
    whole = scored["score"].groupby(customer).transform("first")
    found = drive(scored.assign(score=whole, customer_id=customer), marked)
    assert found.test.customers == 12


def test_the_ordered_logit_says_where_it_agrees(rated):
    check = drive(*rated()).check
    assert check.rank_correlation is not None
    assert "quality" not in (*check.order_differs, *check.sign_differs)
