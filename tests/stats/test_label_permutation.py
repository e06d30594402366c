"""Events of marked people: exact values, and agreement with known distributions."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import binom

from workbook.stats.label_permutation import marked_events_p


@pytest.mark.parametrize(
    ("hits", "n", "share"), [(0, 5, 0.2), (3, 5, 0.2), (5, 5, 0.9), (7, 40, 0.1)]
)
def test_equal_shares_give_the_binomial(hits, n, share):
    marked = np.arange(n) < hits
    assert marked_events_p(marked, np.full(n, share)) == pytest.approx(binom.sf(hits - 1, n, share))


def test_unequal_shares_give_the_sum_over_all_ways():
    shares = np.array([0.1, 0.5, 0.7, 0.25])
    marked = np.array([False, True, True, True])
    ways = [w for w in product((0, 1), repeat=4) if sum(w) >= 3]
    exact = sum(np.prod(np.where(w, shares, 1 - shares)) for w in ways)
    assert marked_events_p(marked, shares) == pytest.approx(exact)


def test_no_event_says_nothing():
    assert marked_events_p(np.zeros(0, dtype=bool), np.zeros(0)) == 1.0


def test_events_that_had_to_be_marked_say_nothing():
    assert marked_events_p(np.array([True, True]), np.array([1.0, 1.0])) == 1.0


def test_a_marked_person_where_nobody_is_marked_is_an_error():
    with pytest.raises(ValueError, match="does not allow"):
        marked_events_p(np.array([True]), np.array([0.0]))


def test_the_order_of_events_is_irrelevant():
    rng = np.random.default_rng(1)
    shares = rng.uniform(0.1, 0.9, 30)
    marked = rng.random(30) < shares
    order = rng.permutation(30)
    assert marked_events_p(marked, shares) == pytest.approx(
        marked_events_p(marked[order], shares[order])
    )
