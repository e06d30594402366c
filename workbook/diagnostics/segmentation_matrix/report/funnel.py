"""Chapter: where deals advance, wait and fall out."""

from matplotlib.figure import Figure

from workbook.charts.basic import Part, rows_height, stacked_rows
from workbook.charts.chart import PALE, SKY, Chart
from workbook.diagnostics.segmentation_matrix.deals_result import FunnelStage, Leak
from workbook.diagnostics.segmentation_matrix.report.shared import MatrixView
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, source, table_columns
from workbook.report.table import Table


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on the funnel."""
    stages = [s for s in view.result.funnel if s.entered]
    if not stages:
        return left_out(view, "funnel")
    return [
        Heading(
            text=_heading(view, view.result.leak),
            short=view.text("short.funnel"),
            caption=view.text("funnel.caption"),
            new_page=True,
        ),
        Text((_reading(view),)),
        _chart(view, stages),
        _stages(view, stages),
        *_refusals(view),
        *_snapshot(view),
        *_cohorts(view),
    ]


def stage_name(view: MatrixView, stage: str | None) -> str:
    """Return the words of a stage; the client's own names as they are."""
    if stage is None:
        return view.text("stage_unknown")
    key = f"stage.{stage}"
    return view.text(key) if key in view.texts else stage


def _heading(view: MatrixView, leak: Leak | None) -> str:
    if leak is None:
        basis = view.result.funnel_basis
        return view.text("funnel.heading.plain", n=basis.deals if basis else 0)
    told: dict[str, object] = {"lost": leak.lost}
    if leak.by_count is not None:
        told |= {"stage": stage_name(view, leak.by_count.stage), "k": leak.by_count.lost}
    if leak.by_money is not None:
        told |= {"money_stage": stage_name(view, leak.by_money.stage),
                 "amount": leak.by_money.amount, "all": leak.amount}  # fmt: skip
    kind = "both" if leak.agree else "differ"
    if leak.by_money is None or leak.by_count is None:
        kind = "count" if leak.by_count else "money"
    return view.text(f"funnel.heading.{kind}", **told)


def _reading(view: MatrixView) -> str:
    told = [view.text("funnel.text.ends")]
    basis = view.result.funnel_basis
    if basis is not None and basis.closed and not basis.with_history:
        told.append(view.text("funnel.text.one_event"))
    unnamed = sum(stage.unnamed for stage in view.result.funnel)
    if unnamed:
        told.append(view.text("funnel.text.unnamed", n=unnamed))
    if basis is not None and basis.order != "options":
        told.append(view.text(f"funnel.text.order_{basis.order}"))
    return " ".join(told)


def _chart(view: MatrixView, stages: list[FunnelStage]) -> Chart:
    parts = [
        Part(name=view.text("funnel.advanced"), colour=view.palette.primary, dark=True),
        Part(name=view.text("funnel.still"), colour=SKY, dark=False),
        Part(name=view.text("funnel.back"), colour=PALE, dark=False),
        Part(name=view.text("funnel.lost"), colour=view.palette.secondary, dark=False),
    ]
    sizes = [(s.advanced, s.still, s.back, s.lost) for s in stages]
    figures = [[view.texts.write(n, "count") for n in row] for row in sizes]
    names = [stage_name(view, s.stage) for s in stages]

    def plot(figure: Figure) -> None:
        stacked_rows(
            figure.add_subplot(), names, parts, sizes, texts=figures,
            right=[view.texts.write(s.entered, "count") for s in stages],
        )  # fmt: skip

    told = "; ".join(
        f"{name}: " + ", ".join(f"{p.name} {t}" for p, t in zip(parts, row, strict=True))
        for name, row in zip(names, figures, strict=True)
    )
    return view.draw(
        plot,
        title=view.text("funnel.chart.title"),
        alt=view.text("funnel.chart.alt", values=told),
        note=source(view, sum(s.entered for s in stages), view.text("funnel.chart.note")),
        height=rows_height(len(stages), top=0.7),
    )


def _stages(view: MatrixView, stages: list[FunnelStage]) -> Table:
    return Table(
        name="funnel",
        title=view.text("funnel.table"),
        columns=table_columns(
            view,
            ("stage", "columns.stage", ""),
            ("entered", "funnel.columns.entered", "count"),
            ("customers", "columns.customers", "count"),
            ("amount", "columns.offer_amount", "money"),
            ("advanced", "funnel.advanced", "count"),
            ("still", "funnel.still", "count"),
            ("back", "funnel.back", "count"),
            ("lost", "funnel.lost", "count"),
            ("amount_lost", "funnel.columns.amount_lost", "money"),
            ("rate", "funnel.columns.rate", ""),
            ("days", "funnel.columns.days", "count"),
        ),
        rows=[
            {
                "stage": stage_name(view, s.stage),
                "entered": s.entered,
                "customers": s.customers,
                "amount": s.amount,
                "advanced": s.advanced,
                "still": s.still,
                "back": s.back,
                "lost": s.lost,
                "amount_lost": s.amount_lost,
                "rate": view.part(s.advanced, s.left) if s.left else "–",
                "days": None if s.median_days is None else round(s.median_days),
            }
            for s in stages
        ],
        texts=view.texts,
        note=view.text("funnel.note"),
    )


def _refusals(view: MatrixView) -> list[Block]:
    refusals = view.result.refusals
    if not refusals:
        return []
    rows = [
        {
            "stage": stage_name(view, r.stage),
            "reason": r.reason or view.text("reason_unknown"),
            "n": r.n,
            "amount": r.amount,
        }
        for r in sorted(refusals, key=lambda r: (-r.n, -(r.amount or 0.0)))
    ]
    table = Table(
        name="refusals",
        title=view.text("refusals.table"),
        columns=table_columns(
            view,
            ("stage", "columns.stage", ""),
            ("reason", "columns.reason", ""),
            ("n", "refusals.columns.n", "count"),
            ("amount", "columns.offer_amount", "money"),
        ),
        rows=rows,
        texts=view.texts,
        shown=8,
        note=view.text("refusals.note"),
    )
    lost = sum(r.n for r in refusals)
    blind = sum(r.n for r in refusals if r.stage is None or r.reason is None)
    heading = view.text("refusals.heading", n=lost, k=blind)
    return [Heading(text=heading, level=3), table]


def _snapshot(view: MatrixView) -> list[Block]:
    if not view.result.snapshot:
        return []
    table = Table(
        name="open_deals",
        title=view.text("snapshot.table"),
        columns=table_columns(
            view,
            ("stage", "columns.stage", ""),
            ("n", "snapshot.columns.n", "count"),
            ("amount", "columns.offer_amount", "money"),
            ("overdue", "snapshot.columns.overdue", "count"),
            ("without", "snapshot.columns.without", "count"),
        ),
        rows=[
            {
                "stage": stage_name(view, s.stage),
                "n": s.n,
                "amount": s.amount,
                "overdue": s.overdue,
                "without": s.no_next_step,
            }
            for s in view.result.snapshot
        ],
        texts=view.texts,
        note=view.text("snapshot.note"),
    )
    return [table]


def _cohorts(view: MatrixView) -> list[Block]:
    if len(view.result.funnel_cohorts) < 2:
        return []
    table = Table(
        name="funnel_cohorts",
        title=view.text("cohorts.table"),
        columns=table_columns(
            view,
            ("cohort", "columns.period", ""),
            ("entered", "cohorts.columns.entered", "count"),
            ("won", "cohorts.columns.won", "count"),
            ("lost", "cohorts.columns.lost", "count"),
            ("open", "cohorts.columns.open", "count"),
            ("amount", "columns.offer_amount", "money"),
            ("amount_won", "cohorts.columns.amount_won", "money"),
        ),
        rows=[
            {
                "cohort": c.cohort,
                "entered": c.entered,
                "won": c.won,
                "lost": c.lost,
                "open": c.open,
                "amount": c.amount,
                "amount_won": c.amount_won,
            }
            for c in view.result.funnel_cohorts
        ],
        texts=view.texts,
        shown=8,
        note=view.text("cohorts.note"),
    )
    return [table]
