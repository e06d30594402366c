"""The processes of a run, as the operating system lists them."""

import os
import time
from contextlib import suppress
from multiprocessing import forkserver

import psutil

PATIENCE = 3.0
"""Seconds that processes may take to notice that they are not wanted."""


def until(holds, seconds=60.0):
    """Wait until something holds; tell whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return bool(holds())


def at_work():
    """Return what the fork server of this process has forked and is still there."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(forkserver._forkserver._forkserver_pid).children(recursive=True)
    return []


def of_session(leader):
    """Return the living processes of a session, also those that lost their parent."""
    return [pid for pid in psutil.pids() if pid != leader and _session(pid) == leader]


def _session(pid):
    with suppress(OSError, psutil.Error):
        if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            return os.getsid(pid)
    return None
