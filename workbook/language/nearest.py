"""The name that was probably meant: "did you mean"."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_IGNORED = re.compile(r"[\s_\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+")
_LIKENESS = 66.0


def plain(text: str) -> str:
    """Return ``text`` for comparison: no case, spaces, ``_``, zero-width characters or ё.

    >>> plain(" Respondent_ID ") == plain("respondent\u00a0id")
    True
    """
    folded = _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return folded.replace("ё", "е").rstrip("*:")


def nearest(word: str, known: Iterable[str], likeness: float = _LIKENESS) -> str:
    """Return the known word most like ``word``, or an empty text when none is alike.

    >>> nearest("Обмен", ["отмена", "возврат"]), nearest("Обмен", ["отмена", "возврат"], 85)
    ('отмена', '')
    """
    choices = list(dict.fromkeys(known))
    best = process.extractOne(
        word, choices, scorer=fuzz.ratio, processor=plain, score_cutoff=likeness
    )
    return best[0] if best else ""
