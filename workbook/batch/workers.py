"""Who does the work of a run: forked processes of this machine, or an existing cluster.

The cluster's are in :mod:`workbook.batch.dask_workers`.  Both take the same functions and tasks
and answer by :class:`concurrent.futures.Future`, so a run does not know which of them it has.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Protocol, Self, TypeVar

from workbook.batch.capacity import MemoryGate
from workbook.batch.forked_process import ForkedProcesses
from workbook.batch.started_ahead import Ahead
from workbook.errors import RunError

T = TypeVar("T")
A = TypeVar("A")

REPORT_SECONDS = 1800.0
"""How long one report, or the reading of one engagement, may take."""


class WorkersLostError(RunError):
    """Nobody is left who could do work, or the way to them is lost."""


class Workers(Protocol):
    """Takes work and answers later."""

    lost: str = ""
    """Why nothing more can be done, in one sentence; empty while something can."""

    @property
    def jobs(self) -> int:
        """How many pieces of work may be under way; it may grow."""

    def remarks(self) -> tuple[str, ...]:
        """Return what is to be told and was not yet."""

    def gate(self) -> MemoryGate:
        """Return the gate that work passes before it is handed over."""

    def submit(self, work: Callable[[A], T], task: A) -> "Future[T]":
        """Have ``work(task)`` done, in a process of its own."""

    def stop(self) -> None:
        """End what is being done; nothing new is begun."""


class LocalWorkers:
    """Forked processes of this machine, ``jobs`` at a time.

    With the first piece of work, unless it was begun before, starts what they are forked from, or
    what stands for it where few reports are made; ``ahead`` tells.
    """

    lost = ""

    def __init__(
        self,
        jobs: int,
        seconds: float = REPORT_SECONDS,
        ahead: Ahead | None = None,
        processes: ForkedProcesses | None = None,
    ) -> None:
        self.jobs = jobs
        self._seconds = seconds
        self._ahead = ahead
        self._begun = False
        self._processes = processes or ForkedProcesses()
        self._pool = ThreadPoolExecutor(jobs, thread_name_prefix="report")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.stop()
        self._pool.shutdown(cancel_futures=True)
        self._processes.end_waiting()

    def gate(self) -> MemoryGate:
        """Let in as many as there are jobs and memory for."""
        return MemoryGate(self.jobs)

    def remarks(self) -> tuple[str, ...]:
        """Return nothing: of processes there is nothing to tell."""
        return ()

    def stop(self) -> None:
        """End the processes that are at work."""
        self._processes.stop()

    def submit(self, work: Callable[[A], T], task: A) -> "Future[T]":
        """Have the work done as soon as one of the processes is free."""
        if not self._begun:
            self._begun = True
            self._begin()
        needs = getattr(task, "needs", "")
        return self._pool.submit(
            self._processes.call, work, task, seconds=self._seconds, needs=needs
        )

    def _begin(self) -> None:
        if self._ahead is None:
            self._processes.prepare()
        else:
            self._processes.start_ahead(self._ahead)
