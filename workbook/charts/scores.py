"""Charts of scores 0-1: bars with a reference, and two scores of each thing."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter

from workbook.charts.basic import Write
from workbook.charts.chart import FAINT, GREY, INK, PALE, Palette
from workbook.charts.chart_data import ChartData, Series, known
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Plot

_LABEL_CHARS = 42
_ROW = 0.26
_LINE = 0.12


def folded(label: str) -> str:
    """Break a label into as many lines as it needs."""
    return "\n".join(textwrap.wrap(label, _LABEL_CHARS)) or label


def scores_height(labels: Sequence[str], *, top: float = 0.8) -> float:
    """Return the height in inches of a chart with these rows."""
    deepest = max((folded(label).count("\n") for label in labels), default=0)
    return top + (_ROW + _LINE * deepest) * max(len(labels), 2)


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
        return scores_height([row.label for row in self.rows])

    def draw(self, figure: Figure) -> None:
        score_bars(
            figure.add_subplot(), self.rows, palette=self.palette, write=self.write,
            names=("", self.reference_name), bounds=self.bounds,
        )  # fmt: skip

    @property
    def data(self) -> ChartData:
        primary = self.palette.primary
        series = [
            Series(name="", values=known(row.value for row in self.rows),
                   colours=tuple(primary if row.strong else GREY for row in self.rows))
        ]  # fmt: skip
        if any(row.reference is not None for row in self.rows):
            marks = known(row.reference for row in self.rows)
            series.append(Series(name=self.reference_name, values=marks, colour=PALE))
        labels = tuple(row.label for row in self.rows)
        return ChartData(kind="bar", categories=labels, series=tuple(series), fmt=self.write.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePairs(Plot):
    """Two scores of each row, joined: a pale square and a dark dot."""

    rows: Sequence["TwoScores"]
    palette: Palette
    write: NumberFormat
    names: tuple[str, str]
    bounds: tuple[float, float]

    def height(self, width: float) -> float:
        return scores_height([row.label for row in self.rows])

    def draw(self, figure: Figure) -> None:
        two_scores(
            figure.add_subplot(), self.rows, palette=self.palette, write=self.write,
            names=self.names, bounds=self.bounds,
        )  # fmt: skip

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


def score_bars(
    axes: Axes,
    rows: Sequence[ScoreBar],
    *,
    palette: Palette,
    write: Write,
    names: tuple[str, str],
    bounds: tuple[float, float],
) -> None:
    """Draw scores as bars from 0 to 1 with their reference as a diamond, first row on top.

    Parameters
    ----------
    bounds
        Where "mostly unmanaged" ends and "mostly managed" begins.
    names
        Words for the bars and for the diamonds; these are not drawn where no row has one.
    """
    y = np.arange(len(rows))[::-1]
    axes.barh(y, [1.0] * len(rows), color=FAINT, height=0.6)
    colours = [palette.primary if row.strong else GREY for row in rows]
    axes.barh(y, [row.value for row in rows], color=colours, height=0.6)
    for height, row in zip(y, rows, strict=True):
        if row.reference is not None:
            axes.plot(row.reference, height, "D", ms=6.5, mfc="white", mec=INK, mew=1.2, zorder=4,
                      clip_on=False)  # fmt: skip
        axes.annotate(row.text, (1.03, height), xycoords=("axes fraction", "data"), va="center",
                      fontsize=8)  # fmt: skip
    _rows(axes, [row.label for row in rows])
    handles: list[Patch | Line2D] = [Patch(color=palette.primary)]
    if any(row.reference is not None for row in rows):
        handles.append(Line2D([], [], ls="", marker="D", ms=6, mfc="white", mec=INK, mew=1.2))
    _name(axes, handles, names[: len(handles)])
    _bounds(axes, bounds, write)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoScores:
    """Two scores of one thing."""

    label: str
    first: float
    second: float
    text: str
    """Stands at the right: both values."""


def two_scores(
    axes: Axes,
    rows: Sequence[TwoScores],
    *,
    palette: Palette,
    write: Write,
    names: tuple[str, str],
    bounds: tuple[float, float],
) -> None:
    """Draw two scores of each row, joined: a pale square and a dark dot."""
    y = np.arange(len(rows))[::-1]
    for height, row in zip(y, rows, strict=True):
        axes.plot([row.first, row.second], [height, height], color=PALE, lw=2.4, zorder=1)
        axes.plot(row.first, height, "s", ms=7.5, mfc="white", mec=GREY, mew=1.6, zorder=2,
                  clip_on=False)  # fmt: skip
        axes.plot(row.second, height, "o", ms=7, color=palette.primary, zorder=3, clip_on=False)
        axes.annotate(row.text, (1.03, height), xycoords=("axes fraction", "data"), va="center",
                      fontsize=8)  # fmt: skip
    _rows(axes, [row.label for row in rows])
    handles = [
        Line2D([], [], ls="", marker="s", ms=7, mfc="white", mec=GREY, mew=1.6),
        Line2D([], [], ls="", marker="o", ms=7, color=palette.primary),
    ]
    _name(axes, handles, names)
    _bounds(axes, bounds, write)
    axes.set_xlim(-0.02, 1.02)


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(np.arange(len(labels))[::-1], [folded(label) for label in labels])
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.tick_params(axis="y", labelsize=8, pad=7)
    axes.spines["left"].set_visible(False)


def _bounds(axes: Axes, bounds: tuple[float, float], write: Write) -> None:
    """Mark where "mostly" begins and ends."""
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_locator(FixedLocator((0.0, *bounds, 1.0)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: write(v)))
    for bound in bounds:
        axes.axvline(bound, color=GREY, lw=0.8, ls=(0, (4, 3)), zorder=0.5)


def _name(axes: Axes, handles: Sequence[Patch | Line2D], names: Sequence[str]) -> None:
    axes.legend(handles, list(names), loc="lower left", bbox_to_anchor=(0, 1.0),
                ncols=len(handles), frameon=False, fontsize=8, handlelength=1.0,
                columnspacing=1.6, borderpad=0.1)  # fmt: skip
