"""Problems of the input as sentences: where it is, what is wrong, how to mend it."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from workbook.errors import Problem
from workbook.language.catalog import LANGUAGES
from workbook.language.numbers import NumberFormats
from workbook.language.yaml_text import yaml_values

_FOLDER = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A problem in words.  ``what`` begins small and ends without a full stop."""

    where: str
    what: str
    fix: str
    spot: str = ""
    """``where`` without file and sheet, for a list under their heading."""


def describe(problem: Problem, language: str) -> Message:
    """Return a problem in words of the language (English when there is none such).

    A code without words gives a general sentence: telling of a problem never fails.  A fact may
    be a text per language; the fact ``remedy`` names the remedy that is meant where the code has
    several.

    Examples
    --------
    >>> allowed = {"expected": {"en": "won, lost", "ru": "выиграно, потеряно"}}
    >>> describe(Problem(code="not_in_list", facts=allowed), "ru").what
    'допустимы значения: выиграно, потеряно'
    """
    words = _words(language if language in LANGUAGES else "en")
    facts = _facts(problem, language)
    entry = words.get(problem.code, words["unlisted"])
    what = entry["what"]
    sentence = _fill(what, facts)
    if problem.found and "{found}" not in what and "{examples}" not in what:
        sentence += _fill(words["found"], facts)
    if "first_rows" in facts:
        sentence += _fill(words["first_rows"], facts)
    fix = entry.get(str(facts.get("remedy", "")), "")
    fix = fix or (entry.get("near", "") if facts.get("nearest") else "")
    return Message(
        where=_where(problem, words["where"]),
        what=sentence,
        fix=_fill(fix or entry["fix"], facts),
        spot=_where(problem, words["where"], whole=False),
    )


def line(problem: Problem, language: str, *, whole: bool = True) -> str:
    """Return a problem in one line: ``data/survey.csv, line 4: …; found "11". Fix: …``.

    ``whole``: with file and sheet.
    """
    message = describe(problem, language)
    where = message.where if whole else message.spot
    start = f"{where}: " if where else ""
    if not message.fix:  # what was done as asked
        return f"{start}{message.what}."
    fix = _fill(_words(language if language in LANGUAGES else "en")["fix"], {"fix": message.fix})
    return f"{start}{message.what}. {fix}"


def page_line(problem: Problem, language: str) -> str:
    """Return a problem as a report tells its readers, who have neither our files nor commands.

    Empty where it is nothing to them: what was merely read as agreed, or needs nothing done.
    """
    entry = _words(language if language in LANGUAGES else "en").get(problem.code, {})
    told = entry.get("page", "")
    return f"{_fill_page(told, _facts(problem, language), language)}." if told else ""


def _facts(problem: Problem, language: str) -> Mapping[str, object]:
    told = {name: _in_language(fact, language) for name, fact in problem.facts.items()}
    return {"code": problem.code, **told, "found": problem.found}


def _in_language(fact: object, language: str) -> object:
    """Return a fact, or of a text per language the one that is asked for."""
    if not isinstance(fact, Mapping):
        return fact
    return fact.get(language, fact.get("en", ""))


def _where(problem: Problem, words: Mapping[str, str], *, whole: bool = True) -> str:
    place = problem.place
    in_text = place.file.endswith((".csv", ".toml", ".yaml", ".yml", ".md"))
    parts = [place.file] if whole else []
    if place.sheet and whole:
        parts.append(_fill(words["sheet"], {"name": place.sheet}))
    if place.row is not None:
        parts.append(_fill(words["line" if in_text else "row"], {"n": place.row}))
    if place.column:
        key = "key" if _has_keys(place.file) else "column"
        parts.append(_fill(words[key], {"name": place.column}))
    return ", ".join(filter(None, parts))


def _has_keys(file: str) -> bool:
    return file.endswith((".toml", ".yml")) or file.rpartition("/")[0].endswith("texts")


def _fill(text: str, facts: Mapping[str, object]) -> str:
    """Write facts into a text; values are never templates, a missing fact is an ellipsis."""
    parts = string.Formatter().parse(text)
    return "".join(
        literal + ("" if name is None else str(facts.get(name, "…")))
        for literal, name, _, _ in parts
    )


def _fill_page(text: str, facts: Mapping[str, object], language: str) -> str:
    """Write facts into a text for readers: days and periods as people call them."""
    formats = NumberFormats(language if language in LANGUAGES else "en")
    parts = []
    for literal, name, spec, _ in string.Formatter().parse(text):
        fact = facts.get(name, "…") if name else ""
        spec = spec or ("day_short" if isinstance(fact, date) else "")
        parts += [literal, formats.write(fact, spec) if spec else str(fact)]
    return "".join(parts)


@cache
def _words(language: str) -> Mapping[str, Any]:
    text = (_FOLDER / f"problems.{language}.yaml").read_text("utf-8")
    words: Mapping[str, Any] = yaml_values(text)
    return words
