"""Work in a process of its own: forked from one that has imported everything, gone afterwards.

The standard library's fork server is that process: it imports :mod:`workbook.batch.preload` once,
has one thread, never runs a notebook, and forks a child for each piece of work.  What the work
sets, leaks or breaks ends with the child; when the child is killed, only this work fails.
Where there is no safe fork (Windows, macOS) each piece gets a newly started interpreter.

Nothing here opens a port: pipes and one Unix socket of the user's own.
"""

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, TypeVar

from workbook.batch.process_start import (
    end_server,
    environment_of,
    start_allowed,
    without_interruption,
)
from workbook.errors import RunError

T = TypeVar("T")

CAN_FORK = sys.platform.startswith("linux")
"""Whether a process that has imported numpy and matplotlib may be forked safely."""
LANGUAGES = "WORKBOOK_LANGUAGES"
"""Environment variable of the fork server: languages whose dictionaries to read."""
_PRELOAD = "workbook.batch.preload"
_MOMENT = 0.3
"""Seconds in which a server that is not busy starts a process."""
_GRACE = 3.0
"""Seconds between asking a process to end and ending it."""


class EndedError(RunError):
    """The process ended before its work was done."""


class TooLongError(RunError):
    """The work took longer than it may."""


class _ThisProcess:
    """Whether this process was made for one notebook, and that one is still to come."""

    unclaimed = False


def claim_process() -> bool:
    """Return whether this process may run a notebook in itself; true at most once."""
    unclaimed, _ThisProcess.unclaimed = _ThisProcess.unclaimed, False
    return unclaimed


class ForkedProcesses:
    """Runs each function in a process of its own; safe to call from several threads."""

    def __init__(self) -> None:
        self._context = get_context("forkserver") if CAN_FORK else get_context("spawn")
        self._lock = threading.Lock()  # multiprocessing's own lists are not made for threads
        self._running: set[BaseProcess] = set()
        self._stopped = False

    def prepare(self, languages: Iterable[str] = ()) -> None:
        """Start the process that imports everything; it goes on doing so by itself.

        Parameters
        ----------
        languages
            Codes of languages whose dictionaries it reads, too; they are slow to read.
        """
        from workbook.batch.notebook_engine.kernel import fixed_environment

        if CAN_FORK:
            from multiprocessing import forkserver, resource_tracker

            resource_tracker.ensure_running()  # opens the signal when it starts
            wanted = fixed_environment() | {LANGUAGES: ",".join(sorted(languages))}
            with self._lock, environment_of(wanted), start_allowed(), without_interruption():
                if self._stopped:
                    raise EndedError("stopped")
                self._context.set_forkserver_preload([_PRELOAD])
                forkserver.ensure_running()

    def call(
        self,
        work: Callable[..., T],
        *arguments: Any,
        seconds: float | None = None,
        on_message: Callable[[Any], None] | None = None,
        silence: float | None = None,
    ) -> T:
        """Return ``work(*arguments)``, done in a process of its own.

        Parameters
        ----------
        work
            A function of a module (it is found by name).  With ``on_message`` it gets one more
            argument, a function that sends a message.
        seconds
            How long it may take.
        on_message
            Called with each message.
        silence
            Seconds that may pass between two messages.

        Raises
        ------
        EndedError
            When the process ended without an answer (killed, out of memory, left by a cell).
        TooLongError
            When a limit is passed; the process is ended.
        Exception
            Whatever ``work`` raised, with its traceback as the cause.
        """
        self.prepare()
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_serve, args=(sender, work, arguments, on_message is not None), daemon=True
        )
        self._start(process)
        # The child has its own copy of this end.  While ours is open, a child that was killed
        # would never look gone to the one who listens.
        sender.close()
        try:
            kind, value = _listen(receiver, process, _Clock(seconds, silence), on_message)
        finally:
            receiver.close()
            self._end(process, asked=False)
        if kind == "ended":
            raise EndedError(_how_it_ended(process.exitcode))
        if kind == "error":
            error, trace = value
            raise error from _RemoteError(trace)
        result: T = value
        return result

    def stop(self) -> None:
        """End everything that runs; nothing new is started."""
        self._stopped = True
        if not self._lock.acquire(timeout=_MOMENT):  # one is being started, by a busy server
            end_server()
            self._lock.acquire()
        try:
            running = list(self._running)
        finally:
            self._lock.release()
        for process in running:
            with suppress(OSError, ValueError):
                process.terminate()
        for process in running:
            self._end(process, asked=True)

    def _start(self, process: BaseProcess) -> None:
        with self._lock:
            if self._stopped:
                raise EndedError("stopped")
            try:
                with start_allowed():
                    process.start()
            except (OSError, EOFError) as error:
                message = "the process that notebooks are forked from does not answer"
                raise RunError(f"{message}; `workbook doctor` tells more") from error
            self._running.add(process)

    def _end(self, process: BaseProcess, *, asked: bool) -> None:
        """Wait for the process, and end it when it does not go by itself.

        Asked first, for it removes its temporary files on the way out; killed when it does not
        listen, because a cell that hangs in a library must not hold up the run.
        """
        if not wait([process.sentinel], _GRACE if asked else 0.5):
            with suppress(OSError, ValueError):
                process.terminate()
            if not wait([process.sentinel], _GRACE):
                with suppress(OSError, ValueError):
                    process.kill()
                wait([process.sentinel], _GRACE)
        with self._lock:
            process.join(_GRACE)
            self._running.discard(process)


class _RemoteError(Exception):
    """Carries the traceback of the other process into the log."""

    def __init__(self, trace: str) -> None:
        super().__init__(trace)

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class _Clock:
    """How long one may still wait."""

    def __init__(self, seconds: float | None, silence: float | None) -> None:
        self._end = None if seconds is None else monotonic() + seconds
        self._silence = silence
        self.limit = seconds
        self.begin_silence()

    def begin_silence(self) -> None:
        """Begin it anew: something was heard."""
        self._quiet_until = None if self._silence is None else monotonic() + self._silence

    def left(self) -> float | None:
        """Return the seconds until the nearest limit."""
        ends = [end for end in (self._end, self._quiet_until) if end is not None]
        return max(0.0, min(ends) - monotonic()) if ends else None

    def refusal(self) -> TooLongError:
        """Return the error for the limit that was passed."""
        quiet = self._quiet_until is not None and monotonic() >= self._quiet_until
        limit = self._silence if quiet else self.limit
        return TooLongError(f"it took longer than {limit:g} seconds")


def _listen(
    receiver: Connection,
    process: BaseProcess,
    clock: _Clock,
    on_message: Callable[[Any], None] | None,
) -> tuple[str, Any]:
    """Return what the process answers: a ``result``, an ``error``, or that it has ``ended``."""
    while True:
        ready = wait([receiver, process.sentinel], clock.left())
        if not ready:
            raise clock.refusal()
        # An answer may have come in the instant between the two looks: it counts.
        if receiver not in ready and not receiver.poll():
            return "ended", None
        try:
            kind, value = receiver.recv()
        except (EOFError, OSError):
            return "ended", None
        if kind != "message":
            return kind, value
        clock.begin_silence()
        if on_message is not None:
            on_message(value)


def _how_it_ended(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            name = signal.Signals(-code).name
            hint = " (out of memory?)" if name == "SIGKILL" else ""
            return f"the Python process was ended by {name}{hint}"
    return f"the Python process ended before the work was done (exit code {code})"


def _serve(
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
