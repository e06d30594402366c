"""The ways to many reports that the benchmark of the batch compares; each is a plain function.

A way takes engagement folders, a folder of output and how many reports are made at once.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path
from time import perf_counter
from typing import Any

NAME = "loyalty"
FEW = 4
"""Reports that the slowest way makes."""
EVERY_FORMAT = "html,pdf,xlsx,json"
Folders = Sequence[Path]


def notebook() -> Path:
    """Return the notebook that every way runs."""
    from workbook.language.package_data import notebooks

    return notebooks() / f"{NAME}.ipynb"


def by_command_lines(folders: Folders, out: Path, jobs: int) -> None:
    """Start two processes per report, one after the other."""
    source = str(notebook())

    def make(folder: Path) -> None:
        executed = str(out / f"{folder.name}.ipynb")
        call("-m", "papermill", source, executed, "-p", "engagement", str(folder))
        call("-m", "nbconvert", "--to", "html", executed)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(make, folders))


def by_api(folders: Folders, out: Path, jobs: int) -> None:
    """Use a pool of processes that stay, and a kernel per report."""
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_mute) as pool:
        list(pool.map(partial(_api_report, notebook(), out), folders))


def _mute() -> None:
    """Let kernels, which inherit it, say nothing on the standard error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _api_report(source: Path, out: Path, folder: Path) -> None:
    from nbconvert import HTMLExporter
    from papermill import execute_notebook

    executed = execute_notebook(
        source, out / f"{folder.name}.ipynb", {"engagement": str(folder)}, progress_bar=False
    )
    exporter: Any = HTMLExporter
    html, _ = exporter().from_notebook_node(executed)
    (out / f"{folder.name}.html").write_text(html, "utf-8")


def by_us(folders: Folders, out: Path, jobs: int, *, engine: str, formats: str = "html") -> None:
    """Call our command, start-up included."""
    call(*our_command(folders, out, jobs, engine=engine, formats=formats))
    if len(manifests(out)) != len(folders):
        raise SystemExit(f"{engine}: {len(manifests(out))} of {len(folders)} reports were made")


def our_command(
    folders: Folders,
    out: Path,
    jobs: int,
    *,
    engine: str,
    formats: str,
    reports: Sequence[str] = (NAME,),
) -> list[str]:
    """Return the arguments to Python that make the reports."""
    choices = ["--engine", engine, "--jobs", str(jobs), "--formats", formats]
    choices += ["--only", ",".join(reports)]
    return ["-m", "workbook", "run", *map(str, folders), *choices, "--out", str(out)]


def call(*arguments: str) -> None:
    """Run Python with these arguments; its words are not of interest unless it fails."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))


def told_by(module: str, *arguments: str) -> dict[str, float]:
    """Run a benchmark's ``--child`` in a process of its own; return the figures that it prints."""
    command = [sys.executable, "-m", module, "--child", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def manifests(out: Path) -> list[Any]:
    """Return the manifests below a folder of output."""
    return [json.loads(path.read_bytes()) for path in sorted(out.rglob("manifest.json"))]


@contextmanager
def warm_pool(jobs: int, sample: Path) -> Iterator[Pool]:
    """Yield processes forked after the imports, each of which has made one report already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["workbook.notebook"])
    ready = context.Barrier(jobs + 1)
    with context.Pool(jobs, initializer=_warm, initargs=(ready, sample)) as pool:
        ready.wait()
        yield pool


def _warm(ready: Any, sample: Path) -> None:
    try:
        _bare_report(sample)
    finally:
        ready.wait()


def _bare_report(folder: Path) -> None:
    from benchmarks.report_seconds import bare

    bare(folder, Path())


def by_functions(pool: Pool, folders: Folders, out: Path, jobs: int) -> None:
    """Do nothing but the computation; nothing is written."""
    pool.map(_bare_report, folders, chunksize=1)


def parts(folder: Path) -> dict[str, float]:
    """Split the bare computation of one report: seconds of reading, computing and drawing."""
    from workbook.engagement.data import open_engagement
    from workbook.notebook import open_book

    begun = perf_counter()
    open_engagement(folder)
    read = perf_counter() - begun
    open_book(NAME, str(folder))
    both = perf_counter() - begun - read
    _bare_report(folder)
    whole = perf_counter() - begun - read - both
    return {"intake": read, "compute": both - read, "charts and tables": whole - both}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to the reports."""

    words: str
    make: Callable[[Folders, Path, int], None]
    count: int
    """How many of the engagements."""


def the_ways(pool: Pool, count: int, jobs: int, slow: int) -> dict[str, Way]:
    """Return all ways by name; ``-few`` only tell start-up from the rest.

    Ways with kernels make ``slow`` of the ``count`` reports.
    """
    warm = partial(by_us, engine="warm")
    plain = partial(by_us, engine="papermill")
    formats = partial(by_us, engine="warm", formats=EVERY_FORMAT)
    few = min(FEW, count)
    told: list[tuple[str, str, Callable[[Folders, Path, int], None], int]] = [
        ("cli", "papermill and nbconvert command lines", by_command_lines, few),
        ("api-few", "", by_api, jobs),
        ("api", "papermill API + nbconvert", by_api, slow),
        ("warm-few", "", warm, jobs),
        ("warm", "our warm engine", warm, count),
        ("bare", "the bare computation", partial(by_functions, pool), count),
        ("formats-few", "", formats, jobs),
        ("formats", "our warm engine, every format", formats, count),
        ("plain-few", "", plain, jobs),
        ("plain", "our papermill engine", plain, slow),
    ]
    return {n: Way(words=words, make=make, count=c) for n, words, make, c in told}
