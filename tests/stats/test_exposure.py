"""Events against time at risk: exact distributions, whatever the course of the hazard."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, fisher_exact, hypergeom

from workbook.stats.exposure import Watched, chances, exposure, mid_p
from workbook.stats.survival import Lives, log_rank


def watched(entry, end, event, group, stratum=None):
    n = len(end)
    return Watched(
        entry=np.asarray(entry, dtype=float),
        end=np.asarray(end, dtype=float),
        event=np.asarray(event, dtype=bool),
        group=np.asarray(group, dtype=np.int64),
        stratum=np.zeros(n, dtype=np.int64) if stratum is None else np.asarray(stratum),
    )


def drawn(seed, n=80, groups=4, strata=1):
    rng = np.random.default_rng(seed)
    entry = rng.integers(0, 200, n) * (rng.random(n) < 0.4)
    return watched(
        entry, entry + rng.integers(1, 200, n), rng.random(n) < 0.4,
        rng.integers(0, groups, n), rng.integers(0, strata, n),
    )  # fmt: skip


SUBJECTS = st.lists(
    st.tuples(
        st.integers(0, 20), st.integers(1, 20), st.booleans(), st.integers(0, 3), st.integers(0, 2)
    ),
    min_size=1,
    max_size=40,
)


@given(SUBJECTS)
def test_expected_events_sum_to_the_events_of_every_stratum(rows):
    entry, length, event, group, stratum = (np.array(c) for c in zip(*rows, strict=True))
    given_ = watched(entry, entry + length, event, group, stratum)
    found = exposure(given_, 4)
    assert found.expected.sum() == pytest.approx(event.sum())
    for one in range(3):
        part = stratum == one
        alone = exposure(watched(entry[part], (entry + length)[part], event[part], group[part]), 4)
        assert alone.expected.sum() == pytest.approx(event[part].sum())
    assert found.time.sum() == pytest.approx(length.sum())


@given(SUBJECTS)
def test_chances_have_the_mean_and_variance_of_the_exposure(rows):
    entry, length, event, group, stratum = (np.array(c) for c in zip(*rows, strict=True))
    found = exposure(watched(entry, entry + length, event, group, stratum), 4)
    chance = chances(found)
    k = np.arange(chance.shape[1])
    assert chance.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-9)
    assert chance @ k == pytest.approx(found.expected, abs=1e-9)
    assert chance @ k**2 - (chance @ k) ** 2 == pytest.approx(found.variance, abs=1e-8)


def test_expected_events_are_those_of_the_log_rank_test():
    """(O - E)² / V of two groups is its chi-squared."""
    given_ = drawn(3, groups=2)
    found = exposure(given_, 2)
    lives = Lives(time=given_.end, event=given_.event, entry=given_.entry)
    test = log_rank(lives, given_.group)
    gap = found.observed[0] - found.expected[0]
    assert gap**2 / found.variance[0] == pytest.approx(test.chi2)


def test_events_of_one_day_are_fishers_exact_test():
    table = [[7, 5], [3, 15]]
    event = np.repeat([True, False, True, False], [7, 5, 3, 15])
    group = np.repeat([0, 0, 1, 1], [7, 5, 3, 15])
    found = exposure(watched(np.zeros(30), np.where(event, 5, 9), event, group), 2)
    chance = chances(found)[0]
    assert chance == pytest.approx(hypergeom.pmf(np.arange(11), 30, 12, 10))
    assert chance[7:].sum() == pytest.approx(fisher_exact(table, alternative="greater").pvalue)


def test_with_replaced_subjects_it_is_the_binomial():
    """A fifth of those at risk at each of 12 events: 12 trials of one in five."""
    n = 12
    end = np.concatenate([np.arange(1.0, n + 1), np.full(60, 100.0)])
    entry = np.concatenate([np.arange(0.0, n), np.zeros(60)])
    event = np.arange(len(end)) < n
    group = np.where(np.arange(len(end)) < n, 1, (np.arange(len(end)) < n + 12).astype(int) * 0)
    group[n:] = np.where(np.arange(60) < 12, 0, 1)
    found = exposure(watched(entry, end, event, group), 2)
    assert chances(found)[0] == pytest.approx(binom.pmf(np.arange(n + 1), n, 12 / 61), abs=1e-12)


def test_a_group_alone_in_its_stratum_has_nothing_to_be_compared_with():
    found = exposure(watched([0, 0, 0], [3, 4, 5], [True, True, False], [0, 0, 1], [0, 0, 1]), 2)
    assert found.variance.tolist() == [0, 0]
    assert found.expected.tolist() == [2, 0]


def test_a_hazard_that_rises_for_all_is_nobodys():
    """All losses in December: who won customers in July is expected as many as anybody."""
    n = 50
    entry = np.repeat([0.0, 180.0], n)
    event = np.tile(np.arange(n) < 10, 2)
    end = np.where(event, 340.0 + np.tile(np.arange(n), 2) % 20, 365.0)
    found = exposure(watched(entry, end, event, np.repeat([0, 1], n)), 2)
    assert found.expected == pytest.approx([10, 10])
    assert found.time[1] < 0.55 * found.time[0]


def test_mid_p_counts_half_of_the_observed():
    chance = np.array([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]])
    assert mid_p(chance, np.array([2, 0])).tolist() == pytest.approx([0.25, 0.1])
    assert mid_p(chance, np.array([0, 2])).tolist() == pytest.approx([0.5, 0.8])


def test_p_values_of_two_groups_are_the_same():
    found = exposure(drawn(1, groups=2), 2)
    first, second = mid_p(chances(found), found.observed)
    assert first == pytest.approx(second)


def test_the_order_of_subjects_does_not_matter():
    one = drawn(2, strata=3)
    turned = watched(
        one.entry[::-1], one.end[::-1], one.event[::-1], one.group[::-1], one.stratum[::-1]
    )
    assert chances(exposure(one, 4)) == pytest.approx(chances(exposure(turned, 4)), abs=1e-15)


def test_without_events_nothing_is_expected():
    found = exposure(watched([0, 0], [5, 5], [False, False], [0, 1]), 2)
    assert found.expected.tolist() == [0, 0]
    assert chances(found).tolist() == [[1], [1]]


def test_a_subject_that_was_never_at_risk_is_an_error():
    with pytest.raises(ValueError, match="before it is at risk"):
        exposure(watched([5], [5], [True], [0]), 1)
