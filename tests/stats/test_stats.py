"""Arithmetic shared by the diagnostics, against published and independent values."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as reference
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from workbook.stats import (
    Interval,
    clustered_difference,
    effective_n,
    holm,
    mean_interval,
    normal_p,
    normal_quantile,
    t_p,
    t_quantile,
    welch,
    wilson,
)

marks = st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=2, max_size=30)
p_values = st.lists(st.floats(0, 1), max_size=12)


def test_quantiles_are_those_of_the_tables():
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054)
    assert t_quantile(0.95, 9) == pytest.approx(2.262157162740992)
    assert normal_p(1.959963984540054) == pytest.approx(0.05)
    assert t_p(2.262157162740992, 9) == pytest.approx(0.05)


@pytest.mark.parametrize("confidence", [0, 1, 1.5, -0.1])
def test_a_confidence_outside_0_and_1_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence"):
        normal_quantile(confidence)


@pytest.mark.parametrize(
    ("successes", "n"), [(0, 1), (1, 1), (3, 10), (0, 20), (81, 263), (20, 20)]
)
def test_wilson_is_that_of_statsmodels(successes, n):
    low, high = proportion_confint(successes, n, method="wilson")
    found = wilson(successes, n)
    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(high, abs=1e-12)


def test_a_share_of_nothing_has_no_interval():
    assert wilson(0, 0) is None


def test_more_successes_than_trials_are_refused():
    with pytest.raises(ValueError, match="3 successes of 2"):
        wilson(3, 2)


def test_holm_of_a_worked_example():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_holm_of_nothing_is_nothing():
    assert holm([]) == ()


@pytest.mark.parametrize("values", [[0.5], [0.001, 0.2, 0.04, 0.04, 0.9, 0.012], [1.0, 1.0, 0.3]])
def test_holm_is_that_of_statsmodels(values):
    assert holm(values) == pytest.approx(tuple(multipletests(values, method="holm")[1]))


@given(p_values)
def test_holm_never_makes_a_p_value_smaller(given_values):
    assert all(a >= b for a, b in zip(holm(given_values), given_values, strict=True))


def test_effective_n_of_equal_weights_is_their_number():
    assert effective_n([7.0] * 5) == pytest.approx(5)


def test_effective_n_of_the_revenue_example():
    assert effective_n([500, 300, 100, 60, 40]) == pytest.approx(2.815, abs=5e-4)


@pytest.mark.parametrize("weights", [[], [0.0, 0.0]])
def test_effective_n_without_weight_is_zero(weights):
    assert effective_n(weights) == 0


@given(st.lists(st.floats(0.01, 1e6), min_size=1), st.floats(1e-3, 1e3))
def test_effective_n_does_not_depend_on_the_unit_of_the_weights(weights, factor):
    scaled = effective_n(np.array(weights) * factor)
    assert scaled == pytest.approx(effective_n(weights))
    assert 1 - 1e-9 <= scaled <= len(weights) + 1e-9


@given(marks)
def test_mean_interval_is_the_t_interval(values):
    found = mean_interval(values)
    if found is not None:
        spread = np.std(values, ddof=1) / np.sqrt(len(values))
        low, high = reference.t.interval(0.95, len(values) - 1, np.mean(values), spread)
        assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("values", [[], [4.0], [5.0, 5.0, 5.0], [0.1] * 7])
def test_a_mean_without_spread_has_no_interval(values):
    assert mean_interval(values) is None


def test_answers_of_one_giver_do_not_count_as_independent():
    values, givers = [1.0, 5.0, 3.0, 4.0], ["a", "b", "c", "d"]
    once = mean_interval(values)
    thrice = mean_interval(values * 3, clusters=givers * 3)
    assert (thrice.low, thrice.high) == pytest.approx((once.low, once.high))


def test_the_clustered_interval_is_that_of_ols_with_clustered_errors():
    values = np.array([1.0, 2, 5, 4, 4, 3, 2, 5, 5])
    givers = np.array([0, 0, 0, 1, 1, 2, 3, 3, 4])
    model = sm.OLS(values, np.ones(9)).fit(
        cov_type="cluster",
        cov_kwds={"groups": givers, "use_correction": True, "df_correction": True},
        use_t=True,
    )
    low, high = model.conf_int()[0]
    found = mean_interval(values, clusters=givers.tolist())
    # statsmodels multiplies by (n - 1) / (n - k) as well, which is 1 for a mean
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.filterwarnings("ignore:Precision loss")  # of the reference, on equal values
@given(marks, marks)
def test_welch_is_that_of_scipy(first, second):
    found = welch(first, second)
    assert found.value == pytest.approx(np.mean(first) - np.mean(second), abs=1e-9)
    if found.interval is not None:
        expected = reference.ttest_ind(first, second, equal_var=False).confidence_interval()
        bounds = (found.interval.low, found.interval.high)
        assert bounds == pytest.approx((expected.low, expected.high), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("first", "second"), [([3.0], [2.0, 4.0]), ([2.0, 2.0], [5.0, 5.0])])
def test_welch_without_spread_tells_the_difference_only(first, second):
    found = welch(first, second)
    assert found.value == pytest.approx(np.mean(first) - np.mean(second))
    assert found.interval is None
    assert found.se is None


def test_one_value_per_side_and_cluster_gives_the_paired_t_interval():
    first, second = [4.0, 5.0, 3.0, 4.0, 5.0], [3.0, 4.0, 3.0, 2.0, 5.0]
    pairs = list("abcde")
    found = clustered_difference(first, second, first_clusters=pairs, second_clusters=pairs)
    expected = reference.ttest_rel(first, second).confidence_interval()
    assert (found.interval.low, found.interval.high) == pytest.approx(expected)


def test_a_difference_within_a_single_cluster_has_no_interval():
    found = clustered_difference(
        [4.0, 5.0], [1.0, 2.0], first_clusters=["a", "a"], second_clusters=["a", "b"]
    )
    assert found.value == pytest.approx(3)
    assert found.interval is None


def test_an_interval_is_clipped_to_its_scale():
    assert Interval(-1.2, 0.4).clipped(-1, 1) == Interval(-1, 0.4)
    assert Interval(1.1, 1.4).clipped(-1, 1) == Interval(1, 1)
    assert Interval(0.25, 0.5).times(100) == Interval(25, 50)
