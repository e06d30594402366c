"""What a consultant is told when something fails, and what is kept for the next status."""

import json
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.report.whole_file import write_whole

RUN = "run"
"""Stands for the engagement as a whole among the failures."""
INPUT = "input"
"""Stands for its input."""
_LOG = ".failed.log"
"""Not the name of a good report's log, which stays."""


def describe(error: BaseException, logs: Path | None, name: str, printed: bytes = b"") -> str:
    """Return one sentence about the error; the rest goes to ``<logs>/<name>.failed.log``.

    Parameters
    ----------
    printed
        What the report's process printed before it failed.
    """
    reason = _sentence(error)
    if name != RUN and not reason.startswith(f"{name}: "):
        reason = f"{name}: {reason}"
    if logs is None:
        return reason
    log = logs / f"{name}{_LOG}"
    text = "".join(traceback.format_exception(error)).encode("utf-8", "backslashreplace")
    with suppress(OSError):  # a full disk has already been told about
        write_whole(log, text + printed)
        return f"{reason} (log: {log})"
    return reason


def _sentence(error: BaseException) -> str:
    if isinstance(error, WorkbookError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'a file'}: {error.strerror}"
    if isinstance(error, OSError):  # raised by a library, with words of its own
        return str(error) or type(error).__name__
    return f"an error of the program: {type(error).__name__}"


def read_failures(path: Path) -> Mapping[str, str]:
    """Return the reason of the last failure by diagnostic."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in content.items()} if isinstance(content, dict) else {}


def record(path: Path, diagnostic: str, reason: str) -> None:
    """Keep the reason; it does not touch the last good report."""
    _write(path, {**read_failures(path), diagnostic: reason})


def forget(path: Path, diagnostic: str) -> None:
    """Drop the failure of a diagnostic that is well again, and its log."""
    (path.parent / "logs" / f"{diagnostic}{_LOG}").unlink(missing_ok=True)
    failures = dict(read_failures(path))
    if failures.pop(diagnostic, None) is not None:
        _write(path, failures)


def _write(path: Path, failures: Mapping[str, str]) -> None:
    with suppress(OSError):
        if not failures:
            path.unlink(missing_ok=True)
            return
        text = json.dumps(failures, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(path, text.encode("utf-8") + b"\n")
