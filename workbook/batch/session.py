"""The run of several engagements, one after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workbook.batch.choice import check_names
from workbook.batch.outcome import Fate, Outcome
from workbook.batch.places import places_of, refuse_collisions
from workbook.batch.workshop import Workshop
from workbook.engagement import Engagement
from workbook.errors import InputError
from workbook.index_page import consultant_index
from workbook.manifest import write_whole
from workbook.run import RunOptions, run_engagement


class Observer(Protocol):
    """Told what goes on; the console is one."""

    def started(self, folder: Path) -> None:
        """Say that an engagement begins."""

    def step(self, text: str) -> None:
        """Say what is being done now."""

    def ended(self, outcome: Outcome) -> None:
        """Say that an engagement has ended."""


@dataclass(frozen=True, slots=True)
class Silent:
    """An observer that says nothing."""

    def started(self, folder: Path) -> None: ...

    def step(self, text: str) -> None: ...

    def ended(self, outcome: Outcome) -> None: ...


def run_session(
    folders: Sequence[Path],
    options: RunOptions,
    workshop: Workshop,
    observer: Observer | None = None,
) -> tuple[Outcome, ...]:
    """Make the reports of all engagements and the consultant's index page.

    Raises
    ------
    UsageError
        Before anything is made: an unknown diagnostic, two engagements with one output folder,
        an output folder that may not be written.
    """
    observer = observer or Silent()
    check_names(options.only, [d.name for d in workshop.diagnostics], "--only")
    loadable = tuple(_loadable(folders, workshop))
    refuse_collisions(loadable)
    for engagement in loadable:
        places_of(engagement, options.out)
    outcomes: list[Outcome] = []
    for folder in folders:
        if options.fail_fast and any(o.exit_code for o in outcomes):
            outcome = Outcome(folder=folder, stopped=Fate.NOT_STARTED)
        else:
            observer.started(folder)
            outcome = run_engagement(folder, options, workshop, observer.step)
        outcomes.append(outcome)
        observer.ended(outcome)
    if not options.dry_run:
        write_index(options.out)
    return tuple(outcomes)


def _loadable(folders: Sequence[Path], workshop: Workshop) -> Iterator[Engagement]:
    for folder in folders:
        try:
            yield workshop.load(folder)
        except InputError:
            continue  # told when its turn comes


def index_path(out: Path) -> Path:
    """Return where the consultant's index page is."""
    return out.resolve() / "index.html"


def write_index(out: Path) -> None:
    """Write the consultant's index page, when there is anything to list or to update."""
    path = index_path(out)
    if path.parent.is_dir():
        write_whole(path, consultant_index(path.parent).encode("utf-8"))
