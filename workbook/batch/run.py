"""The run of one engagement: from its folder to finished reports, or to one clear reason why not.

The steps: load the configuration, have the tables read and checked, select the diagnostics, have
each that is not up to date made in a private folder, and move its files into place together with
the manifest (:mod:`workbook.batch.report_batch`).  Reading and making are done by others
(:mod:`workbook.batch.workers`) while other engagements go on; everything that touches the output
happens here, under the lock.  Whatever fails, earlier output stays byte for byte as it was.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.batch import delivery, lock
from workbook.batch.failures import INPUT, RUN, describe, forget, record
from workbook.batch.outcome import Notify, Outcome, ReportOutcome, Status
from workbook.batch.prepared_engagement import PreparedEngagement, RunContext, RunOptions
from workbook.batch.report_batch import ReportBatch
from workbook.batch.report_origin import note_moved_folder, refuse_other_reports
from workbook.batch.select_diagnostics import ONLY_WITHOUT_TABLES, select_diagnostics
from workbook.batch.tasks import Reading, ReadTask
from workbook.batch.workers import WorkersLostError
from workbook.engagement import kept_data
from workbook.engagement import manifest as manifests
from workbook.engagement.fingerprint import hash_files
from workbook.engagement.output_paths import OutputPaths, output_paths
from workbook.engagement.seen_files import SeenFiles
from workbook.errors import InputError, UsageError

if TYPE_CHECKING:
    from workbook.diagnostics.outline import AnyOutline


async def run_engagement(
    folder: Path, options: RunOptions, context: RunContext, notify: Notify = lambda text: None
) -> Outcome:
    """Make the reports of one engagement; never raises for what a consultant can put right.

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
    paths = None
    try:
        engagement = context.load(folder)
        outcome = replace(
            outcome, id=engagement.id, period=engagement.period, language=engagement.language
        )
        paths = output_paths(engagement, options.out)
        seen = SeenFiles.read(paths.seen)
        prepared = PreparedEngagement(
            engagement=engagement,
            paths=paths,
            hashes=hash_files(engagement, seen.hash),
            seen=seen,
            earlier=manifests.read(paths.manifest),
            options=options,
            context=context,
        )
        _refuse_other_reports(prepared)
        return await _run(prepared, outcome, notify)
    except UsageError:
        raise
    except InputError as error:
        context.failed = True
        return replace(outcome, problems=error.problems, stopped=Status.BAD_INPUT)
    except WorkersLostError:
        return replace(outcome, stopped=Status.NOT_STARTED)
    except Exception as error:  # one engagement never stops the others
        context.failed = True
        logs = None if options.dry_run or not paths else paths.logs
        return replace(outcome, reason=describe(error, logs, RUN), stopped=Status.FAILED)


async def _run(prepared: PreparedEngagement, outcome: Outcome, notify: Notify) -> Outcome:
    finished = prepared.all_current()
    if finished:
        _tidy(prepared)
        return replace(outcome, reports=finished)
    in_vain = prepared.read_in_vain()
    if in_vain is not None and not in_vain.is_good:
        raise InputError(in_vain.problems)
    if in_vain is not None:
        return replace(outcome, problems=in_vain.problems)
    if prepared.options.dry_run:
        reading = await _read(prepared, None, notify)
        reports = tuple(_plan(prepared, d) for d in _selected(prepared, reading))
        return replace(outcome, reports=reports, problems=reading.problems)
    with _locked_folder(prepared.paths) as work:
        delivery.recover(prepared.paths, but=work)
        # Only under the lock is the manifest nobody else's: what was read before may be old.
        prepared = replace(prepared, earlier=manifests.read(prepared.paths.manifest))
        _refuse_other_reports(prepared)
        try:
            reading = await _read(prepared, work / kept_data.FILE_NAME, notify)
            diagnostics = _selected(prepared, reading)
        except InputError as error:
            if not _is_of_the_command(error):
                _note_bad_input(prepared, error)
                prepared.note_read_in_vain(error.problems)
            raise
        forget(prepared.paths.failures, INPUT)
        if not diagnostics:
            prepared.note_read_in_vain(reading.problems)
            return replace(outcome, problems=reading.problems)
        batch = ReportBatch(prepared=prepared, reading=reading, work=work, diagnostics=diagnostics)
        reports = await batch.make_all(notify)
    return replace(outcome, reports=reports, problems=reading.problems)


def _refuse_other_reports(prepared: PreparedEngagement) -> None:
    refuse_other_reports(prepared.engagement, prepared.hashes, prepared.paths, prepared.earlier)


@contextmanager
def _locked_folder(paths: OutputPaths) -> Iterator[Path]:
    """Hold the lock and yield a private folder; leave no empty folders behind."""
    new = [p for p in (paths.home, paths.out) if not p.exists()]
    try:
        with lock.held(paths.lock), delivery.private_folder(paths) as work:
            yield work
    finally:
        for folder in new:
            with suppress(OSError):
                folder.rmdir()


def _tidy(prepared: PreparedEngagement) -> None:
    """Remove what a killed run left beside reports that are up to date; note a moved folder."""
    if not prepared.options.dry_run:
        prepared.seen.write(prepared.paths.seen)
        with suppress(OSError):
            note_moved_folder(prepared.engagement, prepared.hashes, prepared.paths)
    if delivery.is_left_over(prepared.paths) and not prepared.options.dry_run:
        with suppress(lock.LockedError, OSError), lock.held(prepared.paths.lock):
            delivery.recover(prepared.paths)


async def _read(prepared: PreparedEngagement, keep: Path | None, notify: Notify) -> Reading:
    notify("reading the tables")
    context = prepared.context
    task = ReadTask(engagement=prepared.engagement, only=prepared.options.only, keep=keep)
    async with prepared.slot():
        reading = await asyncio.wrap_future(context.workers.submit(context.services.read, task))
    if any(problem.is_error for problem in reading.problems):
        raise InputError(reading.problems)
    return reading


def _selected(prepared: PreparedEngagement, reading: Reading) -> "tuple[AnyOutline, ...]":
    try:
        return select_diagnostics(
            prepared.context.services.diagnostics,
            prepared.engagement,
            reading.tables.keys(),
            prepared.options.only,
            lenient=prepared.options.lenient,
        )
    except InputError as error:  # what was passed over may be what is lacking
        raise InputError((*reading.problems, *error.problems)) from error


def _is_of_the_command(error: InputError) -> bool:
    """Return whether nothing is wrong with the input: ``--only`` asks for what it has no data of.

    ``status`` would tell it of an engagement whose reports are well.
    """
    return all(p.code == ONLY_WITHOUT_TABLES for p in error.problems if p.is_error)


def _note_bad_input(prepared: PreparedEngagement, error: InputError) -> None:
    """Keep for ``status`` that the input is bad, and the first of the reasons."""
    engagement = prepared.engagement
    bad = Outcome(folder=engagement.folder, language=engagement.language, problems=error.problems)
    record(prepared.paths.failures, INPUT, bad.told())


def _plan(prepared: PreparedEngagement, diagnostic: "AnyOutline") -> ReportOutcome:
    status = Status.UP_TO_DATE if prepared.is_current(diagnostic) else Status.PLANNED
    return ReportOutcome(diagnostic=diagnostic.name, status=status)
