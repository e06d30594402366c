"""Funnel limits are whole numbers that chance crosses no more often than they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from workbook.stats.funnel import limits


@given(st.integers(1, 300), st.floats(0.01, 0.99), st.sampled_from([0.9, 0.95, 0.998]))
def test_each_tail_beyond_a_limit_is_within_its_half_and_the_next_number_is_not(n, rate, level):
    chance = binom.pmf(np.arange(n + 1), n, rate)[None]
    found = limits(chance, level)
    low, high, tail = int(found.low[0]), int(found.high[0]), (1 - level) / 2
    assert 0 <= low <= high <= n
    below, above = binom.cdf(low - 1, n, rate), binom.sf(high, n, rate)
    assert below <= tail + 1e-9
    assert above <= tail + 1e-9
    assert binom.cdf(low, n, rate) > tail - 1e-9
    assert binom.sf(high - 1, n, rate) > tail - 1e-9
    assert found.beyond[0] == pytest.approx(below + above, abs=1e-9)


@pytest.mark.parametrize(
    ("n", "rate", "high"),
    [(12, 0.05, 2), (30, 0.3, 14), (60, 0.2, 18), (30, 0.15, 9)],
)
def test_counts_that_interpolated_limits_called_above(n, rate, high):
    """Of 12 at 5 % a count of 2 (p .12) lay above a limit of 1.4: it is within."""
    found = limits(binom.pmf(np.arange(n + 1), n, rate)[None], 0.95)
    assert int(found.high[0]) == high
    assert binom.sf(high, n, rate) <= 0.025 < binom.sf(high - 1, n, rate)


def test_wider_levels_have_wider_limits():
    chance = binom.pmf(np.arange(101), 100, 0.2)[None]
    inner, outer = limits(chance, 0.95), limits(chance, 0.998)
    assert outer.low[0] < inner.low[0] < 20 < inner.high[0] < outer.high[0]
    assert outer.beyond[0] <= 0.002 < inner.beyond[0] <= 0.05


def test_what_cannot_vary_is_its_own_limit():
    found = limits(np.array([[0.0, 0.0, 1.0]]), 0.95)
    assert (found.low.tolist(), found.high.tolist(), found.beyond.tolist()) == ([2], [2], [0])
