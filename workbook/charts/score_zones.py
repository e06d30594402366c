"""Charts of mean scores on the zones of the verdicts: by year, and side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.charts.basic import Write, moved, wrap
from workbook.charts.chart import FAINT, GREY, INK, PALE, Palette
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.label_placement import spread_heights
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot

LOW, HIGH = -2.12, 2.12
ROW = 0.3
"""Inches of height of one row of the chart side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One verdict: from which mean score to which, in words."""

    low: float
    high: float
    name: str

    @property
    def centre(self) -> float:
        """Where its words stand."""
        return (self.low + self.high) / 2


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
    """Mean scores by year as lines on the zones of the verdicts, named at the right."""

    years: Sequence[int]
    lines: Sequence[ScoreLine]
    zones: Sequence[Zone]
    palette: Palette
    write: NumberFormat

    def height(self, width: float) -> float:
        return 2.9

    def draw(self, figure: Figure) -> None:
        score_lines(
            figure.add_subplot(), self.years, self.lines, zones=self.zones, palette=self.palette,
            write=self.write,
        )  # fmt: skip

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
        return rows_height(len(self.rows))

    def draw(self, figure: Figure) -> None:
        score_rows(
            figure.add_subplot(), self.rows, zones=self.zones, palette=self.palette,
            write=self.write,
        )  # fmt: skip

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


def score_lines(
    axes: Axes,
    years: Sequence[int],
    lines: Sequence[ScoreLine],
    *,
    zones: Sequence[Zone],
    palette: Palette,
    write: Write,
) -> None:
    """Draw mean scores by year as lines on the zones of the verdicts, named at the right."""
    for i, zone in enumerate(zones):
        axes.axhspan(zone.low, zone.high, color=FAINT if i % 2 == 0 else "white", lw=0, zorder=0)
    axes.axhline(0, color=PALE, lw=0.8, zorder=1)
    x = np.arange(len(years))
    for line in lines:
        colour = palette.primary if line.strong else GREY
        values = np.array([np.nan if v is None else v for v in line.values], dtype=float)
        axes.plot(x, values, "o-", color=colour, lw=2.0 if line.strong else 1.3, zorder=3,
                  ms=6 if line.strong else 4.5)  # fmt: skip
    _figures(axes, lines, write)
    _names(axes, lines)
    axes.set_xticks(x, [str(year) for year in years])
    axes.set_xlim(-0.35, len(years) - 0.65)
    axes.set_ylim(LOW, HIGH)
    axes.set_yticks([zone.centre for zone in zones], [wrap(z.name, 20) for z in zones])
    axes.spines[["left", "bottom"]].set_visible(False)


def _figures(axes: Axes, lines: Sequence[ScoreLine], write: Write) -> None:
    """Write each point's figure: of the upper line above it, of the lower one below."""
    for i in range(max((len(line.values) for line in lines), default=0)):
        known = _known(lines, i, write)
        top = max((v for v, _ in known), default=0.0)
        above = [pair for pair in known if pair[0] == top][:1]
        for value, strong in known:
            up = (value, strong) in above
            axes.text(i, value, write(value), transform=moved(axes, 0, 7 if up else -7),
                      ha="center", fontsize=8, va="bottom" if up else "top",
                      fontweight="bold" if strong else "normal")  # fmt: skip


def _known(lines: Sequence[ScoreLine], i: int, write: Write) -> list[tuple[float, bool]]:
    """Return the points of one year, those that read the same once (the strong line's)."""
    found: dict[str, tuple[float, bool]] = {}
    for line in sorted(lines, key=lambda line: not line.strong):
        value = line.values[i]
        if value is not None:
            found.setdefault(write(value), (value, line.strong))
    return list(found.values())


def _names(axes: Axes, lines: Sequence[ScoreLine]) -> None:
    """Name the lines at their ends; those that lie on each other all the way share one place."""
    named: dict[tuple[float | None, ...], list[ScoreLine]] = {}
    for line in lines:
        named.setdefault(tuple(line.values), []).append(line)
    last = [next((v for v in reversed(values) if v is not None), 0.0) for values in named]
    ends = (np.array(last, dtype=float) - LOW) / (HIGH - LOW)
    heights = spread_heights(ends, gap=0.1)
    for together, height in zip(named.values(), heights, strict=True):
        weight = "bold" if any(line.strong for line in together) else "normal"
        names = "\n= ".join(wrap(line.name, 18) for line in together)
        axes.text(1.015, height, names, transform=axes.transAxes, va="center",
                  fontsize=8, color=INK, fontweight=weight)  # fmt: skip


def rows_height(rows: int) -> float:
    """Return the height in inches of a chart of so many organisations side by side."""
    return 0.95 + ROW * max(rows, 2)


def score_rows(
    axes: Axes,
    rows: Sequence[ScoreRow],
    *,
    zones: Sequence[Zone],
    palette: Palette,
    write: Write,
) -> None:
    """Draw the mean scores of organisations side by side, first on top."""
    for i, zone in enumerate(zones):
        axes.axvspan(zone.low, zone.high, color=FAINT if i % 2 == 0 else "white", lw=0, zorder=0)
        narrow = zone.high - zone.low < 0.5
        axes.annotate(zone.name if narrow else wrap(zone.name, 14), (zone.centre, 1.0),
                      xycoords=("data", "axes fraction"), xytext=(0, 26 if narrow else 4),
                      textcoords="offset points", ha="center", va="bottom", fontsize=7.5,
                      color=INK)  # fmt: skip
    axes.axvline(0, color=PALE, lw=0.8, zorder=1)
    heights = np.arange(len(rows))[::-1]
    for height, row in zip(heights, rows, strict=True):
        if row.strong is not None and row.other is not None:
            axes.plot([row.strong, row.other], [height, height], color=PALE, lw=1.4, zorder=2)
        if row.other is not None:
            axes.plot(row.other, height, "o", mfc="white", mec=GREY, mew=1.3, ms=10, zorder=3)
        if row.strong is not None:
            axes.plot(row.strong, height, "o", color=palette.primary, ms=7, zorder=4)
        axes.text(1.015, height, row.text, transform=axes.get_yaxis_transform(), va="center",
                  fontsize=8)  # fmt: skip
    axes.set_yticks(heights, [wrap(row.label, 26) for row in rows])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlim(LOW, HIGH)
    ticks = [-2, -1, 0, 1, 2]
    axes.set_xticks(ticks, [write(t) for t in ticks])
    axes.spines[["left", "bottom"]].set_visible(False)
