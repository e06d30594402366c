"""Chapter: how satisfied customers are, and whether the staff see it."""

from matplotlib.figure import Figure

from workbook.blocks import Block, Heading, Text
from workbook.chart import SKY, Chart
from workbook.diagnostics.loyalty.result import Satisfaction, StaffGap
from workbook.exhibits import Part, rows_height, stacked_rows
from workbook.table import Table, TableColumn, Value
from workbook.views.loyalty.shared import LoyaltyView, source
from workbook.views.parts import left_out
from workbook.views.view import NO_PERCENTAGES_BELOW


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on marks, the complaint list and the staff's own view."""
    marks = by_mean(view)
    if not marks:
        return left_out(view, "satisfaction")
    return [
        Heading(
            text=_heading(view, marks),
            short=view.say("short.satisfaction"),
            caption=view.say("satisfaction.caption"),
        ),
        Text(tuple(_reading(view, marks))),
        _chart(view, marks),
        _table(view, "satisfaction", marks),
        *_staff(view),
        *_complaint_list(view),
    ]


def mark_format(view: LoyaltyView) -> str:
    """Return the number format of a mark: percentages or 1-5."""
    return "pct" if view.result.satisfaction_percent else "dec2"


def by_mean(view: LoyaltyView) -> list[Satisfaction]:
    """Return the parameters over all products, worst first."""
    told = [s for s in view.result.satisfaction if s.mean is not None]
    return sorted(told, key=lambda s: (s.mean or 0.0, s.parameter))


def _heading(view: LoyaltyView, marks: list[Satisfaction]) -> str:
    worst = marks[0]
    return view.say(
        "satisfaction.heading",
        parameter=worst.parameter,
        mean=view.texts.write(worst.mean, mark_format(view)),
        low=view.part(worst.open + worst.hidden, worst.n),
    )


def _reading(view: LoyaltyView, marks: list[Satisfaction]) -> list[str]:
    best = marks[-1]
    told = [
        view.say(
            "satisfaction.text",
            best=best.parameter,
            mean=view.texts.write(best.mean, mark_format(view)),
            n=len(view.result.complaint_list),
        )
    ]
    if view.result.satisfaction_coverage is not None:
        told.append(view.say("satisfaction.coverage", share=view.result.satisfaction_coverage))
    return told


def _chart(view: LoyaltyView, marks: list[Satisfaction]) -> Chart:
    parts = (
        Part(name=view.say("satisfaction.parts.open"), colour=view.palette.secondary, dark=True),
        Part(name=view.say("satisfaction.parts.hidden"), colour="#f0b27a", dark=False),
        Part(name=view.say("satisfaction.parts.good"), colour=SKY, dark=False),
        Part(name=view.say("satisfaction.parts.best"), colour=view.palette.primary, dark=True),
    )
    rows = [_shares(s) for s in marks]

    def plot(figure: Figure) -> None:
        stacked_rows(
            figure.add_subplot(),
            [s.parameter for s in marks],
            parts,
            rows,
            texts=[_figures(view, s) for s in marks],
            to_one=True,
            right=[view.texts.write(s.mean, mark_format(view)) for s in marks],
        )

    told = "; ".join(f"{s.parameter}: {view.texts.write(s.mean, mark_format(view))}" for s in marks)
    return view.draw(
        plot,
        title=view.say("satisfaction.chart.title"),
        alt=view.say("satisfaction.chart.alt", values=told),
        note=source(view, sum(s.n for s in marks), "satisfaction.chart.note"),
        height=rows_height(len(marks), top=0.7),
    )


def _shares(marks: Satisfaction) -> tuple[float, ...]:
    one, two, three, four, five = (count / marks.n for count in marks.distribution)
    return one + two, three, four, five


def _figures(view: LoyaltyView, marks: Satisfaction) -> list[str]:
    """Return the words on the parts: percentages, or numbers of marks where these are few."""
    one, two, *others = marks.distribution
    counts = (one + two, *others)
    if marks.n < NO_PERCENTAGES_BELOW:
        return [view.texts.write(k, "count") for k in counts]
    return [view.texts.write(k / marks.n, "pct") for k in counts]


def _table(view: LoyaltyView, name: str, marks: list[Satisfaction]) -> Table:
    fmt = mark_format(view)
    return Table(
        name=name,
        title=view.say("satisfaction.table.title"),
        columns=(
            TableColumn(key="parameter", heading=view.say("satisfaction.table.parameter")),
            TableColumn(key="n", heading=view.say("satisfaction.table.n"), fmt="count"),
            TableColumn(key="mean", heading=view.say("satisfaction.table.mean"), fmt=fmt),
            TableColumn(
                key="interval",
                heading=view.say("columns.interval", confidence=view.params.confidence),
                fmt="text",
            ),
            TableColumn(key="open", heading=view.say("satisfaction.table.open"), fmt="count"),
            TableColumn(key="hidden", heading=view.say("satisfaction.table.hidden"), fmt="count"),
        ),
        rows=[satisfaction_row(view, s) for s in marks],
        texts=view.texts,
        note=view.say("satisfaction.table.note"),
    )


def satisfaction_row(view: LoyaltyView, marks: Satisfaction) -> dict[str, Value]:
    """Return one row of a table of marks."""
    return {
        "product": marks.product,
        "parameter": marks.parameter,
        "n": marks.n,
        "mean": marks.mean,
        "interval": view.interval(marks.ci_low, marks.ci_high, mark_format(view)),
        "open": marks.open,
        "hidden": marks.hidden,
        "coverage": marks.coverage,
    }


def _staff(view: LoyaltyView) -> list[Block]:
    gaps = sorted(view.result.staff_gap, key=lambda g: -abs(g.gap))
    if not gaps:
        return left_out(view, "staff_gap")
    fmt = mark_format(view)
    signed = "points" if view.result.satisfaction_percent else "signed2"
    table = Table(
        name="staff_gap",
        title=view.say("staff.table.title"),
        columns=(
            TableColumn(key="parameter", heading=view.say("satisfaction.table.parameter")),
            TableColumn(key="customer", heading=view.say("staff.table.customer"), fmt=fmt),
            TableColumn(key="staff", heading=view.say("staff.table.staff"), fmt=fmt),
            TableColumn(key="gap", heading=view.say("staff.table.gap"), fmt=signed),
            TableColumn(
                key="interval",
                heading=view.say("columns.interval", confidence=view.params.confidence),
                fmt="text",
            ),
        ),
        rows=[_gap_row(view, g, signed) for g in gaps],
        texts=view.texts,
        note=view.say("staff.table.note"),
    )
    return [Heading(text=_staff_heading(view, gaps), level=3), table]


def _scaled(view: LoyaltyView, gap: float | None) -> float | None:
    """Return a gap in marks, or in percentage points where marks are percentages."""
    return gap * 100 if gap is not None and view.result.satisfaction_percent else gap


def _gap_row(view: LoyaltyView, gap: StaffGap, signed: str) -> dict[str, Value]:
    low, high = _scaled(view, gap.ci_low), _scaled(view, gap.ci_high)
    return {
        "parameter": gap.parameter,
        "customer": gap.customer,
        "staff": gap.staff,
        "gap": _scaled(view, gap.gap),
        "interval": view.interval(low, high, signed),
    }


def _staff_heading(view: LoyaltyView, gaps: list[StaffGap]) -> str:
    sure = [
        g
        for g in gaps
        if g.ci_low is not None and g.ci_high is not None and (g.ci_low > 0 or g.ci_high < 0)
    ]
    if not sure:
        return view.say("staff.heading.none")
    key = "staff.heading.above" if sure[0].gap > 0 else "staff.heading.below"
    fmt = mark_format(view)
    return view.say(
        key,
        parameter=sure[0].parameter,
        staff=view.texts.write(sure[0].staff, fmt),
        customer=view.texts.write(sure[0].customer, fmt),
    )


def _complaint_list(view: LoyaltyView) -> list[Block]:
    listed = view.result.complaint_list
    if not listed:
        return []
    table = Table(
        name="complaint_list",
        title=view.say("complaint_list.title"),
        columns=(
            TableColumn(key="customer", heading=view.say("columns.customer")),
            TableColumn(key="product", heading=view.say("complaint_list.product")),
            TableColumn(key="parameter", heading=view.say("satisfaction.table.parameter")),
            TableColumn(key="mark", heading=view.say("complaint_list.mark"), fmt=_mark(view)),
            TableColumn(key="date", heading=view.say("complaint_list.date"), fmt="day_short"),
            TableColumn(key="owner", heading=view.say("complaint_list.owner")),
            TableColumn(
                key="deadline", heading=view.say("complaint_list.deadline"), fmt="day_short"
            ),
        ),
        rows=[
            {
                "customer": d.customer_id or d.respondent_id,
                "product": d.product or "–",
                "parameter": d.parameter,
                "mark": d.mark,
                "date": d.date,
                "owner": d.owner or "–",
                "deadline": d.deadline,
            }
            for d in listed
        ],
        texts=view.texts,
        shown=10,
        note=view.say("complaint_list.note", days=view.params.complaint_days),
    )
    heading = Heading(text=view.say("complaint_list.heading", n=len(listed)), level=3)
    return [heading, table]


def _mark(view: LoyaltyView) -> str:
    return "pct" if view.result.satisfaction_percent else "count"
