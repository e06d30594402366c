"""Whenever a run is killed: reports are whole, the old or the new, and the next run finishes."""

import json
import os
import shutil
import subprocess
import sys
from random import Random

import pytest

from workbook.batch.lock import holder
from workbook.batch.process_start import CAN_FORK

from .broken_off import FIRST, SECOND, paths, recover, reports, seen_by_client
from .faulty_batch import TESTS, Batch

KILLS = 50
PARENTS = "from batch.light_preload import hurry; hurry(); from batch.parents import main; main()"
THREE = ("a", "b", "c")


class Parents:
    """The process that runs are forked from."""

    def __init__(self, batch):
        self._process = subprocess.Popen(
            [sys.executable, "-c", PARENTS, str(batch.folder)],
            cwd=TESTS,
            env=os.environ | {"PYTHONPATH": str(TESTS)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == {"ready": True}

    def _answer(self):
        return json.loads(self._process.stdout.readline())

    def run(self, *, seconds=None, here=False):
        """Run all engagements, kill the run after so many seconds, and say what came of it."""
        self._process.stdin.write(json.dumps({"seconds": seconds, "here": here}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self):
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@pytest.fixture
def three(tmp_path):
    """Three engagements with two reports each, made once; then answers came in."""
    batch = Batch(folder=tmp_path, diagnostics=2)
    batch.write_notebook()
    batch.write_engagements(*THREE, answers=FIRST)
    batch.run(engine="bare", here=True, formats=("html", "json"))
    batch.write_engagements(*THREE, answers=SECOND)
    return batch


@pytest.fixture
def parents(three):
    made = Parents(three)
    yield made
    made.close()


def is_undone(batch, name):
    """Return whether the journal of a broken delivery waits for the next run."""
    return any((batch.out / name).glob(".2025.work-*/*/*/journal.json"))


@pytest.mark.skipif(not CAN_FORK, reason="runs are forked")
def test_fifty_runs_killed_at_random_moments_leave_whole_reports(three, parents, tmp_path):
    start, random = tmp_path / "start", Random(20)
    shutil.copytree(three.out, start)
    old = reports(three)
    whole = [made_anew(three, parents, start) for _ in range(2)]
    new = reports(three)
    longest = min(one["seconds"] for one in whole)
    assert [(one["code"], one["left"]) for one in whole] == [(0, 0)] * 2
    assert all(new[name] != old[name] for name in old)
    locks = 0
    for number in range(KILLS):
        moment = random.uniform(0, longest)
        killed = made_anew(three, parents, start, seconds=moment)
        assert killed["left"] == 0, moment
        locks += len(list(three.out.glob("*/.2025.lock")))
        check_dead_run(three, moment)
        if number % 2:
            check_recovered(three, old, new, moment)
        again = parents.run(here=True)
        assert (again["code"], three.hidden(), reports(three)) == (0, [], new), moment
    assert locks > KILLS / 4


def made_anew(batch, parents, start, **options):
    shutil.rmtree(batch.out)
    shutil.copytree(start, batch.out)
    return parents.run(**options)


def check_dead_run(batch, moment):
    assert seen_by_client(batch.hidden()) == [], moment
    for name in THREE:
        assert batch.untold(name) == [] or is_undone(batch, name), moment
        assert holder(paths(batch, name).lock) == "", moment


def check_recovered(batch, old, new, moment):
    for name in THREE:
        recover(batch, name)
        assert batch.untold(name) == [], moment
    now = reports(batch)
    assert now.keys() == old.keys()
    assert all(now[name] in (old[name], new[name]) for name in now), moment
