"""Seconds per report, as ratios of one run: plain tools, our run, the bare computation.

    python benchmarks/report_seconds.py [--rounds 3] [--engagement data_samples/northbridge]

Three ways to the same loyalty report, in turn so that a drifting machine hits all alike:

plain     papermill's command line, then nbconvert's, each in a process of its own (HTML only)
run       ``workbook run`` (check, notebook, HTML, PDF, XLSX, JSON, manifest)
bare      reading, computing and drawing as plain functions in this warm process

The last lines split one run into its steps, from its manifest.
"""

import argparse
import contextlib
import io
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from workbook.language.package_data import notebooks
from workbook.notebook import open_book

ROOT = Path(__file__).resolve().parent.parent
NAME = "loyalty"


def plain(engagement: Path, out: Path) -> None:
    """Run the notebook and convert it by the tools' own command lines."""
    executed = out / f"{NAME}.ipynb"
    source = str(notebooks() / f"{NAME}.ipynb")
    call("-m", "papermill", source, str(executed), "-p", "engagement", str(engagement))
    call("-m", "nbconvert", "--to", "html", str(executed))


def run(engagement: Path, out: Path) -> None:
    """Make the report, every format, by our command line."""
    call("-m", "workbook", "run", str(engagement), "--only", NAME, "--out", str(out / "reports"))


def bare(engagement: Path, out: Path) -> None:
    """Read, compute and draw in this process; nothing is shown or written."""
    book = open_book(NAME, str(engagement))
    report = book.diagnostic.report()
    for section in (report.summary, *report.chapters.values(), report.actions, report.method):
        for block in section(book.view):
            block._repr_mimebundle_()


def call(*arguments: str) -> None:
    """Run Python with these arguments; its words are not of interest unless it fails."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))


def seconds(way: Callable[[Path, Path], None], engagement: Path) -> tuple[float, dict[str, float]]:
    """Return the seconds of one round and, where there is a manifest, its steps."""
    with tempfile.TemporaryDirectory() as folder:
        begun = perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            way(engagement, Path(folder))
        taken = perf_counter() - begun
        manifests = list(Path(folder).rglob("manifest.json"))
        steps = json.loads(manifests[0].read_text("utf-8")) if manifests else {}
        return taken, steps.get("diagnostics", {}).get(NAME, {}).get("seconds", {})


def main() -> None:
    """Print the medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engagement", type=Path, default=ROOT / "data_samples" / "northbridge")
    options = parser.parse_args()
    ways = {"plain": plain, "run": run, "bare": bare}
    bare(options.engagement, Path())  # warm: imports, dictionaries, fonts
    taken: dict[str, list[float]] = {name: [] for name in ways}
    steps: dict[str, float] = {}
    for _ in range(options.rounds):
        for name, way in ways.items():
            spent, seen = seconds(way, options.engagement.resolve())
            taken[name].append(spent)
            steps = seen or steps
    medians = {name: statistics.median(values) for name, values in taken.items()}
    write = sys.stdout.write
    write(f"{options.engagement.name}, {options.rounds} rounds in turn, medians\n")
    for name, median in medians.items():
        write(f"{name:6} {median:6.2f} s   {median / medians['plain']:5.2f} of plain\n")
    write("steps of one run: " + ", ".join(f"{k} {v:.2f} s" for k, v in steps.items()) + "\n")


if __name__ == "__main__":
    main()
