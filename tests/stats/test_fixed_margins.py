"""Pairs of columns against tables of the same totals: exact values of small tables, properties."""

from itertools import product

import numpy as np
import pytest

from workbook.stats.fixed_margins import meetings, step_down

SMALL = np.array(
    [[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]]
)


def _twos(columns):
    return np.column_stack(np.triu_indices(columns, 1))


def _all_tables(marks):
    """Every table of the same row and column totals."""
    rows, columns = marks.sum(axis=1), marks.sum(axis=0)
    lines = [[r for r in product((0, 1), repeat=len(columns)) if sum(r) == k] for k in rows]
    for table in product(*lines):
        if (np.sum(table, axis=0) == columns).all():
            yield np.array(table)


def test_chance_is_that_of_all_tables_of_the_same_totals():
    """The expected meetings and p values of a small table, against its full enumeration."""
    pairs = _twos(4)
    every = [(t.T @ t)[pairs[:, 0], pairs[:, 1]] for t in _all_tables(SMALL)]
    own = (SMALL.T @ SMALL)[pairs[:, 0], pairs[:, 1]]
    found = meetings(SMALL.astype(bool), pairs, rng=np.random.default_rng(1), draws=20_000)
    assert len(every) > 100
    assert found.expected == pytest.approx(np.mean(every, axis=0), abs=0.02)
    assert found.p_value == pytest.approx(np.mean(np.array(every) >= own, axis=0), abs=0.02)


def test_a_pair_that_always_goes_together_is_found_among_rows_of_many_and_of_one():
    rng = np.random.default_rng(2)
    marks = np.zeros((100, 12), dtype=bool)
    for i in range(100):
        marks[i, rng.choice(12, 4 if i < 30 else 1, replace=False)] = True
    marks[40:70] = False
    marks[40:70, :2] = True
    found = meetings(marks, _twos(12), rng=rng, least=5)
    assert found.p_adjusted[0] < 0.01
    assert (found.p_adjusted[1:] > 0.05).all()


def test_the_correction_only_raises_p_values():
    rng = np.random.default_rng(3)
    found = meetings(rng.random((60, 6)) < 0.3, _twos(6), rng=rng)
    assert (found.p_adjusted >= found.p_value).all()


@pytest.mark.parametrize(
    "marks",
    [np.ones((4, 3)), np.zeros((4, 3)), np.eye(3), np.ones((1, 3)), np.zeros((0, 3))],
    ids=["full", "empty", "one mark each", "one row", "no rows"],
)
def test_where_only_one_table_has_these_totals_nothing_is_surprising(marks):
    found = meetings(marks.astype(bool), _twos(3), rng=np.random.default_rng(4))
    assert (found.p_value == 1).all()
    assert (found.p_adjusted == 1).all()
    assert np.isfinite(found.expected).all()


def test_the_table_is_not_changed():
    marks = SMALL.astype(bool)
    meetings(marks, _twos(4), rng=np.random.default_rng(5))
    assert (marks == SMALL).all()


def test_more_columns_than_bits_are_refused():
    with pytest.raises(ValueError, match="65 columns"):
        meetings(np.ones((2, 65), dtype=bool), _twos(65), rng=np.random.default_rng(6))


def test_one_comparison_needs_no_correction():
    statistic = np.array([[2.0], [1.0], [3.0], [2.0]])
    assert step_down(statistic).tolist() == [0.75]


def test_of_several_the_least_surprising_has_the_largest_p_value():
    statistic = np.random.default_rng(7).normal(size=(200, 5))
    found = step_down(statistic)
    order = np.argsort(-statistic[0])
    assert (np.diff(found[order]) >= 0).all()
