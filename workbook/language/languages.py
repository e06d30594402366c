"""The languages of reports and files: one data file each, ``<code>.yaml`` beside this module.

Nothing else lists them.  A new language is a file of its own here, its texts, and its entries in
``templates/``; what a field means is said in ``en.yaml``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from workbook.language.yaml_text import yaml_values

_FOLDER = Path(__file__).resolve().parent
LANGUAGES: tuple[str, ...] = tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))
"""Codes of the languages, in alphabetical order."""
ENGLISH = "en"
"""The language of what has no language of its own: the command line, an unknown language."""

Words = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preposition:
    """When a preposition takes its longer form: "zo 127", said "zo sto dvadsiatich siedmich"."""

    full: str
    before: str
    """Pattern of the beginnings of words that ask for it, in small letters."""
    numbers: tuple[int, ...]
    """Numbers said first: of 127 it is 100, of 4 300 it is 4."""
    ordinals: tuple[int, ...]
    """Numbers written with the end of an ordinal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How reports write."""

    percent: str
    day: str
    day_short: str
    day_month: str
    frequent_word: str
    quotes: str
    """Opening and closing, then those inside quotes."""
    short_words: Words
    """Words that do not end a line."""
    before_number: Words
    """Words that stay on the line of the number after them."""
    between_numbers: Words
    """"27 of 228" stays on one line."""
    units: Words
    """Stay on the line of the number before them."""
    glued: Words
    """Phrases that no line breaks."""
    prepositions: Mapping[str, Preposition]
    periods: Mapping[str, Mapping[str, str]]
    """Kind of period -> case -> its words; see :mod:`workbook.language.period_labels`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """How client files are written."""

    decimal: str
    dotted_days: bool
    code_pages: Words
    letter_frequencies: Mapping[str, float]
    """Letters beyond ASCII -> rough frequency in per cent; only the order of size matters."""
    service_sheets: Words
    quarter: Words
    year_mark: Words
    before_year: Words
    """Between nothing and a year: "за 2024 г."."""
    before_time: Words
    """Between a day and the time of day."""
    zones: Words
    """Abbreviations of time zones."""
    ordinals: Words
    """Ends of ordinal numbers: "3rd", "1-й"."""
    months: Mapping[int, Words]
    """Number of the month -> names that CLDR does not have."""
    points: Words
    """After a number on a scale: "5 stars"."""
    of_scale: Words
    """Between a number and the end of its scale: "9 out of 10"."""
    thousand: Words
    million: Words
    billion: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWords:
    """Words in cells."""

    yes: Words
    no: Words
    missing: Words
    """Taken as blank where they would name a group or an identifier."""
    nobody: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """Words by which a row says that it is a total, a test, or not finished."""

    totals: Words
    sure_totals: Words
    """No firm is called by these: what follows them after a space is what is summed up."""
    means: Words
    total_links: Words
    counted_things: Words
    account_words: Words
    """They follow a total, and no firm's name begins so after it."""
    units: Words
    status_columns: Words
    test_columns: Words
    test_values: Words
    typed_tests: Words
    """What those who try a form out type into its fields."""
    finished_columns: Words
    progress_columns: Words
    unfinished_values: Words
    posted_columns: Words
    deleted_columns: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingWords:
    """Beginnings of words by which a heading says what its column is about."""

    days: Words
    reasons: Words
    scores: Words
    amounts: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWords:
    """Words that part or turn round what people write."""

    conjunctions: Words
    reason_joints: Words
    no_theme: Words
    negations: Words
    legal_forms: Words
    name_endings: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DealWords:
    """Words of sales, targets, controls and statements."""

    stages: Mapping[str, Words]
    """Stages of the method as clients call them."""
    outcomes: Words
    outcome_stems: Words
    not_: Words
    target: Words
    optional: Words
    no_target: Words
    contact_stems: Words
    document_stems: Words
    statement_line: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingWords:
    """Words by which a client's own columns, files and values are known when a recipe is proposed.

    They are beginnings of words, the likeliest first.
    """

    headings: Mapping[str, Words]
    """``table.column`` -> words of its headings."""
    files: Mapping[str, Words]
    """Table -> words of its file or sheet."""
    values: Mapping[str, Words]
    """One of our words -> the client's for it."""
    marks: Mapping[str, Words]
    """Mark on a scale of five -> the words for it."""
    counts: Words
    """Headings of pieces, which are no amounts."""
    previews: Words
    """Answers of those who tried the form out."""
    currency: Words
    never: Words
    """Headings of what is no column of ours."""
    contracts: Words
    """Names of contracts, which stand below the customers in turnover sheets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What the program knows of one language."""

    code: str
    """ISO 639, as engagement.toml names it."""
    name: str
    """As the language calls itself."""
    locale: str
    """Of CLDR: separators, plural forms, months, countries."""
    script: str
    dictionary: str
    letters: str
    """Small letters beyond ASCII."""
    currency: str
    """Proposed for a new engagement (ISO 4217)."""
    writing: Writing
    files: Files
    cells: CellWords
    rows: RowWords
    headings: HeadingWords
    text: TextWords
    deals: DealWords
    mapping: MappingWords


@cache
def language_of(code: str) -> Language:
    """Return a language by its code.

    Raises
    ------
    ValueError
        When there is no such language, or its file has other fields than :class:`Language`.

    Examples
    --------
    >>> language_of("sk").files.decimal
    ','
    """
    if code not in LANGUAGES:
        raise ValueError(f"no language {code!r}")
    tree = yaml_values((_FOLDER / f"{code}.yaml").read_text("utf-8"))
    return _record(Language, {"code": code, **tree}, code)


def all_languages() -> tuple[Language, ...]:
    """Return all languages in the order of :data:`LANGUAGES`."""
    return tuple(map(language_of, LANGUAGES))


def in_all(words: Callable[[Language], Iterable[str]]) -> Words:
    """Return words of all languages, each once.

    Examples
    --------
    >>> in_all(lambda language: language.cells.no)
    ('no', 'n', 'false', 'нет', 'ложь', 'nie', 'nepravda')
    """
    return tuple(dict.fromkeys(word for known in all_languages() for word in words(known)))


def word_pattern(words: Iterable[str]) -> str:
    r"""Return a regular expression of words; a star at the end stands for any ending.

    Examples
    --------
    >>> word_pattern(["руб*", "р"])
    'руб\\w*|р'
    """
    return "|".join(
        re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) for word in words
    )


def _record(kind: type[T], tree: Mapping[str, Any], place: str) -> T:
    hints = get_type_hints(kind)
    values = {f"{key}_" if f"{key}_" in hints else key: value for key, value in tree.items()}
    if values.keys() != hints.keys():
        wrong = sorted(values.keys() ^ hints.keys())
        raise ValueError(f"{place}: too many or too few fields: {', '.join(wrong)}")
    return kind(**{key: _value(hints[key], values[key], f"{place}.{key}") for key in hints})


def _value(hint: Any, value: Any, place: str) -> Any:
    """Return a value of the file, frozen; a wrong kind is refused."""
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint, value, place)
    if hint is float:
        return float(value)
    if get_origin(hint) is Mapping:
        inner = get_args(hint)[1]
        return MappingProxyType({k: _value(inner, v, f"{place}.{k}") for k, v in value.items()})
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], word, place) for word in value)
    if not isinstance(value, hint):  # YAML takes a bare no, yes or null for something else
        raise ValueError(f"{place}: {value!r} is no {hint.__name__}; put it in quotes")
    return value
