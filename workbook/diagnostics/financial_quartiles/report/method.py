"""Method box and the full tables of the appendix."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import (
    BASES,
    Band,
    BaseName,
    RatioRow,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    FinancialView,
    group_label,
)
from workbook.diagnostics.financial_quartiles.report.sensitivity import sensitivity
from workbook.report.blocks import Block, Definitions, Heading
from workbook.report.cells import Value
from workbook.report.method_box import method_box
from workbook.report.table import (
    Table,
)

TOPICS = (
    "score", "verdict", "change", "undefined", "peers", "weakest", "moves", "checks", "growth",
    "findings",
)  # fmt: skip


def _rounded(view: FinancialView) -> bool:
    """Return whether a verdict rests on rounded amounts."""
    return any(row.rounding_unit is not None and row.told_base for row in view.result.organisations)


def method(view: FinancialView) -> list[Block]:
    """Return the formulas, the method box and the full tables."""
    params, bounds = view.params, view.result.thresholds
    return [
        *method_box(
            view,
            (*TOPICS, "rounded") if _rounded(view) else TOPICS,
            band=view.text(f"method_box.band.{params.band}", same=bounds.same_within),
            zone=bounds.median_zone,
            same=bounds.same_within,
            much=bounds.much_from,
            least=bounds.min_ratios,
            whole=bounds.whole_group,
            peers=bounds.min_peers,
            tolerance=bounds.tolerance,
            times=bounds.times_from,
            material=bounds.material_change,
            debt=view.text(f"method_box.debt.{params.current_liabilities}"),
        ),
        *sensitivity(view),
        *_formulas(view),
        _ratios(view),
        _lines(view),
        _growth(view),
        _money(view),
        _checks(view),
    ]


def _formulas(view: FinancialView) -> list[Block]:
    if not view.result.ratios:
        return []
    items = tuple(
        (
            view.text(
                "formulas.name",
                label=ratio.label,
                better=view.text(f"formulas.{ratio.direction}"),
            ),
            view.text(
                "formulas.text" if ratio.meaning else "formulas.plain",
                wording=ratio.wording,
                meaning=ratio.meaning,
            ),
        )
        for ratio in view.result.ratios
    )
    return [
        Heading(text=view.text("formulas.heading", n=len(items)), level=3),
        Definitions(items=items),
    ]


T = TypeVar("T")
_Getter = Callable[[T], Value]


def _full(
    view: FinancialView,
    name: str,
    of: Callable[[Organisation], Sequence[T]],
    *columns: tuple[str, _Getter[T], str],
) -> Table:
    """Return a table of the XLSX alone: what each organisation and year has of one kind."""

    def of_item(cell: _Getter[T]) -> _Getter[tuple[Organisation, T]]:
        return lambda pair: cell(pair[1])

    return view.table(
        name,
        [(row, item) for row in view.result.organisations for item in of(row)],
        ("columns.organisation", lambda pair: pair[0].organisation, ""),
        ("columns.year", lambda pair: str(pair[0].year), ""),
        *((heading, of_item(cell), fmt) for heading, cell, fmt in columns),
        title=view.text(f"full.{name}"),
        appendix_only=True,
    )


def _ratios(view: FinancialView) -> Table:
    return _full(
        view,
        "ratios",
        lambda row: row.ratios,
        ("columns.ratio", lambda ratio: ratio.label, ""),
        ("columns.group", lambda ratio: group_label(view, ratio.group), ""),
        ("columns.value", lambda ratio: ratio.value, "dec3"),
        ("columns.score", lambda ratio: ratio.score, "count"),
        *(column for base in BASES for column in _band_columns(base)),
        ("trust.undefined.why", lambda ratio: _why(view, ratio), ""),
    )


def _band_columns(base: BaseName) -> list[tuple[str, _Getter[RatioRow], str]]:
    """Return the columns of where a ratio stands in one base."""

    def cell(of: Callable[[Band], Value]) -> _Getter[RatioRow]:
        def write(ratio: RatioRow) -> Value:
            found = ratio.against(base)
            return None if found is None else of(found)

        return write

    return [
        (f"full_columns.{base}_q1", cell(lambda band: band.q1), "dec3"),
        (f"full_columns.{base}_median", cell(lambda band: band.median), "dec3"),
        (f"full_columns.{base}_q3", cell(lambda band: band.q3), "dec3"),
        (f"full_columns.{base}_n", cell(lambda band: band.n), "count"),
        (f"full_columns.{base}_level", cell(lambda band: band.level), ""),
        (f"full_columns.{base}_code", cell(lambda band: band.code), ""),
        (f"full_columns.{base}_size", cell(lambda band: band.size), ""),
        (f"full_columns.{base}_score", cell(lambda band: band.score), "count"),
        (f"full_columns.{base}_position", cell(lambda band: band.position), "dec2"),
    ]


def _why(view: FinancialView, ratio: RatioRow) -> str:
    return view.text(f"undefined.{ratio.undefined}") if ratio.undefined else ""


def _lines(view: FinancialView) -> Table:
    derived = view.text("full_columns.is_derived")
    return _full(
        view,
        "statement_lines",
        lambda row: row.lines,
        ("full_columns.code", lambda line: line.code, ""),
        ("columns.line", lambda line: line.label, ""),
        ("full_columns.value", lambda line: line.value, "money_full"),
        ("full_columns.derived", lambda line: derived if line.derived else "", ""),
    )


def _growth(view: FinancialView) -> Table:
    return _full(
        view,
        "all_growth",
        lambda row: row.growth,
        ("columns.line", lambda one: one.label, ""),
        ("growth.columns.before", lambda one: one.before, "money_full"),
        ("growth.columns.now", lambda one: one.now, "money_full"),
        ("full_columns.change", lambda one: one.change, "pct1"),
        ("full_columns.times", lambda one: one.times, "dec2"),
    )


def _money(view: FinancialView) -> Table:
    labels = {ratio.ratio: ratio.label for ratio in view.result.ratios}
    return _full(
        view,
        "all_to_the_median",
        lambda row: row.peer_money,
        ("columns.ratio", lambda money: labels.get(money.ratio, money.ratio), ""),
        ("columns.median", lambda money: money.median, "dec3"),
        ("columns.line", lambda money: money.label, ""),
        ("full_columns.line_change", lambda money: money.change, "money_full"),
    )


def _checks(view: FinancialView) -> Table:
    closed, still_open = view.text("full_columns.is_closed"), view.text("full_columns.is_open")
    return _full(
        view,
        "checks",
        lambda row: row.articulation,
        ("trust.columns.check", lambda check: check.check, ""),
        ("trust.columns.difference", lambda check: check.difference, "money_full"),
        ("full_columns.closes", lambda check: closed if check.closes else still_open, ""),
    )
