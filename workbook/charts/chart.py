"""The house style of charts and the Chart block.

Charts are drawn on a bare ``Figure`` (never through pyplot), laid out once at a fixed size and
drawn in one pass as SVG with text as outlines (:mod:`workbook.charts.svg_canvas`), so that every
reader sees the same picture and the same input gives the same bytes.  The style is set around
drawing only.
"""

import gc
import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from workbook.charts.chart_data import ChartData
from workbook.charts.palette import SKY as SKY
from workbook.charts.palette import Palette as Palette
from workbook.charts.plot import Freehand, Plot
from workbook.charts.svg_canvas import Canvas
from workbook.charts.text_outlines import POINTS
from workbook.language.languages import all_languages
from workbook.language.package_data import templates
from workbook.report.blocks import CHART_MIME, Block, Bundle
from workbook.report.json_bundle import packed

INK = "#1f2933"
GREY = "#7a7f87"
PALE = "#c7ced6"
FAINT = "#e8ebef"
WIDTH = 6.7
"""Inches: the text width of an A4 page."""
NARROW = 3.35
"""Inches of a chart for a phone: its 8 points are 11 pixels of a column of 335."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Block):
    """One exhibit: a picture with its title, the words for those who do not see it, and a note."""

    title: str
    alt: str
    note: str
    """Source, n and method."""
    svg: str
    width: float = WIDTH
    data: ChartData | None = None
    """Its numbers, where Excel and PowerPoint have charts of the kind."""
    narrow: str = ""
    """The same chart drawn for a phone; empty: the picture is narrow enough."""

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
        shown: dict[str, Any] = {"image/svg+xml": self.svg, "text/plain": self.alt}
        if self.data or self.narrow:
            data = self.data.as_json() if self.data else None
            shown[CHART_MIME] = packed({"data": data, "narrow": self.narrow})
        return shown, {"image/svg+xml": metadata}


def draw(plot: Plot, *, title: str, alt: str, note: str, font: str = "Inter") -> Chart:
    """Draw in the house style and return the chart.

    Parameters
    ----------
    font
        Family of the words.
    """
    with house_style(font), _nothing_collected():
        svg, narrow = _picture(plot, WIDTH), _picture(plot, NARROW)
    data = plot.data
    return Chart(
        title=title, alt=alt, note=note, svg=svg, data=data and data.named(title), narrow=narrow
    )


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Hold the garbage collector: what a figure is made of lives until it is drawn.

    It would look through all of it again and again, and through the whole process.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def house_style(font: str = "Inter") -> Iterator[None]:
    """Set the house style around what is measured and drawn."""
    _fonts()
    style: Any = _STYLE | {"font.family": [font, "Inter", "DejaVu Sans"]}
    with mpl.rc_context(rc=style):
        yield


def figure_of(plot: Plot, width: float) -> Figure:
    """Return a plot drawn on a figure of a width in inches; in the house style."""
    size = (width, plot.height(width))
    figure = Figure(figsize=size, dpi=POINTS, layout="constrained")
    Canvas(figure)
    plot.draw(figure)
    return figure


def _picture(plot: Plot, width: float) -> str:
    canvas: Any = figure_of(plot, width).canvas
    return _body(canvas.picture())


def warm_up(font: str = "Inter") -> None:
    """Do once what the first chart of a process would do: for a process that then forks.

    Libraries are imported, the shipped faces read, the letters of the three languages turned
    into outlines.  Charts come out the same with and without it.  No thread is started and no
    font stays open that a forked process would share.
    """
    import seaborn  # noqa: F401 - for the charts that it draws

    draw(Freehand(plot=_specimen, tall=4.0), title="", alt="Letters", note="", font=font)


def _specimen(figure: Figure) -> None:
    """Draw every kind of mark and all letters."""
    axes = figure.add_subplot()
    axes.barh([0, 1], [1, 2], label="a")
    axes.plot([0, 1], [0, 1], "o-")
    axes.fill_between([0, 1], [0, 0], [1, 1])
    axes.axvspan(0, 1)
    axes.axhline(0, ls=(0, (4, 3)))
    axes.grid(visible=True)
    axes.legend(frameon=False)
    axes.set_title("a")
    axes.set_xlabel("a")
    axes.annotate("a", (0, 0), xytext=(1, 1), arrowprops={"arrowstyle": "-"})
    for weight in ("normal", "bold"):
        axes.text(0, 0, _ALPHABET, fontweight=weight, in_layout=False)


def _body(svg: str) -> str:
    """Return the svg element without XML declaration, document type and comments."""
    return re.sub(r"<!--.*?-->", "", svg[svg.index("<svg") :], flags=re.DOTALL).strip()


@cache
def _fonts() -> None:
    """Make the shipped faces known to matplotlib; DejaVu Sans stays the fallback."""
    for path in sorted((templates() / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(path)


_ALPHABET = (
    string.ascii_letters
    + string.digits
    + string.punctuation
    + "\u00a0–—−…„“”‘’«»€₽№±×·≥≤→"
    + "".join(language.letters + language.letters.upper() for language in all_languages())
)

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
