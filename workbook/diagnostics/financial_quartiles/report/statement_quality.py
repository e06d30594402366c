"""Chapter: how far the statements can be trusted, and what to ask for."""

from typing import NamedTuple

from workbook.diagnostics.financial_quartiles.organisation_result import (
    ArticulationCheck,
    Organisation,
)
from workbook.diagnostics.financial_quartiles.ratio_result import RatioRow, Undefined
from workbook.diagnostics.financial_quartiles.report.figures import (
    RatioFigures,
    points,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    SHOWN,
    FinancialView,
    all_listed,
    source_line,
)
from workbook.diagnostics.financial_quartiles.report.restated import (
    restated_table,
    restated_words,
)
from workbook.report.blocks import Block, Heading, Text, details


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the statements themselves."""
    rows = view.result.organisations
    if not rows:
        return view.left_out("trust")
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.trust"),
            caption=view.text("trust.caption", n=len(rows)),
        ),
        Text((_reading(view), *restated_words(view))),
        *view.limitation(*_limits(view)),
        *_checks(view),
        *details(*_contradictions(view), *restated_table(view), *_undefined(view)),
    ]


def advice(view: FinancialView, check: ArticulationCheck) -> str:
    """Say what would make a check close."""
    if check.wrong_sign_labels:
        return view.text("trust.sign", lines=all_listed(view, check.wrong_sign_labels))
    return view.text("trust.no_sign")


def _heading(view: FinancialView) -> str:
    n, k = view.result.checks_made, len(view.result.broken_checks)
    if not n:
        return view.text("trust.heading.none", n=len(view.result.organisations))
    return view.text("trust.heading.broken" if k else "trust.heading.close", k=k, n=n)


def _reading(view: FinancialView) -> str:
    told = [
        view.text(
            "trust.text.counts",
            statements=len(view.result.organisations),
            n=view.result.checks_made,
            k=len(view.result.broken_checks),
            tolerance=view.result.thresholds.tolerance,
        )
    ]
    contradicted = len(view.result.prior_contradictions)
    told.append(view.text("trust.text.contradictions", n=contradicted))
    return " ".join(told)


def _limits(view: FinancialView) -> list[str]:
    told = [
        view.text(
            "trust.refused", organisation=row.organisation, year=row.year,
            lines=all_listed(view, row.refused_labels),
        )
        for row in view.result.organisations
        if row.refused
    ]  # fmt: skip
    for row, ratio in view.result.rounded_scores:
        found = ratio.industry or ratio.all
        scores = [] if found is None else [points(view, s) for s in found.possible_scores]
        told.append(
            view.text(
                "trust.rounding", organisation=row.organisation, ratio=ratio.label,
                value=RatioFigures(view=view, ratio=ratio).own(),
                scores=view.text("money.or").join(scores), score=points(view, ratio.score),
            )
        )  # fmt: skip
    return told


def _checks(view: FinancialView) -> list[Block]:
    found = view.result.broken_checks
    if not found:
        return []
    table = view.table(
        "broken_checks",
        found,
        ("columns.organisation", lambda pair: pair[0].organisation, ""),
        ("columns.year", lambda pair: str(pair[0].year), ""),
        ("trust.columns.check", lambda pair: pair[1].check, ""),
        ("trust.columns.difference", lambda pair: pair[1].difference, "money"),
        ("trust.columns.advice", lambda pair: advice(view, pair[1]), ""),
        title=view.text("trust.table"),
        shown=SHOWN,
        note=source_line(view, view.text("trust.note"), compared=False),
    )
    return [table]


def _contradictions(view: FinancialView) -> list[Block]:
    found = view.result.prior_contradictions
    if not found:
        return []
    table = view.table(
        "prior_contradictions",
        found,
        ("columns.organisation", lambda one: one.organisation, ""),
        ("columns.line", lambda one: one.label, ""),
        ("columns.year", lambda one: str(one.year), ""),
        ("trust.contradictions.own", lambda one: one.own, "money_full"),
        ("trust.contradictions.given", lambda one: one.given, "money_full"),
        title=view.text("trust.contradictions.table"),
        shown=SHOWN,
        note=source_line(view, compared=False),
    )
    return [table]


def _undefined(view: FinancialView) -> list[Block]:
    found = [one for row in view.result.latest for one in _without_value(row)]
    if not found:
        return []
    table = view.table(
        "undefined_ratios",
        found,
        ("columns.organisation", lambda one: _in_year(view, one.row), ""),
        ("trust.undefined.ratios", lambda one: "; ".join(r.label for r in one.ratios), ""),
        ("trust.undefined.why", lambda one: view.text(f"undefined.{one.reason}"), ""),
        ("trust.undefined.ask", lambda one: _ask(view, one), ""),
        title=view.text("trust.undefined.table"),
        shown=SHOWN,
        note=source_line(view, compared=False),
    )
    return [table]


class _WithoutValue(NamedTuple):
    """Ratios of an organisation that have no value for one reason."""

    row: Organisation
    reason: Undefined
    ratios: list[RatioRow]


def _without_value(row: Organisation) -> list[_WithoutValue]:
    by_reason: dict[Undefined, list[RatioRow]] = {}
    for ratio in row.ratios:
        if ratio.undefined is not None:
            by_reason.setdefault(ratio.undefined, []).append(ratio)
    return [_WithoutValue(row, reason, ratios) for reason, ratios in by_reason.items()]


def _in_year(view: FinancialView, row: Organisation) -> str:
    return view.text("in_year", organisation=row.organisation, year=row.year)


def _ask(view: FinancialView, one: _WithoutValue) -> str:
    if one.reason is Undefined.NO_PREVIOUS_YEAR:
        return view.text("trust.undefined.previous_year")
    labels = dict.fromkeys(label for ratio in one.ratios for label in ratio.missing_labels)
    return "; ".join(labels) or "–"
