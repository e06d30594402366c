"""Speeds of groups by permutation: agreement with full enumeration, joining of small groups."""

from itertools import permutations

import numpy as np
import pytest

from workbook.stats.permuted_speeds import permuted_speeds_p, pooled


def _statistic(events, expected, group):
    seen, chance = np.bincount(group, events), np.bincount(group, expected)
    return ((seen - chance) ** 2 / chance).sum()


def test_the_p_value_is_that_of_all_arrangements():
    events = np.array([1.0, 1, 1, 0, 0, 0, 1])
    expected = np.array([0.3, 0.5, 0.2, 0.9, 1.0, 0.6, 0.5])
    group = np.array([0, 0, 0, 1, 1, 1, 1])
    own = _statistic(events, expected, group)
    every = [_statistic(events[list(p)], expected[list(p)], group) for p in permutations(range(7))]
    drawn = permuted_speeds_p(events, expected, group, rng=np.random.default_rng(1), draws=20_000)
    assert drawn == pytest.approx(np.mean(np.array(every) >= own - 1e-9), abs=0.01)


def test_one_group_of_many_that_always_loses_is_found():
    group = np.repeat(np.arange(20), 5)
    events = (group == 3).astype(float)
    p_value = permuted_speeds_p(events, np.full(100, 0.05), group, rng=np.random.default_rng(2))
    assert p_value == 0.001


def test_groups_that_expect_too_little_are_taken_together():
    codes, joined = pooled(np.array([2, 0, 1, 2, 0]), np.array([3, 0.2, 0.3, 3, 0.2]), least=1)
    assert codes.tolist() == [0, 1, 1, 0, 1]
    assert joined == 2


def test_one_small_group_has_nothing_to_be_joined_with():
    group = np.array([0, 1, 1])
    codes, joined = pooled(group, np.array([0.2, 3.0, 3.0]), least=1)
    assert (codes.tolist(), joined) == (group.tolist(), 0)
