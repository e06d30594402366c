"""The client's own words: headings and the entries of closed lists."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data_samples.generate.rows import Cell, Row
from data_samples.generate.spec import Layout

CLOSED = (
    *("kind", "side", "mark", "registered", "cause_found", "cause_removed", "process_mended"),
    *("verified", "complained", "exit_interview", "destination", "status", "level", "form"),
)


@cache
def words() -> dict[str, Any]:
    """Return headings and closed lists by language."""
    path = Path(__file__).with_name("words.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def headings(language: str, layout: Layout) -> list[Cell]:
    """Return the headings of the columns that ``layout`` shows; a product is its own heading."""
    known = {**words()[language][layout.table], **layout.headings}
    return [known.get(column, column) for column in layout.columns]


def in_words(language: str, row: Row, layout: Layout) -> list[Cell]:
    """Return the cells of ``row`` in the order of ``layout``, closed lists in the language."""
    choices = words()[language]["choices"]
    cells = [(column, row.get(column)) for column in layout.columns]
    return [choices.get(value, value) if column in CLOSED else value for column, value in cells]


@cache
def _reason_words() -> dict[str, Any]:
    path = Path(__file__).with_name("reasons.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def reasons(language: str) -> dict[str, str]:
    """Return the wording of every reason by its id."""
    found: dict[str, str] = _reason_words()[language]
    return found


def preventable(reason: str) -> bool:
    """Return whether the client could have prevented the loss."""
    return bool(_reason_words()["preventable"][reason])
