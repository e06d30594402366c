"""A result as plain data for the result file."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

from workbook.stats.data_table import DataTable, Kind

_NOT_PLAIN = frozenset({Kind.DAY, Kind.PARTS})
_PLAIN = frozenset({str, int, bool, type(None)})


def plain_data(value: Any) -> Any:
    """Return dataclasses, enums, dates and tuples as dicts, strings and lists.

    A class may name in ``KEYED`` the fields whose records the result file keeps by one of their
    own fields: ``{"weighted": "by"}`` makes ``{"revenue": {…}}`` of ``[{"by": "revenue", …}]``.
    Fields named in ``APART`` stay out of it.  A field whose name is a word of Python (``class_``)
    is written without its underscore.

    Raises
    ------
    ValueError
        When a number is not finite: a result says None for what cannot be told.
    """
    kind = type(value)
    if kind in _PLAIN:  # nearly all values of a long table
        return value
    if kind is float:
        return _finite(value)
    if kind is tuple or kind is list:
        return [plain_data(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _record(value)
    if isinstance(value, DataTable):
        return _rows(value)
    if isinstance(value, Mapping):
        return {str(k): plain_data(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(v) for v in value]
    return _scalar(value)


def _record(value: Any) -> dict[str, Any]:
    kind: Any = type(value)
    data = {key: plain_data(getattr(value, name)) for name, key in _keys(kind)}
    for name, key in getattr(type(value), "KEYED", {}).items():
        data[name] = {row.pop(key): row for row in data[name]}
    return data


def _rows(table: DataTable) -> list[dict[str, Any]]:
    """Return the rows of a table; most columns are plain values already."""
    names = [column.name for column in table.columns]
    cells = [
        [plain_data(value) for value in table.values(column.name)]
        if column.kind in _NOT_PLAIN
        else table.values(column.name)
        for column in table.columns
    ]
    keys = [name.removesuffix("_") for name in names]
    return [dict(zip(keys, row, strict=True)) for row in zip(*cells, strict=True)]


@cache
def _keys(record: Any) -> tuple[tuple[str, str], ...]:
    """Return the fields of a record class and what the result file calls them."""
    apart = getattr(record, "APART", ())
    return tuple((f.name, f.name.removesuffix("_")) for f in fields(record) if f.name not in apart)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return float(value)
    return _finite(value) if isinstance(value, float) else value


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"a result holds {value}")
    return value
