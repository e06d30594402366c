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
    if not view.result.survival:
        return []
    table = Table(
        name="survival",
        title=view.text("lifetime.full"),
        columns=table_columns(
            view,
            ("time", "lifetime.columns.time", "count"),
            ("at_risk", "lifetime.columns.at_risk", "count"),
            ("lost", "lifetime.columns.lost", "count"),
            ("survival", "lifetime.columns.survival", "pct1"),
            ("low", "lifetime.columns.low", "pct1"),
            ("high", "lifetime.columns.high", "pct1"),
        ),
        rows=[
            {
                "time": p.time, "at_risk": p.at_risk, "lost": p.lost, "survival": p.survival,
                "low": p.ci_low, "high": p.ci_high,
            }
            for p in view.result.survival
        ],
        texts=view.texts,
        appendix_only=True,
    )  # fmt: skip
    return [table]


def _incidence(view: ChurnView) -> list[Block]:
    if not view.result.cumulative_incidence:
        return []
    table = Table(
        name="cumulative_incidence",
        title=view.text("lifetime.risks.full"),
        columns=table_columns(
            view,
            ("label", "reasons.columns.reason", ""),
            ("time", "lifetime.columns.time", "count"),
            ("value", "lifetime.risks.value", "pct1"),
            ("naive", "lifetime.risks.naive", "pct1"),
        ),
        rows=[
            {"label": r.label, "time": r.time, "value": r.value, "naive": r.naive}
            for r in view.result.cumulative_incidence
        ],
        texts=view.texts,
        appendix_only=True,
    )
    return [table]


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
