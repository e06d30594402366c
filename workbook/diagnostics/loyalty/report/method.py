"""Appendix: formulas, thresholds, and the tables that the body does not show."""

from workbook.diagnostics.loyalty.report.satisfaction import satisfaction_row
from workbook.diagnostics.loyalty.report.shared import (
    LoyaltyView,
    class_words,
    effective_n,
    mark_format,
    mark_words,
)
from workbook.report.blocks import Block
from workbook.report.method_box import method_box
from workbook.report.table import Table, TableColumn, Value

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
    rows: list[dict[str, Value]] = [
        {"kind": view.text("intervals.adjusted_wald"), "low": nps.ci_low, "high": nps.ci_high},
        {"kind": view.text("intervals.tango"), "low": nps.tango_low, "high": nps.tango_high},
    ]
    table = Table(
        name="nps_intervals",
        title=view.text("intervals.title", value=nps.value, se=nps.se),
        columns=(
            TableColumn(key="kind", heading=view.text("intervals.kind")),
            TableColumn(key="low", heading=view.text("intervals.low"), fmt="points"),
            TableColumn(key="high", heading=view.text("intervals.high"), fmt="points"),
        ),
        rows=rows,
        texts=view.texts,
    )
    return [table]


def _waves(view: LoyaltyView) -> list[Block]:
    if len(view.result.waves) < 2:
        return []
    keys = ("detractors", "passives", "promoters")
    table = Table(
        name="waves",
        title=view.text("waves.full.title"),
        columns=(
            TableColumn(key="wave", heading=view.text("waves.full.wave")),
            TableColumn(key="start", heading=view.text("waves.full.start"), fmt="day_short"),
            TableColumn(key="n", heading=view.text("columns.n"), fmt="count"),
            *effective_n(view, (w.n_eff for w in view.result.waves)),
            *(TableColumn(key=k, heading=view.text(f"classes.{k}"), fmt="count") for k in keys),
            TableColumn(key="value", heading=view.text("columns.nps"), fmt="points"),
            TableColumn(key="ci_low", heading=view.text("intervals.low"), fmt="points"),
            TableColumn(key="ci_high", heading=view.text("intervals.high"), fmt="points"),
        ),
        rows=[
            {
                "wave": w.wave,
                "start": w.start,
                "n": w.n,
                "n_eff": w.n_eff,
                "detractors": w.detractors,
                "passives": w.passives,
                "promoters": w.promoters,
                "value": w.value,
                "ci_low": w.ci_low,
                "ci_high": w.ci_high,
            }
            for w in view.result.waves
        ],
        texts=view.texts,
        shown=20,
    )
    return [table]


def _by_product(view: LoyaltyView) -> list[Block]:
    if not view.result.satisfaction_by_product:
        return []
    say, words = view.text, mark_words(view)
    table = Table(
        name="satisfaction_by_product",
        title=say("satisfaction.full.title"),
        columns=(
            TableColumn(key="parameter", heading=say("satisfaction.table.parameter")),
            TableColumn(key="product", heading=say("complaint_list.product")),
            TableColumn(key="n", heading=say("satisfaction.table.n"), fmt="count"),
            TableColumn(key="mean", heading=say("satisfaction.table.mean"), fmt=mark_format(view)),
            TableColumn(
                key="interval",
                heading=say("columns.interval", confidence=view.params.confidence),
                fmt="text",
            ),
            TableColumn(key="open", heading=say("satisfaction.table.open", **words), fmt="count"),
            TableColumn(
                key="hidden", heading=say("satisfaction.table.hidden", **words), fmt="count"
            ),
            TableColumn(key="coverage", heading=say("satisfaction.full.coverage"), fmt="pct"),
        ),
        rows=[satisfaction_row(view, s) for s in view.result.satisfaction_by_product],
        texts=view.texts,
        shown=20,
    )
    return [table]


def _new_coverage(view: LoyaltyView) -> list[Block]:
    """Return who was asked after a first purchase, by product."""
    if not view.result.new_coverage:
        return []
    say, days = view.text, view.params.coverage_days
    table = Table(
        name="new_coverage",
        title=say("new_coverage.title", days=days),
        columns=(
            TableColumn(key="product", heading=say("complaint_list.product")),
            TableColumn(key="n", heading=say("new_coverage.n"), fmt="count"),
            TableColumn(key="rated", heading=say("new_coverage.rated", days=days), fmt="count"),
        ),
        rows=[
            {"product": row.product, "n": row.n, "rated": row.rated}
            for row in view.result.new_coverage
        ],
        texts=view.texts,
        shown=20,
        note=say("new_coverage.note", days=days),
    )
    return [table]


def _logit(view: LoyaltyView) -> list[Block]:
    fitted = [d for d in view.result.drivers if d.ordered_logit is not None]
    if not fitted:
        return []
    table = Table(
        name="ordered_logit",
        title=view.text("logit.title"),
        columns=(
            TableColumn(key="parameter", heading=view.text("satisfaction.table.parameter")),
            TableColumn(key="coefficient", heading=view.text("logit.coefficient"), fmt="signed2"),
            TableColumn(key="p", heading=view.text("columns.p"), fmt="p"),
        ),
        rows=[
            {"parameter": d.parameter, "coefficient": d.ordered_logit, "p": d.ordered_logit_p}
            for d in fitted
        ],
        texts=view.texts,
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
    table = Table(
        name="coder_agreement",
        title=view.text("kappa.title", n=answers.agreement.n),
        columns=(
            TableColumn(key="theme", heading=view.text("reasons.columns.theme")),
            TableColumn(key="kappa", heading=view.text("kappa.kappa"), fmt="dec2"),
        ),
        rows=[{"theme": t, "kappa": k} for t, k in answers.agreement.kappas],
        texts=view.texts,
    )
    return [table]
