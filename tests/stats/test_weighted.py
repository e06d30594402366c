"""Weighted indices: bootstrap over clusters, and whether weight matters."""

from itertools import permutations

import numpy as np
import pytest

from workbook.stats.weighted import Totals, index_interval, upper_spread, weight_p


def _totals(values, weights):
    x, w = np.array(values, dtype=float), np.array(weights, dtype=float)
    return Totals(weight=w, up=w * (x > 0), down=w * (x < 0))


def _interval(totals, seed=1, draws=499):
    random = np.random.default_rng(seed)
    return index_interval(totals, confidence=0.95, draws=draws, random=random)


VALUES = [1] * 30 + [0] * 20 + [-1] * 20


def test_equal_weights_give_about_the_adjusted_wald_interval():
    found = _interval(_totals(VALUES, np.ones(70)))
    up, down = 30.75 / 73, 20.75 / 73
    half = 1.959964 * np.sqrt((up + down - (up - down) ** 2) / 73)
    assert found.low <= up - down - half + 1e-6
    assert found.low == pytest.approx(up - down - half, abs=0.02)
    assert found.high == pytest.approx(up - down + half, abs=0.02)


def test_the_unit_of_weight_does_not_matter():
    weights = np.random.default_rng(2).lognormal(size=70)
    once, again = _interval(_totals(VALUES, weights)), _interval(_totals(VALUES, weights * 1e6))
    assert (once.low, once.high) == pytest.approx((again.low, again.high))


def test_unequal_weights_widen_it():
    even = _interval(_totals(VALUES, np.ones(70)))
    weights = np.random.default_rng(3).lognormal(sigma=1, size=70)
    uneven = _interval(_totals(VALUES, weights))
    assert uneven.high - uneven.low > even.high - even.low


def test_equal_answers_are_not_certainty():
    found = _interval(_totals(np.ones(40), np.arange(1.0, 41)))
    assert -1 <= found.low < 0.95
    assert found.high == pytest.approx(1)


def test_the_p_value_is_that_of_all_arrangements():
    values, weights = np.array([-1, -1, 0, 1, 1, 1.0]), np.array([9, 8, 3, 2, 1, 1.0])
    observed = weights @ values
    every = [weights @ np.array(order) for order in permutations(values)]
    low = np.mean([one <= observed + 1e-9 for one in every])
    found = weight_p(values, weights, draws=9999, random=np.random.default_rng(4))
    assert found == pytest.approx(2 * low, abs=0.006)


def test_the_p_value_has_two_sides_and_is_at_most_one():
    weights = np.array([9, 8, 3, 2, 1, 1.0])
    values = np.array([-1, -1, 0, 1, 1, 1.0])
    both = [
        weight_p(sign * values, weights, draws=4999, random=np.random.default_rng(5))
        for sign in (1, -1)
    ]
    assert both[0] == pytest.approx(both[1], abs=0.01)
    assert weight_p([1.0, -1.0, 0.0], np.ones(3), draws=99, random=np.random.default_rng(6)) == 1


def test_the_upper_spread_of_lognormal_weights_is_their_sd_and_ignores_the_light():
    weights = np.random.default_rng(7).lognormal(10, 1.5, 20_001)
    assert upper_spread(weights) == pytest.approx(1.5, abs=0.04)
    lighter = np.where(weights < np.median(weights), weights * 1e-6, weights)
    assert upper_spread(lighter) == pytest.approx(upper_spread(weights), abs=1e-3)
