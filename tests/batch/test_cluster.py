"""The same tasks done by a Dask cluster: the same bytes, also when a worker is lost."""

import json
import os
import signal
import threading
import time
from pathlib import Path

import psutil
import pytest

from workbook.batch.outcome import Status
from workbook.batch.prepared_engagement import RunOptions
from workbook.batch.process_start import CAN_FORK
from workbook.batch.services import default_services
from workbook.batch.session import run_session
from workbook.errors import UsageError

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.skipif(not CAN_FORK, reason="the workers of this test fork"),
    pytest.mark.filterwarnings("ignore"),  # of the cluster's own libraries
]

SAMPLES = Path(__file__).parent.parent.parent / "data_samples"
FORMATS = ("html", "pdf", "xlsx", "json")


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as running:
        yield running


def made_files(out: Path) -> dict[str, bytes]:
    """Return what was made, without what tells of times and places."""
    found = {p.relative_to(out).as_posix(): p for p in out.rglob("*") if p.is_file()}
    wanted = {n: p for n, p in found.items() if "/client/" in n or "/results/" in n}
    return {name: path.read_bytes() for name, path in wanted.items()}


def run(folder, out, scheduler=""):
    options = RunOptions(out=out, formats=FORMATS)
    return run_session([folder], options, default_services(scheduler=scheduler), jobs=2)


def test_the_same_bytes_come_from_a_cluster_that_loses_a_worker(cluster, tmp_path):
    folder = SAMPLES / "severstroy"
    run(folder, tmp_path / "here")
    workers = [w.process.pid for w in cluster.workers.values()]
    killer = threading.Thread(target=kill_when_busy, args=(workers, tmp_path / "there"))
    killer.start()
    (outcome,) = run(folder, tmp_path / "there", cluster.scheduler_address)
    killer.join()
    assert killed == workers[:1] or killed == workers[1:]
    assert [r.status for r in outcome.reports] == [Status.MADE] * 2, outcome
    assert made_files(tmp_path / "there") == made_files(tmp_path / "here") != {}
    (manifest,) = (tmp_path / "there").glob("*/*/manifest.json")
    entries = json.loads(manifest.read_bytes())["diagnostics"].values()
    assert [entry["engine"] for entry in entries] == ["warm"] * 2
    left = [p for p in (tmp_path / "there" / "severstroy").iterdir() if p.name.startswith(".")]
    assert left == []


killed: list[int] = []


def kill_when_busy(workers: list[int], out: Path) -> None:
    """Kill the worker that has begun the report, as soon as it has."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if list(out.glob("*/.*.work-*/*/try-*")):
            for pid in workers:
                if any("forkserver" in " ".join(p.cmdline()) for p in offspring(pid)):
                    busy = [p for p in offspring(pid) if is_at_work(p)]
                    if busy:
                        killed.append(pid)
                        os.kill(pid, signal.SIGKILL)
                        return
        time.sleep(0.02)


def offspring(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def is_at_work(process: psutil.Process) -> bool:
    try:
        return ".work-" in process.cwd()
    except psutil.Error:
        return False


def test_a_scheduler_that_does_not_answer_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match="no Dask scheduler answers at tcp"):
        run(SAMPLES / "severstroy", tmp_path, "tcp://127.0.0.1:9")
