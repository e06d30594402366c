"""What is proposed for a new engagement: its name in folders, its period, its last day."""

import calendar
import re
import unicodedata
from datetime import date, timedelta

_CYRILLIC = "абвгдезийклмнопрстуфхцыэ"
_LATIN = "abvgdeziyklmnoprstufhcye"
_PAIRS = {
    "ё": "e", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ъ": "", "ь": "",
}  # fmt: skip
_TO_LATIN = str.maketrans({**dict(zip(_CYRILLIC, _LATIN, strict=True)), **_PAIRS})
_LONGEST = 64
_NAMELESS = "engagement"
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?", re.IGNORECASE)


def proposed_id(name: str) -> str:
    """Return a name of a folder as an engagement's id may be written.

    >>> proposed_id("ООО «Щёлково-Мет» 2025"), proposed_id("Tatra Servis, a. s.")
    ('ooo-schelkovo-met-2025', 'tatra-servis-a-s')
    >>> proposed_id("客户")
    'engagement'
    """
    latin = unicodedata.normalize("NFKD", name.casefold().translate(_TO_LATIN))
    plain = "".join(sign for sign in latin if not unicodedata.combining(sign))
    made = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:_LONGEST].rstrip("-_")
    if _RESERVED.fullmatch(made):
        made = f"{made}-1"
    return made or _NAMELESS


def last_day(period: str) -> date | None:
    """Return the last day of a year, half-year, quarter or month; None of another label.

    >>> last_day("2025-Q3"), last_day("2024-02"), last_day("autumn")
    (datetime.date(2025, 9, 30), datetime.date(2024, 2, 29), None)
    """
    found = _PERIOD.fullmatch(period)
    if not found or not 1900 <= int(found[1]) <= 2100:
        return None
    year, quarter, half, month = int(found[1]), found[2], found[3], found[4]
    last = int(month or 0) or int(quarter or 0) * 3 or int(half or 0) * 6 or 12
    return date(year, last, calendar.monthrange(year, last)[1])


def first_day(period: str) -> date | None:
    """Return the first day of a year, half-year, quarter or month; None of another label.

    >>> first_day("2025-Q3"), first_day("2025-H2"), first_day("2025"), first_day("autumn")
    (datetime.date(2025, 7, 1), datetime.date(2025, 7, 1), datetime.date(2025, 1, 1), None)
    """
    last = last_day(period)
    if last is None:
        return None
    months = 3 if "Q" in period.upper() else 6 if "H" in period.upper() else 0
    if "-" not in period:
        months = 12
    return date(last.year, last.month - max(months, 1) + 1, 1)


def quarter_of(day: date) -> str:
    """Return the quarter that a day is in.

    >>> quarter_of(date(2025, 9, 30))
    '2025-Q3'
    """
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def last_full_quarter(today: date) -> date:
    """Return the last day of the last quarter that is over.

    >>> last_full_quarter(date(2025, 11, 29)), last_full_quarter(date(2026, 1, 1))
    (datetime.date(2025, 9, 30), datetime.date(2025, 12, 31))
    """
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return first - timedelta(days=1)
