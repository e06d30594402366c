"""Raw statements as a user has them: a Parquet file, a folder of them, or a CSV file."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from workbook.errors import InputError, Location
from workbook.intake.problems import error

_DELIMITERS = (";", ",", "\t", "|")
_HEAD = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFiles:
    """The files that hold the statements, and the state they were found in."""

    path: Path
    files: tuple[Path, ...]
    kind: str
    """``parquet`` or ``csv``."""
    delimiter: str = ""
    header: tuple[str, ...] = ()
    """Columns of a CSV file; those of Parquet are told by the file."""
    state: tuple[tuple[str, int, int], ...]
    """Name, bytes and time of change of every file."""

    @property
    def place(self) -> Location:
        """The source as problems name it."""
        return Location(file=self.path.name)

    @property
    def changed(self) -> date:
        """Day (UTC) of the last change."""
        newest = max(nanoseconds for _, _, nanoseconds in self.state)
        return datetime.fromtimestamp(newest // 1_000_000_000, tz=UTC).date()


def open_source(path: Path, known: Sequence[str]) -> StatementFiles:
    """Look at a file or folder of statements.

    Parameters
    ----------
    path
        What the user named.
    known
        Columns that are looked for; they tell the delimiter of a CSV file.

    Raises
    ------
    InputError
        When there is no such file, or it is not a table.
    """
    place = Location(file=path.name)
    if path.is_dir():
        files = tuple(sorted(p for p in path.rglob("*.parquet") if p.is_file()))
        if not files:
            raise InputError([error("base_no_parquet_in_folder", place)])
        return StatementFiles(path=path, files=files, kind="parquet", state=_state(files))
    if not path.is_file():
        raise InputError([error("base_file_missing", place, path)])
    head = _head(path, place)
    state = _state((path,))
    if head[:4] == b"PAR1":
        return StatementFiles(path=path, files=(path,), kind="parquet", state=state)
    if b"\0" in head or head[:2] in (b"PK", b"\x1f\x8b"):
        raise InputError([error("base_not_statements", place)])
    delimiter, header = _csv_header(head, known, place)
    return StatementFiles(
        path=path, files=(path,), kind="csv", delimiter=delimiter, header=header, state=state
    )


def _head(path: Path, place: Location) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as failure:
        raise InputError([error("file_unreadable", place)]) from failure
    if not head.strip():
        raise InputError([error("file_empty", place)])
    return head


def _csv_header(head: bytes, known: Sequence[str], place: Location) -> tuple[str, tuple[str, ...]]:
    line = head.splitlines()[0]
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise InputError([error("base_not_utf8", place)]) from failure

    def cells(delimiter: str) -> tuple[str, ...]:
        return tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter)))

    def merit(delimiter: str) -> tuple[int, int]:
        found = cells(delimiter)
        return len({name.casefold() for name in found} & set(known)), len(found)

    best = max(_DELIMITERS, key=merit)
    return best, cells(best)


def _state(files: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    stats = [(str(path), path.stat()) for path in files]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def has_changed(source: StatementFiles) -> bool:
    """Return whether a file is no longer what it was."""
    try:
        return _state(source.files) != source.state
    except OSError:
        return True


def hash_source(source: StatementFiles) -> str:
    """Return the SHA-256 of the file, or of the names and hashes of a folder's files."""
    digests = [_digest(path) for path in source.files]
    if source.path.is_file():
        return digests[0]
    whole = hashlib.sha256()
    for path, digest in zip(source.files, digests, strict=True):
        whole.update(f"{path.relative_to(source.path).as_posix()}\0{digest}\n".encode())
    return whole.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
