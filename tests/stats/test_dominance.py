"""Whether predictors explain beyond chance, with whole clusters exchanged and drawn."""

import numpy as np
import pytest

from workbook.stats import permutation_p
from workbook.stats.dominance import (
    adjusted_r2,
    explained,
    r2_p,
    rearranged,
    resampled,
    told_apart,
)


@pytest.fixture
def random():
    return np.random.default_rng(7)


def test_clusters_of_one_size_exchange_their_outcomes_as_a_whole(random):
    codes = np.array([0, 1, 1, 2, 2, 0, 3, 3, 3, 4])
    y = np.array([10, 20, 21, 30, 31, 11, 1, 2, 3, 99.0])
    arranged = rearranged(y, codes, draws=200, random=random)
    pairs = {frozenset({10.0, 11.0}), frozenset({20.0, 21.0}), frozenset({30.0, 31.0})}
    seen = set()
    for row in arranged:
        dealt = [frozenset(row[codes == c]) for c in range(3)]
        assert set(dealt) == pairs
        assert sorted(row[codes == 3]) == [1, 2, 3]
        assert row[9] == 99
        seen.add((*dealt, tuple(row[codes == 3])))
    assert len(seen) == 6 * 6


def test_one_case_each_is_a_plain_permutation(random):
    arranged = rearranged(np.arange(4.0), np.arange(4), draws=400, random=random)
    assert (np.sort(arranged, axis=1) == np.arange(4)).all()
    assert len({tuple(row) for row in arranged}) == 24


def test_r2_is_that_of_least_squares(random):
    x, y = random.normal(size=(40, 3)), random.normal(size=(5, 40))
    design = np.column_stack([np.ones(40), x])
    for outcome, r2 in zip(y, explained(x, y), strict=True):
        left = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
        assert r2 == pytest.approx(1 - left.var() / outcome.var())


def test_a_predictor_said_twice_explains_nothing_more_and_a_flat_outcome_nothing(random):
    x, y = random.normal(size=(30, 2)), random.normal(size=(1, 30))
    doubled = np.column_stack([x, x[:, 0] * 2 + 1])
    assert explained(doubled, y) == pytest.approx(explained(x, y))
    assert explained(x, np.full((1, 30), 8.0)).tolist() == [0.0]


def test_the_p_value_counts_arrangements_that_explain_as_much(random):
    x, y = random.normal(size=(25, 2)), random.normal(size=25)
    arranged = rearranged(y, np.arange(25), draws=99, random=random)
    expected = permutation_p(float(explained(x, y[None])[0]), explained(x, arranged))
    assert r2_p(x, y, arranged) == expected


def test_the_adjusted_r2_needs_more_cases_than_predictors():
    assert adjusted_r2(0.5, 12, 1) == pytest.approx(0.45)
    assert adjusted_r2(0.5, 4, 3) is None


def test_whole_clusters_are_drawn(random):
    codes = np.array([0, 0, 1, 2, 2, 2])
    times = resampled(codes, draws=50, random=random)
    assert (times[:, 0] == times[:, 1]).all()
    assert (times[:, 3] == times[:, 5]).all()
    assert (times[:, 0] + times[:, 2] + times[:, 3] == 3).all()


def _told(estimates, spread, clusters=100, seed=1):
    at = np.array(estimates)
    draws = at + spread * np.random.default_rng(seed).normal(size=(2000, len(at)))
    return told_apart(at, draws, clusters=clusters, alpha=0.05)


@pytest.mark.parametrize(
    ("estimates", "spread", "clusters", "alone", "of"),
    [
        ([0.4, 0.1, 0.1], 0.02, 100, True, [False, True, True]),
        ([0.1, 0.4, 0.39], 0.02, 100, False, [True, False, False]),
        ([0.2, 0.2, 0.2], 0.02, 100, False, [False, False, False]),
        ([0.4, 0.1, 0.1], 0.02, 4, False, [False, False, False]),
        ([0.4], 0.02, 50, True, [False]),
    ],
)
def test_what_the_largest_comes_before(estimates, spread, clusters, alone, of):
    found = _told(estimates, spread, clusters)
    assert (found.alone, found.of.tolist()) == (alone, of)


def test_one_of_many_needs_a_longer_lead_than_the_first_before_all():
    """The lead of 2.5 errors over every other one suffices to lead alone, not to drop one."""
    found = _told([0.30, 0.195, 0.195, 0.195, 0.195], 0.03)
    assert found.alone
    assert not found.of.any()
