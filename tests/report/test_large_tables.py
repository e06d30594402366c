"""Tables of a result: the same values in the JSON, or in a Parquet file where they are long."""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd
import pytest

from workbook.report import large_tables
from workbook.report.large_tables import parquet, without_large
from workbook.report.plain_data import plain_data
from workbook.stats.data_table import DataTable, choice, day, flag, number, parts, text, whole

COLUMNS = (
    text("customer_id", "The customer."),
    choice("class_", "Its class.", ["A", "B"], optional=True),
    day("last", "Its last purchase.", optional=True),
    flag("active", "Whether it buys.", optional=True),
    whole("n", "Purchases.", optional=True),
    number("total", "Sold.", unit="money", optional=True),
    parts("also", "Other segments."),
)
FRAME = pd.DataFrame(
    {
        "customer_id": ["007", "Ünal"],
        "class_": [None, "A"],
        "last": [None, date(2025, 1, 2)],
        "active": [None, True],
        "n": [None, 7],
        "total": [None, 1.5],
        "also": [(), ("S2",)],
    }
)
ROWS = [
    {"customer_id": "007", "class": None, "last": None, "active": None, "n": None,
     "total": None, "also": []},
    {"customer_id": "Ünal", "class": "A", "last": "2025-01-02", "active": True, "n": 7,
     "total": 1.5, "also": ["S2"]},
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    customers: DataTable
    n: int = 2


@pytest.fixture
def table():
    return DataTable(COLUMNS, FRAME)


def test_the_result_file_holds_a_table_as_its_rows(table):
    assert plain_data(Result(customers=table)) == {"customers": ROWS, "n": 2}


def test_a_parquet_file_holds_the_same_values_in_their_types(table, tmp_path):
    path = tmp_path / "t.parquet"
    path.write_bytes(parquet(table))
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    types = ["VARCHAR", "VARCHAR", "DATE", "BOOLEAN", "BIGINT", "DOUBLE", "VARCHAR"]
    assert [str(t) for t in found.types] == types
    assert found.fetchall() == [
        ("007", None, None, None, None, None, "[]"),
        ("Ünal", "A", date(2025, 1, 2), True, 7, 1.5, '["S2"]'),
    ]


def test_the_same_table_gives_the_same_bytes(table):
    assert parquet(table) == parquet(DataTable(COLUMNS, FRAME))


def test_a_long_table_is_named_in_the_result_and_lies_beside_it(table, monkeypatch):
    monkeypatch.setattr(large_tables, "LARGE", 1)
    result, (file,) = without_large("segmentation_matrix", Result(customers=table))
    stands = {"file": "segmentation_matrix/customers.parquet", "rows": 2}
    assert plain_data(result) == {"customers": stands, "n": 2}
    assert f"{file.folder}/{file.name}" == "results/segmentation_matrix/customers.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    plans: Result
    n: int = 1


def test_a_long_table_within_a_record_is_named_there(table, monkeypatch):
    monkeypatch.setattr(large_tables, "LARGE", 1)
    given = Whole(plans=Result(customers=table))
    result, (file,) = without_large("churn_reasons", given)
    stands = {"file": "churn_reasons/plans.customers.parquet", "rows": 2}
    assert plain_data(result) == {"plans": {"customers": stands, "n": 2}, "n": 1}
    assert file.name == "plans.customers.parquet"
    assert given.plans.customers is table


def test_a_short_table_stays(table):
    result = Result(customers=table)
    assert without_large("x", result) == (result, ())
