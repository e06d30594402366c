"""One spelling for one thing in all tables: groups are joined and said, identifiers asked about.

A thing takes its commonest spelling (of equals the first), a customer the one of the table of
customers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from workbook.errors import Location, Problem
from workbook.intake.problems import error, shown, warning
from workbook.intake.spellings import Spellings, changes, respelt
from workbook.intake.table import HEADINGS, InputTable
from workbook.language.spelling import difference

_EXAMPLES = 3
"""Things that a message names."""
_SPELLINGS = 5
"""Spellings of each that it names."""
_FIRST = "customers"
"""The table whose spelling of a customer counts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Column:
    """One column that names things."""

    table: InputTable
    name: str
    said: Spellings

    def place(self, row: int | None = None) -> Location:
        """Return the place of the column, or of a cell in it."""
        heading = self.table.columns.get(self.name, self.name)
        return Location(file=self.table.file, sheet=self.table.sheet, row=row, column=heading)

    def cell(self, at: int) -> str:
        """Return the file and row of a spelling, as an example names them."""
        sheet = f" ({self.table.sheet})" if self.table.sheet else ""
        row = int(self.said.rows[at])
        return f"{self.table.file}{sheet}" + (f":{row}" if row else "")


def one_spelling(tables: Mapping[str, InputTable]) -> tuple[dict[str, InputTable], list[Problem]]:
    """Return the tables with one spelling of every thing, and what that changed or left open."""
    kinds: dict[str, list[_Column]] = {}
    for table in tables.values():
        for name, said in table.spellings.items():
            kinds.setdefault(said.thing, []).append(_Column(table=table, name=name, said=said))
    made = {name: replace(table, spellings={}) for name, table in tables.items()}
    problems: list[Problem] = []
    for columns in kinds.values():
        spelling = _spelling(columns)
        if spelling:
            for column in columns:
                problems += _problems(column, columns, spelling)
                if column.said.join:
                    made[column.table.name] = _respelt(made[column.table.name], column, spelling)
    return made, problems


def _spelling(columns: list[_Column]) -> dict[str, str]:
    """Return the spelling of every thing that is written in several ways, by its key."""
    if len(columns) == 1:
        said = columns[0].said
        several = said.several()
        commonest = said.commonest() if several else {}
        return {key: commonest[key] for key in several}
    texts = {text for column in columns for text in column.said.texts}
    if len(texts) == len({key for column in columns for key in column.said.keys}):
        return {}
    written: dict[str, dict[str, int]] = {}
    for column in columns:
        said = column.said
        for text, key, n in zip(said.texts, said.keys, said.counts.tolist(), strict=True):
            counts = written.setdefault(key, {})
            counts[text] = counts.get(text, 0) + n
    best = {key: max(c, key=c.__getitem__) for key, c in written.items() if len(c) > 1}
    for column in columns:
        if column.said.is_id and column.table.name == _FIRST:
            own = column.said.commonest()
            best |= {key: own[key] for key in best if key in own}
    return best


def _problems(
    column: _Column, columns: list[_Column], spelling: Mapping[str, str]
) -> Iterator[Problem]:
    said = column.said
    if not said.is_id:
        yield from _joined("groups_joined", column, spelling)
    elif said.join:
        yield from _joined("ids_joined", column, spelling)
    elif said.join is None:
        within = said.several()
        yield from _asked_within(column, within)
        yield from _asked_across(column, columns, _others(said, spelling, within))
    else:
        yield from _kept_apart(column, columns, spelling)


def _joined(code: str, column: _Column, spelling: Mapping[str, str]) -> Iterator[Problem]:
    """Say which spellings a column had besides the one that each thing now has."""
    found = list(changes(column.said, spelling))
    if not found or (column.name == HEADINGS and column.said.several()):
        return
    counts, texts = column.said.counts, column.said.texts
    found.sort(key=lambda pair: -sum(int(counts[at]) for at in pair[1]))
    told = "; ".join(
        f"{shown(name)}: "
        + ", ".join(f"{_seen(texts[at], name)} ({int(counts[at])})" for at in places[:_SPELLINGS])
        + (", …" if len(places) > _SPELLINGS else "")
        for name, places in found[:_EXAMPLES]
    )
    every = [at for _, places in found for at in places]
    first = min(int(column.said.rows[at]) for at in every)
    yield warning(
        code,
        column.place(first or None),
        names=told + (" …" if len(found) > _EXAMPLES else ""),
        count=len(found),
        rows=sum(int(counts[at]) for at in every),
    )


def _asked_within(column: _Column, within: Mapping[str, list[int]]) -> Iterator[Problem]:
    """Ask about identifiers that one column writes in several ways."""
    if not within:
        return
    said = column.said
    told = "; ".join(
        " = ".join(
            f"{_seen(said.texts[at], said.texts[p[0]])} ({int(said.rows[at])})"
            for at in p[:_SPELLINGS]
        )
        for p in islice(within.values(), _EXAMPLES)
    )
    second = min(int(said.rows[places[1]]) for places in within.values())
    yield error(
        "ids_spelt_twice",
        column.place(second),
        ids=told + (" …" if len(within) > _EXAMPLES else ""),
        count=len(within),
        table=column.table.name,
    )


def _others(
    said: Spellings, spelling: Mapping[str, str], within: Mapping[str, list[int]]
) -> list[tuple[str, int]]:
    """Return the spelling and the place of things that other tables write otherwise."""
    found = changes(said, spelling)
    return [(name, places[0]) for name, places in found if said.keys[places[0]] not in within]


def _asked_across(
    column: _Column, columns: list[_Column], found: list[tuple[str, int]]
) -> Iterator[Problem]:
    """Ask about identifiers that another table writes otherwise."""
    if found:
        yield error(
            "ids_spelt_otherwise",
            column.place(int(column.said.rows[found[0][1]])),
            ids=_pairs(column, columns, found),
            count=len(found),
            table=column.table.name,
        )


def _kept_apart(
    column: _Column, columns: list[_Column], spelling: Mapping[str, str]
) -> Iterator[Problem]:
    found = [(name, places[0]) for name, places in changes(column.said, spelling)]
    if found:
        yield warning(
            "ids_kept_apart",
            column.place(int(column.said.rows[found[0][1]])),
            ids=_pairs(column, columns, found),
            count=len(found),
        )


def _pairs(column: _Column, columns: list[_Column], found: list[tuple[str, int]]) -> str:
    told = "; ".join(
        f"{_seen(column.said.texts[at], name)} ({column.cell(at)}) = "
        f"{shown(name)} ({_where(columns, name)})"
        for name, at in found[:_EXAMPLES]
    )
    return told + (" …" if len(found) > _EXAMPLES else "")


def _where(columns: list[_Column], name: str) -> str:
    """Return file and row of a spelling; the table of customers first."""
    ordered = sorted(columns, key=lambda column: column.table.name != _FIRST)
    return next(c.cell(c.said.texts.index(name)) for c in ordered if name in c.said.texts)


def _seen(text: str, other: str) -> str:
    """Return a spelling as a message shows it, with what the eye cannot tell from ``other``."""
    unlike = difference(text, other)
    return f"{shown(text)} [{unlike}]" if unlike else shown(text)


def _respelt(table: InputTable, column: _Column, spelling: Mapping[str, str]) -> InputTable:
    """Return the table with one column (or its headings) in the spelling that all have."""
    said = column.said
    to = {key: spelling.get(key, own) for key, own in said.commonest().items()}
    if column.name != HEADINGS:
        if not any(key in spelling for key in said.keys):
            return table
        cells = respelt(table.frame[column.name], said, to)
        return replace(table, frame=table.frame.assign(**{column.name: cells}))
    new = {text: to[key] for text, key in zip(said.texts, said.keys, strict=True)}
    new = {text: name for text, name in new.items() if text != name}
    if not new or said.several() or any(name in table.frame for name in new.values()):
        return table
    columns = {new.get(name, name): place for name, place in table.columns.items()}
    return replace(table, frame=table.frame.rename(columns=new), columns=columns)
