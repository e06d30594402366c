"""Whose reports lie under an id and a period: the folder, the day and the data that made them.

A copied folder with a forgotten ``period`` must not put its reports in place of last period's.
What reports were made from is kept with the internal files, for it names a folder of this machine.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from workbook.engagement.fingerprint import FileHashes
from workbook.engagement.manifest import Manifest
from workbook.engagement.output_paths import OutputPaths
from workbook.engagement.settings import Engagement
from workbook.errors import InputError
from workbook.intake.config_errors import place
from workbook.intake.problems import error
from workbook.report.whole_file import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What reports were made from."""

    folder: str
    """Of the engagement; empty of reports made before this was kept."""
    as_of: str
    data: str = ""
    """Hash of its data files."""

    def to_bytes(self) -> bytes:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode() + b"\n"

    def may_replace(self, other: "Origin") -> bool:
        """Return whether its reports may take the place of the other's.

        New data of the same folder do, and the same data of a folder that was moved.

        >>> first = Origin(folder="/a", as_of="2025-12-31", data="1")
        >>> Origin(folder="/a", as_of="2025-12-31", data="2").may_replace(first)
        True
        >>> Origin(folder="/b", as_of="2025-12-31", data="1").may_replace(first)
        True
        >>> Origin(folder="/b", as_of="2025-12-31", data="2").may_replace(first)
        False
        >>> Origin(folder="/a", as_of="2026-12-31", data="2").may_replace(first)
        False
        """
        same_folder = self.folder == other.folder or not other.folder
        return self.as_of == other.as_of and (same_folder or self.data == other.data)


def origin_of(engagement: Engagement, hashes: FileHashes) -> Origin:
    """Return what the reports of an engagement are made from."""
    return Origin(
        folder=str(engagement.folder.resolve()),
        as_of=engagement.as_of.isoformat(),
        data=_digest(hashes.data),
    )


def refuse_other_reports(
    engagement: Engagement, hashes: FileHashes, paths: OutputPaths, earlier: Manifest | None
) -> None:
    """Refuse to write over reports of the same id and period that something else has made.

    Raises
    ------
    InputError
        Naming both folders.
    """
    if earlier is None:
        return
    own, other = origin_of(engagement, hashes), _kept(paths, earlier)
    if own.may_replace(other):
        return
    raise InputError(
        [
            error(
                "report_of_another",
                place("period"),
                engagement.period,
                report=paths.root,
                other=other.folder or "?",
                day=other.as_of,
                own=own.folder,
                as_of=own.as_of,
            )
        ]
    )


def note_moved_folder(engagement: Engagement, hashes: FileHashes, paths: OutputPaths) -> None:
    """Keep where the folder of reports that are up to date lies now, if it was moved."""
    own, other = origin_of(engagement, hashes), _read(paths)
    if other is not None and own.folder != other.folder and not Path(other.folder).exists():
        write_whole(paths.origin, own.to_bytes(), private=True)


def _kept(paths: OutputPaths, earlier: Manifest) -> Origin:
    """Return what the reports that are there were made from, as far as it is known."""
    return _read(paths) or Origin(folder="", as_of=earlier.as_of)


def _read(paths: OutputPaths) -> Origin | None:
    try:
        content = json.loads(paths.origin.read_bytes())
        said = {name: str(content[name]) for name in ("folder", "as_of", "data")}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Origin(**said)


def _digest(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()
