"""The workshop of the command line: the shipped diagnostics, readers and publisher.

What a finished engagement does not need is imported only when it is needed.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from workbook.batch.execution import ENGINES, Notebook
from workbook.batch.fresh import CAN_FORK
from workbook.batch.hands import ClusterHands, Hands, LocalHands
from workbook.batch.tasks import Finished, Reading, ReadTask, ReportTask
from workbook.batch.workshop import Published, Workshop
from workbook.engagement import Engagement

DEFAULT_ENGINE = "warm" if CAN_FORK else "papermill"


def standard(engine: str = DEFAULT_ENGINE, scheduler: str = "") -> Workshop:
    """Return the workshop of the shipped diagnostics.

    Parameters
    ----------
    engine
        ``warm`` or ``papermill``; where processes cannot be forked, ``warm`` is ``papermill``.
    scheduler
        Address of a Dask scheduler whose workers do the work; empty: this machine.
    """
    from workbook.registry import DIAGNOSTICS

    hands: Callable[[int], AbstractContextManager[Hands]] = LocalHands
    if scheduler:
        hands = partial(_cluster, scheduler)
    return Workshop(
        diagnostics=DIAGNOSTICS,
        load=_load,
        read=_read,
        make=partial(_make, engine if CAN_FORK else "papermill"),
        hands=hands,
    )


def _cluster(address: str, jobs: int) -> AbstractContextManager[Hands]:
    """Return the hands of a cluster, which decides itself how many reports it makes at once."""
    return ClusterHands(address)


def _load(folder: Path) -> Engagement:
    from workbook.intake.engagement_file import load_engagement
    from workbook.registry import param_types

    return load_engagement(folder, param_types())


def _read(task: ReadTask) -> Reading:
    from workbook.batch.reading import read_engagement
    from workbook.batch.report_making import printing_into
    from workbook.case import read_case
    from workbook.registry import DIAGNOSTICS

    with printing_into(None):
        return read_engagement(task, read_case, DIAGNOSTICS)


def _make(engine: str, task: ReportTask) -> Finished:
    from workbook.batch.report_making import PRINTED, make_report, printing_into

    with printing_into(task.folder / PRINTED):
        return make_report(task, ENGINES[engine], _publish, engine)


def _publish(
    notebook: Notebook, *, engagement: Engagement, name: str, formats: tuple[str, ...]
) -> Published:
    from workbook.batch.publishing import publish

    return publish(notebook, engagement=engagement, name=name, formats=formats)
