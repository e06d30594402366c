"""What follows from figures is their span, whatever their number, order and weights."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.stats.linear_span import span_of


def vectors(rows):
    return np.array(rows, dtype=float).T


matrices = st.integers(2, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 2), min_size=n, max_size=n), min_size=2, max_size=7)
)


@given(matrices)
@settings(max_examples=60, deadline=None)
def test_a_figure_adds_nothing_exactly_where_the_rank_stays(rows):
    sets = vectors(rows)
    gram = sets.T @ sets
    for k in range(1, sets.shape[1]):
        span = span_of(gram, range(k))
        assert len(span.basis) == np.linalg.matrix_rank(sets[:, :k])
        follows = np.linalg.matrix_rank(sets[:, : k + 1]) == len(span.basis)
        assert (span.beyond(k) is None) == follows


@given(matrices)
@settings(max_examples=60, deadline=None)
def test_the_part_of_a_vector_is_that_of_its_projection(rows):
    sets = vectors(rows)
    span = span_of(sets.T @ sets, range(sets.shape[1] - 1))
    target = np.eye(len(sets))
    known = sets[:, :-1]
    shadow = known @ np.linalg.pinv(known) @ target
    parts = span.part(target.T @ sets)
    np.testing.assert_allclose(parts, (shadow**2).sum(axis=0), atol=1e-9)


def test_a_figure_of_large_numbers_is_judged_by_its_own_size():
    sets = vectors([[1e6, 1e6, 0], [1e-4, 1e-4, 1e-4]])
    span = span_of(sets.T @ sets, [0])
    assert span.beyond(1) is not None
    assert span_of(sets.T @ sets, [0, 0]).basis[1:] == []
