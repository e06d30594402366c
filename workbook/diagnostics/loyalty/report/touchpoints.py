"""Chapter: where contact with the client pleases or puts off."""

from workbook.charts.chart import Chart
from workbook.charts.shaded_fields import ShadedFields
from workbook.diagnostics.loyalty.marks_result import HiddenTouchpoint, Touchpoint
from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView, heading_facts
from workbook.diagnostics.loyalty.standouts import touchpoints_by_balance, weakest_touchpoint
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Interval, Value, interval, spare
from workbook.report.table import Table

CATEGORIES = ("business", "product", "service", "employee")
CHARTED = 12


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on the touchpoint audit."""
    points = touchpoints_by_balance(view.result)
    if not points:
        return view.left_out("touchpoints")
    poor = [t for t in points if t.balance < 0]
    worst = weakest_touchpoint(view.result)
    key = f"touchpoints.heading.{'poor' if poor else 'none'}{'' if worst else '_alike'}"
    return [
        Heading(
            text=view.text(
                key, n=len(poor), all=len(points), worst=worst.touchpoint if worst else ""
            ),
            short=view.text("short.touchpoints"),
            caption=view.text("touchpoints.caption", n=view.result.touchpoint_raters),
        ),
        Text((_agreement(view), *_unmatched(view))),
        _chart(view, points),
        *details(_table(view, points)),
    ]


def _unmatched(view: LoyaltyView) -> list[str]:
    """Say which touchpoints the audit of the period before does not have by the same name."""
    before = view.result.touchpoints_before
    if before is None or not before.unmatched:
        return []
    told = [view.text("touchpoints.unmatched", n=before.unmatched, all=before.all,
                      against=before.against)]  # fmt: skip
    return [*told, view.text("touchpoints.other_language")] if before.other_language else told


def _charted(points: list[Touchpoint]) -> list[Touchpoint]:
    shown = points[:CHARTED]
    order = {c: i for i, c in enumerate(CATEGORIES)}
    return sorted(shown, key=lambda t: (order.get(t.category, len(order)), t.balance))


def _chart(view: LoyaltyView, points: list[Touchpoint]) -> Chart:
    shown = _charted(points)
    marks = [m for m in ("poor", "normal", "wow") if any(getattr(t, m) for t in shown)]
    columns = [view.text(f"touchpoints.mark.{m}") for m in marks]
    labels = [
        view.text("touchpoints.label", category=_category(view, t.category), name=t.touchpoint)
        for t in shown
    ]
    counts = [[getattr(t, m) for m in marks] for t in shown]

    told = "; ".join(
        view.text("touchpoints.chart.one", name=t.touchpoint, poor=t.poor, n=t.n) for t in shown
    )
    return view.draw(
        ShadedFields(
            shares=[[c / t.n for c in row] for t, row in zip(shown, counts, strict=True)],
            texts=[[str(c) if c else "" for c in row] for row in counts],
            rows=labels,
            columns=columns,
            palette=view.palette,
        ),
        title=view.text("touchpoints.chart.title"),
        alt=view.text("touchpoints.chart.alt", values=told),
        note=view.text("touchpoints.chart.note", n=sum(t.n for t in points)),
    )


def _category(view: LoyaltyView, category: str) -> str:
    key = f"touchpoints.category.{category}"
    return view.text(key) if key in view.texts else category


def _table(view: LoyaltyView, points: list[Touchpoint]) -> Table:
    hidden = [t for t in view.result.touchpoints if isinstance(t, HiddenTouchpoint)]
    every: list[Touchpoint | HiddenTouchpoint] = [*points, *hidden]
    return view.table(
        "touchpoints",
        every,
        ("touchpoints.table.touchpoint", lambda t: t.touchpoint, ""),
        ("touchpoints.table.category", lambda t: _category(view, t.category), spare()),
        ("touchpoints.table.n", lambda t: t.n, "count"),
        ("touchpoints.mark.poor", lambda t: t.poor, "count"),
        ("touchpoints.mark.wow", lambda t: t.wow, "count"),
        ("touchpoints.table.balance", lambda t: t.balance, "signed2"),
        ("columns.interval", lambda t: _interval(view, t), interval("signed2")),
        ("touchpoints.table.before", _before, "signed2"),
        ("touchpoints.table.comments", _comments, ""),
        title=view.text("touchpoints.table.title"),
        note=view.text("touchpoints.table.note"),
        shown=8,
        facts=heading_facts(view),
    )


def _interval(view: LoyaltyView, point: Touchpoint | HiddenTouchpoint) -> Value:
    if isinstance(point, HiddenTouchpoint):
        return view.text("groups.suppressed")
    return Interval(point.ci_low, point.ci_high)


def _before(point: Touchpoint | HiddenTouchpoint) -> float | None:
    return point.previous_balance if isinstance(point, Touchpoint) else None


def _comments(point: Touchpoint | HiddenTouchpoint) -> str | None:
    return ("; ".join(point.comments) or "–") if isinstance(point, Touchpoint) else None


def _agreement(view: LoyaltyView) -> str:
    if view.result.touchpoint_raters < 2:
        return view.text("touchpoints.one_rater")
    reading, alpha = view.result.touchpoint_agreement, view.result.touchpoint_alpha
    if reading is None:
        return view.text("touchpoints.no_alpha")
    return view.text(f"touchpoints.alpha.{reading.value}", alpha=alpha,
                     n=view.result.touchpoint_raters)  # fmt: skip
