"""The workshop of the command line: the shipped diagnostics, readers and publisher.

What a finished engagement does not need is imported only when it is needed.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
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
    from workbook.registry import diagnostic

    return publish(notebook, engagement=engagement, diagnostic=diagnostic(name), formats=formats)


_SLOW = (
    # what functions import when they need it, because a command that does not would wait for it
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.crashhandler",
    "IPython.core.logger", "IPython.core.oinspect", "openpyxl", "statsmodels.duration.api",
    "statsmodels.miscmodels.ordinal_model",
)  # fmt: skip


def load_everything(languages: Iterable[str]) -> None:
    """Import and ready what every report needs, without starting a thread.

    Parameters
    ----------
    languages
        Codes of languages whose dictionaries are read.
    """
    import nbconvert
    import papermill

    from workbook import case, chart, notebook
    from workbook.batch import publishing, reading, report_making, warm_engine, warm_shell
    from workbook.fingerprint import program_hash
    from workbook.registry import DIAGNOSTICS
    from workbook.report import readiness, record
    from workbook.resources import loyalty
    from workbook.resources.reference_base import sample_base

    _ = (
        nbconvert, papermill, case, notebook, publishing, reading, record, report_making,
        warm_engine, warm_shell, *(diagnostic.report for diagnostic in DIAGNOSTICS),
    )  # fmt: skip
    for name in _SLOW:
        import_module(name)
    program_hash()
    sample_base()
    readiness.warm_up()
    chart.warm_up()
    for language in languages:
        loyalty.read_ahead(language)
