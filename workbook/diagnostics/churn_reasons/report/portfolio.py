"""Chapter: who lost them, beside the portfolio they had."""

from matplotlib.figure import Figure

from workbook.charts.basic import Estimate, dot_plot, rows_height
from workbook.charts.chart import Chart
from workbook.diagnostics.churn_reasons.life_result import FunnelZone, GroupLosses, Missing
from workbook.diagnostics.churn_reasons.report.shared import CHARTED, ChurnView
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, source, table_columns
from workbook.report.table import Table, Value

DIMENSIONS = ("manager", "region", "segment", "product")


def judged(view: ChurnView, dimension: str) -> list[GroupLosses]:
    """Return the groups of a dimension that have a portfolio, worst first."""
    return [g for g in view.result.by if g.dimension == dimension and g.shrunk is not None]


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on managers, regions, segments and the rest."""
    compared = [name for name in DIMENSIONS if len(judged(view, name)) > 1]
    if not compared:
        return _not_compared(view)
    # The cut in which a group stands out is drawn; else that of the managers.
    out = [name for name in compared if any(g.stands_out for g in judged(view, name))]
    main = (out or compared)[0]
    groups = judged(view, main)
    others = [name for name in compared[:1] if name != main]
    return [
        Heading(
            text=_heading(view, main, groups),
            short=view.text("short.by"),
            caption=view.text("portfolio.caption"),
            new_page=True,
        ),
        Text((_reading(view, groups),)),
        _chart(view, main, groups[:CHARTED]),
        _table(view, main, groups),
        *[block for name in others for block in _further(view, name)],
        *view.limitation(*_missing(view)),
        *_counts(view),
    ]


def _further(view: ChurnView, dimension: str) -> list[Block]:
    groups = judged(view, dimension)
    return [
        Heading(text=_heading(view, dimension, groups), level=3),
        Text((_reading(view, groups),)),
        _table(view, dimension, groups),
    ]


def _not_compared(view: ChurnView) -> list[Block]:
    """Return what is missing for a comparison, and the plain counts for the XLSX."""
    if not view.result.by:
        return left_out(view, "by")
    blocks: list[Block] = [
        Heading(text=view.text("portfolio.not_compared"), short=view.text("short.by")),
        Text((" ".join(_missing(view)) or view.text("absent.by.fill"),)),
    ]
    return [*blocks, *_counts(view)]


def _missing(view: ChurnView) -> list[str]:
    """Say of each cut why losses are not compared by it; those that nobody recorded together."""
    told = [
        view.text(
            f"portfolio.missing.{known.missing.value}",
            by=view.text(f"by.{known.dimension}"),
            known=known.known,
            of=known.of,
            known_lost=known.known_lost,
            lost=known.lost,
            least=view.params.known_share,
            losses=view.params.min_losses,
        )
        for known in view.result.dimensions
        if known.missing in (Missing.LOST_ONLY, Missing.PARTLY)
    ]
    for missing in (Missing.FEW_LOSSES, Missing.PORTFOLIO, Missing.COLUMN):
        names = [d.dimension for d in view.result.dimensions if d.missing is missing]
        if names:
            named = ", ".join(view.text(f"by.{name}") for name in names)
            told.append(
                view.text(
                    f"portfolio.missing.{missing.value}",
                    named=named,
                    n=view.result.lost.n,
                    least=view.params.min_losses,
                )
            )
    return told


def _heading(view: ChurnView, dimension: str, groups: list[GroupLosses]) -> str:
    out = [g for g in groups if g.stands_out]
    by = view.text(f"by.{dimension}")
    if out:
        return view.text(
            "portfolio.heading.above",
            group=out[0].group,
            by=by,
            lost=out[0].lost,
            at_risk=out[0].at_risk,
            expected=out[0].expected,
        )
    return view.text("portfolio.heading.none", by=by, n=len(groups))


def _reading(view: ChurnView, groups: list[GroupLosses]) -> str:
    moved = [g for g in groups if _moved(g) >= view.params.moved_places]
    if not moved:
        return view.text("portfolio.text.same")
    return view.text(
        "portfolio.text.moved", k=len(moved), n=len(groups), places=view.params.moved_places
    )


def _moved(group: GroupLosses) -> int:
    """Return by how many places the portfolio changes a group's rank."""
    if group.rank_raw is None or group.rank_adjusted is None:
        return 0
    return abs(group.rank_raw - group.rank_adjusted)


def _chart(view: ChurnView, dimension: str, groups: list[GroupLosses]) -> Chart:
    rows = [
        Estimate(
            label=g.group,
            value=g.shrunk or 0.0,
            low=g.ci_low,
            high=g.ci_high,
            text=view.text("portfolio.dot", lost=g.lost, expected=g.expected),
            strong=g.stands_out,
        )
        for g in groups
    ]

    def plot(figure: Figure) -> None:
        dot_plot(
            figure.add_subplot(), rows, palette=view.palette, write=view.fmt("dec1"),
            reference=(1.0, view.text("portfolio.reference")),
        )  # fmt: skip

    told = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return view.draw(
        plot,
        title=view.text("portfolio.chart.title", by=view.text(f"by.{dimension}")),
        alt=view.text("portfolio.chart.alt", values=told),
        note=source(view, sum(g.lost for g in groups), view.text("portfolio.chart.note")),
        height=rows_height(len(rows), top=0.75),
    )


def _table(view: ChurnView, dimension: str, groups: list[GroupLosses]) -> Table:
    columns = table_columns(
        view,
        ("group", "portfolio.columns.group", ""),
        ("at_risk", "portfolio.columns.at_risk", "count"),
        ("customer_years", "portfolio.columns.customer_years", "dec1"),
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
        name=f"portfolio_{dimension}",
        title=view.text("portfolio.table", by=view.text(f"by.{dimension}")),
        columns=columns,
        rows=[_row(view, g) for g in groups],
        texts=view.texts,
        shown=12,
        note=view.text("portfolio.how", by=_standard(view, groups))
        + " "
        + view.text(
            "portfolio.note", n=len(groups), beyond=sum(g.beyond_95 or 0.0 for g in groups)
        ),
    )


def _row(view: ChurnView, group: GroupLosses) -> dict[str, Value]:
    return {
        "dimension": view.text(f"by.{group.dimension}"),
        "group": group.group or view.text("unknown"),
        "at_risk": group.at_risk,
        "customer_years": group.customer_years,
        "lost": group.lost,
        "share": group.share,
        "rate": group.rate,
        "expected": group.expected,
        "shrunk": group.shrunk,
        "low": group.ci_low,
        "high": group.ci_high,
        "revenue": group.revenue,
        "p": group.p_holm,
        "verdict": _verdict(view, group),
    }


def _verdict(view: ChurnView, group: GroupLosses) -> str:
    """Return the words of a verdict; what its test does not bear out is within chance."""
    if group.differs and group.repeats:
        return view.text("place.repeats", by=view.text(f"by.{group.repeats}"))
    outside = group.verdict not in (FunnelZone.WITHIN, FunnelZone.CANNOT_TELL)
    return view.text(f"place.{'chance' if outside and not group.differs else group.verdict.value}")


def _counts(view: ChurnView) -> list[Block]:
    """Return every dimension in one table of the appendix file."""
    table = Table(
        name="losses_by",
        title=view.text("portfolio.all"),
        columns=table_columns(
            view,
            ("group", "portfolio.columns.group", ""),
            ("dimension", "portfolio.columns.by", ""),
            ("at_risk", "portfolio.columns.at_risk", "count"),
            ("customer_years", "portfolio.columns.customer_years", "dec1"),
            ("lost", "portfolio.columns.lost", "count"),
            ("share", "portfolio.columns.share", "pct"),
            ("expected", "portfolio.columns.expected", "dec1"),
            ("shrunk", "portfolio.columns.shrunk", "dec2"),
            ("low", "portfolio.columns.low", "dec2"),
            ("high", "portfolio.columns.high", "dec2"),
            ("revenue", "portfolio.columns.revenue", "money"),
            ("p", "columns.p", "p"),
            ("verdict", "columns.verdict", ""),
        ),
        rows=[_row(view, g) for g in view.result.by],
        texts=view.texts,
        appendix_only=True,
    )
    return [table]


def _standard(view: ChurnView, groups: list[GroupLosses]) -> str:
    columns = groups[0].standardised_by if groups else ()
    if not columns:
        return view.text("portfolio.company")
    return ", ".join(view.text(f"by.{c}") for c in columns)
