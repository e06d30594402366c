"""Presets: how the files of a known program are read, one data file per program.

A preset says for each table that a file of the program can feed by which headings it is recognised
(``signature``) and how it is read (``recipe``, in the words of ``[intake.<table>]``).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbook.intake.files.plain_file import is_there, names_in
from workbook.intake.files.toml_text import toml_values
from workbook.intake.recipe import recipe_shapes
from workbook.intake.recipe.patterns import has_star, matches
from workbook.language.nearest import plain
from workbook.language.package_data import templates

FOLDER = "presets"
"""Name of the folder of preset files: among the templates, in an engagement and beside it."""
MOST_FORMS = 50
"""Entries of a signature, and alternatives of an entry."""
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetTable:
    """How one table is read from a file of the program."""

    signature: tuple[tuple[str, ...], ...]
    """Headings that must all be there, each as one or several alternatives, with ``*``."""
    recipe: Mapping[str, Any]
    """The keys of ``[intake.<table>]`` as TOML gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """The files of one program, as it exports them."""

    name: str
    title: Mapping[str, str]
    """By language: the program and its export."""
    note: Mapping[str, str]
    """By language: what to choose when exporting, and what is assumed."""
    tables: Mapping[str, PresetTable]
    file: str = ""
    """Where it was read, as problems name it; empty for one that comes with the program."""


def preset_of(name: str, said: Mapping[str, Any], file: str = "") -> Preset:
    """Return a preset from the tables of its TOML file.

    Raises
    ------
    ValueError
        With the dotted key that has another shape than a preset's.

    Examples
    --------
    >>> said = {"tables": {"survey": {"signature": ["Id", ["Date", "Дата"]], "recipe": {}}}}
    >>> preset_of("ours", said).tables["survey"].signature
    (('Id',), ('Date', 'Дата'))
    """
    unknown = set(said) - {"title", "note", "tables"}
    if unknown:
        raise ValueError(min(unknown))
    tables = said.get("tables")
    if not isinstance(tables, Mapping) or not tables:
        raise ValueError("tables")
    return Preset(
        name=name,
        title=_by_language(said, "title"),
        note=_by_language(said, "note"),
        tables=MappingProxyType({table: _table(table, one) for table, one in tables.items()}),
        file=file,
    )


def _table(table: str, said: Any) -> PresetTable:
    key = f"tables.{table}"
    if not isinstance(said, Mapping):
        raise ValueError(key)
    unknown = set(said) - {"signature", "recipe"}
    if unknown:
        raise ValueError(f"{key}.{min(unknown)}")
    recipe = said.get("recipe", {})
    if not isinstance(recipe, Mapping):
        raise ValueError(f"{key}.recipe")
    entries = said.get("signature", [])
    try:
        if not isinstance(entries, list):
            raise ValueError
        signature = tuple(map(recipe_shapes.words, entries))
        if max(map(len, (signature, *signature))) > MOST_FORMS:
            raise ValueError
    except ValueError:
        raise ValueError(f"{key}.signature") from None
    return PresetTable(signature=signature, recipe=MappingProxyType(dict(recipe)))


def _by_language(said: Mapping[str, Any], key: str) -> Mapping[str, str]:
    """Return a text by language; one text stands for all."""
    texts = said.get(key, "")
    if isinstance(texts, str):
        texts = {"en": texts}
    if not isinstance(texts, Mapping) or not all(isinstance(t, str) for t in texts.values()):
        raise ValueError(key)
    return MappingProxyType(dict(texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """A preset file of the consultant's own."""

    folder: Path
    """Nothing outside it is opened."""
    name: str
    """The file's path inside it, with forward slashes."""
    called: str
    """What problems call it, seen from the engagement folder."""


def own_file(folder: Path, preset: str) -> OwnFile | None:
    """Return the file of a preset of the consultant's own: in the engagement, or beside it."""
    if not NAME.fullmatch(preset):
        return None
    name = f"{FOLDER}/{preset}.toml"
    for home, called in _homes(folder):
        if is_there(home, name):
            return OwnFile(folder=home, name=name, called=f"{called}{name}")
    return None


def known_names(folder: Path) -> list[str]:
    """Return the names of all presets that an engagement may use, its consultant's own first."""
    own = [
        name.removesuffix(".toml")
        for home, _ in _homes(folder)
        for name in names_in(home, FOLDER)[0]
        if name.endswith(".toml") and NAME.fullmatch(name.removesuffix(".toml"))
    ]
    return list(dict.fromkeys([*own, *shipped_presets()]))


def _homes(folder: Path) -> tuple[tuple[Path, str], ...]:
    return ((folder, ""), (folder.resolve().parent, "../"))


@cache
def shipped_presets() -> Mapping[str, Preset]:
    """Return the presets that come with the program, by name.

    >>> "surveymonkey" in shipped_presets()
    True
    """
    files = sorted((templates() / FOLDER).glob("*.toml"))
    found = {path.stem: preset_of(path.stem, toml_values(path.read_bytes())) for path in files}
    return MappingProxyType(found)


def recognised(
    headings: Sequence[str], presets: Mapping[str, Preset] | None = None
) -> list[tuple[str, str]]:
    """Return the presets whose signature a row of headings has, with the table that it feeds.

    Parameters
    ----------
    headings
        As the file has them; several rows joined as ``upper / lower``.
    presets
        By name; None: those that come with the program.

    Returns
    -------
    list
        Name and table, the one that asks for most headings first.

    Examples
    --------
    >>> recognised(["Respondent ID", "Collector ID", "Start Date", "End Date", "Your score"])[0]
    ('surveymonkey', 'survey')
    >>> recognised(["Name", "Score"])
    []
    """
    there = {plain(heading): heading for heading in headings if heading.strip()}
    known = shipped_presets() if presets is None else presets
    found: list[tuple[int, int, str, str]] = []
    for preset in known.values():
        for table, one in preset.tables.items():
            told = [_longest(entry, there) for entry in one.signature]
            if told and all(told):
                found.append((-len(told), -sum(told), preset.name, table))
    return [(name, table) for _, _, name, table in sorted(found)]


def _longest(forms: Sequence[str], there: Mapping[str, str]) -> int:
    """Return the letters of the longest of the forms that a heading has; 0 without one."""
    fitting = (
        form for form in forms
        if plain(form) in there
        or (has_star(form) and any(matches(form, heading) for heading in there.values()))
    )  # fmt: skip
    return max((len(plain(form.replace("*", ""))) for form in fitting), default=0)
