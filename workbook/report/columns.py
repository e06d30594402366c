"""How wide the columns of a printed table are: figures as they need, words share the rest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook.report.letter_widths import width_of

PAGE_WIDTH = 481.9
"""Points between the margins of the A4 page (170 mm)."""
SIZES = (9.0, 8.5, 8.0)
"""Sizes of type tried in turn, points: nothing is set smaller than the last."""
_GAP = 1.1
"""Space between two columns, em."""
_SLACK = 1.02
"""Widths of the printed page differ a little by kerning."""
_LONGEST_WORD = 32
"""Longer words are broken (characters)."""
_WIDEST = 60.0
"""A column of words asks for no more than this, em."""
_HEADING = 15.0
"""A heading of words asks for no more than this, em."""
_LINES_OF_HEADING = 2
"""A heading over figures may stand on so many lines before it asks for more room."""
_SHORT = 18.0
"""A column of words no wider than this, em, holds names, not sentences."""
_ROW = 2.1
"""Height of a row of one line, em."""
_LINE = 1.25
"""Height of each further line, em."""
_EMPTY = 8.0
"""What a column for filling in by hand gets, em."""
_SPACE = re.compile(r"[ \t\n\u200b]+")  # a no-break space does not break


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnText:
    """What stands in one column."""

    heading: str
    cells: Sequence[str]
    whole: bool
    """True for figures and dates, which stay on one line."""
    bold: bool = False
    """True for the names of rows."""


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
    """Return on how many lines a text is set: words are put on a line while there is room."""
    room = max(width / size - _GAP, 1.0)
    lines, used, space = 1, 0.0, width_of(" ")
    for word in _SPACE.split(text):
        wide = width_of(word)
        if used and used + space + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0.0)
    return lines


def _spread(columns: Sequence[ColumnText], least: list[float], room: float) -> list[float]:
    """Return widths: names first, then small wishes; large ones share the rest by size."""
    wish = [max(0.0, _natural(c) - low) for c, low in zip(columns, least, strict=True)]
    spare = room - sum(least)
    widths = list(least)
    order = sorted(range(len(wish)), key=lambda i: wish[i])
    for i in [i for i in order if not columns[i].whole and least[i] + wish[i] <= _SHORT]:
        if wish[i] <= spare:  # a name on one line is worth a heading on two
            widths[i] += wish[i]
            spare -= wish[i]
            order.remove(i)
    while order and wish[order[0]] <= spare / len(order):
        first = order.pop(0)
        widths[first] += wish[first]
        spare -= wish[first]
    wanted = sum(wish[i] for i in order)
    for i in order:
        widths[i] += spare * wish[i] / wanted
    return widths if order else [w + spare / len(widths) for w in widths]


def _least(column: ColumnText) -> float:
    heading = _longest_word(column.heading, bold=True)
    if column.whole:
        widest = max((width_of(c, bold=column.bold) for c in column.cells), default=0.0)
        return max(heading, widest) * _SLACK + _GAP
    longest = max((_longest_word(c, bold=column.bold) for c in column.cells), default=0.0)
    return max(max(heading, longest) * _SLACK, 4.0) + _GAP


def _natural(column: ColumnText) -> float:
    heading = min(width_of(column.heading, bold=True), _HEADING)
    if column.whole:
        return heading / _LINES_OF_HEADING + _GAP
    longest = max((width_of(c, bold=column.bold) for c in column.cells), default=0.0) or _EMPTY
    return max(heading, min(longest, _WIDEST)) * _SLACK + _GAP


def _longest_word(text: str, *, bold: bool) -> float:
    words = _SPACE.split(text)
    return max((width_of(w[:_LONGEST_WORD], bold=bold) for w in words), default=0.0)
