"""One run at a time on one engagement and period."""

import json
import os
import platform
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbook.errors import RunError

_CLOCK_STEP = 60.0
"""Seconds by which a clock that was set may move the birth of a process."""
_MOMENT = 2.0
"""Seconds after which a lock without a legible owner is not one that is being written."""


class LockedError(RunError):
    """Somebody else is making these reports now."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` while the body runs.

    A lock left by a process of this host that has ended is taken over, and so is one that a full
    disk left empty or half written.

    Raises
    ------
    LockedError
        When another run holds it; the message says who and since when.
    OSError
        When the lock cannot be written (full disk); nothing of it is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mine = _description()
    try:
        if not _create(path, mine):
            _clear_stale(path)
            if not _create(path, mine):
                raise LockedError(_refusal(path))
        yield
    finally:
        _release(path, mine)


def _release(path: Path, mine: bytes) -> None:
    with suppress(OSError):
        if path.read_bytes() == mine:
            path.unlink()


def _description() -> bytes:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    pid = os.getpid()
    owner = {"pid": pid, "host": platform.node(), "since": now, "born": _born(pid)}
    return json.dumps(owner | {"token": uuid.uuid4().hex}, sort_keys=True).encode()


def _create(path: Path, content: bytes) -> bool:
    """Make the lock, with its content in the same instant where the file system has links."""
    # A file that is made and then written is empty for an instant, in which another run would
    # take it for one left by a full disk.  A link gives the name to content that is there.
    aside = _aside(path)
    try:
        aside.write_bytes(content)
        try:
            os.link(aside, path)
        except FileExistsError:
            return False
        except (OSError, NotImplementedError):
            return _create_exclusively(path, content)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return True


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}")


def _create_exclusively(path: Path, content: bytes) -> bool:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except BaseException:
        path.unlink(missing_ok=True)  # an empty lock would hold for ever
        raise
    return True


def _clear_stale(path: Path) -> None:
    """Remove the lock of a dead process; of two that try, only one moves it away."""
    with suppress(OSError):
        content = _settled(path)
        owner = _owner(content)
        if owner is not None and not _is_stale(owner):
            return
        aside = _aside(path)
        path.replace(aside)
        if aside.read_bytes() != content:  # somebody else was faster: give it back
            os.link(aside, path)
        aside.unlink()


def _settled(path: Path) -> bytes:
    """Return what the lock says, after the moment in which it may be half written."""
    end = time.monotonic() + _MOMENT
    while True:
        content = path.read_bytes()
        if _owner(content) is not None or _is_old(path) or time.monotonic() > end:
            return content
        time.sleep(0.05)


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _MOMENT


def _owner(content: bytes) -> Mapping[str, Any] | None:
    """Return who a lock names; None of one that is empty or torn."""
    try:
        said = json.loads(content)
        return {**said, "pid": int(said["pid"]), "host": said["host"], "since": said["since"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_stale(owner: Mapping[str, Any]) -> bool:
    """Return whether the process ended; its number may belong to another one by now."""
    if owner["host"] != platform.node():
        return False
    born = _born(owner["pid"])
    said = owner.get("born")
    return born is None or (isinstance(said, float) and abs(born - said) > _CLOCK_STEP)


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
        owner = _owner(path.read_bytes())
        if owner is None:
            return "" if _is_old(path) else "another process"
    except FileNotFoundError:
        return ""
    except OSError:
        return "another process"
    return "" if _is_stale(owner) else _words(owner)


def _words(owner: Mapping[str, Any]) -> str:
    return f"process {owner['pid']} on {owner['host']} since {owner['since']}"


def _refusal(path: Path) -> str:
    who = holder(path) or "another process"
    return f"{who} is making these reports; wait for it, or delete {path} if it has ended"
