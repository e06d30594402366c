"""What several chapters of the financial report need: which base leads, and words of all."""

from collections.abc import Sequence
from dataclasses import replace

from workbook.charts.score_zones import HIGH, LOW, Zone
from workbook.diagnostics.financial_quartiles import Params, Result
from workbook.diagnostics.financial_quartiles.organisation_result import BaseName
from workbook.diagnostics.financial_quartiles.result import Band, Organisation, PeerMoney, RatioRow
from workbook.report.parts import table_columns
from workbook.report.table import Table, Value
from workbook.report.view import View

FinancialView = View[Result, Params]
BASES: tuple[BaseName, BaseName] = ("industry", "all")
NAMED = 4
"""Names that a sentence lists."""
REVENUE = "revenue"
SHOWN = 12
"""Rows of a table on the page."""


def lead(view: FinancialView) -> Organisation | None:
    """Return the last year of the first organisation: the one that the report is about."""
    return next(iter(view.result.latest), None)


def told_base(row: Organisation) -> BaseName | None:
    """Return the base whose verdict is told (:attr:`Organisation.told_base`)."""
    return row.told_base


def leading(row: Organisation) -> BaseName:
    """Return the base that ratios are told against (:attr:`Organisation.leading`)."""
    return row.leading


def band(ratio: RatioRow, base: BaseName) -> Band | None:
    """Return where a ratio stands in a base."""
    return ratio.industry if base == "industry" else ratio.all


def scored(row: Organisation, base: BaseName) -> list[tuple[RatioRow, int]]:
    """Return the ratios that have a score against a base, with it."""
    return [
        (ratio, found.score)
        for ratio in row.ratios
        if (found := band(ratio, base)) is not None and found.score is not None
    ]


def years_of(view: FinancialView, organisation: str) -> list[Organisation]:
    """Return the years of one organisation, earliest first."""
    return [row for row in view.result.organisations if row.organisation == organisation]


def points(view: FinancialView, score: int | None) -> str:
    """Write a score or a sum of scores with its sign; a dash when there is none."""
    return view.texts.numbers.decimal(score, 0, sign=True)


def mean(view: FinancialView, value: float | None) -> str:
    """Write a mean score with its sign and two decimals."""
    return view.texts.write(value, "signed2")


def verdict_words(view: FinancialView, verdict: str | None) -> str:
    """Return the words of a verdict; those of no verdict without one."""
    return view.text(f"verdicts.{verdict}") if verdict else view.text("verdicts.none")


def verdict_of(view: FinancialView, row: Organisation, base: BaseName) -> str:
    """Return the words of a verdict, or of both ends where the statement's rounding parts them."""
    if row.firm(base):
        return verdict_words(view, getattr(row.verdict, base))
    return view.text("verdicts.between", **ends(view, row, base))


def ends(view: FinancialView, row: Organisation, base: BaseName) -> dict[str, str]:
    """Return the words of the worst and the best verdict within the statement's rounding."""
    return {
        "low": verdict_words(view, getattr(row.verdict_low, base)),
        "high": verdict_words(view, getattr(row.verdict_high, base)),
    }


def is_firm(found: Band | None) -> bool:
    """Tell whether a score is the same anywhere within the statement's rounding."""
    return found is None or found.score_low == found.score_high


def score_of(view: FinancialView, found: Band | None) -> str:
    """Write the score of a ratio, with both ends where the statement's rounding parts them."""
    if found is None or found.score is None or found.score_low == found.score_high:
        return points(view, None if found is None else found.score)
    low, high = points(view, found.score_low), points(view, found.score_high)
    return view.text("score_between", low=low, high=high)


def listed(view: FinancialView, names: Sequence[str]) -> str:
    """Return names as a list, cut after a few."""
    quoted = [view.text("quoted", name=name) for name in names[:NAMED]]
    more = view.text("and_more", n=len(names) - NAMED) if len(names) > NAMED else ""
    return ", ".join(quoted) + more


def all_listed(view: FinancialView, names: Sequence[str]) -> str:
    """Return all names as a list."""
    return ", ".join(view.text("quoted", name=name) for name in names)


def money_words(view: FinancialView, money: PeerMoney) -> str:
    """Say by how much one line would be more or less."""
    return view.text(f"money.{money.direction}", amount=money.amount, line=money.label)


def options(row: Organisation, ratio: str) -> list[PeerMoney]:
    """Return the lines that alone bring a ratio to the median, least money first.

    Less revenue lifts a margin in arithmetic only; nobody would want it.
    """
    return [m for m in row.peer_money if m.ratio == ratio and m.line != REVENUE]


def zones(view: FinancialView) -> list[Zone]:
    """Return the zones of the verdicts, worst first; the outer ones reach the chart's edge."""
    found = [
        Zone(low=one.low, high=one.high, name=view.text(f"verdicts.{one.verdict}"))
        for one in view.result.thresholds.zones
    ]
    found[0] = replace(found[0], low=LOW)
    found[-1] = replace(found[-1], high=HIGH)
    return found


def synthetic(view: FinancialView) -> str:
    """Return the sentence that the base is synthetic; nothing when it is not."""
    base = view.result.base
    return view.text("synthetic.note") if base is not None and base.synthetic else ""


def source_line(view: FinancialView, *notes: str, compared: bool = True) -> str:
    """Return the line under an exhibit: source, notes, and that the base is synthetic.

    Parameters
    ----------
    compared
        The exhibit shows figures of the base.
    """
    base = view.result.base
    if not compared or base is None:
        return " ".join((view.text("source.statements"), *notes))
    key = "source.synthetic" if base.synthetic else "source.base"
    return " ".join((view.text(key, source=base.source), *notes))


def full_table(
    view: FinancialView,
    name: str,
    columns: Sequence[tuple[str, str, str]],
    rows: Sequence[dict[str, Value]],
) -> Table:
    """Return a table that stands in the XLSX only, titled ``full.<name>``."""
    return Table(
        name=name,
        title=view.text(f"full.{name}"),
        columns=table_columns(view, *columns),
        rows=rows,
        texts=view.texts,
        appendix_only=True,
    )
