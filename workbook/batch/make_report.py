"""One report: run the notebook, publish its files, leave them ready to be moved into place."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Protocol

from workbook.batch.notebook_engine.run_notebook import Engine, Job, Notebook, streams
from workbook.batch.office_libraries import lacks_library, what_to_install
from workbook.batch.tasks import Finished, Published, ReportTask
from workbook.engagement.fingerprint import program_hash
from workbook.engagement.manifest import Made
from workbook.engagement.settings import Engagement
from workbook.errors import RunError

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it a ZIP container (XLSX) cannot bear a date."""
PRINTED = "printed.txt"
"""What came out of the process beside the notebook (libraries, crashes), in its folder."""
_LONGEST_LOG = 1_000_000


class Publisher(Protocol):
    """Makes the files of a report from an executed notebook."""

    def __call__(
        self,
        notebook: Notebook,
        *,
        engagement: Engagement,
        name: str,
        formats: tuple[str, ...],
    ) -> Published:
        """Return the files in memory; nothing is written."""


def make_report(task: ReportTask, engine: Engine, publish: Publisher, engine_name: str) -> Finished:
    """Make the report in a new private folder inside the task's.

    Raises
    ------
    RunError
        When the notebook or the publishing fails, this is another version of the program, or a
        library is lacking that a format needs.
    """
    name = task.diagnostic
    if task.program != program_hash():
        raise RunError(f"{name}: this worker has another version of the program; update it")
    for fmt in filter(lacks_library, task.formats):
        raise RunError(f"{name}: {fmt} cannot be made here: {what_to_install(fmt)}")
    attempt = Path(tempfile.mkdtemp(prefix="try-", dir=task.folder))  # mode 0700
    work = attempt / "work"
    work.mkdir(mode=0o700)
    begun = perf_counter()
    try:
        notebook = engine(_job(task, work))
        seconds = {"notebook": perf_counter() - begun}
        published = publish(notebook, engagement=task.engagement, name=name, formats=task.formats)
        files = dict(published.files) | _internal(name, notebook, task.folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    begun = perf_counter()
    made = tuple(_write(attempt, file, *files[file]) for file in sorted(files))
    taken = seconds | dict(published.seconds) | {"files": perf_counter() - begun}
    return Finished(
        folder=attempt,
        title=published.title,
        made=made,
        seconds={step: round(value, 3) for step, value in taken.items()},
        warnings=published.warnings,
        figures=published.figures,
        answer=published.answer,
        changes=published.changes,
        engine=engine_name,
    )


def _job(task: ReportTask, folder: Path) -> Job:
    as_of = datetime.combine(task.engagement.as_of, datetime.min.time(), UTC)
    return Job(
        notebook=task.notebook,
        parameters={"engagement": str(task.engagement.folder.resolve())},
        folder=folder,
        epoch=int(max(as_of, _EARLIEST).timestamp()),
        kept_data=task.kept_data,
        cell_timeout=task.cell_timeout,
    )


def _internal(name: str, notebook: Notebook, folder: Path) -> dict[str, tuple[str, bytes]]:
    from workbook.report.record import notebook_json

    log = streams(notebook).encode("utf-8", "backslashreplace") + printed(folder)
    return {
        f"internal/{name}.ipynb": ("internal", notebook_json(notebook)),
        f"internal/logs/{name}.log": ("internal", log),
    }


def printed(folder: Path) -> bytes:
    """Return what was printed beside the notebook in this folder, cut when endless."""
    try:
        with (folder / PRINTED).open("rb") as file:
            return file.read(_LONGEST_LOG)
    except OSError:
        return b""


@contextmanager
def printing_into(path: Path | None) -> Iterator[None]:
    """Send what this process and its children print to a file instead of the console."""
    sys.stdout.flush()
    sys.stderr.flush()
    before = os.dup(1), os.dup(2)
    mode = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    file = os.open(path or os.devnull, mode, 0o600)
    try:
        os.dup2(file, 1)
        os.dup2(file, 2)
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, kept in enumerate(before, start=1):
            os.dup2(kept, number)
            os.close(kept)
        os.close(file)


def _write(folder: Path, name: str, kind: str, content: bytes) -> Made:
    path = folder / name
    for parent in reversed(path.relative_to(folder).parents[:-1]):
        # never the folder itself: when the run is over and has removed it, it stays removed
        (folder / parent).mkdir(exist_ok=True)
    path.write_bytes(content)
    return Made(
        file=name, format=kind, bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
