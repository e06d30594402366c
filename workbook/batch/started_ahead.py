"""Processes that start before their work is known, and import meanwhile what it will need.

The process that imports everything (:mod:`workbook.batch.preload`) is quick from the second
report on.  Who makes one report would wait for it: so a process that reads the client's files and
one for the report are started at once, each of which imports what this one piece of work needs.
While the files are read and the result is computed, the other has loaded what draws.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any

from workbook.batch import child_process
from workbook.batch.process_start import start_allowed, without_interruption

READING = "reading"
"""What a :class:`workbook.batch.tasks.ReadTask` needs."""
FEW = 1
"""Reports of one command up to which a process for each is quicker than forked ones, which import
together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a command is going to make, as far as that is known before anything is read."""

    languages: tuple[str, ...] = ()
    """Of the engagements."""
    reports: tuple[str, ...] = ()
    """Names of the reports where they are few; empty: more than a few, or not known."""
    diagnostics: tuple[str, ...] = ()
    """Those asked for; empty: any."""
    is_sure: bool = False
    """Whether there is anything to make is known: of one of the engagements nothing is there."""


class StartedAhead:
    """A newly started process that prepares itself for one piece of work."""

    def __init__(
        self, needs: str, prepare: Callable[..., Iterator[None]], arguments: tuple[Any, ...]
    ) -> None:
        context = SpawnContext()
        self.needs = needs
        """The work that it is ready for (:attr:`workbook.batch.tasks.ReadTask.needs`)."""
        self.connection, its_own = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=child_process.serve_when_told, args=(its_own, prepare, arguments), daemon=True
        )
        with start_allowed(), without_interruption():
            self.process.start()
        its_own.close()  # or a child that was killed would never look gone

    def tell(self, work: Callable[..., Any], arguments: tuple[Any, ...], *, messages: bool) -> bool:
        """Give it its work; false when the process is there no more."""
        try:
            self.connection.send((work, arguments, messages))
        except OSError:
            return False
        return True


def of_command(ahead: Ahead) -> Iterator[StartedAhead]:
    """Start the processes for what a command will make: one to read, one for each of few reports.

    They inherit the environment.
    """
    languages, asked = ahead.languages, ahead.diagnostics
    yield StartedAhead(READING, prepare_reading, (languages, asked))
    for name in ahead.reports:
        yield StartedAhead(name, prepare_report, (languages, name))


def prepare_reading(languages: Sequence[str], diagnostics: Sequence[str]) -> Iterator[None]:
    """Import what reads and checks an engagement."""
    from workbook.batch.read_ahead import steps_to_read

    yield from steps_to_read(languages, diagnostics)


def prepare_report(languages: Sequence[str], diagnostic: str) -> Iterator[None]:
    """Import what one report is made by."""
    from workbook.batch.read_ahead import steps_to_report

    yield from steps_to_report(languages, diagnostic)
