"""Seconds of every sample report against an earlier revision, as ratios of one run.

    python benchmarks/against.py REVISION [--rounds 5]

Two processes, one of each revision's package, compute and show each report in turn (no notebook, no
files), so that a drifting machine hits both alike.  Process time is counted, the median told.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data_samples"
WORKER = """
import json, sys
from pathlib import Path
from time import process_time
sys.path.insert(0, sys.argv[1])
from workbook.engagement.data import open_engagement
from workbook.notebook import book_of
from workbook.diagnostics import all_diagnostics, diagnostic_named

cases = {}
for line in sys.stdin:
    sample, name = json.loads(line)
    if sample not in cases:
        cases[sample] = open_engagement(Path(sys.argv[2]) / sample)
    if not name:
        have = set(cases[sample].tables)
        names = [d.name for d in all_diagnostics() if have & set(d.needs_any)]
        print(json.dumps(names), flush=True)
        continue
    start = process_time()
    book = book_of(diagnostic_named(name), cases[sample])
    report = book.diagnostic.report
    report = report() if callable(report) else report
    for section in (report.summary, *report.chapters.values(), report.actions, report.method):
        for block in section(book.view):
            block._repr_mimebundle_()
    print(json.dumps(process_time() - start), flush=True)
"""


def main() -> None:
    """Time both revisions and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("revision")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    samples = sorted(path.parent.name for path in SAMPLES.glob("*/engagement.toml"))
    with checkout(options.revision) as earlier:
        workers = [worker(earlier), worker(ROOT)]
        reports = [(s, name) for s in samples for name in ask(workers[1], s, "")]
        totals = [0.0, 0.0]
        for sample, name in reports:
            for one in workers:  # imports and caches
                ask(one, sample, name)
            taken = [
                [float(ask(one, sample, name)) for one in workers] for _ in range(options.rounds)
            ]
            before, now = (statistics.median(column) for column in zip(*taken, strict=True))
            totals = [totals[0] + before, totals[1] + now]
            print(f"{sample:15} {name:22} {before:6.3f} {now:6.3f}  ratio {now / before:.2f}")  # noqa: T201
    print(f"{'all':38} {totals[0]:6.3f} {totals[1]:6.3f}  ratio {totals[1] / totals[0]:.2f}")  # noqa: T201


@contextmanager
def checkout(revision: str) -> Iterator[Path]:
    """Give the files of another revision for the time being."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "earlier"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(path), revision], check=True)
        try:
            yield path
        finally:
            subprocess.run([*git, "remove", "--force", str(path)], check=True)


def worker(package: Path) -> "subprocess.Popen[str]":
    """Start a process with that revision's package."""
    command = [sys.executable, "-P", "-c", WORKER, str(package), str(SAMPLES)]
    return subprocess.Popen(
        command, cwd=package, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def ask(one: "subprocess.Popen[str]", sample: str, name: str) -> list[str] | float:
    """Let it make one report; without a name it tells which there are."""
    if one.stdin is None or one.stdout is None:
        raise ValueError("a worker without pipes")
    one.stdin.write(json.dumps([sample, name]) + "\n")
    one.stdin.flush()
    told: list[str] | float = json.loads(one.stdout.readline())
    return told


if __name__ == "__main__":
    main()
