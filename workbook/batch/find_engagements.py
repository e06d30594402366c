"""From the folders on the command line to engagement folders."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any

from workbook.batch.started_ahead import FEW, Ahead
from workbook.diagnostics import NAMES
from workbook.errors import InputError, UsageError
from workbook.intake.files.plain_file import is_there, read_plain
from workbook.intake.files.toml_text import MOST_BYTES, toml_values
from workbook.language.languages import LANGUAGES

CONFIGURATION = "engagement.toml"


def engagement_folders(given: Sequence[Path]) -> tuple[Path, ...]:
    """Return the engagement folders meant by ``given``, each once, in order.

    A folder with an ``engagement.toml`` is an engagement; any other folder stands for its direct
    subfolders that have one (others, such as a folder of earlier waves, are passed over).

    Raises
    ------
    UsageError
        When a folder is not there or holds no engagement.
    """
    found: dict[Path, None] = {}
    for folder in given:
        for engagement in _meant_by(folder):
            found.setdefault(engagement.resolve())
    return tuple(found)


def _meant_by(folder: Path) -> Iterable[Path]:
    if folder.name == CONFIGURATION and folder.is_file():
        return [folder.parent]
    if not folder.exists():
        raise UsageError(f"{folder}: there is no such folder")
    if not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name the folder that holds {CONFIGURATION}")
    if is_there(folder, CONFIGURATION):  # what is there instead of a file is told by the reader
        return [folder]
    try:
        children = sorted(c for c in folder.iterdir() if is_there(c, CONFIGURATION))
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror or type(error).__name__}") from error
    if not children:
        raise UsageError(_nothing_in(folder))
    return children


def _nothing_in(folder: Path) -> str:
    message = f"{folder}: no {CONFIGURATION} here or in the folders directly inside"
    for parent in folder.resolve().parents:
        if is_there(parent, CONFIGURATION):
            return f"{message}; did you mean {parent}?"
    near = sorted(p.name for p in folder.glob("*.toml"))
    return f"{message}; there is {near[0]}: rename it?" if near else message


def expected(folders: Sequence[Path], only: Sequence[str] = (), out: Path | None = None) -> Ahead:
    """Return what a command will make of the engagements, at a glance: nothing is checked.

    Parameters
    ----------
    only
        Names of the diagnostics that the command asks for; none: those of the engagements.
    out
        Folder of all output.
    """
    told = [_configuration(folder) for folder in folders]
    asked = tuple(only) or (_diagnostics(told[0]) if len(told) == 1 else ())
    few = len(told) == 1 and len(asked) <= FEW
    languages = {one.get("language") for one in told}
    return Ahead(
        languages=tuple(sorted(code for code in languages if code in LANGUAGES)),
        reports=asked if few else (),
        diagnostics=asked,
        is_sure=out is not None and any(_is_new(one, out) for one in told),
    )


def _is_new(configuration: Mapping[str, Any], out: Path) -> bool:
    """Return whether an engagement has no output yet (:mod:`workbook.engagement.output_paths`)."""
    said = (configuration.get("id"), configuration.get("period"))
    names = [name for name in said if isinstance(name, str) and PurePath(name).name == name]
    return len(names) == len(said) and not out.joinpath(*names).exists()  # or it will be refused


def _diagnostics(configuration: Mapping[str, Any]) -> tuple[str, ...]:
    named = configuration.get("diagnostics", [])
    return tuple(filter(NAMES.__contains__, named)) if isinstance(named, list) else ()


def _configuration(folder: Path) -> Mapping[str, Any]:
    with suppress(InputError, ValueError):
        return toml_values(read_plain(folder, CONFIGURATION, most=MOST_BYTES))
    return {}
