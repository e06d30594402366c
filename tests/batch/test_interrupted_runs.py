"""Faults I7 and I10-I12: runs that are stopped, killed, doubled, or have one bad client."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading

import pytest

from workbook.batch.delivery import uninterrupted
from workbook.batch.lock import holder
from workbook.batch.outcome import Status, exit_code
from workbook.batch.process_start import CAN_FORK

from .broken_off import seen_by_client
from .processes import PATIENCE, at_work, of_session, until

pytestmark = [
    pytest.mark.skipif(not CAN_FORK, reason="needs processes that fork safely"),
    pytest.mark.filterwarnings("ignore"),  # of the libraries around the kernel
]

WAIT = """\
import time
if (folder.parent.parent / "slow").exists() and folder.name in ("acme", "four"):
    (folder.parent.parent / "begun").touch()
    time.sleep(120)"""


@pytest.fixture
def slow(batch):
    """Make a batch whose report waits as long as a file is there."""
    batch.write_notebook(WAIT)
    (batch.folder / "slow").touch()
    return batch


def started(batch, *names, **options):
    """Start a run and return it in the middle of its report."""
    process = batch.start(*names, **options)
    assert until((batch.folder / "begun").exists), process.communicate(timeout=1)
    (batch.folder / "slow").unlink()
    (batch.folder / "begun").unlink()
    return process


def statuses(outcomes):
    return {o.id: [r.status for r in o.reports] or [o.stopped] for o in outcomes}


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_i7_a_run_that_is_asked_to_end_leaves_nothing_half_made(name, slow):
    process = started(slow, "acme")
    private = [slow.out / n for n in slow.hidden() if ".work-" in n and n.count("/") == 1]
    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o700]
    process.send_signal(getattr(signal, name))
    _, said = process.communicate(timeout=30)
    assert (process.returncode, "nothing is half made" in said) == (130, True)
    assert until(lambda: not of_session(process.pid), PATIENCE)
    assert [n for n in slow.files() if n.startswith("acme/")] == []
    assert slow.hidden() == []
    assert statuses(slow.run("acme")) == {"acme": [Status.MADE]}


def test_i7_a_run_that_is_asked_twice_ends_at_once_and_the_next_one_clears_up(slow):
    process = started(slow, "acme")
    process.send_signal(signal.SIGINT)
    until(lambda: process.poll() is not None, 0.05)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 130
    assert until(lambda: not of_session(process.pid), PATIENCE)
    assert seen_by_client(slow.files()) == []
    assert statuses(slow.run("acme")) == {"acme": [Status.MADE]}
    assert slow.hidden() == []


@pytest.mark.parametrize("engine", ["warm", "papermill"])
def test_i7_a_killed_run_takes_its_processes_with_it(engine, slow):
    process = started(slow, "acme", engine=engine)
    assert of_session(process.pid) != []
    process.kill()
    process.communicate(timeout=30)
    assert until(lambda: not of_session(process.pid), PATIENCE)
    assert statuses(slow.run("acme")) == {"acme": [Status.MADE]}
    assert slow.hidden() == []


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_i7_a_request_to_end_waits_for_a_delivery_also_when_a_thread_takes_it(name):
    asked = []
    before = signal.signal(getattr(signal, name), lambda number, frame: asked.append(number))
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        with uninterrupted():
            signal.pthread_kill(other.ident, getattr(signal, name))
            os.kill(os.getpid(), getattr(signal, name))
            assert asked == []
        assert {*asked} == {getattr(signal, name)}  # two were sent: they may come as one or two
    finally:
        stop.set()
        other.join()
        signal.signal(getattr(signal, name), before)


def test_i10_the_second_of_two_runs_is_refused_until_the_first_has_gone(slow):
    process = started(slow, "acme")
    (outcome,) = slow.run("acme")
    assert (outcome.stopped, outcome.exit_code) == (Status.FAILED, 4)
    assert f"process {process.pid} on {os.uname().nodename} since 20" in outcome.reason
    assert process.poll() is None
    process.kill()
    process.communicate(timeout=30)
    (lock,) = slow.out.glob("acme/.*.lock")
    assert holder(lock) == ""
    assert statuses(slow.run("acme")) == {"acme": [Status.MADE]}
    assert slow.hidden() == []


def test_i11_after_a_crash_only_the_rest_is_made(slow):
    names = ["five", "four", "one", "three", "two"]
    order = ["one", "two", "three", "four", "five"]
    slow.write_engagements(*names)
    process = started(slow, *order)
    assert until(lambda: (slow.root("three") / "manifest.json").exists())
    process.kill()
    process.communicate(timeout=30)
    made = {n: [Status.UP_TO_DATE] for n in order[:3]} | {n: [Status.MADE] for n in order[3:]}
    assert statuses(slow.run(*order)) == made
    assert slow.hidden() == []


def private_folder(home):
    (home / ".2025.work-left").mkdir()
    (home / ".2025.work-left" / "case").write_bytes(b"a client's tables")
    return home / ".2025.work-left"


def stale_lock(home):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    owner = {"pid": gone.pid, "host": os.uname().nodename, "since": "2025-12-31"}
    (home / ".2025.lock").write_text(json.dumps(owner))
    return home / ".2025.lock"


@pytest.mark.parametrize("leave", [private_folder, stale_lock])
def test_i11_what_a_killed_run_left_beside_finished_reports_goes(leave, batch):
    batch.run()
    left = leave(batch.out / "acme")
    assert statuses(batch.run(dry_run=True)) == {"acme": [Status.UP_TO_DATE]}
    assert left.exists()
    assert statuses(batch.run()) == {"acme": [Status.UP_TO_DATE]}
    assert batch.hidden() == []


TEN = [f"client-{number}" for number in range(10)]


@pytest.fixture
def ten(batch):
    """Ten engagements, the fifth of which has no second answer."""
    batch.write_notebook("answers.splitlines()[2]")
    batch.write_engagements(*TEN, answers="id,score\n1,9\n2,8\n")
    batch.write_engagements("client-4")
    return batch


def test_i12_one_bad_client_of_ten_does_not_stop_the_nine(ten):
    outcomes = ten.run(*TEN, jobs=2)
    assert statuses(outcomes) == {n: [Status.MADE] for n in TEN} | {"client-4": [Status.FAILED]}
    assert exit_code(outcomes) == 1
    ten.write_engagements("client-4", answers="id,score\n1,9\n2,8\n")
    assert statuses(ten.run(*TEN, jobs=2)) == {n: [Status.UP_TO_DATE] for n in TEN} | {
        "client-4": [Status.MADE]
    }


def test_i12_fail_fast_begins_nothing_after_the_bad_one(ten):
    outcomes = ten.run(*TEN, fail_fast=True)
    seen = statuses(outcomes)
    assert [seen[name] for name in TEN[:5]] == [[Status.MADE]] * 4 + [[Status.FAILED]]
    assert all(o.reports == () or o.reports[0].status is Status.NOT_STARTED for o in outcomes[5:])
    assert exit_code(outcomes) == 1
    assert until(lambda: not at_work(), PATIENCE)
    assert ten.hidden() == []
