"""What the commands say: progress and messages on stderr, results on stdout.

Lines are never wrapped or cut, so that they can be searched; colours and moving bars appear
on terminals only and not under NO_COLOR.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from workbook.batch.outcome import Outcome, Status
from workbook.commands.check_words import alias_lines, counted, told_by_run, typed
from workbook.commands.terminal import styled, tell
from workbook.errors import Problem
from workbook.language.catalog import load_texts
from workbook.language.problems import line
from workbook.language.visible import visible

_STYLES = {
    Status.MADE: "green",
    Status.UP_TO_DATE: "dim",
    Status.PLANNED: "cyan",
    Status.FAILED: "bold red",
    Status.BAD_INPUT: "bold red",
    Status.NOT_STARTED: "yellow",
    Status.PASSED_OVER: "dim",
}
_PLAIN_WIDTH = 120
_LONGEST_TABLE = 60
"""Rows of the closing table; of more reports only those that need attention are listed."""
_WELL = (Status.MADE, Status.UP_TO_DATE, Status.PLANNED, Status.PASSED_OVER)
_SPEED_OVER = 600.0
"""Seconds over which the bar takes its speed: an engagement may take a minute."""


def stderr_console() -> Console:
    """Return the console for progress and tables."""
    console = Console(file=styled(sys.stderr), highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    return console


class RunDisplay:
    """Shows a run as it goes: a bar on a terminal, a line per report elsewhere."""

    def __init__(self, total: int, language: str = "") -> None:
        self._language = language
        self._console = stderr_console()
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            *([TimeRemainingColumn()] if total > 1 else []),
            console=self._console,
            speed_estimate_period=_SPEED_OVER,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task("", total=total)
        self._total = total
        self._begun = perf_counter()
        self.outcomes: list[Outcome] = []
        """Those that have come so far."""

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def started(self, folder: Path) -> None:
        """Name the engagement that begins."""
        self.step(folder, "")

    def step(self, folder: Path, text: str) -> None:
        """Show what is being done now."""
        now = ": ".join(part for part in (folder.name, text) if part)
        so_far = totals(self.outcomes)
        self._progress.update(
            self._task, description=visible(" · ".join(filter(None, (so_far, now))))
        )

    def ended(self, outcome: Outcome) -> None:
        """Say what came of the engagement."""
        self.outcomes.append(outcome)
        self._progress.advance(self._task)
        for text in outcome_lines(outcome, self._language, self._so_far()):
            self._console.print(Text(visible(text)), soft_wrap=True)

    def _so_far(self) -> str:
        """Return ``[3/20 0:41] `` where no bar tells how many have ended, and after how long."""
        if self._console.is_terminal or self._total <= 1:
            return ""
        minutes, seconds = divmod(int(perf_counter() - self._begun), 60)
        return f"[{len(self.outcomes)}/{self._total} {minutes}:{seconds:02}] "

    def remark(self, text: str) -> None:
        """Say something about the run as a whole."""
        self._console.print(Text(visible(text)), soft_wrap=True)


def totals(outcomes: Sequence[Outcome]) -> str:
    """Return how many reports had which status (``54 made, 6 failed``); engagements count once."""
    counts = Counter(status for outcome in outcomes for status in _statuses(outcome))
    return ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])


def _statuses(outcome: Outcome) -> list[Status]:
    return _of_whole(outcome) + [report.status for report in outcome.reports]


def outcome_lines(outcome: Outcome, language: str = "", so_far: str = "") -> list[str]:
    """Return the lines about one engagement: errors first, the rest counted, then each report.

    Parameters
    ----------
    language
        Of what is said of the input; empty: that of the engagement.
    so_far
        What the line of each report begins with.
    """
    name, language = outcome.folder.name, language or outcome.language
    told = [p for p in outcome.problems if told_by_run(p)]
    lines = [problem_line(p, language, name) for p in told]
    lines += [*alias_lines(told), *_counted(outcome, language)]
    if outcome.stopped is not None:
        reason = f": {outcome.reason}" if outcome.reason else ""
        return [*lines, f"{so_far}{outcome.name}: {outcome.stopped}{reason}"]
    if not outcome.reports:
        why = "no tables for the reports that were named"
        lines.append(f"{so_far}{outcome.name}: {Status.PASSED_OVER}, {why}")
    for report in outcome.reports:
        reason = f": {report.reason}" if report.reason else ""
        seconds = f" ({report.seconds:.1f} s)" if report.status is Status.MADE else ""
        said = f"{report.status}{seconds}{reason}"
        lines.append(f"{so_far}{outcome.name} {report.diagnostic}: {said}")
    return lines


def _counted(outcome: Outcome, language: str) -> list[str]:
    """Return the line that counts remarks and steps, and says how to list them."""
    rest = [p for p in outcome.problems if not told_by_run(p)]
    if not rest:
        return []
    texts, folder = load_texts("check", language), typed(outcome.folder)
    counts = counted(rest, texts)
    return [texts("counted_in_run", name=outcome.folder.name, counts=counts, folder=folder)]


def problem_line(problem: Problem, language: str, name: str) -> str:
    """Return one line about a problem: its severity, the engagement's folder, the sentence."""
    return f"{problem.severity}: {name}: {line(problem, language)}"


def show_summary(outcomes: Sequence[Outcome], seconds: float, language: str = "") -> None:
    """Print the end of a run on stderr: a table of its reports, their count, and what went wrong.

    Of several engagements the table leaves out what was up to date, of very many all that is well;
    the count tells them.
    """
    rows = [row for outcome in outcomes for row in _rows(outcome)]
    if len(outcomes) > 1:
        rows = [row for row in rows if row[2] is not Status.UP_TO_DATE]
    if len(rows) > _LONGEST_TABLE:
        rows = [row for row in rows if row[2] not in _WELL]
    console = stderr_console()
    if rows:
        console.print(_table(rows))
    console.print(Text(f"{totals(outcomes) or 'nothing to do'} in {seconds:.0f} s"))
    for text in _failures(outcomes, language):
        console.print(Text(visible(text)), soft_wrap=True)


def _failures(outcomes: Sequence[Outcome], language: str) -> list[str]:
    """Return what went wrong, a line each under their number; the first words are far up by now."""
    lines = [text for outcome in outcomes for text in _failures_of(outcome, language)]
    return [f"{len(lines)} went wrong:", *lines] if lines else []


def _failures_of(outcome: Outcome, language: str) -> list[str]:
    lines = []
    if outcome.stopped in (Status.BAD_INPUT, Status.FAILED):
        lines.append(f"  {outcome.name}: {outcome.stopped}: {outcome.told(language)}")
    return lines + [
        f"  {outcome.name} {report.diagnostic}: {report.status}: {report.reason}"
        for report in outcome.reports
        if report.status is Status.FAILED
    ]


def _rows(outcome: Outcome) -> list[tuple[str, str, Status, float]]:
    whole = [(outcome.name, "", status, 0.0) for status in _of_whole(outcome)]
    return whole + [(outcome.name, r.diagnostic, r.status, r.seconds) for r in outcome.reports]


def _of_whole(outcome: Outcome) -> list[Status]:
    """Return the status of an engagement that was stopped, or that has no report."""
    if outcome.stopped is not None:
        return [outcome.stopped]
    return [] if outcome.reports else [Status.PASSED_OVER]


def _table(rows: Sequence[tuple[str, str, Status, float]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Engagement", "Report", "Result"):
        table.add_column(heading, overflow="fold")
    table.add_column("Seconds", justify="right")
    for name, diagnostic, status, seconds in rows:
        table.add_row(
            Text(visible(name)),
            Text(diagnostic),
            _result(status),
            f"{seconds:.1f}" if seconds else "",
        )
    return table


def _result(status: Status) -> Text:
    return Text(str(status), style=_STYLES[status])


def say(text: str) -> None:
    """Print a message on stderr."""
    tell(text, err=True)
