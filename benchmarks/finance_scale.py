"""The financial diagnostic for many companies: seconds per company at two sizes, and their ratio.

    python benchmarks/finance_scale.py [--companies 3000]

Makes an engagement of two years of invented statements that close (a row per company and year, as
accounting services export them) in a temporary folder, for a third of the companies and for all
of them.  Each size is read, checked, computed and written in a process of its own.  Twice the time
for twice the companies is a ratio of 1.
"""

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from benchmarks.ratio import Ratio
from benchmarks.segmentation_scale import Clock
from benchmarks.ways import told_by

SEED = 20250711
YEAR = 2024
CLASSES = ("10.51", "25.11", "41.20", "46.73", "47.11", "49.41", "62.01", "71.12")
TOML = f"""schema_version = 1
id = "companies"
client = "Companies"
language = "en"
currency = "RUB"
period = "{YEAR}"
as_of = {YEAR}-12-31
diagnostics = ["financial_quartiles"]

[params.financial_quartiles]
unit = 1000
"""


def make(folder: Path, companies: int) -> None:
    """Write the engagement."""
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(TOML, "utf-8")
    rng = Random(SEED)
    rows = [row for number in range(companies) for row in _company(number, rng)]
    pd.DataFrame(rows).to_csv(folder / "data" / "statements.csv", index=False)


def _company(number: int, rng: Random) -> list[dict[str, Any]]:
    """Return two years of one company; every year closes."""
    size, okved = rng.lognormvariate(10, 1.5), rng.choice(CLASSES)
    return [
        {"organisation": f"Company {number:05d}", "year": year, "okved": okved}
        | _statement(size * (1 + rng.random()), rng)
        for year in (YEAR - 1, YEAR)
    ]


def _statement(size: float, rng: Random) -> dict[str, int]:
    def part(most: float) -> int:
        return round(size * most * rng.random()) + 1

    current = {line: part(0.3) for line in (1210, 1220, 1230, 1240, 1250, 1260)}
    owed = {line: part(0.3) for line in (1510, 1520)}
    fixed, long = part(0.6), part(0.2)
    assets = fixed + sum(current.values())
    revenue = round(size * (0.5 + 2 * rng.random())) + 1
    cost, selling, tax = (round(revenue * share) for share in (0.7, 0.1, 0.02))
    lines = {
        1150: fixed, 1100: fixed, **current, 1200: sum(current.values()), 1600: assets,
        1300: assets - long - sum(owed.values()), 1410: long, 1400: long,
        **owed, 1500: sum(owed.values()), 1700: assets,
        2110: revenue, 2120: -cost, 2100: revenue - cost, 2210: -selling,
        2200: revenue - cost - selling, 2300: revenue - cost - selling, 2410: -tax,
        2400: revenue - cost - selling - tax,
    }  # fmt: skip
    return {f"line_{line}": value for line, value in lines.items()}


def measure(folder: Path) -> dict[str, float]:
    """Read, compute and write one engagement here; return seconds by step."""
    from workbook.diagnostics import param_types
    from workbook.diagnostics.financial_quartiles.diagnostic import DIAGNOSTIC
    from workbook.engagement.data import read_engagement
    from workbook.engagement.engagement_file import load_engagement
    from workbook.intake.param_tables import build_params
    from workbook.report.document import result_json
    from workbook.report.large_tables import without_large
    from workbook.report.plain_data import plain_data

    clock = Clock()
    case = read_engagement(load_engagement(folder, param_types()), (DIAGNOSTIC.name,))
    if case.errors:
        raise SystemExit(str(case.errors[0]))
    clock.lap("read")
    params = build_params(case.engagement, DIAGNOSTIC.name, DIAGNOSTIC.params)
    sources = DIAGNOSTIC.sources(case.engagement, case.inputs, params).sources
    result = DIAGNOSTIC.compute(case.inputs, params, sources)
    clock.lap("compute")
    short, _ = without_large(DIAGNOSTIC.name, result)
    written = result_json(plain_data(short))
    clock.lap("write")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    scored = sum(row.n_scored > 0 for row in result.organisations)
    return {**clock.laps, "gib": peak, "json": len(written) / 1e6, "scored": float(scored)}


def measured(companies: int) -> dict[int, dict[str, float]]:
    """Return what a third of the companies and all of them take."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        for count in (companies // 3, companies):
            folder = Path(name) / str(count)
            make(folder, count)
            found[count] = told_by("benchmarks.finance_scale", str(folder))
    return found


def ratios(companies: int = 600) -> Iterator[Ratio]:
    """Yield what a company takes among many against what it takes among a third of them."""
    found = measured(companies)
    for step in ("read", "compute", "write"):
        large, small = growth(found, step)
        name = f"finance, {step}: a company of {companies} : one of {companies // 3}"
        yield Ratio(name=name, ours=large, theirs=small, goal=1.1)


def growth(found: dict[int, dict[str, float]], step: str) -> tuple[float, float]:
    """Return the processor's seconds a company of the larger size and of the smaller one."""
    small, large = sorted(found)
    key = f"{step}_cpu"
    return found[large][key] / large, found[small][key] / small


def main() -> None:
    """Print seconds per company at both sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--companies", type=int, default=3000)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    write = sys.stdout.write
    if options.child:
        write(json.dumps(measure(options.child)))
        return
    found = measured(options.companies)
    for count, told in found.items():
        steps = ", ".join(
            f"{step} {told[step]:.2f} s ({told[f'{step}_cpu']:.2f})"
            for step in ("read", "compute", "write")
        )
        write(f"{count:6,} companies: {steps}; JSON {told['json']:.0f} MB, {told['gib']:.2f} GiB\n")
    for step in ("read", "compute", "write"):
        large, small = growth(found, step)
        write(
            f"{step:8} {1000 * large:.2f} ms a company, {large / small:.2f} of the smaller size\n"
        )


if __name__ == "__main__":
    main()
