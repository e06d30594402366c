"""Names of segments, products, columns and stages compared as people mean them."""

import re
from collections.abc import Iterable, Sequence
from operator import lt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.language.lemmas import fold
from workbook.language.spelling import spelling_key
from workbook.stats.data_table import choice_dtype

Words = npt.NDArray[np.object_]
Texts = pd.api.extensions.ExtensionArray
_BETWEEN = re.compile(r"[\s_\-\u200b-\u200f\u2060\ufeff\u00ad]+")


def normalised_name(name: str) -> str:
    """Return a name for comparison: no case, accents, spaces, hyphens or ``_``.

    >>> normalised_name("GTX Pro") == normalised_name("gtx-pro") == normalised_name("GTXPro")
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
        found.setdefault(normalised_name(name), at)
    return found


def words_at(names: Sequence[str | None], codes: npt.NDArray[np.integer[Any]]) -> Words:
    """Return the name of each code, None for -1.

    >>> words_at("ABC", np.array([2, -1, 0])).tolist()
    ['C', None, 'A']
    """
    found: Words = np.array([*names, None], dtype=object)[codes]
    return found


def texts_at(names: Sequence[str], codes: npt.NDArray[np.integer[Any]]) -> Texts:
    """Return the name of each code as a column of text, missing for -1.

    The words are not looked at row by row, as they are where an array of objects becomes a column.

    >>> texts_at(("a", "b"), np.array([1, -1])).tolist()
    ['b', nan]
    """
    return pd.array(list(names), dtype="str").take(codes, allow_fill=True)


def choices_at(names: Iterable[str], codes: npt.NDArray[np.integer[Any]]) -> pd.Categorical:
    """Return the choice of each code as a column of choices, missing for -1.

    >>> choices_at("ABC", np.array([2, -1])).tolist()
    ['C', nan]
    """
    return pd.Categorical.from_codes(codes, dtype=choice_dtype(tuple(map(str, names))))


def ranks(words: Words) -> npt.NDArray[np.int64]:
    """Return the place of each word in the order of text.

    >>> ranks(np.array(["b", "a", "b"], dtype=object)).tolist()
    [1, 0, 1]
    """
    written = words.tolist()
    if all(map(lt, written, written[1:])):  # as ids of customers mostly are
        return np.arange(len(words))
    return pd.factorize(words, sort=True)[0].astype(np.int64)


def places_of(words: Words) -> list[tuple[str, npt.NDArray[np.int64]]]:
    """Return each word, in the order of text, with the places where it stands.

    >>> [(word, at.tolist()) for word, at in places_of(np.array(["b", "a", "b"], dtype=object))]
    [('a', [1]), ('b', [0, 2])]
    """
    codes, found = pd.factorize(words, sort=True)
    order = np.argsort(codes, kind="stable").astype(np.int64)
    ends = np.cumsum(np.bincount(codes, minlength=len(found)))
    parts = np.split(order, ends[:-1]) if len(found) else []
    return list(zip(map(str, found), parts, strict=True))


def or_none(words: Words) -> Words:
    """Return the words, None for ``""``.

    >>> or_none(np.array(["a", ""], dtype=object)).tolist()
    ['a', None]
    """
    found = words.copy()
    found[words == ""] = None
    return found
