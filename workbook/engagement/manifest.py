"""The manifest: what was made from what.  Written last, so its being there means a whole report."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from workbook.engagement.file_hash import file_hash
from workbook.engagement.fingerprint import Hash

SCHEMA = 1
SUMMARY = "summary"
"""The diagnostic that joins the others: read first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One file of a report."""

    file: str
    """Path relative to the folder of the period, with forward slashes."""
    format: str
    """``html``, ``pdf``, ``xlsx``, ``json``; ``internal`` for the rest."""
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the manifest says about one diagnostic."""

    fingerprint: str
    title: str
    formats: tuple[str, ...]
    rows: Mapping[str, Mapping[str, int]]
    """By table: ``in`` (rows of the client's file) and ``used``."""
    warnings: tuple[Mapping[str, str], ...]
    """``code`` and ``text`` of each warning on the data-quality page."""
    steps: tuple[Mapping[str, str], ...] = ()
    """``code`` and ``text`` of what was done to the files as engagement.toml says."""
    figures: tuple[Mapping[str, str], ...]
    """``label``, ``value`` and ``change`` of the key figures, as the report writes them."""
    answer: str = ""
    """The sentence that heads its summary page."""
    changes: tuple[Mapping[str, Any], ...] = ()
    """The headline figures as the report tells them: ``measure`` (what each is known by),
    ``figure``, ``values`` by period, ``difference``, ``course`` and ``judged`` (``better``,
    ``worse`` or empty).  Empty in a first period."""
    made: tuple[Made, ...]
    seconds: Mapping[str, float]
    """By step: notebook, html, pdf, xlsx, json."""
    engine: str

    def is_current(
        self,
        root: Path,
        fingerprint: str,
        formats: tuple[str, ...],
        hash_of: Hash = file_hash,
    ) -> bool:
        """Return whether the files are there, unchanged, and made from what is there now."""
        return (
            self.fingerprint == fingerprint
            and set(formats) <= set(self.formats)
            and self.is_whole(root, hash_of)
        )

    def is_whole(self, root: Path, hash_of: Hash = file_hash) -> bool:
        """Return whether every file is as it was made."""
        return all(hash_of(root / made.file) == made.sha256 for made in self.made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The manifest of one engagement and period."""

    version: str
    """Of this program."""
    engagement: str
    client: str
    period: str
    as_of: str
    language: str
    status: str
    """``draft`` or ``final``."""
    previous: str = ""
    """``<id>/<period>`` of the engagement that it is compared with."""
    sources: str
    """Hash of all files of the engagement when the newest of these reports was made."""
    complete: bool
    """The newest run was about all diagnostics of the engagement, and all are there."""
    inputs: tuple[Mapping[str, Any], ...]
    """``file``, ``sha256`` and, for tables, ``rows`` and ``encoding``."""
    seconds: Mapping[str, float]
    """Steps that serve all diagnostics: intake."""
    packages: Mapping[str, str]
    diagnostics: Mapping[str, Entry] = field(default_factory=dict)
    current: tuple[str, ...] = ()
    """The reports that fitted the client's files when this was written, in reading order; the
    others of :attr:`diagnostics` are older."""
    schema: int = SCHEMA

    @property
    def to_read(self) -> Mapping[str, Entry]:
        """What the client is to read, by name, in reading order."""
        return {name: self.diagnostics[name] for name in self.current if name in self.diagnostics}

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON with sorted keys."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        return text.encode("utf-8") + b"\n"


def read(path: Path) -> Manifest | None:
    """Return the manifest, or None when there is none that this version understands."""
    try:
        content = json.loads(path.read_bytes())
        entries = {name: _entry(e) for name, e in content.pop("diagnostics").items()}
        if content["schema"] != SCHEMA:
            return None
        for name in ("inputs", "current"):
            content[name] = tuple(content.get(name, ()))
        return Manifest(diagnostics=entries, **content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def reading_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return the reports in the order in which they are read: the summary, then as given.

    >>> reading_order(["loyalty", "summary", "churn_reasons"])
    ('summary', 'loyalty', 'churn_reasons')
    """
    return tuple(sorted(names, key=lambda name: name != SUMMARY))


def _entry(content: dict[str, Any]) -> Entry:
    made = tuple(Made(**m) for m in content.pop("made"))
    for name in ("formats", "warnings", "steps", "figures", "changes"):
        content[name] = tuple(content.get(name, ()))
    return Entry(made=made, **content)
