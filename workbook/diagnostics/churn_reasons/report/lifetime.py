"""Chapter: when customers leave."""

from workbook.charts.chart import GREY, Chart
from workbook.charts.curves import StepCurve, StepCurves
from workbook.diagnostics.churn_reasons.leading import leading_by_number, told_quartile
from workbook.diagnostics.churn_reasons.report.churn_view import (
    YEAR,
    ChurnView,
    caption,
    duration,
    interval_column,
)
from workbook.diagnostics.churn_reasons.survival_result import SurvivalBasis, TimeDoubt
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Interval
from workbook.report.table import Table
from workbook.stats.data_table import DataTable

INCIDENCES = 5


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on the life of a customer."""
    basis = view.result.survival_basis
    if view.result.time_doubt is not None:
        return _doubted(view, view.result.time_doubt)
    if basis is None or not view.result.survival:
        return view.left_out("survival")
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.survival"),
            caption=caption(
                view,
                view.text("lifetime.caption", n=basis.n, lost=basis.lost),
                view.result.carried_since,
            ),
        ),
        Text(tuple(_reading(view, basis))),
        _survival(view, basis),
        *_incidence(view),
        *view.limitation(*_limits(view, basis)),
        *details(*_cox(view)),
    ]


def _doubted(view: ChurnView, doubt: TimeDoubt) -> list[Block]:
    """Return why no duration is told, and the speeds that can be compared all the same."""
    speeds = " ".join(_speeds(view))
    return [
        Heading(
            text=view.text(f"lifetime.doubt.{doubt.value}.heading", n=view.result.register.n),
            short=view.text("short.survival"),
        ),
        Text(
            (
                view.text(
                    f"lifetime.doubt.{doubt.value}.text",
                    n=view.result.register.n,
                    since=view.result.register.since,
                    months=view.params.register_months,
                ),
                *([speeds] if speeds else []),
            )
        ),
        *details(*_cox(view)),
    ]


def _heading(view: ChurnView) -> str:
    quartile = told_quartile(view.result)
    if quartile is not None:
        key = {0.5: "half", 0.25: "quarter"}[quartile.share]
        return view.text(f"lifetime.heading.{key}", span=duration(view, quartile.time))
    points = view.result.survival
    lost, days = 1 - points.values("survival")[-1], points.values("time")[-1]
    return view.text("lifetime.heading.stay", lost=lost, span=duration(view, days))


def _reading(view: ChurnView, basis: SurvivalBasis) -> list[str]:
    told = [
        view.text(
            "lifetime.quartile",
            share=quartile.share,
            span=duration(view, quartile.time),
            interval=_interval(view, quartile.ci_low, quartile.ci_high),
        )
        for quartile in view.result.survival_quartiles
        if quartile.time is not None
    ]
    told += _speeds(view)
    return [" ".join(told)] if told else [view.text("lifetime.text", lost=basis.lost)]


def _speeds(view: ChurnView) -> list[str]:
    """Say by which cuts customers leave at different speeds."""
    told = []
    for key, tests in (
        ("differ", [t for t in view.result.logrank if t.differ]),
        ("alike", [t for t in view.result.logrank if not t.differ]),
    ):
        named = ", ".join(
            view.text("lifetime.logrank.one", by=view.text(f"by.{t.by}"), p=t.p_holm) for t in tests
        )
        if named:
            told.append(view.text(f"lifetime.logrank.{key}", named=named))
    joined = ", ".join(
        view.text("lifetime.logrank.joined_one", by=view.text(f"by.{t.by}"), n=t.joined)
        for t in view.result.logrank
        if t.joined
    )
    if joined:
        told.append(view.text("lifetime.logrank.joined", named=joined))
    return told


def _interval(view: ChurnView, low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return view.text("lifetime.open_both")
    if high is None:
        return view.text("lifetime.open", low=duration(view, low))
    return view.text("interval", low=duration(view, low), high=duration(view, high))


def _survival(view: ChurnView, basis: SurvivalBasis) -> Chart:
    points = view.result.survival
    curves = [
        StepCurve(
            name=view.text("lifetime.all"),
            times=(points["time"] / YEAR).tolist(),
            shares=points.values("survival"),
            low=points.values("ci_low"),
            high=points.values("ci_high"),
            colour=view.palette.primary,
        )
    ]

    share, days = points.values("survival")[-1], points.values("time")[-1]
    return view.draw(
        StepCurves(
            curves=curves,
            write_time=view.fmt("count"),
            write_share=view.fmt("pct"),
            time_name=view.text("lifetime.years"),
            start=1.0,
        ),
        title=view.text("lifetime.chart.title", confidence=view.params.confidence),
        alt=view.text("lifetime.chart.alt", share=share, span=duration(view, days)),
        note=view.source(basis.n, view.text("lifetime.chart.note", late=basis.late)),
    )


def _incidence(view: ChurnView) -> list[Block]:
    rows = view.result.cumulative_incidence
    final = rows.where(~rows["reason"].duplicated(keep="last")).head(INCIDENCES)
    if not final:
        return []
    leading = leading_by_number(view.result)
    heading = view.text("lifetime.risks.heading_alike")
    if len(leading) == 1 and leading[0].reason == final.values("reason")[0]:
        heading = view.text(
            "lifetime.risks.heading",
            reason=leading[0].label,
            n=round(100 * final.values("value")[0]),
            span=duration(view, final.values("time")[0]),
        )
    return [Heading(text=heading, level=3), _incidence_chart(view, final)]


def _incidence_chart(view: ChurnView, final: DataTable) -> Chart:
    """Draw the curves of reasons given by their last points."""
    rows = view.result.cumulative_incidence
    colours = [view.palette.primary, view.palette.secondary, view.palette.tertiary, GREY, "#1f2933"]
    labels = final.values("label")
    curves = []
    for reason, label, colour in zip(final.values("reason"), labels, colours, strict=False):
        own = rows.where(rows["reason"] == reason)
        times, shares = (own["time"] / YEAR).tolist(), own.values("value")
        curves.append(StepCurve(name=label, times=times, shares=shares, colour=colour))

    ends = zip(labels, final.values("value"), strict=True)
    return view.draw(
        StepCurves(
            curves=curves,
            write_time=view.fmt("count"),
            write_share=view.fmt("pct"),
            time_name=view.text("lifetime.years"),
            start=0.0,
            from_zero=False,
        ),
        title=view.text("lifetime.risks.title"),
        alt=view.text(
            "lifetime.risks.alt",
            values="; ".join(f"{label}: {view.texts.write(v, 'pct1')}" for label, v in ends),
        ),
        note=view.text("lifetime.risks.note"),
    )


def _cox(view: ChurnView) -> list[Block]:
    if not view.result.cox:
        return []
    columns = view.columns(
        ("level", "cox.level", ""),
        ("reference", "cox.reference", ""),
        ("hazard", "cox.hazard", "dec2"),
    )
    columns.append(interval_column(view, "dec2"))
    columns += view.columns(("p", "columns.p", "p"), ("ph", "cox.ph", "p"))
    table = Table(
        name="cox",
        title=view.text("cox.title"),
        columns=columns,
        rows=[
            {
                "level": view.text(
                    "cox.label", by=_column(view, t.column), level=_level(view, t.level)
                ),
                "reference": _level(view, t.reference),
                "hazard": t.hazard_ratio,
                "interval": Interval(t.ci_low, t.ci_high),
                "p": t.p_value,
                "ph": t.ph_p_value,
            }
            for t in view.result.cox
        ],
        texts=view.texts,
        note=view.text("cox.note"),
    )
    return [table]


def _level(view: ChurnView, level: str) -> str:
    return view.text("cox.others") if level == "*" else level or view.text("unknown")


def _column(view: ChurnView, column: str) -> str:
    """Return the name of a column of the model, which may be any of the client's."""
    key = f"by.{column}"
    return view.text(key) if key in view.texts else column


def _limits(view: ChurnView, basis: SurvivalBasis) -> list[str]:
    told = []
    if basis.start_unknown:
        told.append(view.text("limits.start_unknown", n=basis.start_unknown))
    for key, columns in (
        ("cox_left_out", view.result.cox_left_out),
        ("cox_unknown", view.result.cox_unknown),
    ):
        if columns:
            named = ", ".join(_column(view, c) for c in columns)
            told.append(view.text(f"limits.{key}", named=named))
    return told
