"""Running one notebook to its end, and being sure that it got there.

What papermill records as success is not trusted: a cell that calls ``sys.exit`` looks completed
to it.  A notebook is finished when every code cell ran, none left an error, and the result is
among the outputs.
"""

import ast
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from workbook.batch.notebook_engine.kernel import (
    adopt,
    end_kernels,
    environment,
    fits_sockets,
    kernel_manager,
)
from workbook.engagement import kept_data
from workbook.errors import RunError

Notebook: TypeAlias = Any
"""An ``nbformat.NotebookNode`` (the library is untyped)."""

_LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One notebook to run."""

    notebook: Path
    parameters: Mapping[str, str]
    folder: Path
    """Private temporary folder: working directory and home of temporary files."""
    epoch: int
    """Seconds since 1970 that made files bear as their date."""
    kept_data: Path | None = None
    """What the run has read of the engagement (:mod:`workbook.engagement.kept_data`)."""
    cell_timeout: int = 600
    """Seconds that one cell may take."""


Engine: TypeAlias = Callable[[Job], Notebook]


def run_papermill(job: Job) -> Notebook:
    """Run the notebook by papermill in a kernel of its own.

    Raises
    ------
    RunError
        When a parameter is unknown, a cell fails, takes too long or stops the interpreter, or
        the notebook ends without a result.
    """
    started: list[Any] = []
    env = environment(job.folder, job.epoch)
    with _socket_folder(job.folder) as sockets:
        try:
            kernels = kernel_manager(env, sockets=sockets, started=started, kept_data=job.kept_data)
            return _run(
                job,
                kernel_manager_class=kernels,
                shutdown_kernel="immediate",
                coalesce_streams=True,
            )
        finally:
            end_kernels(started)


def run_warm(job: Job) -> Notebook:
    """Run the notebook by papermill in the shell of this process, or of one forked for it.

    Raises
    ------
    RunError
        As :func:`run_papermill`.
    """
    from papermill.engines import papermill_engines

    from workbook.batch.notebook_engine.warm_engine import NAME, WarmEngine

    papermill_engines.register(NAME, WarmEngine)
    adopt(environment(job.folder, job.epoch))
    kept_data.use(job.kept_data)
    return _run(job, engine_name=NAME)


@contextmanager
def _socket_folder(folder: Path) -> Iterator[Path]:
    """Yield a private folder for sockets: inside ``folder`` where the path is short enough."""
    inside = folder / "s"
    if fits_sockets(inside):
        inside.mkdir(mode=0o700)
        yield inside
        return
    elsewhere = Path(tempfile.mkdtemp(prefix="wb-"))  # mode 0700
    try:
        yield elsewhere
    finally:
        shutil.rmtree(elsewhere, ignore_errors=True)


def _run(job: Job, **engine: Any) -> Notebook:
    import nbformat

    notebook = nbformat.read(job.notebook, as_version=4)  # type: ignore[no-untyped-call]
    check_parameters(notebook, job)
    executed = _execute(notebook, job, engine)
    check_finished(executed, job.notebook.stem)
    return executed


def _execute(notebook: Notebook, job: Job, engine: Mapping[str, Any]) -> Notebook:
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    logging.getLogger("papermill").setLevel(logging.ERROR)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    name = job.notebook.stem
    output = str(job.folder / "executed.ipynb")
    try:
        return papermill.execute_notebook(
            notebook,
            output.replace("{", "{{").replace("}", "}}"),  # papermill formats the path
            parameters=dict(job.parameters),
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            cwd=str(job.folder),
            execution_timeout=job.cell_timeout,
            **engine,
        )
    except papermill.PapermillExecutionError as error:
        raise RunError(_cell_failed(name, error)) from error
    except CellTimeoutError as error:
        message = f"{name}: a cell took longer than {job.cell_timeout} seconds"
        raise RunError(message) from error
    except DeadKernelError as error:
        raise RunError(f"{name}: the Python process ended (out of memory?)") from error


def _cell_failed(name: str, error: Any) -> str:
    value = " ".join(str(error.evalue).split())
    if len(value) > _LONGEST_MESSAGE:
        value = value[:_LONGEST_MESSAGE] + "…"
    return f"{name}: cell {error.exec_count or error.cell_index} failed: {error.ename}: {value}"


def check_parameters(notebook: Notebook, job: Job) -> None:
    """Refuse parameters that the notebook does not declare; papermill would run their names.

    Raises
    ------
    RunError
        When the notebook has not exactly one parameters cell, or it lacks one of the names.
    """
    name = job.notebook.stem
    cells = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    if len(cells) != 1:
        raise RunError(f"{name}: {len(cells)} cells have the tag 'parameters'; one is needed")
    declared = _assigned_names(cells[0].source)
    unknown = sorted(set(job.parameters) - declared)
    if unknown:
        raise RunError(f"{name}: the notebook has no parameter {', '.join(map(repr, unknown))}")
    if not all(isinstance(value, str) for value in job.parameters.values()):
        raise TypeError("parameters are passed as text")


def _assigned_names(source: str) -> set[str]:
    """Return the names that a cell of literals assigns, with a type hint or without.

    >>> sorted(_assigned_names('engagement: str = "acme"; rounds = 3'))
    ['engagement', 'rounds']
    """
    names: set[str] = set()
    for node in ast.parse(source).body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        names |= {t.id for t in targets if isinstance(t, ast.Name)}
    return names


def check_finished(notebook: Notebook, name: str) -> None:
    """Be sure that the notebook ran to its end and left its result.

    Raises
    ------
    RunError
        When it did not.
    """
    from workbook.report.document import left_result

    try:
        left_result(notebook)
    except RunError as error:
        raise RunError(f"{name}: {error}") from error


def streams(notebook: Notebook, longest: int = 1_000_000) -> str:
    """Return what the notebook's code printed: it goes to the log, never into the report."""
    text = "".join(
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    )
    return text if len(text) <= longest else text[:longest] + "\n… (cut)\n"


ENGINES: Mapping[str, Engine] = MappingProxyType({"warm": run_warm, "papermill": run_papermill})
