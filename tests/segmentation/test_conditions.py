"""A cell of the table of rules becomes a condition, or is refused."""

import numpy as np
import pandas as pd
import pytest

from workbook.diagnostics.segmentation_matrix.attributes import (
    Measure,
    attribute,
    column_named,
    measure_of,
)
from workbook.diagnostics.segmentation_matrix.conditions import (
    FALSE,
    TRUE,
    UNKNOWN,
    either,
    on_bound,
    parse,
    shown,
    truth,
)

ROWS = np.arange(5, dtype=np.int64)


def customers(**columns):
    return pd.DataFrame(columns)


NUMBERS = customers(n=pd.array([149, 150, 151, 1000, None], dtype="Int64"))


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        ("> 150", [0, 0, 1, 1, -1]),
        (">150", [0, 0, 1, 1, -1]),
        ("<150", [1, 0, 0, 0, -1]),
        (">=150", [0, 1, 1, 1, -1]),
        ("≤ 150", [1, 1, 0, 0, -1]),
        ("=150", [0, 1, 0, 0, -1]),
        ("150", [0, 1, 0, 0, -1]),
        ("150-151", [0, 1, 1, 0, -1]),
        ("150 – 151", [0, 1, 1, 0, -1]),
        ("150..1 000", [0, 1, 1, 1, -1]),
        ("<150; > 999", [1, 0, 0, 1, -1]),
        (">\u00a0150,5", [0, 0, 1, 1, -1]),
    ],
)
def test_bounds_are_strict_and_ranges_include_both_ends(cell, held):
    tests = parse(cell, Measure.NUMBER, "ru")
    assert truth(tests, attribute(NUMBERS, "n", ROWS)).tolist() == held


@pytest.mark.parametrize("cell", [">abc", "1000<", ">", "><5", "abc", "10-", "50-10", "5;x", "yes"])
def test_what_is_no_condition_on_a_number_is_refused(cell):
    assert parse(cell, Measure.NUMBER, "en") is None


def test_a_thousand_with_a_comma_is_read_in_english_only():
    assert parse("> 1,000", Measure.NUMBER, "en")[0].low == 1000
    assert parse("> 1,000", Measure.NUMBER, "ru") is None
    assert parse("> 1.000", Measure.NUMBER, "sk") is None
    assert parse("> 1 000", Measure.NUMBER, "sk")[0].low == 1000


def test_only_strict_bounds_are_told_apart():
    column = attribute(NUMBERS, "n", ROWS)
    assert on_bound(parse("<150", Measure.NUMBER, "en"), column).tolist() == [0, 1, 0, 0, 0]
    assert not on_bound(parse("<=150", Measure.NUMBER, "en"), column).any()


def test_texts_are_equal_without_case_and_accents():
    column = attribute(
        customers(t=pd.array(["Výroba", "VYROBA ", "obchod", None, "Retail  chain"], "str")),
        "t",
        ROWS,
    )
    assert truth(parse("výroba; retail chain", Measure.TEXT, "sk"), column).tolist() == [
        TRUE,
        TRUE,
        FALSE,
        UNKNOWN,
        TRUE,
    ]
    assert truth(parse("=obchod", Measure.TEXT, "sk"), column).tolist() == [0, 0, 1, -1, 0]


def test_a_comparison_of_text_is_unknown_where_the_text_is_no_number():
    column = attribute(customers(t=pd.array(["12", "many", "9", None, "x"], "str")), "t", ROWS)
    assert column.measure is Measure.TEXT
    assert truth(parse(">10", Measure.TEXT, "en"), column).tolist() == [1, -1, 0, -1, -1]


def test_yes_and_no_in_every_language():
    column = attribute(
        customers(b=pd.array([True, False, None, True, False], "boolean")), "b", ROWS
    )
    for word in ("yes", "Да", "ÁNO", "+"):
        assert truth(parse(word, Measure.TRUTH, "en"), column).tolist() == [1, 0, -1, 1, 0]
    for word in ("no", "нет", "nie"):
        assert truth(parse(word, Measure.TRUTH, "en"), column).tolist() == [0, 1, -1, 0, 1]
    assert parse("> yes", Measure.TRUTH, "en") is None


def test_days_are_compared_as_days():
    days = pd.to_datetime(["2020-01-01", "2020-01-02", None, "2019-05-05", "2021-01-01"])
    column = attribute(customers(d=days), "d", ROWS)
    assert truth(parse(">2020-01-01", Measure.DAY, "en"), column).tolist() == [0, 1, -1, 0, 1]
    assert truth(parse("< 1.1.2020", Measure.DAY, "sk"), column).tolist() == [0, 0, -1, 1, 0]
    assert parse(">2020-13-01", Measure.DAY, "en") is None


@pytest.mark.parametrize(
    ("cells", "measure"),
    [
        (["1", "2 000", None], Measure.NUMBER),
        (["да", "нет", None], Measure.TRUTH),
        (["1", "two", None], Measure.TEXT),
        ([None, None, None], Measure.TEXT),
    ],
)
def test_a_column_of_the_clients_own_is_what_all_its_cells_are(cells, measure):
    assert measure_of(pd.Series(cells, dtype="str")) is measure


def test_a_column_is_found_without_case_and_spaces():
    frame = customers(employees=[1], **{"Fleet size": ["3"]})
    assert column_named(frame, "fleet_SIZE") == "Fleet size"
    assert column_named(frame, "fleet") is None


def test_conditions_are_shown_with_one_space():
    assert shown(" >1000 ;  <5") == "> 1000; < 5"
    assert shown("retail   chain") == "retail chain"


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [(1, -1, 1), (1, 0, 1), (0, 0, 0), (0, -1, -1), (-1, -1, -1)],
)
def test_either_is_three_valued(first, second, result):
    a, b = (np.array([v], dtype=np.int8) for v in (first, second))
    assert either(a, b).tolist() == either(b, a).tolist() == [result]
