"""Ctrl-C, and requests to end: the first is obeyed in order, those that follow wait for it.

While reports are made the work is cancelled, so that locks and private folders are removed on the
way out; elsewhere ``KeyboardInterrupt`` is raised.  People press the keys several times: a second
signal must not break off the tidying up that the first one began.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import Any

EXIT_CODE = 130
_PATIENCE = 15.0
"""Seconds after the first signal when another one ends the program at once."""
_SOON = 1.0
"""Seconds in which work that is cancelled lets go by itself."""
_AGAIN = 0.05
"""Seconds after which an interruption is repeated that came where Python swallows it."""


class _State:
    """Of this process: signals are a matter of all of it."""

    came: float | None = None
    """When the first signal came."""
    cancel: Callable[[], None] | None = None


def watch() -> None:
    """Take the signals that ask to end; for the main thread of the command."""
    for number in _numbers():
        signal.signal(number, _interrupted)
    sys.unraisablehook = _swallowed
    sys.excepthook = _uncaught


def has_come() -> bool:
    """Return whether somebody has asked to end."""
    return _State.came is not None


def leave() -> None:
    """Let nothing interrupt the last steps of the interpreter."""
    for number in _numbers():
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def cancelling(cancel: Callable[[], None]) -> Iterator[None]:
    """Call ``cancel`` instead of raising ``KeyboardInterrupt`` while the body runs.

    When the body has not ended after a second it is raised all the same.
    """
    before, _State.cancel = _State.cancel, cancel
    try:
        yield
    finally:
        _State.cancel = before


def _numbers() -> Iterator[int]:
    """Yield the signals that ask to end, without the one that ``nohup`` has turned off."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        hung_up = name == "SIGHUP" and number is not None
        if number is not None and not (hung_up and signal.getsignal(number) is signal.SIG_IGN):
            yield number


def _interrupted(number: int, frame: FrameType | None) -> None:
    if _State.came is None:
        _State.came = monotonic()
        if _State.cancel is None:
            raise KeyboardInterrupt
        _State.cancel()
        _repeat(_SOON)
        return
    waited = monotonic() - _State.came
    if waited > _PATIENCE:
        os._exit(EXIT_CODE)
    if _State.cancel is not None and waited >= _SOON:  # at work on something long
        _State.cancel = None
        raise KeyboardInterrupt


def _repeat(seconds: float) -> None:
    """Interrupt again after a while."""
    repeat = threading.Timer(seconds, _signal_main_thread)
    repeat.daemon = True
    repeat.start()


def _signal_main_thread() -> None:
    """Send the signal to the thread that waits; another one would not wake it."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:
        signal.raise_signal(signal.SIGINT)


def _swallowed(problem: Any) -> None:
    """Interrupt again when it came inside a finaliser, from which no exception gets out."""
    if not issubclass(problem.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(problem)
        return
    _State.came = None
    _repeat(_AGAIN)


def _uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
