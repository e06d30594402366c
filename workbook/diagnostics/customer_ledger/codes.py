"""Words of a column as codes: the place of each among the words that there are."""

from collections.abc import Mapping
from itertools import repeat

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import texts
from workbook.diagnostics.customer_ledger.register import Ints
from workbook.diagnostics.names import normalised_name


def coded(
    frame: pd.DataFrame, column: str, *, in_order: bool = True
) -> tuple[Ints, tuple[str, ...]]:
    """Return the code of each row's word (-1 blank or absent) and the words by code.

    Words are in the order of text, or as they come where that is dear (a million documents).
    """
    if column not in frame:
        return np.full(len(frame), -1, dtype=np.int64), ()
    codes, found = pd.factorize(np.asarray(frame[column], dtype=object))
    written = found.tolist()
    plain = list(map(str.strip, map(str, written)))
    if not in_order and plain == written and "" not in plain:  # each has its number already
        return codes.astype(np.int64, copy=False), tuple(plain)
    distinct = dict.fromkeys(filter(None, plain))
    words = tuple(sorted(distinct)) if in_order else tuple(distinct)
    place = dict(zip(words, range(len(words)), strict=True))
    renamed = map(place.get, plain, repeat(-1))
    return np.fromiter((*renamed, -1), dtype=np.int64, count=len(plain) + 1)[codes], words


def codes_in(table: pd.DataFrame, customers: tuple[str, ...]) -> Ints:
    """Return the code of each row's customer, -1 where it is blank or unknown."""
    known = pd.Index(customers, dtype=object)
    return np.asarray(
        known.get_indexer(pd.Index(texts(table, "customer_id"), dtype=object)), dtype=np.int64
    )


def one_spelling(codes: Ints, words: tuple[str, ...]) -> tuple[Ints, tuple[str, ...]]:
    """Join products that differ by case, spaces or hyphens only, under the first spelling."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(normalised_name(word), word)
    joined = tuple(first.values())
    place = places(joined)
    renamed = np.array(
        [*(place[first[normalised_name(word)]] for word in words), -1], dtype=np.int64
    )
    return renamed[codes], joined


def places(words: tuple[str, ...]) -> Mapping[str, int]:
    """Return the place of each word."""
    return dict(zip(words, range(len(words)), strict=True))
