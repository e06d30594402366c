"""A result as plain data for the result file."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any


def plain_data(value: Any) -> Any:
    """Return dataclasses, enums, dates and tuples as dicts, strings and lists.

    A class may name in ``KEYED`` the fields whose records the result file keeps by one of their
    own fields: ``{"weighted": "by"}`` makes ``{"revenue": {…}}`` of ``[{"by": "revenue", …}]``.

    Raises
    ------
    ValueError
        When a number is not finite: a result says None for what cannot be told.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return _record(value)
    if isinstance(value, Mapping):
        return {str(k): plain_data(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(v) for v in value]
    return _scalar(value)


def _record(value: Any) -> dict[str, Any]:
    data = {f.name: plain_data(getattr(value, f.name)) for f in fields(value)}
    for name, key in getattr(type(value), "KEYED", {}).items():
        data[name] = {row.pop(key): row for row in data[name]}
    return data


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"a result holds {value}")
    return value
