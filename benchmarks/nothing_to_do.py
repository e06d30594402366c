"""What a command costs that has nothing to do, over many engagements whose reports are made.

    python -m benchmarks.nothing_to_do [COUNT ...]

The reports of three engagements are made; the others are copies of these under ids of their own,
with the manifests that a run would have written, so that thousands take a minute.  Then ``run``,
``status`` and the bare ``stat`` of every file that they are told from are timed in turn.
"""

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.engagements import make_engagement
from benchmarks.ratio import in_turn
from benchmarks.ways import call
from workbook.batch.report_origin import origin_of
from workbook.batch.services import default_services
from workbook.engagement import manifest as manifests
from workbook.engagement.fingerprint import fingerprint, hash_files
from workbook.engagement.output_paths import output_paths

COUNTS = (1, 10, 100, 1000)
MADE = 3
"""Engagements whose reports are made, one of each language."""


def made_engagements(folder: Path, count: int) -> tuple[Path, Path]:
    """Make ``count`` engagements with finished reports; return their folder and the output's."""
    clients, out = folder / "clients", folder / "out"
    seeds = [make_engagement(folder / f"seed-{n}", n) for n in range(1, MADE + 1)]
    call("-m", "workbook", "run", *map(str, seeds), "--out", str(folder / "seeds"))
    for number in range(1, count + 1):
        seed = seeds[number % MADE]
        copied(seed, folder / "seeds", clients / f"client-{number:05}", out)
    return clients, out


def copied(seed: Path, made: Path, folder: Path, out: Path) -> None:
    """Copy an engagement and its reports; the copy has the id that its folder is called."""
    shutil.copytree(seed, folder)
    text = (seed / "engagement.toml").read_text("utf-8")
    (folder / "engagement.toml").write_text(text.replace(seed.name, folder.name), "utf-8")
    services = default_services()
    engagement = services.load(folder)
    paths = output_paths(engagement, out)
    shutil.copytree(made / seed.name / engagement.period, paths.root)
    earlier = manifests.read(paths.manifest)
    if earlier is None:
        raise RuntimeError(f"no reports of {seed}")
    hashes = hash_files(engagement)
    entries = {
        d.name: replace(
            earlier.diagnostics[d.name],
            fingerprint=fingerprint(
                hashes,
                diagnostic=d.name,
                tables=d.tables,
                notebook=services.notebook(d),
                joins=d.joins,
            ),
        )
        for d in services.diagnostics
        if d.name in earlier.diagnostics
    }
    now = replace(earlier, engagement=engagement.id, sources=hashes.digest(), diagnostics=entries)
    paths.manifest.write_bytes(now.to_bytes())
    paths.origin.write_bytes(origin_of(engagement, hashes).to_bytes())


def looked_at(*folders: Path) -> int:
    """Ask for the facts of every file, as little as can be done; return their bytes."""
    return sum(_bytes(os.fspath(folder)) for folder in folders)


def _bytes(folder: str) -> int:
    with os.scandir(folder) as entries:
        return sum(_bytes(e.path) if e.is_dir() else e.stat().st_size for e in entries)


def measured(count: int, *, rounds: int) -> dict[str, float]:
    """Return the seconds of ``run``, ``status`` and the bare looks (``stat``) over engagements."""
    with tempfile.TemporaryDirectory() as name:
        clients, out = made_engagements(Path(name), count)
        run = ("-m", "workbook", "run", str(clients), "--out", str(out))
        status = ("-m", "workbook", "status", str(clients), "--out", str(out))
        call(*run)  # the first notes what it has seen
        return in_turn(
            {
                "run": lambda: call(*run),
                "status": lambda: call(*status),
                "stat": lambda: looked_at(clients, out),
            },
            rounds=rounds,
        )


def main() -> None:
    """Print seconds of each command and of the bare looks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for count in options.counts:
        took = measured(count, rounds=options.rounds)
        told = ", ".join(f"{way} {seconds:.3f} s" for way, seconds in took.items())
        sys.stdout.write(f"{count} engagements: {told}\n")


if __name__ == "__main__":
    main()
