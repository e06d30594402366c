"""Checks between tables."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from workbook.errors import Location, Problem
from workbook.intake.amounts_apart import amounts_apart
from workbook.intake.margin_check import margin_problems
from workbook.intake.near_ids import distinct_names
from workbook.intake.problems import listed, warning
from workbook.intake.table import InputTable
from workbook.language.spelling import id_keys, loose_id_keys


def cross_checks(tables: Mapping[str, InputTable]) -> list[Problem]:
    """Return what the tables say against each other."""
    margins = margin_problems(tables["sales"]) if "sales" in tables else []
    return [*unknown_customers(tables), *amounts_apart(tables), *margins]


def unknown_customers(tables: Mapping[str, InputTable]) -> list[Problem]:
    """Warn of customer ids that the table of customers does not have."""
    if "customers" not in tables:
        return []
    known = tables["customers"].frame["customer_id"]
    names = set(distinct_names(known))
    problems: list[Problem] = []
    for table in tables.values():
        if table.name == "customers" or "customer_id" not in table.frame:
            continue
        if names.issuperset(distinct_names(table.frame["customer_id"])):
            continue
        ids = table.frame["customer_id"].dropna()
        strange = ids[~ids.isin(known)]
        if len(strange):
            strange = strange[~_spelt_otherwise(strange, known)]
        if len(strange):
            place = Location(
                file=table.file,
                sheet=table.sheet,
                row=int(strange.index[0]),
                column=table.columns["customer_id"],
            )
            examples = listed(strange.unique())
            problems.append(
                warning(
                    "unknown_customers",
                    place,
                    examples,
                    count=int(strange.nunique()),
                    rows=len(strange),
                )
            )
    return problems


def _spelt_otherwise(ids: "pd.Series[str]", known: "pd.Series[str]") -> "pd.Series[bool]":
    """Tell which ids are known ones under another spelling; they are told of as such."""
    names, told = ids.unique().tolist(), known.dropna().unique().tolist()
    keys, loose = set(id_keys(told)), Counter(loose_id_keys(told))
    alike = [
        name
        for name, key, other in zip(names, id_keys(names), loose_id_keys(names), strict=True)
        if key in keys or loose[other] == 1
    ]
    return ids.isin(alike)
