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

Results go the same way.  Where a report of the run joins others, the run makes a folder
(:func:`expect_results`), each of the others leaves in it what it has computed (:func:`hand_on`),
and the one that joins takes what is there by then (:func:`handed_on`) and computes the rest.

A notebook that is run by anything else (plain papermill, JupyterLab) is told of no file, and
reads the client's files itself.
"""

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from workbook.diagnostics.computed import Computed
    from workbook.engagement.data import EngagementData

FILE_NAME = "engagement.pickle"
"""Of the file, in the private folder of a run."""
_RESULTS = "results"
"""Folder beside it, for what reports have computed."""


class _Named:
    """The file that this process was told of."""

    path: Path | None = None
    given: "EngagementData | None" = None
    """What was taken from it."""


def keep(data: "EngagementData", path: Path) -> None:
    """Write what was read where only this user and only this run will look for it."""
    _write(data, path)


def use(path: Path | None) -> None:
    """Name the file to this process, before it runs a notebook; None: there is no such file.

    A pickle can do anything when it is read, so the path comes from the run alone: neither a
    parameter of the notebook, nor the environment, nor the working directory can name one.
    """
    _Named.path, _Named.given = path, None


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
    _Named.given = data
    return data


def expect_results(work: Path) -> None:
    """Let reports leave their results in the private folder of a run."""
    (work / _RESULTS).mkdir(mode=0o700, exist_ok=True)


def hand_on(data: "EngagementData", computed: "Computed") -> None:
    """Leave what was computed of what was kept; nothing where nobody waits for it."""
    folder = _results_of(data)
    if folder is not None:
        _write(computed, folder / f"{computed.name}.pickle")


def handed_on(data: "EngagementData") -> "Mapping[str, Computed]":
    """Return what was computed of what was kept, by the name of the diagnostic."""
    folder = _results_of(data)
    return {} if folder is None else {path.stem: _read(path) for path in folder.glob("*.pickle")}


def _results_of(data: "EngagementData") -> Path | None:
    """Return where results of what was kept lie; None of other data, and where none are left."""
    if _Named.path is None or data is not _Named.given:
        return None
    folder = _Named.path.with_name(_RESULTS)
    return folder if folder.is_dir() else None


def _read(path: Path) -> "Computed":
    with path.open("rb") as file:
        found: Computed = pickle.load(file)
    return found


def _write(content: object, path: Path) -> None:
    # A second attempt (the worker of a cluster was lost) may come while the first still writes:
    # each writes a part of its own, and the last to finish gives it the name.
    part = path.with_name(f"{path.name}.{uuid4().hex}")
    with part.open("xb") as file:
        part.chmod(0o600)
        pickle.dump(content, file, protocol=pickle.HIGHEST_PROTOCOL)
    part.replace(path)
