"""What earlier engagements' accounts say: restated lines and scores, years that only they have."""

from collections.abc import Sequence

from workbook.diagnostics.financial_quartiles.ratio_result import BASES, BaseName
from workbook.diagnostics.financial_quartiles.report.figures import points, verdict_words
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    SHOWN,
    FinancialView,
    listed,
    source_line,
)
from workbook.diagnostics.financial_quartiles.restated_result import EarlierYear, RestatedYear
from workbook.report.blocks import Block


def restated_words(view: FinancialView) -> list[str]:
    """Say which years were restated, what it does to their scores, and whose years are used."""
    told: list[str] = []
    for one in view.result.restated:
        if one.lines:
            told.append(
                view.text(
                    "restated.lines", organisation=one.organisation, year=one.year,
                    period=one.period, n=len(one.lines),
                    lines=listed(view, [line.label for line in one.lines]),
                )
            )  # fmt: skip
        told += score_words(view, one)
    for key, used in (("restated.used", True), ("restated.left", False)):
        named = _named(view, [year for year in view.result.earlier_years if year.used is used])
        if named:
            told.append(view.text(key, years="; ".join(named)))
    return told


def score_words(view: FinancialView, one: RestatedYear) -> list[str]:
    """Say what a restated year does to its score, against the base that tells its verdict."""
    base = _told_base(one)
    if base is None or not one.score_changed:
        return []
    return [
        view.text(
            f"restated.score.{base}", organisation=one.organisation, year=one.year,
            period=one.period,
            before=points(view, one.total_before.against(base)),
            now=points(view, one.total_now.against(base)),
            before_verdict=verdict_words(view, one.verdict_before.against(base)),
            now_verdict=verdict_words(view, one.verdict_now.against(base)),
        )
    ]  # fmt: skip


def restated_table(view: FinancialView) -> list[Block]:
    """Return every line that reads otherwise."""
    found = [line for year in view.result.restated for line in year.lines]
    if not found:
        return []
    table = view.table(
        "restated_accounts",
        found,
        ("columns.organisation", lambda one: one.organisation, ""),
        ("columns.year", lambda one: str(one.year), ""),
        ("columns.line", lambda one: one.label, ""),
        ("restated.columns.period", lambda one: view.period(one.period, "short"), ""),
        ("restated.columns.before", lambda one: one.before, "money_full"),
        ("restated.columns.now", lambda one: one.now, "money_full"),
        ("restated.columns.difference", lambda one: one.difference, "money_full"),
        title=view.text("restated.table"),
        shown=SHOWN,
        note=source_line(view, compared=False),
    )
    return [table]


def _told_base(one: RestatedYear) -> BaseName | None:
    known = (
        base
        for base in BASES
        if one.verdict_before.against(base) is not None or one.verdict_now.against(base) is not None
    )
    return next(known, None)


def _named(view: FinancialView, years: Sequence[EarlierYear]) -> list[str]:
    """Name the years of each organisation."""
    return [
        view.text(
            "restated.years", organisation=name,
            years=", ".join(str(one.year) for one in years if one.organisation == name),
        )
        for name in dict.fromkeys(one.organisation for one in years)
    ]  # fmt: skip
