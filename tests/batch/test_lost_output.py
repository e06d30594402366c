"""Faults I8 and I9: the disk is full, the output may not be written, or goes away."""

import errno
import os
import shutil
import subprocess

import pytest

from workbook.batch.outcome import Status
from workbook.batch.process_start import CAN_FORK
from workbook.errors import RunError

from .faulty_batch import Batch

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs processes that fork safely")
FIRST, SECOND = "id,score\n1,9\n", "id,score\n1,9\n2,3\n"
STEPS = ("fsync", "link", "mkdir")
"""What needs room on the disk; giving a file another name does not."""


def whole(batch):
    """Return the files of the reports: those of the index, of failures and logs may be newer."""
    own = ("index.html", "manifest.json", "failed.json", "seen_files.json", "failed.log")
    return {n: f for n, f in batch.files().items() if not n.endswith(own)}


class Disk:
    """Full at one step, or from one step on."""

    def __init__(self, monkeypatch, steps):
        self.reached = False
        self.fills(range(0))
        for name in steps:
            monkeypatch.setattr(os, name, self._limited(getattr(os, name)))

    def _limited(self, real):
        def step(*arguments, **options):
            self.count += 1
            if self.count in self.full:
                self.reached = True
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
            return real(*arguments, **options)

        return step

    def fills(self, steps):
        self.count, self.full = 0, steps


@pytest.fixture
def once(tmp_path):
    """Make the report of an engagement; then an answer came in."""
    batch = Batch(folder=tmp_path)
    batch.write_notebook()
    batch.write_engagements("acme", answers=FIRST)
    batch.run(engine="bare", here=True)
    batch.write_engagements("acme", answers=SECOND)
    return batch


def run_on(batch, disk, steps):
    """Run while the disk is full at these steps; return the status, None where none is told."""
    disk.fills(steps)
    disk.reached = False
    only_told = None
    try:
        (outcome,) = batch.run(engine="bare", here=True)
    except RunError as error:
        only_told = str(error)
    finally:
        disk.fills(range(0))
    if only_told:
        assert "index page could not be written: No space left" in only_told
        return None
    told = [outcome.reason, *(report.reason for report in outcome.reports)]
    if outcome.exit_code:
        assert any(os.strerror(errno.ENOSPC) in reason for reason in told), told
    return outcome.reports[0].status if outcome.reports else None


@pytest.mark.parametrize("lasting", [False, True], ids=["for a moment", "from then on"])
def test_i8_a_disk_that_is_full_at_any_step_leaves_the_earlier_report(
    lasting, once, tmp_path, monkeypatch
):
    old, start, seen, moment = whole(once), tmp_path / "start", [], 0
    disk = Disk(monkeypatch, STEPS if lasting else (*STEPS, "replace"))
    shutil.copytree(once.out, start)
    while not seen or disk.reached:
        moment += 1
        status = run_on(once, disk, range(moment, 10**9 if lasting else moment + 1))
        seen.append(status)
        check_whole(once, old, status, moment)
        (again,) = once.run(engine="bare", here=True)
        assert again.reports[0].status in (Status.MADE, Status.UP_TO_DATE), moment
        assert (once.result("acme")["answers"], once.hidden()) == (SECOND, []), moment
        shutil.rmtree(once.out)
        shutil.copytree(start, once.out)
    assert seen.count(None if lasting else Status.FAILED) > 10
    assert seen[-1] is Status.MADE


def check_whole(batch, old, status, moment):
    now = {name: content for name, content in whole(batch).items() if "/." not in name}
    assert seen_by_client(batch) == [], moment
    if status is Status.FAILED or now["acme/2025/results/loyalty.json"] in old.values():
        assert now == old, moment
    else:
        assert now.keys() == old.keys(), moment
        assert batch.result("acme")["answers"] == SECOND, moment


def seen_by_client(batch):
    return [n for n in batch.hidden() if "/2025/client/" in n or "/2025/results/" in n]


@pytest.fixture
def mounted(tmp_path):
    """Return a function that mounts a small file system of its own for the output."""
    folder = tmp_path / "out"
    folder.mkdir()

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no mount here")
        if done.returncode:
            pytest.skip("file systems cannot be mounted here")

    yield mount
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


FILL = "open('filler', 'wb').write(bytes({size}))"


def test_i8_a_disk_that_is_really_full_leaves_the_earlier_report(mounted, batch):
    mounted("size=900k")
    batch.run()
    old = whole(batch)
    batch.write_engagements("acme", answers=SECOND)
    batch.write_notebook("answers += 'x' * 800_000")
    (outcome,) = batch.run()
    assert outcome.reports[0].status is Status.FAILED
    assert "No space left on device" in outcome.reports[0].reason
    assert (whole(batch), batch.hidden()) == (old, [])
    batch.write_notebook()
    (outcome,) = batch.run()
    assert outcome.reports[0].status is Status.MADE


def test_i9_an_output_that_may_not_be_written_is_told(mounted, batch):
    mounted("ro")
    with pytest.raises(RunError, match="index page could not be written: Read-only"):
        batch.run(here=True, engine="bare")
    assert list(batch.out.iterdir()) == []


def test_i9_an_output_that_goes_away_during_the_run_is_told(batch):
    batch.write_notebook(f"import shutil; shutil.rmtree({str(batch.out)!r})")
    (outcome,) = batch.run()
    assert outcome.reports[0].status is Status.FAILED
    assert "doesn't exist" in outcome.reports[0].reason
    batch.write_notebook()
    (outcome,) = batch.run()
    assert outcome.reports[0].status is Status.MADE
    assert batch.hidden() == []
