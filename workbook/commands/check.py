"""Every problem of an engagement at once, without making a report."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.batch.failures import RUN, describe
from workbook.batch.select_diagnostics import select_diagnostics
from workbook.batch.services import Services
from workbook.batch.tasks import ReadTask
from workbook.errors import InputError, Problem
from workbook.language.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in one engagement folder."""

    folder: Path
    id: str = ""
    language: str = "en"
    diagnostics: tuple[str, ...] = ()
    """Those that a run would make."""
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    """Why the check itself could not be finished."""

    @property
    def is_good(self) -> bool:
        """True when a run would make reports."""
        return not self.failure and not any(p.is_error for p in self.problems)

    @property
    def exit_code(self) -> int:
        """0, 3 for bad input, 4 when the check could not be finished."""
        return 0 if self.is_good else 4 if self.failure else 3


def check_engagement(folder: Path, services: Services) -> Checked:
    """Read everything that a run would read and return what is wrong."""
    identity: dict[str, Any] = {"folder": folder}
    problems: tuple[Problem, ...] = ()
    try:
        engagement = services.load(folder)
        identity |= {"id": engagement.id, "language": engagement.language}
        reading = services.read(ReadTask(engagement=engagement, keep=None))
        problems = reading.problems
        names: tuple[str, ...] = ()
        if not any(problem.is_error for problem in problems):
            able = select_diagnostics(services.diagnostics, engagement, reading.tables.keys())
            names = tuple(diagnostic.name for diagnostic in able)
        return Checked(**identity, problems=problems, diagnostics=names)
    except InputError as error:
        return Checked(**identity, problems=(*problems, *error.problems))
    except Exception as error:  # one engagement never stops the others
        return Checked(**identity, failure=describe(error, None, RUN))


def exit_code(checked: Sequence[Checked]) -> int:
    """Return the command's exit code: of several engagements, 1 when any is not good."""
    codes = [one.exit_code for one in checked]
    if len(codes) > 1:
        return 1 if any(codes) else 0
    return codes[0] if codes else 0


def to_json(checked: Sequence[Checked]) -> str:
    """Return the findings as JSON for other programs."""
    listed = [_plain(one) for one in checked]
    text = json.dumps({"engagements": listed}, ensure_ascii=False, indent=1, default=str)
    return visible(text)  # escapes as JSON has them


def _plain(checked: Checked) -> dict[str, Any]:
    from workbook.language.problems import line

    return {
        "folder": str(checked.folder),
        "id": checked.id,
        "ok": checked.is_good,
        "diagnostics": list(checked.diagnostics),
        "failure": checked.failure or None,
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity.value,
                "file": problem.place.file,
                "sheet": problem.place.sheet,
                "row": problem.place.row,
                "column": problem.place.column,
                "found": problem.found,
                "facts": dict(problem.facts),
                "message": line(problem, checked.language),
            }
            for problem in checked.problems
        ],
    }


def text_lines(checked: Checked) -> list[str]:
    """Return the findings as lines for people, the verdict last."""
    from workbook.commands.console import problem_line

    name = checked.id or checked.folder.name
    folder, language = checked.folder.name, checked.language
    lines = [problem_line(problem, language, folder) for problem in checked.problems]
    if checked.failure:
        return [*lines, f"{name}: the check could not be finished: {checked.failure}"]
    if checked.is_good:
        return [*lines, f"{name}: ready for {', '.join(checked.diagnostics)}"]
    return [*lines, f"{name}: cannot be used until the errors above are corrected"]
