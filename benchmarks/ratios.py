"""What has to stay fast, measured in small in one run, as ratios to the plain tools.

    make bench                                    all of them, in about four minutes
    python -m benchmarks.ratios [PART ...]        some of them
    python -m benchmarks.ratios --keep            put down what was measured (idle machine)

Both sides of a ratio are timed in one run, so that it holds on a slower machine too; seconds do
not.  ``ratios.json`` has the ratios of the last kept run; what is more than a quarter above is
said.  Nothing fails: a busy machine is no fault.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import cluster as dask_cluster
from benchmarks import finance_scale, nothing_to_do, reading, segmentation_scale, writing_scale
from benchmarks.batch import ONE_THREAD, machine
from benchmarks.engagements import make_engagements
from benchmarks.ratio import Ratio, in_turn, is_worse, seconds, table
from benchmarks.ways import by_api, by_functions, by_us, call, notebook, warm_pool

KEPT = Path(__file__).with_name("ratios.json")
SAMPLE = Path(__file__).resolve().parents[1] / "data_samples" / "tatra-servis"
JOBS = 2


def one_report() -> Iterator[Ratio]:
    """One client's report, from the command to the file; then again, with nothing to do."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        executed = str(out / "plain.ipynb")
        source = str(notebook())
        plain = seconds(
            lambda: call("-m", "papermill", source, executed, "-p", "engagement", str(SAMPLE))
        ) + seconds(lambda: call("-m", "nbconvert", "--to", "html", executed))
        html = seconds(lambda: _run(out / "html", "loyalty", "html"))
        both = seconds(lambda: _run(out / "both", "loyalty,churn_reasons", "html"))
        every = seconds(lambda: _run(out / "every", "loyalty", "html,pdf,xlsx,json"))
        idle = in_turn(
            {
                "run": lambda: _run(out / "html", "loyalty", "html"),
                "status": partial(_command, "status", out / "html"),
            },
            rounds=3,
        )
    yield Ratio(name="one report, HTML : papermill + nbconvert", ours=html, theirs=plain, goal=0.45)
    yield Ratio(name="one report, every format : the same", ours=every, theirs=plain, goal=0.7)
    yield Ratio(
        name="second report of a command : the same", ours=both - html, theirs=plain, goal=0.15
    )
    yield Ratio(name="run with nothing to do : the same", ours=idle["run"], theirs=plain)
    yield Ratio(name="status : the same", ours=idle["status"], theirs=plain)


def _run(out: Path, only: str, formats: str) -> None:
    _command("run", out, "--only", only, "--formats", formats)


def _command(name: str, out: Path, *choices: str) -> None:
    call("-m", "workbook", name, str(SAMPLE), *choices, "--out", str(out))


def batch() -> Iterator[Ratio]:
    """Many clients, two reports at a time; start-up counted."""
    many, few = 24, 6
    with tempfile.TemporaryDirectory() as name:
        folders = make_engagements(Path(name) / "clients", many)
        outs = iter([Path(name) / str(n) for n in range(3)])

        def timed(way: Callable[..., None], count: int) -> float:
            out = next(outs)
            out.mkdir()
            return seconds(lambda: way(folders[:count], out, JOBS)) / count

        ours = timed(partial(by_us, engine="warm"), many)
        api = timed(by_api, few)
        with warm_pool(JOBS, folders[0]) as pool:
            bare = timed(partial(by_functions, pool), many)
    told = "a report of a batch : "
    yield Ratio(name=f"{told}papermill API + nbconvert", ours=ours, theirs=api, goal=1 / 6)
    yield Ratio(name=f"{told}the bare computation", ours=ours, theirs=bare, goal=1.2)


def sales() -> Iterator[Ratio]:
    """Sales computed with targets and segments of all, against bare groupby and joins."""
    rows = 200_000
    found = segmentation_scale.measured(rows=rows, customers=rows // 10, plan=True)
    plain = found["bare"]
    yield Ratio(
        name="sales with a plan : bare groupby and joins",
        ours=found["ours"]["compute_cpu"],
        theirs=plain["compute_cpu"] + plain["plan_cpu"],
    )


def cluster() -> Iterator[Ratio]:
    """Measure a batch by a Dask cluster of this machine against its own processes."""
    found = dask_cluster.measured(8)
    yield Ratio(
        name="a batch by a cluster : by processes", ours=found["warm"], theirs=found["local"],
        goal=1.15,
    )  # fmt: skip


def nothing() -> Iterator[Ratio]:
    """Measure what an engagement costs a command that has nothing to do, among 100 and alone."""
    many, one = (nothing_to_do.measured(count, rounds=1) for count in (100, 1))
    for command in ("run", "status"):
        yield Ratio(
            name=f"{command} with nothing to do: 100 engagements : 1",
            ours=many[command],
            theirs=one[command],
        )


PARTS: Mapping[str, Callable[[], Iterator[Ratio]]] = {
    "one_report": one_report,
    "batch": batch,
    "nothing": nothing,
    "reading": reading.ratios,
    "sales": sales,
    "finance": finance_scale.ratios,
    "writing": writing_scale.ratios,
    "cluster": cluster,
}


def main() -> None:
    """Measure, print and, if asked, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--keep", action="store_true", help=f"write {KEPT.name}")
    options = parser.parse_args()
    if unknown := sorted(set(options.parts) - set(PARTS)):
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    before = kept()
    write = sys.stdout.write
    write(f"{machine()}\nkept: {before['machine']}\n\n")
    found: list[Ratio] = []
    taken = seconds(lambda: found.extend(_all(options.parts or list(PARTS))))
    write("\n".join(table(found, before["ratios"])))
    worse = [one.name for one in found if is_worse(one, before["ratios"].get(one.name))]
    write(f"\n\n{len(found)} ratios in {taken:.0f} s; more than a quarter worse: {len(worse)}\n")
    if options.keep:
        ratios = before["ratios"] | {one.name: round(one.value, 4) for one in found}
        told = {"machine": machine(), "ratios": ratios}
        KEPT.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _all(parts: list[str]) -> Iterator[Ratio]:
    for part in parts:
        sys.stderr.write(f"{part} ...\n")
        yield from PARTS[part]()


def kept() -> dict[str, Any]:
    """Return what was put down last: the machine, and the ratios by name."""
    nothing: dict[str, Any] = {"machine": "nothing yet", "ratios": {}}
    return nothing | json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else nothing


if __name__ == "__main__":
    main()
