"""The reference base: building and scoring, as ratios of one run with peak memory.

    python benchmarks/base_build.py [--companies 2300000] [--rounds 1]

Each way runs in a process of its own, in turn.  Two cuts of nine ratios over one year (the year
before is joined for the return on assets), all of them by size and over all sizes:

industries   two-digit industries and all companies
full         every level: all, section, 2 to 6 digits

and three ways to each: the bare DuckDB query over clean rows (``bare``), pandas (``pandas``, the
industries only), and ``workbook base build``, which also refuses nonsense, fills in lines, hashes
the source and writes the base (``build``).  ``score`` scores every company against both bases of
the full cut, and compares a sample with the exact scorer.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import duckdb

from workbook.diagnostics.financial_quartiles.exact_numbers import exact
from workbook.diagnostics.financial_quartiles.industries import (
    LEVELS,
    SECTION_OF,
)
from workbook.diagnostics.financial_quartiles.reference_base.base_file import read_base
from workbook.diagnostics.financial_quartiles.reference_base.build import build_base
from workbook.diagnostics.financial_quartiles.reference_base.cut import Formulas
from workbook.diagnostics.financial_quartiles.reference_base.options import BuildOptions
from workbook.diagnostics.financial_quartiles.scoring import QuartileCut, score
from workbook.diagnostics.financial_quartiles.sources.engagement_base import shipped_formulas

YEAR = 2024
LINES = (1100, 1200, 1210, 1220, 1230, 1240, 1250, 1260, 1300, 1400, 1500, 1600, 1700)
RESULTS = (2110, 2200, 2400)
QUARTERS = [0.25, 0.5, 0.75]


def write_statements(path: Path, companies: int) -> None:
    """Write two years of invented statements that close."""
    classes = [c for c in SECTION_OF if c not in ("97", "98", "99")]
    amounts = ", ".join(
        f"round(exp(4 + 3 * random() + 2 * random())) AS line_{line}"
        for line in (1100, 1210, 1220, 1230, 1240, 1250, 1260, 1400, 1500)
    )
    duckdb.execute("SELECT setseed(0.6)")
    duckdb.execute(
        f"COPY (SELECT *, line_1100 + line_1200 AS line_1600, line_1600 AS line_1700, "
        "line_1600 - line_1400 - line_1500 AS line_1300, "
        "round(line_2110 * (random() - 0.4)) AS line_2200, "
        "round(line_2110 * (random() - 0.45)) AS line_2400 FROM ("
        "SELECT *, line_1210 + line_1220 + line_1230 + line_1240 + line_1250 + line_1260 "
        "AS line_1200, round(exp(6 + 8 * random())) AS line_2110 FROM ("
        f"SELECT printf('%010d', i % {companies} + 1) AS inn, "
        f"{YEAR - 1} + i // {companies} AS year, "
        f"printf('%s.%d%d.%d', {classes!r}[(1 + hash(i % {companies}) % {len(classes)})::INT], "
        f"1 + hash(i % {companies} + 1) % 4, hash(i % {companies} + 2) % 3, "
        f"1 + hash(i % {companies} + 3) % 3) AS okved, {amounts} "
        f"FROM range({2 * companies}) r(i)))) TO '{path}' (FORMAT parquet)"
    )


def values(path: Path, formulas: Formulas) -> str:
    """Return the query of all ratios of clean rows: no checks, nothing filled in."""
    ratios = ", ".join(f"{ratio.sql} AS r{k}" for k, ratio in enumerate(formulas.ratios))
    return (
        f"SELECT now.inn, okved, {ratios}, (line_2110 > 120000)::INT + (line_2110 > 800000)::INT "
        f"+ (line_2110 > 2000000)::INT AS size FROM (SELECT * FROM '{path}' WHERE year = {YEAR}) "
        f"AS now LEFT JOIN (SELECT inn, line_1600 AS prior_1600 FROM '{path}' "
        f"WHERE year = {YEAR - 1}) AS before USING (inn)"
    )


def bare(path: Path, levels: tuple[str, ...]) -> None:
    """Run one query for all levels, as one would write it."""
    formulas = shipped_formulas(1000)
    digits = {level: int(level) for level in levels if level.isdigit()}
    codes = {level: f"replace(okved, '.', '')[1:{n}]" for level, n in digits.items()}
    codes |= {"section": "section"} if "section" in levels else {}
    named = ", ".join(f"{sql} AS c_{level}" for level, sql in codes.items())
    sets = [part for c in codes for part in (f"(c_{c})", f"(c_{c}, size)")]
    quartiles = ", ".join(
        f"quantile_cont(r{k}, {QUARTERS}), count(r{k})" for k in range(len(formulas.ratios))
    )
    sections = ", ".join(f"('{c}', '{s}')" for c, s in SECTION_OF.items())
    duckdb.execute(
        f"CREATE TABLE cut AS SELECT {', '.join(f'c_{c}' for c in codes)}, size, count(*), "
        f"{quartiles} FROM (SELECT *, {named} FROM ({values(path, formulas)}) LEFT JOIN "
        f"(VALUES {sections}) AS s(class, section) ON okved[1:2] = class) "
        f"GROUP BY GROUPING SETS ({', '.join([*sets, '()', '(size)'])})"
    )


def pandas(path: Path) -> None:
    """Compute the same of the industries with pandas, rows loaded by DuckDB."""
    formulas = shipped_formulas(1000)
    frame = duckdb.execute(values(path, formulas)).df()
    names = [f"r{k}" for k in range(len(formulas.ratios))]
    frame["class"] = frame["okved"].str[:2]
    for keys in (["class"], ["class", "size"], ["size"]):
        groups = frame.groupby(keys)[names]
        groups.quantile(QUARTERS)
        groups.count()
    frame[names].quantile(QUARTERS)


def build(path: Path, levels: tuple[str, ...], out: Path) -> None:
    """Build the base as the command does."""
    options = BuildOptions(synthetic=True, years=(YEAR,), levels=levels)
    build_base(path, out, options, formulas=shipped_formulas(1000), say=lambda _: None)


def score_all(path: Path, out: Path) -> dict[str, Any]:
    """Score every company against its industry and against all, in DuckDB."""
    begun = perf_counter()
    formulas, base = shipped_formulas(1000), read_base(out)
    names = [ratio.id for ratio in formulas.ratios]
    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW companies AS {values(path, formulas)}")
    industries = connection.execute("SELECT DISTINCT okved, size FROM companies").fetchall()
    sizes = ("micro", "small", "medium", "large")
    chosen: list[list[Any]] = []
    for okved, size in industries:
        row: list[Any] = [okved, size]
        for name in names:
            for asked in ({"okved": okved, "size": sizes[size]}, {"okved": ""}):
                q = base.quartiles(year=YEAR, ratio=name, **asked)
                row += [q.q1, q.median, q.q3] if q else [None] * 3
        chosen.append(row)
    columns = [f"{b}{k}_{q}" for k in range(len(names)) for b in "ia" for q in range(3)]
    listed = ", ".join(f"unnest(?) AS {c}" for c in ("okved", "size", *columns))
    flat = [list(column) for column in zip(*chosen, strict=True)]
    connection.execute(f"CREATE TABLE peers AS SELECT {listed}", flat)
    scores = ", ".join(
        f"{case(f'r{k}', f'{b}{k}')} AS {b}{k}" for k in range(len(names)) for b in "ia"
    )
    connection.execute(
        f"CREATE TABLE scored AS SELECT inn, {scores} FROM companies JOIN peers USING (okved, size)"
    )
    taken = perf_counter() - begun
    (count,) = connection.execute("SELECT count(*) FROM scored").fetchall()[0]
    return {"seconds": taken, "scored": count, **compared(connection, columns, len(names))}


def case(value: str, q: str) -> str:
    """Return the score of a value as SQL."""
    low, middle, high = (f"{q}_{k}" for k in range(3))
    return (
        f"CASE WHEN {value} IS NULL OR {middle} IS NULL THEN NULL WHEN {value} = {middle} THEN 0 "
        f"WHEN {value} <= {low} THEN -2 WHEN {value} >= {high} THEN 2 WHEN {value} < {middle} THEN "
        f"CASE WHEN ({middle} - {value}) * 20 <= {middle} - {low} THEN 0 ELSE -1 END "
        f"ELSE CASE WHEN ({value} - {middle}) * 20 <= {high} - {middle} THEN 0 ELSE 1 END END"
    )


def compared(connection: Any, columns: list[str], ratios: int) -> dict[str, int]:
    """Score a sample again in fractions; tell how many scores there were and how many differ."""
    wanted = Random(1).sample(range(1, 100_000), 500)
    inns = ", ".join(f"'{n:010d}'" for n in wanted)
    rows = connection.execute(
        f"SELECT s.*, c.*, p.* FROM scored s JOIN companies c USING (inn) "
        f"JOIN peers p ON p.okved = c.okved AND p.size = c.size WHERE inn IN ({inns})"
    )
    names = [d[0] for d in rows.description]
    checked = differ = 0
    for found in rows.fetchall():
        row = dict(zip(names, found, strict=True))
        for k in range(ratios):
            for b in "ia":
                quartiles = [row[f"{b}{k}_{q}"] for q in range(3)]
                if row[f"r{k}"] is None or None in quartiles:
                    continue
                cut: list[Fraction] = [exact(q) for q in quartiles]
                checked += 1
                differ += score(exact(row[f"r{k}"]), QuartileCut(*cut)) != row[f"{b}{k}"]
    return {"checked": checked, "differ": differ}


def ways(path: Path, out: Path) -> dict[str, Callable[[], Any]]:
    """Return every way by name."""
    industries = ("all", "2")
    return {
        "industries bare": lambda: bare(path, industries),
        "industries pandas": lambda: pandas(path),
        "industries build": lambda: build(path, industries, out.with_name("industries.parquet")),
        "full bare": lambda: bare(path, LEVELS),
        "full build": lambda: build(path, LEVELS, out),
        "score": lambda: score_all(path, out),
    }


def child(name: str, path: Path, out: Path) -> dict[str, Any]:
    """Run one way here and tell its seconds and peak memory in MiB."""
    begun = perf_counter()
    told = ways(path, out)[name]() or {}
    taken = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": taken, "peak": peak, **told}


def main() -> None:
    """Print a table of the ways."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--companies", type=int, default=2_300_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    write = sys.stdout.write
    if options.child:
        name, path, out = options.child
        write(json.dumps(child(name, Path(path), Path(out))))
        return
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "statements.parquet", Path(folder) / "base.parquet"
        write_statements(path, options.companies)
        write(f"{options.companies:,} companies, nine ratios, best of {options.rounds}\n")
        reference = 0.0
        for name in ways(path, out):
            runs = [run(name, path, out) for _ in range(options.rounds)]
            best = min(runs, key=lambda told: told["seconds"])
            reference = best["seconds"] if name.endswith("bare") else reference
            rest = {k: v for k, v in best.items() if k not in ("seconds", "peak")}
            share = "" if name == "score" else f"{best['seconds'] / reference:5.2f} of bare"
            write(f"{name:18} {best['seconds']:7.2f} s {share:14} {best['peak']:6.0f} MiB")
            write(f" {rest or ''}\n")
            sys.stdout.flush()


def run(name: str, path: Path, out: Path) -> dict[str, Any]:
    """Run one way in a process of its own."""
    command = [sys.executable, __file__, "--child", name, str(path), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main()
