"""The preset that a table of engagement.toml names: found, checked, completed by what it says.

A preset file of the consultant's own is looked for in ``presets/`` of the engagement, then in
``presets/`` beside it, then among those that come with the program.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from workbook.engagement.intake_section import TableSection, intake_problems, section
from workbook.engagement.settings import IntakeOptions
from workbook.errors import InputError, Location, Problem
from workbook.intake.config_errors import config_problems, place, unknown_key, unusable_values
from workbook.intake.files.toml_file import read_toml
from workbook.intake.problems import error, few_of_each
from workbook.intake.recipe.presets import (
    OwnFile,
    Preset,
    known_names,
    own_file,
    preset_of,
    shipped_presets,
)
from workbook.intake.schema_files import all_schemas
from workbook.language.nearest import nearest, plain

_JOINED = ("drop_rows", "missing")
_BY_KEY = ("columns", "where")
_INSTEAD: Mapping[str, tuple[str, ...]] = {
    "file": ("files",),
    "files": ("file",),
    "header_row": ("headings", "skip_rows"),
    "headings": ("header_row", "skip_rows"),
    "skip_rows": ("header_row", "headings"),
    "date_order": ("date_formats",),
}
"""What of a preset is no longer meant when the engagement says something of the same kind."""


def with_presets(raw: Mapping[str, Any], folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Return engagement.toml with the recipes that its tables name, and what is wrong with those.

    Parameters
    ----------
    raw
        What the file says, as it was parsed.
    folder
        The engagement folder.
    """
    made, problems = dict(raw), []
    intake = section(raw, "intake")
    for table in all_schemas():
        said = section(intake, table)
        name = said.get("preset")
        if not isinstance(name, str) or not name:
            continue
        preset, found = preset_named(name, folder)
        key = place(f"intake.{table}.preset")
        if preset is None:
            problems += found or [_unknown(name, key, folder)]
        elif table not in preset.tables:
            facts = {"table": table, "tables": ", ".join(preset.tables)}
            problems.append(error("preset_of_other_table", key, name, **facts))
        else:
            complete = with_preset(said, preset.tables[table].recipe)
            intake = {**intake, table: complete}
            made["intake"] = intake
    return made, problems


def told_apart(intake: IntakeOptions, raw: Mapping[str, Any]) -> IntakeOptions:
    """Return the options with the columns that only a preset maps marked as its own.

    Parameters
    ----------
    raw
        What engagement.toml says, without presets.
    """
    said = section(raw, "intake")
    tables = dict(intake.tables)
    for table, options in intake.tables.items():
        own = {*section(section(said, table), "columns"), *section(section(said, "columns"), table)}
        if options.preset:
            columns = {
                name: source if name in own else replace(source, usual=True)
                for name, source in options.columns.items()
            }
            tables[table] = replace(options, columns=columns)
    return replace(intake, tables=tables)


def preset_named(name: str, folder: Path) -> tuple[Preset | None, list[Problem]]:
    """Return the preset of a name: the consultant's own, or one that comes with the program.

    None and no problem when there is none; None and its problems when the file is not usable.
    """
    own = own_file(folder, name)
    if own is None:
        return shipped_presets().get(name), []
    try:
        preset = _read_own(name, own)
    except InputError as failure:
        return None, list(failure.problems)
    return preset, []


def _read_own(name: str, own: OwnFile) -> Preset:
    raw = read_toml(own.folder, own.name, called=own.called)
    problems = [*unusable_values(raw)]
    try:
        preset = preset_of(name, raw, own.called)
    except ValueError as failure:
        raise InputError([error("bad_preset", _in_file(own.called, str(failure)))]) from failure
    for table, one in preset.tables.items():
        if table not in all_schemas():
            problems.append(unknown_key(f"tables.{table}", table, all_schemas()))
        else:
            problems += _recipe_problems(table, one.recipe)
    if problems:
        placed = [replace(p, place=_in_file(own.called, p.place.column)) for p in problems]
        raise InputError(few_of_each(placed))
    return preset


def _recipe_problems(table: str, recipe: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a recipe, as [intake.<table>] is judged."""
    key = f"tables.{table}.recipe"
    known = tuple(name for name in TableSection.model_fields if name != "preset")
    problems = [unknown_key(f"{key}.preset", "preset", known)] if "preset" in recipe else []
    try:
        TableSection.model_validate(dict(recipe))
    except ValidationError as failure:
        problems += config_problems(failure, prefix=key, known={(): known})
    for one in intake_problems({"intake": {table: recipe}}):
        where = one.place.column.replace(f"intake.{table}", key, 1)
        problems.append(replace(one, place=place(where)))
    return problems


def _in_file(file: str, key: str) -> Location:
    return Location(file=file, column=key)


def _unknown(name: str, key: Location, folder: Path) -> Problem:
    known = known_names(folder)
    facts = {"nearest": nearest(name, known), "known": ", ".join(known)}
    return error("unknown_preset", key, name, **facts)


def with_preset(said: Mapping[str, Any], recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Return a section of engagement.toml completed by a recipe; what it says itself wins.

    ``columns`` and ``where`` are completed key by key, ``values`` word by word; ``drop_rows`` and
    ``missing`` are those of both.

    Examples
    --------
    >>> base = {"columns": {"date": "Closed", "status": "Stage"}, "drop_rows": ["Total*"]}
    >>> with_preset({"columns": {"date": "Created"}, "drop_rows": 2}, base)["columns"]
    {'status': 'Stage', 'date': 'Created'}
    >>> with_preset({"columns": {"date": "Created"}, "drop_rows": 2}, base)["drop_rows"]
    ['Total*', 2]
    """
    gone = {other for key in said for other in _INSTEAD.get(key, ())}
    made = {key: value for key, value in recipe.items() if key not in gone}
    for key, own in said.items():
        base = made.get(key)
        if key in _JOINED and base is not None:
            made[key] = [*_list(base), *(one for one in _list(own) if one not in _list(base))]
        elif key in _BY_KEY and isinstance(base, Mapping) and isinstance(own, Mapping):
            made[key] = _by_key(base, own)
        elif key == "values" and isinstance(base, Mapping) and isinstance(own, Mapping):
            made[key] = {**base, **{c: _words(base.get(c), words) for c, words in own.items()}}
        else:
            made[key] = own
    return made


def _by_key(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of both; keys are compared as headings are."""
    named = set(map(plain, own))
    return {key: one for key, one in base.items() if plain(key) not in named} | dict(own)


def _words(base: Any, own: Any) -> Any:
    """Return the client's words for our values: the preset's without those that are given anew."""
    if not isinstance(base, Mapping) or not isinstance(own, Mapping):
        return own
    given = {_key(word) for words in own.values() for word in _list(words)}
    made: dict[str, Any] = {}
    for value, words in base.items():
        left = [word for word in _list(words) if _key(word) not in given]
        if left:
            made[value] = left
    for value, words in own.items():
        made[value] = [*made.get(value, []), *_list(words)]
    return made


def _key(word: Any) -> str:
    """Return a word for comparison; what is no text is refused later."""
    return "*".join(map(plain, str(word).split("*")))


def _list(said: Any) -> list[Any]:
    return list(said) if isinstance(said, list | tuple) else [said]


def presets_of(folder: Path) -> dict[str, Preset]:
    """Return the presets that an engagement may use; one that cannot be read is left out."""
    found = {name: preset_named(name, folder)[0] for name in known_names(folder)}
    return {name: preset for name, preset in found.items() if preset is not None}
