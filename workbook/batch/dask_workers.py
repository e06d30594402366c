"""The workers of a running Dask cluster, which share the folders with this machine."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from types import TracebackType
from typing import Any, Self, TypeVar

from workbook.batch.capacity import MemoryGate
from workbook.batch.forked_process import ForkedProcesses
from workbook.batch.workers import REPORT_SECONDS
from workbook.errors import UsageError

T = TypeVar("T")
A = TypeVar("A")


class DaskWorkers:
    """Workers of a running Dask cluster, which share the folders with this machine."""

    jobs = 1000

    def __init__(self, address: str, seconds: float = REPORT_SECONDS) -> None:
        self._address = address
        self._seconds = seconds
        self._client: Any = None
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        try:
            import distributed
        except ImportError as error:
            message = "--scheduler needs Dask: pip install 'consulting-workbook[dask]'"
            raise UsageError(message) from error
        try:
            connect: Any = distributed.Client
            self._client = connect(self._address, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            message = f"no Dask scheduler answers at {self._address}"
            raise UsageError(message) from error
        self._pool = self._client.get_executor(pure=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None)  # without waiting it cancels
        self._client.close()

    def gate(self) -> MemoryGate:
        """Let everything in: the scheduler knows its workers."""
        return MemoryGate(self.jobs, budget=1 << 62)

    def stop(self) -> None:
        """Take back what has not begun."""
        if self._pool is not None:
            self._pool.shutdown(wait=False)

    def submit(self, work: Callable[[A], T], task: A) -> "Future[T]":
        """Have the work done by a worker; when the worker is lost, by another."""
        if self._pool is None:
            raise RuntimeError("the cluster is not connected")
        return self._pool.submit(in_forked_process, work, task, self._seconds)


_worker: list[ForkedProcesses] = []


def in_forked_process(work: Callable[[A], T], task: A, seconds: float) -> T:
    """Do the work in a forked process of the machine that this runs on (a cluster's worker)."""
    if not _worker:
        _worker.append(ForkedProcesses())
    return _worker[0].call(work, task, seconds=seconds)
