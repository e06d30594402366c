"""Moving finished files into place, so that what is there is always a whole report."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbook import __version__
from workbook.batch.places import Places
from workbook.batch.workshop import Case
from workbook.engagement import Engagement
from workbook.fingerprint import Sources, libraries
from workbook.index_page import client_index
from workbook.manifest import Entry, Made, Manifest, write_whole


@contextmanager
def private_folder(places: Places) -> Iterator[Path]:
    """Yield a folder that only this user can read, on the file system of the output.

    It is gone afterwards, whatever happened.
    """
    places.home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(places), dir=places.home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(places: Places) -> None:
    """Remove private folders that a killed run left; call it while holding the lock."""
    for folder in places.home.glob(f"{_prefix(places)}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _prefix(places: Places) -> str:
    return f".{places.period}.work-"


def deliver(
    places: Places,
    folder: Path,
    files: Mapping[str, tuple[str, bytes]],
    earlier: Entry | None,
) -> tuple[Made, ...]:
    """Write the files in the private folder, then move each into place.

    What an earlier report of the diagnostic left and this one has not is removed: last month's
    PDF must not lie beside today's page.
    """
    staged = folder / "finished"
    for name, (_, content) in files.items():
        _write(staged / name, content)
    for name in files:
        (places.root / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged / name, places.root / name)  # noqa: PTH105 - the atomic one, by name
    for made in earlier.made if earlier else ():
        if made.file not in files:
            (places.root / made.file).unlink(missing_ok=True)
    return tuple(
        Made(
            file=name,
            format=fmt,
            bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, (fmt, content) in sorted(files.items())
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def close(
    places: Places,
    *,
    engagement: Engagement,
    sources: Sources,
    case: Case,
    seconds: float,
    entries: Mapping[str, Entry],
    complete: bool,
    current: set[str],
) -> None:
    """Write the client's index page and, last of all, the manifest."""
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
        inputs=_inputs(sources, case),
        seconds={"intake": round(seconds, 3)},
        packages=libraries(),
        diagnostics=dict(sorted(entries.items())),
    )
    page = client_index(manifest, names=current)
    write_whole(places.client / "index.html", page.encode("utf-8"))
    write_whole(places.manifest, manifest.to_bytes())


def _inputs(sources: Sources, case: Case) -> tuple[dict[str, Any], ...]:
    """Every file of the engagement with its hash, and what was read from the tables."""
    read = {file.file: file for file in case.files}
    listed = {"engagement.toml": sources.configuration}
    for name, group in (
        ("data", sources.data), ("notes", sources.notes), ("coding", sources.coding),
    ):  # fmt: skip
        listed |= {f"{name}/{file}": digest for file, digest in group.items()}
    return tuple(
        {"file": name, "sha256": digest} | _reading(read.get(name))
        for name, digest in sorted(listed.items())
    )


def _reading(file: Any) -> dict[str, Any]:
    if file is None:
        return {}
    return {"rows": file.rows, "encoding": file.encoding}
