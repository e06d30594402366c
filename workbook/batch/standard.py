"""The workshop of the command line: the shipped diagnostics, readers and publisher.

What a finished engagement does not need is imported only when it is needed.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from workbook.batch.forked_process import CAN_FORK
from workbook.batch.notebook_engine.run_notebook import ENGINES, Notebook
from workbook.batch.services import Published, Services
from workbook.batch.tasks import Finished, Reading, ReadTask, ReportTask
from workbook.batch.workers import DaskWorkers, LocalWorkers, Workers
from workbook.engagement.settings import Engagement

DEFAULT_ENGINE = "warm" if CAN_FORK else "papermill"


def standard(engine: str = DEFAULT_ENGINE, scheduler: str = "") -> Services:
    """Return the workshop of the shipped diagnostics.

    Parameters
    ----------
    engine
        ``warm`` or ``papermill``; where processes cannot be forked, ``warm`` is ``papermill``.
    scheduler
        Address of a Dask scheduler whose workers do the work; empty: this machine.
    """
    from workbook.diagnostics import all_diagnostics

    hands: Callable[[int], AbstractContextManager[Workers]] = LocalWorkers
    if scheduler:
        hands = partial(_cluster, scheduler)
    return Services(
        diagnostics=all_diagnostics(),
        load=_load,
        read=_read,
        make=partial(_make, engine if CAN_FORK else "papermill"),
        hands=hands,
    )


def _cluster(address: str, jobs: int) -> AbstractContextManager[Workers]:
    """Return the hands of a cluster, which decides itself how many reports it makes at once."""
    return DaskWorkers(address)


def _load(folder: Path) -> Engagement:
    from workbook.diagnostics import param_types
    from workbook.engagement.engagement_file import load_engagement

    return load_engagement(folder, param_types())


def _read(task: ReadTask) -> Reading:
    from workbook.batch.make_report import printing_into
    from workbook.batch.read_task import read_task
    from workbook.diagnostics import all_diagnostics
    from workbook.engagement.data import read_engagement

    with printing_into(None):
        return read_task(task, read_engagement, all_diagnostics())


def _make(engine: str, task: ReportTask) -> Finished:
    from workbook.batch.make_report import PRINTED, make_report, printing_into

    with printing_into(task.folder / PRINTED):
        return make_report(task, ENGINES[engine], _publish, engine)


def _publish(
    notebook: Notebook, *, engagement: Engagement, name: str, formats: tuple[str, ...]
) -> Published:
    from workbook.batch.publish import publish

    return publish(notebook, engagement=engagement, name=name, formats=formats)
