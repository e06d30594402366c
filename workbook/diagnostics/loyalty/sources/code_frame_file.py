"""Code frame files: read, and checked with every fault at once, each as a Problem."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import process

from workbook.diagnostics.loyalty.code_frame import CodeFrame, Entry, FrameTheme
from workbook.errors import InputError, Location, Problem
from workbook.intake.files.yaml_file import yaml_tree
from workbook.language.catalog import LANGUAGES
from workbook.language.lemmas import bare, fold
from workbook.language.package_data import read_once

_KEYS = ("themes", "neutral", "shared", "nothing", "window")
_THEME_KEYS = ("id", "label", "words")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_Tree = dict[str, Any]


@read_once
def load_code_frame(path: Path, *, folder: Path | None = None) -> CodeFrame:
    """Return the checked frame of a YAML file; ``folder`` as in :func:`yaml_tree`.

    Raises
    ------
    InputError
        With every problem of the file at once.
    """
    tree, problems = _read(path, folder=folder)
    if problems:
        raise InputError(problems)
    return CodeFrame(
        themes=tuple(
            FrameTheme(
                id=theme["id"],
                label=dict(theme["label"]),
                words={lang: _entries(theme["words"][lang]) for lang in theme["words"]},
            )
            for theme in tree["themes"]
        ),
        neutral={lang: _entries(found) for lang, found in tree.get("neutral", {}).items()},
        nothing=frozenset(bare(n) for found in tree.get("nothing", {}).values() for n in found),
        window=int(tree.get("window", 2)),
    )


def _entries(found: Iterable[str | list[str]]) -> tuple[Entry, ...]:
    """Return words and phrases as tuples of their parts."""
    return tuple((e,) if isinstance(e, str) else tuple(e) for e in found)


def _read(path: Path, *, folder: Path | None = None) -> tuple[_Tree, tuple[Problem, ...]]:
    """Return the tree of a frame file (all scalars as text) and its problems."""
    place = Location(file="/".join(path.parts[-2:]) if path.parent.name == "coding" else path.name)
    tree, unusable = yaml_tree(path, place, unreadable="code_frame_unreadable", folder=folder)
    if unusable:
        return {}, unusable
    return _checked(tree, place)


def _checked(tree: object, place: Location) -> tuple[_Tree, tuple[Problem, ...]]:
    faults = list(_shape(tree))
    if not faults and isinstance(tree, dict):
        faults = [*_duplicates(tree), *_words_twice(tree)]
    problems = (
        Problem(code=code, place=place, found=str(found)[:80], facts=facts)
        for code, found, facts in faults
    )
    return tree if isinstance(tree, dict) else {}, tuple(problems)


_Fault = tuple[str, object, dict[str, object]]


def _shape(tree: object) -> Iterator[_Fault]:
    if not isinstance(tree, dict) or not isinstance(tree.get("themes"), list):
        yield "code_frame_no_themes", "", {}
        return
    yield from _unknown_keys(tree, _KEYS)
    if not tree["themes"]:
        yield "code_frame_no_themes", "", {}
    if not str(tree.get("window", "2")).isdigit():
        yield "code_frame_window", tree["window"], {}
    for number, theme in enumerate(tree["themes"], start=1):
        yield from _theme_shape(theme, number)
    for key in ("neutral", "shared", "nothing"):
        found = tree.get(key, {})
        if not isinstance(found, dict) or not all(_is_word_list(v) for v in found.values()):
            yield "code_frame_words", key, {"theme": key}
        else:
            yield from _unknown_keys(found, LANGUAGES)


def _theme_shape(theme: object, number: int) -> Iterator[_Fault]:
    if not isinstance(theme, dict):
        yield "code_frame_theme", number, {"number": number}
        return
    yield from _unknown_keys(theme, _THEME_KEYS)
    name = str(theme.get("id", ""))
    if not _ID.fullmatch(name):
        yield "code_frame_id", name, {"number": number}
    label, words = theme.get("label"), theme.get("words")
    for language in LANGUAGES:
        text = label.get(language) if isinstance(label, dict) else None
        if not isinstance(text, str) or not text.strip() or set(text) & set(";,\n"):
            yield "code_frame_label", text or "", {"theme": name, "language": language}
        found = words.get(language) if isinstance(words, dict) else None
        if not found or not _is_word_list(found):
            yield "code_frame_words", "", {"theme": name, "language": language}


def _is_word_list(found: object) -> bool:
    if not isinstance(found, list):
        return False
    parts = [p for e in found for p in (e if isinstance(e, list) else [e])]
    return all(isinstance(p, str) and all(a.strip("* ") for a in p.split("|")) for p in parts)


def _unknown_keys(tree: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[_Fault]:
    for key in tree:
        if key not in known:
            nearest = process.extractOne(str(key), known)
            yield "code_frame_key", key, {"nearest": nearest[0] if nearest else ""}


def _duplicates(tree: _Tree) -> Iterator[_Fault]:
    """Find ids and labels that name two themes."""
    owner: dict[str, str] = {}
    for theme in tree["themes"]:
        names = {theme["id"], *(" ".join(fold(theme["label"][lang]).split()) for lang in LANGUAGES)}
        for name in sorted(names):
            if owner.setdefault(name, theme["id"]) != theme["id"]:
                yield "code_frame_twice", name, {"theme": theme["id"]}
    ids = [theme["id"] for theme in tree["themes"]]
    for name in sorted({i for i in ids if ids.count(i) > 1}):
        yield "code_frame_twice", name, {"theme": name}


def _words_twice(tree: _Tree) -> Iterator[_Fault]:
    """Find words and phrases in two themes of which ``shared`` knows nothing."""
    for language in LANGUAGES:
        shared = {_normal(e) for e in tree.get("shared", {}).get(language, [])}
        owner: dict[tuple[str, ...], str] = {}
        for theme in tree["themes"]:
            for entry in map(_normal, theme["words"][language]):
                other = owner.setdefault(entry, theme["id"])
                if other != theme["id"] and entry not in shared:
                    yield _twice(entry, other, theme["id"], language)
        yield from _under_a_stem(owner, shared, language)


def _under_a_stem(
    owner: Mapping[tuple[str, ...], str], shared: set[tuple[str, ...]], language: str
) -> Iterator[_Fault]:
    """Find words that a stem (``deliver*``) of another theme covers."""
    single = {e[0]: theme for e, theme in owner.items() if len(e) == 1}
    stems = {w[:-1]: theme for w, theme in single.items() if w.endswith("*")}
    for word, theme in single.items():
        for stem, other in stems.items():
            if other != theme and word.startswith(stem) and (word,) not in shared:
                yield _twice((word,), other, theme, language)


def _twice(entry: tuple[str, ...], first: str, second: str, language: str) -> _Fault:
    facts: dict[str, object] = {"first": first, "second": second, "language": language}
    return "code_frame_word_twice", " ".join(entry), facts


def _normal(entry: str | list[str]) -> tuple[str, ...]:
    parts = [entry] if isinstance(entry, str) else entry
    return tuple(sorted(fold(part.strip()) for part in parts))
