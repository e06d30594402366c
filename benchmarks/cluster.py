"""A batch by a Dask cluster of this machine against the same batch by its own processes.

    python -m benchmarks.cluster [--engagements 60] [--rounds 1] [--only NAME,...]

Two single-threaded workers against ``--jobs 2``: loyalty reports as HTML.  Scheduler and workers
run before the clock starts, as a cluster does; ``first`` is what its first run takes, in which
every worker prepares the process that it forks from, ``warm`` the next one.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.batch import ONE_THREAD, machine
from benchmarks.engagements import make_engagements
from benchmarks.ratio import seconds
from benchmarks.ways import NAME, call, manifests

WORKERS = 2


@contextmanager
def local_cluster() -> Iterator[str]:
    """Run a scheduler and its workers; yield the address."""
    from distributed import LocalCluster

    cluster = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with cluster:
        yield cluster.scheduler_address


def measured(count: int, *, rounds: int = 1, only: str = NAME) -> dict[str, float]:
    """Return seconds of the same batch: ``local``, and by a cluster ``first`` and ``warm``.

    Parameters
    ----------
    count
        Engagements.
    rounds
        How often ``local`` and ``warm`` come in turn; the median is told.
    only
        Diagnostics, comma-separated.
    """
    taken: dict[str, list[float]] = {"local": [], "first": [], "warm": []}
    with tempfile.TemporaryDirectory() as name, local_cluster() as address:
        folders = make_engagements(Path(name) / "clients", count)
        cluster = ["--scheduler", address]
        taken["first"] = [_run(folders, Path(name) / "first", only, cluster)]
        for turn in range(rounds):
            for way, choices in (("local", ["--jobs", str(WORKERS)]), ("warm", cluster)):
                out = Path(name) / f"{way}-{turn}"
                taken[way].append(_run(folders, out, only, choices))
    return {way: median(values) for way, values in taken.items()}


def _run(folders: Sequence[Path], out: Path, only: str, choices: Sequence[str]) -> float:
    what = [*map(str, folders), "--only", only, "--formats", "html", "--out", str(out)]
    taken = seconds(lambda: call("-m", "workbook", "run", *what, *choices))
    if len(manifests(out)) != len(folders):
        raise SystemExit(f"{len(manifests(out))} of {len(folders)} engagements were made")
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engagements", type=int, default=60, metavar="K")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", default=NAME, metavar="NAME,...")
    options = parser.parse_args()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    found = measured(options.engagements, rounds=options.rounds, only=options.only)
    write = sys.stdout.write
    write(f"{machine()}\n{options.engagements} engagements, seconds\n")
    for way, taken in found.items():
        write(f"{way:6} {taken:8.1f}  {taken / found['local']:5.2f} of local\n")


if __name__ == "__main__":
    main()
