"""The BCa interval: percentiles where there is neither bias nor acceleration, else scipy's."""

import numpy as np
import pytest
from scipy.stats import bootstrap

from workbook.stats.bca import bca_interval


def test_without_bias_and_acceleration_it_is_that_of_percentiles():
    drawn = np.linspace(-1, 1, 2001)
    found = bca_interval(0.0, drawn, np.array([-0.1, 0, 0.1]), confidence=0.9)
    assert (found.low, found.high) == pytest.approx(np.quantile(drawn, [0.05, 0.95]))


def test_it_is_scipys_on_the_same_kind_of_draws():
    rng = np.random.default_rng(4)
    data = rng.exponential(size=40)
    drawn = rng.choice(data, size=(20_000, 40)).mean(axis=1)
    left_out = (data.sum() - data) / 39
    found = bca_interval(float(data.mean()), drawn, left_out, confidence=0.95)
    expected = bootstrap(
        (data,), np.mean, n_resamples=20_000, method="BCa", rng=np.random.default_rng(5)
    ).confidence_interval
    assert (found.low, found.high) == pytest.approx(tuple(expected), abs=0.05)


@pytest.mark.parametrize("left", [[0.5, np.nan, 0.6], [0.5, 0.5, 0.5]])
def test_what_does_not_vary_or_is_missing_has_no_interval(left):
    assert bca_interval(0.5, np.linspace(0, 1, 100), np.array(left), confidence=0.95) is None
