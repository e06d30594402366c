"""Whether a report is up to date: hashes of everything it is made from."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from types import MappingProxyType

from workbook.diagnostics.customer_ledger.ledger_tables import TABLES
from workbook.engagement.engagement_file import earlier_folders
from workbook.engagement.file_hash import file_hash
from workbook.engagement.firm_file import NAME as FIRM
from workbook.engagement.firm_folders import firm_folders, seen_from
from workbook.engagement.own_texts import text_files
from workbook.engagement.settings import Engagement
from workbook.forms.table_form import table_forms
from workbook.intake.aliases.alias_file import ALIASES
from workbook.intake.anonymity import key_file
from workbook.intake.config_errors import FILE
from workbook.intake.files.plain_file import plain_files
from workbook.intake.recipe.presets import known_names, own_file
from workbook.language import package_data
from workbook.language.visible import as_text

_LEFTOVERS = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
_PACKAGE = Path(__file__).resolve().parents[1]
_SOURCES = frozenset({".py", ".yaml", ".json", ".csv"})

Hash = Callable[[Path], str]
"""Gives the hash of a file: by reading it, or by what is known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHashes:
    """The files of an engagement with their SHA-256, by path relative to its folder."""

    configuration: str
    """Hash of engagement.toml."""
    brand: str
    """Hash of the look, of which the logo is a file of its own."""
    data: Mapping[str, str]
    notes: Mapping[str, str]
    coding: Mapping[str, str]
    previous: Mapping[str, str]
    """What the engagements to compare with are read from, each under its number: 1 is the last."""
    named_freely: bool = False
    """A table of [intake] says which files hold it: names of files tell no tables."""
    key: str = ""
    """Hash of the key of its pseudonyms; empty where it has none."""
    firm: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the firm says for all: workbook.toml and own sentences, by path seen from the folder."""

    def digest(self) -> str:
        """Return one hash over everything."""
        parts = (
            *(self.configuration, self.brand, self.data, self.notes, self.coding, self.previous),
            *(self.key, self.firm),
        )
        return digest_of([p if isinstance(p, str) else dict(p) for p in parts])


def hash_files(engagement: Engagement, hash_of: Hash = file_hash) -> FileHashes:
    """Hash the files of the engagement, by default reading each."""
    folder = engagement.folder
    before: dict[str, str] = {}
    for place, earlier in enumerate(earlier_folders(engagement), start=1):
        before |= _below(str(place), _earlier_hashes(earlier, hash_of))
    return FileHashes(
        configuration=hash_of(folder / "engagement.toml"),
        brand=hashlib.sha256(repr(engagement.brand).encode()).hexdigest(),
        data=folder_hashes(folder / "data", hash_of),
        notes=folder_hashes(folder / "notes", hash_of),
        coding={**_own_words(folder, hash_of), **_own_presets(engagement, hash_of)},
        previous=MappingProxyType(before),
        key=hash_of(folder / key_file.NAME) if engagement.anonymise else "",
        firm=MappingProxyType(_firm_hashes(folder, hash_of)),
        named_freely=any(options.files for options in engagement.intake.tables.values()),
    )


def configuration_digest(engagement: Engagement) -> str:
    """Return one hash over the files that say what an engagement is, its look apart."""
    folder = engagement.folder
    return digest_of(
        [
            file_hash(folder / FILE),
            file_hash(folder / key_file.NAME) if engagement.anonymise else "",
            _firm_hashes(folder, file_hash),
            _own_presets(engagement, file_hash),
        ]
    )


def _firm_hashes(folder: Path, hash_of: Hash) -> dict[str, str]:
    """Hash workbook.toml and own sentences of an engagement and the folders above it.

    Its look, whose pictures and fonts are files too, is hashed as it was read.
    """
    defaults = [(above, FIRM) for above in firm_folders(folder) if os.path.lexists(above / FIRM)]
    return {
        as_text(seen_from(folder, above, name)): hash_of(above / name)
        for above, name in [*defaults, *text_files(folder)]
    }


def _earlier_hashes(folder: Path, hash_of: Hash) -> dict[str, str]:
    """Hash all that an earlier engagement is read from."""
    return {
        **_below("data", folder_hashes(folder / "data", hash_of)),
        **_below("notes", folder_hashes(folder / "notes", hash_of)),
        **_own_words(folder, hash_of),
        **_every_preset(folder, hash_of),
        **_firm_hashes(folder, hash_of),
        FILE: hash_of(folder / FILE),
    }


def _below(folder: str, hashes: Mapping[str, str]) -> dict[str, str]:
    return {f"{folder}/{name}": told for name, told in hashes.items()}


def _own_words(folder: Path, hash_of: Hash) -> dict[str, str]:
    """Hash the engagement's own taxonomies (``reasons.yaml``), aliases, questionnaires, coding."""
    own = [*folder.glob("*.yaml"), *folder.glob(ALIASES), *plain_files(folder / "questionnaires")]
    return {
        **folder_hashes(folder / "coding", hash_of),
        **{_name(p, folder): hash_of(p) for p in own if not _is_leftover(p.relative_to(folder))},
    }


def _own_presets(engagement: Engagement, hash_of: Hash) -> dict[str, str]:
    """Hash the preset files of the consultant's own that its tables name, also those beside it."""
    names = {options.preset for options in engagement.intake.tables.values()}
    found = (own_file(engagement.folder, name) for name in sorted(names))
    return {own.called: hash_of(own.folder / own.name) for own in found if own}


def _every_preset(folder: Path, hash_of: Hash) -> dict[str, str]:
    """Hash the preset files that an engagement may name."""
    own = (own_file(folder, name) for name in known_names(folder))
    return {one.called: hash_of(one.folder / one.name) for one in own if one}


def fingerprint(
    files: FileHashes,
    *,
    diagnostic: str,
    tables: Iterable[str],
    notebook: Path,
    joins: bool,
    hash_of: Hash = file_hash,
) -> str:
    """Return the hash of everything that the report of one diagnostic is made from.

    A data file named after a table that only other diagnostics read is left out, as are filled
    forms where it reads no table that they may feed, and the notes to other diagnostics, unless it
    ``joins`` them.  The tables of the customer ledger count together, for a report of customers
    reads them all through it.  Where a table of [intake] says which files hold it, every file
    counts.
    """
    read = set(tables)
    read |= TABLES if read & TABLES else set()
    foreign = frozenset() if files.named_freely else _known_tables() - read
    data = {name: digest for name, digest in files.data.items() if _tables_of(name) - foreign}
    notes = {n: d for n, d in files.notes.items() if joins or Path(n).stem == diagnostic}
    made_from = {
        "configuration": files.configuration,
        "brand": files.brand,
        "data": data,
        "notes": notes,
        "coding": dict(files.coding),
        "previous": dict(files.previous),
        "key": files.key,
        "firm": dict(files.firm),
        "notebook": hash_of(notebook),
        "program": program_hash(),
    }
    return digest_of(made_from)


def _tables_of(name: str) -> frozenset[str]:
    """Return the table that a data file is named after, or those that a filled form may feed.

    >>> sorted(_tables_of("survey.xlsx")), "answers" in _tables_of("forms/answers of Anna.xlsx")
    (['survey'], True)
    """
    if name.startswith("forms/"):
        return frozenset({"answers", *(form.table for form in table_forms().values())})
    return frozenset({Path(name).stem.lower()})


def folder_hashes(folder: Path, hash_of: Hash = file_hash) -> Mapping[str, str]:
    """Return SHA-256 by relative path of the files in ``folder`` (leftovers of systems apart).

    A link, pipe or device is not opened: what it is stands in place of a hash.
    """
    found = {
        _name(path, folder): hash_of(path)
        for path in sorted(plain_files(folder))
        if not _is_leftover(path.relative_to(folder))
    }
    return MappingProxyType(found)


def _name(path: Path, folder: Path) -> str:
    return as_text(path.relative_to(folder).as_posix())


def _is_leftover(path: Path) -> bool:
    return any(part in _LEFTOVERS or part.startswith(("~$", ".")) for part in path.parts)


@cache
def program_hash() -> str:
    """Return the hash of this program: its code, texts and templates, and its libraries."""
    trees = {
        "package": {
            path.relative_to(_PACKAGE).as_posix(): file_hash(path)
            for path in sorted(_PACKAGE.rglob("*"))
            if path.suffix in _SOURCES and "_shipped" not in path.parts
        },
        "templates": dict(folder_hashes(package_data.templates().resolve())),
        "libraries": libraries(),
    }
    return digest_of(trees)


@cache
def libraries() -> dict[str, str]:
    """Return the installed version of each library that the program names, by name."""
    try:
        named = requires("consulting-workbook") or []
    except PackageNotFoundError:
        return {}
    wanted = (line for line in named if "extra ==" not in line)
    return {name: _installed(name) for name in sorted(map(_requirement_name, wanted))}


def _requirement_name(line: str) -> str:
    """Return the name at the beginning of a requirement.

    >>> _requirement_name("pandas>=2.2; python_version >= '3.11'")
    'pandas'
    """
    for end, char in enumerate(line):
        if not (char.isalnum() or char in "-_."):
            return line[:end]
    return line


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def _known_tables() -> frozenset[str]:
    return frozenset(path.stem for path in (package_data.templates() / "tables").glob("*.yaml"))


def digest_of(content: object) -> str:
    """Return one hash over values as JSON has them."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
