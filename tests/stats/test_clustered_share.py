"""Shares of clustered observations: effective number and interval."""

import numpy as np
import pytest

from workbook.stats import wilson
from workbook.stats.clustered_share import clustered_share


@pytest.mark.parametrize(("k", "n"), [(0, 7), (3, 7), (7, 7), (1, 1), (31, 100)])
def test_one_observation_per_cluster_is_wilsons_interval(k, n):
    found = clustered_share(np.arange(n) < k, np.arange(n))
    assert (found.share, found.n_eff) == (pytest.approx(k / n), n)
    assert found.interval == wilson(found.share * n, n)


def test_nothing_has_no_share_and_one_cluster_no_interval():
    assert clustered_share([], []) is None
    found = clustered_share([True, False], ["a", "a"])
    assert (found.share, found.n_eff, found.interval) == (0.5, 1.0, None)


def test_clusters_that_are_all_alike_inside_count_less_than_once_each():
    """Twenty clusters of five equal answers: the design ratio is 5 x 99 / 95."""
    hits = np.repeat(np.arange(20) < 8, 5)
    found = clustered_share(hits, np.repeat(np.arange(20), 5))
    assert found.n_eff < 20
    assert found.n_eff == pytest.approx(100 / (5 * 99 / 95) * (1.98421695 / 2.09302405) ** 2)
    plain = wilson(40, 100)
    assert found.interval.low < plain.low < plain.high < found.interval.high


def test_clusters_less_alike_than_chance_never_count_more_than_n():
    hits = np.tile([True, False], 50)
    assert clustered_share(hits, np.repeat(np.arange(50), 2)).n_eff < 100


def test_order_and_names_of_clusters_do_not_matter():
    rng = np.random.default_rng(3)
    hits, whose = rng.random(60) < 0.4, rng.integers(0, 14, 60)
    order = rng.permutation(60)
    again = clustered_share(hits[order], [f"c{w}" for w in whose[order]])
    found = clustered_share(hits, whose)
    assert again.n_eff == pytest.approx(found.n_eff)
    assert again.interval.low == pytest.approx(found.interval.low)


def test_where_all_are_alike_each_cluster_counts_once():
    assert clustered_share([True] * 10, np.repeat(np.arange(4), [1, 2, 3, 4])).n_eff == 4
