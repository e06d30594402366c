"""Whether the colours of a brand can be seen and told apart, by everybody and in charts.

Nothing is refused: a house has the colours that it has.  The report takes dark text where a colour
is too pale for words; marks of charts keep the colour.
"""

from collections.abc import Iterator
from itertools import combinations

from workbook.engagement.settings import Brand
from workbook.errors import Location, Problem
from workbook.intake.config_errors import FILE
from workbook.intake.problems import warning
from workbook.report.meta import contrast

FAINTEST = 3.0
"""Contrast with white of a mark that can be seen (WCAG 2.2, 1.4.11)."""
ALIKE = 0.10
"""Distance in OKLab below which two colours of a chart are taken for one."""
_CHARTS = ("primary", "secondary", "tertiary")
_SEEN_BY: tuple[tuple[tuple[float, float, float], ...], ...] = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.0520)),
    ((0.3673, 0.8606, -0.2280), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9690)),
)  # fmt: skip
"""Linear RGB as everybody sees it, and without the red or the green cones (Machado et al. 2009)."""


def colour_remarks(brand: Brand) -> Iterator[Problem]:
    """Find colours of the firm that are too pale, or that some readers cannot tell apart.

    Examples
    --------
    >>> [one.code for one in colour_remarks(Brand())]
    []
    >>> [one.code for one in colour_remarks(Brand(primary="#ffee00"))]
    ['brand_colour_faint']
    """
    ours = Brand()
    own = [name for name in _CHARTS if getattr(brand, name) != getattr(ours, name)]
    for name in own:
        colour = getattr(brand, name)
        if name != "tertiary" and contrast(colour, "#ffffff") < FAINTEST:
            yield warning("brand_colour_faint", _place(name), colour)
    for one, other in combinations(_CHARTS, 2):
        if {one, other} & set(own) and _nearest(getattr(brand, one), getattr(brand, other)) < ALIKE:
            found = f"{getattr(brand, one)}, {getattr(brand, other)}"
            yield warning("brand_colours_alike", _place(one), found, other=f"brand.{other}")


def _place(name: str) -> Location:
    return Location(file=FILE, column=f"brand.{name}")


def _linear(colour: str) -> tuple[float, float, float]:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return red, green, blue


def _nearest(one: str, other: str) -> float:
    """Return how far apart two colours are for those to whom they are nearest."""
    distances: list[float] = [
        sum((a - b) ** 2 for a, b in zip(_oklab(one, eye), _oklab(other, eye), strict=True)) ** 0.5
        for eye in _SEEN_BY
    ]
    return min(distances)


def _oklab(colour: str, eye: tuple[tuple[float, float, float], ...]) -> tuple[float, ...]:
    """Return a colour, as an eye sees it, in the space of Ottosson (2020)."""
    seen = [
        min(1.0, max(0.0, sum(k * v for k, v in zip(row, _linear(colour), strict=True))))
        for row in eye
    ]
    cones = [
        sum(k * v for k, v in zip(row, seen, strict=True)) ** (1 / 3)
        for row in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    ]
    return tuple(
        sum(k * v for k, v in zip(row, cones, strict=True))
        for row in (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        )
    )
