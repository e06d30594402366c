"""Where the output of an engagement goes, and where it may not go."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbook.engagement.engagement_file import earlier_folders
from workbook.engagement.settings import Engagement
from workbook.errors import UsageError
from workbook.language.visible import is_text

_LONGEST_NAME = len("satisfaction_segmentation_matrix.html.part")
_WINDOWS_LIMIT = 259


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputPaths:
    """The output folders of one engagement and period."""

    out: Path
    id: str
    period: str

    @property
    def home(self) -> Path:
        """Folder of all periods; temporary folders and locks are made here."""
        return self.out / self.id

    @property
    def root(self) -> Path:
        """Folder of this period."""
        return self.home / self.period

    @property
    def client(self) -> Path:
        """What may be sent to the client."""
        return self.root / "client"

    @property
    def logs(self) -> Path:
        """Logs, for us only."""
        return self.root / "internal" / "logs"

    @property
    def pseudonyms(self) -> Path:
        """Who is behind each pseudonym, for us only."""
        return self.root / "internal" / "pseudonyms.csv"

    @property
    def manifest(self) -> Path:
        """Written last: its being there means that the report is whole."""
        return self.root / "manifest.json"

    @property
    def failures(self) -> Path:
        """What went wrong last time, by diagnostic; absent when nothing did."""
        return self.root / "internal" / "failed.json"

    @property
    def origin(self) -> Path:
        """Which folder, day and data the reports were made from, for us only."""
        return self.root / "internal" / "made_from.json"

    @property
    def seen(self) -> Path:
        """Facts and hashes of files that need not be read again, for us only."""
        return self.root / "internal" / "seen_files.json"

    @property
    def last_read(self) -> Path:
        """What was found when the engagement was last read, for us only."""
        return self.root / "internal" / "last_read.json"

    @property
    def lock(self) -> Path:
        """Held while reports of this period are being made."""
        return self.home / f".{self.period}.lock"


def output_paths(engagement: Engagement, out: Path) -> OutputPaths:
    """Return the output folders of the engagement after checking that they may be written.

    Raises
    ------
    UsageError
        When the output would land in (or be) an engagement folder, a folder on the way is a
        symbolic link or a file, or its name is no text.
    """
    if not is_text(str(out.resolve())):
        raise UsageError(f"{out}: the name of the output folder is not valid UTF-8")
    paths = OutputPaths(out=out.resolve(), id=engagement.id, period=engagement.period)
    _outside_inputs(paths.out, engagement)
    for folder in (paths.home, paths.root, paths.client, paths.root / "internal"):
        if folder.is_symlink():
            raise UsageError(
                f"{folder}: is a symbolic link; output is written to real folders only"
            )
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder}: is a file where a folder is needed; move it away")
    if len(str(paths.client)) + _LONGEST_NAME > _WINDOWS_LIMIT:
        raise UsageError(
            f"{paths.client}: the path is too long for Windows; choose a shorter --out folder"
        )
    return paths


def _outside_inputs(out: Path, engagement: Engagement) -> None:
    folders = [engagement.folder, *earlier_folders(engagement)]
    for folder in map(Path.resolve, folders):
        if out == folder or folder in out.parents:
            raise UsageError(
                f"{out}: the output folder is inside the engagement folder {folder}; "
                "choose another --out"
            )
    if any((parent / "engagement.toml").is_file() for parent in (out, *out.parents)):
        raise UsageError(f"{out}: the output folder is inside an engagement folder")


def refuse_collisions(engagements: Iterable[Engagement]) -> None:
    """Refuse engagements that would write to one folder (case and Unicode form disregarded).

    Raises
    ------
    UsageError
        Naming both folders.
    """
    seen: dict[tuple[str, str], Engagement] = {}
    for engagement in engagements:
        key = (_folded(engagement.id), _folded(engagement.period))
        if key in seen and seen[key].folder.resolve() != engagement.folder.resolve():
            raise UsageError(
                f"{seen[key].folder} and {engagement.folder} have the same id and period "
                f"({engagement.id}, {engagement.period}); change one of them"
            )
        seen[key] = engagement


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
