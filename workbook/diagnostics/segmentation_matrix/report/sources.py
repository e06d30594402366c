"""Chapter: where deals come from, what is won of them, and which competitors are met."""

from workbook.diagnostics.segmentation_matrix.competitors import CompetitorBasis, CompetitorDeals
from workbook.diagnostics.segmentation_matrix.offer_sources import OfferSource, SourceDifference
from workbook.diagnostics.segmentation_matrix.report.names import Column, MatrixView, listed
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Interval, Value, interval, spare
from workbook.report.table import Table

SHOWN = 8
REASONS = 5
"""Reasons of lost deals that a competitor's row names."""


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on sources and competitors."""
    sources, basis = view.result.sources, view.result.competitor_basis
    if not sources and basis is None:
        return view.left_out("sources")
    if not sources:
        return [_title(view, _met(view), "competitors.caption"), *_competitors(view)]
    return [
        _title(view, _heading(view), "sources.caption"),
        Text((view.text("sources.text"),)),
        *([] if basis is None else [Heading(text=_met(view), level=3)]),
        *_competitors(view),
        *details(_sources(view, sources)),
    ]


def _title(view: MatrixView, text: str, caption: str) -> Heading:
    return Heading(text=text, short=view.text("short.sources"), caption=view.text(caption))


def _heading(view: MatrixView) -> str:
    rows = view.result.sources
    won, closed = sum(r.won for r in rows), sum(r.won + r.lost for r in rows)
    if view.result.source_difference is not None:
        return _difference(view, view.result.source_difference)
    if not closed:
        return view.text("sources.heading.open", n=sum(r.entered for r in rows))
    tested = any(row.p_value is not None for row in rows)
    return view.text(f"sources.heading.{'alike' if tested else 'plain'}", won=won, closed=closed)


def _difference(view: MatrixView, found: SourceDifference) -> str:
    return view.text(
        f"sources.heading.{'more' if found.more else 'less'}",
        source=found.source,
        own=view.part(found.won, found.closed),
        others=view.part(found.others_won, found.others_closed),
    )


def _sources(view: MatrixView, rows: tuple[OfferSource, ...]) -> Table:
    return view.table(
        "sources",
        rows,
        ("sources.columns.source", lambda r: r.source or view.text("source_unknown"), ""),
        ("sources.columns.entered", lambda r: r.entered, "count"),
        ("columns.customers", lambda r: r.customers, spare("count", 2)),
        ("sources.columns.won", lambda r: r.won, "count"),
        ("sources.columns.lost", lambda r: r.lost, "count"),
        ("sources.columns.open", lambda r: r.open, spare("count")),
        ("sources.columns.amount_won", lambda r: r.amount_won, "money"),
        *_cost(rows),
        ("sources.columns.rate", lambda r: _rate(view, r), "pct"),
        ("columns.interval", lambda r: Interval(r.ci_low, r.ci_high), interval("pct")),
        title=view.text("sources.table"),
        shown=SHOWN,
        note=view.text("sources.note", confidence=view.params.confidence),
        facts={"confidence": view.params.confidence},
    )


def _rate(view: MatrixView, row: OfferSource) -> Value:
    closed = row.won + row.lost
    return view.part_cell(row.won, closed) if closed else None


def _cost(rows: tuple[OfferSource, ...]) -> list[Column[OfferSource]]:
    """Return the columns of cost where any deal has one."""
    if not any(row.costed for row in rows):
        return []
    return [
        ("sources.columns.cost", lambda r: r.cost, "money"),
        ("sources.columns.cost_per_won", lambda r: r.cost_per_won, "money"),
    ]


def _met(view: MatrixView) -> str:
    basis = view.result.competitor_basis
    if basis is None or not basis.lost:
        met = sum(row.met for row in view.result.competitors)
        return view.text("competitors.heading.met", n=met)
    if basis.amount_lost is None:
        return view.text("competitors.heading.number", k=basis.lost_named, n=basis.lost)
    return view.text(
        "competitors.heading.money", k=basis.lost_named, n=basis.lost, amount=basis.amount_lost
    )


def _competitors(view: MatrixView) -> list[Block]:
    basis = view.result.competitor_basis
    if basis is None:
        return []
    return [
        view.table(
            "competitors",
            view.result.competitors,
            ("competitors.columns.competitor", lambda r: r.competitor, ""),
            ("columns.customers", lambda r: r.customers, spare("count", 2)),
            *_outcomes(basis),
            ("sources.columns.lost", lambda r: r.lost, "count"),
            ("sources.columns.amount_lost", lambda r: r.amount_lost, "money"),
            ("competitors.columns.reasons", lambda r: _reasons(view, r), ""),
            title=view.text("competitors.table"),
            shown=SHOWN,
            note=_note(view, basis),
        )
    ]


def _outcomes(basis: CompetitorBasis) -> list[Column[CompetitorDeals]]:
    """Return the columns of deals that were not lost, where any of them names a competitor."""
    if basis.only_lost:
        return []
    return [
        ("competitors.columns.met", lambda r: r.met, "count"),
        ("sources.columns.open", lambda r: r.open, spare("count")),
        ("sources.columns.won", lambda r: r.won, "count"),
        ("sources.columns.amount_won", lambda r: r.amount_won, "money"),
    ]


def _reasons(view: MatrixView, row: CompetitorDeals) -> str:
    told = [
        view.text("competitors.reason", reason=r.reason or view.text("reason_unknown"), n=r.n)
        for r in row.reasons
    ]
    return listed(told, REASONS)


def _note(view: MatrixView, basis: CompetitorBasis) -> str:
    told = [view.text(f"competitors.note.{'only_lost' if basis.only_lost else 'all'}")]
    if basis.without_amount:
        told.append(view.text("competitors.note.without_amount", n=basis.without_amount))
    return " ".join(told)
