"""One run at a time on one engagement and period."""

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from workbook.errors import RunError


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
    owner = {"pid": os.getpid(), "host": platform.node(), "since": now}
    return json.dumps(owner, sort_keys=True).encode()


def _create(path: Path, content: bytes) -> bool:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return True


def _clear_stale(path: Path) -> None:
    """Remove the lock of a dead process; of two that try, only one moves it away."""
    with suppress(OSError, ValueError):
        content = path.read_bytes()
        owner = json.loads(content)
        if owner["host"] != platform.node() or is_running(int(owner["pid"])):
            return
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        path.replace(aside)
        if aside.read_bytes() != content:  # somebody else was faster: give it back
            os.link(aside, path)
        aside.unlink()


def _refusal(path: Path) -> str:
    try:
        owner = json.loads(path.read_bytes())
        who = f"process {owner['pid']} on {owner['host']} since {owner['since']}"
    except (OSError, ValueError, KeyError):
        who = "another process"
    return f"{who} is making these reports; wait for it, or delete {path} if it has ended"


def is_running(pid: int) -> bool:
    """Tell whether a process of this host is alive."""
    if sys.platform == "win32":
        return _is_running_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_running_on_windows(pid: int) -> bool:
    import ctypes

    kernel32 = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    query_limited_information, still_active = 0x1000, 259
    handle = kernel32.OpenProcess(query_limited_information, False, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel32.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel32.CloseHandle(handle)
    return bool(code.value == still_active)
