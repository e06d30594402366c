"""Whether the reports of an engagement may be sent: all made, none stale, no file changed since."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.batch.failures import INPUT, RUN, read_failures
from workbook.batch.index_page import CLIENT, client_files
from workbook.batch.lock import holder
from workbook.batch.services import Services
from workbook.engagement import manifest as manifests
from workbook.engagement.fingerprint import fingerprint, hash_files
from workbook.engagement.manifest import Manifest
from workbook.engagement.output_paths import OutputPaths
from workbook.engagement.settings import Engagement
from workbook.errors import RunError

_NEEDED = ("html", "pdf")
"""Kinds of file that the client is to have of every report."""
_DRAFT = 'it is a draft: say status = "final" in engagement.toml, or pack it as one by --draft'
_OF_WHOLE = {RUN: "the last run failed", INPUT: "the input could not be used"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Packable:
    """What may be sent."""

    manifest: Manifest
    files: Mapping[str, bytes]
    """By name in the client's folder, as they were made."""


def packable(
    engagement: Engagement, paths: OutputPaths, services: Services, *, draft: bool
) -> Packable:
    """Return the reports of the engagement, read once and compared with the manifest.

    Parameters
    ----------
    draft
        Whether a draft may be sent.

    Raises
    ------
    RunError
        When they are being made, or some are lacking, stale, failed or changed, or are a draft;
        with everything that stands in the way and what to do.
    """
    name = f"{paths.id}/{paths.period}"
    remedy = f"workbook run {engagement.folder} --out {paths.out}"
    working = holder(paths.lock)
    if working:
        raise RunError(f"{name}: its reports are being made ({working}); pack when that has ended")
    manifest = manifests.read(paths.manifest)
    if manifest is None or not manifest.to_read:
        raise RunError(f"{name}: nothing of today is made in {paths.out}; make it: {remedy}")
    files, changed = _read(paths.root, manifest)
    faults = [
        *_failures(paths),
        *_stale(engagement, manifest, services),
        *_lacking(manifest),
        *(f"{CLIENT}{file}: not as it was made" for file in changed),
    ]
    if manifest.status == "draft" and not draft:
        faults.append(_DRAFT)
    if faults:
        lines = (f"{name} cannot be packed:", *(f"- {fault}" for fault in faults))
        raise RunError("\n".join((*lines, f"Then make what is not up to date: {remedy}")))
    return Packable(manifest=manifest, files=files)


def _read(root: Path, manifest: Manifest) -> tuple[dict[str, bytes], list[str]]:
    """Return the files for the client, and the names of those that are not as they were made."""
    hashes = {made.file: made.sha256 for entry in manifest.to_read.values() for made in entry.made}
    files, changed = {}, []
    for entry in manifest.to_read.values():
        for file in client_files(entry).values():
            content = _content(root / CLIENT / file)
            if hashlib.sha256(content).hexdigest() == hashes[f"{CLIENT}{file}"]:
                files[file] = content
            else:
                changed.append(file)
    return files, changed


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _failures(paths: OutputPaths) -> Iterator[str]:
    for name, reason in read_failures(paths.failures).items():
        yield f"{_OF_WHOLE[name]}: {reason}" if name in _OF_WHOLE else f"{name}: failed: {reason}"


def _stale(engagement: Engagement, manifest: Manifest, services: Services) -> Iterator[str]:
    """Yield what has changed since the newest run; older reports that it left are not sent."""
    hashes = hash_files(engagement)
    if manifest.sources != hashes.digest():
        yield "the engagement's files have changed since the last run"
    if not manifest.complete:
        yield "not all of its reports are made"
    for diagnostic in services.diagnostics:
        if diagnostic.name not in manifest.to_read:
            continue
        now = fingerprint(
            hashes,
            diagnostic=diagnostic.name,
            tables=diagnostic.tables,
            notebook=services.notebook(diagnostic),
            joins=diagnostic.joins,
        )
        if manifest.diagnostics[diagnostic.name].fingerprint != now:
            yield f"{diagnostic.name}: stale: something it is made from has changed"


def _lacking(manifest: Manifest) -> Iterator[str]:
    for name, entry in manifest.to_read.items():
        for fmt in _NEEDED:
            if fmt not in client_files(entry):
                yield f"{name}: has no {fmt.upper()}"
