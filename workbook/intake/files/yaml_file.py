"""YAML files of a client or of the program: read, bounded, every scalar as it is written."""

from pathlib import Path
from typing import Any

import yaml

from workbook.errors import InputError, Location, Problem
from workbook.intake.files.plain_file import read_named, read_plain
from workbook.intake.problems import error
from workbook.language.yaml_text import BeyondBoundsError, yaml_words

MOST_BYTES = 500_000


def yaml_tree(
    path: Path, place: Location, *, unreadable: str, folder: Path | None = None
) -> tuple[Any, tuple[Problem, ...]]:
    """Return the tree of a YAML file and no problem, or None and what is wrong with it.

    Parameters
    ----------
    path
        The file.
    place
        What problems call it.
    unreadable
        Code of the problem of a file that is not YAML.
    folder
        The engagement folder of a client's file, which is read only when it is a plain file
        inside it; None for a file that the user named or that comes with the program.
    """
    try:
        if folder is None:
            data = read_named(path, place, most=MOST_BYTES)
        else:
            name = path.relative_to(folder).as_posix()
            data = read_plain(folder, name, most=MOST_BYTES, called=place.file)
        return yaml_words(data.decode("utf-8-sig")), ()
    except InputError as failure:
        return None, failure.problems
    except UnicodeDecodeError as failure:
        line = failure.object.count(b"\n", 0, failure.start) + 1
        return None, (error(unreadable, Location(file=place.file, row=line)),)
    except BeyondBoundsError as failure:
        where = Location(file=place.file, row=failure.line)
        return None, (error(failure.code, where, most=failure.most),)
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        where = Location(file=place.file, row=None if mark is None else mark.line + 1)
        return None, (error(unreadable, where),)
