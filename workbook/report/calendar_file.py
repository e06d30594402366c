"""A calendar of all-day events as a file that every calendar program imports (RFC 5545).

Forty lines of our own: of the format only days, texts and categories are needed, and a package
for all of it would bring time zones and recurrences that nobody here reads.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from workbook.report.blocks import printable

_WIDTH = 75
"""Octets of a line; longer ones are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One all-day event."""

    day: date
    summary: str
    description: str = ""
    """Lines of text; empty for none."""
    category: str = ""
    key: tuple[str, ...]
    """What the event is, in any words: equal keys of two files are the same event."""


def calendar_file(days: Iterable[CalendarDay], *, stamp: date, domain: str) -> bytes:
    r"""Return the file; the same bytes for the same events.

    Parameters
    ----------
    stamp
        The day that the events are known from; a file has no clock.
    domain
        Part of the identifiers after the ``@``: letters, digits and hyphens.

    Examples
    --------
    >>> event = CalendarDay(day=date(2026, 1, 5), summary="Call; then write", key=("call", "1"))
    >>> lines = calendar_file([event], stamp=date(2025, 12, 31), domain="acme").split(b"\r\n")
    >>> lines[0], lines[6], lines[8]
    (b'BEGIN:VCALENDAR', b'DTSTART;VALUE=DATE:20260105', b'SUMMARY:Call\\; then write')
    """
    made: Counter[tuple[str, ...]] = Counter()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//workbook//dates of customers//EN"]
    for one in days:
        made[one.key] += 1
        lines += _event(one, number=made[one.key], stamp=stamp, domain=domain)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(one: CalendarDay, *, number: int, stamp: date, domain: str) -> Iterator[str]:
    parts = "\x1f".join((*one.key, str(number)))
    yield "BEGIN:VEVENT"
    yield f"UID:{sha256(parts.encode('utf-8', 'replace')).hexdigest()[:32]}@{domain}"
    yield f"DTSTAMP:{_basic(stamp)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(one.day)}"
    if one.day < date.max:  # the day after is where it ends; the last day there is has none
        yield f"DTEND;VALUE=DATE:{_basic(one.day + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(one.summary)}"
    if one.description:
        yield f"DESCRIPTION:{escaped(one.description)}"
    if one.category:
        yield f"CATEGORIES:{escaped(one.category)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _basic(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def escaped(text: str) -> str:
    r"""Return text as a value: separators escaped, line breaks written out, controls left out.

    Examples
    --------
    >>> print(escaped("Smith, Jones; Co\nc:\\new"))
    Smith\, Jones\; Co\nc:\\new
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(filter(printable, plain))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 octets, no character cut in two."""
    pieces, piece = [], b""
    for char in line:
        octets = char.encode("utf-8")
        if len(piece) + len(octets) > _WIDTH:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join((*pieces, piece)) + b"\r\n"
