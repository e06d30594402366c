"""The segmentation matrix at scale: rows per second, memory, and ratios to bare pandas.

    python benchmarks/segmentation_scale.py [--rows 1000000] [--customers 100000] [--plan]
    python benchmarks/segmentation_scale.py --growth 100000,300000,1000000,3000000,10000000

Makes an engagement of seeded sales (three years, returns, documents, products, managers) and
customers in a temporary folder.  Each way runs in a process of its own, so that peak memory is
its own:

ours      the engagement read and checked, computed, and the result written: JSON, and Parquet
          where a table is too long for it
bare      ``pd.read_csv`` of the same file and a groupby of the same totals

``--plan`` adds targets and segments of customers (maturity, white space and a board of all); bare
is then the groupby and the joins of the same cells.  Reading includes the customer ledger.
Seconds are of the clock and, in brackets, of the processor: on a busy machine the latter count.
"""

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from benchmarks.ways import told_by
from workbook.intake.files.csv_lines import MOST_ROWS

SEED = 20250711
AS_OF = date(2025, 12, 31)
DAYS = 3 * 365
PRODUCTS, MANAGERS, SEGMENTS = 20, 25, 6
TOML = f"""schema_version = 1
id = "scale"
client = "Scale"
language = "en"
currency = "EUR"
period = "2025"
as_of = {AS_OF}
diagnostics = ["segmentation_matrix"]
"""


def make(folder: Path, *, rows: int, customers: int, plan: bool) -> None:
    """Write the engagement."""
    rng = np.random.default_rng(SEED)
    (folder / "data").mkdir()
    (folder / "engagement.toml").write_text(TOML, "utf-8")
    ids = np.char.add("C", np.char.zfill(np.arange(customers).astype(str), 6))
    weight = rng.pareto(1.2, customers) + 0.05
    buyers = rng.integers(0, int(customers * 0.97), rows)
    heavy = rng.random(rows) < 0.5
    buyers[heavy] = rng.choice(customers, size=int(heavy.sum()), p=weight / weight.sum())
    days = np.datetime64(AS_OF, "D") - rng.integers(0, DAYS, rows)
    returned = rng.random(rows) < 0.02
    sales = pd.DataFrame(
        {
            "customer_id": ids[buyers],
            "date": days.astype(str),
            "amount": np.round(rng.lognormal(5, 1.1, rows), 2),
            "document_id": np.char.add("D", (np.arange(rows) // 2).astype(str)),
            "product": np.char.add("Product ", rng.integers(0, PRODUCTS, rows).astype(str)),
            "manager": np.char.add("Manager ", (buyers % MANAGERS).astype(str)),
            "kind": np.where(returned, "return", "sale"),
        }
    )
    _write_sales(sales, folder)
    known = {"customer_id": ids, "name": np.char.add("Firm ", ids)}
    if plan:
        segments = rng.integers(0, SEGMENTS, customers).astype(str)
        known["segment"] = np.char.add("Segment ", segments)
        _targets(rng).to_csv(folder / "data" / "targets.csv", index=False)
    pd.DataFrame(known).to_csv(folder / "data" / "customers.csv", index=False)


def _write_sales(sales: pd.DataFrame, folder: Path) -> None:
    """Write the sales; more than a file may have go into several, as its refusal advises."""
    most = MOST_ROWS // 2
    if len(sales) < MOST_ROWS:
        sales.to_csv(folder / "data" / "sales.csv", index=False)
        return
    for number, first in enumerate(range(0, len(sales), most), start=1):
        part = sales.iloc[first : first + most]
        part.to_csv(folder / "data" / f"sales_{number:02}.csv", index=False)
    with (folder / "engagement.toml").open("a", encoding="utf-8") as file:
        file.write('[intake.sales]\nfiles = ["sales_*.csv"]\n')


def _targets(rng: np.random.Generator) -> pd.DataFrame:
    names = [f"Segment {s}" for s in range(SEGMENTS)]
    needs = rng.choice(["target", "optional", ""], size=(SEGMENTS, PRODUCTS), p=[0.3, 0.2, 0.5])
    cells = {f"Product {p}": needs[:, p] for p in range(PRODUCTS)}
    return pd.DataFrame({"segment": names, **cells})


class Clock:
    """Seconds of the clock and of the processor by step."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._begun = perf_counter(), process_time()

    def lap(self, step: str) -> None:
        """End a step."""
        now = perf_counter(), process_time()
        self.laps[step], self.laps[f"{step}_cpu"] = (
            late - early for late, early in zip(now, self._begun, strict=True)
        )
        self._begun = now


def ours(folder: Path) -> dict[str, float]:
    """Read, compute and write the result."""
    from workbook.diagnostics import param_types
    from workbook.diagnostics.segmentation_matrix.compute import compute
    from workbook.diagnostics.segmentation_matrix.params import Params
    from workbook.engagement.data import read_engagement
    from workbook.engagement.engagement_file import load_engagement
    from workbook.report.large_tables import without_large
    from workbook.report.plain_data import plain_data

    types = param_types() | {"segmentation_matrix": Params}
    clock = Clock()
    case = read_engagement(load_engagement(folder, types))
    if case.errors:
        raise SystemExit(str(case.errors[0]))
    clock.lap("read")
    result = compute(case.inputs, Params())
    clock.lap("compute")
    short, files = without_large("segmentation_matrix", result)
    text = json.dumps(plain_data(short), ensure_ascii=False)
    clock.lap("write")
    total = result.turnover
    return {
        **clock.laps,
        "json": len(text.encode()) / 1e6,
        "parquet": sum(len(file.content) for file in files) / 1e6,
        "cells": len(result.board),
        "total": 0.0 if total is None else total.total,
    }


def bare(folder: Path) -> dict[str, float]:
    """Read and group with nothing but pandas."""
    clock = Clock()
    parts = sorted((folder / "data").glob("sales*.csv"))
    sales = pd.concat([pd.read_csv(part, dtype={"customer_id": str}) for part in parts])
    clock.lap("read")
    net = sales["amount"].where(sales["kind"] == "sale", -sales["amount"])
    day = pd.to_datetime(sales["date"])
    year = (day > pd.Timestamp(AS_OF) - pd.DateOffset(years=1)) & (day <= pd.Timestamp(AS_OF))
    rows = sales.assign(net=net).loc[year]
    by_customer = rows.groupby("customer_id")["net"].sum()
    rows.groupby("manager")["net"].sum()
    rows.groupby("product")["net"].sum()
    clock.lap("compute")
    cells = 0
    if (folder / "data" / "targets.csv").exists():
        known, targets = (
            pd.read_csv(folder / "data" / f"{n}.csv") for n in ("customers", "targets")
        )
        clock.lap("read_plan")
        cells = _bare_plan(sales.assign(net=net, day=day, year=year), known, targets)
        clock.lap("plan")
    return {**clock.laps, "total": float(by_customer.sum()), "cells": cells}


def _bare_plan(sales: pd.DataFrame, known: pd.DataFrame, targets: pd.DataFrame) -> int:
    """Join segments, targets and what was bought, with nothing but pandas; return the cells."""
    needs = targets.melt("segment", var_name="product", value_name="need")
    wanted = known.merge(needs.loc[needs["need"] == "target"], on="segment")
    bought = sales.loc[(sales["kind"] == "sale") & (sales["net"] > 0)]
    pairs = ["customer_id", "product"]
    told = bought.groupby(pairs).agg(last=("day", "max"), used=("year", "any")).reset_index()
    board = wanted[[*pairs, "segment"]].merge(told, on=pairs, how="outer")
    return len(board.sort_values(["segment", *pairs]))


WAYS: dict[str, Callable[[Path], dict[str, float]]] = {"ours": ours, "bare": bare}


def child(way: str, folder: Path) -> None:
    """Run one way here and print its figures."""
    told = WAYS[way](folder)
    told["gib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sys.stdout.write(json.dumps(told))


def main() -> None:
    """Print the figures of both ways and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--plan", action="store_true")
    parser.add_argument("--growth", help="numbers of rows, such as 100000,1000000: time by row")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(options.child[0], Path(options.child[1]))
    if options.growth:
        return show_growth(growth([int(rows) for rows in options.growth.split(",")]))
    sizes = {"rows": options.rows, "customers": options.customers, "plan": options.plan}
    return show(measured(**sizes), options.rows)


def measured(*, rows: int, customers: int, plan: bool) -> dict[str, dict[str, float]]:
    """Return the figures of both ways over a new engagement."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # A child of a large process would be born with its peak memory: this one stays small.
        sizes = {"rows": rows, "customers": customers, "plan": plan}
        maker = get_context("spawn").Process(target=make, args=(folder,), kwargs=sizes)
        maker.start()
        maker.join()
        return {way: told_by("benchmarks.segmentation_scale", way, str(folder)) for way in WAYS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What one number of rows takes: linear where ``by_row`` stays near 1."""

    rows: int
    by_row: dict[str, float]
    """Processor time a row, by step, as a ratio to the fewest rows."""
    against: dict[str, float]
    """Processor time, by step, as a ratio to bare pandas."""
    gib: float


def growth(counts: Sequence[int]) -> list[Grown]:
    """Measure numbers of rows, with a tenth as many customers."""
    found: list[Grown] = []
    least: dict[str, float] = {}
    for rows in sorted(counts):
        both = measured(rows=rows, customers=rows // 10, plan=False)
        mine, plain = both["ours"], both["bare"]
        each = {step: mine[f"{step}_cpu"] / rows for step in ("read", "compute")}
        least = least or each
        found.append(
            Grown(
                rows=rows,
                by_row={step: each[step] / least[step] for step in each},
                against={step: mine[f"{step}_cpu"] / plain[f"{step}_cpu"] for step in each},
                gib=mine["gib"],
            )
        )
    return found


def show_growth(found: Sequence[Grown]) -> None:
    """Print a line for each number of rows."""
    for one in found:
        steps = (
            f"{step} {one.by_row[step]:.2f} a row, {one.against[step]:.1f} x bare pandas"
            for step in one.by_row
        )
        sys.stdout.write(f"{one.rows:12,} rows: {'; '.join(steps)}; {one.gib:.2f} GiB\n")


def show(found: dict[str, dict[str, float]], rows: int) -> None:
    """Print seconds, rows per second, ratios and memory."""
    mine, plain = found["ours"], found["bare"]
    write = sys.stdout.write
    for step in ("read", "compute", "write"):
        seconds = mine[step]
        cpu = mine[f"{step}_cpu"]
        against = f"{cpu / plain[f'{step}_cpu']:7.1f} x bare pandas" if step in plain else ""
        write(f"{step:8} {seconds:7.2f} s ({cpu:.2f}) {rows / seconds:12,.0f} rows/s {against}\n")
    if "plan_cpu" in plain:
        joins = plain["compute_cpu"] + plain["plan_cpu"]
        write(f"compute with the plan: {mine['compute_cpu'] / joins:.1f} x bare groupby and joins ")
        write(f"(same cells: {mine['cells'] == plain['cells']})\n")
    write(f"compute is {mine['compute'] / mine['read']:.2f} of reading\n")
    write(f"result {mine['json']:.1f} MB of JSON, {mine['parquet']:.1f} MB of Parquet; ")
    write(f"board {mine['cells']:,.0f} cells; peak memory {mine['gib']:.2f} GiB ")
    write(f"(bare pandas {plain['gib']:.2f} GiB)\n")
    write(f"same total: {abs(mine['total'] - plain['total']) < 0.01}\n")


if __name__ == "__main__":
    main()
