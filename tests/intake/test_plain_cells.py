"""Columns of plain cells are read at once: the same values as cell by cell."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.errors import Location
from workbook.intake.cells import typed_column
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.judged_cells import JudgedCells, distinct_cells
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.plain_cells import plain_values
from workbook.intake.cells.typed_column import TypedColumn, type_column
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.text_column import TextColumn

COLUMNS = [
    ColumnSchema(name="amount", kind=ColumnType.NUMBER, headings={}, money=True),
    ColumnSchema(name="nil", kind=ColumnType.NUMBER, headings={}, dash_is_nil=True, low=0),
    ColumnSchema(name="share", kind=ColumnType.NUMBER, headings={}, low=0, high=100),
    ColumnSchema(name="n", kind=ColumnType.INTEGER, headings={}, blank=False),
    ColumnSchema(name="date", kind=ColumnType.DATE, headings={}),
    ColumnSchema(name="until", kind=ColumnType.DATE, headings={}, blank=False, future=True),
    ColumnSchema(name="note", kind=ColumnType.TEXT, headings={}),
    ColumnSchema(name="segment", kind=ColumnType.TEXT, headings={}, thing="segment"),
    ColumnSchema(
        name="customer_id", kind=ColumnType.ID, headings={}, blank=False, thing="customer"
    ),
    ColumnSchema(name="manager", kind=ColumnType.ID, headings={}, thing="manager", nobody=True),
]
_FIGURES = st.from_regex(r"-?[0-9]{1,3}([.,][0-9]{1,3})?", fullmatch=True)
_POINTS = st.from_regex(r"-?[0-9]{1,3}(\.[0-9]{1,2})?", fullmatch=True)
_COMMAS = st.from_regex(r"-?[0-9]{1,3}(,[0-9]{1,2})?", fullmatch=True)
_DAYS = st.dates().map(str)
_TIMES = st.datetimes().map(lambda at: at.isoformat(sep=" ", timespec="minutes"))
_SHAPED = st.from_regex(r"20[0-2][0-9]-[01][0-9]-[0-3][0-9]", fullmatch=True)
_WORDS = st.sampled_from(
    ["n/a", "-", "0", "нет", "не указано", "Acme", "C-17", "007", "1E+05", "é", "é", "5 %", "1 5"]
)
_BLANK = st.sampled_from(["", " ", "\u00a0"])
_KIND = st.sampled_from([_FIGURES, _POINTS, _COMMAS, _DAYS, _TIMES, _SHAPED, _WORDS])


@st.composite
def texts_of_a_column(draw: st.DrawFn) -> list[str]:
    """Draw cells mostly of one kind."""
    kind = draw(_KIND)
    cells = draw(st.lists(kind, min_size=1, max_size=8))
    cells += draw(st.lists(st.one_of(_BLANK, kind), max_size=2))
    return [*cells, *draw(st.lists(st.one_of(kind, kind, draw(_KIND)), max_size=1))]


def conventions(**changes: object) -> Conventions:
    facts: dict[str, object] = {
        "language": "en",
        "decimal": ".",
        "decimal_declared": False,
        "date_order": "",
        "currency": "EUR",
        "table": "sales",
    }
    return Conventions(**{**facts, **changes})  # type: ignore[arg-type]


SAID = [
    conventions(),
    conventions(decimal=","),
    conventions(decimal=",", decimal_declared=True),
    conventions(decimal_declared=True, thousands=" "),
    conventions(missing=("n/a", "0", "нет")),
    conventions(date_formats=("%d.%m.%Y",)),
]


def table(texts: list[str], kinds: str = "") -> RawTable:
    return RawTable(
        place=Location(file="data/sales.csv"),
        headings=("x",),
        header_row=1,
        cells=(TextColumn.of(texts),),
        kinds=(np.array(list(kinds), dtype="S1"),) if kinds else None,
        rows=np.arange(2, len(texts) + 2),
        columns=(0,),
    )


def by_cells(
    raw: RawTable, column: ColumnSchema, said: Conventions, judged: JudgedCells | None
) -> TypedColumn:
    with patch.object(typed_column, "plain_values", lambda *_, **__: None):
        return type_column(raw, 0, column, said, judged=judged)


def alike(one: TypedColumn, other: TypedColumn) -> bool:
    if one.values.dtype != other.values.dtype or one.problems or other.problems:
        return one.problems == other.problems
    mine, theirs = np.asarray(one.values, dtype=object), np.asarray(other.values, dtype=object)
    return [str(value) for value in mine] == [str(value) for value in theirs]


@given(texts_of_a_column(), st.sampled_from(COLUMNS), st.sampled_from(SAID), st.booleans())
def test_a_column_is_read_alike_at_once_and_cell_by_cell(
    texts: list[str], column: ColumnSchema, said: Conventions, joined: bool
) -> None:
    raw = table(texts)
    others = JudgedCells([(raw, 0), (table(["1,234", "2.5"]), 0)]) if joined else None
    slow = by_cells(raw, column, said, others)
    assert alike(type_column(raw, 0, column, said, judged=others), slow)


@given(
    st.lists(st.floats(-1e16, 1e16).map(repr), min_size=1, max_size=6),
    st.sampled_from(COLUMNS),
    st.sampled_from("ntpd"),
)
def test_cells_of_a_workbook_are_read_alike(
    texts: list[str], column: ColumnSchema, kind: str
) -> None:
    kinds = kind * len(texts) + " "
    days = ["2025-03-01", "1900-01-05", "2100-12-31", "2101-01-01"]
    cells = [days[len(text) % len(days)] for text in texts] if kind == "d" else texts
    raw = table([*cells, ""], kinds)
    slow = by_cells(raw, column, SAID[0], None)
    assert alike(type_column(raw, 0, column, SAID[0]), slow)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (ColumnType.NUMBER, ["1", "-2.50", "", "1"]),
        (ColumnType.INTEGER, ["1", "", "12"]),
        (ColumnType.DATE, ["2025-02-28", "2025-03-01 10:11", ""]),
        (ColumnType.ID, ["007", " 8 ", ""]),
        (ColumnType.TEXT, ["Чай", "tea"]),
    ],
)
def test_what_clients_mostly_write_is_plain(kind: ColumnType, texts: list[str]) -> None:
    column = ColumnSchema(name="x", kind=kind, headings={})
    assert plain_values(table(texts), 0, column, SAID[0]) is not None


def test_the_cells_of_all_files_are_told_as_a_whole() -> None:
    one, other = table(["a", " b", ""]), table(["5", "a ", ""], "nt ")
    judged = JudgedCells([(one, 0), (other, 0)])
    assert judged.kinds == {"t", "n", " "}
    assert judged.texts == ["a", "b", "5"]
    assert judged.cells == [*distinct_cells(one, 0)[1], Cell("n", "5"), Cell(" ", "")]
    asked: list[int] = []
    assert [judged.once("n", lambda: asked.append(1) or 7) for _ in range(2)] == [7, 7]
    assert asked == [1]
