"""What the commands say: progress and messages on stderr, results on stdout.

Lines are never wrapped or cut, so that they can be searched; colours and moving bars appear
on terminals only and not under NO_COLOR.
"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from workbook.batch.outcome import Fate, Outcome
from workbook.errors import Problem
from workbook.texts.problems import line

_STYLES = {
    Fate.MADE: "green",
    Fate.UP_TO_DATE: "dim",
    Fate.PLANNED: "cyan",
    Fate.FAILED: "bold red",
    Fate.BAD_INPUT: "bold red",
    Fate.NOT_STARTED: "yellow",
}
_PLAIN_WIDTH = 120


def stderr_console() -> Console:
    """Return the console for progress and tables."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    return console


class RunDisplay:
    """Shows a run as it goes: a bar on a terminal, a line per engagement elsewhere."""

    def __init__(self, total: int) -> None:
        self._console = stderr_console()
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task("", total=total)
        self._name = ""

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
        self._name = folder.name
        self._progress.update(self._task, description=self._name)

    def step(self, text: str) -> None:
        """Show what is being done now."""
        self._progress.update(self._task, description=f"{self._name}: {text}")

    def ended(self, outcome: Outcome) -> None:
        """Say what came of the engagement."""
        self._progress.advance(self._task)
        for text in told(outcome):
            self._console.print(Text(text), soft_wrap=True)


def told(outcome: Outcome) -> list[str]:
    """Return the lines about one engagement: problems first, then each report."""
    name, language = outcome.folder.name, outcome.language
    lines = [problem_line(problem, language, name) for problem in outcome.problems]
    if outcome.stopped is not None:
        reason = f": {outcome.reason}" if outcome.reason else ""
        return [*lines, f"{outcome.name}: {outcome.stopped}{reason}"]
    for report in outcome.reports:
        reason = f": {report.reason}" if report.reason else ""
        seconds = f" ({report.seconds:.1f} s)" if report.fate is Fate.MADE else ""
        lines.append(f"{outcome.name} {report.diagnostic}: {report.fate}{seconds}{reason}")
    return lines


def problem_line(problem: Problem, language: str, name: str) -> str:
    """Return one line about a problem: its severity, the engagement's folder, the sentence."""
    return f"{problem.severity}: {name}: {line(problem, language)}"


def show_summary(outcomes: Sequence[Outcome]) -> None:
    """Print the closing table of a run on stderr."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Engagement", "Report", "Result"):
        table.add_column(heading, overflow="fold")
    table.add_column("Seconds", justify="right")
    for outcome in outcomes:
        if outcome.stopped is not None:
            result = _result(outcome.stopped)
            table.add_row(Text(outcome.name), "", result, "")
        for report in outcome.reports:
            seconds = f"{report.seconds:.1f}" if report.seconds else ""
            table.add_row(
                Text(outcome.name), Text(report.diagnostic), _result(report.fate), seconds
            )
    stderr_console().print(table)


def _result(fate: Fate) -> Text:
    return Text(str(fate), style=_STYLES[fate])


def say(text: str) -> None:
    """Print a message on stderr."""
    click.echo(text, err=True)
