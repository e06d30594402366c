"""Large data of an output bundle, compressed: a notebook carries a hundred thousand rows."""

import json
import zlib
from base64 import b64decode, b64encode
from typing import Any

_PACKED = "packed"
_LARGE = 100_000
"""Values in a bundle from which on it is compressed."""


def packed(content: dict[str, Any]) -> dict[str, Any]:
    """Return data as they are, or compressed where they are large.

    >>> packed({"rows": [[1, 2]]})
    {'rows': [[1, 2]]}
    """
    if _values(content, _LARGE) < _LARGE:
        return content
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return {_PACKED: b64encode(zlib.compress(text.encode("utf-8"))).decode("ascii")}


def unpacked(content: dict[str, Any]) -> dict[str, Any]:
    """Return what :func:`packed` was given."""
    if not is_packed(content):
        return content
    found: dict[str, Any] = json.loads(zlib.decompress(b64decode(content[_PACKED])))
    return found


def is_packed(content: Any) -> bool:
    """Return whether data are compressed."""
    return isinstance(content, dict) and set(content) == {_PACKED}


def _values(content: Any, enough: int) -> int:
    """Count values, no further than ``enough``."""
    if isinstance(content, dict):
        content = list(content.values())
    if not isinstance(content, list):
        return 1
    count = 0
    for value in content:
        count += _values(value, enough - count)
        if count >= enough:
            break
    return count
