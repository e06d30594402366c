"""The consultant's own commentary in an engagement under pseudonyms."""

import re
from collections.abc import Mapping

from workbook.language.masking import NameMask

_SHORTEST = 4
"""Characters of what is replaced wherever it stands: shorter ones are in other words too."""


def under_pseudonyms(text: str, called: Mapping[str, str], names: NameMask) -> str:
    """Return a text with whole names replaced and what is left of names masked.

    Parameters
    ----------
    called
        Pseudonym by name.

    >>> names = NameMask(persons=("Tom Ashworth",), language="en")
    >>> under_pseudonyms("Ask Tom Ashworth. Tom's list.", {"Tom Ashworth": "Manager K7F2X"}, names)
    "Ask Manager K7F2X. •••'s list."
    """
    there = [name for name in called if len(name) >= _SHORTEST and name in text]
    longest_first = sorted(there, key=lambda name: (-len(name), name))
    parts = "|".join(map(re.escape, longest_first))
    if not parts:
        return names.without_names(text)
    made = []
    for at, part in enumerate(re.split(rf"(?<!\w)({parts})(?!\w)", text)):
        made.append(called[part] if at % 2 else names.without_names(part))
    return "".join(made)
