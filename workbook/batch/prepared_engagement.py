"""An engagement whose configuration is read: where its reports go and which are up to date."""

from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.batch.capacity import MemoryGate, expected_bytes
from workbook.batch.failures import INPUT, read_failures
from workbook.batch.formats import FORMATS, OFFICE_FORMATS
from workbook.batch.office_libraries import lacks_library
from workbook.batch.outcome import ReportOutcome, Status
from workbook.batch.services import Services
from workbook.batch.workers import Workers
from workbook.engagement.fingerprint import FileHashes, configuration_digest, fingerprint
from workbook.engagement.last_read import LastRead, reading_key, recall, remember
from workbook.engagement.manifest import Manifest
from workbook.engagement.output_paths import OutputPaths
from workbook.engagement.seen_files import SeenFiles
from workbook.engagement.settings import Engagement
from workbook.errors import Problem

if TYPE_CHECKING:
    from workbook.diagnostics.outline import AnyOutline


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What the command line asks of a run."""

    out: Path
    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    force: bool = False
    fail_fast: bool = False
    dry_run: bool = False
    lenient: bool = False
    """Of several engagements: one that lacks the tables of a report named by ``only`` is
    passed over."""


@dataclass(slots=True, kw_only=True)
class RunContext:
    """What all engagements of a session share."""

    services: Services
    workers: Workers
    gate: MemoryGate = field(default_factory=MemoryGate)
    loaded: dict[Path, tuple[Engagement, str]] = field(default_factory=dict)
    """Engagements whose configuration was read before their turn, and the hash of its files."""
    failed: bool = False
    """Something went wrong already (for ``fail_fast``)."""

    def gives_up(self, options: RunOptions) -> bool:
        """Return whether nothing new is begun: something has failed, or nobody is left to do it."""
        return bool(self.workers.lost) or (options.fail_fast and self.failed)

    def load(self, folder: Path) -> Engagement:
        """Return the engagement of a folder, read anew where its files have changed since."""
        early, digest = self.loaded.pop(folder, (None, ""))
        if early is not None and configuration_digest(early) == digest:
            return early
        return self.services.load(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedEngagement:
    """An engagement, and all that can be known of it without reading a table."""

    engagement: Engagement
    paths: OutputPaths
    hashes: FileHashes
    seen: SeenFiles = field(default_factory=SeenFiles)
    """What is known of its files and of those of its reports."""
    earlier: Manifest | None
    """Of the last run, where there was one."""
    options: RunOptions
    context: RunContext

    def fingerprint(self, diagnostic: "AnyOutline") -> str:
        """Return the hash of everything that its report would be made from today."""
        return fingerprint(
            self.hashes,
            diagnostic=diagnostic.name,
            tables=diagnostic.tables,
            notebook=self.context.services.notebook(diagnostic),
            joins=diagnostic.joins,
            hash_of=self.seen.hash,
        )

    def is_current(self, diagnostic: "AnyOutline") -> bool:
        """Return whether its report is up to date, and nobody has asked for it to be made again."""
        entry = self.earlier.diagnostics.get(diagnostic.name) if self.earlier else None
        if entry is None or self.options.force:
            return False
        now = self.fingerprint(diagnostic)
        return entry.is_current(self.paths.root, now, self.options.formats, self.seen.hash)

    def formats(self, diagnostic: "AnyOutline") -> tuple[str, ...]:
        """Return the kinds of file to make: those asked for, and those that are there already.

        What was made of the same input before does not go because slides are asked for now.
        """
        entry = self.earlier.diagnostics.get(diagnostic.name) if self.earlier else None
        same = entry is not None and entry.fingerprint == self.fingerprint(diagnostic)
        there = entry.formats if entry is not None and same else ()
        kept = {fmt for fmt in there if not lacks_library(fmt)}
        asked = kept | set(self.options.formats)
        return tuple(fmt for fmt in (*FORMATS, *OFFICE_FORMATS) if fmt in asked)

    def all_current(self) -> tuple[ReportOutcome, ...]:
        """Return the outcomes when all reports are up to date, else none; no table is read."""
        earlier, options = self.earlier, self.options
        if earlier is None or options.force or self.paths.failures.exists():
            return ()
        # The files being the same as when the manifest was written, so is the choice of
        # diagnostics, which would otherwise depend on the tables that are there.
        if earlier.sources != self.hashes.digest() or not (earlier.complete or options.only):
            return ()
        names = options.only or tuple(earlier.diagnostics)
        asked = [d for d in self.context.services.diagnostics if d.name in names]
        if len(asked) < len(names) or not all(map(self.is_current, asked)):
            return ()
        return tuple(ReportOutcome(diagnostic=d.name, status=Status.UP_TO_DATE) for d in asked)

    @property
    def reading_key(self) -> str:
        """Hash of all that its reading depends on, under the options of this run."""
        asked = (self.options.only, self.options.lenient)
        return reading_key(self.engagement, self.hashes, self.seen.hash, *asked)

    def read_in_vain(self) -> LastRead | None:
        """Return what was found when the same was read and nothing could be made of it.

        Bad input is read again once its note is gone from :attr:`OutputPaths.failures`.
        """
        if self.options.force or not self.paths.last_read.is_file():
            return None
        found = recall(self.paths.last_read, "run", self.reading_key)
        noted = found is None or found.is_good or INPUT in read_failures(self.paths.failures)
        return found if noted else None

    def note_read_in_vain(self, problems: Iterable[Problem]) -> None:
        """Keep what was found, for it need not be read again while nothing of it changes."""
        found = LastRead(problems=tuple(problems))
        remember(self.paths.last_read, "run", self.reading_key, found)
        self.seen.write(self.paths.seen)

    def slot(self) -> AbstractAsyncContextManager[None]:
        """Wait until one piece of work on the engagement may begin; hold its place meanwhile."""
        return self.context.gate.slot(expected_bytes(self.engagement))

    @property
    def gives_up(self) -> bool:
        """Whether nothing new is begun."""
        return self.context.gives_up(self.options)
