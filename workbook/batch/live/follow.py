"""Make the reports of an engagement, and again whenever a file that they are made from changes.

Files are looked at, not listened to: no system tells of a change on every network drive, and
what :mod:`workbook.engagement.seen_files` knows of them makes a look cost milliseconds.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from workbook.batch.outcome import Notify, Outcome
from workbook.batch.prepared_engagement import RunContext, RunOptions
from workbook.batch.run import run_engagement
from workbook.batch.services import Services
from workbook.engagement.fingerprint import hash_files
from workbook.engagement.seen_files import SeenFiles
from workbook.errors import InputError

_PAUSE = 0.15
"""Seconds between two looks."""
_STILL = 0.05
"""Seconds in which nothing more changes once a file has been saved."""


class Files:
    """All files that an engagement is made from, as they are now."""

    def __init__(self, folder: Path, services: Services) -> None:
        self._folder = folder
        self._services = services
        self._seen = SeenFiles()

    def look(self) -> str:
        """Return a text that is another one when anything has changed."""
        try:
            engagement = self._services.load(self._folder)
            notebooks = [self._services.notebook(d) for d in self._services.diagnostics]
            hashes = hash_files(engagement, self._seen.hash)
        except InputError as error:
            return repr(error.problems)
        except OSError as error:
            return repr(error)
        return "".join([hashes.digest(), *map(self._seen.hash, notebooks)])


async def follow(
    folder: Path,
    options: RunOptions,
    context: RunContext,
    *,
    told: Callable[[Outcome], None],
    begins: Callable[[], None],
    notify: Notify,
) -> None:
    """Make the reports again and again, until it is cancelled.

    Parameters
    ----------
    told
        Called with what came of it, unless a file changed meanwhile: then it is made again first.
    begins
        Called before each time.
    notify
        Called with a short text when a step begins.
    """
    files = Files(folder, context.services)
    now = files.look()
    while True:
        begins()
        context = replace(context, loaded={}, failed=False)
        outcome = await run_engagement(folder, options, context, notify)
        after = files.look()
        if after == now:
            told(outcome)
            while (after := files.look()) == now:
                await asyncio.sleep(_PAUSE)
        now = await _still(files, after)


async def _still(files: Files, now: str) -> str:
    """Return the state of the files once nobody is writing them any more."""
    while True:
        await asyncio.sleep(_STILL)
        before, now = now, files.look()
        if now == before:
            return now
