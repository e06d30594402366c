"""Charts of scores 0-1: bars with a reference, and two scores of each thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle

from workbook.charts.axis_ticks import Tick
from workbook.charts.chart import FAINT, GREY, INK, PALE, Palette
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.measured_words import LINE, SMALL, width_of
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot
from workbook.charts.row_frame import (
    FOOT,
    RowFrame,
    head_of,
    in_inches,
    row_frame,
)
from workbook.charts.tiers import Placed, in_lines, in_tiers

_THICK = 0.16
_MARK = 0.16
"""Inches of a mark before its name, with the air after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBar:
    """One bar."""

    label: str
    value: float
    text: str
    """Stands at the right: value and counts."""
    reference: float | None = None
    strong: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBars(Plot):
    """Scores as bars from 0 to 1 with their reference as a diamond, first row on top."""

    rows: Sequence[ScoreBar]
    palette: Palette
    write: NumberFormat
    reference_name: str
    """Words for the diamonds; not drawn where no row has one."""
    bounds: tuple[float, float]
    """Where "mostly unmanaged" ends and "mostly managed" begins."""

    def height(self, width: float) -> float:
        return self._frame(width).height

    def _frame(self, width: float) -> RowFrame:
        return row_frame(
            width, [row.label for row in self.rows], [row.text for row in self.rows],
            head=head_of(1 if self._compared else 0), foot=FOOT, most=None,
        )  # fmt: skip

    @property
    def _compared(self) -> bool:
        return any(row.reference is not None for row in self.rows)

    def draw(self, figure: Figure) -> None:
        frame = self._frame(float(figure.get_size_inches()[0]))
        axes = frame.axes(figure, 0.0, 1.0)
        _bounds(axes, frame, self.bounds, self.write)
        axes.barh(frame.lanes, [1.0] * len(self.rows), color=FAINT, height=_THICK)
        colours = [self.palette.primary if row.strong else GREY for row in self.rows]
        axes.barh(frame.lanes, [row.value for row in self.rows], color=colours, height=_THICK)
        for lane, row in zip(frame.lanes, self.rows, strict=True):
            if row.reference is not None:
                axes.plot(row.reference, lane, "D", ms=6, mfc="white", mec=INK, mew=1.2,
                          zorder=4, clip_on=False)  # fmt: skip
        if self._compared:
            first = next(row.reference for row in self.rows if row.reference is not None)
            widths = [width_of(self.reference_name, SMALL) + _MARK]
            room = (0.0, frame.width)
            names = in_tiers([frame.at(first, 0.0, 1.0)], widths, room=room)
            _name_marks(figure, frame, names, [self.reference_name], ["D"], [INK], ["white"])

    @property
    def data(self) -> ChartData:
        primary = self.palette.primary
        series = [
            Series(name="", values=known(row.value for row in self.rows),
                   colours=tuple(primary if row.strong else GREY for row in self.rows))
        ]  # fmt: skip
        if self._compared:
            marks = known(row.reference for row in self.rows)
            series.append(Series(name=self.reference_name, values=marks, colour=PALE))
        labels = tuple(row.label for row in self.rows)
        return ChartData(kind="bar", categories=labels, series=tuple(series), fmt=self.write.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoScores:
    """Two scores of one thing."""

    label: str
    first: float | None
    second: float | None
    text: str
    """Stands at the right: both values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePairs(Plot):
    """Two scores of each row, joined: a pale square and a dark dot."""

    rows: Sequence[TwoScores]
    palette: Palette
    write: NumberFormat
    names: tuple[str, str]
    """Of the square and of the dot, over those of the first row."""
    bounds: tuple[float, float]

    def height(self, width: float) -> float:
        return self._frame(width)[0].height

    def _frame(self, width: float) -> tuple[RowFrame, list[Placed]]:
        labels, words = [row.label for row in self.rows], [row.text for row in self.rows]
        flat = row_frame(width, labels, words, foot=FOOT, most=None)
        widths = [width_of(name, SMALL) + _MARK for name in self.names]
        placed = in_lines(widths, room=width - flat.left)
        placed = [Placed(flat.left + name.left, name.tier) for name in placed]
        head = head_of(max(name.tier for name in placed) + 1)
        return row_frame(width, labels, words, head=head, foot=FOOT, most=None), placed

    def draw(self, figure: Figure) -> None:
        frame, names = self._frame(float(figure.get_size_inches()[0]))
        axes = frame.axes(figure, 0.0, 1.0)
        _bounds(axes, frame, self.bounds, self.write)
        for lane, row in zip(frame.lanes, self.rows, strict=True):
            if row.first is not None and row.second is not None:
                axes.plot([row.first, row.second], [lane, lane], color=PALE, lw=2.4, zorder=1)
            if row.first is not None:
                axes.plot(row.first, lane, "s", ms=7.5, mfc="white", mec=GREY, mew=1.6, zorder=2,
                          clip_on=False)  # fmt: skip
            if row.second is not None:
                axes.plot(row.second, lane, "o", ms=7, color=self.palette.primary, zorder=3,
                          clip_on=False)  # fmt: skip
        primary = self.palette.primary
        marks, faces = ["s", "o"], ["white", primary]
        _name_marks(figure, frame, names, self.names, marks, [GREY, primary], faces)

    @property
    def data(self) -> ChartData:
        first, second = self.names
        series = (
            Series(name=first, values=known(row.first for row in self.rows), colour=GREY),
            Series(name=second, values=known(row.second for row in self.rows),
                   colour=self.palette.primary),
        )  # fmt: skip
        labels = tuple(row.label for row in self.rows)
        return ChartData(kind="points", categories=labels, series=series, fmt=self.write.name)


def _bounds(axes: Axes, frame: RowFrame, bounds: tuple[float, float], write: NumberFormat) -> None:
    """Mark both ends, and where "mostly" begins and ends."""
    ends = [Tick(value, write(value)) for value in (0.0, *bounds, 1.0)]
    apart = [
        tick
        for i, tick in enumerate(ends)
        if i in (0, 3) or 0.3 < tick.value * frame.room < frame.room - 0.3
    ]
    frame.grid(axes, apart)
    for bound in bounds:
        frame.mark(axes, bound)


def _name_marks(
    figure: Figure,
    frame: RowFrame,
    places: Sequence[Placed],
    names: Sequence[str],
    marks: Sequence[str],
    edges: Sequence[str],
    faces: Sequence[str],
) -> None:
    """Name marks above the first row, each beside a mark of its kind."""
    inches = in_inches(figure)
    for place, name, mark, edge, face in zip(places, names, marks, edges, faces, strict=True):
        middle = frame.head - 0.1 - place.tier * LINE
        axes = figure.axes[0]
        axes.scatter([place.left + 0.06], [middle], s=30, marker=MarkerStyle(mark),
                     facecolor=face, edgecolor=edge, linewidth=1.2, transform=inches,
                     clip_on=False)  # fmt: skip
        figure.text(place.left + _MARK, middle, name, transform=inches, va="center",
                    fontsize=SMALL)  # fmt: skip
