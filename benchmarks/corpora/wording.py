"""Whether a problem has all the facts that its sentences name."""

import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from workbook.errors import Problem
from workbook.language import problems
from workbook.language.catalog import LANGUAGES
from workbook.language.yaml_text import yaml_values

_FOLDER = Path(problems.__file__).parent / "texts"


def lacking(problem: Problem) -> list[str]:
    """Return the facts that a sentence names and the problem has not, ``code`` without sentences.

    >>> from workbook.errors import Problem
    >>> lacking(Problem(code="previous_unusable")), lacking(Problem(code="?"))
    (['n'], ['code'])
    """
    return sorted({name for language in LANGUAGES for name in _lacking(problem, language)})


def _lacking(problem: Problem, language: str) -> Iterator[str]:
    entry = _words(language).get(problem.code)
    if entry is None:
        yield "code"
        return
    near = entry.get("near", "") if problem.facts.get("nearest") else ""
    known = {"code", "found", *problem.facts}
    for text in (entry["what"], near or entry["fix"]):
        named = (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
        yield from (name for name in named if name not in known)


@cache
def _words(language: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml_values(
        (_FOLDER / f"problems.{language}.yaml").read_text("utf-8")
    )
    return words
