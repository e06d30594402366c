"""The house style of charts and the Chart block.

Charts are drawn on a bare ``Figure`` (never through pyplot), laid out once at a fixed size and
saved in one pass as SVG with text as outlines, so that every reader sees the same picture and
the same input gives the same bytes.  The style is set around drawing and saving only.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from workbook.blocks import Block, Bundle
from workbook.shipped import templates

INK = "#1f2933"
GREY = "#7a7f87"
PALE = "#c7ced6"
FAINT = "#e8ebef"
SKY = "#56b4e9"
WIDTH = 6.7
"""Inches: the text width of an A4 page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours and font of one brand; the neutral colours are the house's own."""

    primary: str = "#0b5394"
    secondary: str = "#d95f02"
    font: str = "Inter"
    """Family of the words; DejaVu Sans stands in for characters that it lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Block):
    """One exhibit: a picture with its title, the words for those who do not see it, and a note."""

    title: str
    alt: str
    note: str
    """Source, n and method."""
    svg: str
    width: float = WIDTH

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"chart {self.title!r} has no alt text")

    def plain(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        metadata = {
            "alt": self.alt,
            "title": self.title,
            "note": self.note,
            "width": self.width,
        }
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"image/svg+xml": metadata}


def draw(
    plot: Callable[[Figure], None],
    *,
    title: str,
    alt: str,
    note: str,
    height: float,
    width: float = WIDTH,
    font: str = "Inter",
) -> Chart:
    """Draw on a fresh figure in the house style and return the chart.

    Parameters
    ----------
    plot
        Draws on the empty figure it is given.
    height, width
        Inches.
    font
        Family of the words.
    """
    _fonts()
    style: Any = _STYLE | {"font.family": [font, "Inter", "DejaVu Sans"]}
    with mpl.rc_context(rc=style):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        plot(figure)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return Chart(title=title, alt=alt, note=note, svg=_body(buffer.getvalue()), width=width)


def _body(svg: str) -> str:
    """Return the svg element without XML declaration, document type and comments."""
    return re.sub(r"<!--.*?-->", "", svg[svg.index("<svg") :], flags=re.DOTALL).strip()


@cache
def _fonts() -> None:
    """Make the shipped faces known to matplotlib; DejaVu Sans stays the fallback."""
    for path in sorted((templates() / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(path)


_STYLE: Any = {
    "text.parse_math": False,  # text from a client's file is never mathematics
    "font.size": 8.5,
    "text.color": INK,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.8,
    "axes.grid": False,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "xtick.color": PALE,
    "ytick.color": PALE,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8.5,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "lines.linewidth": 1.6,
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.facecolor": "none",
    "svg.fonttype": "path",
    "svg.hashsalt": "workbook",
    "path.simplify": True,
}
