"""Shares of groups against all others, dealt out by clusters."""

import numpy as np
import pytest

from workbook.stats.group_shares import group_shares_p


def draw(rng, customers, rate, *, each=5, groups=4):
    """Return hits, exposure, groups and clusters of customers with a rate of their own each."""
    own = rng.beta(2 * rate, 2 * (1 - rate), customers)
    hits = rng.random((customers, each)) < own[:, None]
    whose = np.repeat(np.arange(customers), each)
    return hits.ravel(), np.ones(customers * each), whose % groups, whose


def test_two_against_two_customers_is_enumerated():
    """Of six ways to deal four customers out, two are as extreme: p is about a third."""
    p = group_shares_p([5, 5, 0, 0], [5, 5, 5, 5], groups=[0, 0, 1, 1], clusters=[1, 2, 3, 4])
    assert p[0] == p[1] == pytest.approx(1 / 3, abs=0.05)


def test_observations_of_one_cluster_count_as_one():
    """Thirty points of two customers are two customers."""
    hits = np.repeat([1, 1, 0, 0], 15)
    clusters = np.repeat([1, 2, 3, 4], 15)
    assert group_shares_p(hits, np.ones(60), groups=clusters > 2, clusters=clusters)[0] > 0.3


def test_a_group_far_from_the_others_is_told_and_the_others_are_not():
    rng = np.random.default_rng(2)
    hits, exposure, groups, clusters = draw(rng, 80, 0.2)
    hits[groups == 1] = rng.random((groups == 1).sum()) < 0.8
    p = group_shares_p(hits, exposure, groups=groups, clusters=clusters)
    assert min(p) == p[1] == 1 / 1000


def test_too_few_units_have_no_p_and_equal_ones_have_one():
    assert group_shares_p([], [], groups=[], clusters=[]) == ()
    p = group_shares_p([1, 0, 1, 0], [1] * 4, groups=[0, 1, 1, 1], clusters=list("abcd"))
    assert p[0] is None
    assert group_shares_p([1] * 4, [1] * 4, groups=[0, 0, 1, 1], clusters=list("abcd")) == (1, 1)


def test_order_and_names_of_clusters_do_not_matter():
    data = draw(np.random.default_rng(4), 30, 0.4)
    order = np.random.default_rng(5).permutation(len(data[0]))
    hits, exposure, groups, clusters = (part[order] for part in data)
    names = [f"k{99 - c}" for c in clusters]
    assert group_shares_p(hits, exposure, groups=groups, clusters=names) == pytest.approx(
        group_shares_p(data[0], data[1], groups=data[2], clusters=data[3])
    )


def test_student_stands_for_the_permutations_of_many_units():
    """The two agree where both can be used."""
    hits, exposure, groups, clusters = draw(np.random.default_rng(6), 496, 0.3)
    more = np.append(clusters, 900 + np.arange(8))
    many = group_shares_p(
        np.append(hits, np.zeros(8)),
        np.append(exposure, np.zeros(8)),
        groups=np.append(groups, np.arange(8) % 4),
        clusters=more,
    )
    few = group_shares_p(hits, exposure, groups=groups, clusters=clusters)
    assert many == pytest.approx(few, abs=0.03)
