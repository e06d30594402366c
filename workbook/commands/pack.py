"""The command ``pack``: one file of what the client gets, and what to write with it."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from workbook.batch.delivery import uninterrupted
from workbook.batch.find_engagements import engagement_folders
from workbook.batch.index_page import client_files
from workbook.batch.pack import make_pack
from workbook.batch.pack_names import INDEX
from workbook.batch.packable import packable
from workbook.batch.services import Services
from workbook.engagement.manifest import Manifest
from workbook.engagement.output_paths import OutputPaths, output_paths
from workbook.engagement.settings import Engagement
from workbook.errors import RunError, UsageError
from workbook.report.whole_file import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What was written."""

    file: Path
    """The ZIP file; the covering text lies beside it as ``.txt``."""
    letter: str
    left: tuple[str, ...]
    """Files of the client's folder that no report of today has made; they are not in the pack."""


def pack(
    folder: Path, services: Services, *, out: Path, file: Path | None, draft: bool, titled: bool
) -> Packed:
    """Write the pack of one engagement and its covering text; an earlier one is replaced.

    Parameters
    ----------
    out
        Folder of all output.
    file
        The ZIP file; None: beside the client's folder, called after id and period.
    draft, titled
        Whether a draft may be packed; whether files are called after the titles of the reports.

    Raises
    ------
    UsageError
        For a folder that is not one engagement, and a file that may not be written.
    InputError
        When engagement.toml cannot be used.
    RunError
        When the reports may not be sent as they are, or the pack cannot be written.
    """
    engagement = services.load(_one(folder))
    paths = output_paths(engagement, out)
    target = file or paths.root / _name(paths, draft=engagement.draft)
    letter = target.with_suffix(".txt")
    _refuse(target, letter, engagement)
    given = packable(engagement, paths, services, draft=draft)
    made = make_pack(given, engagement.brand, titled=titled)
    try:
        with uninterrupted():
            write_whole(target, made.archive)
            write_whole(letter, made.letter.encode("utf-8"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RunError(f"{target}: the pack could not be written: {reason}") from error
    return Packed(file=target, letter=made.letter, left=_left(paths.client, given.manifest))


def _one(folder: Path) -> Path:
    found = engagement_folders((folder,))
    if len(found) > 1:
        raise UsageError(
            f"{folder}: holds {len(found)} engagements; a pack is of one, for example {found[0]}"
        )
    return found[0]


def _name(paths: OutputPaths, *, draft: bool) -> str:
    return f"{paths.id}-{paths.period}{'-draft' if draft else ''}.zip"


def _refuse(target: Path, letter: Path, engagement: Engagement) -> None:
    """Refuse a name that leads into the input, or that a file of somebody else has."""
    if target.suffix.lower() != ".zip":
        raise UsageError(f"{target}: the name of a pack ends in .zip")
    if engagement.folder.resolve() in target.resolve().parents:
        raise UsageError(f"{target}: is inside the engagement folder; choose another --out")
    taken = next((path for path in (target, letter) if path.exists()), None)
    if taken and not _is_pack(target):
        raise UsageError(f"{taken}: is there and no pack; move it away or choose another --out")


def _is_pack(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return INDEX in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _left(client: Path, manifest: Manifest) -> tuple[str, ...]:
    packed = {file for entry in manifest.to_read.values() for file in client_files(entry).values()}
    there = {path.name for path in client.iterdir() if not path.name.startswith(".")}
    return tuple(sorted(there - packed - {INDEX}))
