"""Characters that no shipped font has: shown as a box in the PDF and in charts, never left out."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from workbook.language.package_data import templates

BOX = "□"
_SURE = "\x00-\u024f\u0391-\u03a1\u03b1-\u03c9\u0400-\u045f\u2010-\u2027\u2030-\u203a\u20ac\u2116"
_DOUBTFUL = re.compile(f"[^{_SURE}]")
_UNDRAWN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f"
    "\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
"""Spaces, marks of direction and what only changes the character before: nothing to see."""
_FACES = (("Inter-Regular", "DejaVuSans"), ("Inter-Bold", "DejaVuSans-Bold"))
"""The faces of running text and of headings, each with the one that stands in for it."""


def boxed(text: str) -> str:
    """Return text with a box for every character that no shipped font has.

    >>> boxed("Опт, 客户")
    'Опт, □□'
    """
    if not is_doubtful(text):
        return text
    return _DOUBTFUL.sub(lambda found: _shown(found[0]), text)


def is_doubtful(text: str) -> bool:
    """Tell quickly whether a text has more than letters and signs that every font has."""
    return _DOUBTFUL.search(text) is not None


def has_boxes(text: str) -> bool:
    """Return whether :func:`boxed` changes more than marks that nobody sees."""
    return is_doubtful(text) and BOX in boxed(text.replace(BOX, ""))


def _shown(character: str) -> str:
    if ord(character) in _drawn():
        return character
    if _UNDRAWN.match(character):
        return "" if character != "\u3000" else " "
    return BOX


@cache
def _drawn() -> frozenset[int]:
    """Return the characters that the shipped faces have, in every weight that reports use."""
    own, stock = templates() / "fonts", _stock_fonts()
    sets = [
        _characters(own / f"{face}.ttf") | _characters(stock / f"{spare}.ttf")
        for face, spare in _FACES
    ]
    return frozenset.intersection(*sets)


def _characters(face: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # only for what plain letters and signs do not cover

    with TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _stock_fonts() -> Path:
    """Return matplotlib's folder of fonts without importing it, which takes long."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
