"""Every set of few people between the groups is found, and none of enough people."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from workbook.stats.small_sets import givers_of, small_sets


def found(groups, people, threshold, guarded=None):
    made = small_sets(
        sparse.csc_array(np.array(groups, dtype=float).T),
        givers_of(np.array(people), threshold=threshold),
        guarded,
    )
    return {tuple(np.flatnonzero(column).tolist()) for column in made.toarray().T}


surveys = st.integers(4, 9).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=1, max_size=4),
        st.lists(st.integers(0, n - 1), min_size=n, max_size=n),
        st.integers(2, 4),
    )
)


@given(surveys)
@settings(max_examples=60, deadline=None)
def test_groups_what_two_share_and_what_one_leaves_are_found_where_few_gave_them(survey):
    groups, people, threshold = survey
    sets = [set(np.flatnonzero(group).tolist()) for group in groups]
    between = [a & b for a, b in combinations(sets, 2)]
    between += [a - b for a in sets for b in sets if a & b]
    few = {
        tuple(sorted(one))
        for one in [*sets, *between]
        if 0 < len({people[answer] for answer in one}) < threshold
    }
    assert few <= found(groups, people, threshold)


@given(surveys)
@settings(max_examples=60, deadline=None)
def test_only_sets_of_few_people_or_of_one_are_guarded(survey):
    groups, people, threshold = survey
    for one in found(groups, people, threshold):
        assert len({people[answer] for answer in one}) < threshold


def test_a_person_who_is_not_alike_in_all_answers_is_guarded():
    groups = [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]]
    assert (0, 3) in found(groups, [0, 1, 2, 0, 3, 4], threshold=3)


def test_accounts_of_few_people_are_guarded():
    guarded = sparse.csc_array([[1.0], [1.0], [0.0], [0.0]])
    assert (0, 1) in found([[1, 1, 1, 1]], range(4), 3, guarded)
    assert (0, 1) not in found([[1, 1, 1, 1]], range(4), 2, guarded)


@pytest.mark.parametrize(("most", "enough"), [(1, 5), (2, 9)])
def test_so_many_answers_can_only_be_of_enough_people(most, enough):
    people = np.repeat(np.arange(10), most)
    assert givers_of(people, threshold=5).surely_enough == enough
