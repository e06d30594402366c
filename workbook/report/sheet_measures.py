"""How wide the columns of a sheet are and how high its headings: by what stands in them."""

import math
from collections.abc import Sequence
from typing import Any

_WIDEST = 48
_NARROWEST = 9
_DAY = 12
_FILL = 22
_LINE = 13.5
"""Height of a line, points."""
_TALLEST = 409.0
"""The highest row that Excel allows, points."""
_TEXTS = frozenset({str, type(None)})
_FILTER = 3
"""Characters that the arrow of the filter takes."""


def column_width(column: dict[str, Any], values: Sequence[Any]) -> float:
    """Return the width of a column, in characters: figures whole, long words on several lines."""
    heading = max((len(w) for w in str(column["heading"]).split()), default=0) + _FILTER
    if column["fill"]:
        return float(max(heading, _FILL))
    if column["date"]:
        return float(max(heading, _DAY))
    longest = _longest(values, column["format"])
    return float(min(_WIDEST, max(heading, longest + 2, _NARROWEST)))


def height_of(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row whose texts wrap in columns of these widths, points.

    >>> height_of(["Revenue of those who name it"], [12.0])
    43.5
    """
    lines = (_lines(text, width) for text, width in zip(texts, widths, strict=True))
    return _LINE * max(lines, default=1) + 3


def wrapped_rows(columns: Sequence[Sequence[Any]], widths: Sequence[float]) -> dict[int, float]:
    """Return the heights of the rows that need more than one line, by place.

    >>> wrapped_rows([["a", "b"], ["one", "several words of text"]], [9.0, 10.0])
    {1: 43.5}
    """
    found: dict[int, list[tuple[str, float]]] = {}
    for cells, width in zip(columns, widths, strict=True):
        texts = _different_texts(cells)
        long = {text for text in texts if len(text) > width - 2}
        if not long:
            continue
        for at, cell in enumerate(cells):
            if isinstance(cell, str) and cell in long:
                found.setdefault(at, []).append((cell, width - 1))
    return {
        at: min(height_of(*zip(*long, strict=True)), _TALLEST) for at, long in sorted(found.items())
    }


def _different_texts(cells: Sequence[Any]) -> set[str]:
    if set(map(type, cells)) <= _TEXTS:
        return set(cells) - {None}
    return {cell for cell in cells if isinstance(cell, str)}


def _lines(text: str, width: float) -> int:
    """Return on how many lines words stand in a column."""
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > width - 1:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines += max(0, math.ceil(len(word) / max(width, 1)) - 1)
    return lines


def _longest(values: Sequence[Any], fmt: str) -> int:
    """Return the length of the longest cell as it is shown."""
    kinds = set(map(type, values)) - {type(None)}
    if not kinds:
        return 0
    if kinds == {str}:
        texts = _different_texts(values)
        if "\n" not in "".join(texts):
            return max(map(len, texts))
        return max(_length(text, fmt) for text in texts)
    if kinds <= {int, float}:
        there = (value for value in values if value is not None)
        told = list(filter(math.isfinite, there))
        # Of the numbers of one sign the farthest from nil is the longest.
        return max((_written(end, fmt) for end in (min(told), max(told))), default=0) if told else 0
    return max((_length(value, fmt) for value in values), default=0)


def _length(value: Any, fmt: str) -> int:
    if isinstance(value, dict):
        return _length(value["value"], value["format"])
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _written(value, fmt)
    text = "" if value is None else str(value)
    return max(map(len, text.split("\n"))) if "\n" in text else len(text)


def _written(value: float, fmt: str) -> int:
    """Return the length of a number in a format of Excel."""
    decimals = len(fmt.split(";")[0].rpartition(".")[2].rstrip("%")) if "." in fmt else 0
    shown = value * 100 if "%" in fmt else value
    if not math.isfinite(shown):
        return 0
    return len(f"{shown:,.{decimals}f}") + ("%" in fmt) + ("+" in fmt)
