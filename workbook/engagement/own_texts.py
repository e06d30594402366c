"""``texts/<subject>.<language>.yaml`` of the engagement or the firm: own sentences for ours.

The keys are those of our own texts.  The nearest file wins, key by key.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from workbook.engagement.firm_folders import firm_folders, seen_from
from workbook.errors import InputError, Location, Problem
from workbook.intake.files.plain_file import names_in, read_plain
from workbook.intake.problems import UNSEEN, error, warning
from workbook.language.catalog import Entry, entries_of, subjects
from workbook.language.languages import LANGUAGES
from workbook.language.nearest import nearest
from workbook.language.own_sentences import completed, sentence_faults
from workbook.language.yaml_text import BeyondBoundsError, LocatedWords, located_words

FOLDER = "texts"
READ_BACK = ("actions.",)
"""Beginnings of keys that the program knows a filled workbook by: they stay ours."""
_NAME = re.compile(r"(?P<subject>[a-z_]+)\.(?P<language>[a-z]{2})\.yaml")


def text_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of own sentences that an engagement may read: folder and path in it."""
    for above in firm_folders(folder):
        for name in names_in(above, FOLDER)[0]:
            if _NAME.fullmatch(name):
                yield above, f"{FOLDER}/{name}"


def own_texts(
    folder: Path, language: str
) -> tuple[dict[str, dict[str, Entry]], list[Problem], list[Problem]]:
    """Return the own sentences of a language by subject, what is wrong, and remarks."""
    found: dict[str, dict[str, Entry]] = {}
    problems: list[Problem] = []
    remarks: list[Problem] = []
    folders = firm_folders(folder)
    for above in folders:
        names, wrong = names_in(above, FOLDER)
        if above == folders[0]:
            problems += wrong
        else:  # another program's folder may be called so
            remarks += [
                warning(one.code, Location(file=seen_from(folder, above, FOLDER))) for one in wrong
            ]
        for name in names:
            called = seen_from(folder, above, f"{FOLDER}/{name}")
            subject = _subject(name, language)
            if subject is None:
                remarks += _misnamed(name, called)
            elif subject:
                said, faults = _read(above, f"{FOLDER}/{name}", called, subject, language)
                problems += faults
                found[subject] = {**said, **found.get(subject, {})}
    return found, problems, remarks


def _subject(name: str, language: str) -> str | None:
    """Return what a file is on; empty: of another language, None: it is none of ours."""
    read = _NAME.fullmatch(name)
    if not read or read["subject"] not in subjects() or read["language"] not in LANGUAGES:
        return None
    return read["subject"] if read["language"] == language else ""


def _misnamed(name: str, called: str) -> Iterator[Problem]:
    if name.startswith((".", "~")) or not name.endswith((".yaml", ".yml")):
        return
    known = [f"{subject}.{language}.yaml" for subject in subjects() for language in LANGUAGES]
    near = nearest(name, known)
    if near or not called.startswith(".."):
        facts = {"nearest": near, "expected": ", ".join(known[:2]) + " …"}
        yield warning("own_file_misnamed", Location(file=called), **facts)


def _read(
    above: Path, file: str, called: str, subject: str, language: str
) -> tuple[dict[str, Entry], list[Problem]]:
    try:
        words = located_words(read_plain(above, file, called=called).decode("utf-8-sig"))
    except InputError as failure:
        return {}, list(failure.problems)
    except UnicodeDecodeError as failure:
        line = failure.object.count(b"\n", 0, failure.start) + 1
        return {}, [error("texts_unreadable", Location(file=called, row=line))]
    except BeyondBoundsError as failure:
        return {}, [error(failure.code, Location(file=called, row=failure.line))]
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        row = None if mark is None else mark.line + 1
        return {}, [error("texts_unreadable", Location(file=called, row=row))]
    if not isinstance(words.tree, Mapping):
        return {}, [error("texts_unreadable", Location(file=called))] if words.tree else []
    return _checked(words, called, subject, language)


def _checked(
    words: LocatedWords, called: str, subject: str, language: str
) -> tuple[dict[str, Entry], list[Problem]]:
    ours = entries_of(subject, language)
    made: dict[str, Entry] = {}
    problems = [
        error("key_twice", Location(file=called, row=line, column=".".join(way)), other=way[-1])
        for way, line in ((tuple(map(str, way)), line) for way, line in words.repeated)
    ]
    for way, entry in _entries(words.tree, ()):
        key = ".".join(way)
        place = Location(file=called, row=words.lines.get(way, (1, 1))[0], column=key)
        faults = list(_faults(key, entry, ours, place))
        problems += faults
        if not faults and entry is not None:
            made[key] = completed(entry, ours[key])
    return made, problems


def _faults(
    key: str, entry: Entry | None, ours: Mapping[str, Entry], place: Location
) -> Iterator[Problem]:
    if key not in ours:
        facts = {"nearest": nearest(key, ours), "known": _beside(key, ours)}
        yield error("unknown_key", place, key, **facts)
    elif key.startswith(READ_BACK):
        yield error("text_read_back", place, key)
    elif entry is None:
        yield error("not_text", place)
    elif UNSEEN.search("".join(entry.values()) if isinstance(entry, Mapping) else entry):
        yield error("control_characters", place)
    else:
        for code, found, told in sentence_faults(entry, ours[key]):
            yield error(code, place, found, **told)


def _beside(key: str, ours: Mapping[str, Entry], most: int = 12) -> str:
    """Return the keys of the same group, or the groups where there is none such."""
    group = key.rpartition(".")[0]
    beside = [one for one in ours if one.rpartition(".")[0] == group]
    found = beside or list(dict.fromkeys(one.partition(".")[0] for one in ours))
    return ", ".join(found[:most]) + (" …" if len(found) > most else "")


def _entries(tree: object, way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Entry | None]]:
    """Yield the sentences of a file by their keys; None for what is no text."""
    if isinstance(tree, str):
        yield way, tree
    elif isinstance(tree, Mapping) and "other" in tree:
        forms = {str(form): text for form, text in tree.items() if isinstance(text, str)}
        yield way, forms if len(forms) == len(tree) else None
    elif isinstance(tree, Mapping):
        for key, inner in tree.items():
            yield from _entries(inner, (*way, str(key)))
    else:
        yield way, None
