"""Runs in processes that are forked from this one and killed when asked: fifty in a minute.

A command that is started anew needs seconds before it makes anything.  Here all of them share
one fork server, which outlives them; that it ends with a real command is tested apart.

Each line of standard input is an order, each line of standard output an answer (JSON).
"""

import json
import os
import signal
import sys
import time
from contextlib import suppress
from multiprocessing import forkserver
from pathlib import Path

import psutil

from workbook.batch import forked_process
from workbook.batch.outcome import exit_code
from workbook.engagement.fingerprint import program_hash

from .faulty_batch import Batch

PATIENCE = 3.0
"""Seconds that the processes of a killed run may take to notice."""


def main():
    batch = Batch(folder=Path(sys.argv[1]), diagnostics=2)
    server = _serve_all()
    _say({"ready": True})
    for line in sys.stdin:
        order = json.loads(line)
        begun = time.monotonic()
        pid = _fork(batch, here=order["here"])
        killed = order["seconds"] is not None and _kill(pid, order["seconds"])
        _, status = os.waitpid(pid, 0)
        code = None if killed else os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        _say({"pid": pid, "code": code, "seconds": seconds, "left": _left(server)})


def _serve_all():
    """Start the one fork server and have it used by every forked process."""
    forked_process._PRELOAD = "batch.light_server"
    program_hash()
    forked_process.ForkedProcesses().prepare()
    forked_process.ForkedProcesses().call(os.getpid)  # it is ready
    server = forkserver._forkserver
    forkserver.ensure_running = server.ensure_running = lambda: None
    return psutil.Process(server._forkserver_pid)


def _fork(batch, *, here):
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            outcomes = batch.run(engine="bare", jobs=2, here=here, formats=("html", "json"))
            code = exit_code(outcomes)
        finally:
            os._exit(code)
    return pid


def _kill(pid, seconds):
    """Kill the process after so many seconds; tell whether it was still running."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return False
        time.sleep(0.001)
    running = psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    os.kill(pid, signal.SIGKILL)
    return running


def _left(server):
    """Return how many processes of the run are still there after a while."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(psutil.NoSuchProcess):
            if not server.children(recursive=True):
                return 0
        time.sleep(0.005)
    return len(server.children(recursive=True))


def _say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
