"""What must hold for a file of reasons; every fault at once, each as a Problem."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import process

from workbook.diagnostics.churn_reasons.prevention_result import Instrument
from workbook.errors import Location, Problem
from workbook.intake.files.yaml_file import yaml_tree
from workbook.language.catalog import LANGUAGES
from workbook.language.lemmas import bare

OWNERS = (
    "marketing",
    "sales",
    "staff_training",
    "motivation",
    "service_quality",
    "business_processes",
    "product",
    "external",
)
"""The systems of the organisation that the source names, and what none of them can mend."""
_KEYS = ("unknown", "groups")
_REASON_KEYS = ("id", "label", "aliases", "owner", "preventable", "instrument")
_CHOICES: dict[str, tuple[str, ...]] = {
    "owner": OWNERS,
    "preventable": ("yes", "no", "unknown"),
    "instrument": tuple(Instrument),
}
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_Tree = dict[str, Any]
_Fault = tuple[str, object, dict[str, object]]


def read_taxonomy(path: Path, *, folder: Path | None = None) -> tuple[_Tree, tuple[Problem, ...]]:
    """Return the tree of a file of reasons (all scalars as text) and its problems."""
    place = Location(file=path.name)
    tree, unusable = yaml_tree(path, place, unreadable="reasons_unreadable", folder=folder)
    if unusable:
        return {}, unusable
    faults = list(_shape(tree))
    if not faults:
        faults = [*_unknown(tree), *_twice(tree)]
    problems = tuple(
        Problem(code=code, place=place, found=str(found)[:80], facts=facts)
        for code, found, facts in faults
    )
    return tree if isinstance(tree, dict) else {}, problems


def _shape(tree: object) -> Iterator[_Fault]:
    groups = tree.get("groups") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not isinstance(groups, list) or not groups:
        yield "reasons_no_groups", "", {}
        return
    yield from _unknown_keys(tree, _KEYS)
    for number, group in enumerate(groups, start=1):
        yield from _entry_shape(group, str(number), keys=(*_REASON_KEYS, "reasons"), whole=True)
        reasons = group.get("reasons", []) if isinstance(group, dict) else []
        if not isinstance(reasons, list):
            yield "reasons_entry", "", {"entry": str(number)}
            continue
        for of_group, reason in enumerate(reasons, start=1):
            yield from _entry_shape(reason, f"{number}.{of_group}", keys=_REASON_KEYS, whole=False)


def _entry_shape(
    entry: object, number: str, *, keys: tuple[str, ...], whole: bool
) -> Iterator[_Fault]:
    if not isinstance(entry, dict):
        yield "reasons_entry", entry, {"entry": number}
        return
    yield from _unknown_keys(entry, keys)
    name = str(entry.get("id", ""))
    if not _ID.fullmatch(name):
        yield "reasons_id", name, {"entry": number}
    label = entry.get("label")
    for language in LANGUAGES:
        text = label.get(language) if isinstance(label, dict) else None
        if not isinstance(text, str) or not bare(text) or set(text) & set(";\n"):
            yield "reasons_label", text or "", {"entry": name or number, "language": language}
    aliases = entry.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(a, str) and bare(a) for a in aliases):
        yield "reasons_aliases", "", {"entry": name or number}
    for key, allowed in _CHOICES.items():
        missing = whole and key != "instrument" and key not in entry
        if missing or (key in entry and entry[key] not in allowed):
            facts: dict[str, object] = {"entry": name or number, "key": key}
            facts["expected"] = ", ".join(allowed)
            yield "reasons_choice", entry.get(key, ""), facts


def _unknown_keys(tree: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[_Fault]:
    for key in tree:
        if key not in known:
            nearest = process.extractOne(str(key), known)
            yield "reasons_key", key, {"nearest": nearest[0] if nearest else ""}


def _unknown(tree: _Tree) -> Iterator[_Fault]:
    ids = [entry["id"] for entry in _entries(tree)]
    if tree.get("unknown") not in ids:
        yield "reasons_no_unknown", tree.get("unknown", ""), {}


def _twice(tree: _Tree) -> Iterator[_Fault]:
    """Find ids that stand twice, and names or aliases of two reasons."""
    ids = [entry["id"] for entry in _entries(tree)]
    for name in sorted({i for i in ids if ids.count(i) > 1}):
        yield "reasons_twice", name, {"first": name, "second": name}
    owner: dict[str, str] = {}
    for entry in _entries(tree):
        names = (entry["id"], *entry["label"].values(), *entry.get("aliases", ()))
        for name in dict.fromkeys(map(bare, names)):
            first = owner.setdefault(name, entry["id"])
            if first != entry["id"]:
                yield "reasons_twice", name, {"first": first, "second": entry["id"]}


def _entries(tree: _Tree) -> Iterator[_Tree]:
    for group in tree["groups"]:
        yield group
        yield from group.get("reasons") or ()
