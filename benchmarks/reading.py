"""Reading at scale: ratios to what bare libraries need for the same files.

    python benchmarks/reading.py [--rows 1000000] [--customers 100000] [--book-rows 500000]

Makes the engagement of ``segmentation_scale`` and its sales as a workbook.  Each way runs in a
process of its own, so that seconds of the processor and peak memory are its own:

tables    the engagement's tables read and checked, by ``read_tables``
pandas    ``pd.read_csv`` of the sales
duckdb    DuckDB reads all as text, and finds the distinct texts of every column
book      the workbook as ``BookReader`` gives it, its process included
calamine  the values of the workbook, by calamine alone
"""

import argparse
import gc
import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from benchmarks import segmentation_scale
from benchmarks.ratio import Ratio
from benchmarks.ways import told_by

SALES, BOOK = Path("data") / "sales.csv", "sales.xlsx"
FILES = {"tables": "sales as CSV", "book": "sales as XLSX"}
PAIRS = (("tables", "pandas", 3.0), ("tables", "duckdb", 4.0), ("book", "calamine", 2.0))
"""What is compared with what, and the ratio that is wished for."""


def make(folder: Path, rows: int, customers: int, book_rows: int) -> None:
    """Write the engagement, and beside it the workbook."""
    import xlsxwriter

    segmentation_scale.make(folder, rows=rows, customers=customers, plan=False)
    if not book_rows:
        return
    sales = pd.read_csv(folder / SALES, dtype={"customer_id": str}, parse_dates=["date"])
    sales = sales.head(book_rows)
    with xlsxwriter.Workbook(folder / BOOK, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("sales")
        sheet.write_row(0, 0, list(sales.columns))
        for row, cells in enumerate(sales.itertuples(index=False), start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, pd.Timestamp):
                    sheet.write_datetime(row, column, cell.to_pydatetime(), day)
                else:
                    sheet.write(row, column, cell)


def tables(folder: Path) -> None:
    """Read and check the tables of the engagement."""
    from workbook.diagnostics import param_types
    from workbook.engagement.engagement_file import load_engagement
    from workbook.intake.tables import read_tables

    found = read_tables(load_engagement(folder, param_types()))
    if not found.usable:
        raise SystemExit(str(found.problems[0]))


def pandas(folder: Path) -> None:
    """Read the sales with pandas."""
    pd.read_csv(folder / SALES, dtype={"customer_id": str})


def duckdb(folder: Path) -> None:
    """Read the sales as text with DuckDB, and group every column."""
    import duckdb as db

    with db.connect() as base:
        base.execute("SET threads = 1")
        base.execute(
            "CREATE TABLE sales AS SELECT * FROM read_csv(?, all_varchar = true, header = true)",
            [str(folder / SALES)],
        )
        names = [name for name, *_ in base.execute("DESCRIBE sales").fetchall()]
        for name in names:
            base.execute(f'SELECT "{name}", count(*) FROM sales GROUP BY 1').fetchnumpy()


def book(folder: Path) -> None:
    """Read the workbook as the tables are read."""
    from workbook.intake.files.book_reader import BookReader

    with BookReader() as books:
        books.report(folder / BOOK)


def calamine(folder: Path) -> None:
    """Read the values of the workbook."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(folder / BOOK) as opened:
        opened.get_sheet_by_index(0).to_python(skip_empty_area=True)


WAYS: dict[str, Callable[[Path], None]] = {
    "tables": tables,
    "pandas": pandas,
    "duckdb": duckdb,
    "book": book,
    "calamine": calamine,
}


def child(way: str, folder: Path) -> None:
    """Run one way here; print its seconds of the processor and its GiB at most.

    Modules are imported before, and no collector walks through what they hold: neither counts for
    any way.  Memory is that of the largest of its processes.
    """
    for name in ("workbook.engagement.data", "duckdb", "python_calamine"):
        import_module(name)
    gc.disable()
    begun = _seconds()
    WAYS[way](folder)
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    most = max(resource.getrusage(one).ru_maxrss for one in who)
    sys.stdout.write(json.dumps({"seconds": _seconds() - begun, "gib": most / 2**20}))


def _seconds() -> float:
    """Return seconds of the processor of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measured(*, rows: int, customers: int, book_rows: int) -> dict[str, dict[str, float]]:
    """Return seconds of the processor and GiB at most of every way.

    Parameters
    ----------
    rows, customers
        Of the CSV files.
    book_rows
        Of the workbook; 0: none is made or read.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # A child of a large process would be born with its peak memory: this one stays small.
        maker = get_context("spawn").Process(target=make, args=(folder, rows, customers, book_rows))
        maker.start()
        maker.join()
        ways = list(WAYS) if book_rows else ["tables", "pandas", "duckdb"]
        return {way: told_by("benchmarks.reading", way, str(folder)) for way in ways}


def ratios() -> Iterator[Ratio]:
    """Yield what reading small files takes against bare libraries."""
    took = measured(rows=200_000, customers=20_000, book_rows=30_000)
    for ours, theirs, goal in PAIRS:
        yield Ratio(
            name=f"read {FILES[ours]} : {theirs}",
            ours=took[ours]["seconds"],
            theirs=took[theirs]["seconds"],
            goal=goal,
        )


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--book-rows", type=int, default=500_000)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(options.child[0], Path(options.child[1]))
    took = measured(rows=options.rows, customers=options.customers, book_rows=options.book_rows)
    for way, one in took.items():
        sys.stdout.write(f"{way:9} {one['seconds']:7.2f} s {one['gib']:6.2f} GiB\n")
    for ours, theirs, _ in PAIRS:
        if ours in took:
            value = took[ours]["seconds"] / took[theirs]["seconds"]
            sys.stdout.write(f"{FILES[ours]} : {theirs} {value:.2f}\n")
    return None


if __name__ == "__main__":
    main()
