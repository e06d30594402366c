"""A questionnaire file checked against its types; every fault at once, each as a Problem."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from workbook.diagnostics.controllability.questionnaire import (
    SCORES,
    Item,
    Profile,
    Questionnaire,
    Section,
)
from workbook.errors import Location, Problem
from workbook.intake.files.yaml_file import yaml_tree
from workbook.intake.problems import error
from workbook.language.catalog import LANGUAGES
from workbook.language.nearest import nearest

Tree: TypeAlias = dict[str, Any]
Fault: TypeAlias = tuple[str, object, dict[str, object]]
_TYPE = TypeAdapter(Questionnaire)
_WORDS = (
    *("title", "purpose", "source", "aspects_note"),
    *("wording", "guidance", "recommendation", "metric", "original"),
)
_MARKS = ", ".join(SCORES)
_EXPECTED = {
    "version": "1, 2, 3 …",
    "id": "1.10, planning …",
    "weight": "≥ 0",
    "default": "true, false",
}


def read_questionnaire(
    path: Path, name: str, *, folder: Path | None = None
) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """Return the questionnaire of a file, or None and every problem of the file.

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
        return None, unusable
    questionnaire, faults = _checked(tree, path.stem)
    once = {repr(fault): fault for fault in faults}  # two wrong marks are one fault of the marks
    problems = tuple(error(code, place, found, **facts) for code, found, facts in once.values())
    return (None if problems else questionnaire), problems


def _checked(tree: object, stem: str) -> tuple[Questionnaire | None, list[Fault]]:
    if not isinstance(tree, dict) or not _is_list(tree.get("sections")):
        return None, [("questionnaire_no_sections", "", {})]
    ids = [name for section in _entries(tree, "sections") for name in _ids(section, "items")]
    across = list(_across(tree, stem, ids))
    try:
        return _TYPE.validate_python(_with_whole_profiles(tree, ids)), across
    except ValidationError as failure:
        faults = (_fault(one, tree, stem) for one in failure.errors(include_url=False))
        return None, [*filter(None, faults), *across]


def _fault(fault: Any, tree: Tree, stem: str) -> Fault | None:
    """Return what pydantic found wrong at one place, in our words; None where it is told apart."""
    kind, found = fault["type"], "" if fault["type"] == "missing" else fault["input"] or ""
    part, entry, steps = _at(fault["loc"], tree, stem)
    if kind == "too_short" and found:
        return None  # a list whose entries are the fault
    if steps == ["repeats"]:
        return None  # whatever is no item is told of the whole file
    if not steps:
        return "questionnaire_entry", found, {"entry": entry}
    key, *deeper = steps
    surplus = kind in ("extra_forbidden", "unexpected_keyword_argument")
    if part is Questionnaire and key == "id":
        return None if found != stem else ("questionnaire_id", found, {"expected": stem})
    if key == "marks" or (key.startswith("marks ") and not deeper and (surplus or not found)):
        return _not_as_expected("", entry, "marks", tree)
    if surplus:
        known = LANGUAGES if deeper else [field.name for field in fields(part)]
        inside, near = ", ".join([entry, *steps[:-1]]), nearest(steps[-1], known)
        return "questionnaire_key", steps[-1], {"entry": inside, "nearest": near}
    if part is None or key in _WORDS or key.startswith("marks "):
        language = deeper[0] if deeper else ", ".join(LANGUAGES)
        return "questionnaire_words", found, {"entry": entry, "key": key, "language": language}
    return _not_as_expected(found, entry, key, tree)


def _at(loc: Sequence[int | str], tree: Tree, stem: str) -> tuple[Any, str, list[str]]:
    """Return the type of the part that a fault lies in, what it is called, and the steps inside.

    No steps: the part itself is not written as it should be.
    """
    match list(loc):
        case ["sections", int(at), "items", int(place), *steps]:
            item = tree["sections"][at]["items"][place]
            name = item.get("id") if isinstance(item, dict) else None
            known = isinstance(name, str) and name
            return Item, str(name) if known else f"{at + 1}, {place + 1}", _texts(steps)
        case ["sections", int(at), *steps]:
            return Section, str(at + 1), _texts(steps if steps != ["items"] else [])
        case ["profiles", int(at), "marks", *steps]:
            entry = f"profiles, {at + 1}"
            return Profile, entry if steps else f"{entry}, marks", _texts(steps)
        case ["profiles", int(at), *steps]:
            return Profile, f"profiles, {at + 1}", _texts(steps)
        case ["profiles" | "aspects" as entry, *steps]:
            return None, entry, _texts(steps)
        case ["marks", mark, *steps]:
            return Questionnaire, stem, _texts([f"marks {mark}", *steps])
        case steps:
            return Questionnaire, stem, _texts(steps)


def _not_as_expected(found: object, entry: str, key: str, tree: Tree) -> Fault:
    expected = ", ".join(_aspects(tree)) if key == "aspect" else _EXPECTED.get(key, _MARKS)
    return "questionnaire_value", found, {"entry": entry, "key": key, "expected": expected}


def _across(tree: Tree, stem: str, ids: Sequence[str]) -> Iterator[Fault]:
    """Find what no part of the file can tell by itself."""
    if tree.get("id") != stem:
        yield "questionnaire_id", tree.get("id", ""), {"expected": stem}
    yield from _twice(ids, "item")
    yield from _twice(_ids(tree, "sections"), "section")
    yield from _twice(_ids(tree, "profiles"), "profile")
    for section in _entries(tree, "sections"):
        for item in _entries(section, "items"):
            name, aspect = str(item.get("id", "")), item.get("aspect")
            if isinstance(aspect, str) and aspect not in _aspects(tree):
                yield _not_as_expected(aspect, name, "aspect", tree)
            if "repeats" in item and (item["repeats"] not in ids or item["repeats"] == name):
                yield _no_item(item["repeats"], ids, name)
    for number, profile in enumerate(_entries(tree, "profiles"), start=1):
        yield from _profile(profile, f"profiles, {number}", ids, tree)


def _profile(profile: Tree, entry: str, ids: Sequence[str], tree: Tree) -> Iterator[Fault]:
    marks = profile.get("marks", {})
    if not isinstance(marks, dict):
        return
    yield from (_no_item(item, ids, entry) for item in marks if item not in ids)
    if "all" not in profile:
        missing = [item for item in ids if item not in marks]
        yield from (_not_as_expected("", entry, item, tree) for item in missing[:1])
    elif not _is_mark(profile["all"]):
        yield _not_as_expected(profile["all"], entry, "all", tree)


def _with_whole_profiles(tree: Tree, ids: Sequence[str]) -> Tree:
    """Return the tree with a mark for every item in each profile, as ``all`` has it."""
    profiles = tree.get("profiles")
    if not isinstance(profiles, list):
        return tree
    return {**tree, "profiles": [_whole(profile, ids) for profile in profiles]}


def _whole(profile: object, ids: Sequence[str]) -> object:
    if not isinstance(profile, dict):
        return profile
    marks = profile.get("marks", {})
    every = dict.fromkeys(ids, profile["all"]) if _is_mark(profile.get("all")) else {}
    bare = {key: value for key, value in profile.items() if key != "all"}
    return {**bare, "marks": {**every, **marks} if isinstance(marks, dict) else marks}


def _aspects(tree: Tree) -> list[str]:
    aspects = tree.get("aspects")
    return list(aspects) if isinstance(aspects, dict) else []


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value)


def _is_mark(value: object) -> bool:
    return isinstance(value, str) and value in SCORES


def _no_item(name: object, ids: Sequence[str], entry: str) -> Fault:
    return "questionnaire_no_item", name, {"entry": entry, "nearest": nearest(str(name), ids)}


def _twice(names: Sequence[str], kind: str) -> Iterator[Fault]:
    for name in dict.fromkeys(n for n in names if names.count(n) > 1):
        yield "questionnaire_twice", name, {"kind": kind}


def _entries(tree: object, key: str) -> list[Tree]:
    """Return the entries of a list of the file that are mappings."""
    found = tree.get(key) if isinstance(tree, dict) else None
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _ids(tree: Tree, key: str) -> list[str]:
    names = (entry.get("id") for entry in _entries(tree, key))
    return [name for name in names if isinstance(name, str)]


def _texts(steps: Sequence[int | str]) -> list[str]:
    return [str(step) for step in steps]
