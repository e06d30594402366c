"""Writing long tables: our XLSX, Parquet and JSON against the bare libraries, as ratios.

    python -m benchmarks.writing_scale [--rows 100000]

One seeded table of customers (texts, amounts, shares, days, gaps).  Each pair is measured in one
process, the processor's seconds of the best of three:

xlsx      the appendix (widths, looks, names, contents) against xlsxwriter with the same cells,
          none of them looked at
parquet   the file beside the result against DuckDB writing the same frame
json      the result file, indented and sorted, against ``json.dumps`` on one line
bundle    packing a table into a notebook and unpacking it, against ``json`` there and back
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import xlsxwriter

from benchmarks.ratio import Ratio
from workbook import __version__
from workbook.engagement.settings import Brand, Engagement
from workbook.report.appendix import to_xlsx
from workbook.report.document import result_json
from workbook.report.json_bundle import packed, unpacked
from workbook.report.large_tables import parquet
from workbook.report.meta import meta_of
from workbook.report.plain_data import plain_data
from workbook.stats.data_table import DataTable, choice, day, number, text, whole

SEED = 20250711
COLUMNS = (
    text("customer_id", "The customer."),
    text("name", "What it is called."),
    text("manager", "Who serves it."),
    choice("class_", "By turnover.", "ABC"),
    number("total", "Sold in the window.", unit="money"),
    number("share", "Part of the whole.", unit="0-1", optional=True),
    whole("documents", "Invoices."),
    day("last", "Of the last purchase."),
)
FORMATS = ("", "", "", "", "#,##0", "0.0%", "#,##0", "yyyy-mm-dd")


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of the processor of one piece of work, ours and the bare library's."""

    ours: float
    bare: float


def customers(rows: int) -> DataTable:
    """Return the table."""
    rng = np.random.default_rng(SEED)
    number_of = np.arange(rows).astype(str)
    days = np.datetime64("2025-12-31") - rng.integers(0, 1000, rows)
    return DataTable(
        COLUMNS,
        pd.DataFrame(
            {
                "customer_id": np.char.add("C", np.char.zfill(number_of, 6)),
                "name": np.char.add("Firm ", number_of),
                "manager": np.char.add("Manager ", rng.integers(0, 25, rows).astype(str)),
                "class_": rng.choice(list("ABC"), rows),
                "total": np.round(rng.lognormal(8, 2, rows), 2),
                "share": np.where(rng.random(rows) < 0.1, np.nan, rng.random(rows)),
                "documents": rng.integers(1, 50, rows),
                "last": days,
            }
        ),
    )


def sheet(table: DataTable) -> dict[str, Any]:
    """Return it as the report hands it to the appendix."""
    cells = [table.values(column.name) for column in table.columns]
    cells[-1] = [value.isoformat() for value in cells[-1]]
    columns = [
        {
            "heading": column.name,
            "format": fmt,
            "numeric": bool(fmt) and not fmt.startswith("y"),
            "date": fmt.startswith("y"),
            "fill": False,
        }
        for column, fmt in zip(table.columns, FORMATS, strict=True)
    ]
    return {"name": "t", "title": "Customers", "note": "", "columns": columns, "cells": cells}


def bare_xlsx(table: DataTable) -> bytes:
    """Write the cells with nothing but the library."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    looks = [book.add_format({"num_format": fmt}) for fmt in FORMATS]
    for i, column in enumerate(table.columns):
        page.write_string(0, i, column.name)
    cells = [table.values(column.name) for column in table.columns]
    for r, row in enumerate(zip(*cells, strict=True), start=1):
        for i, value in enumerate(row):
            if value is None:
                page.write_blank(r, i, None, looks[i])
            elif isinstance(value, str):
                page.write_string(r, i, value, looks[i])
            elif isinstance(value, date):
                page.write_datetime(r, i, value, looks[i])
            else:
                page.write_number(r, i, value, looks[i])
    book.close()
    return buffer.getvalue()


def bare_parquet(frame: pd.DataFrame) -> bytes:
    """Write the frame with nothing but DuckDB."""
    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        path = Path(folder) / "t.parquet"
        connection.execute("SET threads = 1")
        connection.register("frame", frame)
        connection.execute(f"COPY frame TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def measured(rows: int) -> dict[str, Pair]:
    """Return the seconds of every pair."""
    table = customers(rows)
    shown, meta = sheet(table), meta_of(_engagement(), "Customers", version=__version__)
    records = list(table.records())
    plain, frame = plain_data(table), table.frame.astype({"class_": str})
    texts = [[v.isoformat() if isinstance(v, date) else v for v in r.values()] for r in records]
    ways: Mapping[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "xlsx": (lambda: to_xlsx([shown], meta), lambda: bare_xlsx(table)),
        "parquet": (lambda: parquet(table), lambda: bare_parquet(frame)),
        "json": (lambda: result_json({"t": plain}), lambda: json.dumps(plain).encode()),
        "bundle": (lambda: unpacked(packed(shown)), lambda: json.loads(json.dumps(texts))),
    }
    return {name: Pair(_best(ours), _best(bare)) for name, (ours, bare) in ways.items()}


def ratios(rows: int = 30_000) -> Iterator[Ratio]:
    """Yield what each kind of file takes against the bare library."""
    against = {"xlsx": "xlsxwriter", "parquet": "DuckDB", "json": "json", "bundle": "json and back"}
    for name, pair in measured(rows).items():
        told = f"{name} of {rows:,} customers : bare {against[name]}"
        yield Ratio(name=told, ours=pair.ours, theirs=pair.bare)


def _engagement() -> Engagement:
    return Engagement(
        folder=Path(),
        id="x",
        client="X",
        language="en",
        currency="EUR",
        period="2025",
        as_of=date(2025, 12, 31),
        brand=Brand(),
    )


def _best(work: Callable[[], object]) -> float:
    def once() -> float:
        begun = process_time()
        work()
        return process_time() - begun

    return min(once() for _ in range(3))


def main() -> None:
    """Print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    for name, pair in measured(options.rows).items():
        ratio = pair.ours / pair.bare
        sys.stdout.write(f"{name:8} {pair.ours:6.2f} s {pair.bare:6.2f} s bare {ratio:6.2f}\n")


if __name__ == "__main__":
    main()
