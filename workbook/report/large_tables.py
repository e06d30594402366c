"""Tables of a result that are too long for its JSON: they lie beside it as Parquet files."""

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pandas as pd

from workbook.report.blocks import FileData
from workbook.report.plain_data import plain_data
from workbook.stats.data_table import DataTable, Kind

LARGE = 50_000
"""Rows from which on a table has a file of its own."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What stands in the JSON in place of a table."""

    file: str
    """Path beside the result file."""
    rows: int


def without_large(name: str, result: R) -> tuple[R, tuple[FileData, ...]]:
    """Return the result without its large tables, and these as files of ``results/<name>/``.

    Parameters
    ----------
    name
        The diagnostic's name.
    """
    values = {f.name: getattr(result, f.name) for f in fields(result)}  # type: ignore[arg-type]
    large = {
        key: table
        for key, table in values.items()
        if isinstance(table, DataTable) and len(table) > LARGE
    }
    # The result with something else in place of a table is no result any more: it goes to the
    # result file and nowhere else.
    elsewhere: dict[str, Any] = {
        key: Elsewhere(file=f"{name}/{key}.parquet", rows=len(table))
        for key, table in large.items()
    }
    files = tuple(
        FileData(name=f"{key}.parquet", content=parquet(table), folder=f"results/{name}")
        for key, table in large.items()
    )
    return (replace(result, **elsewhere) if elsewhere else result), files  # type: ignore[type-var]


def parquet(table: DataTable) -> bytes:
    """Return a table as a Parquet file; the same bytes for the same table.

    Words of a choice are texts; a column of tuples holds JSON.
    """
    import duckdb  # only long tables wait for it

    names = ", ".join(f'CAST("{c.name}" AS {_SQL[c.kind]}) AS "{c.name}"' for c in table.columns)
    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        path = Path(folder) / "table.parquet"
        connection.execute("SET threads = 1")
        connection.execute("SET pandas_analyze_sample = 0")  # texts are looked at in all rows
        connection.register("frame", _for_duckdb(table))
        connection.execute(f"COPY (SELECT {names} FROM frame) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def _for_duckdb(table: DataTable) -> pd.DataFrame:
    """Return the frame in types that DuckDB takes."""
    frame = table.frame
    for column in table.columns:
        cells = frame[column.name]
        if column.kind is Kind.PARTS:
            texts = [json.dumps(plain_data(value), ensure_ascii=False) for value in cells]
            frame[column.name] = pd.Series(texts, index=frame.index, dtype=object)
        elif column.kind in (Kind.CHOICE, Kind.TEXT):
            frame[column.name] = cells.astype(object)
        elif column.kind is Kind.DAY:
            frame[column.name] = cells.astype("datetime64[us]")
    return frame


_SQL = {
    Kind.TEXT: "VARCHAR",
    Kind.CHOICE: "VARCHAR",
    Kind.PARTS: "VARCHAR",
    Kind.WHOLE: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.FLAG: "BOOLEAN",
    Kind.DAY: "DATE",
}
