"""Which cells of the table of targets make a product a target of a segment."""

from workbook.language.languages import in_all
from workbook.language.lemmas import fold

TARGET_WORDS = (
    *(fold(word) for word in in_all(lambda language: language.deals.target + language.cells.yes)),
    *("x", "+", "1", "✓", "✔"),
)
"""Accepted spellings, folded."""
_TARGETS = frozenset(TARGET_WORDS)


def is_target(cell: str) -> bool:
    """Return whether a cell says that the product is a target; an optional one is none.

    >>> is_target("Target"), is_target("optional"), is_target("")
    (True, False, False)
    """
    return " ".join(fold(cell).split()) in _TARGETS
