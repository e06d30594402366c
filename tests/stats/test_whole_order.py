"""Orders and numbers of whole keys are those of numpy's own functions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbook.stats.whole_order import dense, distinct, numbered, order_by, places_in, without

SMALL = st.integers(-2, 3)
WIDE = st.integers(-(2**62), 2**62)
ROWS = st.one_of(
    st.lists(st.tuples(SMALL, SMALL, WIDE), max_size=30),
    st.lists(st.tuples(SMALL, SMALL, SMALL), max_size=30),
)
SIZE = 200_000
"""More places than are worth a table for so few rows."""


def drawn(data, size, *, least=0):
    found = data.draw(st.lists(st.integers(least, size - 1), max_size=30))
    return np.array(found, dtype=np.int64)


@given(rows=ROWS)
def test_rows_are_sorted_as_by_one_key_after_another(rows):
    keys = tuple(np.array(rows, dtype=np.int64).reshape(-1, 3).T)
    assert order_by(*keys).tolist() == np.lexsort(keys[::-1]).tolist()


@given(size=st.sampled_from([6, SIZE]), data=st.data())
def test_distinct_numbers_and_their_places(size, data):
    values, others = drawn(data, size), drawn(data, size)
    found = distinct(values, size)
    assert found.tolist() == sorted(set(values.tolist()))
    assert without(values, others, size).tolist() == sorted({*values.tolist()} - {*others.tolist()})
    asked = drawn(data, size, least=-1)
    place = {value: at for at, value in enumerate(found.tolist())}
    assert places_in(found, asked, size).tolist() == [place.get(v, -1) for v in asked.tolist()]


@given(values=st.lists(st.integers(0, 10**12), max_size=30))
def test_numbers_rise_by_first_appearance(values):
    keys = np.array(values, dtype=np.int64)
    seen = {value: at for at, value in enumerate(dict.fromkeys(values))}
    assert numbered(keys).tolist() == [seen[value] for value in values]
    codes, n = dense(keys, 10**12 + 1)
    assert (codes.tolist(), n) == ([seen[value] for value in values], len(seen))
