"""How well a heading names one of our columns: by the schemas' headings, and by words."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz

from workbook.intake.heading_lookup import accepted
from workbook.intake.heading_units import heading_unit
from workbook.intake.schema_files import all_schemas
from workbook.language.languages import MappingWords, all_languages
from workbook.language.nearest import plain

ACCEPTED, WHOLE, PART, LIKE = 1.0, 0.95, 0.8, 0.7
"""A heading that the schema accepts; one of our words alone; within others; nearly the same."""
_LIKENESS = 88.0
_STEP = 0.012
"""What a word loses for every likelier one."""
_LONGEST = 400
_WORD = re.compile(r"[^\W_]+|[#№]")


def likeness(table: str, column: str, heading: str) -> float:
    """Return how well a heading names a column: 0 for not at all, 1 for as the schema says.

    >>> likeness("survey", "score", "How likely are you to recommend us?") > 0.7
    True
    >>> likeness("survey", "score", "Respondent ID")
    0.0
    """
    return _likeness(table, column, heading[:_LONGEST])


@lru_cache(maxsize=100_000)
def _likeness(table: str, column: str, heading: str) -> float:
    own = _accepted(table).get(column, {})
    bare = plain(heading_unit(heading).name)
    if plain(heading) in own or bare in own:
        return ACCEPTED - _STEP * own.get(plain(heading), own.get(bare, 0))
    words = tokens(heading)
    best = max(
        (
            _one(word, words, heading) - _STEP * at
            for known in all_languages()
            for at, word in enumerate(known.mapping.headings.get(f"{table}.{column}", ()))
        ),
        default=0.0,
    )
    return max(0.0, best)


def _one(word: str, words: Sequence[str], heading: str) -> float:
    parts = tokens(word)
    if not parts:
        return 0.0
    if plain(heading) == plain(word):
        return WHOLE
    if begins(parts, words):
        return PART + 0.1 * min(1.0, len(parts) / max(1, len(words)))
    short = len(plain(word)) > 5 and len(plain(heading)) < 2 * len(plain(word))
    return LIKE if short and fuzz.ratio(plain(heading), plain(word)) >= _LIKENESS else 0.0


def begins(parts: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether the words begin with the parts, in this order, with others between.

    A part of up to three letters is a whole word.

    >>> begins(["likely", "recommend"], tokens("How likely are you to recommend us?"))
    True
    >>> begins(["id"], tokens("idea"))
    False
    """
    at = 0
    for part in parts:
        while at < len(words) and not _is_begun(part, words[at]):
            at += 1
        if at == len(words):
            return False
        at += 1
    return True


def _is_begun(part: str, word: str) -> bool:
    return word == part if len(part) <= 3 else word.startswith(part)


@lru_cache(maxsize=50_000)
def _tokens(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))
    return tuple(plain(word) for word in _WORD.findall(folded))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text for comparison.

    >>> tokens("EndDate, (UTC)")
    ('end', 'date', 'utc')
    """
    return _tokens(text[:_LONGEST])


@cache
def _accepted(table: str) -> Mapping[str, Mapping[str, int]]:
    """Return the accepted headings of a table's columns, the vaguer ones later."""
    return {
        column.name: {
            plain(form): min(at, 8) for at, form in reversed([*enumerate(accepted(column))])
        }
        for column in all_schemas()[table].columns
    }


@cache
def _all_accepted() -> frozenset[str]:
    return frozenset(
        form for table in all_schemas() for one in _accepted(table).values() for form in one
    )


@cache
def _loose(heading: str) -> bool:
    words = tokens(heading)
    return any(
        begins(tokens(word), words)
        for known in all_languages()
        for group in known.mapping.headings.values()
        for word in group
        if len(word) > 3
    )


def known_headings(cells: Sequence[str]) -> int:
    """Return how many different cells are, or contain, a heading that some table may have.

    >>> known_headings(["End Date", "Контрагент", "12 345,60", ""])
    2
    """
    known = {plain(cell) for cell in cells if cell and len(cell) <= _LONGEST}
    exact = {one for one in known if one in _all_accepted()}
    loose = {
        plain(c) for c in cells if c and len(c) <= _LONGEST and plain(c) not in exact and _loose(c)
    }
    return len(exact | loose)


@lru_cache(maxsize=50_000)
def says(text: str, group: str, word: str = "") -> bool:
    """Return whether a text has words of one kind in any language (see ``MappingWords``).

    >>> says("Количество", "counts"), says("Закрыто и не реализовано", "values", "lost")
    (True, True)
    """
    words = tokens(text)
    for known in all_languages():
        said = getattr(known.mapping, group)
        listed = said.get(word, ()) if isinstance(said, Mapping) else said
        if any(begins(tokens(one), words) for one in listed):
            return True
    return False


def file_hint(table: str, name: str) -> float:
    """Return how much the name of a file or sheet speaks for a table: 0 to 1.

    >>> file_hint("survey", "survey.csv"), file_hint("sales", "Продажи 01.2025.xlsx")
    (1.0, 0.5)
    """
    stem = re.sub(r"\.[A-Za-z]{2,4}$", "", name)
    schema = all_schemas()[table]
    if plain(stem) in {plain(one) for one in (table, *schema.headings.values())}:
        return 1.0
    return 0.5 if says(stem, "files", table) else 0.0


__all__ = ["MappingWords", "begins", "file_hint", "known_headings", "likeness", "says", "tokens"]
