"""The run of several engagements: one queue of work for all of them."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from workbook.batch.interruption import cancelling
from workbook.batch.outcome import Outcome, Status
from workbook.batch.overview import consultant_index
from workbook.batch.prepared_engagement import RunContext, RunOptions
from workbook.batch.run import run_engagement
from workbook.batch.select_diagnostics import check_names
from workbook.batch.services import Services
from workbook.engagement.fingerprint import configuration_digest
from workbook.engagement.output_paths import output_paths, refuse_collisions
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, RunError
from workbook.report.whole_file import write_whole

_OLD = 60.0
"""Seconds after which an unfinished index page is one of a killed run."""
_AHEAD = 1
"""Engagements that are begun beyond the number of jobs, so that no process waits for work."""


class Observer(Protocol):
    """Told what goes on; the console is one."""

    def started(self, folder: Path) -> None:
        """Say that an engagement begins."""

    def step(self, folder: Path, text: str) -> None:
        """Say what is being done now."""

    def ended(self, outcome: Outcome) -> None:
        """Say that an engagement has ended."""

    def remark(self, text: str) -> None:
        """Say something about the run as a whole."""


class Silent:
    """An observer that says nothing."""

    def started(self, folder: Path) -> None: ...

    def step(self, folder: Path, text: str) -> None: ...

    def ended(self, outcome: Outcome) -> None: ...

    def remark(self, text: str) -> None: ...


def run_session(
    folders: Sequence[Path],
    options: RunOptions,
    services: Services,
    observer: Observer | None = None,
    jobs: int = 1,
) -> tuple[Outcome, ...]:
    """Make the reports of all engagements and the consultant's index page.

    Returns
    -------
    tuple of Outcome
        In the order of ``folders``.

    Raises
    ------
    UsageError
        Before anything is made: an unknown diagnostic, two engagements with one output folder,
        an output folder that may not be written.
    RunError
        After everything, when the index page cannot be written.
    """
    check_names(options.only, [d.name for d in services.diagnostics], "--only")
    loaded = dict(_loadable(folders, services))
    refuse_collisions(engagement for engagement, _ in loaded.values())
    for engagement, _ in loaded.values():
        output_paths(engagement, options.out)
    options = replace(options, lenient=len(folders) > 1)
    try:
        with services.open_workers(jobs) as workers, asyncio.Runner() as runner:
            session = _Session(
                context=RunContext(
                    services=services, workers=workers, gate=workers.gate(), loaded=loaded
                ),
                options=options,
                observer=observer or Silent(),
            )
            try:
                outcomes = runner.run(session.run(folders))
            except BaseException:
                workers.stop()  # before the private folders are removed under them
                raise
    except asyncio.CancelledError as stopped:
        raise KeyboardInterrupt from stopped
    if not options.dry_run:
        write_index(options.out)
    return outcomes


class _Session:
    """The engagements of one command."""

    def __init__(self, *, context: RunContext, options: RunOptions, observer: Observer) -> None:
        self._context = context
        self._options = options
        self._observer = observer
        self._at_once = 0
        self._places = asyncio.Semaphore(0)
        self._told_lost = False

    async def run(self, folders: Sequence[Path]) -> tuple[Outcome, ...]:
        """Make everything; a signal that asks to end cancels it, wherever it is."""
        loop, whole = asyncio.get_running_loop(), asyncio.current_task()
        if whole is None:
            raise RuntimeError("a session is a task")

        def cancel() -> None:
            loop.call_soon_threadsafe(whole.cancel)

        with cancelling(cancel):
            return await self._all(folders)

    async def _all(self, folders: Sequence[Path]) -> tuple[Outcome, ...]:
        self._look_at_workers()
        tasks = [asyncio.ensure_future(self._one(folder)) for folder in folders]
        if tasks:
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            except BaseException:
                self._context.workers.stop()
                raise
        return tuple(await asyncio.gather(*tasks))

    async def _one(self, folder: Path) -> Outcome:
        async with self._places:
            if self._context.gives_up(self._options):
                outcome = Outcome(folder=folder, stopped=Status.NOT_STARTED)
            else:
                self._observer.started(folder)
                say = partial(self._observer.step, folder)
                outcome = await run_engagement(folder, self._options, self._context, say)
            self._observer.ended(outcome)
            self._look_at_workers()
            return outcome

    def _look_at_workers(self) -> None:
        """Admit more engagements when workers have joined; tell what is to be told of them."""
        workers = self._context.workers
        for _ in range(self._at_once, workers.jobs + _AHEAD):
            self._at_once += 1
            self._places.release()
        for text in workers.remarks():
            self._observer.remark(text)
        if workers.lost and not self._told_lost:
            self._told_lost = True
            self._observer.remark(workers.lost)


def _loadable(
    folders: Sequence[Path], services: Services
) -> Iterator[tuple[Path, tuple[Engagement, str]]]:
    """Yield folders with their engagements and the hash of the files that say what these are."""
    for folder in folders:
        try:
            engagement = services.load(folder)
        except InputError:
            continue  # told when its turn comes
        yield folder, (engagement, configuration_digest(engagement))


def index_path(out: Path) -> Path:
    """Return where the consultant's index page is."""
    return out.resolve() / "index.html"


def write_index(out: Path) -> None:
    """Write the consultant's index page, when there is anything to list or to update.

    Raises
    ------
    RunError
        When it cannot be written.
    """
    path = index_path(out)
    if path.parent.is_dir():
        try:
            _remove_unfinished(path)
            write_whole(path, consultant_index(path.parent).encode("utf-8"))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise RunError(f"{path}: the index page could not be written: {reason}") from error


def _remove_unfinished(path: Path) -> None:
    for part in path.parent.glob(f".{path.name}.*.part"):
        if time.time() - part.stat().st_mtime > _OLD:
            part.unlink(missing_ok=True)
