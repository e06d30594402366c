"""Chapter: where deals advance, wait and fall out."""

from workbook.charts.chart import PALE, Chart
from workbook.charts.stacked_bars import StackedBars, StackedPart
from workbook.diagnostics.segmentation_matrix.deals_result import FunnelStage, Leak
from workbook.diagnostics.segmentation_matrix.report.names import MatrixView
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import spare
from workbook.report.table import Table


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on the funnel."""
    stages = [s for s in view.result.funnel if s.entered]
    basis = view.result.funnel_basis
    if not stages and (basis is None or not basis.earlier):
        return view.left_out("funnel")
    return [
        Heading(
            text=_heading(view, view.result.leak),
            short=view.text("short.funnel"),
            caption=view.text("funnel.caption", when=told_after(view)),
        ),
        Text((_reading(view),)),
        *([_chart(view, stages)] if stages else []),
        *_refusals(view),
        *details(*([_stages(view, stages)] if stages else []), *_snapshot(view), *_cohorts(view)),
    ]


def stage_name(view: MatrixView, stage: str | None) -> str:
    """Return the words of a stage; the client's own names as they are."""
    if stage is None:
        return view.text("stage_unknown")
    key = f"stage.{stage}"
    return view.text(key) if key in view.texts else stage


def told_after(view: MatrixView) -> str:
    """Return since when deals are of this period; empty where all of them are."""
    basis = view.result.funnel_basis
    if basis is None or basis.told is None:
        return ""
    return view.text("funnel.after", told=basis.told)


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
    if basis is not None and basis.told is not None:
        told.append(view.text("funnel.text.earlier", told=basis.told, n=basis.earlier))
    if basis is not None and basis.closed:
        told.append(view.text("funnel.text.won", won=basis.won, closed=basis.closed))
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
        StackedPart(name=view.text("funnel.advanced"), colour=view.palette.primary),
        StackedPart(name=view.text("funnel.still"), colour=view.palette.tertiary),
        StackedPart(name=view.text("funnel.back"), colour=PALE),
        StackedPart(name=view.text("funnel.lost"), colour=view.palette.secondary),
    ]
    sizes = [(s.advanced, s.still, s.back, s.lost) for s in stages]
    figures = [[view.texts.write(n, "count") for n in row] for row in sizes]
    names = [stage_name(view, s.stage) for s in stages]

    told = "; ".join(
        f"{name}: " + ", ".join(f"{p.name} {t}" for p, t in zip(parts, row, strict=True))
        for name, row in zip(names, figures, strict=True)
    )
    return view.draw(
        StackedBars(
            labels=names,
            parts=parts,
            sizes=sizes,
            texts=figures,
            right=[view.texts.write(s.entered, "count") for s in stages],
            fmt="count",
        ),
        title=view.text("funnel.chart.title"),
        alt=view.text("funnel.chart.alt", values=told),
        note=view.source(sum(s.entered for s in stages), view.text("funnel.chart.note")),
    )


def _stages(view: MatrixView, stages: list[FunnelStage]) -> Table:
    return view.table(
        "funnel",
        stages,
        ("columns.stage", lambda s: stage_name(view, s.stage), ""),
        ("funnel.columns.entered", lambda s: s.entered, "count"),
        ("columns.customers", lambda s: s.customers, spare("count", 2)),
        ("columns.offer_amount", lambda s: s.amount, "money"),
        ("funnel.advanced", lambda s: s.advanced, "count"),
        ("funnel.still", lambda s: s.still, "count"),
        ("funnel.back", lambda s: s.back, spare("count")),
        ("funnel.lost", lambda s: s.lost, "count"),
        ("funnel.columns.amount_lost", lambda s: s.amount_lost, "money"),
        (
            "funnel.columns.rate",
            lambda s: view.part_cell(s.advanced, s.left) if s.left else None,
            "pct",
        ),
        (
            "funnel.columns.days",
            lambda s: None if s.median_days is None else round(s.median_days),
            "count",
        ),
        title=view.text("funnel.table"),
        note=view.text("funnel.note"),
    )


def _refusals(view: MatrixView) -> list[Block]:
    refusals = view.result.refusals
    if not refusals:
        return []
    table = view.table(
        "refusals",
        sorted(refusals, key=lambda r: (-r.n, -(r.amount or 0.0))),
        ("columns.stage", lambda r: stage_name(view, r.stage), ""),
        ("columns.reason", lambda r: r.reason or view.text("reason_unknown"), ""),
        ("refusals.columns.n", lambda r: r.n, "count"),
        ("columns.offer_amount", lambda r: r.amount, "money"),
        title=view.text("refusals.table"),
        shown=5,
        note=view.text("refusals.note"),
    )
    lost = sum(r.n for r in refusals)
    blind = sum(r.n for r in refusals if r.stage is None or r.reason is None)
    heading = view.text("refusals.heading", n=lost, k=blind, when=told_after(view))
    return [Heading(text=heading, level=3), table]


def _snapshot(view: MatrixView) -> list[Block]:
    if not view.result.snapshot:
        return []
    table = view.table(
        "open_deals",
        view.result.snapshot,
        ("columns.stage", lambda s: stage_name(view, s.stage), ""),
        ("snapshot.columns.n", lambda s: s.n, "count"),
        ("columns.offer_amount", lambda s: s.amount, "money"),
        ("snapshot.columns.overdue", lambda s: s.overdue, "count"),
        ("snapshot.columns.without", lambda s: s.no_next_step, "count"),
        title=view.text("snapshot.table"),
        note=view.text("snapshot.note"),
    )
    return [table]


def _cohorts(view: MatrixView) -> list[Block]:
    if len(view.result.funnel_cohorts) < 2:
        return []
    table = view.table(
        "funnel_cohorts",
        view.result.funnel_cohorts,
        ("columns.period", lambda c: view.period(c.cohort, "short"), ""),
        ("cohorts.columns.entered", lambda c: c.entered, "count"),
        ("cohorts.columns.won", lambda c: c.won, "count"),
        ("cohorts.columns.lost", lambda c: c.lost, "count"),
        ("cohorts.columns.open", lambda c: c.open, "count"),
        ("columns.offer_amount", lambda c: c.amount, "money"),
        ("cohorts.columns.amount_won", lambda c: c.amount_won, "money"),
        title=view.text("cohorts.table"),
        shown=8,
        note=view.text("cohorts.note"),
    )
    return [table]
