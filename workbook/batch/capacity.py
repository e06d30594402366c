"""How many reports at once: by cores, and by the memory that they take."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from workbook.engagement.engagement_file import earlier_folders
from workbook.engagement.settings import Engagement
from workbook.intake.files.plain_file import plain_files

MIB = 1 << 20
PER_REPORT = 200 * MIB
"""Memory of one report beyond what its process shares with the others (measured, see
benchmarks/batch.py), for input of the usual size."""
PER_BYTE = 40
"""Bytes of memory per byte of input: 1,000,000 sales (60 MB) took 2.4 GiB."""
_USED = 0.8
"""Share of the free memory that a run may take."""
_CGROUP = Path("/sys/fs/cgroup")


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def free_memory() -> int:
    """Return the bytes that may still be taken: of the machine, or of this container."""
    import psutil

    return min(int(psutil.virtual_memory().available), _container_rest(_CGROUP))


def _container_rest(folder: Path) -> int:
    try:
        limit = int((folder / "memory.max").read_text("ascii"))
        used = int((folder / "memory.current").read_text("ascii"))
    except (OSError, ValueError):  # no container, another system, or "max"
        return 1 << 62
    return max(0, limit - used)


def default_jobs() -> int:
    """Return how many reports to make at once on this machine."""
    return max(1, min(cores(), int(free_memory() * _USED) // PER_REPORT))


def expected_bytes(engagement: Engagement) -> int:
    """Return the bytes that one report of the engagement is expected to take."""
    folders = [engagement.folder, *earlier_folders(engagement)]
    sizes = [_size(path) for folder in folders for path in plain_files(folder / "data")]
    return PER_REPORT + PER_BYTE * sum(sizes)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


class MemoryGate:
    """Lets work begin while a process is free and memory is expected to suffice.

    When nothing else runs, one piece of work may always begin.

    Parameters
    ----------
    jobs
        How many pieces at once; a function where it changes.
    budget
        Bytes that all may take; by default a share of what is free now.
    """

    def __init__(self, jobs: int | Callable[[], int] = 1, budget: int | None = None) -> None:
        self._jobs = jobs if callable(jobs) else lambda: jobs
        self._budget = int(free_memory() * _USED) if budget is None else budget
        self._running = 0
        self._taken = 0
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def slot(self, expected_bytes: int) -> AsyncIterator[None]:
        """Wait until work that is expected to take so many bytes may begin; hold its place."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._fits(expected_bytes))
            self._running += 1
            self._taken += expected_bytes
        try:
            yield
        finally:
            self._running -= 1
            self._taken -= expected_bytes
            async with self._changed:
                self._changed.notify_all()

    def _fits(self, expected_bytes: int) -> bool:
        fits = self._running < self._jobs() and self._taken + expected_bytes <= self._budget
        return fits or not self._running
