"""Appendix: counts, tests and thresholds, and the tables that the body does not show."""

from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView
from workbook.report.blocks import Block
from workbook.report.method_box import method_box

OF_PERIODS = "periods"
"""What is said of a register that is carried on."""
BOX = (
    "definition",
    "lost",
    OF_PERIODS,
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
    carried = view.result.carried_since is not None
    return [
        *method_box(
            view,
            BOX if carried else tuple(name for name in BOX if name != OF_PERIODS),
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
    return [
        view.table(
            "mended_reasons",
            view.result.mended_reasons,
            ("mended_reasons.found", lambda m: m.found, ""),
            ("mended_reasons.counted_as", lambda m: m.counted_as, ""),
            ("verified.n", lambda m: m.n, "count"),
            title=view.text("mended_reasons.table"),
            appendix_only=True,
        )
    ]


def _unknown(view: ChurnView) -> list[Block]:
    if not view.result.unknown_reasons:
        return []
    return [
        view.table(
            "unknown_reasons",
            view.result.unknown_reasons,
            ("mended_reasons.found", lambda u: u.given, ""),
            ("unknown_reasons.nearest", lambda u: u.nearest or "–", ""),
            ("verified.n", lambda u: u.n, "count"),
            title=view.text("unknown_reasons.table"),
            shown=10,
        )
    ]


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
    return [
        view.table(
            "stated_and_verified",
            view.result.stated,
            ("reasons.columns.reason", lambda s: s.label, ""),
            ("verified.stated", lambda s: s.stated, "count"),
            ("verified.verified", lambda s: s.verified, "count"),
            ("verified.both", lambda s: s.both, "count"),
            title=view.text("verified.full"),
            shown=15,
        )
    ]
