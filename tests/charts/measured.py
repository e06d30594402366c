"""Charts measured: where words stand, what they touch, and what lies under them."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.text import Text

from workbook.charts.chart import NARROW, WIDTH, figure_of, house_style
from workbook.charts.contrast import READABLE, contrast

WIDTHS = {"wide": WIDTH, "narrow": NARROW}
_SCALE = 2
_SLACK = 0.75
"""Points of a box of words that are air."""


def faults(plot, width):
    """Return what is wrong with a plot drawn at a width."""
    with house_style():
        figure = figure_of(plot, width)
        words = [
            (text, text.get_window_extent(figure.canvas.get_renderer())) for text in _shown(figure)
        ]
        ground = _ground(figure, [text for text, _ in words])
    return [
        *_outside(figure, words),
        *_touching(words),
        *(fault for text, box in words for fault in _faint(text, box, ground)),
        *(f"{text.get_text()!r} is {text.get_fontsize()} pt" for text, _ in words
          if text.get_fontsize() < 8),
    ]  # fmt: skip


def _shown(figure):
    """Return the words that are drawn: an axis that is off has labels that are not."""
    off = {
        id(text)
        for axes in figure.axes
        if not axes.axison
        for axis in (axes.xaxis, axes.yaxis)
        for text in axis.findobj(Text)
    }
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in off
    ]


def _outside(figure, words):
    wide, tall = figure.get_size_inches() * 72
    for text, box in words:
        if box.x0 < -_SLACK or box.y0 < -_SLACK or box.x1 > wide + _SLACK or box.y1 > tall + _SLACK:
            yield f"{text.get_text()!r} is outside the figure"


def _touching(words):
    low = np.array([box.min for _, box in words]).reshape(-1, 2)
    high = np.array([box.max for _, box in words]).reshape(-1, 2)
    shared = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    for i, j in np.argwhere(np.triu((shared > _SLACK).all(axis=2), k=1)):
        yield f"{words[i][0].get_text()!r} overlaps {words[j][0].get_text()!r}"


def _ground(figure, words):
    """Return the pixels of the figure without its words, on white."""
    for text in words:
        text.set_visible(False)
    figure.set_facecolor("white")
    figure.set_dpi(72 * _SCALE)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[::-1, :, :3]


def _faint(text, box, ground):
    """Say of each colour under much of the words that they cannot be read on it."""
    x0, x1, y0, y1 = (max(0, int(v * _SCALE)) for v in (box.x0, box.x1, box.y0, box.y1))
    under = ground[y0:y1, x0:x1].reshape(-1, 3).astype(np.int64) @ (1 << 16, 1 << 8, 1)
    seen, counts = np.unique(under, return_counts=True)
    for colour in seen[counts > 0.2 * len(under)]:
        told = f"#{colour:06x}"
        if contrast(to_hex(text.get_color()), told) < READABLE:
            yield f"{text.get_text()!r} in {text.get_color()} cannot be read on {told}"
