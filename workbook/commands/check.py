"""Every problem of an engagement at once, without making a report."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbook.batch.failures import RUN, describe
from workbook.batch.select_diagnostics import select_diagnostics
from workbook.batch.services import Services
from workbook.batch.tasks import ReadTask
from workbook.engagement.fingerprint import hash_files
from workbook.engagement.last_read import LastRead, reading_key, recall, remember
from workbook.engagement.output_paths import output_paths
from workbook.engagement.seen_files import SeenFiles
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Problem, RunError, Severity, UsageError
from workbook.language.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in one engagement folder."""

    folder: Path
    id: str = ""
    language: str = "en"
    diagnostics: tuple[str, ...] = ()
    """Those that a run would make."""
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Diagnostic that engagement.toml asks for -> the tables of which none can be used yet."""
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    """Why the check itself could not be finished."""
    marked: tuple[Path, ...] | None = None
    """Marked copies of its files; None when none were asked for."""

    @property
    def is_good(self) -> bool:
        """True when a run would make reports."""
        return not self.failure and not any(p.is_error for p in self.problems)

    @property
    def exit_code(self) -> int:
        """0, 3 for bad input, 4 when the check could not be finished."""
        return 0 if self.is_good else 4 if self.failure else 3

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """Return the problems of one severity."""
        return tuple(p for p in self.problems if p.severity is severity)


def check_engagement(folder: Path, services: Services, out: Path | None = None) -> Checked:
    """Read everything that a run would read and return what is wrong.

    Parameters
    ----------
    out
        Folder of all output.  Where the engagement has reports in it, what is found is kept with
        them, and is told again without reading while nothing has changed.
    """
    found = Checked(folder=folder)
    try:
        engagement = services.load(folder)
        found = Checked(folder=folder, id=engagement.id, language=engagement.language)
        return _kept(found, engagement, services, out) or _read(found, engagement, services)
    except InputError as error:
        return replace(found, problems=error.problems)
    except Exception as error:  # one engagement never stops the others
        return replace(found, failure=describe(error, None, RUN))


def _kept(
    found: Checked, engagement: Engagement, services: Services, out: Path | None
) -> Checked | None:
    """Return what is kept, or read and keep it; None where there is no place to keep it in."""
    try:
        paths = output_paths(engagement, out) if out is not None else None
    except UsageError:
        return None
    if paths is None or not paths.root.is_dir():
        return None
    seen = SeenFiles.read(paths.seen)
    before = reading_key(engagement, hash_files(engagement, seen.hash), seen.hash)
    known = recall(paths.last_read, "check", before)
    if known is None:
        checked = _read(found, engagement, services)
        known = LastRead(
            problems=checked.problems, diagnostics=checked.diagnostics, lacking=checked.lacking
        )
        after = reading_key(engagement, hash_files(engagement, seen.hash), seen.hash)
        if after == before:
            remember(paths.last_read, "check", before, known)
    seen.write(paths.seen)
    return replace(
        found, problems=known.problems, diagnostics=known.diagnostics, lacking=known.lacking
    )


def _read(found: Checked, engagement: Engagement, services: Services) -> Checked:
    from workbook.commands.unread_files import with_likely_tables

    reading = services.read(ReadTask(engagement=engagement, keep=None))
    problems = with_likely_tables(engagement, reading.problems)
    if any(problem.is_error for problem in problems):
        lacking = {
            d.name: d.needs_any
            for d in services.diagnostics
            if d.name in engagement.diagnostics and not set(d.needs_any) & reading.tables.keys()
        }
        return replace(found, problems=problems, lacking=lacking)
    try:
        able = select_diagnostics(services.diagnostics, engagement, reading.tables.keys())
    except InputError as error:
        return replace(found, problems=(*problems, *error.problems))
    return replace(found, problems=problems, diagnostics=tuple(d.name for d in able))


def with_marked_copies(checked: Checked, services: Services, out: Path | None) -> Checked:
    """Write the marked copies of the data files and return the findings with their paths.

    Raises
    ------
    UsageError
        When ``out`` is a folder that the engagement is read from.
    RunError
        When a copy cannot be written.
    """
    from workbook.commands.marked_copy import mark_engagement

    try:
        engagement = services.load(checked.folder)
    except InputError:
        return replace(checked, marked=())
    try:
        return replace(checked, marked=tuple(mark_engagement(engagement, checked.problems, out)))
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise RunError(f"--mark: a copy cannot be written: {reason}") from failure


def exit_code(checked: Sequence[Checked]) -> int:
    """Return the command's exit code: of several engagements, 1 when any is not good."""
    codes = [one.exit_code for one in checked]
    if len(codes) > 1:
        return 1 if any(codes) else 0
    return codes[0] if codes else 0


def to_json(checked: Sequence[Checked], language: str = "") -> str:
    """Return the findings as JSON for other programs; messages in the engagement's language."""
    listed = [_plain(one, language or one.language) for one in checked]
    text = json.dumps({"engagements": listed}, ensure_ascii=False, indent=1, default=str)
    return visible(text)  # escapes as JSON has them


def _plain(checked: Checked, language: str) -> dict[str, Any]:
    return {
        "folder": str(checked.folder),
        "id": checked.id,
        "ok": checked.is_good,
        "lang": language,
        "counts": {severity.value: len(checked.of(severity)) for severity in Severity},
        "diagnostics": list(checked.diagnostics),
        "lacking": {name: list(tables) for name, tables in checked.lacking.items()},
        "failure": checked.failure or None,
        "marked": [str(path) for path in checked.marked or ()],
        "problems": [_plain_problem(problem, language) for problem in checked.problems],
    }


def _plain_problem(problem: Problem, language: str) -> dict[str, Any]:
    from workbook.language.problems import describe as told
    from workbook.language.problems import line

    table = problem.facts.get("table")
    said = problem.facts.get(str(problem.facts.get("remedy"))) or problem.facts.get("line")
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.place.file,
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.place.column,
        "found": problem.found,
        "facts": dict(problem.facts),
        "message": line(problem, language),
        "remedy": told(problem, language).fix,
        "line": str(said) if said else None,
        "section": f"intake.{table}" if said and table else None,
    }
