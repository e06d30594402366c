"""Work in a fresh process: forked from one that has imported everything, gone afterwards.

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


class _Fresh:
    """Whether this process was made for one notebook, and that one is still to come."""

    unused = False


def claim_process() -> bool:
    """Tell whether this process may run a notebook in itself; true at most once."""
    fresh, _Fresh.unused = _Fresh.unused, False
    return fresh


class ForkedProcesses:
    """Runs functions in fresh processes of this machine; safe to call from several threads."""

    def __init__(self) -> None:
        self._context: Any = get_context("forkserver" if CAN_FORK else "spawn")
        self._lock = threading.Lock()  # multiprocessing's own lists are not made for threads
        self._running: set[Any] = set()
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
        heard: Callable[[Any], None] | None = None,
        silence: float | None = None,
    ) -> T:
        """Return ``work(*arguments)``, done in a fresh process.

        Parameters
        ----------
        work
            A function of a module (it is found by name).  With ``heard`` it gets one more
            argument, a function that sends a message.
        seconds
            How long it may take.
        heard
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
        answers, mouth = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_serve, args=(mouth, work, arguments, heard is not None), daemon=True
        )
        self._start(process)
        mouth.close()
        try:
            kind, value = _listen(answers, process, _Clock(seconds, silence), heard)
        finally:
            answers.close()
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

    def _start(self, process: Any) -> None:
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

    def _end(self, process: Any, *, asked: bool) -> None:
        """Wait for the process, and end it when it does not go by itself."""
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
        self.heard()

    def heard(self) -> None:
        """Begin the silence anew."""
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
    answers: Connection, process: Any, clock: _Clock, heard: Callable[[Any], None] | None
) -> tuple[str, Any]:
    while True:
        ready = wait([answers, process.sentinel], clock.left())
        if not ready:
            raise clock.refusal()
        if answers not in ready and not answers.poll():
            return "ended", None
        try:
            kind, value = answers.recv()
        except (EOFError, OSError):
            return "ended", None
        if kind != "message":
            return kind, value
        clock.heard()
        if heard is not None:
            heard(value)


def _how_it_ended(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            name = signal.Signals(-code).name
            hint = " (out of memory?)" if name == "SIGKILL" else ""
            return f"the Python process was ended by {name}{hint}"
    return f"the Python process ended before the work was done (exit code {code})"


def _serve(
    mouth: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], speaks: bool
) -> None:
    """Do the work in the new process and send what came of it."""
    _become_own_master()
    _die_with_parent()
    try:
        if CAN_FORK:
            _check_fork()
        _reseed()
        _Fresh.unused = True
        said = (lambda message: mouth.send(("message", message)),) if speaks else ()
        answer = ("result", work(*arguments, *said))
    except BaseException as error:  # SystemExit of a notebook is an answer, too
        answer = ("error", _portable(error))
    mouth.send(answer)
    mouth.close()


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
    os._exit(1)


def _check_fork() -> None:
    from workbook.batch import preload

    if preload.THREADS != 1:
        raise RunError(
            f"the prepared process had {preload.THREADS} threads and cannot be forked safely; "
            "use --engine papermill"
        )


def _reseed() -> None:
    import random

    import numpy as np

    random.seed()
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
