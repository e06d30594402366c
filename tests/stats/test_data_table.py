"""The table type of results: checked where it is made, changed by nobody."""

import pickle

import pandas as pd
import pytest

from workbook.stats.data_table import DataTable, choice, day, flag, number, text, whole

NAMES = (text("name", "Who."), number("share", "Of all.", unit="0-1", optional=True))


def table(**columns):
    return DataTable(NAMES, pd.DataFrame(columns))


def test_keeps_the_cells_and_tells_missing_ones_as_none():
    found = table(name=["a", "b"], share=[0.25, None])
    assert list(found.records()) == [{"name": "a", "share": 0.25}, {"name": "b", "share": None}]
    assert found.values("share") == [0.25, None]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"share": [1.0], "name": ["a"]}, "columns are"),
        ({"name": ["a"]}, "columns are"),
        ({"name": ["a", None], "share": [1.0, 1.0]}, "a cell of name is missing"),
        ({"name": ["a"], "share": [float("inf")]}, "not finite"),
        ({"name": ["a"], "share": ["many"]}, "could not convert"),
    ],
)
def test_refuses_what_is_not_declared(columns, message):
    with pytest.raises(ValueError, match=message):
        table(**columns)


def test_refuses_a_word_that_is_none_of_the_choices():
    columns = (choice("class", "Of the customer.", ["A", "B"]),)
    with pytest.raises(ValueError, match="'D'"):
        DataTable(columns, pd.DataFrame({"class": ["A", "D"]}))


@pytest.mark.parametrize("column", [whole("n", "."), flag("n", "."), day("n", "."), text("n", ".")])
def test_a_cell_may_be_missing_only_where_the_column_says_so(column):
    with pytest.raises(ValueError, match="a cell of n is missing"):
        DataTable((column,), pd.DataFrame({"n": [None]}))


def test_nothing_done_to_a_column_or_the_frame_reaches_the_table():
    given = pd.DataFrame({"name": ["a"], "share": [1.0]})
    found = DataTable(NAMES, given)
    for changed in (given, found.frame):
        changed.loc[0, "name"] = "z"
    column = found["name"]
    column.iloc[0] = "y"
    assert found.values("name") == ["a"]
    with pytest.raises(AttributeError):
        found.columns = ()


def test_parts_of_a_table_are_tables():
    found = table(name=["a", "b", "c"], share=[1.0, None, 0.5])
    assert found.where(found["share"] > 0.4).values("name") == ["a", "c"]
    assert found.head(1) == table(name=["a"], share=[1.0])
    assert len(DataTable.empty(NAMES)) == 0


def test_is_not_walked_through_row_by_row():
    with pytest.raises(TypeError, match="not iterable"):
        list(table(name=["a"], share=[1.0]))


def test_goes_from_process_to_process_unchanged():
    found = table(name=["a"], share=[None])
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_notebook_shows_the_first_rows():
    assert "<table" in table(name=["a"], share=[1.0])._repr_html_()
