"""Whatever step a run ends at: each report is whole, the old or the new, and recovery is sure."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from workbook.batch.outcome import Status

from .broken_off import FIRST, SECOND, recover, reports, seen_by_client
from .faulty_batch import Batch

STEPS = ("fsync", "link", "mkdir", "replace", "rmdir", "unlink")
"""Of the operating system: all that changes what is there, but writing into a new file."""
LOYALTY, REASONS = ("acme", "loyalty"), ("acme", "churn_reasons")
EVERY = ("html", "pdf", "xlsx", "json")


class EndedHere(BaseException):
    """The process is dead: nothing that would still run changes anything."""


class Steps:
    """Counts what is asked of the operating system, and lets one fail."""

    def __init__(self, monkeypatch):
        self.begin()
        for name in STEPS:
            monkeypatch.setattr(os, name, self._wrapped(getattr(os, name), name))

    def _wrapped(self, real, name):
        def step(*arguments, **options):
            self.count += 1
            self.log.append((name, Path(str(arguments[-1])).name))
            if self.fatal and self.count >= self.fatal:
                raise EndedHere
            if self.count == self.full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
            return real(*arguments, **options)

        return step

    def begin(self, *, fatal=0, full=0):
        self.count, self.fatal, self.full, self.log = 0, fatal, full, []

    def first(self, name, file):
        """Return the number of the first step that did this with a file."""
        return self.log.index((name, file)) + 1


@pytest.fixture
def twice(tmp_path):
    """Two reports, made with every format; then one answer came in, and no PDF is wanted."""
    batch = Batch(folder=tmp_path, diagnostics=2)
    batch.write_notebook()
    batch.write_engagements("acme", answers=FIRST)
    batch.run(engine="bare", here=True, formats=EVERY)
    batch.write_engagements("acme", answers=SECOND)
    return batch


def rerun(batch, **options):
    return batch.run(engine="bare", here=True, formats=("html", "json"), **options)


def die(batch, steps, moment, act):
    """Act until the process dies before one step; return whether it came that far."""
    steps.begin(fatal=moment)
    try:
        act(batch)
    except EndedHere:
        return True
    finally:
        steps.begin()
        for lock in batch.out.glob("*/.*.lock"):  # this process lives on
            lock.unlink()
    return False


def test_whatever_step_is_the_last_each_report_is_the_old_or_the_new(twice, tmp_path, monkeypatch):
    steps, old, moment = Steps(monkeypatch), reports(twice), 0
    start = tmp_path / "start"
    shutil.copytree(twice.out, start)
    ended = set()
    while die(twice, steps, moment := moment + 1, rerun):
        assert seen_by_client(twice.hidden()) == [], moment
        recover(twice)
        assert (twice.untold("acme"), twice.hidden()) == ([], []), moment
        now = reports(twice)
        ended.add(tuple(now[name] == old[name] for name in old))
        shutil.rmtree(twice.out)
        shutil.copytree(start, twice.out)
    assert moment > 60
    assert ended == {(True, True), (False, True), (False, False)}
    assert sorted(reports(twice)[LOYALTY]) == ["client/loyalty.html", "results/loyalty.json"]


def test_the_next_run_after_any_step_finishes_and_leaves_nothing(twice, tmp_path, monkeypatch):
    steps, moment = Steps(monkeypatch), 0
    start = tmp_path / "start"
    shutil.copytree(twice.out, start)
    rerun(twice)
    wanted = reports(twice)
    shutil.rmtree(twice.out)
    shutil.copytree(start, twice.out)
    while die(twice, steps, moment := moment + 3, rerun):
        (outcome,) = rerun(twice)
        assert {r.status for r in outcome.reports} <= {Status.MADE, Status.UP_TO_DATE}, moment
        assert (reports(twice), twice.untold("acme"), twice.hidden()) == (wanted, [], []), moment
        shutil.rmtree(twice.out)
        shutil.copytree(start, twice.out)


def test_a_recovery_that_is_killed_itself_is_done_again(twice, tmp_path, monkeypatch):
    steps, old = Steps(monkeypatch), reports(twice)
    copy = tmp_path / "copy"
    shutil.copytree(twice.out, copy)
    steps.begin()
    rerun(twice)
    late = steps.first("replace", "manifest.json")
    shutil.rmtree(twice.out)
    shutil.copytree(copy, twice.out)
    assert die(twice, steps, late, rerun)
    assert reports(twice) != old
    start = tmp_path / "start"
    shutil.copytree(twice.out, start)
    moment = 0
    while die(twice, steps, moment := moment + 1, recover):
        recover(twice)
        assert (reports(twice), twice.untold("acme"), twice.hidden()) == (old, [], []), moment
        shutil.rmtree(twice.out)
        shutil.copytree(start, twice.out)
    assert moment > 5


def test_a_report_that_failed_to_arrive_does_not_undo_the_one_after_it(twice, monkeypatch):
    """Its journal is closed when its earlier files are back, or a later recovery reads it."""
    old, replace, remove, full = reports(twice), os.replace, shutil.rmtree, [True]

    def once_full(source, target):
        if Path(target).name == "manifest.json" and full:
            full.clear()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        replace(source, target)

    def dies_at_last(folder, **options):
        if ".work-" in Path(folder).name:
            raise EndedHere
        remove(folder, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", once_full)
        patch.setattr(shutil, "rmtree", dies_at_last)
        with pytest.raises(EndedHere):
            rerun(twice)
    recover(twice)
    assert reports(twice)[LOYALTY] == old[LOYALTY]
    assert reports(twice)[REASONS] != old[REASONS]
    assert twice.untold("acme") == []


def test_earlier_files_that_cannot_be_put_back_at_once_are_put_back_later(twice, monkeypatch):
    old, real, calls = reports(twice), os.replace, []

    def gone(source, target):
        calls.append(str(target))
        if len([c for c in calls if "/client/" in c]) > 1 and "/acme/" in calls[-1]:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", gone)
        (outcome,) = rerun(twice)
    assert [r.status for r in outcome.reports] == [Status.FAILED, Status.FAILED]
    assert twice.untold("acme") != []
    recover(twice)
    assert (reports(twice), twice.hidden()) == (old, [])


def test_an_unfinished_index_page_of_a_killed_run_goes(twice):
    old, new = (twice.out / f".index.html.{pid}.part" for pid in (1, 2))
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    rerun(twice)
    assert (old.exists(), new.exists()) == (False, True)
