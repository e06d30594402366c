"""A cluster in which something is wrong: one sentence, the rest is made, nothing is left."""

import json
import os
import signal
import socket
import threading
from contextlib import contextmanager
from functools import partial

import pytest

from workbook.batch import dask_workers
from workbook.batch.dask_workers import DaskWorkers
from workbook.batch.outcome import Status, exit_code
from workbook.batch.prepared_engagement import RunOptions
from workbook.batch.process_start import CAN_FORK
from workbook.batch.session import Silent, run_session
from workbook.commands.cli import cli, guarded
from workbook.errors import UsageError

from .cluster_processes import OF_ANOTHER_VERSION, WITHOUT_OFFICE, scheduler, worker
from .faulty_work import services_of
from .processes import until

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.skipif(not CAN_FORK, reason="the workers of this test fork"),
    pytest.mark.filterwarnings("ignore"),  # of the cluster's own libraries
]

SLOW = """\
import time
(folder / "begun").touch()
while not (folder / "go on").exists():
    time.sleep(0.02)"""


@pytest.fixture(scope="module")
def empty():
    """Yield the address of a scheduler without workers."""
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as running:
        yield running.scheduler_address


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Yield the address of a cluster of a good worker and one of another version."""
    folder = tmp_path_factory.mktemp("workers")
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as running:
        address = running.scheduler_address
        good = worker(address, folder, WITHOUT_OFFICE)
        with good, worker(address, folder, OF_ANOTHER_VERSION):
            assert until(lambda: len(running.scheduler.workers) == 2)
            yield address


class Heard(Silent):
    """Keeps what is said of the run as a whole."""

    def __init__(self):
        self.remarks = []

    def remark(self, text):
        self.remarks.append(text)


def run(batch, address, heard=None, formats=("json",)):
    folders = sorted((batch.folder / "clients").iterdir())
    services = services_of(
        batch.notebooks, "warm", open_workers=lambda jobs: DaskWorkers(address, seconds=60.0)
    )
    options = RunOptions(out=batch.out, formats=formats)
    return run_session(folders, options, services, heard or Silent())


def statuses(outcomes):
    return [outcome.stopped or outcome.reports[0].status for outcome in outcomes]


def test_a_worker_of_another_version_is_passed_over_for_reading_too_and_named(batch, mixed):
    batch.write_engagements("b", "c", "d")
    heard = Heard()
    outcomes = run(batch, mixed, heard)
    assert statuses(outcomes) == [Status.MADE] * 4, outcomes
    (told,) = heard.remarks
    assert "do not have this version of the program: workers tcp://127.0.0.1:" in told


def test_slides_that_no_worker_can_make_fail_in_one_sentence(batch, mixed):
    (outcome,) = run(batch, mixed, formats=("json", "pptx"))
    (report,) = outcome.reports
    assert report.status is Status.FAILED
    assert report.reason.startswith("loyalty: no worker of the cluster can make pptx: python-pptx")
    assert batch.hidden() == []


def test_a_cluster_without_workers_is_said(batch, empty, monkeypatch):
    monkeypatch.setattr(dask_workers, "_PATIENCE", 0.2)
    with pytest.raises(UsageError, match=r"has no worker; start one: dask worker tcp://"):
        run(batch, empty)
    assert not batch.out.exists()


def test_a_cluster_whose_workers_all_have_another_version_is_said(
    batch, empty, tmp_path, monkeypatch
):
    monkeypatch.setattr(dask_workers, "_PATIENCE", 0.2)
    client = distributed.Client(empty, set_as_default=False)
    with client, worker(empty, tmp_path / "w", OF_ANOTHER_VERSION):
        client.wait_for_workers(1)
        with pytest.raises(UsageError, match=r"has this version of the program \(.*\): 1 passed"):
            run(batch, empty)


def test_work_of_a_lost_worker_goes_to_one_that_joins(batch, empty, tmp_path, monkeypatch):
    monkeypatch.setattr(dask_workers, "_PATIENCE", 60.0)
    batch.write_notebook(SLOW)
    with worker(empty, tmp_path / "w") as first:

        def lose():
            first.kill()
            (batch.client("acme") / "go on").touch()

        with when((batch.client("acme") / "begun",), lose), joining(empty, tmp_path / "v", first):
            outcomes = run(batch, empty)
    assert statuses(outcomes) == [Status.MADE], outcomes
    assert batch.hidden() == []


def test_a_scheduler_that_dies_is_one_sentence_and_leaves_nothing_of_unfinished_reports(
    batch, tmp_path
):
    batch.write_notebook(SLOW)
    batch.write_engagements("b", "c", "d", "e")
    (batch.client("acme") / "go on").touch()
    with scheduler(tmp_path / "address") as process:
        assert until((tmp_path / "address").is_file)
        address = json.loads((tmp_path / "address").read_bytes())["address"]
        heard = Heard()
        kill = partial(os.kill, process.pid, signal.SIGKILL)
        made, begun = batch.root("acme") / "manifest.json", batch.client("b") / "begun"
        with worker(address, tmp_path / "w"), when((made, begun), kill):
            outcomes = run(batch, address, heard)
    assert statuses(outcomes) == [Status.MADE, *[Status.NOT_STARTED] * 4], outcomes
    assert exit_code(outcomes) == 1
    (told,) = heard.remarks
    assert told.startswith(f"the connection to the Dask scheduler at {address} was lost")
    assert (batch.out / "index.html").is_file()
    assert batch.hidden() == []
    assert not (batch.root("b") / "internal" / "failed.json").exists()


@contextmanager
def when(files, act):
    """Act as soon as the files are there, while the body runs."""
    waiting = threading.Thread(
        target=lambda: until(lambda: all(file.exists() for file in files)) and act()
    )
    waiting.start()
    yield
    waiting.join()


@contextmanager
def joining(address, folder, after):
    """Let a worker join once another process is gone, while the body runs."""
    over = threading.Event()

    def join():
        after.wait()
        with worker(address, folder):
            over.wait(60)

    waiting = threading.Thread(target=join)
    waiting.start()
    try:
        yield
    finally:
        over.set()
        waiting.join()


@pytest.mark.parametrize(
    "address", ["nonsense", "http://x:1", "tcp://127.0.0.1", "tcp://:8786", "tcp://[::1", "h:99999"]
)
def test_what_cannot_be_an_address_is_wrong_usage_before_anything_is_made(
    address, batch, capsys, monkeypatch
):
    arguments = ["run", str(batch.client("acme")), "--out", str(batch.out)]
    code = guarded(lambda: cli([*arguments, "--scheduler", address], standalone_mode=False))
    assert code == 2
    (told,) = capsys.readouterr().err.splitlines()
    assert told == (f"--scheduler {address}: not the address of a Dask scheduler (tcp://HOST:8786)")
    assert not batch.out.exists()


def test_what_answers_nothing_is_no_scheduler(batch, monkeypatch):
    monkeypatch.setattr(dask_workers, "_CONNECT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UsageError, match=f"no Dask scheduler answers at {address}"):
            run(batch, address)
