"""The shipped questionnaires, read plainly: what is asked and how it is called."""

from functools import cache
from typing import Any

import yaml

from workbook.language.package_data import templates

FIRST = "controllability"


@cache
def _file(name: str) -> dict[str, Any]:
    path = templates() / "questionnaires" / f"{name}.yaml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def title(name: str, language: str) -> str:
    """Return what a questionnaire is called."""
    return str(_file(name)["title"][language])


def sections(name: str) -> dict[str, list[str]]:
    """Return the items that are on, by section."""
    return {
        section["id"]: [item["id"] for item in section["items"] if item.get("default", True)]
        for section in _file(name)["sections"]
    }
