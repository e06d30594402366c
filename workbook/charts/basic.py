"""The forms of chart that the reports use: each draws given numbers on given axes.

Nothing is computed here: estimates and their intervals come from a Result, words and number
formats from Texts.  Bars start at zero and carry their value; labels stand beside the data, so
that no legend is needed.
"""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import ScaledTranslation, Transform

from workbook.charts.chart import GREY, INK, PALE, Palette, ink_on
from workbook.charts.label_placement import place
from workbook.charts.text_outlines import POINTS

Write = Callable[[float], str]
Floats = npt.NDArray[np.float64]
ROW = 0.27
"""Inches of height that one row of a horizontal chart takes."""


def rows_height(rows: int, *, top: float = 0.55) -> float:
    """Return the height in inches of a horizontal chart with that many rows."""
    return top + ROW * max(rows, 2)


def wrap(label: str, width: int = 30) -> str:
    """Break a long label into lines, cutting after the second."""
    lines = textwrap.wrap(label, width, break_long_words=True) or [""]
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), width, placeholder="…")]
    return "\n".join(lines)


def moved(axes: Axes, right: float, up: float) -> Transform:
    """Return the place of data moved by points: words beside a mark.

    A text on this transform is drawn in half the time of an annotation.
    """
    figure: Any = axes.get_figure(root=True)
    points = ScaledTranslation(right / POINTS, up / POINTS, figure.dpi_scale_trans)
    return axes.transData + points


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One row of a dot plot: an estimate with its interval and n."""

    label: str
    value: float
    low: float | None
    high: float | None
    text: str
    """What stands at the right: value and n."""
    strong: bool = True
    """False for rows that only give the background (previous period, benchmarks)."""


def dot_plot(
    axes: Axes,
    rows: Sequence[Estimate],
    *,
    palette: Palette,
    write: Write,
    reference: tuple[float, str] | None = None,
    limits: tuple[float, float] | None = None,
) -> None:
    """Draw estimates as dots on their intervals, first row on top."""
    y = np.arange(len(rows))[::-1]
    right = axes.get_yaxis_transform()
    for height, row in zip(y, rows, strict=True):
        colour = palette.primary if row.strong else GREY
        if row.low is not None and row.high is not None:
            axes.plot([row.low, row.high], [height, height], color=colour, lw=2.2, alpha=0.45,
                      solid_capstyle="butt")  # fmt: skip
        axes.plot(row.value, height, "o", color=colour, ms=6)
        axes.text(1.01, height, row.text, transform=right, va="center")
    axes.set_yticks(y, [wrap(row.label) for row in rows])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    _limits(axes, rows, limits)
    if reference:
        axes.axvline(reference[0], color=GREY, lw=0.9, ls=(0, (4, 3)), zorder=0)
        axes.annotate(reference[1], (reference[0], 1.0), xycoords=("data", "axes fraction"),
                      xytext=(0, 3), textcoords="offset points", ha="center", va="bottom",
                      fontsize=7.5, color=INK)  # fmt: skip
    _value_axis(axes, write)


def _limits(axes: Axes, rows: Sequence[Estimate], limits: tuple[float, float] | None) -> None:
    points = [p for row in rows for p in (row.low, row.high, row.value) if p is not None]
    low, high = min(points), max(points)
    pad = max((high - low) * 0.06, 1e-9)
    left, right = low - pad, high + pad
    if limits:
        left, right = max(left, limits[0] - pad), min(right, limits[1] + pad)
    axes.set_xlim(left, right)


def _value_axis(axes: Axes, write: Write) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: write(v)))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def bar_rows(
    axes: Axes,
    labels: Sequence[str],
    values: Sequence[float],
    texts: Sequence[str],
    *,
    colours: Sequence[str],
) -> None:
    """Draw horizontal bars from zero with their value at the end, first row on top."""
    y = np.arange(len(labels))[::-1]
    axes.barh(y, values, color=list(colours), height=0.62)
    beside = moved(axes, 4, 0)
    for height, value, text in zip(y, values, texts, strict=True):
        axes.text(value, height, text, transform=beside, va="center")
    axes.set_yticks(y, [wrap(label) for label in labels])
    axes.set_xlim(0, max([*values, 1e-9]) * 1.25)
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.xaxis.set_visible(False)
    axes.spines[["bottom", "left"]].set_visible(False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedPart:
    """One part of a stacked row: its size and how it is shown."""

    name: str
    colour: str
    dark: bool
    """White figures on a dark part."""


def stacked_rows(
    axes: Axes,
    labels: Sequence[str],
    parts: Sequence[StackedPart],
    sizes: Sequence[Sequence[float]],
    *,
    texts: Sequence[Sequence[str]],
    right: Sequence[str],
    to_one: bool = False,
) -> None:
    """Draw rows of stacked parts, named above the first row, with a figure at the right.

    ``sizes[row][part]`` with its words in ``texts[row][part]``; words that do not fit into their
    part are left out.
    """
    y = np.arange(len(labels))[::-1]
    ends = np.cumsum(np.asarray(sizes, dtype=float), axis=1)
    longest = 1.0 if to_one else float(ends[:, -1].max(initial=0.0)) or 1.0
    for j, part in enumerate(parts):
        starts = ends[:, j - 1] if j else np.zeros(len(y))
        axes.barh(y, ends[:, j] - starts, left=starts, color=part.colour, height=0.66)
    beside = moved(axes, 5, 0)
    for height, row, told, stops, text in zip(y, sizes, texts, ends, right, strict=True):
        for part, size, figure, stop in zip(parts, row, told, stops, strict=True):
            if size / longest >= 0.055:
                axes.text(stop - size / 2, height, figure, ha="center", va="center", fontsize=7.5,
                          color=ink_on(part.colour, white=part.dark), in_layout=False)  # fmt: skip
        axes.text(stops[-1], height, text, transform=beside, va="center")
    axes.set_yticks(y, [wrap(label) for label in labels])
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.set_xlim(0, longest * 1.2)
    axes.xaxis.set_visible(False)
    axes.spines[["bottom", "left"]].set_visible(False)
    name_parts(axes, parts)


def name_parts(axes: Axes, parts: Sequence[StackedPart]) -> None:
    """Name the parts above the axes, each beside a square of its colour."""
    handles = [Patch(facecolor=part.colour) for part in parts]
    axes.legend(handles, [part.name for part in parts], loc="lower left",
                bbox_to_anchor=(0, 1.0), ncols=len(parts), frameon=False, fontsize=8,
                handlelength=0.9, handleheight=0.9, columnspacing=1.6)  # fmt: skip


def score_columns(
    axes: Axes, counts: Sequence[int], colours: Sequence[str], *, first: int, write: Write
) -> None:
    """Draw the number of answers per score as columns with their figure on top."""
    x = np.arange(first, first + len(counts))
    axes.bar(x, counts, color=list(colours), width=0.78)
    above = moved(axes, 0, 2)
    for at, count in zip(x, counts, strict=True):
        if count:
            axes.text(float(at), count, write(count), transform=above, ha="center")
    axes.set_xticks(x)
    axes.yaxis.set_visible(False)
    axes.set_ylim(0, max([*counts, 1]) * 1.18)
    axes.spines[["left"]].set_visible(False)
    axes.tick_params(axis="x", length=0)


def time_points(axes: Axes, rows: Sequence[Estimate], *, palette: Palette, write: Write) -> None:
    """Draw estimates in time, each with its interval; earlier ones are lighter."""
    x = np.arange(len(rows))
    axes.plot(x, [row.value for row in rows], color=PALE, lw=1.4, zorder=1)
    beside = moved(axes, 8, 0)
    for at, row in zip(x, rows, strict=True):
        colour = palette.primary if row.strong else GREY
        if row.low is not None and row.high is not None:
            axes.plot([at, at], [row.low, row.high], color=colour, lw=2.4, alpha=0.45,
                      solid_capstyle="butt")  # fmt: skip
        axes.plot(at, row.value, "o", color=colour, ms=7)
        axes.text(float(at), row.value, row.text, transform=beside, va="center", fontweight="bold")
    axes.set_xticks(x, [row.label for row in rows])
    axes.set_xlim(-0.4, len(rows) - 0.2)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: write(v)))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def heat_table(
    axes: Axes,
    values: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    palette: Palette,
) -> None:
    """Draw shares 0-1 as a shaded table with its figures written in."""
    import seaborn as sns  # a second to import, and this chart alone needs it

    scale = LinearSegmentedColormap.from_list("house", ["#ffffff", palette.primary])
    sns.heatmap(
        np.asarray(values, dtype=float), ax=axes, cmap=scale, vmin=0, vmax=1.15, cbar=False,
        annot=np.asarray(texts), fmt="", linewidths=1.5, linecolor="white",
        annot_kws={"fontsize": 8, "in_layout": False}, xticklabels=False, yticklabels=False,
    )  # fmt: skip
    axes.set_xticks(np.arange(len(columns)) + 0.5, list(columns))
    axes.set_yticks(np.arange(len(rows)) + 0.5, [wrap(row, 34) for row in rows], va="center")
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.set_xlabel("")


def scatter_named(
    axes: Axes,
    points: Sequence[tuple[float, float, str]],
    *,
    palette: Palette,
    write_x: Write,
    write_y: Write,
    names: tuple[str, str],
    level: tuple[float, str] | None = None,
) -> None:
    """Draw named points with the means as cross lines (importance against performance).

    ``level`` is a height with its name, drawn as a line over the whole width.
    """
    x = np.array([p[0] for p in points])
    y = np.array([p[1] for p in points])
    left, right = _wide(x, 0.08)
    bottom, top = _wide(np.append(y, level[0]) if level else y, 0.12)
    if level:
        axes.axhline(level[0], color=palette.secondary, lw=1.0, zorder=1)
        axes.annotate(
            level[1], (1.0, level[0]), xycoords=("axes fraction", "data"), xytext=(0, 2),
            textcoords="offset points", ha="right", va="bottom", fontsize=7.5,
            color=palette.secondary,
        )  # fmt: skip
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.axvline(float(x.mean()), color=PALE, lw=0.9, ls=(0, (4, 3)), zorder=0)
    axes.axhline(float(y.mean()), color=PALE, lw=0.9, ls=(0, (4, 3)), zorder=0)
    axes.scatter(x, y, s=42, color=palette.primary, zorder=3)
    inside = [
        ((px - left) / (right - left), (py - bottom) / (top - bottom)) for px, py, _ in points
    ]
    labels = [name for _, _, name in points]
    line = {"arrowstyle": "-", "color": GREY, "lw": 0.6, "relpos": (0.0, 0.5), "shrinkB": 4}
    for (px, py, name), at in zip(points, place(inside, labels), strict=True):
        axes.annotate(
            name, (px, py), xytext=(at.x, at.y), textcoords="axes fraction", va="center",
            fontsize=8, arrowprops=line if at.led else None,
        )  # fmt: skip
    axes.set_xlabel(names[0], loc="right")
    axes.set_title(names[1], fontsize=8.5, fontweight="normal")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: write_x(v)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: write_y(v)))
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.grid(visible=True)


def _wide(values: Floats, share: float) -> tuple[float, float]:
    """Return limits that leave a share of the range free at both ends."""
    low, high = float(values.min()), float(values.max())
    pad = (high - low) * share or 0.1
    return low - pad, high + pad
