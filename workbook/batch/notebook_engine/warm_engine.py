"""The papermill engine ``workbook-warm``: cells in a process forked from one that is ready.

It stays papermill: parameters, the injected cell, metadata, saves and errors are papermill's own.
Only where papermill starts a kernel, the cells run in the shell of a process that was forked for
this notebook; in that very process when a run has made it for this notebook already.

Import papermill before this module: papermill loads it in turn, by its entry point.
"""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from papermill.engines import Engine

from workbook.batch.forked_process import EndedError, ForkedProcesses, TooLongError, claim_process

NAME = "workbook-warm"
_DATED = ("SOURCE_DATE_EPOCH",)
"""Of the caller's environment, what goes along beside the usual."""
_LIMIT_GRACE = 5.0
"""Seconds that a cell gets beyond its limit before its process is ended."""


class WarmEngine(Engine):  # type: ignore[misc, unused-ignore]
    """Runs the cells of one notebook in a process of their own, without a kernel."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: int | None = None, **kwargs: Any
    ) -> None:
        """Run every code cell; an error ends the run as papermill's own engine would.

        Raises
        ------
        CellTimeoutError, DeadKernelError
            When a cell takes longer than ``execution_timeout`` seconds, or ends the process.
        """
        if claim_process():
            run_cells(nb_man, execution_timeout)
        else:
            _run_elsewhere(nb_man, execution_timeout)


def run_cells(nb_man: Any, seconds: int | None) -> None:
    """Run the cells in this process, which is used up afterwards."""
    import logging

    from workbook.batch.notebook_engine.warm_shell import ShellClient

    client = ShellClient(nb_man, timeout=seconds, log=logging.getLogger("papermill"))
    client.execute()


def _run_elsewhere(nb_man: Any, seconds: int | None) -> None:
    """Run the cells in a process forked for them, and tell the manager here what happens."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    silence = None if seconds is None else seconds + _LIMIT_GRACE
    with tempfile.TemporaryDirectory(prefix="wb-") as folder:
        try:
            metadata = ForkedProcesses().call(
                _relayed,
                nb_man.nb,
                seconds,
                os.getcwd(),  # noqa: PTH109 - papermill's, as it is
                folder,
                {name: os.environ[name] for name in _DATED if name in os.environ},
                on_message=lambda said: _repeat(nb_man, *said),
                silence=silence,
            )
        except EndedError as error:
            raise DeadKernelError("Kernel died") from error
        except TooLongError as error:
            raise CellTimeoutError(f"A cell timed out after {seconds} seconds") from error
    nb_man.nb.metadata.update(metadata)


def _repeat(nb_man: Any, event: str, index: int, cell: Any) -> None:
    """Do with papermill's manager what the one in the other process was asked to do."""
    if cell is not None:
        mine = nb_man.nb.cells[index].metadata.papermill
        nb_man.nb.cells[index] = cell
        cell.metadata.papermill = mine
    getattr(nb_man, event)(nb_man.nb.cells[index], index)


class _Relay:
    """Stands for papermill's manager in the other process."""

    def __init__(self, nb: Any, say: Callable[[Any], None]) -> None:
        self.nb = nb
        self._say = say

    def cell_start(self, cell: Any, cell_index: int, **kwargs: Any) -> None:
        self._say(("cell_start", cell_index, None))

    def cell_exception(self, cell: Any, cell_index: int, **kwargs: Any) -> None:
        self._say(("cell_exception", cell_index, cell))

    def cell_complete(self, cell: Any, cell_index: int, **kwargs: Any) -> None:
        self._say(("cell_complete", cell_index, cell))

    def autosave_cell(self) -> None:
        pass


def _relayed(
    nb: Any,
    seconds: int | None,
    cwd: str,
    folder: str,
    dated: Mapping[str, str],
    say: Callable[[Any], None],
) -> dict[str, Any]:
    from workbook.batch.notebook_engine.kernel import adopt, environment

    claim_process()
    os.chdir(cwd)
    adopt(environment(Path(folder)) | dict(dated))
    run_cells(_Relay(nb, say), seconds)
    return {"language_info": nb.metadata["language_info"]}
