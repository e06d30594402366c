"""Chapter: how satisfied customers are, and whether the staff see it."""

from workbook.charts.chart import Chart
from workbook.charts.stacked_bars import StackedBars, StackedPart
from workbook.diagnostics.loyalty.marks_result import HiddenGap, HiddenMarks, Satisfaction, StaffGap
from workbook.diagnostics.loyalty.report.follow_up import complaint_list
from workbook.diagnostics.loyalty.report.loyalty_view import (
    Column,
    LoyaltyView,
    heading_facts,
    source,
    told_interval,
)
from workbook.diagnostics.loyalty.report.mark_words import mark_format, mark_words
from workbook.diagnostics.loyalty.staff import told_gaps
from workbook.diagnostics.loyalty.standouts import lowest_mark, told_marks
from workbook.diagnostics.loyalty.survey_result import Verdict
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Interval, Value, interval
from workbook.report.table import Table

_ABOVE = {Verdict.UP: "above", Verdict.DOWN: "below"}


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on marks, the staff's own view and, by name, the low marks."""
    marks = by_mean(view)
    if not marks:
        return _nothing_told(view) or view.left_out("satisfaction")
    return [
        Heading(
            text=_heading(view, marks),
            short=view.text("short.satisfaction"),
            caption=view.text("satisfaction.caption"),
        ),
        Text(tuple(_reading(view))),
        _chart(view, marks),
        *_staff(view),
        *complaint_list(view),
        *details(_table(view, "satisfaction", marks)),
    ]


def _nothing_told(view: LoyaltyView) -> list[Block]:
    """Return what is said where no parameter was marked by enough people."""
    if not view.result.satisfaction:
        return []
    threshold = view.engagement.anonymity_threshold
    return [
        Heading(
            text=view.text("satisfaction.heading.hidden", threshold=threshold),
            short=view.text("short.satisfaction"),
        ),
        _table(view, "satisfaction", []),
    ]


def by_mean(view: LoyaltyView) -> list[Satisfaction]:
    """Return the parameters over all products, worst first."""
    return sorted(told_marks(view.result), key=lambda s: (s.mean or 0.0, s.parameter))


def _heading(view: LoyaltyView, marks: list[Satisfaction]) -> str:
    """Name the lowest mean mark where its test tells it from each other one."""
    written = [view.texts.write(s.mean, mark_format(view)) for s in marks]
    worst = lowest_mark(view.result)
    key = "alone" if worst else "open" if written[0] != written[-1] else "alike"
    about = [worst] if worst else marks
    return view.text(
        f"satisfaction.heading.{key}",
        k=len(about),
        parameter=about[0].parameter,
        named=", ".join(view.text("drivers.named", name=s.parameter) for s in about),
        mean=view.texts.write(about[0].mean, mark_format(view)),
        highest=written[-1],
        low=view.part(sum(s.open + s.hidden for s in about), sum(s.n for s in about)),
    )


def _reading(view: LoyaltyView) -> list[str]:
    told = [
        view.text(
            "satisfaction.text_named" if view.result.answers_by_name else "satisfaction.text",
            n=view.result.low_marks,
            **mark_words(view),
        )
    ]
    covered = view.result.coverage
    if covered is not None:
        told.append(
            view.text(
                f"satisfaction.coverage.{covered.of.value}",
                n=covered.n,
                base=covered.base,
                share=view.part(covered.n, covered.base),
            )
        )
    new = view.result.new_coverage
    if new:
        told.append(
            view.text(
                "satisfaction.coverage.new",
                n=sum(row.n for row in new),
                rated=sum(row.rated for row in new),
                days=view.params.coverage_days,
            )
        )
    return told


def _chart(view: LoyaltyView, marks: list[Satisfaction]) -> Chart:
    words = mark_words(view)
    colours = (view.palette.secondary, "#f0b27a", view.palette.tertiary, view.palette.primary)
    parts = tuple(
        StackedPart(name=view.text(f"satisfaction.parts.{name}", **words), colour=colour)
        for name, colour in zip(("open", "hidden", "good", "best"), colours, strict=True)
    )
    rows = [_shares(s) for s in marks]

    told = "; ".join(f"{s.parameter}: {view.texts.write(s.mean, mark_format(view))}" for s in marks)
    return view.draw(
        StackedBars(
            labels=[s.parameter for s in marks],
            parts=parts,
            sizes=rows,
            texts=[_figures(view, s) for s in marks],
            right=[view.texts.write(s.mean, mark_format(view)) for s in marks],
            fmt="pct",
            to_one=True,
        ),
        title=view.text("satisfaction.chart.title"),
        alt=view.text("satisfaction.chart.alt", values=told),
        note=f"{source(view, sum(s.n for s in marks))} "
        + view.text("satisfaction.chart.note", **words),
    )


def _moods(marks: Satisfaction) -> tuple[int, ...]:
    return marks.open, marks.hidden, marks.good, marks.best


def _shares(marks: Satisfaction) -> tuple[float, ...]:
    return tuple(count / marks.n for count in _moods(marks))


def _figures(view: LoyaltyView, marks: Satisfaction) -> list[str]:
    """Return the words on the parts: percentages, or numbers of marks where these are few."""
    if not view.in_percent(marks.n):
        return [view.texts.write(k, "count") for k in _moods(marks)]
    return [view.texts.write(k / marks.n, "pct") for k in _moods(marks)]


def _table(view: LoyaltyView, name: str, marks: list[Satisfaction]) -> Table:
    hidden = [s for s in view.result.satisfaction if isinstance(s, HiddenMarks)]
    every: list[Satisfaction | HiddenMarks] = [*marks, *hidden]
    return view.table(
        name,
        every,
        ("satisfaction.table.parameter", lambda s: s.parameter, ""),
        *mark_columns(view),
        title=view.text("satisfaction.table.title"),
        note=view.text("satisfaction.table.note", min_n=view.params.min_n),
        facts=heading_facts(view, **mark_words(view)),
    )


def mark_columns(view: LoyaltyView) -> tuple[Column[Satisfaction | HiddenMarks], ...]:
    """Return the figures of tables of marks, told and hidden."""
    fmt = mark_format(view)
    return (
        ("satisfaction.table.n", lambda s: s.n, "count"),
        ("satisfaction.table.mean", lambda s: s.mean, fmt),
        told_interval(view, fmt),
        ("satisfaction.table.open", lambda s: s.open, "count"),
        ("satisfaction.table.hidden", lambda s: s.hidden, "count"),
    )


def _staff(view: LoyaltyView) -> list[Block]:
    gaps = sorted(told_gaps(view.result.staff_gap), key=lambda g: -abs(g.gap))
    if not view.result.staff_gap:
        return view.left_out("staff_gap")
    hidden = [g for g in view.result.staff_gap if isinstance(g, HiddenGap)]
    every: list[StaffGap | HiddenGap] = [*gaps, *hidden]
    fmt, signed = mark_format(view), "signed2"
    unit = 1
    if view.result.satisfaction_percent:  # gaps of percentages are told in percentage points
        signed, unit = "points", 100

    def scaled(gap: float | None) -> float | None:
        return None if gap is None else gap * unit

    def limits(g: StaffGap | HiddenGap) -> Value:
        if g.suppressed:
            return view.text("groups.suppressed")
        return Interval(scaled(g.ci_low), scaled(g.ci_high))

    table = view.table(
        "staff_gap",
        every,
        ("satisfaction.table.parameter", lambda g: g.parameter, ""),
        ("staff.table.customer", lambda g: g.customer, fmt),
        ("staff.table.staff", lambda g: g.staff, fmt),
        ("staff.table.gap", lambda g: scaled(g.gap), signed),
        ("columns.interval", limits, interval(signed)),
        title=view.text("staff.table.title"),
        note=view.text("staff.table.note"),
        facts=heading_facts(view),
    )
    return [Heading(text=_staff_heading(view, gaps), level=3), table]


def _staff_heading(view: LoyaltyView, gaps: list[StaffGap]) -> str:
    sure = [g for g in gaps if g.differs is not Verdict.CANNOT_TELL]
    if not gaps:
        return view.text("staff.heading.hidden", threshold=view.engagement.anonymity_threshold)
    if not sure:
        return view.text("staff.heading.none")
    key = f"staff.heading.{_ABOVE[sure[0].differs]}"
    fmt = mark_format(view)
    return view.text(
        key,
        parameter=sure[0].parameter,
        staff=view.texts.write(sure[0].staff, fmt),
        customer=view.texts.write(sure[0].customer, fmt),
    )
