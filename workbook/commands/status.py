"""What is made, stale, failed or not made yet."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbook.batch.failures import INPUT, RUN, read_failures
from workbook.batch.lock import holder
from workbook.batch.services import Services
from workbook.engagement import manifest as manifests
from workbook.engagement.fingerprint import fingerprint, hash_files
from workbook.engagement.output_paths import OutputPaths, output_paths
from workbook.engagement.seen_files import SeenFiles
from workbook.errors import InputError
from workbook.language.visible import visible


class State(StrEnum):
    """State of one report."""

    MADE = "made"
    STALE = "stale"
    IN_WORK = "in work"
    FAILED = "failed"
    NOT_MADE = "not made"
    BAD_INPUT = "bad input"
    UNKNOWN = "made, input not given"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """State of one report of one engagement; an empty diagnostic means all of them."""

    engagement: str
    period: str
    diagnostic: str
    state: State
    reason: str = ""

    @property
    def name(self) -> str:
        """Engagement and period, as the console names them."""
        return "/".join(filter(None, (self.engagement, self.period)))


def status_of(folders: Sequence[Path], out: Path, services: Services) -> tuple[ReportState, ...]:
    """Return the state of every report of the engagements, without reading their tables."""
    return tuple(state for folder in folders for state in _of_engagement(folder, out, services))


def _of_engagement(folder: Path, out: Path, services: Services) -> Iterator[ReportState]:
    try:
        engagement = services.load(folder)
    except InputError as error:
        yield _unusable(folder, error)
        return
    paths = output_paths(engagement, out)
    manifest = manifests.read(paths.manifest)
    failures = read_failures(paths.failures)
    entries = manifest.diagnostics if manifest else {}
    seen = SeenFiles.read(paths.seen)
    hashes = hash_files(engagement, seen.hash)
    working = holder(paths.lock)
    if working:
        yield _state(paths, "", State.IN_WORK, working)
    named = set(engagement.diagnostics) | set(entries) | (set(failures) - {RUN, INPUT})
    for diagnostic in services.diagnostics:
        if diagnostic.name not in named:
            continue
        entry = entries.get(diagnostic.name)
        now = fingerprint(
            hashes,
            diagnostic=diagnostic.name,
            tables=diagnostic.tables,
            notebook=services.notebook(diagnostic),
            joins=diagnostic.joins,
            hash_of=seen.hash,
        )
        state, reason = _judge(entry, paths, now, failures.get(diagnostic.name, ""), seen)
        yield _state(paths, diagnostic.name, state, reason)
    if manifest:
        seen.write(paths.seen)
    whole = tuple(_of_whole(paths, failures))
    yield from whole
    if not (named or whole or working):
        yield _state(paths, "", State.NOT_MADE)


def _unusable(folder: Path, error: InputError) -> ReportState:
    reason = f"{len(error.problems)} problems in the configuration; see workbook check"
    return ReportState(
        engagement=folder.name, period="", diagnostic="", state=State.BAD_INPUT, reason=reason
    )


def _of_whole(paths: OutputPaths, failures: Mapping[str, str]) -> Iterator[ReportState]:
    """Return what went wrong with the engagement as a whole."""
    for name, state in ((RUN, State.FAILED), (INPUT, State.BAD_INPUT)):
        if name in failures:
            yield _state(paths, "", state, failures[name])


def _judge(
    entry: manifests.Entry | None, paths: OutputPaths, now: str, failure: str, seen: SeenFiles
) -> tuple[State, str]:
    if failure:
        return State.FAILED, failure
    if entry is None:
        return State.NOT_MADE, ""
    if entry.fingerprint != now:
        return State.STALE, "something it is made from has changed"
    if not entry.is_whole(paths.root, seen.hash):
        return State.STALE, "a file of it is missing or was changed"
    return State.MADE, ""


def _state(paths: OutputPaths, diagnostic: str, state: State, reason: str = "") -> ReportState:
    return ReportState(
        engagement=paths.id,
        period=paths.period,
        diagnostic=diagnostic,
        state=state,
        reason=reason,
    )


def to_json(states: Sequence[ReportState]) -> str:
    """Return the states as JSON for other programs, named as ``run.json`` names reports."""
    listed = [
        {
            "id": "/".join(filter(None, (state.name, state.diagnostic))),
            "engagement": state.engagement,
            "period": state.period or None,
            "diagnostic": state.diagnostic or None,
            "status": str(state.state),
            "message": state.reason or None,
        }
        for state in states
    ]
    content = {"schema_version": 1, "reports": listed}
    return visible(json.dumps(content, ensure_ascii=False, indent=1))


def status_of_output(out: Path) -> tuple[ReportState, ...]:
    """Return what the output folder alone can tell: whole reports and failures."""
    return tuple(_of_output(out.resolve()))


def _of_output(out: Path) -> Iterator[ReportState]:
    roots = {p.parent for p in out.glob("*/*/manifest.json")}
    roots |= {p.parent.parent for p in out.glob("*/*/internal/failed.json")}
    for root in sorted(roots):
        paths = OutputPaths(out=out, id=root.parent.name, period=root.name)
        manifest = manifests.read(paths.manifest)
        failures = dict(read_failures(paths.failures))
        seen = SeenFiles.read(paths.seen)
        for name, entry in (manifest.diagnostics if manifest else {}).items():
            failure = failures.pop(name, "")
            state, reason = _judge(entry, paths, entry.fingerprint, failure, seen)
            state = State.UNKNOWN if state is State.MADE else state
            yield _state(paths, name, state, reason)
        if manifest:
            seen.write(paths.seen)
        yield from _of_whole(paths, failures)
        for name in sorted(failures.keys() - {RUN, INPUT}):
            yield _state(paths, name, State.FAILED, failures[name])
