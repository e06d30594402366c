"""Code frame files: read, and checked with every fault at once, each as a Problem."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    create_model,
)
from pydantic_core import PydanticCustomError

from workbook.diagnostics.loyalty.code_frame import CodeFrame, Entry, FrameTheme
from workbook.errors import InputError, Location, Problem
from workbook.intake.files.yaml_file import yaml_tree
from workbook.intake.files.yaml_model import checked_tree
from workbook.intake.problems import error
from workbook.language.catalog import LANGUAGES
from workbook.language.lemmas import bare, fold
from workbook.language.package_data import read_once

_CODES = {
    "extra_forbidden": "code_frame_key",
    "id:string_pattern_mismatch": "code_frame_id",
    "id:string_type": "code_frame_id",
    "window:string_pattern_mismatch": "code_frame_window",
    "window:string_type": "code_frame_window",
}
_Tree = dict[str, Any]
_Fault = tuple[str, object, dict[str, object]]


def _refused(code: str, found: object = "", **facts: object) -> PydanticCustomError:
    return PydanticCustomError(code, "refused", {"found": found, **facts})


def _by_language(found: object) -> dict[str, tuple[str, object]]:
    """Return what is given for each language with the language, None where nothing is."""
    given = found if isinstance(found, dict) else {}
    return {language: (language, given.get(language)) for language in LANGUAGES}


def _label(given: tuple[str, object]) -> object:
    language, text = given
    if not isinstance(text, str) or not text.strip() or set(text) & set(";,\n"):
        raise _refused("code_frame_label", text or "", language=language)
    return text


def _words(given: tuple[str, object]) -> object:
    language, words = given
    if not words or not _is_word_list(words):
        raise _refused("code_frame_words", language=language)
    return words


def _lists(found: object, info: ValidationInfo) -> object:
    if not isinstance(found, dict) or not all(_is_word_list(words) for words in found.values()):
        raise _refused("code_frame_words", info.field_name, theme=info.field_name)
    return found


def _themes(found: object) -> object:
    if not isinstance(found, list) or not found:
        raise _refused("code_frame_no_themes")
    return found


def _is_word_list(found: object) -> bool:
    if not isinstance(found, list):
        return False
    parts = [p for e in found for p in (e if isinstance(e, list) else [e])]
    return all(isinstance(p, str) and all(a.strip("* ") for a in p.split("|")) for p in parts)


_EachLabel = dict[str, Annotated[Any, AfterValidator(_label)]]
_EachWords = dict[str, Annotated[Any, AfterValidator(_words)]]


class _Theme(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_default=True)

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")] = ""
    label: Annotated[_EachLabel, BeforeValidator(_by_language)] = {}
    words: Annotated[_EachWords, BeforeValidator(_by_language)] = {}


_EACH_LANGUAGE: dict[str, Any] = dict.fromkeys(LANGUAGES, (Any, ()))
_WordLists: Any = create_model(
    "_WordLists",
    __config__=ConfigDict(extra="forbid"),
    __doc__="Words and phrases; a language may be left out.",
    **_EACH_LANGUAGE,
)
_Lists = Annotated[_WordLists, BeforeValidator(_lists)]


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid")

    themes: Annotated[Any, AfterValidator(_themes), Field(validate_default=True)] = None
    window: Annotated[str, Field(pattern="^[0-9]+$")] = "2"
    neutral: _Lists = _WordLists()
    shared: _Lists = _WordLists()
    nothing: _Lists = _WordLists()


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
    _, problems = checked_tree(tree, _Frame, place, codes={**_CODES, "*": "code_frame_no_themes"})
    if not isinstance(tree, dict):
        return {}, problems
    themes = tree.get("themes")
    found = [*problems, *_of_themes(themes if isinstance(themes, list) else [], place)]
    if not found:
        faults = (*_duplicates(tree), *_words_twice(tree))
        found = [error(code, place, what, **facts) for code, what, facts in faults]
    return tree, tuple(found)


def _of_themes(themes: Iterable[object], place: Location) -> Iterator[Problem]:
    """Find what is wrong with each theme; problems say which it is."""
    for number, theme in enumerate(themes, start=1):
        name = str(theme.get("id", "")) if isinstance(theme, dict) else ""
        for one in checked_tree(theme, _Theme, place, codes={**_CODES, "*": "code_frame_theme"})[1]:
            yield replace(one, facts={**one.facts, "theme": name, "number": number})


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
