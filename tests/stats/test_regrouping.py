"""Two groups dealt out anew: exact values of small examples, and the family of items."""

from itertools import combinations

import numpy as np
import pytest

from workbook.stats.regrouping import arrangements, least_p, mean_gaps, regrouped

FIRST = np.array([True, True, False, False, False])


def rng():
    return np.random.default_rng(3)


def test_every_arrangement_once_and_the_seen_one_first():
    made = arrangements(FIRST, rng())
    assert made.shape == (10, 5)
    assert (made[0] == FIRST).all()
    assert len(np.unique(made, axis=0)) == 10
    assert (made.sum(axis=1) == 2).all()


def test_people_of_both_groups_swap_only_with_themselves():
    first = np.array([True, True, True, False, False, False, False])
    made = arrangements(first, rng(), pairs=[(0, 3), (1, 4)])
    assert made.shape == (2 * 2 * 3, 7)
    assert (made[:, 0] != made[:, 3]).all()
    assert (made[:, 1] != made[:, 4]).all()
    drawn = arrangements(np.arange(30) < 15, rng(), pairs=[(i, i + 15) for i in range(14)])
    assert drawn.shape == (2001, 30)
    assert (drawn[:, :14] != drawn[:, 15:29]).all()


@pytest.mark.parametrize(
    ("first", "pairs", "least"),
    [
        ([1, 1, 0, 0, 0], [], 1 / 10),
        ([1, 1, 0, 0], [], 2 / 6),
        ([1, 1, 0, 0], [(0, 2), (1, 3)], 2 / 4),
        ([1] * 6 + [0] * 6, [(i, i + 6) for i in range(6)], 2 / 64),
    ],
)
def test_the_least_p_counts_the_mirror_image(first, pairs, least):
    assert least_p(np.array(first, dtype=bool), pairs) == pytest.approx(least)


def test_gaps_and_p_values_are_those_of_a_loop():
    marks = rng().choice([0, 0.5, 1, np.nan], size=(6, 8), p=[0.3, 0.3, 0.3, 0.1])
    first = np.arange(8) < 3
    found = regrouped(marks, arrangements(first, rng()))
    whole, largest = [], []
    for chosen in combinations(range(8), 3):
        inside = np.isin(np.arange(8), chosen)
        gaps = [
            np.nanmean(row[inside]) - np.nanmean(row[~inside])
            for row in marks
            if not np.isnan(row[inside]).all() and not np.isnan(row[~inside]).all()
        ]
        whole.append(abs(np.mean(gaps)))
        largest.append(max(map(abs, gaps)))
    seen = abs(found.difference)
    assert found.p_value == pytest.approx(np.mean([w >= seen - 1e-9 for w in whole]))
    for gap, p in zip(found.gaps, found.p_values, strict=True):
        assert p == pytest.approx(np.mean([m >= abs(gap) - 1e-9 for m in largest]))


def test_an_item_that_one_side_left_out_has_no_gap():
    marks = np.array([[1.0, 1, np.nan, np.nan, np.nan], [1, 1, 0, 0, 0]])
    gaps = mean_gaps(marks, FIRST[None, :])
    assert np.isnan(gaps[0, 0])
    assert gaps[0, 1] == 1
    assert regrouped(marks[:1], FIRST[None, :]) is None
