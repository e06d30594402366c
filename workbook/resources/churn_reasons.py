"""Resources of the churn-reasons diagnostic: the taxonomy of reasons, and what it cannot read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from workbook.diagnostics.churn_reasons import Params, Resources
from workbook.diagnostics.churn_reasons.life import time_doubt
from workbook.diagnostics.churn_reasons.portfolio import portfolio
from workbook.diagnostics.churn_reasons.register import register
from workbook.diagnostics.churn_reasons.result import TimeDoubt
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy, load_taxonomy
from workbook.diagnostics.churn_reasons.wording import Given, given, joining_sign
from workbook.diagnostics.inputs import Inputs
from workbook.engagement import Engagement
from workbook.errors import InputError, Place, Problem, Severity
from workbook.intake.findings import cut, shown
from workbook.intake.param_tables import build_params
from workbook.intake.table import Table
from workbook.language import bare
from workbook.resources.plan_checks import check_plans
from workbook.resources.prepared import Prepared
from workbook.shipped import templates

GLOSSARY = (
    "client",
    "lost",
    "preventable",
    "interval",
    "expected",
    "survival",
    "lift",
    "backtest",
    "iceberg",
)
_COLUMNS = ("reasons", "stated_reasons")
_EXAMPLES = 3


def check(engagement: Engagement, tables: Mapping[str, Table]) -> tuple[Problem, ...]:
    """Return what is wrong with the taxonomy, and what the register says that it cannot read."""
    try:
        taxonomy = _taxonomy(engagement)
    except InputError as error:
        return error.problems
    plans = tables.get("plans")
    planned = [] if plans is None else check_plans(plans)
    table = tables.get("lost_customers")
    if table is None:
        return tuple(planned)
    return (
        *planned,
        *_unknown(table, taxonomy, engagement.language),
        *_lost_twice(table),
        *_register(engagement, tables, table),
    )


def load(engagement: Engagement, inputs: Inputs, params: Params) -> Prepared:
    """Return the taxonomy.

    Raises
    ------
    InputError
        When the engagement's own file of reasons cannot be used.
    """
    return Prepared(resources=Resources(taxonomy=_taxonomy(engagement)))


_DOUBTS = {
    TimeDoubt.ONE_MONTH: "register_one_month",
    TimeDoubt.SHORT: "register_short",
    TimeDoubt.LATE: "register_late",
}


def _register(
    engagement: Engagement, tables: Mapping[str, Table], table: Table
) -> tuple[Problem, ...]:
    """Warn where the register is too short a history for durations."""
    params = build_params(engagement, "churn_reasons", Params)
    frames = {name: one.frame for name, one in tables.items()}
    losses = register(Inputs(tables=frames, as_of=engagement.as_of), params)
    there = portfolio(losses)
    doubt = None if there is None else time_doubt(losses, there, params)
    if doubt is None:
        return ()
    place = _place(table, None, "lost_date")
    facts = {"n": losses.n, "months": params.register_months}
    return (Problem(code=_DOUBTS[doubt], place=place, facts=facts, severity=Severity.WARNING),)


def _path(engagement: Engagement) -> Path:
    """Return the engagement's own reasons, or the shipped ones."""
    own = engagement.folder / "reasons.yaml"
    return own if own.is_file() else templates() / "reasons.yaml"


def _taxonomy(engagement: Engagement) -> Taxonomy:
    """Return the reasons, and how this engagement separates several in one cell."""
    split = engagement.intake.of("lost_customers").split
    return replace(load_taxonomy(_path(engagement)), split=split)


def _place(table: Table, row: int | None, column: str) -> Place:
    """Return the place of a cell as the client's file shows it."""
    heading = table.columns.get(column, column)
    return Place(file=table.file, sheet=table.sheet, row=row, column=heading)


def _unknown(table: Table, taxonomy: Taxonomy, language: str) -> list[Problem]:
    """Warn of words that the taxonomy does not know, and of those taken for a typing slip."""
    problems: list[Problem] = []
    for column in _COLUMNS:
        if column not in table.frame:
            continue
        first: dict[str, tuple[Given, int]] = {}
        counts: Counter[str] = Counter()
        cells = table.frame[column].dropna()
        odd = {cell: _odd(cell, taxonomy) for cell in cells.unique()}
        for row, cell in cells.items():
            for one in odd[cell]:
                counts[bare(one.text)] += 1
                first.setdefault(bare(one.text), (one, int(str(row))))
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        lists = {name for name in first if _sign(first[name][0])}
        found = [
            Problem(
                code="reason_misspelt" if first[name][0].slip else "reason_unknown",
                place=_place(table, first[name][1], column),
                found=shown(first[name][0].text),
                facts={"count": n, "nearest": _nearest(first[name][0], taxonomy, language)},
                severity=Severity.WARNING,
            )
            for name, n in ordered
            if name not in lists
        ]
        problems += cut(found, count=len(found)) if found else []
        told = [(*first[name], n) for name, n in ordered if name in lists]
        problems += _joined_reasons(table, column, told, taxonomy)
    return problems


def _odd(cell: str, taxonomy: Taxonomy) -> list[Given]:
    """Return what a cell names that the taxonomy does not know as it is written, each once."""
    each = {bare(one.text): one for one in given(cell, taxonomy)}
    return [one for one in each.values() if one.known is None or one.slip]


def _sign(one: Given) -> str:
    return "" if one.known else joining_sign(one.text)


def _nearest(one: Given, taxonomy: Taxonomy, language: str) -> str:
    if one.known is not None:
        return one.known.label[language]
    return taxonomy.nearest(one.text, language)


def _joined_reasons(
    table: Table, column: str, lists: Sequence[tuple[Given, int, int]], taxonomy: Taxonomy
) -> list[Problem]:
    """Warn once of cells that seem to hold several reasons: (words, first row, rows)."""
    if not lists:
        return []
    signs = dict.fromkeys([*taxonomy.split, *(_sign(one) for one, _, _ in lists)])
    names = [shown(one.text) for one, _, _ in lists]
    return [
        Problem(
            code="reasons_joined",
            place=_place(table, min(row for _, row, _ in lists), column),
            facts={
                "count": sum(n for _, _, n in lists),
                "sign": " ".join(dict.fromkeys(_sign(one) for one, _, _ in lists)),
                "split": "".join(signs).replace("\\", "\\\\"),
                "names": "; ".join(names[:_EXAMPLES]) + (" …" if len(names) > _EXAMPLES else ""),
                "table": table.name,
            },
            severity=Severity.WARNING,
        )
    ]


def _lost_twice(table: Table) -> list[Problem]:
    """Warn of customers lost again without a return: only the later loss counts."""
    columns = ["customer_id", "lost_date"]
    frame = table.frame
    rows = frame.loc[frame["customer_id"].notna()].sort_values(columns, kind="stable")
    following = rows.groupby("customer_id")["lost_date"].shift(-1)
    later = pd.Series(rows.index, index=rows.index).groupby(rows["customer_id"]).shift(-1)
    back = rows["returned_date"] if "returned_date" in rows else pd.Series(pd.NaT, rows.index)
    twice = following.notna() & ~(back <= following)
    found = [
        Problem(
            code="lost_twice",
            place=_place(table, int(str(row)), "customer_id"),
            found=shown(rows.at[row, "customer_id"]),
            facts={"other": int(later[row])},
            severity=Severity.WARNING,
        )
        for row in rows.index[twice]
    ]
    return cut(found, count=len(found)) if found else []
