"""The run of one engagement: from its folder to finished reports, or to one clear reason why not.

The steps: load the configuration, read and check the tables, choose the diagnostics, and for
each that is not up to date run its notebook in a private folder, publish the files in memory,
and move them into place.  The manifest follows last.  Whatever fails, earlier output stays
byte for byte as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from workbook import manifest as manifests
from workbook.batch import delivery, lock
from workbook.batch.choice import chosen
from workbook.batch.failures import describe, forget, record
from workbook.batch.outcome import Fate, Outcome, ReportOutcome
from workbook.batch.places import Places, places_of
from workbook.batch.report_making import Making, make_report
from workbook.batch.workshop import FORMATS, Case, Diagnostic, Workshop
from workbook.engagement import Engagement
from workbook.errors import InputError, UsageError
from workbook.fingerprint import Sources, fingerprint, sources_of
from workbook.manifest import Manifest

Notify = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What the command line asks of a run."""

    out: Path
    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    force: bool = False
    fail_fast: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """An engagement that is ready to be made."""

    engagement: Engagement
    places: Places
    sources: Sources
    earlier: Manifest | None
    options: RunOptions
    workshop: Workshop

    def fingerprint(self, diagnostic: Diagnostic) -> str:
        return fingerprint(
            self.sources,
            diagnostic=diagnostic.name,
            tables=diagnostic.tables,
            notebook=self.workshop.notebook(diagnostic),
        )

    def is_current(self, diagnostic: Diagnostic) -> bool:
        entry = self.earlier.diagnostics.get(diagnostic.name) if self.earlier else None
        if entry is None or self.options.force:
            return False
        now = self.fingerprint(diagnostic)
        return entry.is_current(self.places.root, now, self.options.formats)


def run_engagement(
    folder: Path, options: RunOptions, workshop: Workshop, notify: Notify = lambda text: None
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
        engagement = workshop.load(folder)
        outcome = replace(
            outcome, id=engagement.id, period=engagement.period, language=engagement.language
        )
        places = places_of(engagement, options.out)
        order = _Order(
            engagement=engagement,
            places=places,
            sources=sources_of(engagement),
            earlier=manifests.read(places.manifest),
            options=options,
            workshop=workshop,
        )
        return _run(order, outcome, notify)
    except UsageError:
        raise
    except InputError as error:
        return replace(outcome, problems=error.problems, stopped=Fate.BAD_INPUT)
    except Exception as error:  # one engagement never stops the others
        logs = None if options.dry_run or not places else places.logs
        return replace(outcome, reason=describe(error, logs, "run"), stopped=Fate.FAILED)


def _run(order: _Order, outcome: Outcome, notify: Notify) -> Outcome:
    finished = _nothing_to_do(order)
    if finished:
        return replace(outcome, reports=finished)
    notify("reading the tables")
    begun = perf_counter()
    case = order.workshop.read(order.engagement)
    seconds = perf_counter() - begun
    if any(problem.is_error for problem in case.problems):
        raise InputError(case.problems)
    diagnostics = chosen(
        order.workshop.diagnostics, order.engagement, case.tables.keys(), order.options.only
    )
    if order.options.dry_run:
        reports = tuple(_plan(order, d) for d in diagnostics)
    else:
        with lock.held(order.places.lock):
            order = replace(order, earlier=manifests.read(order.places.manifest))
            reports = _make_all(order, diagnostics, case, seconds, notify)
    return replace(outcome, reports=reports, problems=tuple(case.problems))


def _nothing_to_do(order: _Order) -> tuple[ReportOutcome, ...]:
    """Return the reports when all are up to date, without reading a table.

    The files being the same as when the manifest was written, so is the choice of diagnostics.
    """
    earlier, options = order.earlier, order.options
    if earlier is None or options.force or order.places.failures.exists():
        return ()
    if earlier.sources != order.sources.digest() or not earlier.complete:
        return ()
    names = options.only or tuple(earlier.diagnostics)
    asked = [d for d in order.workshop.diagnostics if d.name in names]
    if len(asked) < len(names) or not all(map(order.is_current, asked)):
        return ()
    return tuple(ReportOutcome(diagnostic=d.name, fate=Fate.UP_TO_DATE) for d in asked)


def _plan(order: _Order, diagnostic: Diagnostic) -> ReportOutcome:
    fate = Fate.UP_TO_DATE if order.is_current(diagnostic) else Fate.PLANNED
    return ReportOutcome(diagnostic=diagnostic.name, fate=fate)


def _make_all(
    order: _Order,
    diagnostics: tuple[Diagnostic, ...],
    case: Case,
    seconds: float,
    notify: Notify,
) -> tuple[ReportOutcome, ...]:
    delivery.sweep(order.places)
    reports: list[ReportOutcome] = []
    entries = dict(order.earlier.diagnostics) if order.earlier else {}
    for diagnostic in diagnostics:
        if order.options.fail_fast and any(r.fate is Fate.FAILED for r in reports):
            reports.append(ReportOutcome(diagnostic=diagnostic.name, fate=Fate.NOT_STARTED))
            continue
        if order.is_current(diagnostic):
            forget(order.places.failures, diagnostic.name)
            reports.append(ReportOutcome(diagnostic=diagnostic.name, fate=Fate.UP_TO_DATE))
            continue
        notify(diagnostic.name)
        reports.append(_make_one(order, diagnostic, case, entries))
    delivered = [r for r in reports if r.fate in (Fate.MADE, Fate.UP_TO_DATE)]
    if delivered:
        whole = not order.options.only and len(delivered) == len(diagnostics)
        delivery.close(
            order.places,
            engagement=order.engagement,
            sources=order.sources,
            case=case,
            seconds=seconds,
            entries=entries,
            complete=whole,
            current={
                d.name
                for d in order.workshop.diagnostics
                if d.name in entries and entries[d.name].fingerprint == order.fingerprint(d)
            },
        )
    return tuple(reports)


def _make_one(
    order: _Order,
    diagnostic: Diagnostic,
    case: Case,
    entries: dict[str, manifests.Entry],
) -> ReportOutcome:
    begun = perf_counter()
    making = Making(
        engagement=order.engagement,
        diagnostic=diagnostic,
        places=order.places,
        formats=order.options.formats,
        fingerprint=order.fingerprint(diagnostic),
        sources=order.sources,
        tables=case.tables,
        problems=case.problems_of(diagnostic),
    )
    try:
        entry = make_report(making, order.workshop, entries.get(diagnostic.name))
    except Exception as error:  # one diagnostic never stops the others
        reason = describe(error, order.places.logs, diagnostic.name)
        record(order.places.failures, diagnostic.name, reason)
        seconds = perf_counter() - begun
        return ReportOutcome(
            diagnostic=diagnostic.name, fate=Fate.FAILED, seconds=seconds, reason=reason
        )
    entries[diagnostic.name] = entry
    forget(order.places.failures, diagnostic.name)
    return ReportOutcome(diagnostic=diagnostic.name, fate=Fate.MADE, seconds=perf_counter() - begun)
