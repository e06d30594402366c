"""The picture of the results: false names and coverage as points with their errors."""

import re
from collections.abc import Sequence
from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure

from benchmarks.calibration.study import Kind, Measured, Study

PANELS = (
    (Kind.FALSE_NAME, "Somebody or something is named without reason (%)", 5.0),
    (Kind.COVERAGE, "Intervals that hold the truth (%)", 95.0),
)


def draw(chosen: Sequence[Study], found: Sequence[Measured], path: Path) -> None:
    """Draw a panel for each kind; the value before, where it was measured, in grey."""
    pairs = list(zip(chosen, found, strict=True))
    rows = [[(s, m) for s, m in pairs if s.kind is kind and m.said] for kind, _, _ in PANELS]
    heights = [max(len(r), 1) for r in rows]
    figure = Figure(figsize=(9, 0.14 * sum(heights) + 2), layout="constrained")
    axes = figure.subplots(len(PANELS), 1, height_ratios=heights, squeeze=False)[:, 0]
    for ax, of_kind, (_, title, nominal) in zip(axes, rows, PANELS, strict=True):
        y = list(range(len(of_kind), 0, -1))
        share = [100 * m.share for _, m in of_kind]
        error = [100 * m.error for _, m in of_kind]
        before = [(_number(s.before), at) for (s, _), at in zip(of_kind, y, strict=True)]
        known = [(x, at) for x, at in before if x is not None]
        ax.axvline(nominal, color="0.6", linewidth=0.8)
        ax.scatter([x for x, _ in known], [at for _, at in known], color="0.7", s=14)
        ax.errorbar(share, y, xerr=error, fmt="o", color="#00558c", markersize=4, linewidth=1)
        ax.set_yticks(y, [f"{s.quantity}, {s.n}, {s.truth}" for s, _ in of_kind], fontsize=6)
        ax.set_title(title, fontsize=9, loc="left")
        ax.tick_params(axis="x", labelsize=7)
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "calibration"}):
        figure.savefig(path, metadata={"Date": None})


def _number(text: str) -> float | None:
    """Return the first number of "23.4", "18-19" or "21 (four cuts)"; None of none."""
    first = re.match(r"[\d.]+", text)
    return float(first.group()) if first else None
