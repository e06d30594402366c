"""TOML that a client may have written, looked at before the parser makes tables of it.

The standard library's parser takes time and memory with the square of a key's parts, and ends at
the limit of recursion in brackets.  No engagement.toml needs either.
"""

import re
import tomllib
from typing import Any

MOST_BYTES = 250_000
DEEPEST = 20
"""Parts of a dotted key, and brackets inside brackets."""
_TOKENS = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:"{3,5}|\\?\Z)'  # texts: to their end or that of the file
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^\\"\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|[\[\]{}.,=\n]",
    re.DOTALL,
)


class BeyondBoundsError(ValueError):
    """A key or a bracket that no person writes."""

    def __init__(self, line: int) -> None:
        super().__init__(f"nested too deeply (at line {line})")
        self.line = line
        """Counted from 1."""
        self.most = DEEPEST


def toml_values(data: bytes) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises
    ------
    UnicodeDecodeError
        When it is not UTF-8.
    BeyondBoundsError
        When a key has too many parts, or brackets are nested too deeply.
    ValueError
        When it is not TOML.
    """
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    _check_bounds(text)
    try:
        return tomllib.loads(text)
    except RecursionError as failure:
        raise ValueError("nested too deeply") from failure


def _check_bounds(text: str) -> None:
    """Go through the text once; what stands in texts and comments does not count."""
    dots = depth = 0
    for found in _TOKENS.finditer(text):
        token = found[0]
        if token == ".":
            dots += 1
        elif token in ("[", "{"):
            depth += 1
        elif token in ("]", "}"):
            depth = max(0, depth - 1)
        if token in (",", "=", "\n", "[", "{"):
            dots = 0
        if max(dots, depth) >= DEEPEST:
            raise BeyondBoundsError(text.count("\n", 0, found.start()) + 1)
