"""What ``workbook init`` does: write the folder of a new engagement, over nothing that is there."""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from workbook.commands.intake_workbook import client_workbook, intake_name
from workbook.diagnostics import all_diagnostics, param_types
from workbook.engagement.draft_file import DraftSettings, engagement_text, notes_text
from workbook.engagement.intake_section import Configuration
from workbook.engagement.proposals import last_day, last_full_quarter, proposed_id, quarter_of
from workbook.engagement.settings import SCHEMA_VERSION
from workbook.engagement.toml_schema import NAME, schema_text
from workbook.errors import UsageError
from workbook.intake.anonymity.key_file import NAME as KEY
from workbook.intake.config_errors import FILE, config_problems
from workbook.language.languages import ENGLISH, language_of
from workbook.language.problems import line
from workbook.language.visible import is_text
from workbook.report.whole_file import write_whole

FOLDERS = ("data", "notes", "coding")
_LONGEST_CLIENT = 200
_OPTIONS = ("client", "language", "currency", "period", "as_of")


def proposed_settings(
    folder: Path, said: Mapping[str, str], *, language: str, today: date
) -> DraftSettings:
    """Return the settings of a new engagement: what is said, and proposals for the rest.

    Parameters
    ----------
    folder
        Its name becomes the id, and the client's name where none is said.
    said
        ``client``, ``currency``, ``period`` and ``as_of``, those that are known.
    today
        The period is the last quarter that is over on this day.

    Raises
    ------
    UsageError
        When what is said cannot stand in engagement.toml.
    """
    name = folder.resolve().name
    if not is_text(str(folder.resolve())):
        raise UsageError("the name of the folder has characters that cannot be read")
    day = _day(said["as_of"]) if "as_of" in said else None
    day = day or last_day(said.get("period", "")) or last_full_quarter(today)
    known = {
        "client": said.get("client", name.strip()[:_LONGEST_CLIENT] or "?"),
        "currency": said.get("currency", language_of(language).currency).upper(),
        "period": said.get("period", quarter_of(day)),
    }
    made = DraftSettings(
        id=proposed_id(name),
        language=language,
        as_of=day,
        given=frozenset(said) | ({"as_of"} if last_day(said.get("period", "")) else frozenset()),
        **known,
    )
    _check(made)
    return made


def draft_engagement(settings: DraftSettings, *, intake: str = "") -> Mapping[str, bytes]:
    """Return the files of a new engagement by their names in its folder.

    Parameters
    ----------
    intake
        Sections [intake] and [intake.<table>] that are known already, as TOML.
    """
    language = settings.language
    texts = {
        FILE: engagement_text(settings, intake=intake),
        NAME: schema_text(param_types(), language),
        **{f"notes/{d.name}.md": notes_text(language) for d in all_diagnostics()},
    }
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    files[intake_name(language)] = client_workbook(language)
    return MappingProxyType(files)


def write_engagement(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a new engagement; engagement.toml comes last.

    Raises
    ------
    UsageError
        When one of them is there, or the folder cannot be written.
    """
    _refuse_what_is_there(folder, files)
    last_first = sorted(files, key=lambda name: name == FILE)
    try:
        for subfolder in FOLDERS:
            (folder / subfolder).mkdir(parents=True, exist_ok=True)
        for name in last_first:
            write_whole(folder / name, files[name], private=name == KEY)
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise UsageError(f"{folder} could not be written: {reason}") from failure


def init(folder: Path, *, language: str, today: date, **said: str | None) -> list[str]:
    """Write the folder of a new engagement and return what the consultant is told.

    Parameters
    ----------
    said
        ``client``, ``currency``, ``period`` and ``as_of``; None where it is to be proposed.

    Raises
    ------
    UsageError
        When an option cannot be used, or something that would be written is there already.
    """
    given = {name: text for name, text in said.items() if text is not None}
    settings = proposed_settings(folder, given, language=language, today=today)
    write_engagement(folder, draft_engagement(settings))
    return next_steps(folder, settings)


def next_steps(folder: Path, settings: DraftSettings) -> list[str]:
    """Return what was made and what is to be done next."""
    proposed = [name for name in _OPTIONS if name not in {*settings.given, "language"}]
    first = f"look through {folder / FILE}"
    if proposed:
        first += f"; proposals to be checked: {', '.join(proposed)}"
    asked, filled = folder / intake_name(settings.language), folder / "data" / "intake.xlsx"
    command = quoted(folder)
    return [
        f"{folder}: a new engagement for {settings.client}, {settings.period}",
        f"  1. {first}",
        f"  2. send the client {asked} and save it filled as {filled}, or put the client's own",
        f"     files into {folder / 'data'} and run: workbook map {command}",
        f"  3. run: workbook check {command}",
    ]


def quoted(folder: Path) -> str:
    """Return a folder as a command line takes it."""
    text = str(folder)
    return text if not set(text) & set(" &;()'") else f'"{text}"'


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of: {text} is no day; write it as 2025-12-31") from None


def _check(made: DraftSettings) -> None:
    """Refuse what engagement.toml would refuse, in its words."""
    fields = {name: getattr(made, name) for name in ("id", *_OPTIONS)}
    try:
        Configuration.model_validate({"schema_version": SCHEMA_VERSION, **fields})
    except ValidationError as failure:
        said = config_problems(failure, known={(): tuple(Configuration.model_fields)})
        raise UsageError("\n".join(line(problem, ENGLISH) for problem in said)) from None


def _refuse_what_is_there(folder: Path, files: Iterable[str]) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise UsageError(f"{folder} is there and is no folder")
    there = sorted(name for name in files if os.path.lexists(folder / name))
    if there:
        raise UsageError(
            f"{folder} has {', '.join(there)} already; init writes over nothing: take another "
            "folder, or move what is there"
        )
    for name in FOLDERS:
        place = folder / name
        if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
            raise UsageError(f"{place} is there and is no folder")
