"""Months, quarters and years in the words of all languages: ``янв. 25``, ``I квартал 2025``."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale

from workbook.language.languages import Language, all_languages, in_all, word_pattern

_MARK = word_pattern(in_all(lambda language: language.files.year_mark))
YEAR_MARK = rf"(?:\s?(?:{_MARK})\b\.?)?"
"""After a year: "2025 г."."""
MONTH_WORD = r"[^\W\d_]{3,12}"
"""What may be the name of a month; :func:`month_named` tells."""
_YEAR = r"(?:19|20)\d{2}|2100"
_WORDED = re.compile(
    rf"({MONTH_WORD})(\.?)[ ,'\u2019/-]{{0,2}}({_YEAR}|\d{{2}}){YEAR_MARK}", re.IGNORECASE
)
_WORDED_LAST = re.compile(rf"({_YEAR})[ ,/.-]{{0,2}}({MONTH_WORD})\.?", re.IGNORECASE)
_FIGURES = re.compile(
    rf"({_YEAR})(?:[-/.]\s?|\s?M)(\d{{2}})|(\d{{1,2}})\s?[-/.]\s?({_YEAR}){YEAR_MARK}",
    re.IGNORECASE,
)
_QUARTERS = rf"(?:{word_pattern(('Q', *in_all(lambda language: language.files.quarter)))})\.?"
_ORDINALS = word_pattern(in_all(lambda language: language.files.ordinals))
_NUMBER = r"([1-4]|I{1,3}|IV)"
_QUARTER = (
    re.compile(rf"({_YEAR})[-/. ]{{0,2}}{_QUARTERS}\s?{_NUMBER}", re.IGNORECASE),
    re.compile(rf"({_YEAR})[-/. ,]{{1,2}}{_NUMBER}[-. ]{{0,2}}{_QUARTERS}", re.IGNORECASE),
)
_QUARTER_FIRST = re.compile(
    rf"(?:{_QUARTERS}\s?{_NUMBER}|{_NUMBER}(?:-?(?:{_ORDINALS}))?[-. ]{{0,2}}{_QUARTERS})"
    rf"[-/., ]{{0,2}}({_YEAR}){YEAR_MARK}",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_ANY_YEAR = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
PIVOT = 69
"""Years of two digits from here on are of the 20th century, as POSIX has it."""


def long_year(text: str) -> int:
    """Return a year of two or four digits: 00-68 are 2000-2068, 69-99 are 1969-1999.

    >>> long_year("25"), long_year("69"), long_year("2025")
    (2025, 1969, 2025)
    """
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= PIVOT else 2000)


def month_named(word: str) -> int | None:
    """Return the number of a month by its name or abbreviation in any language.

    >>> month_named("янв."), month_named("Januára"), month_named("Sept"), month_named("Sun")
    (1, 1, 9, None)
    """
    return _months().get(_plain(word))


def weekday_named(word: str) -> int | None:
    """Return the number of a day of the week (Monday: 0) by its name in any language.

    >>> weekday_named("Mon"), weekday_named("пт."), weekday_named("nedeľa"), weekday_named("May")
    (0, 4, 6, None)
    """
    return _weekdays().get(_plain(word))


def month_in(text: str) -> tuple[int, int] | None:
    """Return the year and month that a text names and nothing else; None where it does not.

    Without a year of four digits only a month in words is one: ``01/25`` may be a day.  Two
    digits after a month are a year, as spreadsheets write months: ``Nov 15`` is of 2015.

    >>> month_in("янв.25"), month_in("Январь 2025 г."), month_in("1/2025"), month_in("2025 M01")
    ((2025, 1), (2025, 1), (2025, 1), (2025, 1))
    >>> month_in("15 января 2025"), month_in("1 кв. 2025"), month_in("01/25")
    (None, None, None)
    """
    text = text.strip()
    if found := _WORDED.fullmatch(text):
        month = month_named(found[1])
        return (long_year(found[3]), month) if month else None
    if found := _WORDED_LAST.fullmatch(text):
        month = month_named(found[2])
        return (int(found[1]), month) if month else None
    if found := _FIGURES.fullmatch(text):
        month = int(found[2] or found[3])
        return (int(found[1] or found[4]), month) if 1 <= month <= 12 else None
    return None


def quarter_in(text: str) -> tuple[int, int] | None:
    """Return the year and quarter that a text names and nothing else; None where it does not.

    >>> quarter_in("1 кв. 2025"), quarter_in("2025-Q1"), quarter_in("I квартал 2025 г.")
    ((2025, 1), (2025, 1), (2025, 1))
    >>> quarter_in("январь 2025")
    """
    text = text.strip()
    if found := _QUARTER_FIRST.fullmatch(text):
        return int(found[3]), _quarter(found[1] or found[2])
    for pattern in _QUARTER:
        if found := pattern.fullmatch(text):
            return int(found[1]), _quarter(found[2])
    return None


def year_in(text: str) -> int | None:
    """Return the only year of four digits (1900-2100) in a text; None of none or of several.

    >>> year_in("На 31 декабря 2024 г."), year_in("2024"), year_in("2023/2024"), year_in("1150")
    (2024, 2024, None, None)
    """
    years = {int(found) for found in _ANY_YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _quarter(text: str) -> int:
    return _ROMAN.get(text.upper()) or int(text)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().rstrip(".")


def _spellings(word: str) -> Iterator[str]:
    """Yield a name as it is compared, and without its accents, as people type it."""
    plain = _plain(word)
    yield plain
    parts = unicodedata.normalize("NFD", plain)
    yield "".join(sign for sign in parts if not unicodedata.combining(sign))


@cache
def _months() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for language in all_languages():
        for month, word in _names(language, "months"):
            found.update(dict.fromkeys(_spellings(word), month))
        for month, words in language.files.months.items():
            for word in words:
                found.update(dict.fromkeys(_spellings(word), month))
    return MappingProxyType(found)


@cache
def _weekdays() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for language in all_languages():
        for day, word in _names(language, "days"):
            found.update(dict.fromkeys(_spellings(word), day))
    return MappingProxyType(found)


def _names(language: Language, what: str) -> Iterator[tuple[int, str]]:
    """Yield what CLDR calls the months or the days of the week, whole and abbreviated."""
    names = getattr(Locale.parse(language.locale), what)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from names[context][width].items()
