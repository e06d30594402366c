import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.report.indented import indented

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
NUMBERS = SCALARS.filter(lambda v: v not in (float("inf"), float("-inf")))
DATA = st.recursive(
    NUMBERS, lambda d: st.lists(d) | st.dictionaries(st.text(), d) | st.tuples(d, d)
)


@given(DATA, st.integers(1, 3))
def test_the_text_is_that_of_the_standard_library(data, indent):
    expected = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=indent)
    assert indented(data, indent=indent) == expected


def test_keys_that_are_numbers_are_written_as_the_library_does():
    data = {2: [True], 10: {None: 1.5}}
    assert indented(data, indent=1) == json.dumps(data, indent=1)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_has_not_is_refused(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        indented({"a": [number]}, indent=2)


ROWS = st.lists(st.dictionaries(st.text(), NUMBERS, max_size=3) | NUMBERS, max_size=5)


@given(ROWS, st.integers(1, 3))
def test_rows_of_a_table_too(rows, indent):
    data = {"rows": rows, "odd": [{"a": "},\n{"}, {"a": '},\n      {"'}]}
    expected = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=indent)
    assert indented(data, indent=indent) == expected
