"""The table definitions that come with the package, one YAML file per input table."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbook.intake.schema import ColumnSchema, ColumnType, TableSchema
from workbook.language.package_data import templates
from workbook.language.yaml_text import yaml_values


@cache
def all_schemas() -> Mapping[str, TableSchema]:
    """Return every table definition by the table's name."""
    files = sorted((templates() / "tables").glob("*.yaml"))
    return MappingProxyType({path.stem: schema_of(path) for path in files})


def load_schema(name: str) -> TableSchema:
    """Return the definition of the table called ``name``.

    Raises
    ------
    KeyError
        When there is no such table.
    """
    return all_schemas()[name]


def schema_of(path: Path) -> TableSchema:
    """Return the definition of a table in one of the files that come with the package."""
    facts: dict[str, Any] = yaml_values(path.read_text("utf-8"))
    of_all = {key: True for key in ("dash_is_nil", "unit_as_option") if facts.pop(key, False)}
    columns = tuple(_column(name, column | of_all) for name, column in facts.pop("columns").items())
    facts["unique"] = tuple(facts.get("unique", ()))
    facts["before"] = tuple((first, second) for first, second in facts.get("before", ()))
    if "open_column" in facts:
        facts["open_column"] = _column("", facts["open_column"])
    return TableSchema(name=path.stem, columns=columns, **facts)


def _column(name: str, facts: Mapping[str, Any]) -> ColumnSchema:
    made = dict(facts)
    made["kind"] = ColumnType(made["kind"])
    made["aliases"] = tuple(made.get("aliases", ()))
    if made.get("choices"):
        made["choices"] = {word: tuple(forms) for word, forms in made["choices"].items()}
    return ColumnSchema(name=name, **made)
