"""[report]: the firm's words in every report, and the chapters of a diagnostic as it wants them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbook.engagement.settings import OwnTitle, ReportShape
from workbook.errors import Problem
from workbook.intake.config_errors import FILE, place, unknown_key
from workbook.intake.problems import UNSEEN, error
from workbook.language.languages import LANGUAGES

WORDS: Mapping[str, int] = {"footer": 120, "contact": 500, "disclaimer": 3000}
"""Key -> letters that it may have; each is a text, or a table of one text per language."""
SHAPE = ("hide", "order", "titles")
TITLE = ("title", "short")
MOST_TITLE = 300
MOST_SHORT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """What [report] says, as far as it can be told without the diagnostics' chapters."""

    words: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, ReportShape] = field(default_factory=dict)


def read_report(
    section: Mapping[str, Any],
    diagnostics: Iterable[str],
    language: str,
    origins: Mapping[str, str],
) -> tuple[ReportSection, list[Problem]]:
    """Return [report] checked, and what is wrong with it.

    Parameters
    ----------
    diagnostics
        Names of those that there are.
    language
        Of the engagement.
    origins
        Dotted key -> the file that says it, where that is not engagement.toml.
    """
    known, words, shapes = tuple(diagnostics), dict[str, str](), dict[str, ReportShape]()
    problems: list[Problem] = []
    for key, value in section.items():
        dotted = f"report.{key}"
        if key in WORDS:
            text, found = _words(key, value, language)
            words[key] = text
            problems += found
        elif key not in known:
            problems.append(unknown_key(dotted, key, (*WORDS, *known)))
        elif not isinstance(value, Mapping):
            problems.append(error("not_a_table", place(dotted), value))
        else:
            shapes[key], found = _shape(dotted, value, origins)
            problems += found
    return ReportSection(words=words, shapes=shapes), problems


def _words(key: str, value: Any, language: str) -> tuple[str, list[Problem]]:
    """Return the text for a language, and what is wrong with any."""
    dotted = f"report.{key}"
    if not isinstance(value, Mapping):
        problems = list(_text_faults(value, dotted, WORDS[key], lines=key != "footer"))
        return ("" if problems else str(value).strip()), problems
    problems = []
    for code, text in value.items():
        inner = f"{dotted}.{code}"
        if code not in LANGUAGES:
            problems.append(unknown_key(inner, code, LANGUAGES))
        else:
            problems += _text_faults(text, inner, WORDS[key], lines=key != "footer")
    if not problems and language in LANGUAGES and language not in value:
        problems.append(error("no_words_in_language", place(dotted), language=language))
    return ("" if problems else str(value.get(language, "")).strip()), problems


def _text_faults(value: Any, dotted: str, most: int, *, lines: bool = False) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield error("not_text", place(dotted), value)
    elif UNSEEN.search(value) or (not lines and "\n" in value):
        yield error("control_characters", place(dotted), value)
    elif len(value) > most:
        yield error("text_too_long", place(dotted), value, most=most)


def _shape(
    dotted: str, said: Mapping[str, Any], origins: Mapping[str, str]
) -> tuple[ReportShape, list[Problem]]:
    problems = [unknown_key(f"{dotted}.{key}", key, SHAPE) for key in said if key not in SHAPE]
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("hide", "order"):
        value = said.get(key, [])
        if not isinstance(value, list):
            problems.append(error("not_a_list", place(f"{dotted}.{key}"), value))
            continue
        problems += [
            error("not_text", place(f"{dotted}.{key}"), one) for one in value if not _is_name(one)
        ]
        names = [one for one in value if _is_name(one)]
        problems += [
            error("named_twice", place(f"{dotted}.{key}"), one)
            for one in dict.fromkeys(names)
            if names.count(one) > 1
        ]
        lists[key] = tuple(dict.fromkeys(names))
    titles, found = _titles(f"{dotted}.titles", said.get("titles", {}), origins)
    files = {key: origins.get(f"{dotted}.{key}", FILE) for key in ("hide", "order")}
    return ReportShape(**lists, titles=titles, files=files), [*problems, *found]


def _is_name(value: Any) -> bool:
    return isinstance(value, str)


def _titles(
    dotted: str, said: Any, origins: Mapping[str, str]
) -> tuple[dict[str, OwnTitle], list[Problem]]:
    if not isinstance(said, Mapping):
        return {}, [error("not_a_table", place(dotted), said)]
    titles: dict[str, OwnTitle] = {}
    problems: list[Problem] = []
    for chapter, value in said.items():
        key = f"{dotted}.{chapter}"
        given = value if isinstance(value, Mapping) else {"title": value}
        problems += [unknown_key(f"{key}.{k}", k, TITLE) for k in given if k not in TITLE]
        title, short = given.get("title"), given.get("short", "")
        if title is None:
            problems.append(error("missing_key", place(key), key="title"))
            continue
        faults = [*_text_faults(title, key, MOST_TITLE), *_text_faults(short, key, MOST_SHORT)]
        if not faults and not title.strip():
            faults = [error("empty_value", place(key), title)]
        problems += faults
        if not faults:
            file = origins.get(key) or origins.get(f"{key}.title") or FILE
            titles[chapter] = OwnTitle(title=title.strip(), short=short.strip(), file=file)
    return titles, problems
