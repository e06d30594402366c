"""Rows that ``drop_rows`` leaves out: by their number, and by their first words."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from workbook.errors import Location, Problem
from workbook.intake.problems import error, listed, shown, step
from workbook.intake.raw_table import RawTable
from workbook.intake.recipe.patterns import matches

_TOLD = 5


def by_kind(drop: Sequence[int | str]) -> tuple[list[int], list[str]]:
    """Return the numbers and the patterns of ``drop_rows``.

    >>> by_kind([2, "Total*"])
    ([2], ['Total*'])
    """
    numbers = [one for one in drop if isinstance(one, int)]
    return numbers, [one for one in drop if isinstance(one, str)]


def by_number(
    rows: Sequence[int], records: Sequence[Sequence[str]], drop: Collection[int], place: Location
) -> list[Problem]:
    """Tell which rows ``drop_rows`` leaves out; a number that no row has is an error.

    ``rows`` are the numbers of the ``records`` of a file as the file shows them.
    """
    gone = {row: record for row, record in zip(rows, records, strict=True) if row in set(drop)}
    problems: list[Problem] = []
    if gone:
        first = min(gone)
        text = ", ".join(filter(None, (cell.strip() for cell in gone[first])))
        facts = {"count": len(gone), "rows": listed(sorted(gone), most=20)}
        problems.append(step("rows_dropped", replace(place, row=first), text, **facts))
    missing = sorted(set(drop) - gone.keys())
    if missing:
        facts = {"last": max(rows, default=0), "first": min(rows, default=0)}
        problems.append(error("drop_row_unknown", place, listed(missing), **facts))
    return problems


def by_first_words(
    firsts: Sequence[str], rows: Sequence[int], words: Sequence[str], place: Location
) -> tuple[npt.NDArray[np.bool_], list[Problem]]:
    """Return the rows whose first filled cell is as a pattern says, and what is said of them.

    Parameters
    ----------
    firsts
        First filled cell of every row.
    rows
        Their numbers as the file shows them.
    """
    known: dict[str, bool] = {}
    for text in firsts:
        if text not in known:
            known[text] = any(matches(pattern, text) for pattern in words)
    gone = np.array([known[text] for text in firsts], dtype=bool)
    if not gone.any():
        return gone, []
    places: list[int] = np.flatnonzero(gone).tolist()
    at = [rows[i] for i in places]
    counts = Counter(shown(firsts[i]) for i in places).most_common()
    values = ", ".join(f"“{text}” {n}" for text, n in counts[:_TOLD])
    values += " …" if len(counts) > _TOLD else ""
    facts = {"count": len(at), "rows": listed(at, most=20), "values": values}
    return gone, [step("rows_dropped_by_words", replace(place, row=int(at[0])), **facts)]


def without_first_words(raw: RawTable, words: Sequence[str]) -> tuple[RawTable, list[Problem]]:
    """Return a table without the rows that the patterns of ``drop_rows`` name."""
    if not words or not len(raw.rows):
        return raw, []
    firsts = np.full(len(raw.rows), "", dtype=object)
    for texts in raw.texts:
        blank = firsts == ""
        firsts[blank] = [text.strip() for text in texts[blank]]
    gone, said = by_first_words(firsts.tolist(), raw.rows.tolist(), words, raw.place)
    return replace(raw.keep_rows(~gone), dropped=raw.dropped + int(gone.sum())), said
