"""The process that reads workbooks as the parent sees it: one for all workbooks of an engagement.

It is started with the first workbook and ended with the reading.  One that a workbook has
crashed, filled or hung is followed by a new one; only a workbook that fails alone in a new
process is blamed for it.  When the parent dies its input ends, and so does the process.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Timer
from typing import IO, Any, cast

TIMEOUT_SECONDS = 300
_START = "from workbook.intake.files.excel_worker import main; main()"
_PASSED_ON = (
    # what an interpreter needs to start; secrets of the environment never reach the reader
    *("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPYCACHEPREFIX"),
    *("PYTHONDONTWRITEBYTECODE", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR"),
)
_PERHAPS_OF_ANOTHER = ("workbook_crashes_reader", "workbook_too_large")
"""Faults that what was read before may have part in."""


class BookReader:
    """Reads workbooks, one after the other; a context that ends with its process."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "BookReader":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def report(self, path: Path, encoding: str = "") -> dict[str, Any]:
        """Return what the process says of a workbook; a fault when it died or hung.

        Parameters
        ----------
        encoding
            Of a web page with tables; empty for a workbook.
        """
        where = str(path.absolute())
        question: object = {"path": where, "encoding": encoding} if encoding else where
        used = self._process is not None
        report = self._ask(question)
        if used and report.get("fault") in _PERHAPS_OF_ANOTHER:
            self._end()
            report = self._ask(question)
        if report.get("fault") in _PERHAPS_OF_ANOTHER:
            self._end()
        return report

    def _ask(self, question: object) -> dict[str, Any]:
        process = self._process = self._process or _started()
        answer, late = _answered(process, json.dumps(question).encode("ascii"))
        if answer.endswith(b"\n"):
            report: dict[str, Any] = json.loads(answer)
            return report
        self._end()
        return {"fault": "workbook_too_slow" if late else "workbook_crashes_reader"}

    def _end(self) -> None:
        """End the process at once: it has nothing to lose."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError), process:  # closes the pipes and waits
                pass


def _answered(process: "subprocess.Popen[bytes]", question: bytes) -> tuple[bytes, bool]:
    """Return a line of the process (less when it ended), and whether it had to be stopped."""
    asks, tells = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    stopped = Event()

    def stop() -> None:
        stopped.set()
        process.kill()

    timer = Timer(TIMEOUT_SECONDS, stop)
    timer.start()
    try:
        with suppress(OSError):  # it has ended
            asks.write(question + b"\n")
            asks.flush()
        answer = tells.readline()
    finally:
        timer.cancel()
        timer.join()
    return answer, stopped.is_set()


def _started() -> "subprocess.Popen[bytes]":
    """Start the process: this interpreter with our package and the library, and nothing else."""
    places = [_folder_of("workbook"), _folder_of("python_calamine")]
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-S", "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**passed, "PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1"},
    )


def _folder_of(package: str) -> str:
    """Return the folder that a package is imported from."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return str(Path(spec.origin).absolute().parent.parent)
