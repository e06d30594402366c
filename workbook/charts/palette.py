"""Colours and font of one brand."""

from dataclasses import dataclass

SKY = "#56b4e9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours and font of one brand; the neutral colours are the house's own."""

    primary: str = "#0b5394"
    secondary: str = "#d95f02"
    tertiary: str = SKY
    """Of a third group or curve."""
    font: str = "Inter"
    """Family of the words; DejaVu Sans stands in for characters that it lacks."""
