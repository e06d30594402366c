"""Customers that tables or periods write almost alike: NB-029 in sales, NB029 elsewhere.

Under :func:`workbook.language.spelling.loose_id_keys` they are one.  Two texts are asked about only
where nothing says that they are two customers: of one key the table of customers has one, or, of
those that it has not, no column has both.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from workbook.errors import Location, Problem
from workbook.intake.aliases.alias_file import alias_line
from workbook.intake.problems import error, shown, warning
from workbook.intake.schema import ColumnType
from workbook.intake.table import InputTable
from workbook.language.spelling import id_keys, loose_id_keys, loosened

_CUSTOMER = "customer"
_REGISTER = "customers"
EXAMPLES = 3
"""Pairs that a message names."""
MOST_LINES = 200
"""Lines for aliases.csv that a message carries."""

Tables = Mapping[str, InputTable]
JoinIds = Callable[[str], bool | None]
"""What ``join_ids`` says of a table."""


def near_ids(
    tables: Tables, join: JoinIds, language: str
) -> tuple[dict[str, InputTable], list[Problem]]:
    """Return the tables with customers joined that are almost alike, and what is asked.

    Nothing is joined where ``join_ids`` does not say so.
    """
    made, problems = dict(tables), list[Problem]()
    for (name, column), pairs in _strangers(ids_of(tables)).items():
        table, told = tables[name], join(name)
        rows = table.frame[column].isin(list(pairs))
        first = next(iter(table.frame.index[rows.to_numpy()]))
        facts = _facts(pairs, language, rows=int(rows.sum()), table=name)
        place = Location(
            file=table.file,
            sheet=table.sheet,
            row=int(first),
            column=table.columns.get(column, column),
        )
        if told is None:
            problems.append(error("ids_near_alike", place, **facts))
        elif told:
            made[name] = with_ids(made[name], pairs)
            problems.append(warning("ids_near_joined", place, **facts))
    return made, problems


def _facts(pairs: Mapping[str, str], language: str, **more: object) -> dict[str, object]:
    """Return the facts of a question: pairs, how many, and the lines that answer it."""
    lines = tuple(
        alias_line(_CUSTOMER, old, new, language) for old, new in list(pairs.items())[:MOST_LINES]
    )
    return {"pairs": told_pairs(pairs), "count": len(pairs), "alias_lines": lines, **more}


def told_pairs(pairs: Mapping[str, str]) -> str:
    """Return the first pairs as a message names them.

    >>> told_pairs({"NB-029": "NB029"})
    'NB-029 = NB029'
    """
    first = [f"{shown(old)} = {shown(new)}" for old, new in list(pairs.items())[:EXAMPLES]]
    return "; ".join(first) + (" …" if len(pairs) > EXAMPLES else "")


def _columns(table: InputTable) -> list[str]:
    return [
        column.name
        for column in table.schema.columns
        if column.thing == _CUSTOMER and column.kind is ColumnType.ID and column.name in table.frame
    ]


def ids_of(tables: Tables) -> dict[tuple[str, str], list[str]]:
    """Return the customers of every column that names them, by table and column."""
    return {
        (table.name, column): distinct_names(table.frame[column])
        for table in tables.values()
        for column in _columns(table)
    }


def distinct_names(cells: "pd.Series[Any]") -> list[str]:
    """Return the different texts of a column in the order of their first rows.

    >>> distinct_names(pd.Series(["b", None, "a", "b"], dtype="str"))
    ['b', 'a']
    """
    names: list[str] = pd.Series(cells.unique()).dropna().astype("str").unique().tolist()
    return names


@dataclass(slots=True)
class _Alike:
    """Identifiers of one loose key."""

    keys: dict[str, str]
    """Key -> its first text."""
    columns: list[set[str]]
    """Keys in each column that has any."""
    known: set[str]
    """Keys that the table of customers has."""


def _strangers(
    found: Mapping[tuple[str, str], Sequence[str]],
) -> dict[tuple[str, str], dict[str, str]]:
    """Return, by column, the customers that are probably others, as these are written."""
    ordered = sorted(found, key=lambda place: place[0] != _REGISTER)
    keyed = _several_keys({place: _keyed(found[place]) for place in ordered})
    groups: dict[str, _Alike] = {}
    for place in ordered:
        own: dict[str, set[str]] = {}
        for text, key, loose in keyed[place]:
            group = groups.setdefault(loose, _Alike({}, [], set()))
            group.keys.setdefault(key, text)
            own.setdefault(loose, set()).add(key)
            if place[0] == _REGISTER:
                group.known.add(key)
        for loose, keys in own.items():
            groups[loose].columns.append(keys)
    right = {loose: _right(one) for loose, one in groups.items() if len(one.keys) > 1}
    made: dict[tuple[str, str], dict[str, str]] = {}
    for place in ordered:
        pairs = {
            text: groups[loose].keys[meant]
            for text, key, loose in keyed[place]
            if (meant := right.get(loose, "")) and meant != key
        }
        if pairs:
            made[place] = pairs
    return made


def _keyed(texts: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return every text with its key and its loose key."""
    keys = id_keys(texts)
    return list(zip(texts, keys, loosened(keys, texts), strict=True))


def _several_keys(
    keyed: Mapping[tuple[str, str], Sequence[tuple[str, str, str]]],
) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """Return what has a loose key under which there are several keys: hardly ever anything."""
    first: dict[str, str] = {}
    several = {
        loose
        for texts in keyed.values()
        for _, key, loose in texts
        if first.setdefault(loose, key) != key
    }
    return {
        place: [one for one in texts if one[2] in several] if several else []
        for place, texts in keyed.items()
    }


def _right(group: _Alike) -> str:
    """Return the key that the others probably mean; empty where they may be several customers."""
    if group.known:
        return min(group.known) if len(group.known) == 1 else ""
    if any(len(keys) > 1 for keys in group.columns):
        return ""
    return max(group.keys, key=lambda key: sum(key in keys for keys in group.columns))


def ids_before(tables: Tables, known: Iterable[str]) -> dict[str, str]:
    """Return the customers of an earlier period that are written otherwise now, as they are now.

    Parameters
    ----------
    known
        Customers of the later periods.
    """
    now = list(dict.fromkeys(known))
    then = list(dict.fromkeys(text for texts in ids_of(tables).values() for text in texts))
    both = set(now) & set(then)
    made: dict[str, str] = {}
    for keys_of in (id_keys, loose_id_keys):
        new = _only_once(now, keys_of(now))
        old = _only_once(then, keys_of(then))
        for key, text in old.items():
            other = new.get(key)
            if other and other != text and text not in both and other not in both:
                made.setdefault(text, other)
    return made


def _only_once(texts: Sequence[str], keys: Sequence[str]) -> dict[str, str]:
    """Return the text of every key that one text has."""
    found: dict[str, str] = {}
    for text, key in zip(texts, keys, strict=True):
        found[key] = "" if key in found else text
    return {key: text for key, text in found.items() if text}


def with_ids(table: InputTable, pairs: Mapping[str, str]) -> InputTable:
    """Return a table with customers as others write them; rows of its register stay one each."""
    frame = table.frame
    for column in _columns(table):
        frame = frame.assign(**{column: _respelt(frame[column], pairs)})
    frame.attrs = dict(table.frame.attrs)
    return replace(table, frame=frame)


def _respelt(cells: "pd.Series[Any]", pairs: Mapping[str, str]) -> Any:
    codes, uniques = pd.factorize(cells)
    texts = [pairs.get(text, text) for text in np.asarray(uniques, dtype=object).tolist()]
    return pd.array(texts, dtype="str").take(codes, allow_fill=True)
