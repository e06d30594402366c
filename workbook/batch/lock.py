"""One run at a time on one engagement and period."""

import json
import os
import platform
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbook.errors import RunError

_CLOCK_STEP = 60.0
"""Seconds by which a clock that was set may move the birth of a process."""


class LockedError(RunError):
    """Somebody else is making these reports now."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` while the body runs.

    A lock left by a process of this host that has ended is taken over.

    Raises
    ------
    LockedError
        When another run holds it; the message says who and since when.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mine = _description()
    if not _create(path, mine):
        _clear_stale(path)
        if not _create(path, mine):
            raise LockedError(_refusal(path))
    try:
        yield
    finally:
        with suppress(OSError):
            if path.read_bytes() == mine:
                path.unlink()


def _description() -> bytes:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    pid = os.getpid()
    owner = {"pid": pid, "host": platform.node(), "since": now, "born": _born(pid)}
    return json.dumps(owner, sort_keys=True).encode()


def _create(path: Path, content: bytes) -> bool:
    """Make the lock, with its content in the same instant where the file system has links."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        os.link(aside, path)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):
        return _create_exclusively(path, content)
    finally:
        aside.unlink(missing_ok=True)
    return True


def _create_exclusively(path: Path, content: bytes) -> bool:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return True


def _clear_stale(path: Path) -> None:
    """Remove the lock of a dead process; of two that try, only one moves it away."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        content = path.read_bytes()
        if not _is_stale(json.loads(content)):
            return
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        path.replace(aside)
        if aside.read_bytes() != content:  # somebody else was faster: give it back
            os.link(aside, path)
        aside.unlink()


def _is_stale(owner: Mapping[str, Any]) -> bool:
    """Tell whether the process ended; its number may belong to another one by now."""
    if owner["host"] != platform.node():
        return False
    born = _born(int(owner["pid"]))
    return born is None or ("born" in owner and abs(born - owner["born"]) > _CLOCK_STEP)


def _born(pid: int) -> float | None:
    """Return when a process of this host began; None when there is none (or it has ended)."""
    import psutil

    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return None
    except psutil.AccessDenied:
        return time.time()


def holder(path: Path) -> str:
    """Return who holds the lock, in words; empty when nobody does or the process has ended."""
    try:
        owner = json.loads(path.read_bytes())
        return "" if _is_stale(owner) else _words(owner)
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _words(owner: Mapping[str, Any]) -> str:
    return f"process {owner['pid']} on {owner['host']} since {owner['since']}"


def _refusal(path: Path) -> str:
    who = holder(path) or "another process"
    return f"{who} is making these reports; wait for it, or delete {path} if it has ended"
