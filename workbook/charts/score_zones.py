"""Charts of mean scores on the zones of the verdicts: by year, and side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from workbook.charts.axis_ticks import Tick
from workbook.charts.chart import FAINT, GREY, PALE, Palette
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.label_placement import spread
from workbook.charts.measured_words import LINE, SMALL, fold, height_of, widest, width_of
from workbook.charts.number_format import NumberFormat, Write
from workbook.charts.plot import Plot
from workbook.charts.plot_frame import PlotFrame
from workbook.charts.row_frame import FOOT, RowFrame, bare_axes, head_of, in_inches, row_frame
from workbook.charts.tiers import Placed, in_tiers

LOW, HIGH = -2.12, 2.12
_TALL = 2.4
_ENDS = (LOW - 0.4, HIGH + 0.4)
"""Of the upright axis: the figure of the highest and of the lowest point has room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One verdict: from which mean score to which, in words."""

    low: float
    high: float
    name: str

    @property
    def centre(self) -> float:
        """Where its words stand."""
        return (max(self.low, LOW) + min(self.high, HIGH)) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """Mean scores by year against one group; None leaves a gap."""

    name: str
    values: Sequence[float | None]
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One organisation: its mean scores against two groups, and what stands at the right."""

    label: str
    strong: float | None
    other: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLines(Plot):
    """Mean scores by year as lines on the zones of the verdicts, named at the right.

    Lines that lie on each other all the way share one name.
    """

    years: Sequence[int]
    lines: Sequence[ScoreLine]
    zones: Sequence[Zone]
    palette: Palette
    write: NumberFormat

    def height(self, width: float) -> float:
        return 0.08 + self._tall(width) + 0.28

    def _tall(self, width: float) -> float:
        return max(_TALL, sum(height_of(name) for name in self._zone_names(width)))

    def _zone_names(self, width: float) -> list[str]:
        return [fold(zone.name, 0.21 * width, SMALL) for zone in self.zones]

    def _line_names(self, width: float) -> dict[tuple[float | None, ...], str]:
        """Return the words at the end of each course of values."""
        named: dict[tuple[float | None, ...], str] = {}
        for line in self.lines:
            own, course = fold(line.name, 0.22 * width, SMALL, bold=line.strong), tuple(line.values)
            named[course] = f"{named[course]}\n= {own}" if course in named else own
        return named

    def draw(self, figure: Figure) -> None:
        width = float(figure.get_size_inches()[0])
        zones, names = self._zone_names(width), self._line_names(width)
        frame = PlotFrame(
            left=widest(zones, SMALL) + 0.1,
            right=width - widest(names.values(), SMALL, bold=True) - 0.15,
            top=0.08, bottom=0.08 + self._tall(width),
        )  # fmt: skip
        axes = frame.axes(figure, (-0.5, len(self.years) - 0.5), _ENDS)
        for i, zone in enumerate(self.zones):
            colour = FAINT if i % 2 == 0 else "white"
            axes.axhspan(max(zone.low, LOW), min(zone.high, HIGH), color=colour, lw=0, zorder=0)
        axes.axhline(0, color=PALE, lw=0.8, zorder=1)
        for line in self.lines:
            axes.plot(range(len(self.years)), line.values,  # type: ignore[arg-type]
                      "o-", color=self.palette.primary if line.strong else GREY,
                      lw=2.0 if line.strong else 1.3, zorder=3,
                      ms=6 if line.strong else 4.5)  # fmt: skip
        frame.under(axes, self._ticks(frame), line=False)
        self._figures(axes, frame)
        self._name_zones(figure, frame, zones)
        self._name_lines(figure, frame, names)

    def _ticks(self, frame: PlotFrame) -> list[Tick]:
        """Return the years that are named: every one, or as many as fit, with the last."""
        named = [Tick(i, str(year)) for i, year in enumerate(self.years)]
        step = int((widest(map(str, self.years)) + 0.1) * len(named) / frame.wide) + 1
        return named[(len(named) - 1) % step :: step]

    def _figures(self, axes: Axes, frame: PlotFrame) -> None:
        """Write figures, of the upper line above it: of every year or of as many as fit."""
        unit = (_ENDS[1] - _ENDS[0]) / frame.tall
        figures = widest((self.write(v) for one in self.lines for v in one.values if v is not None),
                         SMALL, bold=True)  # fmt: skip
        step = int((figures + 0.06) * len(self.years) / frame.wide) + 1
        for i in range((len(self.years) - 1) % step, len(self.years), step):
            for rank, (value, strong) in enumerate(_known(self.lines, i, self.write)):
                up = -1 if rank else 1
                axes.text(i, value + up * 0.09 * unit, self.write(value), ha="center",
                          va="bottom" if up > 0 else "top", fontsize=SMALL,
                          fontweight="bold" if strong else "normal")  # fmt: skip

    def _name_zones(self, figure: Figure, frame: PlotFrame, names: Sequence[str]) -> None:
        middles = [
            frame.top + frame.tall * (_ENDS[1] - zone.centre) / (_ENDS[1] - _ENDS[0])
            for zone in self.zones
        ]
        talls = [height_of(name) for name in names]
        places = spread(middles, talls, ends=(0.0, frame.bottom + 0.1))
        for name, place in zip(names, places, strict=True):
            figure.text(frame.left - 0.08, place, name, transform=in_inches(figure), ha="right",
                        va="center", fontsize=SMALL, linespacing=1.05)  # fmt: skip

    def _name_lines(
        self, figure: Figure, frame: PlotFrame, names: dict[tuple[float | None, ...], str]
    ) -> None:
        last = [next((v for v in reversed(course) if v is not None), 0.0) for course in names]
        ends = [frame.top + frame.tall * (_ENDS[1] - end) / (_ENDS[1] - _ENDS[0]) for end in last]
        strong = {tuple(line.values) for line in self.lines if line.strong}
        talls = [height_of(name) + 0.04 for name in names.values()]
        places = spread(ends, talls, ends=(0.0, frame.bottom + 0.1))
        for (course, name), end, place in zip(names.items(), ends, places, strict=True):
            colour = self.palette.primary if course in strong else GREY
            leader = [frame.right - 0.02, frame.right + 0.1], [end, place]
            figure.add_artist(Line2D(*leader, color=colour, lw=0.8, transform=in_inches(figure)))
            figure.text(frame.right + 0.13, place, name, transform=in_inches(figure), va="center",
                        fontsize=SMALL, linespacing=1.05,
                        fontweight="bold" if course in strong else "normal")  # fmt: skip

    @property
    def data(self) -> ChartData:
        series = [
            Series(name=line.name, values=known(line.values),
                   colour=self.palette.primary if line.strong else GREY)
            for line in self.lines
        ]  # fmt: skip
        return ChartData(
            kind="line", categories=tuple(map(str, self.years)), series=tuple(series),
            fmt=self.write.name,
        )  # fmt: skip


def _known(lines: Sequence[ScoreLine], i: int, write: Write) -> list[tuple[float, bool]]:
    """Return the points of one year from the top, those that read the same once."""
    found: dict[str, tuple[float, bool]] = {}
    for line in sorted(lines, key=lambda line: not line.strong):
        value = line.values[i]
        if value is not None:
            found.setdefault(write(value), (value, line.strong))
    return sorted(found.values(), reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRows(Plot):
    """Mean scores of organisations side by side, first on top."""

    rows: Sequence[ScoreRow]
    zones: Sequence[Zone]
    names: tuple[str, str]
    """Words of the two groups, the leading one first."""
    palette: Palette
    write: Write
    """Writes the points of the scale."""

    def height(self, width: float) -> float:
        return self._frame(width)[0].height

    def _frame(self, width: float) -> tuple[RowFrame, list[Placed]]:
        labels, words = [row.label for row in self.rows], [row.text for row in self.rows]
        flat = row_frame(width, labels, words, foot=FOOT)
        middles = [flat.at(zone.centre, LOW, HIGH) for zone in self.zones]
        widths = [width_of(zone.name, SMALL) for zone in self.zones]
        placed = in_tiers(middles, widths, room=(0.0, width))
        head = head_of(max((zone.tier for zone in placed), default=0) + 1)
        return row_frame(width, labels, words, head=head, foot=FOOT), placed

    def draw(self, figure: Figure) -> None:
        frame, names = self._frame(float(figure.get_size_inches()[0]))
        under = bare_axes(figure, frame.left, frame.right, LOW, HIGH)
        for i, zone in enumerate(self.zones):
            under.fill_between([max(zone.low, LOW), min(zone.high, HIGH)], frame.head, frame.bottom,
                               color=FAINT if i % 2 == 0 else "white", lw=0)  # fmt: skip
        axes = frame.axes(figure, LOW, HIGH)
        frame.grid(axes, [Tick(points, self.write(points)) for points in (-2, -1, 0, 1, 2)])
        inches = in_inches(figure)
        for zone, place in zip(self.zones, names, strict=True):
            figure.text(place.left, frame.head - 0.1 - place.tier * LINE, zone.name,
                        transform=inches, va="center", fontsize=SMALL)  # fmt: skip
        for lane, row in zip(frame.lanes, self.rows, strict=True):
            self._row(axes, lane, row)

    def _row(self, axes: Axes, lane: float, row: ScoreRow) -> None:
        if row.strong is not None and row.other is not None:
            axes.plot([row.strong, row.other], [lane, lane], color=PALE, lw=1.4, zorder=2)
        if row.other is not None:
            axes.plot(row.other, lane, "o", mfc="white", mec=GREY, mew=1.3, ms=10, zorder=3)
        if row.strong is not None:
            axes.plot(row.strong, lane, "o", color=self.palette.primary, ms=7, zorder=4)

    @property
    def data(self) -> ChartData:
        strong, other = self.names
        series = (
            Series(name=strong, values=known(row.strong for row in self.rows),
                   colour=self.palette.primary),
            Series(name=other, values=known(row.other for row in self.rows), colour=GREY),
        )  # fmt: skip
        labels = tuple(row.label for row in self.rows)
        return ChartData(kind="points", categories=labels, series=series, fmt="signed2")
