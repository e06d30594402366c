"""What runs in a worker of a cluster: it says what it is, and has work done by a forked process."""

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from workbook.batch.forked_process import ForkedProcesses

T = TypeVar("T")
A = TypeVar("A")


async def describe_worker(languages: tuple[str, ...]) -> dict[str, Any]:
    """Return which program this worker has and what it lacks; begin to prepare its processes.

    Parameters
    ----------
    languages
        Codes of languages whose dictionaries the prepared process reads.

    Returns
    -------
    dict
        ``program``: its hash; ``lacks``: formats that cannot be made for want of a library.
        Plain values, for a worker of another version answers too.
    """
    return await asyncio.to_thread(_describe, languages)  # the worker goes on talking meanwhile


def _describe(languages: tuple[str, ...]) -> dict[str, Any]:
    from workbook.batch.office_libraries import lacking

    _processes().prepare(languages)  # imports while this process hashes
    from workbook.engagement.fingerprint import program_hash

    return {"program": program_hash(), "lacks": lacking()}


def in_forked_process(work: Callable[[A], T], task: A, seconds: float) -> T:
    """Do the work in a forked process of the machine that this runs on."""
    return _processes().call(work, task, seconds=seconds)


@cache
def _processes() -> ForkedProcesses:
    return ForkedProcesses()
