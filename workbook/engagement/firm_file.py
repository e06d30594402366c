"""``workbook.toml`` above an engagement: what the firm says for all its engagements.

engagement.toml wins key by key, a nearer file over one farther off.  What belongs to one client or
one period is refused there, so that nothing of a client reaches another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workbook.engagement.firm_folders import firm_folders, seen_from
from workbook.errors import InputError, Location, Problem
from workbook.intake.config_errors import FILE
from workbook.intake.files.plain_file import is_there
from workbook.intake.files.toml_file import read_toml
from workbook.intake.problems import error, shown
from workbook.language.nearest import nearest

NAME = "workbook.toml"
ALLOWED = (
    *("brand", "report", "params", "language", "currency", "status", "diagnostics"),
    *("anonymity_threshold", "anonymise", "compare"),
)
"""Keys of engagement.toml that a firm may say for all."""
OF_ONE = (
    *("id", "client", "period", "as_of", "previous", "previous_of_other_client"),
    *("previous_rate", "intake", "whatif"),
)
"""Keys that belong to one engagement."""
_VERSION = "schema_version"
_BY_LANGUAGE = ("footer", "contact", "disclaimer")
"""Keys of [report] whose table, one text per language, is one value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmFile:
    """One workbook.toml that was read."""

    folder: Path
    called: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """engagement.toml with what the firm says beside it."""

    raw: dict[str, Any]
    """Without the firm's [brand], whose paths are its own."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Dotted key that the firm says -> the file that says it."""

    def located(self, problem: Problem) -> Problem:
        """Return a problem of engagement.toml as one of the file that has the key."""
        key = problem.place.column
        if problem.place.file != FILE or not key:
            return problem
        for said, file in self.origins.items():
            if key == shown(said) or key.startswith(f"{said}.") or said.startswith(f"{key}."):
                return replace(problem, place=replace(problem.place, file=file))
        return problem


def firm_files(folder: Path) -> tuple[list[FirmFile], list[Problem]]:
    """Return the files of the folders above an engagement, the nearest first, and their faults."""
    found: list[FirmFile] = []
    problems: list[Problem] = []
    for above in firm_folders(folder):
        if not is_there(above, NAME):
            continue
        called = seen_from(folder, above, NAME)
        if above == firm_folders(folder)[0]:
            problems.append(error("firm_file_inside", Location(file=called)))
            continue
        try:
            said = read_toml(above, NAME, called=called)
        except InputError as failure:
            problems += failure.problems
            continue
        problems += _foreign_keys(said, called)
        known = {key: value for key, value in said.items() if key in ALLOWED}
        found.append(FirmFile(folder=above, called=called, said=known))
    return found, problems


def _foreign_keys(said: Mapping[str, Any], called: str) -> Iterator[Problem]:
    for key in said:
        place = Location(file=called, column=shown(key))
        if key in OF_ONE:
            yield error("key_of_one_engagement", place, file=FILE)
        elif key not in (*ALLOWED, _VERSION):
            facts = {"nearest": nearest(key, ALLOWED), "known": ", ".join(ALLOWED)}
            yield error("unknown_key", place, key, **facts)


def merged(parsed: Mapping[str, Any], files: Sequence[FirmFile]) -> Merged:
    """Return what engagement.toml and the firm's files say together.

    Examples
    --------
    >>> firm = FirmFile(folder=Path("."), called="../workbook.toml", said={"currency": "EUR"})
    >>> merged({"id": "acme"}, [firm]).raw
    {'id': 'acme', 'currency': 'EUR'}
    """
    raw, origins = dict(parsed), dict[str, str]()
    for one in files:
        said = {key: value for key, value in one.said.items() if key != "brand"}
        raw = _joined(raw, said, one.called, "", origins)
    return Merged(raw=raw, origins=origins)


def _joined(
    near: Mapping[str, Any], far: Mapping[str, Any], file: str, above: str, origins: dict[str, str]
) -> dict[str, Any]:
    made = dict(near)
    for key, value in far.items():
        dotted = f"{above}{key}"
        if key not in made:
            made[key] = value
            origins.update(dict.fromkeys(_leaves(value, dotted), file))
        elif (
            key not in _BY_LANGUAGE
            and isinstance(value, Mapping)
            and isinstance(made[key], Mapping)
        ):
            made[key] = _joined(made[key], value, file, f"{dotted}.", origins)
    return made


def _leaves(value: Any, dotted: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{dotted}.{key}")
    else:
        yield dotted
