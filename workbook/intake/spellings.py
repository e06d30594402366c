"""The spellings of identifiers and groups within one table: gathered, and made one.

Names of groups always get one spelling.  Identifiers get one where ``join_ids`` says so; else they
stay as they are until :mod:`workbook.intake.one_spelling` has asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.intake.schema import ColumnType, TableSchema
from workbook.intake.text_column import TextColumn
from workbook.language.spelling import id_keys, spelling_keys

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spellings:
    """How the things of one column are written, in the order of their first rows."""

    thing: str
    """What is named, as the schema has it."""
    is_id: bool
    join: bool | None
    """Whether spellings of one key are one thing; None: not told (identifiers only)."""
    texts: Sequence[str]
    """Distinct spellings of the file."""
    keys: Sequence[str]
    """Their keys; equal keys mean one thing."""
    counts: Ints
    """Cells with each spelling."""
    rows: Ints
    """First row of each spelling; 0 where it is a heading."""

    def several(self) -> dict[str, list[int]]:
        """Return the keys with two spellings or more, each with the places of its spellings."""
        if len(set(self.keys)) == len(self.keys):
            return {}
        at: dict[str, list[int]] = {}
        for place, key in enumerate(self.keys):
            at.setdefault(key, []).append(place)
        return {key: places for key, places in at.items() if len(places) > 1}

    def commonest(self) -> dict[str, str]:
        """Return the key of every thing with its commonest spelling; of equals the first."""
        best = dict(zip(reversed(self.keys), range(len(self.keys) - 1, -1, -1), strict=True))
        for key, places in self.several().items():
            best[key] = max(places, key=lambda place: (self.counts[place], -place))
        return {key: self.texts[place] for key, place in best.items()}


_NONE: Mapping[str, TextColumn | None] = MappingProxyType({})


def gathered(
    frame: pd.DataFrame,
    schema: TableSchema,
    join_ids: bool | None,
    named: Mapping[str, TextColumn | None] = _NONE,
) -> dict[str, Spellings]:
    """Return the spellings of every column that names things.

    Parameters
    ----------
    named
        Columns of the frame whose distinct texts are known already, by name.
    """
    found: dict[str, Spellings] = {}
    for column in schema.columns:
        if column.thing and column.name in frame:
            is_id = column.kind is ColumnType.ID
            join = join_ids if is_id else True
            cells = named.get(column.name) or _distinct(frame[column.name])
            rows = frame.index.to_numpy()
            found[column.name] = _of_column(cells, rows, column.thing, is_id=is_id, join=join)
    return found


def headings_gathered(names: Sequence[str], thing: str) -> Spellings:
    """Return the spellings of things that headings name."""
    return Spellings(
        thing=thing,
        is_id=False,
        join=True,
        texts=list(names),
        keys=spelling_keys(names),
        counts=np.zeros(len(names), dtype=np.int64),
        rows=np.zeros(len(names), dtype=np.int64),
    )


def _distinct(cells: "pd.Series[Any]") -> TextColumn:
    """Return cells by their distinct texts; a missing one has the code -1."""
    codes, uniques = pd.factorize(cells)
    return TextColumn(codes, np.asarray(uniques, dtype=object))


def _of_column(
    cells: TextColumn, index: Ints, thing: str, *, is_id: bool, join: bool | None
) -> Spellings:
    codes, texts = cells.codes, cells.distinct.tolist()
    rows = np.zeros(len(texts), dtype=np.int64)
    named = codes >= 0
    if not named.all():
        codes, index = codes[named], index[named]
    rows[codes[::-1]] = index[::-1]
    return Spellings(
        thing=thing,
        is_id=is_id,
        join=join,
        texts=texts,
        keys=id_keys(texts) if is_id else spelling_keys(texts),
        counts=np.bincount(codes, minlength=len(texts)).astype(np.int64),
        rows=rows,
    )


def unified(frame: pd.DataFrame, found: Mapping[str, Spellings]) -> pd.DataFrame:
    """Return the frame with one spelling of every thing in the columns that are to be joined."""
    changed = {
        column: respelt(frame[column], spellings, spellings.commonest())
        for column, spellings in found.items()
        if spellings.join and spellings.several()
    }
    return frame.assign(**changed) if changed else frame


def respelt(cells: "pd.Series[Any]", said: Spellings, spelling: Mapping[str, str]) -> Any:
    """Return cells with every spelling of the column replaced by the one of its key."""
    to = {text: spelling[key] for text, key in zip(said.texts, said.keys, strict=True)}
    codes, uniques = pd.factorize(cells)
    spelt = [to[text] for text in np.asarray(uniques, dtype=object).tolist()]
    names = pd.array(spelt, dtype="str")
    return names.take(codes, allow_fill=True)


def renamed_spellings(said: Spellings, names: Mapping[str, str]) -> Spellings:
    """Return spellings with some texts replaced; what is then written alike is one.

    Parameters
    ----------
    names
        Text -> the text in its place.
    """
    made: dict[str, tuple[int, int]] = {}
    for text, n, row in zip(said.texts, said.counts.tolist(), said.rows.tolist(), strict=True):
        new = names.get(text, text)
        count, first = made.get(new, (0, row))
        made[new] = count + n, min(first, row)
    texts = list(made)
    return replace(
        said,
        texts=texts,
        keys=id_keys(texts) if said.is_id else spelling_keys(texts),
        counts=np.array([n for n, _ in made.values()], dtype=np.int64),
        rows=np.array([row for _, row in made.values()], dtype=np.int64),
    )


def changes(said: Spellings, spelling: Mapping[str, str]) -> Iterator[tuple[str, list[int]]]:
    """Yield the spelling of every thing that the column writes otherwise, and where it does."""
    at: dict[str, list[int]] = {}
    for place, (text, key) in enumerate(zip(said.texts, said.keys, strict=True)):
        if text != spelling.get(key, text):
            at.setdefault(key, []).append(place)
    for key, places in at.items():
        yield spelling[key], places
