"""Tables of a result that are too long for its JSON: they lie beside it as Parquet files."""

import json
from dataclasses import dataclass, fields, is_dataclass, replace
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
    files: list[FileData] = []
    return _without(result, f"results/{name}", (), files), tuple(files)


def _without(record: R, folder: str, way: tuple[str, ...], files: list[FileData]) -> R:
    """Return a record without large tables, also of the records within it."""
    changed: dict[str, Any] = {}
    for one in fields(record):  # type: ignore[arg-type]
        value, path = getattr(record, one.name), (*way, one.name)
        if isinstance(value, DataTable) and len(value) > LARGE:
            file = FileData(name=f"{'.'.join(path)}.parquet", content=parquet(value), folder=folder)
            files.append(file)
            place = f"{folder.removeprefix('results/')}/{file.name}"
            changed[one.name] = Elsewhere(file=place, rows=len(value))
        elif is_dataclass(value):
            inner = _without(value, folder, path, files)
            if inner is not value:
                changed[one.name] = inner
    # The record with something else in place of a table is no result any more: it goes to the
    # result file and nowhere else.
    return replace(record, **changed) if changed else record  # type: ignore[type-var]


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
