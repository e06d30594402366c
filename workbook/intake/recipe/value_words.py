"""The client's words for our values."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from workbook.errors import Problem
from workbook.intake.problems import shown, step
from workbook.intake.raw_table import RawTable, as_texts
from workbook.intake.recipe.patterns import has_star, matches
from workbook.intake.schema import ColumnSchema
from workbook.language.nearest import plain

REST = "*"
OPEN = "?"
"""Begins what stands for a value that nobody has chosen yet: its words stay as they are."""
_TOLD = 4


def with_our_values(
    raw: RawTable, index: int, values: Mapping[str, Sequence[str]], column: ColumnSchema
) -> tuple[RawTable, list[Problem]]:
    """Return the table with our values in one column, and what was replaced by what.

    A word letter for letter comes before a pattern, and ``*`` alone is every word that nothing
    else names: neither the recipe nor the closed list of the column itself, in which "Closed lost"
    is lost.  Blank cells are meant by an empty text only.
    """
    choices = (column.choices or {}).items()
    known = {plain(form) for word, forms in choices for form in (word, *forms)}
    codes, uniques = raw.cells[index].codes, raw.cells[index].distinct
    found = [_our_value(str(text).strip(), values, known) for text in uniques]
    pairs = zip(uniques, found, strict=True)
    to = as_texts([text if ours is None else ours for text, ours in pairs])
    hit = np.array([ours is not None for ours in found], dtype=bool)
    if not hit.any():
        return raw, []
    counts = np.bincount(codes, minlength=len(found))
    told: dict[str, Counter[str]] = {}
    for text, ours, n in zip(uniques, found, counts.tolist(), strict=True):
        if ours is not None:
            told.setdefault(ours, Counter())[str(text).strip()] += n
    said = "; ".join(f"{shown(ours) or '–'} ← {_words(words)}" for ours, words in told.items())
    place = replace(raw.column_place(index), row=None)
    problem = step("values_mapped", place, values=said, count=int(counts[hit].sum()))
    return raw.with_texts(index, to[codes], hit[codes]), [problem]


def _words(words: "Counter[str]") -> str:
    listed = ", ".join(f"“{shown(word)}” {n}" for word, n in words.most_common(_TOLD))
    return listed + (" …" if len(words) > _TOLD else "")


def _our_value(
    text: str, values: Mapping[str, Sequence[str]], known: Collection[str]
) -> str | None:
    key, rest = plain(text), None
    alike: str | None = None
    for ours, words in values.items():
        for word in () if ours.startswith(OPEN) else words:
            if word == REST:
                rest = ours
            elif plain(word) == key and (word or not text):
                return ours
            elif alike is None and text and has_star(word) and matches(word, text):
                alike = ours
    if alike is not None:
        return alike
    return rest if text and key not in known else None
