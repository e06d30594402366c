"""The consultant's look: [brand] flat, or with the nested names of Quarto's _brand.yml."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook.engagement.settings import Brand
from workbook.errors import Problem
from workbook.intake.config_errors import place, unknown_key
from workbook.intake.files.logo import logo_uri
from workbook.intake.files.office_template import POWERPOINT, WORD, office_template
from workbook.intake.problems import UNSEEN, error

FONTS = ("Inter", "DejaVu Sans")
_NESTED = {
    "color.primary": "primary",
    "color.secondary": "secondary",
    "typography.base": "font",
    "meta.name": "name",
    "meta.author": "author",
    "logo.path": "logo",
}
_TEMPLATES = {"pptx_template": POWERPOINT, "docx_template": WORD}
_FLAT = ("name", "author", "logo", "primary", "secondary", "font", *_TEMPLATES)
_LONGEST = 200


def read_brand(section: Mapping[str, Any], folder: Path) -> tuple[Brand, list[Problem]]:
    """Return the checked brand and what is wrong with it; ``folder`` holds the logo and
    the templates.
    """
    given, problems = _fields(section)
    values: dict[str, Any] = {}
    for name, (key, value) in given.items():
        problem = _fault(name, key, value)
        if problem:
            problems.append(problem)
        elif name == "logo":
            values[name], found = logo_uri(str(value), folder, place(key))
            problems += found
        elif name in _TEMPLATES:
            kind = _TEMPLATES[name]
            values[name], found = office_template(str(value), folder, place(key), kind)
            problems += found
        else:
            values[name] = str(value).strip()
    return Brand(**values), problems


def _fields(section: Mapping[str, Any]) -> tuple[dict[str, tuple[str, Any]], list[Problem]]:
    """Return field -> (dotted key, value), and problems of unknown or repeated keys."""
    given: dict[str, tuple[str, Any]] = {}
    problems: list[Problem] = []
    for path, value in _leaves(section):
        name = _NESTED.get(path, path)
        key = f"brand.{path}"
        if name not in _FLAT:
            problems.append(unknown_key(key, path, (*_FLAT, *_NESTED)))
        elif name in given:
            problems.append(error("key_twice", place(key), other=given[name][0]))
        else:
            given[name] = (key, value)
    return given, problems


def _leaves(section: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in section.items():
        if isinstance(value, Mapping):
            found += [(f"{key}.{inner}", leaf) for inner, leaf in value.items()]
        else:
            found.append((key, value))
    return found


def _fault(name: str, key: str, value: object) -> Problem | None:
    if not isinstance(value, str):
        return error("not_text", place(key), value)
    if UNSEEN.search(value):
        return error("control_characters", place(key), value)
    if len(value) > _LONGEST:
        return error("text_too_long", place(key), value, most=_LONGEST)
    if name in ("primary", "secondary") and not re.fullmatch("#[0-9a-fA-F]{6}", value):
        return error("bad_colour", place(key), value)
    if name == "font" and value not in FONTS:
        return error("unknown_font", place(key), value, fonts=", ".join(FONTS))
    return None
