"""Many reports: seconds per report of plain tools, of our engines and of the bare computation.

    python benchmarks/batch.py [--engagements 60] [--jobs 2] [--rounds 1] [--slow 12]
                               [--growth 10,200]

Makes synthetic engagements and runs the loyalty notebook of each, ``--jobs`` at a time.  The ways
come in turn, so that a drifting machine hits all alike:

cli        papermill's command line, then nbconvert's (four reports, seconds per report)
api        ``papermill.execute_notebook`` and nbconvert's HTMLExporter in a pool of processes
plain      ``workbook run --engine papermill``, HTML only
warm       ``workbook run --engine warm``, HTML only
formats    ``workbook run --engine warm``, every format
bare       reading, computing and drawing as plain functions in a pool of warm processes

The time of every way but the last is from nothing to the last file, so start-up is in it.  What a
report costs once all has started comes from two runs, of as many reports as processes and of
all: the difference, divided by the reports between; measure it on a machine that does nothing
else.  The ways with kernels make only ``--slow`` of the reports; what they would take for all is
their start-up and as many times what a report costs.  Libraries of linear algebra get one
thread per process in every way.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import psutil

from benchmarks.engagements import make_engagements
from benchmarks.ways import NAME, Folders, Way, manifests, our_command, parts, the_ways, warm_pool

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
SAMPLING = 0.2
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Medians of the rounds."""

    seconds: dict[str, float]
    """Whole run of each way."""
    ways: dict[str, Way]
    jobs: int
    reports: int
    """That our engine and the bare computation make."""
    manifests: list[Any]
    """Of the last run with every format."""
    parts: dict[str, float]

    def each(self, name: str) -> float:
        """Seconds per report of a run of all reports, start-up included."""
        if f"{name}-few" not in self.ways:
            return self.seconds[name] / self.ways[name].count
        return self.net(name) + self.start(name) / self.reports

    def net(self, name: str) -> float:
        """Seconds per report once all has started."""
        if f"{name}-few" not in self.ways:
            return self.seconds[name] / self.ways[name].count
        more = self.ways[name].count - self.jobs
        return (self.seconds[name] - self.seconds[f"{name}-few"]) / more

    def start(self, name: str) -> float:
        """Seconds before the first reports begin."""
        return self.seconds[f"{name}-few"] - self.jobs * self.net(name)


def measure(folders: Folders, jobs: int, rounds: int, slow: int) -> Measured:
    """Run every way in turn."""
    taken: dict[str, list[float]] = {}
    found: list[Any] = []
    with warm_pool(jobs, folders[0]) as pool:
        ways = the_ways(pool, len(folders), jobs, min(slow, len(folders)))
        for name, way in rounds * list(ways.items()):
            with tempfile.TemporaryDirectory() as out:
                begun = perf_counter()
                way.make(folders[: way.count], Path(out), jobs)
                taken.setdefault(name, []).append(perf_counter() - begun)
                found = manifests(Path(out)) if name == "formats" else found
            sys.stderr.write(f"{name}: {taken[name][-1]:.1f} s\n")
        split = pool.map(parts, folders, chunksize=1)
    return Measured(
        seconds={name: statistics.median(values) for name, values in taken.items()},
        ways=ways,
        jobs=jobs,
        reports=len(folders),
        manifests=found,
        parts=_means(split),
    )


def _means(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.fmean(row[key] for row in rows) for key in rows[0]}


def memory_of_run(
    folders: Folders, jobs: int, *, reports: Sequence[str] = (NAME,), out: Path | None = None
) -> tuple[float, int]:
    """Run our warm engine; return its seconds and the peak of its whole tree in bytes."""
    with tempfile.TemporaryDirectory() as name, (Path(name) / "words").open("wb") as words:
        made = out or Path(name) / "out"
        command = our_command(folders, made, jobs, engine="warm", formats="html", reports=reports)
        begun = perf_counter()
        with subprocess.Popen([sys.executable, *command], stdout=words, stderr=words) as run:
            peak = _peak(run)
        seconds = perf_counter() - begun
        if run.returncode:
            raise SystemExit((Path(name) / "words").read_text("utf-8", "replace"))
    return seconds, peak


def _peak(run: subprocess.Popen[bytes]) -> int:
    """Return the largest memory of a process and its descendants until it ends."""
    peak = 0
    while run.poll() is None:
        sleep(SAMPLING)
        with suppress(psutil.Error):
            tree = psutil.Process(run.pid)
            peak = max(peak, sum(map(_bytes, [tree, *tree.children(recursive=True)])))
    return peak


def _bytes(process: psutil.Process) -> int:
    """Return what a process takes: its share of shared pages where the system tells (Linux)."""
    with suppress(psutil.Error):
        told = process.memory_full_info()
        return int(getattr(told, "pss", told.rss))
    return 0


def machine() -> str:
    """Return cores, processor, memory and Python in one line."""
    model = platform.processor() or platform.machine()
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), model)
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores, {model}, {memory:.0f} GiB, Python {platform.python_version()}"


def show(found: Measured, rounds: int) -> None:
    """Print seconds, ratios and the split."""
    say = sys.stdout.write
    say(f"\nseconds per report, {found.jobs} at a time, {rounds} round(s) in turn\n")
    say(f"{'':40} {'whole run':>9} {'net of start':>12}  reports made\n")
    for name, way in found.ways.items():
        if way.words:
            net = f"{found.net(name):.3f}" if f"{name}-few" in found.ways else ""
            say(f"{way.words:40} {found.each(name):9.3f} {net:>12}  {way.count}\n")
    say("\nratios\n")
    for line in ratios(found):
        say(f"- {line}\n")
    say("\nseconds before the first reports begin, once in a run: ")
    say(_listed({found.ways[n].words: found.start(n) for n in ("warm", "formats", "api")}))
    say("seconds of the steps of one report, in the process that makes it\n")
    say(f"- our warm engine, every format: {_listed(_steps(found.manifests))}")
    say(f"- the bare computation: {_listed(found.parts)}")


def ratios(found: Measured) -> Iterator[str]:
    """Yield every ratio in words."""
    each, net = found.each, found.net
    words = {name: way.words for name, way in found.ways.items()}
    many = f"{words['warm']}, HTML only: {{}} times the reports per minute of"
    slow = "{} times the seconds per report of"
    for other in ("api", "cli", "plain"):
        yield f"{many.format(times(each(other), each('warm')))} {words[other]}"
    yield f"{many.format(times(net('api'), net('warm')))} {words['api']}, both net of start"
    for other, seconds in (("", each("warm")), (", net of start", net("warm"))):
        told = slow.format(times(seconds, each("bare")))
        yield f"{words['warm']}{other}, HTML only: {told} {words['bare']}"
    for other, of in (("", each), (", net of start", net)):
        told = slow.format(times(of("formats"), of("warm")))
        yield f"{words['formats']}{other}: {told} HTML only"


def times(more: float, less: float) -> str:
    """Return a ratio; of differences that a busy machine has swallowed there is none."""
    return f"{more / less:.2f}" if more > 0 and less > 0 else "(the machine is too busy to tell)"


def _steps(written: list[Any]) -> dict[str, float]:
    return _means([one["seconds"] | one["diagnostics"][NAME]["seconds"] for one in written])


def _listed(steps: dict[str, float]) -> str:
    return ", ".join(f"{step} {value:.3f}" for step, value in steps.items()) + "\n"


def show_memory(folders: Folders, counts: Sequence[int], jobs: int) -> None:
    """Print peak memory, and how it and the seconds grow with the number of engagements."""
    say = sys.stdout.write
    say("\nour warm engine, HTML: peak memory of all its processes together\n")
    seen: list[tuple[float, int]] = []
    for count in counts:
        seconds, peak = memory_of_run(folders[:count], jobs)
        seen.append((seconds / count, peak))
        say(f"{count:4} engagements {peak / 2**20:6.0f} MiB, {seconds / count:.3f} s per report\n")
    if len(seen) > 1:
        (slow, small), (fast, large) = seen[0], seen[-1]
        say(f"from {counts[0]} to {counts[-1]}: {large / small:.2f} times the memory, ")
        say(f"{fast / slow:.2f} times the seconds per report\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engagements", type=int, default=60, metavar="K")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--slow", type=int, default=12, help="reports of the ways with kernels")
    parser.add_argument("--growth", default="", metavar="10,200", help="numbers of engagements")
    options = parser.parse_args()
    if min(options.engagements, options.slow) <= options.jobs:
        parser.error("more engagements than jobs are needed")
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    growth = [int(count) for count in options.growth.split(",") if count]
    with tempfile.TemporaryDirectory() as name:
        made = make_engagements(Path(name), max(options.engagements, *growth, 1))
        sys.stdout.write(f"{machine()}\n")
        folders = made[: options.engagements]
        found = measure(folders, options.jobs, options.rounds, options.slow)
        show(found, options.rounds)
        show_memory(made, growth or [options.engagements], options.jobs)


if __name__ == "__main__":
    main()
