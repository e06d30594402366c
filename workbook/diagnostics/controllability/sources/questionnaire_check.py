"""What must hold for a questionnaire file; every fault at once, each as a Problem."""

import math
import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from workbook.diagnostics.controllability.questionnaire import SCORES
from workbook.errors import Location, Problem
from workbook.intake.files.yaml_file import yaml_tree
from workbook.language.catalog import LANGUAGES
from workbook.language.nearest import nearest

Tree: TypeAlias = dict[str, Any]
Fault: TypeAlias = tuple[str, object, dict[str, object]]
TRUTHS: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ITEM_ID = re.compile(r"[0-9a-z]+(\.[0-9a-z]+)*")
_KEYS = (
    *("id", "version", "title", "purpose", "source", "marks", "aspects", "aspects_note"),
    *("sections", "profiles"),
)
_SECTION_KEYS = ("id", "title", "items")
_ITEM_WORDS = ("wording", "guidance", "recommendation", "metric")
_ITEM_KEYS = ("id", *_ITEM_WORDS, "original", "aspect", "weight", "default", "repeats")
_PROFILE_KEYS = ("id", "title", "all", "marks")


def read_questionnaire(
    path: Path, name: str, *, folder: Path | None = None
) -> tuple[Tree, tuple[Problem, ...]]:
    """Return the tree of a questionnaire file (all scalars as text) and its problems.

    Parameters
    ----------
    path
        The file.
    name
        What problems call it.
    """
    place = Location(file=name)
    tree, unusable = yaml_tree(path, place, unreadable="questionnaire_unreadable", folder=folder)
    if unusable:
        return {}, unusable
    problems = tuple(
        Problem(code=code, place=place, found=str(found)[:80], facts=facts)
        for code, found, facts in _faults(tree, path.stem)
    )
    return tree if isinstance(tree, dict) else {}, problems


def _faults(tree: object, stem: str) -> Iterator[Fault]:
    if not isinstance(tree, dict) or not _lists(tree.get("sections")):
        yield "questionnaire_no_sections", "", {}
        return
    yield from _head(tree, stem)
    ids: list[str] = []
    for number, section in enumerate(tree["sections"], start=1):
        yield from _section(section, str(number), tree, ids)
    yield from _twice(ids, "item")
    yield from _twice(_ids(tree["sections"]), "section")
    yield from _repeats(tree, ids)
    yield from _profiles(tree.get("profiles", []), ids)


def _head(tree: Tree, stem: str) -> Iterator[Fault]:
    yield from _unknown_keys(tree, _KEYS, stem)
    name = tree.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name) or name != stem:
        yield "questionnaire_id", name or "", {"expected": stem}
    version = tree.get("version")
    if not isinstance(version, str) or not version.isdecimal() or int(version) < 1:
        yield "questionnaire_value", version or "", _expected(stem, "version", "1, 2, 3 …")
    for key in ("title", "purpose", "source"):
        yield from _words(tree.get(key), stem, key)
    if "aspects_note" in tree:
        yield from _words(tree["aspects_note"], stem, "aspects_note")
    marks = tree.get("marks")
    if not isinstance(marks, dict) or set(marks) != set(SCORES):
        yield "questionnaire_value", "", _expected(stem, "marks", ", ".join(SCORES))
    else:
        for mark, words in marks.items():
            yield from _words(words, stem, f"marks {mark}")
    aspects = tree.get("aspects", {})
    if not isinstance(aspects, dict):
        yield "questionnaire_entry", aspects, {"entry": "aspects"}
        return
    for aspect, words in aspects.items():
        yield from _words(words, "aspects", aspect)


def _section(section: object, number: str, tree: Tree, ids: list[str]) -> Iterator[Fault]:
    if not isinstance(section, dict) or not _lists(section.get("items")):
        yield "questionnaire_entry", "", {"entry": number}
        return
    yield from _unknown_keys(section, _SECTION_KEYS, number)
    yield from _plain_id(section.get("id"), number)
    yield from _words(section.get("title"), number, "title")
    for position, item in enumerate(section["items"], start=1):
        if not isinstance(item, dict):
            yield "questionnaire_entry", item, {"entry": f"{number}, {position}"}
            continue
        yield from _item(item, f"{number}, {position}", tree)
        if isinstance(item.get("id"), str):
            ids.append(item["id"])


def _item(item: Tree, position: str, tree: Tree) -> Iterator[Fault]:
    yield from _plain_id(item.get("id"), position)
    entry = item["id"] if isinstance(item.get("id"), str) else position
    yield from _unknown_keys(item, _ITEM_KEYS, entry)
    for key in _ITEM_WORDS:
        yield from _words(item.get(key), entry, key)
    if "original" in item:
        yield from _words(item["original"], entry, "original", every=False)
    aspects = tree.get("aspects", {})
    known = list(aspects) if isinstance(aspects, dict) else []
    if "aspect" in item and not _is_one_of(item["aspect"], known):
        yield "questionnaire_value", item["aspect"], _expected(entry, "aspect", ", ".join(known))
    if "weight" in item and not _is_weight(item["weight"]):
        yield "questionnaire_value", item["weight"], _expected(entry, "weight", "≥ 0")
    if "default" in item and not _is_one_of(item["default"], TRUTHS):
        yield "questionnaire_value", item["default"], _expected(entry, "default", "true, false")


def _repeats(tree: Tree, ids: list[str]) -> Iterator[Fault]:
    for section in tree["sections"]:
        for item in section.get("items", ()) if isinstance(section, dict) else ():
            if isinstance(item, dict) and "repeats" in item:
                other = item["repeats"]
                if other not in ids or other == item.get("id"):
                    yield from _no_item(other, ids, str(item.get("id", "")))


def _profiles(profiles: object, ids: list[str]) -> Iterator[Fault]:
    if not isinstance(profiles, list):
        yield "questionnaire_entry", "", {"entry": "profiles"}
        return
    for number, profile in enumerate(profiles, start=1):
        entry = f"profiles, {number}"
        if not isinstance(profile, dict):
            yield "questionnaire_entry", profile, {"entry": entry}
            continue
        yield from _unknown_keys(profile, _PROFILE_KEYS, entry)
        yield from _plain_id(profile.get("id"), entry)
        yield from _words(profile.get("title"), entry, "title")
        yield from _profile_marks(profile, entry, ids)
    yield from _twice(_ids(profiles), "profile")


def _profile_marks(profile: Tree, entry: str, ids: list[str]) -> Iterator[Fault]:
    marks = profile.get("marks", {})
    if not isinstance(marks, dict):
        yield "questionnaire_entry", marks, {"entry": f"{entry}, marks"}
        return
    given = {**({"all": profile["all"]} if "all" in profile else {}), **marks}
    for item, mark in given.items():
        if item != "all" and item not in ids:
            yield from _no_item(item, ids, entry)
        if not _is_one_of(mark, SCORES):
            yield "questionnaire_value", mark, _expected(entry, item, ", ".join(SCORES))
    missing = [] if "all" in profile else [item for item in ids if item not in marks]
    if missing:
        yield "questionnaire_value", "", _expected(entry, missing[0], ", ".join(SCORES))


def _no_item(name: object, ids: list[str], entry: str) -> Iterator[Fault]:
    near = nearest(str(name), ids)
    yield "questionnaire_no_item", name, {"entry": entry, "nearest": near}


def _plain_id(name: object, entry: str) -> Iterator[Fault]:
    if not isinstance(name, str) or not _ITEM_ID.fullmatch(name.replace("_", "")):
        yield "questionnaire_value", name or "", _expected(entry, "id", "1.10, planning …")


def _words(words: object, entry: str, key: str, *, every: bool = True) -> Iterator[Fault]:
    if not isinstance(words, dict):
        yield "questionnaire_words", words or "", _language(entry, key, ", ".join(LANGUAGES))
        return
    yield from _unknown_keys(words, LANGUAGES, f"{entry}, {key}")
    for language in LANGUAGES:
        text = words.get(language)
        if (every or language in words) and not (isinstance(text, str) and text.strip()):
            yield "questionnaire_words", text or "", _language(entry, key, language)


def _twice(names: list[str], kind: str) -> Iterator[Fault]:
    for name in dict.fromkeys(n for n in names if names.count(n) > 1):
        yield "questionnaire_twice", name, {"kind": kind}


def _unknown_keys(tree: Mapping[str, Any], known: tuple[str, ...], entry: str) -> Iterator[Fault]:
    for key in tree:
        if key not in known:
            yield "questionnaire_key", key, {"entry": entry, "nearest": nearest(str(key), known)}


def _expected(entry: str, key: str, expected: str) -> dict[str, object]:
    return {"entry": entry, "key": key, "expected": expected}


def _language(entry: str, key: str, language: str) -> dict[str, object]:
    return {"entry": entry, "key": key, "language": language}


def _ids(entries: list[Any]) -> list[str]:
    names = (entry.get("id") for entry in entries if isinstance(entry, dict))
    return [name for name in names if isinstance(name, str)]


def _is_one_of(value: object, known: Container[str]) -> bool:
    return isinstance(value, str) and value in known


def _lists(value: object) -> bool:
    return isinstance(value, list) and bool(value)


def _is_weight(text: object) -> bool:
    try:
        weight = float(str(text))
    except ValueError:
        return False
    return math.isfinite(weight) and weight >= 0
