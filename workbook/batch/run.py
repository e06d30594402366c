"""The run of one engagement: from its folder to finished reports, or to one clear reason why not.

The steps: load the configuration, have the tables read and checked, choose the diagnostics, have
each that is not up to date made in a private folder, and move its files into place together with
the manifest.  Reading and making are done by others (:mod:`workbook.batch.workers`) while other
engagements go on; everything that touches the output happens here, under the lock.  Whatever
fails, earlier output stays byte for byte as it was.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from workbook.batch import delivery, lock
from workbook.batch.capacity import Gate, weight
from workbook.batch.failures import INPUT, RUN, describe, forget, record
from workbook.batch.make_report import printed
from workbook.batch.outcome import Outcome, ReportOutcome, Status
from workbook.batch.select_diagnostics import select_diagnostics
from workbook.batch.services import FORMATS, Diagnostic, Services
from workbook.batch.tasks import Finished, Reading, ReadTask, ReportTask
from workbook.batch.workers import Workers
from workbook.batch.write_manifest import write_manifest
from workbook.engagement import kept_data
from workbook.engagement import manifest as manifests
from workbook.engagement.fingerprint import Sources, fingerprint, program_hash, sources_of
from workbook.engagement.manifest import Entry, Manifest
from workbook.engagement.output_paths import OutputPaths, places_of
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, RunError, UsageError
from workbook.language.problems import line

Notify = Callable[[str], None]
CELL_SECONDS = 600
"""How long one cell may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What the command line asks of a run."""

    out: Path
    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    force: bool = False
    fail_fast: bool = False
    dry_run: bool = False
    lenient: bool = False
    """Of several engagements: one that lacks the tables of a report named by ``only`` is
    passed over."""


@dataclass(slots=True, kw_only=True)
class RunContext:
    """What all engagements of a session share."""

    workshop: Services
    hands: Workers
    gate: Gate = field(default_factory=Gate)
    failed: bool = False
    """Something went wrong already (for ``fail_fast``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _PreparedEngagement:
    """An engagement that is ready to be made."""

    engagement: Engagement
    places: OutputPaths
    sources: Sources
    earlier: Manifest | None
    options: RunOptions
    crew: RunContext

    def fingerprint(self, diagnostic: Diagnostic) -> str:
        return fingerprint(
            self.sources,
            diagnostic=diagnostic.name,
            tables=diagnostic.tables,
            notebook=self.crew.workshop.notebook(diagnostic),
        )

    def is_current(self, diagnostic: Diagnostic) -> bool:
        entry = self.earlier.diagnostics.get(diagnostic.name) if self.earlier else None
        if entry is None or self.options.force:
            return False
        now = self.fingerprint(diagnostic)
        return entry.is_current(self.places.root, now, self.options.formats)

    @property
    def gives_up(self) -> bool:
        return self.options.fail_fast and self.crew.failed


async def run_engagement(
    folder: Path, options: RunOptions, crew: RunContext, notify: Notify = lambda text: None
) -> Outcome:
    """Make the reports of one engagement; never raises for what a consultant can mend.

    Parameters
    ----------
    notify
        Called with a short text when a step begins.

    Raises
    ------
    UsageError
        When the command itself asks for the impossible (an output folder inside the input).
    """
    outcome = Outcome(folder=folder)
    places = None
    try:
        engagement = crew.workshop.load(folder)
        outcome = replace(
            outcome, id=engagement.id, period=engagement.period, language=engagement.language
        )
        places = places_of(engagement, options.out)
        order = _PreparedEngagement(
            engagement=engagement,
            places=places,
            sources=sources_of(engagement),
            earlier=manifests.read(places.manifest),
            options=options,
            crew=crew,
        )
        return await _run(order, outcome, notify)
    except UsageError:
        raise
    except InputError as error:
        crew.failed = True
        return replace(outcome, problems=error.problems, stopped=Status.BAD_INPUT)
    except Exception as error:  # one engagement never stops the others
        crew.failed = True
        logs = None if options.dry_run or not places else places.logs
        return replace(outcome, reason=describe(error, logs, RUN), stopped=Status.FAILED)


async def _run(order: _PreparedEngagement, outcome: Outcome, notify: Notify) -> Outcome:
    finished = _nothing_to_do(order)
    if finished:
        _tidy(order)
        return replace(outcome, reports=finished)
    if order.options.dry_run:
        reading = await _read(order, None, notify)
        reports = tuple(_plan(order, d) for d in _chosen(order, reading))
        return replace(outcome, reports=reports, problems=reading.problems)
    with _workplace(order.places) as work:
        delivery.recover(order.places, but=work)
        order = replace(order, earlier=manifests.read(order.places.manifest))
        try:
            reading = await _read(order, work / kept_data.FILE_NAME, notify)
            diagnostics = _chosen(order, reading)
        except InputError as error:
            _note_bad_input(order, error)
            raise
        forget(order.places.failures, INPUT)
        engagement = _ReportBatch(order=order, reading=reading, work=work, diagnostics=diagnostics)
        reports = await engagement.make_all(notify)
    return replace(outcome, reports=reports, problems=reading.problems)


@contextmanager
def _workplace(places: OutputPaths) -> Iterator[Path]:
    """Hold the lock and yield a private folder; leave no empty folders behind."""
    new = [p for p in (places.home, places.out) if not p.exists()]
    try:
        with lock.held(places.lock), delivery.private_folder(places) as work:
            yield work
    finally:
        for folder in new:
            with suppress(OSError):
                folder.rmdir()


def _nothing_to_do(order: _PreparedEngagement) -> tuple[ReportOutcome, ...]:
    """Return the reports when all are up to date, without reading a table.

    The files being the same as when the manifest was written, so is the choice of diagnostics.
    """
    earlier, options = order.earlier, order.options
    if earlier is None or options.force or order.places.failures.exists():
        return ()
    if earlier.sources != order.sources.digest() or not (earlier.complete or options.only):
        return ()
    names = options.only or tuple(earlier.diagnostics)
    asked = [d for d in order.crew.workshop.diagnostics if d.name in names]
    if len(asked) < len(names) or not all(map(order.is_current, asked)):
        return ()
    return tuple(ReportOutcome(diagnostic=d.name, fate=Status.UP_TO_DATE) for d in asked)


def _tidy(order: _PreparedEngagement) -> None:
    """Remove what a killed run left beside reports that are up to date."""
    if delivery.is_left_over(order.places) and not order.options.dry_run:
        with suppress(lock.LockedError, OSError), lock.held(order.places.lock):
            delivery.recover(order.places)


async def _read(order: _PreparedEngagement, keep: Path | None, notify: Notify) -> Reading:
    notify("reading the tables")
    task = ReadTask(engagement=order.engagement, keep=keep)
    async with order.crew.gate.room(weight(order.engagement)):
        work = order.crew.hands.submit(order.crew.workshop.read, task)
        reading = await asyncio.wrap_future(work)
    if any(problem.is_error for problem in reading.problems):
        raise InputError(reading.problems)
    return reading


def _chosen(order: _PreparedEngagement, reading: Reading) -> tuple[Diagnostic, ...]:
    try:
        return select_diagnostics(
            order.crew.workshop.diagnostics,
            order.engagement,
            reading.tables.keys(),
            order.options.only,
            lenient=order.options.lenient,
        )
    except InputError as error:  # what was passed over may be what is lacking
        raise InputError((*reading.problems, *error.problems)) from error


def _note_bad_input(order: _PreparedEngagement, error: InputError) -> None:
    """Keep for ``status`` that the input is bad, and the first of the reasons."""
    problems = [p for p in error.problems if p.is_error]
    first = line(problems[0], order.engagement.language) if problems else ""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    record(order.places.failures, INPUT, f"{first}{more}")


def _plan(order: _PreparedEngagement, diagnostic: Diagnostic) -> ReportOutcome:
    fate = Status.UP_TO_DATE if order.is_current(diagnostic) else Status.PLANNED
    return ReportOutcome(diagnostic=diagnostic.name, fate=fate)


@dataclass(slots=True, kw_only=True)
class _ReportBatch:
    """The reports of one engagement while they are being made."""

    order: _PreparedEngagement
    reading: Reading
    work: Path
    diagnostics: tuple[Diagnostic, ...]
    entries: dict[str, Entry] = field(init=False)

    def __post_init__(self) -> None:
        earlier = self.order.earlier
        self.entries = dict(earlier.diagnostics) if earlier else {}

    async def make_all(self, notify: Notify) -> tuple[ReportOutcome, ...]:
        """Make what is not up to date, all at once, and close the engagement."""
        reports = await asyncio.gather(*(self._one(d, notify) for d in self.diagnostics))
        if all(r.fate in (Status.MADE, Status.UP_TO_DATE) for r in reports):
            self._close(made=any(r.fate is Status.MADE for r in reports))
        return tuple(reports)

    def _close(self, *, made: bool) -> None:
        """Tell that everything asked for is there, unless the manifest says so already."""
        order = self.order
        earlier = order.earlier
        same = earlier is not None and earlier.sources == order.sources.digest()
        was_complete = earlier is not None and earlier.complete and same
        complete = was_complete or not order.options.only
        if self.entries and (made or not same or complete != was_complete):
            self._tell(complete=complete)

    async def _one(self, diagnostic: Diagnostic, notify: Notify) -> ReportOutcome:
        name, failures = diagnostic.name, self.order.places.failures
        if self.order.is_current(diagnostic):
            forget(failures, name)
            return ReportOutcome(diagnostic=name, fate=Status.UP_TO_DATE)
        begun = perf_counter()
        folder = self.work / name
        try:
            async with self.order.crew.gate.room(weight(self.order.engagement)):
                if self.order.gives_up:
                    return ReportOutcome(diagnostic=name, fate=Status.NOT_STARTED)
                begun = perf_counter()
                folder.mkdir(mode=0o700)
                notify(name)
                task = self._task(diagnostic, folder)
                work = self.order.crew.hands.submit(self.order.crew.workshop.make, task)
                finished = await asyncio.wrap_future(work)
            self._deliver(diagnostic, finished)
        except Exception as error:  # one diagnostic never stops the others
            self.order.crew.failed = True
            logs = self.order.places.logs
            reason = describe(error, logs, name, printed(folder))
            record(failures, name, reason)
            seconds = perf_counter() - begun
            return ReportOutcome(
                diagnostic=name, fate=Status.FAILED, seconds=seconds, reason=reason
            )
        forget(failures, name)
        forget(failures, RUN)
        return ReportOutcome(diagnostic=name, fate=Status.MADE, seconds=perf_counter() - begun)

    def _task(self, diagnostic: Diagnostic, folder: Path) -> ReportTask:
        kept = self.work / kept_data.FILE_NAME
        return ReportTask(
            engagement=self.order.engagement,
            diagnostic=diagnostic.name,
            notebook=self.order.crew.workshop.notebook(diagnostic),
            folder=folder,
            formats=self.order.options.formats,
            kept_data=kept if kept.is_file() else None,
            cell_timeout=CELL_SECONDS,
            program=program_hash(),
        )

    def _deliver(self, diagnostic: Diagnostic, finished: Finished) -> None:
        name, order = diagnostic.name, self.order
        if sources_of(order.engagement).digest() != order.sources.digest():
            raise RunError(f"{name}: an input file changed while the report was made; run again")
        earlier = self.entries.get(name)
        with (
            delivery.uninterrupted(),
            delivery.delivered(order.places, name, finished.folder, finished.made, earlier),
        ):
            self._tell(complete=False, new={name: self._entry(diagnostic, finished)})

    def _entry(self, diagnostic: Diagnostic, finished: Finished) -> Entry:
        language = self.order.engagement.language
        found = [
            {"code": p.code, "text": line(p, language)}
            for p in self.reading.of_diagnostic.get(diagnostic.name, ())
        ]
        return Entry(
            fingerprint=self.order.fingerprint(diagnostic),
            title=finished.title,
            formats=self.order.options.formats,
            rows={
                name: {"in": count.rows_in, "used": count.rows_used}
                for name, count in self.reading.tables.items()
                if name in diagnostic.tables
            },
            warnings=(*found, *finished.warnings),
            figures=finished.figures,
            made=finished.made,
            seconds=finished.seconds,
            engine=finished.engine,
        )

    def _tell(self, *, complete: bool, new: Mapping[str, Entry] | None = None) -> None:
        """Write the manifest with what is there now."""
        entries = self.entries | dict(new or {})
        write_manifest(
            self.order.places,
            engagement=self.order.engagement,
            sources=self.order.sources,
            reading=self.reading,
            entries=entries,
            complete=complete,
            current=self._current(entries),
        )
        self.entries.update(entries)

    def _current(self, entries: Mapping[str, Entry]) -> list[str]:
        return [
            d.name
            for d in self.order.crew.workshop.diagnostics
            if d.name in entries and entries[d.name].fingerprint == self.order.fingerprint(d)
        ]
