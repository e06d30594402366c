"""Words measured before they are placed: widths in inches, and lines that fit a width."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

import matplotlib as mpl
from matplotlib.font_manager import FontProperties

from workbook.charts.text_outlines import POINTS, FontKey, size
from workbook.language.glyphs import boxed

TEXT = 8.5
"""Points of the words of charts; smaller ones are not less than 8."""
SMALL = 8.0
LINE = 0.142
"""Inches from one line to the next."""


def width_of(words: str, points: float = TEXT, *, bold: bool = False) -> float:
    """Return the inches that words take in the font of charts, by their longest line."""
    face = _face(tuple(mpl.rcParams["font.family"]), points, bold)
    return max(size(boxed(line), face)[0] for line in words.split("\n")) / POINTS


def widest(words: Iterable[str], points: float = TEXT, *, bold: bool = False) -> float:
    """Return the width of the widest of several; 0 of none."""
    return max((width_of(one, points, bold=bold) for one in words), default=0.0)


def fold(
    words: str, width: float, points: float = TEXT, *, most: int | None = None, bold: bool = False
) -> str:
    """Break words into lines of at most a width in inches.

    Parameters
    ----------
    most
        Lines at most: what is beyond is cut and ends in an ellipsis.
    """
    lines: list[str] = []
    for part in words.split("\n"):
        lines += _lines(part, width, points, bold)
    if most is not None and lines[most:]:
        last = _cut(" ".join(lines[most - 1 :]), width, points, bold)
        lines = [*lines[: most - 1], last]
    return "\n".join(lines)


def height_of(words: str) -> float:
    """Return the inches of height that folded words take."""
    return LINE * (words.count("\n") + 1)


def _lines(words: str, width: float, points: float, bold: bool) -> list[str]:
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(longer, points, bold=bold) <= width:
            lines[-1] = longer
            continue
        pieces = _pieces(word, width, points, bold)
        lines += pieces if lines[-1] else []
        if not lines[0]:
            lines = pieces
    return lines


def _pieces(word: str, width: float, points: float, bold: bool) -> list[str]:
    """Break one word that is wider than a line."""
    pieces = [""]
    for char in word:
        if pieces[-1] and width_of(pieces[-1] + char, points, bold=bold) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _cut(words: str, width: float, points: float, bold: bool) -> str:
    def too_wide(signs: int) -> bool:
        return width_of(f"{words[:signs]}…", points, bold=bold) > width

    signs = bisect_left(range(1, len(words) + 1), True, key=too_wide)
    return f"{words[:signs].rstrip()}…"


@lru_cache(64)
def _face(family: tuple[str, ...], points: float, bold: bool) -> FontKey:
    weight = "bold" if bold else "normal"
    return FontKey.of(FontProperties(family=list(family), weight=weight, size=points))
