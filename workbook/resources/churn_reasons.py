"""Resources of the churn-reasons diagnostic: the taxonomy of reasons, and what it cannot read."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from workbook.diagnostics.churn_reasons import Params, Resources
from workbook.diagnostics.churn_reasons.life import time_doubt
from workbook.diagnostics.churn_reasons.portfolio import portfolio
from workbook.diagnostics.churn_reasons.register import register
from workbook.diagnostics.churn_reasons.result import TimeDoubt
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy, load_taxonomy
from workbook.diagnostics.churn_reasons.wording import parts
from workbook.diagnostics.inputs import Inputs
from workbook.engagement import Engagement
from workbook.errors import InputError, Place, Problem, Severity
from workbook.intake.findings import cut, shown
from workbook.intake.param_tables import build_params
from workbook.intake.plain_file import is_there
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
REASONS = "reasons.yaml"
_COLUMNS = ("reasons", "stated_reasons")


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


def _taxonomy(engagement: Engagement) -> Taxonomy:
    """Return the engagement's own reasons, or the shipped ones."""
    folder = engagement.folder
    if is_there(folder, REASONS):
        return load_taxonomy(folder / REASONS, folder=folder)
    return load_taxonomy(templates() / REASONS)


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
        first: dict[str, tuple[str, int]] = {}
        counts: Counter[str] = Counter()
        slips: dict[str, str] = {}
        for row, cell in table.frame[column].dropna().items():
            for part in {bare(p): p for p in parts(cell)}.values():
                if taxonomy.find(part) is None:
                    meant = taxonomy.meant(part)
                    if meant is not None:
                        slips[bare(part)] = meant.label[language]
                    counts[bare(part)] += 1
                    first.setdefault(bare(part), (part, int(str(row))))
        found = [
            Problem(
                code="reason_misspelt" if name in slips else "reason_unknown",
                place=_place(table, first[name][1], column),
                found=shown(first[name][0]),
                facts={
                    "count": n,
                    "nearest": slips.get(name) or taxonomy.nearest(name, language),
                },
                severity=Severity.WARNING,
            )
            for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]
        problems += cut(found, count=len(found)) if found else []
    return problems


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
