"""Starting processes: what a new one inherits, and ending the one that others are forked from."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import current_process
from types import ModuleType

CAN_FORK = sys.platform.startswith("linux")
"""Whether a process that has imported numpy and matplotlib may be forked safely."""
LANGUAGES_VARIABLE = "WORKBOOK_LANGUAGES"
"""Environment variable of the fork server: languages whose dictionaries to read."""
DIAGNOSTICS_VARIABLE = "WORKBOOK_DIAGNOSTICS"
"""Environment variable of the fork server: diagnostics to import; empty: all."""


@contextmanager
def start_allowed() -> Iterator[None]:
    """Let processes be started that have nothing to do with the program that this one runs.

    multiprocessing would run its main script again in each, which our work does not need; and it
    forbids a daemonic process (a cluster's worker) to start any because nobody would end them:
    ours end with their parent.
    """
    configuration = current_process()._config  # type: ignore[attr-defined]
    daemon = configuration.pop("daemon", None)
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if daemon is not None:
            configuration["daemon"] = daemon


@contextmanager
def environment_of(wanted: Mapping[str, str]) -> Iterator[None]:
    """Let a process that is started here see ``wanted`` as its whole environment."""
    mine = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(mine)


@contextmanager
def without_interruption() -> Iterator[None]:
    """Let a process that is started here not hear Ctrl-C before it can ignore it.

    The new process inherits the blocked signal and opens it once it has its own handler
    (:mod:`workbook.batch.preload`); a signal to this process waits until the body is through.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_server() -> None:
    """End the process that others are forked from; it is made anew when it is wanted again."""
    from multiprocessing import forkserver

    pid = getattr(getattr(forkserver, "_forkserver", None), "_forkserver_pid", None)
    if pid is not None:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
