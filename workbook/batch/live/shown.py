"""What the page of ``workbook watch`` shows now, and who waits for it to change."""

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbook.batch.index_page import CLIENT
from workbook.batch.outcome import Outcome, Status
from workbook.engagement import manifest as manifests
from workbook.errors import Severity
from workbook.language.problems import line

_INDEX = "index.html"
"""The client's page, to which every report leads back."""
_NOTHING: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    """One report of the engagement."""

    name: str
    title: str
    file: str
    """Name of its page."""
    digest: str
    """Of its page: another one when there is something new to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that the page tells."""

    version: int = 0
    """Grows with every change."""
    working: str = ""
    """What is being done; empty when nothing is."""
    seconds: float = 0.0
    """How long the last time took."""
    reports: tuple[ShownReport, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    """Severity and sentence: what hinders a report first, then what is doubted of the input."""
    files: Mapping[str, Path] = field(default_factory=lambda: _NOTHING, repr=False)
    """Files that may be asked for, by name."""

    def to_json(self) -> str:
        """Return it for the page."""
        content: dict[str, Any] = {
            "version": self.version,
            "working": self.working,
            "seconds": round(self.seconds, 1),
            "reports": [
                {"name": r.name, "title": r.title, "file": r.file, "digest": r.digest}
                for r in self.reports
            ],
            "problems": [{"severity": kind, "text": text} for kind, text in self.problems],
        }
        return json.dumps(content, ensure_ascii=True)


class Board:
    """Holds what is shown; the server's threads wait for a newer version."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._shown = Shown()
        self._closed = False

    @property
    def now(self) -> Shown:
        """What is shown at this moment."""
        return self._shown

    def put(self, **changes: Any) -> None:
        """Change what is shown and wake everybody who waits."""
        with self._changed:
            version = self._shown.version + 1
            self._shown = replace(self._shown, **changes, version=version)
            self._changed.notify_all()

    def newer_than(self, version: int, seconds: float) -> Shown:
        """Return what is shown as soon as it is another version, or when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._shown.version != version, seconds)
            return self._shown

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def shown_of(outcome: Outcome, manifest: Path, language: str = "") -> dict[str, Any]:
    """Return what the page shows of an outcome: reports that are there, files, problems.

    Parameters
    ----------
    manifest
        Path of the manifest of what was made.
    language
        Of the problems; empty: that of the engagement.
    """
    made = manifests.read(manifest)
    entries = made.to_read if made else {}
    client = {
        one.file.removeprefix(CLIENT): (manifest.parent / one.file, one)
        for entry in entries.values()
        for one in entry.made
        if one.file.startswith(CLIENT)
    }
    pages = {
        name: file
        for name, entry in entries.items()
        for file, (_, one) in client.items()
        if one in entry.made and one.format == "html"
    }
    return {
        "reports": tuple(
            ShownReport(
                name=name, title=entries[name].title, file=file, digest=client[file][1].sha256
            )
            for name, file in pages.items()
        ),
        "files": MappingProxyType(
            {file: path for file, (path, _) in client.items()}
            | {_INDEX: manifest.parent / CLIENT / _INDEX}
        ),
        "problems": _problems(outcome, language or outcome.language) or _remarks(entries.values()),
    }


def _remarks(entries: Iterable[manifests.Entry]) -> tuple[tuple[str, str], ...]:
    """Return what was remarked when the reports were made, which are up to date by now."""
    found = (str(warning["text"]) for entry in entries for warning in entry.warnings)
    return tuple((str(Severity.WARNING), text) for text in dict.fromkeys(found))


def _problems(outcome: Outcome, language: str) -> tuple[tuple[str, str], ...]:
    """Return what went wrong, then errors, remarks and steps of the input."""
    failed = [(str(Status.FAILED), report.reason) for report in outcome.reports if report.reason]
    if outcome.reason:
        failed.insert(0, (str(outcome.stopped), outcome.reason))
    problems = sorted(outcome.problems, key=lambda p: (not p.is_error, p.is_step))
    return (*failed, *((str(p.severity), line(p, language)) for p in problems))
