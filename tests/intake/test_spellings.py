"""Spellings within a table: gathered with counts and rows, made one, nothing else changed."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.intake.schema import ColumnSchema, ColumnType, TableSchema
from workbook.intake.spellings import changes, gathered, headings_gathered, respelt, unified

SCHEMA = TableSchema(
    name="t",
    headings={},
    columns=(
        ColumnSchema(name="id", kind=ColumnType.ID, headings={}, thing="customer"),
        ColumnSchema(name="group", kind=ColumnType.TEXT, headings={}, thing="segment"),
        ColumnSchema(name="comment", kind=ColumnType.TEXT, headings={}),
    ),
)


def frame(ids, groups=None, comments=None):
    columns = {"id": ids, "group": groups or [None] * len(ids), "comment": comments or ids}
    index = pd.Index(range(2, 2 + len(ids)), name="row")
    return pd.DataFrame({k: pd.array(v, dtype="str") for k, v in columns.items()}, index=index)


def test_only_columns_that_name_things_are_gathered():
    found = gathered(frame(["a", "A", "b"]), SCHEMA, None)
    assert list(found) == ["id", "group"]
    said = found["id"]
    assert (list(said.texts), list(said.counts), list(said.rows)) == (
        ["a", "A", "b"],
        [1, 1, 1],
        [2, 3, 4],
    )
    assert said.several() == {"a": [0, 1]}
    assert found["group"].several() == {}


@pytest.mark.parametrize(
    ("join", "left"), [(None, ["a", "A"]), (False, ["a", "A"]), (True, ["a", "a"])]
)
def test_identifiers_are_joined_only_when_told(join, left):
    given_ = frame(["a", "A"], ["Опт", "опт"], ["x", "X"])
    made = unified(given_, gathered(given_, SCHEMA, join))
    assert made["id"].tolist() == left
    assert made["group"].tolist() == ["Опт", "Опт"]
    assert made["comment"].tolist() == ["x", "X"]
    assert made.index.equals(given_.index)
    assert given_["group"].tolist() == ["Опт", "опт"]  # the table given is not changed


def test_the_commonest_spelling_wins_and_of_equals_the_first():
    said = gathered(frame(["x"] * 5, ["опт", "Опт", "Опт", "юг", "Юг"]), SCHEMA, None)["group"]
    assert set(said.commonest().values()) == {"Опт", "юг"}


def test_missing_cells_stay_missing():
    given_ = frame(["x"] * 4, [None, "Опт", "опт", None])
    made = unified(given_, gathered(given_, SCHEMA, None))
    assert made["group"].isna().tolist() == [True, False, False, True]


def test_changes_are_told_by_place():
    said = gathered(frame(["x"] * 3, ["Опт", "опт", "Юг"]), SCHEMA, None)["group"]
    assert list(changes(said, {said.keys[0]: "ОПТ"})) == [("ОПТ", [0, 1])]
    assert list(changes(said, {})) == []
    to = said.commonest() | {said.keys[0]: "ОПТ"}
    assert respelt(pd.Series(["опт", "Юг"], dtype="str"), said, to).tolist() == ["ОПТ", "Юг"]


def test_headings_have_neither_counts_nor_rows():
    said = headings_gathered(["GTX Pro", "Basic"], "product")
    assert (said.counts.sum(), said.rows.sum(), list(said.texts)) == (0, 0, ["GTX Pro", "Basic"])


NAMES = ["Опт", "Розница", "Иванова О. П.", "ООО «К»", "Север-1", "A1"]
WAYS = [str, str.upper, str.lower, "«{}»".format, "{}\u200b".format, lambda n: n.replace("О", "O")]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(WAYS)), min_size=1))
def test_groups_partition_the_rows_as_the_clean_names_do(rows):
    clean = pd.Series([name for name, _ in rows])
    given_ = frame(["x"] * len(rows), [way(name) for name, way in rows])
    made = unified(given_, gathered(given_, SCHEMA, None))["group"].reset_index(drop=True)
    assert (clean.groupby(made.to_numpy()).nunique() == 1).all()
    assert made.nunique() == clean.nunique()
