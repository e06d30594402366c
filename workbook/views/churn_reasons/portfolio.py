"""Chapter: who lost them, beside the portfolio they had."""

from matplotlib.figure import Figure

from workbook.blocks import Block, Heading, Text
from workbook.chart import Chart
from workbook.diagnostics.churn_reasons.result import Group, Place
from workbook.exhibits import Estimate, dot_plot, rows_height
from workbook.table import Table, Value
from workbook.views.churn_reasons.shared import CHARTED, ChurnView
from workbook.views.parts import left_out, source, table_columns

ABOVE = (Place.FAR_ABOVE, Place.ABOVE)


def judged(view: ChurnView, dimension: str) -> list[Group]:
    """Return the groups of a dimension that have a portfolio, worst first."""
    return [
        g for g in view.result.by if g.dimension == dimension and g.shrunk is not None and g.group
    ]


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on managers, regions, segments and the rest."""
    if not view.result.by:
        return left_out(view, "by")
    dimension = _main(view)
    if dimension is None:
        return [*left_out(view, "by"), *_counts(view)]
    groups = judged(view, dimension)
    return [
        Heading(
            text=_heading(view, dimension, groups),
            short=view.say("short.by"),
            caption=view.say("portfolio.caption"),
            new_page=True,
        ),
        Text((_reading(view, groups),)),
        _chart(view, dimension, groups[:CHARTED]),
        _table(view, groups),
        *_counts(view),
    ]


def _main(view: ChurnView) -> str | None:
    """Return the dimension to draw: managers, else regions, else segments with a portfolio."""
    for dimension in ("manager", "region", "segment", "product"):
        if len(judged(view, dimension)) > 1:
            return dimension
    return None


def _heading(view: ChurnView, dimension: str, groups: list[Group]) -> str:
    far = [g for g in groups if g.verdict in ABOVE]
    if far:
        return view.say(
            "portfolio.heading.above", group=far[0].group, by=view.say(f"by.{dimension}"),
            lost=far[0].lost, expected=far[0].expected,
        )  # fmt: skip
    return view.say("portfolio.heading.none", by=view.say(f"by.{dimension}"), n=len(groups))


def _reading(view: ChurnView, groups: list[Group]) -> str:
    moved = max(groups, key=_moved)
    if _moved(moved) < 2:
        return view.say("portfolio.text.same")
    return view.say(
        "portfolio.text.moved",
        group=moved.group,
        raw=moved.rank_raw,
        rate=moved.rate,
        lost=moved.lost,
        expected=moved.expected,
        adjusted=moved.rank_adjusted,
        n=len(groups),
    )


def _moved(group: Group) -> int:
    """Return by how many places the portfolio changes a group's rank."""
    if group.rank_raw is None or group.rank_adjusted is None:
        return 0
    return abs(group.rank_raw - group.rank_adjusted)


def _chart(view: ChurnView, dimension: str, groups: list[Group]) -> Chart:
    rows = [
        Estimate(
            label=g.group,
            value=g.shrunk or 0.0,
            low=g.ci_low,
            high=g.ci_high,
            text=view.say("portfolio.dot", lost=g.lost, expected=g.expected),
            strong=g.verdict in ABOVE,
        )
        for g in groups
    ]

    def plot(figure: Figure) -> None:
        dot_plot(
            figure.add_subplot(), rows, palette=view.palette, write=view.fmt("dec1"),
            reference=(1.0, view.say("portfolio.reference")),
        )  # fmt: skip

    told = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return view.draw(
        plot,
        title=view.say("portfolio.chart.title", by=view.say(f"by.{dimension}")),
        alt=view.say("portfolio.chart.alt", values=told),
        note=source(view, sum(g.lost for g in groups), view.say("portfolio.chart.note")),
        height=rows_height(len(rows), top=0.75),
    )


def _table(view: ChurnView, groups: list[Group]) -> Table:
    columns = table_columns(
        view,
        ("group", "portfolio.columns.group", ""),
        ("at_risk", "portfolio.columns.at_risk", "count"),
        ("lost", "portfolio.columns.lost", "count"),
        ("rate", "portfolio.columns.rate", "pct1"),
        ("expected", "portfolio.columns.expected", "dec1"),
        ("shrunk", "portfolio.columns.shrunk", "dec2"),
    )
    columns += table_columns(
        view,
        ("revenue", "portfolio.columns.revenue", "money"),
        ("verdict", "columns.verdict", ""),
    )
    return Table(
        name="portfolio",
        title=view.say("portfolio.table"),
        columns=columns,
        rows=[_row(view, g) for g in groups],
        texts=view.texts,
        shown=12,
        note=view.say("portfolio.how", by=_standard(view, groups))
        + " "
        + view.say("portfolio.note"),
    )


def _row(view: ChurnView, group: Group) -> dict[str, Value]:
    return {
        "dimension": view.say(f"by.{group.dimension}"),
        "group": group.group or view.say("unknown"),
        "at_risk": group.at_risk,
        "lost": group.lost,
        "share": group.share,
        "rate": group.rate,
        "expected": group.expected,
        "shrunk": group.shrunk,
        "low": group.ci_low,
        "high": group.ci_high,
        "revenue": group.revenue,
        "verdict": view.say(f"place.{group.verdict.value}"),
    }


def _counts(view: ChurnView) -> list[Block]:
    """Return every dimension in one table of the appendix file."""
    table = Table(
        name="losses_by",
        title=view.say("portfolio.all"),
        columns=table_columns(
            view,
            ("group", "portfolio.columns.group", ""),
            ("dimension", "portfolio.columns.by", ""),
            ("at_risk", "portfolio.columns.at_risk", "count"),
            ("lost", "portfolio.columns.lost", "count"),
            ("share", "portfolio.columns.share", "pct"),
            ("expected", "portfolio.columns.expected", "dec1"),
            ("shrunk", "portfolio.columns.shrunk", "dec2"),
            ("low", "portfolio.columns.low", "dec2"),
            ("high", "portfolio.columns.high", "dec2"),
            ("revenue", "portfolio.columns.revenue", "money"),
            ("verdict", "columns.verdict", ""),
        ),
        rows=[_row(view, g) for g in view.result.by],
        texts=view.texts,
        appendix_only=True,
    )
    return [table]


def _standard(view: ChurnView, groups: list[Group]) -> str:
    columns = groups[0].standardised_by if groups else ()
    if not columns:
        return view.say("portfolio.company")
    return ", ".join(view.say(f"by.{c}") for c in columns)
