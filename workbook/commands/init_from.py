"""What ``workbook init DIR --from`` does: begin with the client's files, or the last period."""

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from workbook.commands.init import (
    draft_engagement,
    next_steps,
    proposed_settings,
    write_engagement,
)
from workbook.commands.map_files import map_engagement
from workbook.engagement.draft_file import DraftSettings
from workbook.engagement.intake_section import section
from workbook.engagement.next_period import CARRIED, CARRIED_FOLDERS, next_period, next_text
from workbook.engagement.proposals import last_day
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Location, UsageError
from workbook.intake.config_errors import FILE
from workbook.intake.files.container import MOST_BYTES
from workbook.intake.files.plain_file import is_there, names_in, read_named, read_plain
from workbook.intake.files.sources import is_leftover
from workbook.intake.files.toml_text import MOST_BYTES as MOST_TOML
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


def init_next(folder: Path, previous: Path, *, load: Load, said: Mapping[str, str]) -> list[str]:
    """Make the engagement of the next period: recipes and settings, no data and no notes.

    Raises
    ------
    UsageError
        When the period has no known form and none is said, or the folder cannot be written.
    InputError
        When engagement.toml of the period before cannot be used.
    """
    before = load(previous)
    _refuse_options(said)
    period = said.get("period") or next_period(before.period)
    if not period:
        raise UsageError(f"what follows {before.period}? Say it with --period")
    as_of = _day(said.get("as_of")) or last_day(period)
    if as_of is None:
        raise UsageError(f"what is the last day of {period}? Say it with --as-of 2025-12-31")
    text = read_plain(previous, FILE, most=MOST_TOML).decode("utf-8-sig")
    way = PurePosixPath(Path(os.path.relpath(previous.resolve(), folder.resolve())).as_posix())
    try:
        made = next_text(text, period=period, as_of=as_of, previous=way)
    except ValueError as failure:
        raise UsageError(f"{previous / FILE} cannot be carried over: {failure}") from failure
    settings = DraftSettings(
        id=before.id,
        client=before.client,
        language=before.language,
        currency=before.currency,
        period=period,
        as_of=as_of,
    )
    files = {**draft_engagement(settings), **_carried(previous, text), FILE: made.encode("utf-8")}
    write_engagement(folder, files)
    return [
        f"{folder}: {before.client}, {period} (as of {as_of.isoformat()}), after {before.period}",
        f"  1. look through {folder / FILE}; its recipes are those of {before.period}",
        f"  2. put the client's new files into {folder / 'data'} and run: workbook map {folder}",
        f"  3. run: workbook check {folder}",
    ]


def _refuse_options(said: Mapping[str, str]) -> None:
    for name in ("client", "currency"):
        if name in said:
            raise UsageError(f"--{name}: the next period has that of the one before")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of: {text} is no day; write it as 2025-12-31") from None


def _carried(previous: Path, text: str) -> dict[str, bytes]:
    """Return the consultant's own files that hold on: presets, questionnaires, frames, logo."""
    names = [name for name in CARRIED if is_there(previous, name)]
    for subfolder, ending in CARRIED_FOLDERS.items():
        found, _ = names_in(previous, subfolder)
        names += [f"{subfolder}/{name}" for name in found if name.endswith(ending)]
    logo = section(tomllib.loads(text), "brand").get("logo")
    if isinstance(logo, str) and not logo.startswith("data:") and is_there(previous, logo):
        names.append(PurePosixPath(logo).as_posix())
    found_files: dict[str, bytes] = {}
    for name in dict.fromkeys(names):
        try:
            found_files[name] = read_plain(previous, name, most=MOST_BYTES)
        except InputError:
            continue  # check of the period before tells of it
    return found_files
