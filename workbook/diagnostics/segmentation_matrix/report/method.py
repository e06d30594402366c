"""Method box, warnings and what else the appendix tells."""

from workbook.diagnostics.segmentation_matrix.report.names import (
    MatrixView,
    attribute,
    gone,
    listed,
)
from workbook.report.blocks import Block, Bullets, Heading
from workbook.report.method_box import method_box

NAMED = 8
"""Customers, segments or products that a warning names."""
TOPICS = (
    "page_two", "rules", "maturity", "value", "board", "abc", "xyz", "lifecycle", "kinds", "funnel",
)  # fmt: skip


def method(view: MatrixView) -> list[Block]:
    """Return the method box and the warnings of the result."""
    low, high = view.params.abc_bounds
    x, y = view.params.xyz_bounds
    months = view.params.used_months
    return [
        *method_box(
            view,
            TOPICS,
            a=low / 100,
            b=high / 100,
            rule=view.text(f"method_box.rule.{view.params.abc_rule}"),
            x=x / 100,
            y=y / 100,
            window=view.params.window_months,
            buckets=view.params.xyz_min_buckets,
            months=view.params.lifecycle_months,
            tolerance=view.params.window_tolerance,
            fitting=_fitting(view),
            called=view.text(f"method_box.called.{gone(view)}"),
            kpi=view.params.kpi_window_months,
            times=view.params.silent_times,
            intervals=view.params.min_intervals,
            only=view.params.only_repeat_share,
            sales=view.params.min_manager_sales,
            left=view.params.min_left,
            history=view.params.deal_history_share,
            used=view.text("method_box.ever")
            if months == "ever"
            else view.text("method_box.months", n=months),
            reoffer=view.params.reoffer_months,
            buyers=view.params.min_buyers,
            confidence=view.params.confidence,
            large=view.params.large_share,
        ),
        *_warnings(view),
    ]


def _fitting(view: MatrixView) -> str:
    """Return which window would fit, empty where the one in use does."""
    window = view.result.lifecycle_window
    if window is None or window.fits is not False:
        return ""
    if window.fitting_months is None:
        return view.text("method_box.fitting.none", n=view.params.longest_window_months)
    return view.text("method_box.fitting.some", n=window.fitting_months)


def _warnings(view: MatrixView) -> list[Block]:
    told = []
    for warning in view.result.warnings:
        names = [attribute(view, n) if warning.code == "undetermined" else n for n in warning.names]
        told.append(view.text(f"warnings.{warning.code}", n=warning.n, names=listed(names, NAMED)))
    if not told:
        return []
    heading = Heading(text=view.text("warnings.heading", n=len(told)), level=3)
    return [heading, Bullets(tuple(told))]
