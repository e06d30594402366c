"""JSON Schema of the recipe keys that may be written in several shapes.

The shapes are those of :mod:`workbook.intake.recipe.recipe_shapes`; beyond them a schema may be
more generous than the program, never stricter.
"""

from collections.abc import Mapping
from typing import Any

from workbook.intake.recipe.recipe_shapes import LONGEST, MOST_WORDS
from workbook.intake.schema import TableSchema
from workbook.language.languages import ENGLISH

Node = dict[str, Any]
_MOST_HEADING_ROWS = 5
_ROW: Node = {"type": "integer", "minimum": 1}
_WORD: Node = {"type": "string", "maxLength": LONGEST}
_FILLED: Node = {**_WORD, "minLength": 1}
_SEVERAL: Node = {"type": "array", "items": _FILLED, "minItems": 2}
_SCALAR: Node = {"type": ["string", "integer", "number", "boolean"]}


def _one_or_more(one: Node, most: int = MOST_WORDS) -> Node:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": most}]}


def _object(properties: Node, required: tuple[str, ...]) -> Node:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


WORDS: Node = _one_or_more(_FILLED)
"""A text, or a list of texts."""
_VALUE: Node = {"anyOf": [_WORD, {"type": "array", "items": _WORD, "maxItems": MOST_WORDS}]}
COLUMN_SOURCE: Node = {
    "anyOf": [
        *WORDS["anyOf"],
        _object({"value": _WORD}, ("value",)),
        _object(
            {
                "join": {"type": "array", "items": _FILLED, "minItems": 2},
                "sign": {"type": "string"},
            },
            ("join",),
        ),
        _object({"above": _FILLED}, ("above",)),
        _object({"column": {"type": ["string", "integer"]}}, ("column",)),
        _object({"sheet": _FILLED}, ("sheet",)),
        _object({"file": _FILLED}, ("file",)),
        _object({"row": {"const": True}}, ("row",)),
    ]
}
"""Where a column comes from."""
_VALUES: Node = {"type": "object", "minProperties": 1, "additionalProperties": _VALUE}
_RULE: Node = _one_or_more(_SCALAR)
_WHERE: Node = {
    "type": "object",
    "additionalProperties": {
        "anyOf": [
            *_RULE["anyOf"],
            *(
                _object({way: _RULE, "if_there": {"const": True}}, (way,))
                for way in ("not", "keep")
            ),
        ]
    },
}


def shared_shapes(presets: tuple[str, ...]) -> Mapping[str, Node]:
    """Return the schemas of the keys that are alike for every table.

    >>> sorted(shared_shapes(()))[:3]
    ['date_formats', 'drop_rows', 'file']
    """
    known = [{"enum": list(presets)}] if presets else []
    return {
        "preset": {"anyOf": [*known, {"type": "string", "minLength": 1, "maxLength": 64}]},
        "file": WORDS,
        "files": WORDS,
        "sheets": WORDS,
        "header_row": _one_or_more(_ROW, _MOST_HEADING_ROWS),
        "headings": {"type": "array", "items": _WORD, "minItems": 1, "maxItems": MOST_WORDS},
        "date_formats": WORDS,
        "where": _WHERE,
        "drop_rows": _one_or_more({"anyOf": [_ROW, _FILLED]}),
        "fill_down": WORDS,
    }


def names_of(schema: TableSchema) -> str:
    """Return the name under which the names of a table's columns are defined."""
    return f"columns_of_{schema.name}"


def column_names(schema: TableSchema) -> Node:
    """Return the schema of a name of one of the table's columns."""
    return {"enum": [column.name for column in schema.columns]}


def shapes_of(schema: TableSchema) -> Mapping[str, Node]:
    """Return the schemas of the keys that name columns of a table."""
    one: Node = {"$ref": f"#/$defs/{names_of(schema)}"}
    source: Node = {"$ref": "#/$defs/column_source"}
    closed = {c.name: dict(c.choice_words(ENGLISH)) for c in schema.columns}
    return {
        "columns": {
            "type": "object",
            "properties": {column.name: source for column in schema.columns},
            "additionalProperties": False,
        },
        "values": {
            "type": "object",
            "properties": {name: _values_of(words) for name, words in closed.items() if words},
            "propertyNames": one,
            "additionalProperties": {"$ref": "#/$defs/values"},
        },
        "generate": _one_or_more(one),
        "latest": _one_or_more(one),
        "melt": _object(
            {
                "columns": WORDS,
                "into": {"type": "array", "items": one, "minItems": 2, "maxItems": 2},
            },
            ("columns", "into"),
        ),
    }


def _values_of(words: Mapping[str, str]) -> Node:
    """Return the schema of the words of a closed list, whose own words are named."""
    named = {word: {"$ref": "#/$defs/value_words"} for word in words}
    return {**_VALUES, "properties": named}


DEFINITIONS: Mapping[str, Node] = {
    "column_source": COLUMN_SOURCE,
    "values": _VALUES,
    "value_words": _VALUE,
}
"""Schemas that others refer to by name."""
