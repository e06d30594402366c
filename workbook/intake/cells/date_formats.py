"""How days are written: the formats that engagement.toml may declare."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from workbook.intake.cells.date_text import TIME
from workbook.intake.cells.month_names import MONTH_WORD, long_year, month_named

SERIAL = "serial"
"""Days as Excel counts them from 1900."""
_KNOWN = frozenset("dmyYbBHMSIpfzZ%")
_TIME_CODES = frozenset("HMSIpfzZ")
_PIECES: Mapping[str, str] = MappingProxyType(
    {
        "d": r"(?P<day>\d{1,2})",
        "m": r"(?P<month>\d{1,2})",
        "b": rf"(?P<word>{MONTH_WORD}\.?)",
        "B": rf"(?P<word>{MONTH_WORD}\.?)",
        "Y": r"(?P<year>\d{4})",
        "y": r"(?P<year>\d{2})",
        "H": r"\d{1,2}",
        "I": r"\d{1,2}",
        "M": r"\d{1,2}",
        "S": r"\d{1,2}",
        "f": r"\d{1,9}",
        "p": r"[AaPp]\.?\s?[Mm]\.?",
        "z": r"(?:Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)",
        "Z": r"[^\W\d_][\w/+:-]{0,40}(?: [^\W\d_]\w{0,20}){0,4}",
        "%": "%",
    }
)
_NUMBER = re.compile(r"(\d{1,7})(?:[.,]\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 61, 73_415
"""1 March 1900, before which Excel counts wrongly, and the end of 2100."""
_EXCEL_BEGAN = date(1899, 12, 30)


def format_problem(text: str) -> str:
    """Return the code of ``strptime`` that is not known, or what is missing; empty when good.

    >>> format_problem("%d.%m.%Y"), format_problem("%d.%m"), format_problem("%d %Q")
    ('', '%Y', '%Q')
    >>> format_problem("serial")
    ''
    """
    if text == SERIAL:
        return ""
    codes = re.findall(r"%(.?)", text)
    strange = next((code for code in codes if code not in _KNOWN or not code), None)
    if strange is not None:
        return f"%{strange}"
    for wanted in ("d", "mbB", "yY"):
        if sum(codes.count(code) for code in wanted) != 1:
            return f"%{wanted[-1]}"
    return ""


def days_by(formats: tuple[str, ...], text: str) -> set[date | None]:
    """Return the days that a text is by the declared formats; None: it has the form of one only.

    >>> days_by(("%d %b %Y", "%m/%d/%y"), "15 янв. 2025")
    {datetime.date(2025, 1, 15)}
    >>> days_by(("serial",), "45658"), days_by(("%d/%m/%Y",), "30/02/2025"), days_by((), "1")
    ({datetime.date(2025, 1, 1)}, {None}, set())
    """
    found: set[date | None] = set()
    for said in formats:
        if parts := _fits(said, text):
            found.add(_day(said, parts))
    return found if found == {None} else found - {None}


def format_of(text: str, order: str) -> str:
    """Return the format of a date, for a message; ``order`` has the codes of its figures.

    >>> format_of("15.03.75 10:11", "dmy"), format_of("15-янв-75", "dy")
    ('%d.%m.%y', '%d-%b-%y')
    """
    codes = iter(order)

    def code(found: "re.Match[str]") -> str:
        return f"%{next(codes, 'H') if found[0][0].isdigit() else 'b'}"

    day = re.split(r",?\s*\d{1,2}:", text)[0]
    return re.sub(rf"\d+|{MONTH_WORD}\.?", code, day)


def day_counted(number: int) -> date:
    """Return the day that Excel counts as a number.

    >>> day_counted(45658)
    datetime.date(2025, 1, 1)
    """
    return _EXCEL_BEGAN + timedelta(days=number)


def _fits(said: str, text: str) -> "re.Match[str] | None":
    return _NUMBER.fullmatch(text) if said == SERIAL else _pattern(said)(text)


def _day(said: str, parts: "re.Match[str]") -> date | None:
    if said == SERIAL:
        number = int(parts[1])
        return day_counted(number) if _FIRST_SERIAL <= number <= _LAST_SERIAL else None
    named = parts.groupdict()
    month = month_named(named["word"]) if "word" in named else int(named["month"])
    try:
        return date(long_year(named["year"]), month or 0, int(named["day"]))
    except ValueError:
        return None


@cache
def _pattern(said: str) -> Callable[[str], "re.Match[str] | None"]:
    """Return what fits a format; a time of day may follow where the format has none."""
    made, timed = [], False
    for code, space, sign in re.findall(r"%(.)|(\s+)|([^%\s])", said):
        timed = timed or code in _TIME_CODES
        made.append(_PIECES[code] if code else r"\s+" if space else re.escape(sign))
    pattern = "".join(made) + ("" if timed else TIME)
    return re.compile(pattern, re.IGNORECASE).fullmatch
