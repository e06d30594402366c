"""Which files of the data folder hold which table."""

import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import Place, Problem
from workbook.intake.findings import error, warning
from workbook.intake.nearest import nearest, plain
from workbook.intake.schema import TableSchema

WORKBOOK = "intake"
FORMS = "data/forms"
"""Folder of the filled forms, which have a reader of their own."""
READ_ELSEWHERE = frozenset({"base.parquet"})
"""Files of the data folder that are no tables and have a reader of their own."""
EXTENSIONS = (".csv", ".xlsx", ".xlsm")
_IGNORED = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".gitkeep", ".keep"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read; ``table`` is empty for the intake workbook."""

    path: Path
    table: str

    @property
    def place(self) -> Place:
        """The file as problems name it."""
        return Place(file=f"data/{self.path.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The bytes of a file and their hash."""

    data: bytes
    sha256: str


def find_sources(
    folder: Path, schemas: Mapping[str, TableSchema]
) -> tuple[list[Source], list[Problem]]:
    """Return the files of ``data/`` in the order of their names, and what does not belong."""
    data = folder / "data"
    if data.is_symlink():
        return [], [error("not_a_plain_file", Place(file="data"))]
    if not data.is_dir():
        return [], [error("no_data_folder", Place(file="data"))]
    names = {
        plain(title): name for name, s in schemas.items() for title in (name, *s.headings.values())
    }
    sources: list[Source] = []
    problems: list[Problem] = []
    for entry in sorted(os.scandir(data), key=lambda one: one.name):
        if is_leftover(entry.name) or _is_forms(entry):
            continue
        source, problem = _source(entry, names)
        sources += [source] if source else []
        problems += [problem] if problem else []
    return sources, problems


def _is_forms(entry: "os.DirEntry[str]") -> bool:
    return f"data/{entry.name}" == FORMS and not entry.is_file(follow_symlinks=False)


def is_leftover(name: str) -> bool:
    """Tell whether a file is what an operating system or an office program leaves behind."""
    return name.casefold() in _IGNORED or name.startswith(("~$", "._", ".~lock"))


def _source(
    entry: "os.DirEntry[str]", names: Mapping[str, str]
) -> tuple[Source | None, Problem | None]:
    place = Place(file=f"data/{entry.name}")
    path = Path(entry.path)
    if entry.is_symlink():
        return None, error("not_a_plain_file", place)
    if entry.is_dir():
        return None, warning("unknown_file", place, nearest="")
    if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        return None, error("not_a_plain_file", place)
    if entry.name.casefold() in READ_ELSEWHERE:
        return None, None
    table = names.get(plain(path.stem), "")
    is_book = plain(path.stem) == WORKBOOK
    known = path.suffix.casefold() in EXTENSIONS
    if known and (table or (is_book and path.suffix.casefold() != ".csv")):
        return Source(path=path, table=table), None
    near = nearest(path.stem, [WORKBOOK, *names.values()])
    if (table or is_book) and path.suffix.casefold() in (".xls", ".xlsb", ".ods", ".numbers"):
        return None, error("other_spreadsheet", place)
    return None, warning("unknown_file", place, nearest=near)


def read_contents(path: Path, place: Place, most: int) -> tuple[Contents | None, list[Problem]]:
    """Return the bytes of a regular file, or the problem."""
    try:
        if path.stat().st_size > most:
            return None, [error("file_too_large", place, most=most // 1_000_000)]
        data = path.read_bytes()
    except PermissionError:
        return None, [error("file_locked", place)]
    except OSError:
        return None, [error("file_unreadable", place)]
    return Contents(data=data, sha256=hashlib.sha256(data).hexdigest()), []


def has_changed(path: Path, sha256: str) -> bool:
    """Tell whether a file is no longer what was read."""
    try:
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest() != sha256
    except OSError:
        return True
