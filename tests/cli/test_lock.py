"""One run at a time; the lock of a dead process does not stop anybody."""

import errno
import json
import os
import platform
import subprocess
import sys
import threading
import time

import pytest

from workbook.batch.lock import LockedError, held, holder


def dead_pid():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def owner(pid, host):
    return json.dumps({"pid": pid, "host": host, "since": "2025-12-31T10:00:00+00:00"})


def test_the_lock_is_there_while_held_and_gone_afterwards(tmp_path):
    path = tmp_path / "a" / ".lock"
    with held(path):
        assert json.loads(path.read_text())["pid"] == os.getpid()
    assert list(path.parent.iterdir()) == []


def test_the_lock_is_gone_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), held(tmp_path / ".lock"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("pid", "host"),
    [(os.getpid(), platform.node()), (1, "another-host"), (1, platform.node())],
    ids=["this-process", "another-host", "this-host"],
)
def test_a_lock_of_a_living_or_distant_process_is_respected(pid, host, tmp_path):
    path = tmp_path / ".lock"
    path.write_text(owner(pid, host))
    with pytest.raises(LockedError, match=f"process {pid} on {host} since 2025"), held(path):
        pass
    assert path.read_text() == owner(pid, host)


def test_a_lock_of_a_dead_process_of_this_host_is_taken_over(tmp_path):
    path = tmp_path / ".lock"
    path.write_text(owner(dead_pid(), platform.node()))
    with held(path):
        assert json.loads(path.read_text())["pid"] == os.getpid()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "?", '{"host": "a"', "[]", '{"pid": "x", "host": "a"}'])
def test_a_lock_without_a_legible_owner_is_taken_over(content, tmp_path):
    """A full disk left it: its writer wrote nothing that could say who it was."""
    path = tmp_path / ".lock"
    path.write_text(content)
    os.utime(path, (time.time() - 60, time.time() - 60))
    assert holder(path) == ""
    with held(path):
        assert json.loads(path.read_text())["pid"] == os.getpid()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_is_being_written_is_waited_for(tmp_path):
    path = tmp_path / ".lock"
    path.write_text("")
    assert holder(path) == "another process"
    said = owner(os.getpid(), platform.node())
    writer = threading.Timer(0.2, path.write_text, args=(said,))
    writer.start()
    with pytest.raises(LockedError, match=f"process {os.getpid()}"), held(path):
        pass
    writer.join()
    assert path.read_text() == said


@pytest.mark.parametrize("linked", [True, False])
def test_a_full_disk_leaves_no_lock(linked, tmp_path, monkeypatch):
    if not linked:
        monkeypatch.setattr("os.link", no_links)
    path = tmp_path / ".lock"
    with monkeypatch.context() as patch:
        patch.setattr("os.fdopen" if not linked else "pathlib.Path.write_bytes", no_space)
        with pytest.raises(OSError, match="No space"), held(path):
            pass
    assert list(tmp_path.iterdir()) == []
    with held(path):
        pass


def test_the_number_of_a_dead_process_given_to_another_one_does_not_hold_the_lock(tmp_path):
    path = tmp_path / ".lock"
    path.write_text(owner(os.getpid(), platform.node()).replace("{", '{"born": 1.0, ', 1))
    assert holder(path) == ""
    with held(path):
        assert f"process {os.getpid()} on " in holder(path)


def test_nobody_holds_a_lock_that_is_not_there(tmp_path):
    assert holder(tmp_path / ".lock") == ""


@pytest.mark.parametrize("linked", [True, False])
def test_a_lock_is_taken_once_with_and_without_links(linked, tmp_path, monkeypatch):
    if not linked:
        monkeypatch.setattr("os.link", no_links)
    path = tmp_path / ".lock"
    with held(path), pytest.raises(LockedError), held(path):
        pass
    assert list(tmp_path.iterdir()) == []


def no_links(source, target):
    raise OSError("not supported here")


def no_space(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")
