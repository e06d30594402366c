"""Method box and the full tables of the appendix."""

from workbook.diagnostics.financial_quartiles.report.groups import group_label
from workbook.diagnostics.financial_quartiles.report.sensitivity import sensitivity
from workbook.diagnostics.financial_quartiles.report.shared import FinancialView, full_table
from workbook.diagnostics.financial_quartiles.result import Organisation, RatioRow
from workbook.report.blocks import Block, Definitions, Heading
from workbook.report.method_box import method_box
from workbook.report.table import Table, Value

TOPICS = (
    "score", "verdict", "change", "undefined", "peers", "weakest", "moves", "checks", "growth",
    "findings",
)  # fmt: skip


def _rounded(view: FinancialView) -> bool:
    """Tell whether a verdict rests on rounded amounts."""
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


def _of(row: Organisation) -> dict[str, Value]:
    return {"organisation": row.organisation, "year": str(row.year)}


_HEAD = (("organisation", "columns.organisation", ""), ("year", "columns.year", ""))


def _ratios(view: FinancialView) -> Table:
    bands = [
        (f"{base}_{name}", f"full_columns.{base}_{name}", fmt)
        for base in ("industry", "all")
        for name, fmt in (
            ("q1", "dec3"), ("median", "dec3"), ("q3", "dec3"), ("n", "count"), ("level", ""),
            ("code", ""), ("size", ""), ("score", "count"), ("position", "dec2"),
        )
    ]  # fmt: skip
    columns = (
        *_HEAD,
        ("ratio", "columns.ratio", ""),
        ("group", "columns.group", ""),
        ("value", "columns.value", "dec3"),
        ("score", "columns.score", "count"),
        *bands,
        ("why", "trust.undefined.why", ""),
    )
    rows = [
        {**_of(row), **_ratio(view, ratio)}
        for row in view.result.organisations
        for ratio in row.ratios
    ]
    return full_table(view, "ratios", columns, rows)


def _ratio(view: FinancialView, ratio: RatioRow) -> dict[str, Value]:
    told: dict[str, Value] = {
        "ratio": ratio.label,
        "group": group_label(view, ratio.group),
        "value": ratio.value,
        "score": ratio.score,
        "why": view.text(f"undefined.{ratio.undefined}") if ratio.undefined else "",
    }
    for base, found in (("industry", ratio.industry), ("all", ratio.all)):
        if found is not None:
            facts = ("q1", "median", "q3", "n", "level", "code", "size", "score", "position")
            told |= {f"{base}_{name}": getattr(found, name) for name in facts}
    return told


def _lines(view: FinancialView) -> Table:
    columns = (
        *_HEAD,
        ("code", "full_columns.code", ""),
        ("line", "columns.line", ""),
        ("value", "full_columns.value", "money_full"),
        ("derived", "full_columns.derived", ""),
    )
    rows: list[dict[str, Value]] = [
        {
            **_of(row), "code": line.code, "line": line.label, "value": line.value,
            "derived": view.text("full_columns.is_derived") if line.derived else "",
        }
        for row in view.result.organisations
        for line in row.lines
    ]  # fmt: skip
    return full_table(view, "statement_lines", columns, rows)


def _growth(view: FinancialView) -> Table:
    columns = (
        *_HEAD,
        ("line", "columns.line", ""),
        ("before", "growth.columns.before", "money_full"),
        ("now", "growth.columns.now", "money_full"),
        ("change", "full_columns.change", "pct1"),
        ("times", "full_columns.times", "dec2"),
    )
    rows: list[dict[str, Value]] = [
        {
            **_of(row), "line": g.label, "before": g.before, "now": g.now, "change": g.change,
            "times": g.times,
        }
        for row in view.result.organisations
        for g in row.growth
    ]  # fmt: skip
    return full_table(view, "all_growth", columns, rows)


def _money(view: FinancialView) -> Table:
    labels = {ratio.ratio: ratio.label for ratio in view.result.ratios}
    columns = (
        *_HEAD,
        ("ratio", "columns.ratio", ""),
        ("median", "columns.median", "dec3"),
        ("line", "columns.line", ""),
        ("change", "full_columns.line_change", "money_full"),
    )
    rows: list[dict[str, Value]] = [
        {
            **_of(row), "ratio": labels.get(m.ratio, m.ratio), "median": m.median,
            "line": m.label, "change": m.change,
        }
        for row in view.result.organisations
        for m in row.peer_money
    ]  # fmt: skip
    return full_table(view, "all_to_the_median", columns, rows)


def _checks(view: FinancialView) -> Table:
    columns = (
        *_HEAD,
        ("check", "trust.columns.check", ""),
        ("difference", "trust.columns.difference", "money_full"),
        ("closes", "full_columns.closes", ""),
    )
    rows: list[dict[str, Value]] = [
        {
            **_of(row), "check": c.check, "difference": c.difference,
            "closes": view.text("full_columns.is_closed" if c.closes else "full_columns.is_open"),
        }
        for row in view.result.organisations
        for c in row.articulation
    ]  # fmt: skip
    return full_table(view, "checks", columns, rows)
