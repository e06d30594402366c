"""The table of segments read as rules: conditions and the customers they hold for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import has, texts
from workbook.diagnostics.segmentation_matrix.attributes import (
    Attribute,
    Measure,
    attribute,
    column_named,
    measure_of,
)
from workbook.diagnostics.segmentation_matrix.conditions import (
    FALSE,
    TRUE,
    UNKNOWN,
    Comparison,
    Truths,
    either,
    is_blank,
    on_bound,
    parse,
    shown,
    truth,
)
from workbook.diagnostics.segmentation_matrix.rules_result import Condition

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

OWN = ("order", "segment", "purpose")
"""Columns of the table of segments that are no conditions."""
_EITHER = ("industry", "activity")
"""A condition on one of these is matched against both."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AskedCondition:
    """One condition of a rule, by customer code."""

    condition: Condition
    attributes: tuple[Attribute, ...]
    """Columns it is matched against; empty when the customers have none of them."""
    truths: tuple[Truths, ...]
    """Whether it holds for each of these columns."""
    truth: Truths
    on_bound: Bools

    def found(self, code: int) -> str:
        """Return the customer's own value as text."""
        given = (str(a.given[code]) for a in self.attributes)
        return " / ".join(dict.fromkeys(value for value in given if value))

    def missing(self) -> Iterator[tuple[str, Bools]]:
        """Yield each column asked for and the customers for whom it leaves this unknown."""
        unknown = self.truth == UNKNOWN
        if not self.attributes:
            yield self.condition.column, unknown
        for one, own in zip(self.attributes, self.truths, strict=True):
            yield one.column, unknown & (own == UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadRule:
    """One row of the table of segments."""

    order: int
    segment: str
    purpose: str | None
    asked: tuple[AskedCondition, ...]
    truth: Truths
    """Whether it holds: false where a condition is, unknown where none is but one is missing."""

    @property
    def failed(self) -> npt.NDArray[np.int64]:
        """Number of conditions that each customer fails."""
        failed = np.zeros(len(self.truth), dtype=np.int64)
        for one in self.asked:
            failed += one.truth == FALSE
        return failed

    @property
    def unknown(self) -> npt.NDArray[np.int64]:
        """Number of conditions that cannot be told."""
        unknown = np.zeros(len(self.truth), dtype=np.int64)
        for one in self.asked:
            unknown += one.truth == UNKNOWN
        return unknown


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a segment, by their order; rows without one follow as they stand."""
    rows = table.loc[(texts(table, "segment") != "").to_numpy()]
    return rows.sort_values("order", kind="stable") if "order" in rows else rows


def condition_columns(table: pd.DataFrame) -> list[str]:
    """Return the columns that are conditions, filled ones only."""
    return [str(c) for c in table if c not in OWN and has(table, str(c))]


def cell_text(value: object) -> str:
    """Return a cell of the table of segments as its writer meant it, ``""`` where it is blank."""
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return "" if is_blank(str(value)) else str(value).strip()


def asked_columns(customers: pd.DataFrame, column: str) -> tuple[str, ...]:
    """Return the customers' columns that a condition is matched against."""
    if column in _EITHER:
        return tuple(name for name in _EITHER if has(customers, name))
    named = column_named(customers, column)
    return () if named is None else (named,)


def column_measure(customers: pd.DataFrame, column: str) -> Measure | None:
    """Return what a condition's column holds; None when the customers do not have it."""
    names = asked_columns(customers, column)
    return measure_of(customers[names[0]]) if names else None


def read_rules(
    table: pd.DataFrame, customers: pd.DataFrame, *, rows: Ints, language: str
) -> tuple[ReadRule, ...]:
    """Return the rules in their order, each with its truth for every customer.

    ``rows`` is the row of each customer code in ``customers``, -1 where there is none.  A
    condition that cannot be read is unknown for everybody (the intake refuses it before).
    """
    ordered = in_order(table)
    columns = condition_columns(table)
    attributes = {
        column: tuple(attribute(customers, name, rows) for name in asked_columns(customers, column))
        for column in columns
    }
    read = []
    for place, (_, row) in enumerate(ordered.iterrows(), start=1):
        asked = tuple(
            _asked(column, text, attributes[column], n=len(rows), language=language)
            for column in columns
            if (text := cell_text(row[column]))
        )
        read.append(_rule(row, place, asked, n=len(rows)))
    return tuple(read)


def _rule(
    row: "pd.Series[Any]", place: int, asked: tuple[AskedCondition, ...], *, n: int
) -> ReadRule:
    order = row.get("order", pd.NA)
    held = np.full(n, TRUE, dtype=np.int8)
    for one in asked:
        held = np.where(one.truth == UNKNOWN, np.where(held == TRUE, UNKNOWN, held), held)
        held = np.where(one.truth == FALSE, FALSE, held)
    return ReadRule(
        order=place if pd.isna(order) else int(str(order)),
        segment=str(row["segment"]).strip(),
        purpose=cell_text(row.get("purpose", pd.NA)) or None,
        asked=asked,
        truth=held.astype(np.int8),
    )


def _asked(
    column: str, text: str, attributes: tuple[Attribute, ...], *, n: int, language: str
) -> AskedCondition:
    nothing = np.full(n, UNKNOWN, dtype=np.int8)
    bound = np.zeros(n, dtype=bool)
    truths: list[Truths] = []
    for one in attributes:
        tests: tuple[Comparison, ...] = parse(text, one.measure, language) or ()
        truths.append(truth(tests, one) if tests else nothing)
        bound |= on_bound(tests, one)
    return AskedCondition(
        condition=Condition(column=column, test=shown(text)),
        attributes=attributes,
        truths=tuple(truths),
        truth=reduce(either, truths) if truths else nothing,
        on_bound=bound,
    )


def customer_rows(customers: pd.DataFrame, ids: tuple[str, ...]) -> Ints:
    """Return the row of each customer id in the table, -1 where it is not there."""
    known = texts(customers, "customer_id").to_numpy(dtype=object)
    rows = pd.Series(np.arange(len(known)), index=known, dtype=np.int64)
    rows = rows.loc[~rows.index.duplicated(keep="last")]
    return np.asarray(rows.reindex(list(ids), fill_value=-1), dtype=np.int64)
