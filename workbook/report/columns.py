"""How wide the columns of a printed table are: figures as they need, words share the rest."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

PAGE_WIDTH = 481.9
"""Points between the margins of the A4 page (170 mm)."""
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
"""Sizes of type tried in turn, points."""
_GAP = 1.1
"""Space between two columns, em."""
_TEXT, _FIGURE, _HEAD = 0.6, 0.64, 0.62
"""Width of a character with some slack, em: words, tabular figures, semibold heading."""
_LONGEST_WORD = 20
"""Longer words are broken (characters)."""
_WIDEST = 80
"""A column of words asks for no more than this many characters."""
_ROW = 2.1
"""Height of a row of one line, em."""
_LINE = 1.25
"""Height of each further line, em."""
_EMPTY = 14
"""Characters that a column for filling in by hand gets."""
_SPACE = re.compile(r"[ \t\n\u200b]+")  # a no-break space does not break


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnText:
    """What stands in one column."""

    heading: str
    cells: Sequence[str]
    whole: bool
    """True for figures and dates, which stay on one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Size of type and width of each column, points."""

    size: float
    widths: tuple[float, ...]
    squeezed: bool = False
    """True when even the smallest type is too wide, so that words must break."""


def fit(columns: Sequence[ColumnText], width: float = PAGE_WIDTH) -> Fit:
    """Return the largest type at which no word and no figure breaks, and the column widths."""
    least = [_least(c) for c in columns]
    size = next((s for s in SIZES if sum(least) * s <= width), SIZES[-1])
    room = width / size
    if sum(least) > room:
        return Fit(size=size, widths=tuple(w * width / sum(least) for w in least), squeezed=True)
    return Fit(size=size, widths=tuple(w * size for w in _spread(columns, least, room)))


def height(columns: Sequence[ColumnText], fitted: Fit, *, groups: int = 0) -> float:
    """Return about how high the table is set, with ``groups`` rows of one heading, points."""
    rows = max((len(c.cells) for c in columns), default=0)
    pairs = list(zip(columns, fitted.widths, strict=True))
    lines = [max((_lines(c.heading, w, fitted.size) for c, w in pairs), default=1)]
    lines += [max(_lines(c.cells[i], w, fitted.size) for c, w in pairs) for i in range(rows)]
    return fitted.size * (_ROW * groups + sum(_ROW + _LINE * (n - 1) for n in lines))


def _lines(text: str, width: float, size: float) -> int:
    """Return on how many lines a text is set."""
    room = max(width / size - _GAP, 1.0)
    return max(1, math.ceil(len(text) * _TEXT / room - 0.25))


def _spread(columns: Sequence[ColumnText], least: list[float], room: float) -> list[float]:
    wish = [max(0.0, _natural(c) - low) for c, low in zip(columns, least, strict=True)]
    spare = room - sum(least)
    widths = list(least)
    for place, i in enumerate(sorted(range(len(wish)), key=lambda i: wish[i])):
        given = min(wish[i], spare / (len(wish) - place))  # small wishes are met first
        widths[i] += given
        spare -= given
    return [w + spare / len(widths) for w in widths]


def _least(column: ColumnText) -> float:
    heading = _longest_word(column.heading) * _HEAD
    if column.whole:
        return max(heading, max((len(c) for c in column.cells), default=0) * _FIGURE) + _GAP
    longest = max((_longest_word(c) for c in column.cells), default=0)
    return max(heading, longest * _TEXT, 4.0) + _GAP


def _natural(column: ColumnText) -> float:
    longest = max((len(c) for c in column.cells), default=0) or _EMPTY
    heading = min(len(column.heading), 24) * _HEAD
    if column.whole:
        return heading + _GAP
    return max(heading, min(longest, _WIDEST) * _TEXT) + _GAP


def _longest_word(text: str) -> int:
    return min(_LONGEST_WORD, max(map(len, _SPACE.split(text)), default=0))
