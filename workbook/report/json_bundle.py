"""Large data of an output bundle, compressed: a notebook carries a hundred thousand rows.

Cells of a long table come by column (``cells``).  A column with few different values is kept as
these and their places, so that neither its text nor an object is made for each of its cells.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

_PACKED = "packed"
_LARGE = 100_000
"""Values in a bundle from which on it is compressed."""
_SINGLE = frozenset({str, int, float, bool, type(None)})
_QUICK = 1
"""Level of compression: of these data a higher one saves little and takes three times as long."""
_FEW = 2
"""Cells to each different value from which on a column is kept as values and places."""


def packed(content: dict[str, Any]) -> dict[str, Any]:
    """Return data as they are, or compressed where they are large.

    >>> packed({"rows": [[1, 2]]})
    {'rows': [[1, 2]]}
    """
    if _values(content, _LARGE) < _LARGE:
        return content
    if "cells" in content:
        content = {**content, "cells": [_few(column) for column in content["cells"]]}
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    data = zlib.compress(text.encode("utf-8"), _QUICK)
    return {_PACKED: b64encode(data).decode("ascii")}


def unpacked(content: dict[str, Any]) -> dict[str, Any]:
    """Return what :func:`packed` was given."""
    if not is_packed(content):
        return content
    found: dict[str, Any] = json.loads(zlib.decompress(b64decode(content[_PACKED])))
    if "cells" in found:
        found["cells"] = [_all(column) for column in found["cells"]]
    return found


def is_packed(content: Any) -> bool:
    """Return whether data are compressed."""
    return isinstance(content, dict) and set(content) == {_PACKED}


def _few(column: Sequence[Any]) -> Any:
    """Return a column as its different texts and their places, where these are few."""
    if not set(map(type, column)) <= {str, type(None)}:
        return column
    places: dict[str | None, int] = {value: i for i, value in enumerate(dict.fromkeys(column))}
    if len(places) * _FEW > len(column):
        return column
    return {"values": list(places), "places": list(map(places.__getitem__, column))}


def _all(column: Any) -> list[Any]:
    if isinstance(column, dict):
        return list(map(column["values"].__getitem__, column["places"]))
    return list(column)


def _values(content: Any, enough: int) -> int:
    """Count values, of nested ones no further than ``enough``."""
    if isinstance(content, dict):
        content = list(content.values())
    if not isinstance(content, list):
        return 1
    if set(map(type, content)) <= _SINGLE:
        return len(content)
    count = 0
    for value in content:
        count += _values(value, enough - count)
        if count >= enough:
            break
    return count
