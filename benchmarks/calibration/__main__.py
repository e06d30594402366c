"""Run the studies in full; write the table (CSV, Markdown) and the picture.

    python -m benchmarks.calibration [--report loyalty] [--draws 400] [--seconds 5]

Lines are printed as they are measured.
"""

import argparse
import csv
import math
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from benchmarks.calibration.catalogue import studies
from benchmarks.calibration.picture import draw
from benchmarks.calibration.study import Kind, Measured, Study, measure

HERE = Path(__file__).parent
HEADINGS = ("report", "kind", "quantity", "n", "truth", "limits", "before", "now", "said", "drawn")
INTRODUCTION = """# How often the reports are right, by simulation

Made by `make calibration`. Each line draws data of known truth and looks at what the report (or
the function behind it) says. *False name*: data without structure in which somebody or something
is named, at most 5 %. *Coverage*: intervals that hold the truth, 93 to 98 % (more where the
interval is careful on purpose). *Power*: data with a planted effect in which it is named. The
error is half of the 95 % Monte-Carlo interval. *Said* counts the data sets in which anything was
said (an interval that is not shown covers nothing); with few data sets *drawn* (a run of limited
time) a line says little. *Before* is the state of October 2026.

![False names and coverage](results.svg)

"""


def main() -> None:
    """Parse the options, measure and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration")
    parser.add_argument("--report", help="only studies of this diagnostic")
    parser.add_argument("--draws", type=int, help="data sets of every study (default: its own)")
    parser.add_argument("--seconds", type=float, default=math.inf, help="of every study at most")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args()
    chosen = [s for s in studies() if options.report in (None, s.report)]
    found: list[Measured] = []
    sizes = [options.draws or s.draws for s in chosen]
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        with ProcessPoolExecutor(options.jobs) as pool:
            measured = pool.map(_measure, chosen, sizes, repeat(options.seconds))
            for study, one in zip(chosen, measured, strict=True):
                found.append(one)
                print(" | ".join(_row(study, one)), flush=True)  # noqa: T201
    finally:  # what was measured until it was broken off is kept
        _write(options.out, chosen[: len(found)], found)


def _measure(study: Study, draws: int, seconds: float) -> Measured:
    return measure(study, draws, seconds=seconds)


def _row(study: Study, found: Measured) -> tuple[str, ...]:
    now = (
        "not said"
        if math.isnan(found.share)
        else f"{100 * found.share:.1f} ±{100 * found.error:.1f}"
    )
    return (
        study.report,
        study.kind,
        study.quantity,
        study.n,
        study.truth,
        _limits(study),
        study.before,
        now,
        str(found.said),
        str(found.drawn),
    )


def _limits(study: Study) -> str:
    low, high = f"{100 * study.low:g}", f"{100 * study.high:g}"
    if study.kind is Kind.FALSE_NAME:
        return f"at most {high}"
    return f"at least {low}" if study.high == 1 else f"{low} to {high}"


def _write(out: Path, chosen: Sequence[Study], found: Sequence[Measured]) -> None:
    rows = [_row(study, one) for study, one in zip(chosen, found, strict=True)]
    with (out / "results.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(rows)
    lines = [INTRODUCTION + "| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    (out / "RESULTS.md").write_text("\n".join(lines) + "\n", "utf-8")
    draw(chosen, found, out / "results.svg")


if __name__ == "__main__":
    main()
