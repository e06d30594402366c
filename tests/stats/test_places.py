"""Lowest and highest group: told where it is set apart."""

import numpy as np
import pytest

from workbook.stats.places import places


def found(values, groups):
    return places(np.array(values, dtype=float), np.array(groups), np.random.default_rng(2))


def test_a_group_far_below_the_others_is_set_apart_and_the_highest_is_not():
    values = [0, 0.5, 1, 0.5] * 3
    made = found([0.0, 0, 0, 0, *values], [0] * 4 + [1] * 4 + [2] * 4 + [3] * 4)
    assert made.lowest_p < 0.05 < made.highest_p


def test_groups_that_are_alike_have_no_place():
    made = found([0, 1] * 6, [0, 0, 1, 1, 2, 2] * 2)
    assert (made.lowest_p, made.highest_p) == (1, 1)


def test_one_group_has_no_next_one():
    assert found([0, 1], [0, 0]) is None
    assert found([], []) is None


def test_of_four_different_scores_all_arrangements_are_alike():
    """Two groups of one: the distance is the same in either arrangement."""
    assert found([0, 1], [0, 1]).lowest_p == pytest.approx(1)
