"""How seconds and memory grow with engagements and with rows; the pictures of the documentation.

    python -m benchmarks.growth batch [--counts 10,100,1000]
    python -m benchmarks.growth sales [--counts 100000,300000,1000000,3000000,10000000]

``batch`` makes four reports (HTML) of each engagement, two at a time, and then has one engagement
left to make: what that takes is what an ended run looks at before it goes on.  ``sales`` reads,
checks and computes the segmentation of that many sales with a tenth as many customers.  The
picture has a logarithmic axis each way: a straight line of slope 1 (grey) is time linear.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks import segmentation_scale
from benchmarks.batch import ONE_THREAD, machine, memory_of_run
from benchmarks.engagements import make_engagements

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
JOBS = 2
REPORTS = ("loyalty", "churn_reasons", "segmentation_matrix", "summary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One measurement: of how many, how long, how much memory."""

    count: int
    seconds: float
    gib: float


def of_engagements(counts: Sequence[int]) -> list[Point]:
    """Measure batches; memory is that of all processes together."""
    with tempfile.TemporaryDirectory() as name:
        folders = make_engagements(Path(name) / "clients", max(counts))
        found = []
        for count in counts:
            out = Path(name) / f"out-{count}"
            seconds, peak = memory_of_run(folders[:count], JOBS, reports=REPORTS, out=out)
            shutil.rmtree(out / folders[count - 1].name)
            rest, _ = memory_of_run(folders[:count], JOBS, reports=REPORTS, out=out)
            shutil.rmtree(out)
            sys.stdout.write(f"{count:>10,}: with one engagement left to make {rest:.2f} s\n")
            sys.stdout.flush()
            found.append(Point(count=count, seconds=seconds, gib=peak / 2**30))
    return found


def of_sales(counts: Sequence[int]) -> list[Point]:
    """Measure tables of sales; memory is that of the process."""
    found = []
    for count in counts:
        mine = segmentation_scale.measured(rows=count, customers=count // 10, plan=False)["ours"]
        found.append(Point(count=count, seconds=mine["read"] + mine["compute"], gib=mine["gib"]))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What is counted, and how it is measured."""

    counted: str
    measure: Callable[[Sequence[int]], list[Point]]
    counts: str


GROWTHS = {
    "batch": Growth(counted="engagements", measure=of_engagements, counts="10,100,1000"),
    "sales": Growth(
        counted="rows of sales", measure=of_sales, counts="100000,300000,1000000,3000000,10000000"
    ),
}


def draw(growth: Growth, found: Sequence[Point], path: Path) -> None:
    """Draw seconds and memory beside each other."""
    counts = [point.count for point in found]
    figure = Figure(figsize=(8, 3.2), layout="constrained")
    time, memory = figure.subplots(1, 2)
    seconds = [point.seconds for point in found]
    first = seconds[-1] / counts[-1]
    time.plot(counts, [first * count for count in counts], color="0.7", linewidth=1)
    _panel(time, counts, seconds, "Seconds (grey: in proportion)")
    _panel(memory, counts, [point.gib for point in found], "Peak memory, GiB")
    for ax in (time, memory):
        ax.set_xlabel(growth.counted, fontsize=8)
    memory.set_ylim(bottom=0)
    time.set_yscale("log")
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "growth"}):
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Date": None})


def _panel(ax: Axes, counts: Sequence[int], values: Sequence[float], title: str) -> None:
    ax.plot(counts, values, marker="o", color="#00558c", linewidth=1.5, markersize=4)
    ax.set_xscale("log")
    ax.set_title(title, fontsize=9, loc="left")
    ax.set_xticks(counts, [f"{count:,}" for count in counts], fontsize=7)
    ax.minorticks_off()
    ax.tick_params(axis="y", labelsize=7)
    for count, value in zip(counts, values, strict=True):
        told = f"{value:.0f}" if value >= 10 else f"{value:.2g}"
        ax.annotate(
            told, (count, value), (0, 6), textcoords="offset points", fontsize=7, ha="center"
        )
    ax.margins(y=0.15)


def main() -> None:
    """Measure one growth, print it and draw its picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("growth", choices=GROWTHS)
    parser.add_argument("--counts", default="", metavar="N,N,N")
    options = parser.parse_args()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    growth = GROWTHS[options.growth]
    counts = [int(count) for count in (options.counts or growth.counts).split(",")]
    found = growth.measure(counts)
    write = sys.stdout.write
    write(f"{machine()}\n")
    for point in found:
        each = 1e6 * point.seconds / point.count
        told = f"{point.count:>10,} {growth.counted} {point.seconds:8.2f} s {each:10.1f} millionths"
        write(f"{told} of a second each {point.gib:6.2f} GiB\n")
    draw(growth, found, PICTURES / f"growth_{options.growth}.svg")


if __name__ == "__main__":
    main()
