"""The frame of charts of rows: labels, lanes and words placed in inches before anything is drawn.

On a page labels stand at the left of their lane and words at its right; on a phone both stand
above the lane.  All words are measured first, so that no label touches another and nothing is
outside the figure, whatever its length.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Transform

from workbook.charts.axis_ticks import Tick
from workbook.charts.bare_axes import placed_axes
from workbook.charts.chart import FAINT, GREY, INK
from workbook.charts.measured_words import LINE, SMALL, fold, height_of, widest, width_of

PHONE = 4.5
"""Inches: narrower charts have their labels above."""
LANE = 0.24
"""Inches of height of the lane of a row."""
FOOT = 0.26
"""Inches of height for the labels of an axis."""
_EDGE = 0.04
_REACH = 0.13
"""Inches that upright lines reach above and below the middle of a lane on a phone."""
_GAP = 0.1
_MOST_LABEL = 0.36
"""Part of the width that labels may take at the left."""
_MOST_WORDS = 0.36


def stands_narrow(width: float) -> bool:
    """Return whether a chart of that width is for a phone."""
    return width < PHONE


def in_inches(figure: Figure) -> Transform:
    """Return the place in inches from the top left corner of a figure."""
    height = float(figure.get_size_inches()[1])
    whole: Transform = figure.dpi_scale_trans
    return Affine2D().scale(1, -1).translate(0, height) + whole


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFrame:
    """Where everything stands, in inches from the top left."""

    width: float
    height: float
    left: float
    """Of the lanes."""
    right: float
    head: float
    """Height above the first row."""
    foot: float
    """Height under the last row: for the labels of an axis."""
    labels: tuple[str, ...]
    label_places: tuple[float, ...]
    """Middles of the labels."""
    words: tuple[str, ...]
    """At the right."""
    word_places: tuple[float, ...]
    lanes: tuple[float, ...]
    """Middles of the lanes."""

    @property
    def bottom(self) -> float:
        """Under the last row."""
        return self.height - self.foot

    def lower(self, down: float) -> "RowFrame":
        """Return the frame moved down by inches."""
        return replace(
            self,
            height=self.height + down,
            head=self.head + down,
            label_places=tuple(place + down for place in self.label_places),
            word_places=tuple(place + down for place in self.word_places),
            lanes=tuple(place + down for place in self.lanes),
        )

    @property
    def room(self) -> float:
        """Inches of a lane."""
        return self.right - self.left

    def at(self, value: float, low: float, high: float) -> float:
        """Return the inches from the left of a value on lanes from ``low`` to ``high``."""
        return self.left + self.room * (value - low) / (high - low)

    def axes(self, figure: Figure, low: float, high: float) -> Axes:
        """Return axes with labels and words: values from ``low`` to ``high``, inches down."""
        axes = bare_axes(figure, self.left, self.right, low, high)
        inches = in_inches(figure)
        for label, place in zip(self.labels, self.label_places, strict=True):
            axes.text(0, place, label, transform=inches, va="center", ha="left", linespacing=1.0)
        for told, place in zip(self.words, self.word_places, strict=True):
            axes.text(self.width, place, told, transform=inches, va="center", ha="right",
                      linespacing=1.0)  # fmt: skip
        return axes

    @property
    def spans(self) -> list[tuple[float, float]]:
        """Where upright lines run: from the first row to the last, on a phone beside no words."""
        if not stands_narrow(self.width):
            return [(self.head, self.bottom)]
        return [(lane - _REACH, lane + _REACH) for lane in self.lanes]

    def grid(self, axes: Axes, found: Sequence[Tick]) -> None:
        """Draw the lines of an axis with their labels under the last row."""
        lines = [
            [(tick.value, top), (tick.value, bottom)]
            for tick in found
            for top, bottom in self.spans
        ]
        axes.add_artist(LineCollection(lines, colors=FAINT, linewidths=0.8, zorder=0))
        figure: Figure = axes.get_figure(root=True)  # type: ignore[assignment]
        low, high = axes.get_xlim()
        for tick in found:
            half = width_of(tick.label, SMALL) / 2
            at = min(max(self.at(tick.value, low, high), half), self.width - half)
            figure.text(at, self.bottom + 0.06, tick.label, ha="center", va="top", fontsize=SMALL,
                        color=INK, transform=in_inches(figure))  # fmt: skip

    def mark(self, axes: Axes, value: float) -> None:
        """Draw a dashed line at a value."""
        for top, bottom in self.spans:
            axes.plot([value, value], [top, bottom], color=GREY, lw=0.9, ls=(0, (4, 3)), zorder=0)

    def edge(self, axes: Axes, value: float) -> None:
        """Draw the line that bars start from."""
        for top, bottom in self.spans:
            axes.plot([value, value], [top, bottom], color=GREY, lw=0.8)


def bare_axes(figure: Figure, left: float, right: float, low: float, high: float) -> Axes:
    """Return axes over the whole height of a figure between two places in inches.

    Along they count values from ``low`` to ``high``, down inches from the top.
    """
    width, height = (float(size) for size in figure.get_size_inches())
    place = (left / width, 0.0, (right - left) / width, 1.0)
    return placed_axes(figure, place, (low, high), (height, 0))


def row_frame(
    width: float,
    labels: Sequence[str],
    words: Sequence[str] = (),
    *,
    head: float = 0.04,
    foot: float = 0.04,
    lane: float = LANE,
    most: int | None = 2,
) -> RowFrame:
    """Return the frame of rows with their labels, and with words at the right.

    Parameters
    ----------
    head, foot
        Inches above the first and under the last row.
    most
        Lines of a label at most; None keeps every word.
    """
    if stands_narrow(width):
        return _above(width, labels, words, head=head, foot=foot, lane=lane, most=most)
    told = [fold(one, _MOST_WORDS * width) for one in words]
    names = [fold(label, _MOST_LABEL * width, most=most) for label in labels]
    left = widest(names) + _GAP
    right = width - (widest(told) + _GAP if told else _EDGE)
    lanes, at = [], head
    for i, name in enumerate(names):
        tall = max(lane, height_of(name) + 0.08, height_of(told[i]) + 0.08 if told else 0.0)
        lanes.append(at + tall / 2)
        at += tall
    places = tuple(lanes)
    return RowFrame(
        width=width, height=at + foot, left=left, right=right, head=head, foot=foot,
        labels=tuple(names), label_places=places, words=tuple(told),
        word_places=places[: len(told)], lanes=places,
    )  # fmt: skip


def _above(
    width: float,
    labels: Sequence[str],
    words: Sequence[str],
    *,
    head: float,
    foot: float,
    lane: float,
    most: int | None,
) -> RowFrame:
    """Return the frame for a phone: labels and words above their lanes."""
    told = [fold(one, 0.5 * width) for one in words]
    names, middles, word_places, lanes = [], [], [], []
    at = head
    for i, label in enumerate(labels):
        own = told[i] if told else ""
        name = fold(label, width - (width_of(own) + 0.15 if own else 0.0), most=most)
        tall = max(height_of(name), height_of(own) if own else 0.0) + 0.03
        names.append(name)
        middles.append(at + height_of(name) / 2)
        word_places.append(at + height_of(own) / 2)
        lanes.append(at + tall + lane * 0.4)
        at += tall + lane * 0.8 + 0.1
    return RowFrame(
        width=width, height=at + foot, left=_EDGE, right=width - _EDGE, head=head, foot=foot,
        labels=tuple(names), label_places=tuple(middles), words=tuple(told),
        word_places=tuple(word_places[: len(told)]), lanes=tuple(lanes),
    )  # fmt: skip


def head_of(tiers: int) -> float:
    """Return the inches above the first row for names in so many tiers."""
    return LINE * tiers + 0.1 if tiers else 0.04
