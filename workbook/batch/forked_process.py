"""Work in a process of its own: forked from one that has imported everything, gone afterwards.

The standard library's fork server is that process: it imports :mod:`workbook.batch.preload` once,
has one thread, never runs a notebook, and forks a child for each piece of work.  What the work
sets, leaks or breaks ends with the child; when the child is killed, only this work fails.
Where there is no safe fork (Windows, macOS) each piece gets a newly started interpreter; so do the
first piece of a command and a few reports (:mod:`workbook.batch.started_ahead`).

Nothing here opens a port: pipes and one Unix socket of the user's own.  What the new process does
is in :mod:`workbook.batch.child_process`.
"""

import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, TypeVar

from workbook.batch import child_process
from workbook.batch.process_start import (
    CAN_FORK,
    DIAGNOSTICS_VARIABLE,
    LANGUAGES_VARIABLE,
    end_server,
    environment_of,
    start_allowed,
    without_interruption,
)
from workbook.batch.started_ahead import Ahead, StartedAhead, of_command
from workbook.errors import RunError

T = TypeVar("T")

_PRELOAD = "workbook.batch.preload"
_MOMENT = 0.3
"""Seconds in which a server that is not busy starts a process."""
_GRACE = 3.0
"""Seconds between asking a process to end and ending it."""


class EndedError(RunError):
    """The process ended before its work was done."""


class TooLongError(RunError):
    """The work took longer than it may."""


class ForkedProcesses:
    """Runs each function in a process of its own; safe to call from several threads."""

    def __init__(self) -> None:
        self._context = get_context("forkserver") if CAN_FORK else get_context("spawn")
        self._lock = threading.Lock()  # multiprocessing's own lists are not made for threads
        self._running: set[BaseProcess] = set()
        self._waiting: list[StartedAhead] = []
        self._stopped = False
        self._is_begun = False

    def start_ahead(self, ahead: Ahead) -> None:
        """Start what a command will need: processes of its own for few reports, else to fork from.

        The second time nothing is done.

        Parameters
        ----------
        ahead
            What the command is going to make.
        """
        from workbook.batch.notebook_engine.kernel import fixed_environment

        if not CAN_FORK or self._is_begun:
            return
        self._is_begun = True
        if not ahead.reports:
            self.prepare(ahead.languages, ahead.diagnostics)
        with self._lock, environment_of(fixed_environment()):
            if self._stopped:
                raise EndedError("stopped")
            with suppress(OSError):  # without them the work is done by others
                for one in of_command(ahead):
                    self._waiting.append(one)
                    self._running.add(one.process)

    def prepare(self, languages: Iterable[str] = (), diagnostics: Iterable[str] = ()) -> None:
        """Start the process that imports everything; it goes on doing so by itself.

        Parameters
        ----------
        languages
            Codes of languages whose dictionaries it reads, too; they are slow to read.
        diagnostics
            The diagnostics that are asked for; none: all of them.
        """
        from workbook.batch.notebook_engine.kernel import fixed_environment

        if CAN_FORK:
            from multiprocessing import forkserver, resource_tracker

            resource_tracker.ensure_running()  # opens the signal when it starts
            wanted = fixed_environment() | {
                LANGUAGES_VARIABLE: ",".join(sorted(languages)),
                DIAGNOSTICS_VARIABLE: ",".join(diagnostics),
            }
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
        needs: str = "",
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
        needs
            What it is done by if that was started ahead.

        Raises
        ------
        EndedError
            When the process ended without an answer (killed, out of memory, left by a cell).
        TooLongError
            When a limit is passed; the process is ended.
        Exception
            Whatever ``work`` raised, with its traceback as the cause.
        """
        with_messages = on_message is not None
        receiver, process = self._told_ahead(work, arguments, with_messages, needs) or self._forked(
            work, arguments, with_messages
        )
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

    def _told_ahead(
        self, work: Callable[..., T], arguments: tuple[Any, ...], messages: bool, needs: str
    ) -> tuple[Connection, BaseProcess] | None:
        """Give the work to a process that was started ahead for it; None when there is none."""
        while True:
            with self._lock:
                found = next((one for one in self._waiting if one.needs == needs), None)
                if found is None:
                    return None
                self._waiting.remove(found)
            if found.tell(work, arguments, messages=messages):
                return found.connection, found.process
            found.connection.close()
            self._end(found.process, asked=True)

    def _forked(
        self, work: Callable[..., T], arguments: tuple[Any, ...], messages: bool
    ) -> tuple[Connection, BaseProcess]:
        """Fork a process that does the work."""
        self.prepare()
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=child_process.serve, args=(sender, work, arguments, messages), daemon=True
        )
        self._start(process)
        # The child has its own copy of this end.  While ours is open, a child that was killed
        # would never look gone to the one who listens.
        sender.close()
        return receiver, process

    def end_waiting(self) -> None:
        """End the processes that were started ahead and have got no work."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for one in waiting:
            with suppress(OSError, ValueError):
                one.process.terminate()
        for one in waiting:
            one.connection.close()
            self._end(one.process, asked=True)

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
