"""Appendix: which single line would move the verdict, and what the medians mean in money."""

from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import PeerMoney, RatioRow, TippingPoint
from workbook.diagnostics.financial_quartiles.report.figures import (
    RatioFigures,
    ends,
    verdict_words,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    SHOWN,
    FinancialView,
    source_line,
)
from workbook.report.blocks import Block, Heading, Text
from workbook.report.cells import Value


def sensitivity(view: FinancialView) -> list[Block]:
    """Return which single line would move the verdict, and what the medians mean in money."""
    row = view.result.lead
    if row is None or not row.scored_against(row.leading):
        return []
    return [
        Heading(text=view.text("moves.sensitivity"), level=3),
        Text(tuple(_reading(view, row))),
        *_table(view, row),
        *view.how_to_read(view.text("moves.howto")),
    ]


def change_words(view: FinancialView, point: TippingPoint) -> str:
    """Say how a line would have to differ; of a negative one (an expense, a loss) both amounts."""
    if point.value < 0:
        return view.text("moves.instead", value=point.value, new=point.value + point.change)
    key = "moves.higher" if point.change > 0 else "moves.lower"
    told = view.text(key, amount=abs(point.change))
    if point.relative is None:
        return told
    return view.text("moves.relative", change=told, share=abs(point.relative))


def _reading(view: FinancialView, row: Organisation) -> list[str]:
    return [*filter(None, (" ".join(_turns(view, row)), " ".join(_steps(view, row))))]


def _turns(view: FinancialView, row: Organisation) -> list[str]:
    told = []
    for point in reversed(row.flips):
        if not row.firm(point.against):
            told.append(_rounded(view, row, point))
            continue
        key = "far" if point.is_far else "flip"
        told.append(
            view.text(
                f"moves.text.{key}.{point.base}",
                line=point.label,
                change=change_words(view, point),
                value=point.value,
                verdict=verdict_words(view, point.verdict),
                to=verdict_words(view, point.to),
            )
        )
    return told


def _rounded(view: FinancialView, row: Organisation, point: TippingPoint) -> str:
    """Say that the rounding alone parts the verdicts: by this line, or by several together."""
    key = "alone" if row.turns_by_rounding(point) else "together"
    return view.text(
        f"moves.text.rounded_{key}.{point.base}", unit=row.rounding_unit, line=point.label,
        change=change_words(view, point), value=point.value, **ends(view, row, point.against),
    )  # fmt: skip


def _steps(view: FinancialView, row: Organisation) -> list[str]:
    """Tell what one ratio by one score would do to the told verdict."""
    base = row.told_base
    if base is None:
        return [view.text("moves.text.no_verdict")]
    if not row.firm(base):
        return []
    steps = row.one_step.against(base)
    told = [
        view.text(f"moves.text.step_{way}", to=verdict_words(view, to))
        for way, to in (("better", steps.better), ("worse", steps.worse))
        if to is not None
    ]
    return told or [view.text("moves.text.step_none")]


def _ways(row: Organisation) -> list[tuple[RatioRow, list[PeerMoney]]]:
    """Return the ratios below the median with what brings them there, least money first."""
    found = [(ratio, row.ways_to_median(ratio.ratio)) for ratio in row.ratios]
    return sorted((pair for pair in found if pair[1]), key=lambda pair: pair[1][0].amount)


def _table(view: FinancialView, row: Organisation) -> list[Block]:
    ways = _ways(row)
    if not ways:
        behind = any(score < 0 for _, score in row.scored_against(row.leading))
        return [Text((view.text("moves.no_way" if behind else "moves.none"),))]
    table = view.table(
        "to_the_median",
        ways,
        ("columns.ratio", lambda pair: pair[0].label, ""),
        ("columns.value", lambda pair: _value(view, pair[0]), "text"),
        ("columns.median", lambda pair: _median(view, row, *pair), "text"),
        ("moves.columns.first", lambda pair: _money(view, pair[1][0]), ""),
        ("moves.columns.second", lambda pair: _second(view, pair[1]), ""),
        title=view.text(f"moves.table.{row.leading}"),
        shown=SHOWN,
        note=source_line(view),
    )
    return [table]


def _value(view: FinancialView, ratio: RatioRow) -> Value:
    return RatioFigures(view=view, ratio=ratio).figure(ratio.value)


def _median(
    view: FinancialView, row: Organisation, ratio: RatioRow, found: list[PeerMoney]
) -> Value:
    compared = ratio.against(row.leading)
    median = compared.median if compared else found[0].median
    return RatioFigures(view=view, ratio=ratio).figure(median)


def _money(view: FinancialView, money: PeerMoney) -> str:
    """Say by how much one line would be more or less."""
    return view.text(f"money.{money.direction}", amount=money.amount, line=money.label)


def _second(view: FinancialView, found: list[PeerMoney]) -> str:
    return _money(view, found[1]) if found[1:] else "–"
