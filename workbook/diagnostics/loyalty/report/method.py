"""Appendix: formulas, thresholds, and the tables that the body does not show."""

from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView, effective_n, heading_facts
from workbook.diagnostics.loyalty.report.mark_words import mark_words
from workbook.diagnostics.loyalty.report.satisfaction import mark_columns
from workbook.diagnostics.loyalty.report.score_words import class_words
from workbook.report.blocks import Block
from workbook.report.cells import Value
from workbook.report.method_box import method_box

BOX = (
    "nps",
    "interval",
    "waves",
    "anonymity",
    "groups",
    "weighted",
    "themes",
    "criteria",
    "satisfaction",
    "drivers",
    "complaints",
    "stays",
    "touchpoints",
)

BY_NAME = ("anonymity",)
"""What is said otherwise where answers may be told by name."""


def method(view: LoyaltyView) -> list[Block]:
    """Return the method box, the options that were changed and the full tables."""
    return [
        *method_box(
            view,
            [f"{k}_named" if k in BY_NAME and view.result.answers_by_name else k for k in BOX],
            confidence=view.params.confidence,
            alpha=1 - view.params.confidence,
            min_n=view.params.min_n,
            min_comments=view.params.min_comments,
            share=view.params.complaint_share,
            stay=view.params.stay_months,
            silence=view.params.silence_months,
            tolerance=view.params.window_tolerance,
            threshold=view.engagement.anonymity_threshold,
            draws=view.params.bootstrap,
            min_weighted_n=view.params.min_weighted_n,
            days=view.params.coverage_days,
            min_theme=view.params.min_theme,
            tentative=view.params.alpha_tentative,
            reliable=view.params.alpha_reliable,
            **class_words(view),
            **mark_words(view),
        ),
        *_score_intervals(view),
        *_waves(view),
        *_by_product(view),
        *_new_coverage(view),
        *_logit(view),
        *_kappas(view),
    ]


def _score_intervals(view: LoyaltyView) -> list[Block]:
    nps = view.result.nps
    if nps is None or nps.tango_low is None:
        return []
    table = view.table(
        "nps_intervals",
        [
            ("adjusted_wald", nps.ci_low, nps.ci_high),
            ("tango", nps.tango_low, nps.tango_high),
        ],
        ("intervals.kind", lambda one: view.text(f"intervals.{one[0]}"), ""),
        ("intervals.low", lambda one: one[1], "points"),
        ("intervals.high", lambda one: one[2], "points"),
        title=view.text("intervals.title", value=nps.value, se=nps.se),
    )
    return [table]


def _waves(view: LoyaltyView) -> list[Block]:
    waves = view.result.waves
    if len(waves) < 2:
        return []
    table = view.table(
        "waves",
        waves,
        ("waves.full.wave", lambda w: view.period(w.wave, "short"), ""),
        ("waves.full.start", lambda w: w.start, "day_short"),
        ("columns.n", lambda w: w.n, "count"),
        *effective_n(waves),
        ("classes.detractors", lambda w: w.detractors, "count"),
        ("classes.passives", lambda w: w.passives, "count"),
        ("classes.promoters", lambda w: w.promoters, "count"),
        ("columns.nps", lambda w: w.value, "points"),
        ("intervals.low", lambda w: w.ci_low, "points"),
        ("intervals.high", lambda w: w.ci_high, "points"),
        title=view.text("waves.full.title"),
        shown=20,
    )
    return [table]


def _by_product(view: LoyaltyView) -> list[Block]:
    marks = view.result.satisfaction_by_product
    if not marks:
        return []
    table = view.table(
        "satisfaction_by_product",
        marks,
        ("satisfaction.table.parameter", lambda s: s.parameter, ""),
        ("complaint_list.product", lambda s: s.product, ""),
        *mark_columns(view),
        ("satisfaction.full.coverage", lambda s: s.coverage, "pct"),
        title=view.text("satisfaction.full.title"),
        shown=20,
        facts=heading_facts(view, **mark_words(view)),
    )
    return [table]


def _new_coverage(view: LoyaltyView) -> list[Block]:
    """Return who was asked after a first purchase, by product."""
    found, days = view.result.new_coverage, view.params.coverage_days
    if not found:
        return []
    table = view.table(
        "new_coverage",
        found,
        ("complaint_list.product", lambda row: row.product, ""),
        ("new_coverage.n", lambda row: row.n, "count"),
        ("new_coverage.rated", lambda row: row.rated, "count"),
        title=view.text("new_coverage.title", days=days),
        note=view.text("new_coverage.note", days=days),
        shown=20,
        facts=heading_facts(view, days=days),
    )
    return [table]


def _logit(view: LoyaltyView) -> list[Block]:
    fitted = [d for d in view.result.drivers if d.ordered_logit is not None]
    if not fitted:
        return []
    table = view.table(
        "ordered_logit",
        fitted,
        ("satisfaction.table.parameter", lambda d: d.parameter, ""),
        ("logit.coefficient", lambda d: d.ordered_logit, "signed2"),
        ("columns.p", lambda d: d.ordered_logit_p, "p"),
        title=view.text("logit.title"),
        note=_agreement(view),
    )
    return [table]


def _agreement(view: LoyaltyView) -> str:
    """Say where the ordered logit agrees with the importance, and where it does not."""
    check = view.result.driver_check
    if check is None:
        return ""
    told = []
    if len(view.result.drivers) > 1:
        told.append(_differs(view, "order", check.order_differs, tau=check.rank_correlation))
    told.append(_differs(view, "sign", check.sign_differs))
    return " ".join(told)


def _differs(view: LoyaltyView, what: str, parameters: tuple[str, ...], **facts: Value) -> str:
    if not parameters:
        return view.text(f"logit.{what}.same")
    named = ", ".join(view.text("drivers.named", name=name) for name in parameters)
    return view.text(f"logit.{what}.differs", named=named, **facts)


def _kappas(view: LoyaltyView) -> list[Block]:
    answers = view.result.open_answers
    if answers is None or answers.agreement is None:
        return []
    table = view.table(
        "coder_agreement",
        answers.agreement.kappas,
        ("reasons.columns.theme", lambda one: one[0], ""),
        ("kappa.kappa", lambda one: one[1], "dec2"),
        title=view.text("kappa.title", n=answers.agreement.n),
    )
    return [table]
