"""The reports of one engagement: made at the same time, delivered one by one.

Each is made by a worker in a private folder.  Its files are then moved into place together with a
new manifest and a new index page for the client, so at any moment both describe what is there.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from workbook import __version__
from workbook.batch import delivery
from workbook.batch.failures import RUN, describe, forget, record
from workbook.batch.index_page import client_index
from workbook.batch.make_report import printed
from workbook.batch.outcome import Notify, ReportOutcome, Status
from workbook.batch.prepared_engagement import PreparedEngagement
from workbook.batch.report_origin import origin_of
from workbook.batch.tasks import FileFacts, Finished, Reading, ReportTask
from workbook.batch.workers import WorkersLostError
from workbook.engagement import kept_data
from workbook.engagement.fingerprint import FileHashes, hash_files, libraries, program_hash
from workbook.engagement.manifest import Entry, Manifest, reading_order
from workbook.errors import RunError
from workbook.language.problems import line
from workbook.report.whole_file import write_whole

if TYPE_CHECKING:
    from workbook.diagnostics.outline import AnyOutline

CELL_SECONDS = 600
"""How long one cell may take."""


@dataclass(slots=True, kw_only=True)
class ReportBatch:
    """The reports of one engagement while they are being made."""

    prepared: PreparedEngagement
    reading: Reading
    work: Path
    """Private folder of the run on this engagement."""
    diagnostics: "tuple[AnyOutline, ...]"
    entries: dict[str, Entry] = field(init=False)
    """What the manifest says by now."""

    def __post_init__(self) -> None:
        earlier = self.prepared.earlier
        self.entries = dict(earlier.diagnostics) if earlier else {}

    async def make_all(self, notify: Notify) -> tuple[ReportOutcome, ...]:
        """Make what is not up to date, all at once, and close the engagement."""
        if any(d.joins for d in self.diagnostics):
            kept_data.expect_results(self.work)
        reports = await asyncio.gather(*(self._one(d, notify) for d in self.diagnostics))
        if all(r.status in (Status.MADE, Status.UP_TO_DATE) for r in reports):
            self._close(made=any(r.status is Status.MADE for r in reports))
        return tuple(reports)

    def _close(self, *, made: bool) -> None:
        """Tell that everything asked for is there, unless the manifest says so already."""
        prepared = self.prepared
        earlier = prepared.earlier
        same = earlier is not None and earlier.sources == prepared.hashes.digest()
        was_complete = earlier is not None and earlier.complete and same
        complete = was_complete or not prepared.options.only
        if self.entries and (made or not same or complete != was_complete):
            self._write_manifest(complete=complete)

    async def _one(self, diagnostic: "AnyOutline", notify: Notify) -> ReportOutcome:
        """Make one report, whatever happens: one diagnostic never stops the others."""
        name, failures = diagnostic.name, self.prepared.paths.failures
        begun = perf_counter()
        if self.prepared.is_current(diagnostic):
            forget(failures, name)
            return ReportOutcome(diagnostic=name, status=Status.UP_TO_DATE)
        try:
            async with self.prepared.slot():
                if self.prepared.gives_up:
                    return ReportOutcome(diagnostic=name, status=Status.NOT_STARTED)
                begun = perf_counter()
                notify(name)
                finished = await self._make(diagnostic)
            self._deliver(diagnostic, finished)
        except WorkersLostError:
            return ReportOutcome(diagnostic=name, status=Status.NOT_STARTED)
        except Exception as error:
            return self._failed(name, error, perf_counter() - begun)
        forget(failures, name)
        forget(failures, RUN)
        return ReportOutcome(diagnostic=name, status=Status.MADE, seconds=perf_counter() - begun)

    async def _make(self, diagnostic: "AnyOutline") -> Finished:
        folder = self.work / diagnostic.name
        folder.mkdir(mode=0o700)
        context = self.prepared.context
        task = self._task(diagnostic, folder)
        return await asyncio.wrap_future(context.workers.submit(context.services.make, task))

    def _task(self, diagnostic: "AnyOutline", folder: Path) -> ReportTask:
        kept = self.work / kept_data.FILE_NAME
        return ReportTask(
            engagement=self.prepared.engagement,
            diagnostic=diagnostic.name,
            notebook=self.prepared.context.services.notebook(diagnostic),
            folder=folder,
            formats=self.prepared.formats(diagnostic),
            kept_data=kept if kept.is_file() else None,
            cell_timeout=CELL_SECONDS,
            program=program_hash(),
        )

    def _failed(self, name: str, error: Exception, seconds: float) -> ReportOutcome:
        self.prepared.context.failed = True
        logs = self.prepared.paths.logs
        reason = describe(error, logs, name, printed(self.work / name))
        record(self.prepared.paths.failures, name, reason)
        return ReportOutcome(diagnostic=name, status=Status.FAILED, seconds=seconds, reason=reason)

    def _deliver(self, diagnostic: "AnyOutline", finished: Finished) -> None:
        name, prepared = diagnostic.name, self.prepared
        # The report says what the files say: one made from files of two moments would not.
        now = hash_files(prepared.engagement, prepared.seen.hash)
        if now.digest() != prepared.hashes.digest():
            raise RunError(f"{name}: an input file changed while the report was made; run again")
        earlier = self.entries.get(name)
        with (
            delivery.uninterrupted(),
            delivery.delivered(prepared.paths, name, finished.folder, finished.made, earlier),
        ):
            entry = self._entry(diagnostic, finished)
            self._write_manifest(complete=False, new={name: entry})
        for made in finished.made:
            prepared.seen.put(prepared.paths.root / made.file, made.sha256)
        prepared.seen.write(prepared.paths.seen)

    def _entry(self, diagnostic: "AnyOutline", finished: Finished) -> Entry:
        language = self.prepared.engagement.language
        said = self.reading.of_diagnostic.get(diagnostic.name, ())
        found = [{"code": p.code, "text": line(p, language)} for p in said if not p.is_step]
        steps = [{"code": p.code, "text": line(p, language)} for p in said if p.is_step]
        return Entry(
            fingerprint=self.prepared.fingerprint(diagnostic),
            title=finished.title,
            formats=self.prepared.formats(diagnostic),
            rows={
                name: {"in": count.rows_in, "used": count.rows_used}
                for name, count in self.reading.tables.items()
                if name in diagnostic.tables
            },
            warnings=(*found, *finished.warnings),
            steps=tuple(steps),
            figures=finished.figures,
            answer=finished.answer,
            changes=finished.changes,
            made=finished.made,
            seconds=finished.seconds,
            engine=finished.engine,
        )

    def _write_manifest(self, *, complete: bool, new: Mapping[str, Entry] | None = None) -> None:
        """Write the client's index page and, last of all, the manifest with what is there now.

        Parameters
        ----------
        complete
            Whether all diagnostics of the engagement are there.
        """
        paths, entries = self.prepared.paths, self.entries | dict(new or {})
        manifest = self._manifest(entries, complete=complete)
        page = client_index(manifest, self.prepared.engagement.brand)
        write_whole(paths.client / "index.html", page.encode("utf-8"), aside=paths.root)
        if self.reading.pseudonyms:
            write_whole(paths.pseudonyms, self.reading.pseudonyms, private=True)
        origin = origin_of(self.prepared.engagement, self.prepared.hashes)
        write_whole(paths.origin, origin.to_bytes(), private=True)
        write_whole(paths.manifest, manifest.to_bytes())
        self.entries.update(entries)

    def _manifest(self, entries: Mapping[str, Entry], *, complete: bool) -> Manifest:
        engagement, hashes = self.prepared.engagement, self.prepared.hashes
        return Manifest(
            version=__version__,
            engagement=engagement.id,
            client=engagement.client,
            period=engagement.period,
            as_of=engagement.as_of.isoformat(),
            previous=self.reading.previous,
            language=engagement.language,
            status="draft" if engagement.draft else "final",
            sources=hashes.digest(),
            complete=complete,
            inputs=_inputs(hashes, self.reading.files),
            seconds={"intake": round(self.reading.seconds, 3)},
            packages=libraries(),
            diagnostics=dict(sorted(entries.items())),
            current=self._current(entries),
        )

    def _current(self, entries: Mapping[str, Entry]) -> tuple[str, ...]:
        """Return the reports that belong to the client's files as they are now, as read."""
        return reading_order(
            d.name
            for d in self.prepared.context.services.diagnostics
            if d.name in entries and entries[d.name].fingerprint == self.prepared.fingerprint(d)
        )


def _inputs(hashes: FileHashes, files: Iterable[FileFacts]) -> tuple[dict[str, Any], ...]:
    """Every file of the engagement with its hash, and what was read from the tables."""
    read = {facts.file: {"rows": facts.rows, "encoding": facts.encoding} for facts in files}
    listed = {"engagement.toml": hashes.configuration}
    for folder, group in (
        ("data", hashes.data), ("notes", hashes.notes), ("coding", hashes.coding),
    ):  # fmt: skip
        listed |= {f"{folder}/{file}": digest for file, digest in group.items()}
    return tuple(
        {"file": name, "sha256": digest} | read.get(name, {})
        for name, digest in sorted(listed.items())
    )
