"""Appendix: counts, tests and thresholds, and the tables that the body does not show."""

from workbook.diagnostics.churn_reasons.report.shared import ChurnView
from workbook.report.blocks import Block
from workbook.report.method_box import method_box
from workbook.report.parts import table_columns
from workbook.report.table import Table

BOX = (
    "definition",
    "lost",
    "counts",
    "prevention",
    "pairs",
    "portfolio",
    "survival",
    "cox",
    "signals",
    "winback",
    "instruments",
)


def method(view: ChurnView) -> list[Block]:
    """Return the method box, the options that were changed and the full tables."""
    return [
        *method_box(
            view,
            BOX,
            confidence=view.params.confidence,
            alpha=1 - view.params.confidence,
            least=view.params.min_losses,
            pair=view.params.min_pair_n,
            per_term=view.params.cox_losses_per_term,
            blind=view.params.blind_days,
            half_life=view.params.recency_half_life_days,
            known=view.params.known_share,
            unjudged=view.params.most_unjudged,
            headline=view.params.share_headline,
            months=view.params.register_months,
            late=view.params.late_share,
            silent=view.params.silent_months,
            ratio=view.params.least_ratio,
        ),
        *_mended(view),
        *_unknown(view),
        *_survival(view),
        *_incidence(view),
        *_stated(view),
    ]


def _mended(view: ChurnView) -> list[Block]:
    if not view.result.mended_reasons:
        return []
    table = Table(
        name="mended_reasons",
        title=view.text("mended_reasons.table"),
        columns=table_columns(
            view,
            ("found", "mended_reasons.found", ""),
            ("counted_as", "mended_reasons.counted_as", ""),
            ("n", "verified.n", "count"),
        ),
        rows=[
            {"found": m.found, "counted_as": m.counted_as, "n": m.n}
            for m in view.result.mended_reasons
        ],
        texts=view.texts,
        appendix_only=True,
    )
    return [table]


def _unknown(view: ChurnView) -> list[Block]:
    if not view.result.unknown_reasons:
        return []
    table = Table(
        name="unknown_reasons",
        title=view.text("unknown_reasons.table"),
        columns=table_columns(
            view,
            ("given", "mended_reasons.found", ""),
            ("nearest", "unknown_reasons.nearest", ""),
            ("n", "verified.n", "count"),
        ),
        rows=[
            {"given": u.given, "nearest": u.nearest or "–", "n": u.n}
            for u in view.result.unknown_reasons
        ],
        texts=view.texts,
        shown=10,
    )
    return [table]


def _survival(view: ChurnView) -> list[Block]:
    points = view.result.survival
    if not points:
        return []
    return [
        view.table(
            "survival",
            points,
            ("lifetime.columns.time", points.values("time"), "count"),
            ("lifetime.columns.at_risk", points.values("at_risk"), "count"),
            ("lifetime.columns.lost", points.values("lost"), "count"),
            ("lifetime.columns.survival", points.values("survival"), "pct1"),
            ("lifetime.columns.low", points.values("ci_low"), "pct1"),
            ("lifetime.columns.high", points.values("ci_high"), "pct1"),
            title=view.text("lifetime.full"),
            appendix_only=True,
        )
    ]


def _incidence(view: ChurnView) -> list[Block]:
    rows = view.result.cumulative_incidence
    if not rows:
        return []
    return [
        view.table(
            "cumulative_incidence",
            rows,
            ("reasons.columns.reason", rows.values("label"), ""),
            ("lifetime.columns.time", rows.values("time"), "count"),
            ("lifetime.risks.value", rows.values("value"), "pct1"),
            ("lifetime.risks.naive", rows.values("naive"), "pct1"),
            title=view.text("lifetime.risks.full"),
            appendix_only=True,
        )
    ]


def _stated(view: ChurnView) -> list[Block]:
    if not view.result.stated:
        return []
    table = Table(
        name="stated_and_verified",
        title=view.text("verified.full"),
        columns=table_columns(
            view,
            ("label", "reasons.columns.reason", ""),
            ("stated", "verified.stated", "count"),
            ("verified", "verified.verified", "count"),
            ("both", "verified.both", "count"),
        ),
        rows=[
            {"label": s.label, "stated": s.stated, "verified": s.verified, "both": s.both}
            for s in view.result.stated
        ],
        texts=view.texts,
        shown=15,
    )
    return [table]
