"""What a process does that was made for one piece of work: the work, and nothing of its parent's.

It is forked from the process that :mod:`workbook.batch.preload` has prepared, or newly started
where there is no safe fork; :mod:`workbook.batch.forked_process` asks for it and listens.
"""

import gc
import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from workbook.batch.process_start import CAN_FORK
from workbook.errors import RunError


class _ThisProcess:
    """Whether this process was made for one notebook, and that one is still to come."""

    unclaimed = False


def claim_process() -> bool:
    """Return whether this process may run a notebook in itself; true at most once."""
    unclaimed, _ThisProcess.unclaimed = _ThisProcess.unclaimed, False
    return unclaimed


def serve(
    sender: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], sends_messages: bool
) -> None:
    """Do the work in the new process and send what came of it."""
    _become_own_master()
    _die_with_parent()
    try:
        if CAN_FORK:
            _check_fork()
        _reseed()
        _ThisProcess.unclaimed = True
        send = (lambda message: sender.send(("message", message)),) if sends_messages else ()
        answer = ("result", work(*arguments, *send))
    except BaseException as error:  # SystemExit of a notebook is an answer, too
        answer = ("error", _portable(error))
    sender.send(answer)
    sender.close()


def _become_own_master() -> None:
    """Ctrl-C is for the parent; being asked to end is an exception, so that files are removed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def _die_with_parent() -> None:
    """End this process as soon as the one that asked for it is gone, killed for example."""
    parent = parent_process()
    if parent is not None:
        watch = threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True)
        watch.start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # not sys.exit: this is not the main thread, and nobody is left to tidy up for


def _check_fork() -> None:
    from workbook.batch import preload

    # Of several threads only the one that forks goes on in the child: a lock that another held
    # (of the allocator, of BLAS) is then held for ever.
    if preload.THREADS != 1:
        raise RunError(
            f"the prepared process had {preload.THREADS} threads and cannot be forked safely; "
            "use --engine papermill"
        )


def _reseed() -> None:
    import random

    import numpy as np

    random.seed()  # all children would draw what the server would have drawn
    np.random.seed()
    gc.enable()


def _portable(error: BaseException) -> tuple[BaseException, str]:
    """Return the error as one that can be sent, and its traceback."""
    import pickle

    trace = "".join(traceback.format_exception(error))
    try:
        copy = pickle.loads(pickle.dumps(error))
    except Exception:
        return RunError(f"{type(error).__name__}: {error}"), trace
    if isinstance(copy, Exception):
        return copy, trace
    return RunError(f"the notebook ended by {type(error).__name__}"), trace
