"""The key of an engagement's pseudonyms: random, made once, kept in the engagement folder.

Whoever has it and a name can tell its pseudonym; without it nobody can, however many names are
tried.  Another engagement has another key, so that reports of two clients cannot be joined.
"""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from workbook.errors import InputError, Location
from workbook.intake.files.plain_file import is_there, read_plain
from workbook.intake.problems import error

NAME = ".anonymise.key"
"""Of the file, in the engagement folder."""
_BYTES = 32
_WRITTEN = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")


def make_key(folder: Path) -> None:
    """Make the key where there is none, readable by this user only.

    Of several processes that come at once, one makes it and the others find it.

    Raises
    ------
    InputError
        When the folder takes no file.
    """
    if is_there(folder, NAME):
        return
    part = folder / f"{NAME}.{uuid4().hex}"
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(_BYTES)}\n")
            file.flush()
            os.fsync(file.fileno())
        _name_it(part, folder / NAME)
    except OSError as failure:
        place = Location(file=NAME)
        raise InputError([error("anonymise_key_not_made", place, folder.name)]) from failure
    finally:
        with suppress(OSError):
            part.unlink()


def _name_it(part: Path, path: Path) -> None:
    """Give the whole file its name, unless another process was first."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            part.rename(path)


def read_key(folder: Path) -> bytes:
    """Return the key.

    Raises
    ------
    InputError
        With one problem: not there, no plain file, not to be read, or not as it was made.
    """
    text = read_plain(folder, NAME, most=1000).decode("ascii", "replace").strip()
    if not _WRITTEN.fullmatch(text):
        raise InputError([error("anonymise_key_unusable", Location(file=NAME))])
    return bytes.fromhex(text)
