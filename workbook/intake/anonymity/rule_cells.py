"""Conditions of segments that name somebody: ``= Anna Berg; Jan Novák``."""

import re
from collections.abc import Callable

_PART = re.compile(r"(\s*(?:[<>=≤≥]+\s*)?)(.*?)(\s*)", re.DOTALL)
_NOTHING = re.compile(r"\W*")


def rules_under(cell: str, pseudonym: Callable[[str], str]) -> str:
    """Return a condition with every name replaced; signs and separators stay.

    >>> rules_under("= Anna; Jan", {"Anna": "K7F2X", "Jan": "M3R4T"}.__getitem__)
    '= K7F2X; M3R4T'
    >>> rules_under("-", str.upper)
    '-'
    """
    return ";".join(_part(part, pseudonym) for part in cell.split(";"))


def _part(part: str, pseudonym: Callable[[str], str]) -> str:
    found = _PART.fullmatch(part)
    if found is None or _NOTHING.fullmatch(found[2]):
        return part
    return f"{found[1]}{pseudonym(found[2])}{found[3]}"
