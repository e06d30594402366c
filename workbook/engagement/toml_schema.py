"""engagement.toml as a JSON Schema, by which editors complete keys and underline mistakes.

It is made of the models that check the file.  What a schema cannot say, the check says: that a
folder is there, that two options fit each other.
"""

import ast
import inspect
import json
import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workbook.engagement.brand_section import FONTS
from workbook.engagement.firm_file import ALLOWED
from workbook.engagement.intake_section import Configuration, IntakeSection, TableSection
from workbook.engagement.key_guide import KeyGuide, key_guides
from workbook.engagement.report_section import MOST_SHORT, MOST_TITLE, WORDS
from workbook.engagement.settings import SCHEMA_VERSION
from workbook.engagement.whatif_section import SECTIONS
from workbook.intake.recipe.recipe_schema import (
    DEFINITIONS,
    Node,
    column_names,
    names_of,
    shapes_of,
    shared_shapes,
)
from workbook.intake.schema import TableSchema
from workbook.intake.schema_files import all_schemas
from workbook.language.languages import ENGLISH, LANGUAGES
from workbook.language.package_data import templates

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAME = "engagement.schema.json"
"""Name of the file beside engagement.toml."""
_PATTERNS = {
    "id": "^[a-z0-9][a-z0-9_-]{0,63}$",
    "period": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
    "currency": "^[A-Z]{3}$",
}
_LONGEST_BRAND = 200
_COLOUR: Node = {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
_LINE: Node = {"type": "string", "maxLength": _LONGEST_BRAND}
_FONT: Node = {
    "type": "object",
    "properties": {
        "family": _LINE,
        "source": {"type": "string"},
        "files": {"type": "array", "items": {"anyOf": [_LINE, {"type": "object"}]}},
    },
    "required": ["family"],
}
_STEP: Node = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": 0},
        {"type": "number", "minimum": 0, "maximum": 100},
    ],
    "items": False,
    "minItems": 2,
}
_STEPS: Node = {"type": "array", "items": _STEP, "minItems": 1}


def engagement_schema(param_types: Mapping[str, type], language: str = ENGLISH) -> Node:
    """Return the JSON Schema of engagement.toml.

    Parameters
    ----------
    param_types
        Diagnostic name -> its class of options.
    language
        Of the descriptions; those of diagnostics' options are in English.

    Examples
    --------
    >>> engagement_schema({})["properties"]["currency"]["pattern"]
    '^[A-Z]{3}$'
    """
    model = _tidy(Configuration.model_json_schema())
    guides = key_guides()
    properties = {name: model["properties"][name] for name in guides.keys}
    for name, pattern in _PATTERNS.items():
        properties[name]["pattern"] = pattern
    properties["schema_version"] = {"const": SCHEMA_VERSION}
    properties["diagnostics"]["items"] = {"enum": list(param_types)}
    properties["diagnostics"]["uniqueItems"] = True
    properties["intake"] = _intake(language)
    properties["brand"] = _brand(language)
    properties["report"] = _report(tuple(param_types), language)
    properties["params"] = _closed({n: _params(kind) for n, kind in param_types.items()})
    properties["whatif"] = _whatif(language)
    return {
        "$schema": DIALECT,
        "title": "engagement.toml",
        **_closed(_described(properties, guides.keys, language)),
        "required": [key for key in model["required"] if key not in ALLOWED],
        "$defs": {
            **DEFINITIONS,
            **{names_of(schema): column_names(schema) for schema in all_schemas().values()},
            **_described(_recipe_keys(), guides.intake, language),
        },
    }


def schema_text(param_types: Mapping[str, type], language: str = ENGLISH) -> str:
    """Return the JSON Schema of engagement.toml as a file."""
    schema = engagement_schema(param_types, language)
    return json.dumps(schema, ensure_ascii=False, default=str) + "\n"


def _closed(properties: Mapping[str, Any]) -> Node:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _described(
    properties: Mapping[str, Node], guides: Mapping[str, KeyGuide], language: str
) -> dict[str, Node]:
    """Return schemas with what is said of their keys."""
    return {
        name: {"description": guides[name].help[language], **node} if name in guides else node
        for name, node in properties.items()
    }


def _recipe_keys() -> dict[str, Node]:
    """Return the schemas of the keys that are alike in [intake] and in every table's section."""
    made: dict[str, Node] = _tidy(TableSection.model_json_schema())["properties"]
    presets = tuple(sorted(path.stem for path in (templates() / "presets").glob("*.toml")))
    return {**made, **shared_shapes(presets)}


def _intake(language: str) -> Node:
    """Return the schema of [intake]: the keys for all tables, and a section for each."""
    general = {name: _of(name) for name in TableSection.model_fields if name not in _of_one_table()}
    schemas = all_schemas()
    general["columns"] = _closed({name: _headings(schema) for name, schema in schemas.items()})
    tables = {name: _table(schema, language) for name, schema in schemas.items()}
    return _closed({**general, **tables})


def _of(name: str) -> Node:
    return {"$ref": f"#/$defs/{name}"}


def _of_one_table() -> set[str]:
    """Return the keys that [intake] itself refuses, for they belong to one table."""
    try:
        IntakeSection.model_validate(dict.fromkeys(TableSection.model_fields, "?"))
    except ValidationError as failure:
        found = failure.errors(include_url=False, include_context=False, include_input=False)
        return {str(one["loc"][0]) for one in found if one["type"] == "of_one_table"}
    return set()


def _headings(schema: TableSchema) -> Node:
    return _closed({column.name: {"type": "string"} for column in schema.columns})


def _table(schema: TableSchema, language: str) -> Node:
    own = _described(dict(shapes_of(schema)), key_guides().intake, language)
    return _closed({name: own.get(name) or _of(name) for name in TableSection.model_fields})


def _brand(language: str) -> Node:
    """Return the schema of [brand], flat or as Quarto's _brand.yml nests it."""
    flat: dict[str, Node] = {
        "name": _LINE,
        "author": _LINE,
        "logo": {"anyOf": [_LINE, _closed({"path": _LINE})]},
        "cover": _LINE,
        "primary": _COLOUR,
        "secondary": _COLOUR,
        "tertiary": _COLOUR,
        "font": {"anyOf": [{"enum": list(FONTS)}, _LINE]},
        "fonts": {"type": "array", "items": _FONT},
        "pptx_template": _LINE,
        "docx_template": _LINE,
    }
    colours = {"primary": _COLOUR, "secondary": _COLOUR, "tertiary": _COLOUR}
    nested = {
        "color": _closed(colours),
        "typography": _closed({"base": flat["font"], "fonts": flat["fonts"]}),
        "meta": _closed({"name": _LINE, "author": _LINE}),
    }
    return _closed({**_described(flat, key_guides().brand, language), **nested})


def _report(diagnostics: Sequence[str], language: str) -> Node:
    """Return the schema of [report]: words of every report, and a section per diagnostic."""
    guides = key_guides()
    words: dict[str, Node] = {}
    for name, most in WORDS.items():
        text: Node = {"type": "string", "maxLength": most}
        words[name] = {"anyOf": [text, _closed(dict.fromkeys(LANGUAGES, text))]}
    names: Node = {"type": "array", "items": _LINE, "uniqueItems": True}
    title: Node = {"type": "string", "minLength": 1, "maxLength": MOST_TITLE}
    both = _closed({"title": title, "short": {"type": "string", "maxLength": MOST_SHORT}})
    titles: Node = {"type": "object", "additionalProperties": {"anyOf": [title, both]}}
    chapters = {"hide": names, "order": names, "titles": titles}
    shape = _closed(_described(chapters, guides.chapters, language))
    return _closed(
        {**_described(words, guides.report, language), **dict.fromkeys(diagnostics, shape)}
    )


def _whatif(language: str) -> Node:
    """Return the schema of [whatif]: a section for each page."""
    made: dict[str, Node] = {}
    for name, kind in SECTIONS.items():
        model = _tidy(kind.model_json_schema())
        properties = {**model["properties"], **({"steps": _STEPS} if name == "discount" else {})}
        described = _described(properties, key_guides().whatif[name], language)
        made[name] = {**_closed(described), "required": model.get("required", [])}
    return _closed(made)


def _params(kind: type) -> Node:
    """Return the schema of a diagnostic's options, described by the docstrings of its fields."""
    made: Node = _tidy(TypeAdapter(kind).json_schema())
    docs = field_docs(kind)
    for name, node in made["properties"].items():
        if name in docs:
            made["properties"][name] = {"description": docs[name], **node}
    return made


def field_docs(kind: type) -> dict[str, str]:
    """Return the docstrings of the fields of a class, each as one line."""
    (made,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    body = made.body if isinstance(made, ast.ClassDef) else []
    found: dict[str, str] = {}
    for field, doc in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(doc, ast.Expr)
            and isinstance(doc.value, ast.Constant)
        ):
            found[field.target.id] = " ".join(str(doc.value.value).replace("``", "").split())
    return found


def _tidy(node: Any) -> Any:
    """Return a schema without titles and without null, which TOML does not have."""
    if isinstance(node, list):
        return [_tidy(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: _tidy(value) for key, value in node.items() if not _is_noise(key, value)}
    kinds = [one for one in made.get("anyOf", ()) if one != {"type": "null"}]
    if len(kinds) == 1:
        return {**{key: value for key, value in made.items() if key != "anyOf"}, **kinds[0]}
    return {**made, "anyOf": kinds} if kinds else made


def _is_noise(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value is None)
