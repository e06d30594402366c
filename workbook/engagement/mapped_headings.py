"""Headings that [intake.columns] maps without saying of which table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook.errors import Problem
from workbook.intake.config_errors import place
from workbook.intake.files.sources import find_sources
from workbook.intake.problems import copied, error
from workbook.intake.schema_files import all_schemas
from workbook.intake.toml_line import columns_line


def mapped_without_table(raw: Mapping[str, Any], folder: Path) -> list[Problem]:
    """Return one problem with the whole line of the table that is most likely meant.

    It is the table that has the most of the named columns; of several, one whose file is there.
    """
    intake = raw.get("intake")
    mapped = intake.get("columns") if isinstance(intake, Mapping) else None
    if not isinstance(mapped, Mapping):
        return []
    named = {name: copied(said) for name, said in mapped.items() if isinstance(said, str)}
    table = _meant(named, folder)
    if not table:
        return []
    own = intake.get(table) if isinstance(intake, Mapping) else None
    before = own.get("columns", {}) if isinstance(own, Mapping) else {}
    before = before if isinstance(before, Mapping) else {}
    known = {column.name for column in all_schemas()[table].columns}
    line = columns_line({**before, **{n: said for n, said in named.items() if n in known}})
    return [error("columns_without_table", place("intake.columns"), table=table, line=line)]


def _meant(named: Mapping[str, str], folder: Path) -> str:
    schemas = all_schemas()
    there = {source.table for source in find_sources(folder, schemas)[0]}

    def merit(table: str) -> tuple[int, bool]:
        known = {column.name for column in schemas[table].columns}
        return len(known & named.keys()), table in there

    best = max(schemas, key=merit)
    return best if merit(best)[0] else ""
