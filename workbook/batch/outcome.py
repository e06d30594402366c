"""What came of a run: records that the console prints and the exit code is made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbook.errors import Problem
from workbook.language.problems import line

Notify = Callable[[str], None]
"""Called with a short text when a step begins."""


class Status(StrEnum):
    """What happened to a report."""

    MADE = "made"
    UP_TO_DATE = "up to date"
    PLANNED = "would be made"
    FAILED = "failed"
    BAD_INPUT = "bad input"
    NOT_STARTED = "not started"
    PASSED_OVER = "passed over"
    """An engagement without the tables of any report that was named."""


_EXIT_CODES = {Status.FAILED: 4, Status.NOT_STARTED: 4, Status.BAD_INPUT: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOutcome:
    """What happened to one diagnostic of an engagement."""

    diagnostic: str
    status: Status
    seconds: float = 0.0
    reason: str = ""
    """Why it failed, in one sentence, with the path of the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happened to one engagement."""

    folder: Path
    id: str = ""
    period: str = ""
    language: str = "en"
    reports: tuple[ReportOutcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Of the input: errors when the status is bad input, warnings otherwise."""
    reason: str = ""
    """Why no report was tried."""
    stopped: Status | None = None
    """Bad input, failed or not started, when the engagement as a whole was."""

    @property
    def name(self) -> str:
        """How the engagement is called on the console."""
        return f"{self.id}/{self.period}" if self.id else self.folder.name

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What is wrong with its input."""
        return tuple(problem for problem in self.problems if problem.is_error)

    def told(self, language: str = "") -> str:
        """Return in one sentence why no report was tried; of several errors the first.

        ``language``: of what is said of the input; empty: that of the engagement.
        """
        if self.reason or not self.errors:
            return self.reason
        more = f" (and {len(self.errors) - 1} more)" if len(self.errors) > 1 else ""
        return f"{line(self.errors[0], language or self.language)}{more}"

    @property
    def exit_code(self) -> int:
        """0, 3 or 4: the gravest of this engagement."""
        statuses = [report.status for report in self.reports]
        if self.stopped is not None:
            statuses.append(self.stopped)
        return max((_EXIT_CODES.get(status, 0) for status in statuses), default=0)


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """Return the command's exit code: of several engagements, 1 when any went wrong.

    Examples
    --------
    >>> good, bad = Outcome(folder=Path("a")), Outcome(folder=Path("b"), stopped=Status.BAD_INPUT)
    >>> exit_code([good]), exit_code([bad]), exit_code([good, bad])
    (0, 3, 1)
    """
    codes = [outcome.exit_code for outcome in outcomes]
    if len(codes) > 1:
        return 1 if any(codes) else 0
    return codes[0] if codes else 0
