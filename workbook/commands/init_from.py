"""What ``workbook init DIR --from`` does with the client's files: they are copied and mapped."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from workbook.commands.init import (
    draft_engagement,
    next_steps,
    proposed_settings,
    write_engagement,
)
from workbook.commands.map_files import map_engagement
from workbook.engagement.settings import Engagement
from workbook.errors import Location, UsageError
from workbook.intake.config_errors import FILE
from workbook.intake.files.container import MOST_BYTES
from workbook.intake.files.plain_file import is_there, read_named
from workbook.intake.files.sources import is_leftover
from workbook.language.visible import is_text

Load = Callable[[Path], Engagement]


def is_engagement(paths: Sequence[Path]) -> bool:
    """Return whether ``--from`` names the folder of an engagement."""
    return len(paths) == 1 and paths[0].is_dir() and is_there(paths[0], FILE)


def init_from_files(
    folder: Path,
    paths: Sequence[Path],
    *,
    load: Load,
    language: str,
    today: date,
    said: Mapping[str, str],
) -> list[str]:
    """Make an engagement of the client's files and propose how they are read.

    The files are copied into ``data/`` byte for byte.

    Raises
    ------
    UsageError
        When a file is not there, two have one name, or the folder cannot be written.
    """
    data = _contents(_files(paths))
    settings = proposed_settings(folder, said, language=language, today=today)
    write_engagement(folder, {**draft_engagement(settings), **data})
    lines = next_steps(folder, settings)
    return [*lines, *map_engagement(folder, load(folder), load=load).lines]


def _files(paths: Sequence[Path]) -> list[Path]:
    """Return the files that are meant; a folder stands for the files in it."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.is_file() and not _is_hidden(one))
        elif path.is_file():
            found.append(path)
        else:
            raise UsageError(f"--from: {path} is not there")
    if not found:
        raise UsageError("--from: there is no file")
    return found


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".") or is_leftover(path.name)


def _contents(paths: Sequence[Path]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for path in paths:
        if not is_text(path.name):
            raise UsageError("--from: a file's name has characters that cannot be read")
        name = f"data/{path.name}"
        if name in contents:
            raise UsageError(f"--from: two files are called {path.name}; rename one of them")
        contents[name] = read_named(path, Location(file=path.name), most=MOST_BYTES)
    return contents
