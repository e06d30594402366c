"""Shrunk ratios lie between the raw one and 1; their intervals know how little is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.stats.shrinkage import shrunk_ratios


def shrunk(observed, expected, part=0.85, **more):
    observed, expected = np.array(observed, dtype=float), np.array(expected, dtype=float)
    return shrunk_ratios(observed, expected, part * expected, **more)


def test_groups_alike_shrink_to_one_and_groups_apart_stay():
    alike = shrunk([20] * 7 + [22], [20.25] * 8)
    apart = shrunk([2, 40, 5, 35, 3, 38, 6, 31], [20] * 8)
    assert alike.mean[-1] == pytest.approx(1, abs=0.03)
    assert apart.mean[1] == pytest.approx(2, abs=0.15)


def test_small_groups_shrink_more_and_have_wider_intervals():
    found = shrunk([4, 40, 76], [2, 20, 98])
    assert found.mean[0] < found.mean[1] < 2
    assert found.high[0] - found.low[0] > found.high[1] - found.low[1]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0.5, 20)), min_size=2, max_size=12))
def test_intervals_enclose_their_ratio_and_all_are_finite(rows):
    observed = np.array([o for o, _ in rows], dtype=float)
    weights = np.array([e for _, e in rows])
    if not observed.sum():
        return
    expected = weights / weights.sum() * observed.sum()
    found = shrunk_ratios(observed, expected, expected * (1 - weights / weights.sum()))
    assert np.isfinite([found.mean, found.low, found.high]).all()
    assert ((found.low >= 0) & (found.low <= found.mean) & (found.mean <= found.high)).all()


def test_a_higher_confidence_is_wider():
    narrow, wide = shrunk([8, 2, 5], [5] * 3, confidence=0.8), shrunk([8, 2, 5], [5] * 3)
    assert (wide.low < narrow.low).all()
    assert (narrow.high < wide.high).all()


def test_a_group_without_events_is_not_said_to_lose_none():
    found = shrunk([0, 6, 6], [4] * 3)
    assert found.low[0] < 0.1 < 0.2 < found.mean[0] < 1 < found.mean[1]
    assert found.high[0] > 0.9


def test_what_is_nearly_fixed_by_the_strata_has_a_narrow_interval():
    """Of 20 expected nearly all are the group's own: there is little that could differ."""
    own, free = shrunk([20, 20], [20, 20], part=0.1), shrunk([20, 20], [20, 20], part=0.5)
    assert own.high[0] - own.low[0] < free.high[0] - free.low[0]
