"""``workbook list``: diagnostics, the tables they read and the options they take."""

import dataclasses
import json
import typing
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Any, Literal

if typing.TYPE_CHECKING:
    from workbook.diagnostics.controllability.questionnaire import Questionnaire
    from workbook.diagnostics.outline import AnyOutline
    from workbook.forms.table_form import TableForm
    from workbook.intake.recipe.presets import Preset


def lines(diagnostics: "Sequence[AnyOutline]") -> Iterator[str]:
    """Yield the description of the diagnostics line by line."""
    for diagnostic in diagnostics:
        optional = [t for t in diagnostic.tables if t not in diagnostic.needs_any]
        yield diagnostic.name
        yield f"  needs at least one of: {', '.join(diagnostic.needs_any)}"
        if optional:
            yield f"  reads also: {', '.join(optional)}"
        yield f"  options ([params.{diagnostic.name}]):"
        yield from (f"    {option}" for option in options(diagnostic.params))


def preset_lines(presets: "Mapping[str, Preset]") -> Iterator[str]:
    """Yield the presets with the tables that they read, a line each."""
    yield "presets (docs/presets.md):"
    for name, preset in sorted(presets.items()):
        yield f"  {name}: {', '.join(preset.tables)}: {preset.title.get('en', name)}"


def form_lines(
    questionnaires: "Sequence[Questionnaire]", forms: "Mapping[str, TableForm]"
) -> Iterator[str]:
    """Yield the forms that can be made: questionnaires, then those of tables, a line each."""
    yield "forms (docs/forms.md):"
    for asked in questionnaires:
        yield f"  {asked.id}: answers: {asked.title['en']}"
    for name, form in sorted(forms.items()):
        yield f"  {name}: {form.table}: {form.title['en']}"


def options(params: type) -> list[str]:
    """Return ``name: type = default`` of every field of a Params class."""
    hints = typing.get_type_hints(params)
    return [
        f"{field.name}: {type_name(hints[field.name])}{_default(field)}"
        for field in dataclasses.fields(params)
    ]


def type_name(hint: Any) -> str:
    """Return a type as a person writes it in TOML.

    >>> type_name(Literal["start", "end"])
    '"start" | "end"'
    """
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return " | ".join(f'"{a}"' if isinstance(a, str) else str(a) for a in arguments)
    if origin in (UnionType, typing.Union):
        return " | ".join(type_name(a) for a in arguments if a is not type(None))
    if origin is Mapping:
        return f"{{name = {type_name(arguments[-1])}}}"
    names = {str: "text", int: "whole number", float: "number", bool: "true | false"}
    if origin in (tuple, list):
        inner = list(dict.fromkeys(type_name(a) for a in arguments if a is not Ellipsis))
        return f"[{', '.join(inner)}]"
    return names.get(hint, getattr(hint, "__name__", str(hint)))


def _default(field: "dataclasses.Field[Any]") -> str:
    value = field.default
    if value is dataclasses.MISSING:
        if field.default_factory is dataclasses.MISSING:
            return ""
        value = field.default_factory()
    if value is None:
        return " (not set)"
    if isinstance(value, bool):
        return f" = {str(value).lower()}"
    if isinstance(value, tuple):
        return f" = {json.dumps(value)}"
    return f" = {json.dumps(value)}" if isinstance(value, str) else f" = {value}"
