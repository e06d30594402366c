"""Appendix: which single line would move the verdict, and what the medians mean in money."""

from workbook.diagnostics.financial_quartiles.organisation_result import BaseName
from workbook.diagnostics.financial_quartiles.report.figures import Figures
from workbook.diagnostics.financial_quartiles.report.shared import (
    SHOWN,
    FinancialView,
    band,
    ends,
    lead,
    leading,
    money_words,
    options,
    scored,
    source_line,
    told_base,
    verdict_words,
)
from workbook.diagnostics.financial_quartiles.result import (
    Organisation,
    PeerMoney,
    RatioRow,
    TippingPoint,
)
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import table_columns
from workbook.report.table import Table, Value


def sensitivity(view: FinancialView) -> list[Block]:
    """Return which single line would move the verdict, and what the medians mean in money."""
    row = lead(view)
    if row is None or not scored(row, leading(row)):
        return []
    return [
        Heading(text=view.text("moves.sensitivity"), level=3),
        Text(tuple(_reading(view, row))),
        *_table(view, row),
        *view.how_to_read(view.text("moves.howto")),
    ]


def _within(point: TippingPoint) -> bool:
    return point.relative is None or abs(point.relative) <= 1


def change_words(view: FinancialView, point: TippingPoint) -> str:
    """Say how a line would have to differ; of a negative one (an expense, a loss) both amounts."""
    if point.value < 0:
        return view.text("moves.instead", value=point.value, new=point.value + point.change)
    key = "moves.higher" if point.change > 0 else "moves.lower"
    told = view.text(key, amount=abs(point.change))
    if point.relative is None:
        return told
    return view.text("moves.relative", change=told, share=abs(point.relative))


def _behind(row: Organisation) -> list[RatioRow]:
    return [ratio for ratio, score in scored(row, leading(row)) if score < 0]


def _reading(view: FinancialView, row: Organisation) -> list[str]:
    return [*filter(None, (" ".join(_turns(view, row)), " ".join(_steps(view, row))))]


def _turns(view: FinancialView, row: Organisation) -> list[str]:
    told = []
    for point in reversed(row.flips):
        if not row.firm(_base(point)):
            told.append(_rounded(view, row, point))
            continue
        key = "flip" if _within(point) else "far"
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


def _base(point: TippingPoint) -> BaseName:
    return "industry" if point.base == "industry" else "all"


def _rounded(view: FinancialView, row: Organisation, point: TippingPoint) -> str:
    """Say that the rounding alone parts the verdicts: by this line, or by several together."""
    alone = row.rounding_unit is not None and 2 * abs(point.change) <= row.rounding_unit
    key = "alone" if alone else "together"
    return view.text(
        f"moves.text.rounded_{key}.{point.base}", unit=row.rounding_unit, line=point.label,
        change=change_words(view, point), value=point.value, **ends(view, row, _base(point)),
    )  # fmt: skip


def _steps(view: FinancialView, row: Organisation) -> list[str]:
    """Tell what one ratio by one score would do to the told verdict."""
    base = told_base(row)
    if base is None:
        return [view.text("moves.text.no_verdict")]
    if not row.firm(base):
        return []
    steps = getattr(row.one_step, base)
    told = [
        view.text(f"moves.text.step_{way}", to=verdict_words(view, to))
        for way, to in (("better", steps.better), ("worse", steps.worse))
        if to is not None
    ]
    return told or [view.text("moves.text.step_none")]


def _options(row: Organisation) -> list[tuple[RatioRow, list[PeerMoney]]]:
    """Return the ratios below the median with what brings them there, least money first."""
    found = [(ratio, options(row, ratio.ratio)) for ratio in row.ratios]
    return sorted((pair for pair in found if pair[1]), key=lambda pair: pair[1][0].amount)


def _table(view: FinancialView, row: Organisation) -> list[Block]:
    mended = _options(row)
    if not mended:
        return [Text((view.text("moves.no_way" if _behind(row) else "moves.none"),))]
    table = Table(
        name="to_the_median",
        title=view.text(f"moves.table.{leading(row)}"),
        columns=table_columns(
            view,
            ("ratio", "columns.ratio", ""),
            ("value", "columns.value", "text"),
            ("median", "columns.median", "text"),
            ("first", "moves.columns.first", ""),
            ("second", "moves.columns.second", ""),
        ),
        rows=[_row(view, row, ratio, found) for ratio, found in mended],
        texts=view.texts,
        shown=SHOWN,
        note=source_line(view),
    )
    return [table]


def _row(
    view: FinancialView, row: Organisation, ratio: RatioRow, found: list[PeerMoney]
) -> dict[str, Value]:
    write = Figures.of(view, ratio)
    compared = band(ratio, leading(row))
    return {
        "ratio": ratio.label,
        "value": write.value(ratio.value),
        "median": write.value(compared.median if compared else found[0].median),
        "first": money_words(view, found[0]),
        "second": money_words(view, found[1]) if len(found) > 1 else "–",
    }
