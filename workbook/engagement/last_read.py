"""What was found when an engagement was last read, for as long as nothing of it has changed.

It lies with the internal files of the engagement's own reports, for a remark may quote a cell:
nothing of one client is kept where another's is looked for.  It holds for one hash of all that was
read, of the program and of what was asked; any other is read anew.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbook.engagement.fingerprint import FileHashes, Hash, digest_of, program_hash
from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem, Severity
from workbook.intake.files.plain_file import plain_files
from workbook.report.whole_file import write_whole

_FORM = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRead:
    """What came of a reading."""

    problems: tuple[Problem, ...]
    diagnostics: tuple[str, ...] = ()
    """Those that can be made."""
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Diagnostic that was asked for -> the tables of which it needs one."""

    @property
    def is_good(self) -> bool:
        """Whether no problem stops a report."""
        return not any(problem.is_error for problem in self.problems)


def reading_key(engagement: Engagement, hashes: FileHashes, hash_of: Hash, *asked: object) -> str:
    """Return the hash of everything that a reading depends on.

    Parameters
    ----------
    asked
        What the command asks for, as JSON has it.
    """
    folder = engagement.folder
    every = {str(path.relative_to(folder)): hash_of(path) for path in plain_files(folder)}
    return digest_of([hashes.digest(), str(folder), every, program_hash(), *asked])


def recall(path: Path, command: str, key: str) -> LastRead | None:
    """Return what a command found when it read the same; None where it never did."""
    try:
        said = json.loads(path.read_bytes())[command]
        return _read(said) if said["key"] == key and said["form"] == _FORM else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(path: Path, command: str, key: str, found: LastRead) -> None:
    """Keep what a command found; what cannot be told again word for word is not kept.

    Only this user may read it.
    """
    try:
        said = _plain(found) | {"key": key, "form": _FORM}
        if _read(json.loads(json.dumps(said))) != found:
            return
    except (TypeError, ValueError, KeyError):
        return
    text = json.dumps(_others(path) | {command: said}, sort_keys=True)
    with suppress(OSError):
        write_whole(path, text.encode() + b"\n", private=True)


def _others(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _plain(found: LastRead) -> dict[str, Any]:
    return {
        "problems": [_plain_problem(problem) for problem in found.problems],
        "diagnostics": list(found.diagnostics),
        "lacking": {name: list(tables) for name, tables in found.lacking.items()},
    }


def _plain_problem(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "code": problem.code,
        "place": {name: getattr(place, name) for name in Location.__dataclass_fields__},
        "found": problem.found,
        "facts": {name: _tagged(value) for name, value in problem.facts.items()},
        "severity": problem.severity.value,
    }


def _read(said: Mapping[str, Any]) -> LastRead:
    return LastRead(
        problems=tuple(_problem(one) for one in said["problems"]),
        diagnostics=tuple(said["diagnostics"]),
        lacking={name: tuple(tables) for name, tables in said["lacking"].items()},
    )


def _problem(said: Mapping[str, Any]) -> Problem:
    facts = {name: _untagged(value) for name, value in said["facts"].items()}
    typed = {"place": Location(**said["place"]), "facts": facts}
    return Problem(**{**said, **typed, "severity": Severity(said["severity"])})


def _tagged(value: object) -> Any:
    """Return a fact as JSON has it, with its kind where JSON has no such."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if type(value) is date:
        return {"date": value.isoformat()}
    if type(value) is datetime:
        return {"datetime": value.isoformat()}
    if isinstance(value, Path):
        return {"path": str(value)}
    if type(value) in (tuple, list):
        return {type(value).__name__: [_tagged(one) for one in value]}  # type: ignore[attr-defined]
    raise TypeError(f"a fact of a kind that is not kept: {type(value).__name__}")


def _untagged(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    return _KINDS[kind](inner)


_KINDS: Mapping[str, Callable[[Any], object]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "path": Path,
    "tuple": lambda items: tuple(map(_untagged, items)),
    "list": lambda items: list(map(_untagged, items)),
}
