"""How wide words are in the house font, from its own metrics; read once per process."""

from functools import lru_cache
from typing import Any

from workbook.language.package_data import templates

_FACES = {False: "Inter-Regular.ttf", True: "Inter-SemiBold.ttf"}
_EM = 1000
_DIGIT = 0.64
"""Tables are set in tabular figures, all as wide."""
_UNKNOWN = 0.7
"""A letter that another font draws."""


def width_of(text: str, *, bold: bool = False) -> float:
    """Return the width of a line of text, em.

    >>> width_of("00") == width_of("11")
    True
    >>> width_of("iii") < width_of("www") < width_of("www", bold=True)
    True
    """
    return sum(_advance(c, bold) for c in text)


@lru_cache(maxsize=2048)
def _advance(char: str, bold: bool) -> float:
    if char.isdecimal():
        return _DIGIT
    from matplotlib import font_manager

    font: Any = font_manager.get_font(str(templates() / "fonts" / _FACES[bold]))
    font.set_size(_EM, 72)
    if not font.get_char_index(ord(char)):
        return 0.0 if char == "\u200b" else _UNKNOWN
    return float(font.load_char(ord(char)).linearHoriAdvance) / 65536 / _EM
