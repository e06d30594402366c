"""TOML files that a consultant writes: read, bounded, what is wrong with them told by line."""

import re
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Location
from workbook.intake.files.plain_file import read_plain
from workbook.intake.files.toml_text import MOST_BYTES, BeyondBoundsError, toml_values
from workbook.intake.problems import error


def read_toml(folder: Path, name: str, *, called: str = "") -> dict[str, Any]:
    """Return the tables of a TOML file inside ``folder``.

    Parameters
    ----------
    folder
        A folder that the user named; nothing outside it is opened.
    name
        The file's path inside it, with forward slashes.
    called
        What problems call it; ``name`` when empty.

    Raises
    ------
    InputError
        With one problem: of the file, as :func:`~workbook.intake.files.plain_file.read_plain`
        has it, or of the line that is no TOML.
    """
    file = called or name
    data = read_plain(folder, name, most=MOST_BYTES, called=file)
    try:
        return toml_values(data)
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        raise InputError([error("toml_not_utf8", Location(file=file, row=line))]) from failure
    except BeyondBoundsError as failure:
        where = Location(file=file, row=failure.line)
        raise InputError([error("toml_too_deep", where, most=failure.most)]) from failure
    except ValueError as failure:  # also integers of 5000 digits
        found = re.search(r"\(at line (\d+)", str(failure))
        where = Location(file=file, row=int(found[1]) if found else None)
        raise InputError([error("toml_syntax", where, str(failure))]) from failure
