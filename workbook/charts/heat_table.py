"""A shaded table of shares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from workbook.charts.basic import rows_height, wrap
from workbook.charts.chart import Palette
from workbook.charts.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatTable(Plot):
    """Shares 0-1 as shaded fields with their words, first row on top."""

    values: Sequence[Sequence[float]]
    texts: Sequence[Sequence[str]]
    rows: Sequence[str]
    columns: Sequence[str]
    palette: Palette

    def height(self, width: float) -> float:
        return rows_height(len(self.rows), top=0.4)

    def draw(self, figure: Figure) -> None:
        heat_table(
            figure.add_subplot(), self.values, self.texts, rows=self.rows, columns=self.columns,
            palette=self.palette,
        )  # fmt: skip


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
