"""One report: run the notebook, publish its files, put them in place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from workbook.batch import delivery
from workbook.batch.execution import Job, Notebook, streams
from workbook.batch.places import Places
from workbook.batch.workshop import Diagnostic, Table, Workshop
from workbook.engagement import Engagement
from workbook.errors import Problem, RunError
from workbook.fingerprint import Sources, sources_of
from workbook.manifest import Entry

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it a ZIP container (XLSX) cannot bear a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What to make."""

    engagement: Engagement
    diagnostic: Diagnostic
    places: Places
    formats: tuple[str, ...]
    fingerprint: str
    sources: Sources
    tables: Mapping[str, Table]
    problems: tuple[Problem, ...] = ()
    """Warnings about the tables."""


def make_report(making: Making, workshop: Workshop, earlier: Entry | None) -> Entry:
    """Make the report, put its files in place and return its entry of the manifest.

    Raises
    ------
    RunError
        When the notebook or the publishing fails, or an input file changes meanwhile; the
        earlier files are untouched then.
    """
    name = making.diagnostic.name
    with delivery.private_folder(making.places) as folder:
        begun = perf_counter()
        notebook = workshop.engine(_job(making, workshop, folder))
        seconds = {"notebook": perf_counter() - begun}
        published = workshop.publish(
            notebook,
            engagement=making.engagement,
            diagnostic=making.diagnostic,
            formats=making.formats,
        )
        if sources_of(making.engagement).digest() != making.sources.digest():
            raise RunError(f"{name}: an input file changed while the report was made; run again")
        files = dict(published.files) | _internal(name, notebook)
        warnings = (*_warnings(making), *published.warnings)
        made = delivery.deliver(making.places, folder, files, earlier)
    return Entry(
        fingerprint=making.fingerprint,
        title=published.title,
        formats=making.formats,
        rows=_rows(making),
        warnings=warnings,
        figures=published.figures,
        made=made,
        seconds={k: round(v, 3) for k, v in (seconds | dict(published.seconds)).items()},
        engine=workshop.engine_name,
    )


def _job(making: Making, workshop: Workshop, folder: Path) -> Job:
    as_of = datetime.combine(making.engagement.as_of, datetime.min.time(), UTC)
    return Job(
        notebook=workshop.notebook(making.diagnostic),
        parameters={"engagement": str(making.engagement.folder.resolve())},
        folder=folder,
        epoch=int(max(as_of, _EARLIEST).timestamp()),
    )


def _internal(name: str, notebook: Notebook) -> dict[str, tuple[str, bytes]]:
    import nbformat

    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    log = streams(notebook)
    return {
        f"internal/{name}.ipynb": ("internal", f"{text}\n".encode("utf-8", "backslashreplace")),
        f"internal/logs/{name}.log": ("internal", log.encode("utf-8", "backslashreplace")),
    }


def _warnings(making: Making) -> Iterator[Mapping[str, str]]:
    from workbook.texts.problems import line

    for problem in making.problems:
        yield {"code": problem.code, "text": line(problem, making.engagement.language)}


def _rows(making: Making) -> dict[str, dict[str, int]]:
    read = {n: t for n, t in making.tables.items() if n in making.diagnostic.tables}
    return {name: {"in": t.rows_in, "used": t.rows_used} for name, t in read.items()}
