"""Names of segments, products, columns and stages compared as people mean them."""

import re
from collections.abc import Iterable

from workbook.language.lemmas import fold
from workbook.language.spelling import spelling_key

_BETWEEN = re.compile(r"[\s_\-\u200b-\u200f\u2060\ufeff\u00ad]+")


def key(name: str) -> str:
    """Return a name for comparison: no case, accents, spaces, hyphens or ``_``.

    >>> key("GTX Pro") == key("gtx-pro") == key("GTXPro")
    True
    """
    return _BETWEEN.sub("", fold(name))


def word_key(word: str) -> str:
    """Return a word of a customer's column for comparison with the words of rules.

    >>> word_key("Опт") == word_key("Oпт ")  # one of them with a Latin letter
    True
    """
    return spelling_key(fold(word))


def positions(names: Iterable[str]) -> dict[str, int]:
    """Return the place of each name by its key; the first of equal ones counts."""
    found: dict[str, int] = {}
    for at, name in enumerate(names):
        found.setdefault(key(name), at)
    return found
