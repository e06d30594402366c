"""What several values of one giver are worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.stats.clusters import (
    cluster_codes,
    cluster_count,
    design_effect,
    difference_effect,
    part_effects,
    within_correlation,
)

marks = st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=4, max_size=30)


def linearised(values, codes):
    """Variance of a mean over clusters with G / (G - 1), as survey programs give it."""
    rest = np.asarray(values) - np.mean(values)
    sums = [rest[codes == c].sum() for c in np.unique(codes)]
    return len(sums) / (len(sums) - 1) * np.square(sums).sum() / len(rest) ** 2


@given(marks)
def test_one_value_of_each_giver_is_independent(values):
    who = np.arange(len(values))
    assert design_effect(values, who) == 1.0
    assert difference_effect(values, values, first_codes=who, second_codes=who + len(who)) == 1.0


@given(marks)
def test_the_same_answer_of_two_people_counts_once(values):
    who = np.arange(len(values))
    assert design_effect(values * 2, np.concatenate([who, who])) == pytest.approx(2)


def test_the_variance_of_the_mean_is_the_linearised_one():
    values = [1, 1, 0, 1, -1, -1, 0, 1, 1, -1, 0, 0]
    codes = cluster_codes("aaabbbcccddd")
    independent = np.var(values, ddof=1) / len(values)
    assert design_effect(values, codes) * independent == pytest.approx(linearised(values, codes))


def test_answers_that_differ_within_a_giver_are_not_worth_more():
    assert within_correlation([1, -1, 1, -1], cluster_codes("aabb")) == 0.0


def test_equal_values_tell_nothing_of_how_alike_they_are():
    assert design_effect([1, 1, 1, 1], cluster_codes("aabb")) == 2.0


def test_a_paired_difference_has_the_variance_of_the_changes():
    before, after = np.array([1, 0, -1, 1, 1, 0.0]), np.array([1, 1, 0, 1, 0, 0.0])
    who = np.arange(6)
    effect = difference_effect(before, after, first_codes=who, second_codes=who)
    spread = np.concatenate([(before - before.mean()) / 6, (after - after.mean()) / 6])
    independent = (spread**2).sum() * 12 / 11
    paired = np.var(after - before, ddof=1) / 6
    assert effect * independent == pytest.approx(paired)


def test_a_difference_that_nobody_moves_counts_as_independent():
    who = np.arange(3)
    assert difference_effect([1, 0, 1], [1, 0, 1], first_codes=who, second_codes=who) == 1.0


def test_parts_are_worth_what_their_givers_make_them():
    sizes = np.array([[3.0, 1.0], [3.0, 1.0], [0.0, 1.0], [0.0, 1.0]])  # by giver, by product
    whole = np.array([3.0, 3.0, 3.0, 3.0])
    found = part_effects(sizes, whole, correlation=0.5)
    assert found.own == pytest.approx([1 + 0.5 * 2, 1.0])
    assert found.against_rest[0] == pytest.approx(2.0)  # givers lie on one side: as one mean
    assert found.against_rest[1] < 1  # all givers lie on both sides: paired


def test_without_correlation_parts_are_worth_all_they_hold():
    sizes = np.array([[2.0], [1.0], [0.0]])
    found = part_effects(sizes, np.array([2.0, 2.0, 2.0]), correlation=0.0)
    assert (found.own[0], found.against_rest[0]) == (1.0, pytest.approx(1.0))


def test_clusters_are_numbered_by_appearance():
    assert cluster_codes(["x", "y", "x"]).tolist() == [0, 1, 0]
    assert cluster_count(np.array([4, 4, 7])) == 2
