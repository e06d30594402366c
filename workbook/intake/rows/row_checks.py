"""Checks of typed rows: rows twice, keys twice, days out of order, future days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

import pandas as pd

from workbook.errors import Location, Problem
from workbook.intake.problems import MOST_CELLS, MOST_MARKED, cut, error, listed, shown, warning
from workbook.intake.schema import ColumnType, TableSchema
from workbook.intake.toml_line import toml_value

_OLD_YEARS = 10
_TOLD_BEFORE = pd.Timestamp("1900-03-01")
"""Earlier days have had their warning when they were read."""
_ENOUGH_ANSWERS = 10
_FIRST = 3
"""Rows named in a message on many; up to as many have a message each."""


def without_repeats(
    frame: pd.DataFrame, schema: TableSchema, place: Location
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the frame without rows that are there twice, and the warning.

    Only a table whose rows have a key loses them; two equal sales may both have happened.
    """
    if schema.repeats:
        return frame, []
    again = _repeated(frame)
    if not again.any():
        return frame, []
    rows = frame.index[again]
    code = "identical_rows" if schema.unique else "identical_rows_kept"
    problem = warning(code, replace(place, row=int(rows[0])), count=len(rows), rows=listed(rows))
    return (frame[~again] if schema.unique else frame), [problem]


def _repeated(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Return the rows that are equal to one above.

    Numbers and days are compared first: of texts only rows that are equal in those.
    """
    figures = [name for name, kind in frame.dtypes.items() if kind.kind in "fM"]
    again = frame.duplicated(subset=figures or None, keep=False if figures else "first")
    if figures and again.any():
        again.loc[again] = frame[again.to_numpy()].duplicated(keep="first")
    return again


def key_conflicts(frame: pd.DataFrame, schema: TableSchema, place: Location) -> list[Problem]:
    """Find rows of one key that say different things; of many, the first ones in one problem."""
    key = [name for name in schema.unique if name in frame]
    if not key:
        return []
    known = frame[frame[key[0]].notna()]
    pairs = known[known.duplicated(subset=key, keep=False)]
    if pairs.empty:
        return []
    first = pairs.groupby(key, sort=False, dropna=False)[key[0]].transform(lambda s: s.index[0])
    later = pairs.index != first
    rows = [int(row) for row in pairs.index[later]]
    others = [int(row) for row in first[later]]
    values = [
        ", ".join(shown(value) for value in cells if not pd.isna(value))
        for cells in islice(pairs.loc[later, key].itertuples(index=False), _FIRST)
    ]
    facts = {"key": ", ".join(key), "table": schema.name, **_remedy(schema, key)}
    found = [
        error(
            "key_twice_different",
            replace(place, row=row, column=key[0]),
            value,
            other=other,
            **facts,
        )
        for row, other, value in zip(rows[:_FIRST], others, values, strict=False)
    ]
    if len(rows) <= _FIRST:
        return found
    told = ", ".join(f"{p.place.row} “{p.found}”" for p in found)
    several = {"count": len(rows), "first_rows": told, "cells": tuple(rows[:MOST_MARKED])}
    return [replace(found[0], facts={**found[0].facts, **several})]


def _remedy(schema: TableSchema, key: Sequence[str]) -> dict[str, object]:
    """Return the remedy: the newest row counts where rows have a day, else the file is mended."""
    kinds = {column.name: column.kind for column in schema.columns}
    if kinds.get("date") is not ColumnType.DATE or "date" in key:
        return {}
    line = f"latest = {toml_value(list(key))}"
    wave = "wave" in kinds.keys() - {*key}
    return {"remedy": "latest_or_wave" if wave else "latest", "line": line}


def dates_in_order(frame: pd.DataFrame, schema: TableSchema, place: Location) -> list[Problem]:
    """Find rows in which a day is later than the day that must not come before it."""
    problems: list[Problem] = []
    for first, second in schema.before:
        if first not in frame or second not in frame:
            continue
        wrong = frame.loc[frame[first] > frame[second], [first, second]]
        found = [
            error(
                "dates_out_of_order",
                replace(place, row=int(row), column=second),
                f"{late:%Y-%m-%d}",
                other=first,
                day=f"{early:%Y-%m-%d}",
            )
            for row, early, late in islice(wrong.itertuples(name=None), MOST_CELLS)
        ]
        problems += cut(found, count=len(wrong)) if found else []
    return problems


def future_days(
    frame: pd.DataFrame, schema: TableSchema, place: Location, as_of: date
) -> list[Problem]:
    """Warn of days after the as-of date."""
    problems: list[Problem] = []
    for column in schema.columns:
        if column.kind is not ColumnType.DATE or column.future or column.name not in frame:
            continue
        days = frame[column.name]
        late = days[days > pd.Timestamp(as_of)]
        if len(late):
            where = replace(place, row=int(late.index[0]), column=column.name)
            problems.append(
                warning(
                    "future_days",
                    where,
                    late.iloc[0].date().isoformat(),
                    count=len(late),
                    rows=listed(late.index),
                    as_of=as_of.isoformat(),
                )
            )
    return problems


def old_days(
    frame: pd.DataFrame, schema: TableSchema, place: Location, as_of: date
) -> list[Problem]:
    """Warn of days so long before the as-of date that they are hardly meant."""
    problems: list[Problem] = []
    limit = pd.Timestamp(as_of) - pd.DateOffset(years=_OLD_YEARS)
    for column in schema.columns:
        if column.kind is not ColumnType.DATE or column.long_ago or column.name not in frame:
            continue
        days = frame[column.name]
        old = days[(days < limit) & (days >= _TOLD_BEFORE)]
        if len(old):
            where = replace(place, row=int(old.index[0]), column=column.name)
            facts = {"count": len(old), "rows": listed(old.index), "years": _OLD_YEARS}
            found = old.iloc[0].date().isoformat()
            problems.append(warning("old_days", where, found, as_of=as_of.isoformat(), **facts))
    return problems


def one_day(frame: pd.DataFrame, schema: TableSchema, place: Location) -> list[Problem]:
    """Warn of answers that all have the same day: it may be that of the export."""
    if schema.name not in ("survey", "satisfaction") or "date" not in frame:
        return []
    days = frame["date"].dropna()
    if len(days) < _ENOUGH_ANSWERS or days.nunique() > 1:
        return []
    where = replace(place, row=int(days.index[0]), column="date")
    found = days.iloc[0].date().isoformat()
    return [warning("one_day", where, found, count=len(days))]
