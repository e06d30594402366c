"""Words by which everybody says that nothing is known."""

from collections.abc import Sequence

from workbook.language.languages import in_all
from workbook.language.spelling import spelling_keys

_UNIVERSAL = (
    *in_all(lambda language: language.cells.missing),
    *("#N/A", "#N/A N/A", "<...>", "-", "--", "---", "?", "??", "???", ".", "..", "...", "—"),
)
"""Taken as blank where they would name a group or an identifier.  "Нет", "Other", "Прочее", "NA"
and 0 are values."""
NOTHING = frozenset(spelling_keys(_UNIVERSAL))
"""Their keys."""


def say_nothing(texts: Sequence[str]) -> list[bool]:
    """Return which texts say that nothing is known.

    >>> say_nothing(["н/д", "Price", "#N/A"])
    [True, False, True]
    """
    return [key in NOTHING for key in spelling_keys(texts)]
