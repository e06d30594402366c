"""What a run works with: the diagnostics, who reads an engagement and who makes a report.

The command line uses :func:`default_services`; tests put in their own.  What a finished
engagement does not need is imported only when it is needed.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.batch.forked_process import ForkedProcesses
from workbook.batch.notebook_engine.run_notebook import ENGINES, Notebook
from workbook.batch.process_start import CAN_FORK
from workbook.batch.started_ahead import Ahead
from workbook.batch.tasks import Finished, Published, Reading, ReadTask, ReportTask
from workbook.batch.workers import LocalWorkers, Workers
from workbook.engagement.settings import Engagement
from workbook.language import package_data

if TYPE_CHECKING:
    from workbook.diagnostics.outline import AnyOutline

DEFAULT_ENGINE = "warm" if CAN_FORK else "papermill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that a run needs besides the engagement."""

    diagnostics: "tuple[AnyOutline, ...]"
    load: Callable[[Path], Engagement]
    """Reads engagement.toml, in the process of the run itself."""
    read: Callable[[ReadTask], Reading]
    """Reads an engagement; goes with its task to another process."""
    make: Callable[[ReportTask], Finished]
    """Makes a report; likewise."""
    open_workers: Callable[[int], AbstractContextManager[Workers]]
    """Opens the processes that do the work, so many at a time."""
    notebooks: Path = field(default_factory=package_data.notebooks)

    def notebook(self, diagnostic: "AnyOutline") -> Path:
        """Return the path of the diagnostic's notebook."""
        return self.notebooks / f"{diagnostic.name}.ipynb"


def default_services(
    engine: str = DEFAULT_ENGINE,
    scheduler: str = "",
    ahead: Ahead | None = None,
    processes: ForkedProcesses | None = None,
) -> Services:
    """Return outlines of the shipped diagnostics; readers, engines, publisher of the package.

    Parameters
    ----------
    engine
        ``warm`` or ``papermill``; where processes cannot be forked, ``warm`` is ``papermill``.
    scheduler
        Address of a Dask scheduler whose workers do the work; empty: this machine.
    ahead
        What is going to be made, so that processes are started for it, and workers of a cluster
        read its dictionaries.
    processes
        Some of which may have been started for it already.
    """
    from workbook.diagnostics import outlines

    open_workers: Callable[[int], AbstractContextManager[Workers]] = partial(
        LocalWorkers,
        ahead=ahead if engine == DEFAULT_ENGINE else None,
        processes=processes,
    )
    if scheduler:
        open_workers = partial(_cluster, scheduler, ahead.languages if ahead else ())
    return Services(
        diagnostics=outlines(),
        load=_load,
        read=partial(_read, computes=bool(ahead and ahead.reports)),
        make=partial(_make, engine if CAN_FORK else "papermill"),
        open_workers=open_workers,
    )


def _cluster(
    address: str, languages: tuple[str, ...], jobs: int
) -> AbstractContextManager[Workers]:
    """Return the workers of a cluster, which decides itself how many reports it makes at once."""
    from workbook.batch.dask_workers import DaskWorkers

    return DaskWorkers(address, languages=languages)


def _load(folder: Path) -> Engagement:
    from workbook.diagnostics import param_types
    from workbook.engagement.engagement_file import load_engagement

    return load_engagement(folder, param_types())


def _read(task: ReadTask, *, computes: bool = False) -> Reading:
    """Read an engagement; with ``computes`` also compute what its reports are made of."""
    from workbook.batch.make_report import printing_into
    from workbook.batch.notes_judge import judge_notes
    from workbook.batch.read_task import read_task
    from workbook.diagnostics import outlines
    from workbook.engagement.data import read_engagement

    judge = partial(judge_notes, computes=computes and task.keep is not None)
    with printing_into(None):
        return read_task(task, read_engagement, outlines(), judge)


def action_plan(engagement: Engagement) -> bytes:
    """Return the action plan of an engagement as a workbook to be marked; empty without a step.

    Raises
    ------
    InputError
        When its files cannot be used.
    """
    from workbook.notebook import plan_to_mark

    return plan_to_mark(engagement)


def _make(engine: str, task: ReportTask) -> Finished:
    from workbook.batch.make_report import PRINTED, make_report, printing_into

    with printing_into(task.folder / PRINTED):
        return make_report(task, ENGINES[engine], _publish, engine)


def _publish(
    notebook: Notebook, *, engagement: Engagement, name: str, formats: tuple[str, ...]
) -> Published:
    from workbook.batch.publish import publish

    return publish(notebook, engagement=engagement, name=name, formats=formats)
