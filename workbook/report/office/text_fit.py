"""How much room words take on a slide: nothing may run out of its box.

Widths are those of the shipped Inter, which is wider than the fonts that office programs have, so
that what fits here fits there.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from PIL import ImageFont

from workbook.language.package_data import templates

LINE = 1.22
"""Height of a line for each unit of type size."""
_MEASURED_AT = 200
_BREAKS = " "
"""Only here a line breaks; a space that must not break is another character."""
_CUT = "…"


def width(text: str, points: float, *, bold: bool = False) -> float:
    """Return the inches that a line of text takes.

    >>> width("mm", 20) > width("ii", 20) > 0 == width("", 20)
    True
    """
    words = text.split(_BREAKS)
    length = sum(_length(word, bold) for word in words) + (len(words) - 1) * _length(_BREAKS, bold)
    return length / _MEASURED_AT * points / 72


def wrapped(text: str, points: float, inches: float, *, bold: bool = False) -> list[str]:
    """Return the lines of a text in a box of that width; a word longer than a line is cut.

    >>> wrapped("one two three", 12, 0.75)
    ['one two', 'three']
    """
    lines: list[str] = []
    line, taken = "", 0.0
    space = width("| |", points, bold=bold) - width("||", points, bold=bold)
    for word in text.split(_BREAKS):
        long = width(word, points, bold=bold)
        if line and taken + space + long <= inches:
            line, taken = f"{line}{_BREAKS}{word}", taken + space + long
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, points, inches, bold) if long > inches else [word]
        lines += full
        taken = width(line, points, bold=bold)
    return [*lines, line] if line or not lines else lines


def _pieces(word: str, points: float, inches: float, bold: bool) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char, points, bold=bold) > inches:
            pieces.append("")
        pieces[-1] += char
    return pieces


def height(
    texts: Sequence[str], points: float, inches: float, *, bold: bool = False, gap: float = 0
) -> float:
    """Return the inches that paragraphs take in a box of that width.

    Parameters
    ----------
    gap
        Points between two of them.
    """
    lines = sum(len(wrapped(t, points, inches, bold=bold)) for t in texts)
    return (lines * points * LINE + gap * max(0, len(texts) - 1)) / 72


def shortened(text: str, points: float, inches: float, lines: int, *, bold: bool = False) -> str:
    """Return a text that takes so many lines at most, cut after a word where it is longer.

    >>> shortened("one two three four", 12, 0.75, 2)
    'one two three…'
    """
    if len(wrapped(text, points, inches, bold=bold)) <= lines:
        return text
    words = text.split(_BREAKS)
    while len(words) > 1:
        words.pop()
        cut = _BREAKS.join(words).rstrip(" ,;:–—-(") + _CUT
        if len(wrapped(cut, points, inches, bold=bold)) <= lines:
            return cut
    first = wrapped(text, points, inches, bold=bold)[0]
    return first[:-1] + _CUT


def largest(
    texts: Sequence[str],
    sizes: Sequence[float],
    inches: float,
    high: float,
    *,
    bold: bool = False,
    gap: float = 0,
) -> float | None:
    """Return the first of the type sizes at which paragraphs fit into a box; None: at none.

    >>> largest(["one two three"], (24, 12), 2, 0.25)
    12
    """
    fits = (s for s in sizes if height(texts, s, inches, bold=bold, gap=gap) <= high)
    return next(fits, None)


@lru_cache(maxsize=50_000)
def _length(word: str, bold: bool) -> float:
    return float(_face(bold).getlength(word))


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    name = "Inter-SemiBold" if bold else "Inter-Regular"
    path = templates() / "fonts" / f"{name}.ttf"
    return ImageFont.truetype(str(path), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)
