"""What several chapters of the financial report need: which base leads, and words of all."""

from collections.abc import Sequence
from typing import Literal

from workbook.diagnostics.financial_quartiles import Params, Result
from workbook.diagnostics.financial_quartiles.result import Band, Organisation, PeerMoney, RatioRow
from workbook.table import Table, Value
from workbook.verdict_zones import Zone
from workbook.views.parts import table_columns
from workbook.views.view import View

FinancialView = View[Result, Params]
BaseName = Literal["industry", "all"]
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
    """Return the base whose verdict is told: the industry where it has one; None without any."""
    if row.verdict.industry is not None:
        return "industry"
    return "all" if row.verdict.all is not None else None


def leading(row: Organisation) -> BaseName:
    """Return the base that ratios are told against: of the verdict, or the one with quartiles."""
    told = told_base(row)
    if told is not None:
        return told
    return "industry" if any(ratio.industry is not None for ratio in row.ratios) else "all"


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


def weakest(row: Organisation) -> RatioRow | None:
    """Return the ratio with the lowest score below zero; of equals, one that money would mend."""
    low = [(score, ratio) for ratio, score in scored(row, leading(row)) if score < 0]
    if not low:
        return None
    mended = {ratio.ratio for ratio in row.ratios if options(row, ratio.ratio)}
    return min(low, key=lambda pair: (pair[0], pair[1].ratio not in mended))[1]


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
    return view.say(f"verdicts.{verdict}") if verdict else view.say("verdicts.none")


def listed(view: FinancialView, names: Sequence[str]) -> str:
    """Return names as a list, cut after a few."""
    quoted = [view.say("quoted", name=name) for name in names[:NAMED]]
    more = view.say("and_more", n=len(names) - NAMED) if len(names) > NAMED else ""
    return ", ".join(quoted) + more


def all_listed(view: FinancialView, names: Sequence[str]) -> str:
    """Return all names as a list."""
    return ", ".join(view.say("quoted", name=name) for name in names)


def money_words(view: FinancialView, money: PeerMoney) -> str:
    """Say by how much one line would be more or less."""
    return view.say(f"money.{money.direction}", amount=money.amount, line=money.label)


def options(row: Organisation, ratio: str) -> list[PeerMoney]:
    """Return the lines that alone bring a ratio to the median, least money first.

    Less revenue lifts a margin in arithmetic only; nobody would want it.
    """
    return [m for m in row.peer_money if m.ratio == ratio and m.line != REVENUE]


def ways(view: FinancialView, row: Organisation, ratio: str) -> str:
    """Say the two smallest changes of one line that bring a ratio to the median."""
    return view.say("money.or").join(money_words(view, m) for m in options(row, ratio)[:2])


def zones(view: FinancialView) -> list[Zone]:
    """Return the zones of the verdicts, worst first."""
    edges = (-2.2, -1.0, -0.115, 0.115, 1.0, 2.2)
    names = ("significantly_worse", "worse", "about_the_same", "better", "significantly_better")
    return [
        Zone(low=low, high=high, name=view.say(f"verdicts.{name}"))
        for low, high, name in zip(edges, edges[1:], names, strict=False)
    ]


def synthetic(view: FinancialView) -> str:
    """Return the sentence that the base is synthetic; nothing when it is not."""
    base = view.result.base
    return view.say("synthetic.note") if base is not None and base.synthetic else ""


def source_line(view: FinancialView, *notes: str, compared: bool = True) -> str:
    """Return the line under an exhibit: source, notes, and that the base is synthetic.

    Parameters
    ----------
    compared
        The exhibit shows figures of the base.
    """
    base = view.result.base
    if not compared or base is None:
        return " ".join((view.say("source.statements"), *notes))
    key = "source.synthetic" if base.synthetic else "source.base"
    return " ".join((view.say(key, source=base.source), *notes))


def full_table(
    view: FinancialView,
    name: str,
    columns: Sequence[tuple[str, str, str]],
    rows: Sequence[dict[str, Value]],
) -> Table:
    """Return a table that stands in the XLSX only, titled ``full.<name>``."""
    return Table(
        name=name,
        title=view.say(f"full.{name}"),
        columns=table_columns(view, *columns),
        rows=rows,
        texts=view.texts,
        appendix_only=True,
    )
