"""What a run has read of an engagement, kept in a file for the notebooks of its reports.

The tables are read and checked once, in a process of their own; each report is made in another.
The way of the file between them:

1. :func:`workbook.batch.read_task.read_task` writes it (:func:`keep`) to ``ReadTask.keep``:
   ``engagement.pickle`` in the private folder of the run.
2. Its path goes to whoever makes the report as ``ReportTask.kept_data``, and to the engine that
   runs the notebook as ``Job.kept_data``.
3. The engine names it to the process of the notebook by :func:`use`: the warm engine in that very
   process, papermill's by an argument of the kernel that it starts
   (:mod:`workbook.batch.notebook_engine.launch_kernel`).
4. :func:`workbook.engagement.data.open_engagement`, which the notebook calls, takes what is in it
   (:func:`kept_of`).

What a diagnostic computed to judge the consultant's notes lies beside it and goes the same way
(:func:`keep_result`, :func:`kept_result_of`): nothing is computed twice.  Where a report of the run
joins others (:func:`expect_results`), each of these leaves there what it has computed
(:func:`hand_on`); the one that joins takes what is there by then (:func:`handed_on`) and
computes the rest.

A notebook that is run by anything else (plain papermill, JupyterLab) is told of no file, and
reads the client's files itself.
"""

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from workbook.engagement.settings import Engagement

if TYPE_CHECKING:
    from workbook.engagement.data import EngagementData

FILE_NAME = "engagement.pickle"
"""Of the file, in the private folder of a run."""
_EXPECTED = "results-expected"
"""File beside it: a report of the run joins what others compute."""


class _Named:
    """The file that this process was told of."""

    path: Path | None = None
    engagement: Path | None = None
    """Folder of the engagement that was taken from it."""


def keep(data: "EngagementData", path: Path) -> None:
    """Write what was read where only this user and only this run will look for it."""
    _write(data, path)


def keep_result(computed: object, name: str, engagement: Engagement, path: Path) -> None:
    """Write what one diagnostic found beside what was read, which lies at ``path``.

    Parameters
    ----------
    computed
        :class:`workbook.diagnostics.diagnostic.Computed` of the diagnostic called ``name``.
    """
    _write((engagement.folder.resolve(), computed), _of_result(path, name))


def expect_results(work: Path) -> None:
    """Let reports leave their results in the private folder of a run."""
    (work / _EXPECTED).touch(mode=0o600)


def hand_on(computed: object, name: str, engagement: Engagement) -> None:
    """Leave what a report has computed of what was kept, where another one waits for it."""
    path = _Named.path
    if path is None or _Named.engagement != engagement.folder.resolve():
        return
    if path.with_name(_EXPECTED).is_file():
        _write((_Named.engagement, computed), _handed(path, name))


def handed_on(engagement: Engagement, name: str) -> Any:
    """Return what a report of the run has left, or the reading kept, of a diagnostic; or None."""
    handed = _Named.path and _read(_handed(_Named.path, name), engagement)
    return handed or kept_result_of(engagement, name)


def _handed(path: Path, name: str) -> Path:
    return path.with_name(f"{name}.handed.pickle")


def _of_result(path: Path, name: str) -> Path:
    return path.with_name(f"{name}.result.pickle")


def _write(kept: object, path: Path) -> None:
    # A second attempt (the worker of a cluster was lost) may come while the first still writes:
    # each writes a part of its own, and the last to finish gives it the name.
    part = path.with_name(f"{path.name}.{uuid4().hex}")
    with part.open("xb") as file:
        part.chmod(0o600)
        pickle.dump(kept, file, protocol=pickle.HIGHEST_PROTOCOL)
    part.replace(path)


def use(path: Path | None) -> None:
    """Name the file to this process, before it runs a notebook; None: there is no such file.

    A pickle can do anything when it is read, so the path comes from the run alone: neither a
    parameter of the notebook, nor the environment, nor the working directory can name one.
    """
    _Named.path, _Named.engagement = path, None


def kept_of(folder: Path) -> "EngagementData | None":
    """Return what was kept of the engagement in ``folder``; None when nothing was.

    A notebook that opens another engagement than the one its report is about gets nothing, too.
    """
    if _Named.path is None:
        return None
    with _Named.path.open("rb") as file:
        data: EngagementData = pickle.load(file)
    if data.engagement.folder.resolve() != folder.resolve():
        return None
    _Named.engagement = folder.resolve()
    return data


def kept_result_of(engagement: Engagement, name: str) -> Any:
    """Return what a diagnostic found in the engagement, where the run has computed it already.

    :class:`workbook.diagnostics.diagnostic.Computed`, or None.
    """
    return _Named.path and _read(_of_result(_Named.path, name), engagement)


def _read(path: Path, engagement: Engagement) -> Any:
    """Return what lies there of an engagement; None where nothing does."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        folder, computed = pickle.load(file)
    return computed if folder == engagement.folder.resolve() else None
