"""What a process does that was made for one piece of work: the work, and nothing of its parent's.

It is forked from the process that :mod:`workbook.batch.preload` has prepared, or newly started:
where there is no safe fork, and where so few reports are made that this is quicker
(:mod:`workbook.batch.started_ahead`).  Who asks for it and listens is
:mod:`workbook.batch.forked_process`.
"""

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.util import _exit_function  # type: ignore[attr-defined]
from typing import Any, NoReturn

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
    _answer(sender, work, arguments, sends_messages, forked=CAN_FORK)


def serve_when_told(
    told: Connection, prepare: Callable[..., Iterator[None]], arguments: tuple[Any, ...]
) -> None:
    """Prepare for work in a newly started process, wait to be told which, and do it.

    Parameters
    ----------
    told
        Gives the work, its arguments and whether it sends messages; takes what came of it.
    prepare
        Does one step after another; the rest is left out once there is work.
    """
    _become_own_master()
    _die_with_parent()
    gc.disable()  # what is imported stays
    with suppress(Exception):  # what is lacking is told by the work, which needs it
        for _ in prepare(*arguments):
            if told.poll():
                break
    gc.freeze()
    try:
        work, given, sends_messages = told.recv()
    except EOFError:  # there is none
        _leave_at_once()
    _answer(told, work, given, sends_messages, forked=False)
    _leave_at_once()


def _answer(
    sender: Connection,
    work: Callable[..., Any],
    arguments: tuple[Any, ...],
    sends_messages: bool,
    *,
    forked: bool,
) -> None:
    try:
        if forked:
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
    if hasattr(signal, "pthread_sigmask"):  # see workbook.batch.process_start
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, _leave)


def _leave_at_once() -> NoReturn:
    """End this process as a forked one ends: nothing is taken apart, for which others wait."""
    _exit_function()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


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
