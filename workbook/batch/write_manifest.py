"""The manifest and the client's index page: what the folder of a period says about itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from workbook import __version__
from workbook.batch.index_page import client_index
from workbook.batch.tasks import FileFacts, Reading
from workbook.engagement.fingerprint import Sources, libraries
from workbook.engagement.manifest import Entry, Manifest
from workbook.engagement.output_paths import OutputPaths
from workbook.engagement.settings import Engagement
from workbook.report.whole_file import write_whole


def write_manifest(
    places: OutputPaths,
    *,
    engagement: Engagement,
    sources: Sources,
    reading: Reading,
    entries: Mapping[str, Entry],
    complete: bool,
    current: Iterable[str],
) -> None:
    """Write the client's index page and, last of all, the manifest.

    Parameters
    ----------
    complete
        Whether all diagnostics of the engagement are there.
    current
        The diagnostics that belong to the client's files as they are now; the page lists these.
    """
    manifest = Manifest(
        version=__version__,
        engagement=engagement.id,
        client=engagement.client,
        period=engagement.period,
        as_of=engagement.as_of.isoformat(),
        language=engagement.language,
        status="draft" if engagement.draft else "final",
        sources=sources.digest(),
        complete=complete,
        inputs=_inputs(sources, reading.files),
        seconds={"intake": round(reading.seconds, 3)},
        packages=libraries(),
        diagnostics=dict(sorted(entries.items())),
    )
    page = client_index(manifest, names=set(current))
    write_whole(places.client / "index.html", page.encode("utf-8"), aside=places.root)
    write_whole(places.manifest, manifest.to_bytes())


def _inputs(sources: Sources, files: Iterable[FileFacts]) -> tuple[dict[str, Any], ...]:
    """Every file of the engagement with its hash, and what was read from the tables."""
    read = {facts.file: {"rows": facts.rows, "encoding": facts.encoding} for facts in files}
    listed = {"engagement.toml": sources.configuration}
    for name, group in (
        ("data", sources.data), ("notes", sources.notes), ("coding", sources.coding),
    ):  # fmt: skip
        listed |= {f"{name}/{file}": digest for file, digest in group.items()}
    return tuple(
        {"file": name, "sha256": digest} | read.get(name, {})
        for name, digest in sorted(listed.items())
    )
