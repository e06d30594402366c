"""How a day may be written: figures in one order or another, or the month as a word.

The calendar day counts as it is written: the time of day and its zone are read over, and nothing
is moved to another zone.
"""

import re

from workbook.intake.cells.month_names import MONTH_WORD, YEAR_MARK, month_named, weekday_named
from workbook.language.languages import in_all, word_pattern

_AT = word_pattern(in_all(lambda language: language.files.before_time))
_OFFSET = r"[+\-\u2212]\d{1,2}(?::?\d{2})?"
_ZONES = word_pattern(in_all(lambda language: language.files.zones))
_NAMED_ZONE = rf"(?-i:Z|{_ZONES}|[A-Z]{{1,4}}T|[A-Z][a-z]+(?:/[A-Z][A-Za-z_]+){{1,2}})\b"
_ZONE = rf"(?:\s*(?:{_NAMED_ZONE}(?:{_OFFSET})?|{_OFFSET}|[(\[][^()\[\]]{{1,60}}[)\]]))"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,:]\d+)?)?(?:\s*[AaPp]\.?[Mm]\b\.?)?"
TIME = rf"(?:(?:T|,?\s+(?:(?:{_AT})\s+)?|,){_CLOCK}{_ZONE}{{0,2}})?"
"""The time of day with its zone: ``10:11:12 UTC``, ``, 09:41 AM GMT+3``; or nothing."""
ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + TIME)
OTHER = re.compile(
    rf"(\d{{1,2}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{4}}|\d{{2}}){YEAR_MARK}{TIME}", re.IGNORECASE
)
"""Figures that are not year first; the year of two or four digits."""
BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(?:T?\d{4}(?:\d{2})?)(?:[.,]\d+)?Z?|[.,]0+)?")
"""ISO without signs: ``20251103``."""
_DAY = rf"(\d{{1,2}})(?:\.|{word_pattern(in_all(lambda language: language.files.ordinals))})?"
_WORD = rf"({MONTH_WORD})\.?"
_SHORT = r"(\d{4}|\d{2})"
_DAY_FIRST = re.compile(
    rf"{_DAY}\s?[-/ ]?\s?{_WORD},?\s?[-/ ]?\s?{_SHORT}{YEAR_MARK}{TIME}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"{_WORD}\s?[-/ ]?\s?{_DAY}(?:,\s?|[-/]|\s(?=\d{{4}})){_SHORT}{TIME}", re.IGNORECASE
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/. ]{_WORD}[-/. ](\d{{1,2}}){TIME}", re.IGNORECASE)
_WEEKDAY = re.compile(r"([^\W\d_]{2,12})\.?,?\s+(?=\S)")


def without_weekday(text: str) -> tuple[int | None, str]:
    """Return the day of the week before a date (Monday: 0), and the text without it.

    >>> without_weekday("Mon, 3 Nov 2025"), without_weekday("3 Nov 2025")
    ((0, '3 Nov 2025'), (None, '3 Nov 2025'))
    """
    found = _WEEKDAY.match(text) if text[:1].isalpha() else None
    weekday = weekday_named(found[1]) if found else None
    return (weekday, text[found.end() :]) if found and weekday is not None else (None, text)


def worded_day(text: str) -> tuple[str, int, str] | None:
    """Return year, month and day of a date whose month is a word; None of any other text.

    >>> worded_day("1 января 2025 г."), worded_day("Nov 15, 2025"), worded_day("15-янв-25")
    (('2025', 1, '1'), ('2025', 11, '15'), ('25', 1, '15'))
    >>> worded_day("soon")
    """
    if found := _DAY_FIRST.fullmatch(text):
        day, word, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        word, day, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, word, day = found.groups()
    else:
        return None
    month = month_named(word)
    return (year, month, day) if month else None
