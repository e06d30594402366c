"""Files of ratios and of statement lines: the shipped ones, and the engagement's own ratios."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from workbook.diagnostics.financial_quartiles.formula import (
    Expression,
    FormulaError,
    names,
    parse,
)
from workbook.diagnostics.financial_quartiles.lines import Identity, LineMap, LineName
from workbook.diagnostics.financial_quartiles.ratios import Ratio, RatioSet, Words
from workbook.errors import InputError, Location, Problem
from workbook.intake.files.yaml_file import yaml_tree
from workbook.language.catalog import LANGUAGES
from workbook.language.nearest import nearest
from workbook.language.package_data import read_once, templates
from workbook.language.yaml_text import yaml_values

RATIOS = "ratios.yaml"
"""Name of a file of ratios, the shipped one and the engagement's own."""
DIRECTIONS = ("higher", "lower")
_KEYS = ("groups", "ratios")
_RATIO_KEYS = ("id", "group", "direction", "formula", "label", "meaning")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_Fault = tuple[str, object, dict[str, object]]


def load_ratios(*, own: Path | None = None, folder: Path | None = None) -> RatioSet:
    """Return the shipped ratios and those of the engagement's own file.

    Parameters
    ----------
    own
        The engagement's own file: further ratios; one of a known id takes its place.
    folder
        The engagement folder that ``own`` must lie in; None: the user named the file.

    Raises
    ------
    InputError
        With every problem of both files at once.
    """
    trees, problems = _read_all(own, folder)
    if problems:
        raise InputError(problems)
    groups: dict[str, Words] = {}
    ratios: dict[str, Ratio] = {}
    for tree in trees:
        groups |= {name: dict(label) for name, label in tree.get("groups", {}).items()}
        ratios |= {facts["id"]: _ratio(facts) for facts in tree.get("ratios", ())}
    return RatioSet(groups=groups, ratios=tuple(ratios.values()))


def _read_all(
    own: Path | None, folder: Path | None
) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """Return the trees of the files that there are, and all their problems."""
    lines = shipped_lines().names
    first, problems = _read(templates() / RATIOS, lines=lines, groups=frozenset())
    if own is None:
        return [first], problems
    groups = frozenset(first.get("groups", {}))
    second, more = _read(own, lines=lines, groups=groups, folder=folder)
    return [first, second], (*problems, *more)


def _ratio(facts: Mapping[str, Any]) -> Ratio:
    return Ratio(
        id=facts["id"],
        group=facts["group"],
        higher=facts["direction"] == "higher",
        formula=" ".join(str(facts["formula"]).split()),
        tree=parse(str(facts["formula"])),
        label=dict(facts["label"]),
        meaning=dict(facts.get("meaning", {})),
    )


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


_read = read_once(read_ratios)


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


@cache
def shipped_lines() -> LineMap:
    """Return the lines that come with the program."""
    tree = yaml_values((templates() / "lines.yaml").read_text("utf-8"))
    return LineMap(
        lines={name: _line(name, facts) for name, facts in tree["lines"].items()},
        forms={form: _tables(tables) for form, tables in tree["forms"].items()},
        identities=tuple(_identity(facts) for facts in tree["identities"]),
        mean=dict(tree["mean"]),
    )


def _line(name: str, facts: Mapping[str, Any]) -> LineName:
    return LineName(
        name=name,
        label=dict(facts["label"]),
        sign=facts["sign"],
        growth=facts.get("growth", False),
        wanted=facts.get("wanted", ""),
        aliases=tuple(facts.get("aliases", ())),
    )


def _tables(tables: Mapping[int, Mapping[int, str]]) -> dict[int, dict[str, str]]:
    return {year: {str(c): name for c, name in codes.items()} for year, codes in tables.items()}


def _identity(facts: Mapping[str, Any]) -> Identity:
    return Identity(
        total=facts["total"],
        parts=tuple(facts["parts"]),
        exhaustive=facts.get("exhaustive", False),
    )
