"""What must hold for a file of ratios; every fault at once, each as a Problem."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbook.diagnostics.financial_quartiles.formula import (
    Expression,
    FormulaError,
    names,
    parse,
)
from workbook.errors import Location, Problem
from workbook.intake.files.yaml_file import yaml_tree
from workbook.language.catalog import LANGUAGES
from workbook.language.nearest import nearest

DIRECTIONS = ("higher", "lower")
_KEYS = ("groups", "ratios")
_RATIO_KEYS = ("id", "group", "direction", "formula", "label", "meaning")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_Fault = tuple[str, object, dict[str, object]]


def read_ratios(
    path: Path, *, lines: frozenset[str], groups: frozenset[str], folder: Path | None = None
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the tree of a file of ratios (all scalars as text) and its problems.

    ``groups`` are those that are known beside the file's own.
    """
    place = Location(file=path.name)
    tree, unusable = yaml_tree(path, place, unreadable="ratios_unreadable", folder=folder)
    if unusable:
        return {}, unusable
    problems = tuple(
        Problem(code=code, place=place, found=str(found)[:80], facts=facts)
        for code, found, facts in _faults(tree, lines, groups)
    )
    return tree if isinstance(tree, dict) else {}, problems


def _faults(tree: object, lines: frozenset[str], groups: frozenset[str]) -> Iterator[_Fault]:
    if not isinstance(tree, dict) or not isinstance(tree.get("ratios"), list) or not tree["ratios"]:
        yield "ratios_none", "", {}
        return
    yield from _unknown_keys(tree, _KEYS)
    own = tree.get("groups", {})
    if not isinstance(own, dict):
        yield "ratios_groups", "", {}
        own = {}
    for name, label in own.items():
        yield from _label_faults(label, str(name), "label")
    seen: set[str] = set()
    for number, ratio in enumerate(tree["ratios"], start=1):
        if not isinstance(ratio, dict):
            yield "ratios_entry", ratio, {"entry": str(number)}
            continue
        yield from _ratio_faults(ratio, number, groups | set(own), lines)
        name = str(ratio.get("id", ""))
        if name in seen:
            yield "ratios_twice", name, {}
        seen.add(name)


def _ratio_faults(
    ratio: Mapping[str, Any], number: int, groups: frozenset[str], lines: frozenset[str]
) -> Iterator[_Fault]:
    yield from _unknown_keys(ratio, _RATIO_KEYS)
    name = str(ratio.get("id", ""))
    if not _ID.fullmatch(name):
        yield "ratios_id", name, {"entry": str(number)}
    entry = name or str(number)
    for key, allowed in (("direction", DIRECTIONS), ("group", tuple(sorted(groups)))):
        if ratio.get(key) not in allowed:
            facts: dict[str, object] = {"entry": entry, "key": key, "expected": ", ".join(allowed)}
            yield "ratios_choice", ratio.get(key, ""), facts
    yield from _label_faults(ratio.get("label"), entry, "label")
    if "meaning" in ratio:
        yield from _label_faults(ratio["meaning"], entry, "meaning")
    yield from _formula_faults(ratio.get("formula", ""), entry, lines)


def _label_faults(label: object, entry: str, key: str) -> Iterator[_Fault]:
    for language in LANGUAGES:
        text = label.get(language) if isinstance(label, dict) else None
        if not isinstance(text, str) or not text.strip():
            yield "ratios_label", "", {"entry": entry, "key": key, "language": language}


def _formula_faults(formula: object, entry: str, lines: frozenset[str]) -> Iterator[_Fault]:
    try:
        tree: Expression = parse(str(formula))
    except FormulaError as failure:
        yield "ratios_formula", formula, {"entry": entry, "rest": str(failure.args[0])[:40] or "…"}
        return
    if not names(tree):
        yield "ratios_formula", formula, {"entry": entry, "rest": str(formula)[:40]}
    for name in names(tree):
        if name not in lines:
            yield "ratios_line", name, {"entry": entry, "nearest": nearest(name, sorted(lines))}


def _unknown_keys(tree: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[_Fault]:
    for key in tree:
        if key not in known:
            yield "ratios_key", key, {"nearest": nearest(str(key), known)}
