"""Colours of words that can be read on what lies under them."""

from matplotlib.colors import to_rgb

READABLE = 4.5
"""Contrast that words have at least (WCAG AA)."""
_INKS = ("white", "#1f2933", "black")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2).

    >>> round(contrast("white", "black"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """Return the colour of words on a colour: white or ink, black where neither can be read.

    >>> ink_on("#0b5394"), ink_on("#ffe14d"), ink_on("#d95f02")
    ('white', '#1f2933', 'black')
    """
    return next(ink for ink in _INKS if contrast(ink, colour) >= READABLE)


def _luminance(colour: str) -> float:
    red, green, blue = (
        s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
