"""The one way to a client's file: a plain file inside the engagement folder, read without waiting.

Nothing else is opened.  A link could lead to another client's files or to the system's, wherever
on the way it lies; a pipe or a device could make the program wait or read without end.  What is
there instead of a plain file is told by what it is.

Where the system has it (``O_NOFOLLOW``), every folder on the way is opened from the one above it,
so that nothing can be exchanged between the look and the reading; elsewhere the way is looked at
first, and the path that was found must lie inside the folder.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from workbook.errors import InputError, Location, Problem
from workbook.intake.problems import error

MOST_TEXT = 1_000_000
"""Bytes of a text that a person writes."""
_KINDS = (
    (stat.S_ISLNK, "file_is_link"),
    (stat.S_ISDIR, "file_is_folder"),
    (stat.S_ISFIFO, "file_is_pipe"),
    (stat.S_ISREG, ""),
)
_SHARING_VIOLATIONS = (32, 33)
"""Error numbers of Windows: another program has the file open or locked."""
_FOLLOWS_NOT = getattr(os, "O_NOFOLLOW", 0)
_FILE = (
    os.O_RDONLY
    | _FOLLOWS_NOT
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_FOLDER = os.O_RDONLY | _FOLLOWS_NOT | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_STEPWISE = bool(_FOLLOWS_NOT) and os.open in os.supports_dir_fd


def read_plain(folder: Path, name: str, *, most: int = MOST_TEXT, called: str = "") -> bytes:
    """Return the bytes of a client's file.

    Parameters
    ----------
    folder
        The engagement folder, which the user named.
    name
        The file's path inside it, with forward slashes.
    most
        Bytes that it may have.
    called
        What problems call it; ``name`` when empty.

    Raises
    ------
    InputError
        With one problem: absent, no plain file, on the way through a link, too large, or not to
        be read.
    """
    place = Location(file=called or name)
    try:
        with _opened(folder, name, place) as file:
            return _whole(file, place, most)
    except OSError as failure:
        raise InputError([unreadable(failure, place)]) from failure


def read_head(folder: Path, name: str, *, most: int) -> bytes:
    """Return the first bytes of a client's file, of a longer one whole lines only.

    Raises
    ------
    InputError
        As :func:`read_plain`, but for its size.
    """
    place = Location(file=name)
    try:
        with _opened(folder, name, place) as file, open(file, "rb", closefd=False) as opened:
            head = opened.read(most + 1)
    except OSError as failure:
        raise InputError([unreadable(failure, place)]) from failure
    return head if len(head) <= most else head[: head.rfind(b"\n", 0, most) + 1]


def read_named(path: Path, place: Location, *, most: int = MOST_TEXT) -> bytes:
    """Return the bytes of a file that the user named, or that comes with the program.

    Links are followed: whoever named it meant it.

    Raises
    ------
    InputError
        As :func:`read_plain`.
    """
    try:
        handle = os.open(path, _FILE & ~_FOLLOWS_NOT)
        with _closing(handle):
            return _whole(handle, place, most)
    except OSError as failure:
        if path.is_dir():  # Windows opens no folder
            raise InputError([error("file_is_folder", place)]) from failure
        raise InputError([unreadable(failure, place)]) from failure


def problem_at(folder: Path, name: str) -> Problem | None:
    """Return what is wrong where a file may be: None for a plain file and for nothing at all."""
    way = _on_the_way(folder, name)
    if way:
        return way
    code = _kind(folder / name)
    return error(code, Location(file=name)) if code else None


def is_there(folder: Path, name: str) -> bool:
    """Return whether anything is where a file may be, also what is no file."""
    return _on_the_way(folder, name) is not None or os.path.lexists(folder / name)


def names_in(folder: Path, name: str) -> tuple[list[str], list[Problem]]:
    """Return the names in a subfolder in order, and the problem when it is no plain folder.

    A folder that is not there has none.
    """
    place = Location(file=name)
    way = _on_the_way(folder, f"{name}/-")
    if way:
        return [], [way]
    try:
        return sorted(os.listdir(folder / name)), []  # noqa: PTH208 - names are enough
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    except OSError as failure:
        return [], [unreadable(failure, place)]


def plain_files(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder that is no folder itself, in order; no link is followed."""
    if folder.is_symlink():
        return
    for path, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        links = [name for name in folders if (Path(path) / name).is_symlink()]
        yield from (Path(path) / name for name in sorted([*files, *links]))


def unreadable(failure: OSError, place: Location) -> Problem:
    """Return the problem of a file that the system does not give."""
    if getattr(failure, "winerror", None) in _SHARING_VIOLATIONS:
        return error("file_locked", place)
    if isinstance(failure, PermissionError):
        return error("file_no_right", place)
    if isinstance(failure, FileNotFoundError):
        return error("file_missing", place)
    if isinstance(failure, NotADirectoryError):
        return error("folder_is_file", place)
    return error("file_unreadable", place, failure.strerror or type(failure).__name__)


@contextmanager
def _opened(folder: Path, name: str, place: Location) -> Iterator[int]:
    """Open a plain file step by step; a link anywhere below ``folder`` is refused."""
    way = _on_the_way(folder, name)
    code = _kind(folder / name)
    if way or code:
        raise InputError([way or error(code, place)])
    if not _STEPWISE:
        _be_inside(folder, name, place)
        with _closing(os.open(folder / name, _FILE)) as handle:
            yield handle
        return
    *above, last = PurePosixPath(name).parts
    try:
        here = os.open(folder, _FOLDER & ~_FOLLOWS_NOT)
        for part in above:
            with _closing(here):
                here = os.open(part, _FOLDER, dir_fd=here)
        with _closing(here):
            handle = os.open(last, _FILE, dir_fd=here)
    except OSError as failure:
        if failure.errno in (errno.ELOOP, errno.EMLINK):  # exchanged for a link this instant
            raise InputError([error("file_is_link", place)]) from failure
        raise
    with _closing(handle):
        yield handle


def _on_the_way(folder: Path, name: str) -> Problem | None:
    """Return the problem of the first part of the way that is no plain folder."""
    here = folder
    for part in PurePosixPath(name).parts[:-1]:
        here /= part
        try:
            mode = here.lstat().st_mode
        except OSError:
            return None  # told when it is opened
        place = Location(file=here.relative_to(folder).as_posix())
        if stat.S_ISLNK(mode) or _is_junction(here):
            return error("folder_is_link", place)
        if not stat.S_ISDIR(mode):
            return error("folder_is_file", place)
    return None


def _kind(path: Path) -> str:
    """Return the code of what is there instead of a plain file; empty for one and for nothing."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return ""
    if _is_junction(path):
        return "file_is_link"
    return next((code for fits, code in _KINDS if fits(mode)), "file_is_device")


def _is_junction(path: Path) -> bool:
    """Return whether Windows goes elsewhere from here (``Path.is_junction`` is of Python 3.12)."""
    tag = getattr(path.lstat(), "st_reparse_tag", 0)
    return tag in (getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1), 0xA000000C)


def _be_inside(folder: Path, name: str, place: Location) -> None:
    inside = folder.resolve()
    if not (inside / name).resolve().is_relative_to(inside):
        raise InputError([error("file_is_link", place)])


def _whole(handle: int, place: Location, most: int) -> bytes:
    """Return the bytes of an open plain file, or refuse what it is."""
    facts = os.fstat(handle)
    code = next((code for fits, code in _KINDS if fits(facts.st_mode)), "file_is_device")
    if code:
        raise InputError([error(code, place)])
    if facts.st_size > most:
        raise InputError([too_large(place, most)])
    with open(handle, "rb", closefd=False) as file:
        data = file.read(facts.st_size + 1)
    if len(data) > facts.st_size:  # it is being written
        raise InputError([error("file_changed", place)])
    return data


def too_large(place: Location, most: int) -> Problem:
    """Return the problem of a file with more bytes than it may have."""
    if most < 1_000_000:
        return error("file_too_many_kb", place, most=most // 1000)
    return error("file_too_large", place, most=most // 1_000_000)


@contextmanager
def _closing(handle: int) -> Iterator[int]:
    try:
        yield handle
    finally:
        os.close(handle)
