"""Aliases put into tables: every column that names a customer, manager, product, segment, item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from workbook.errors import Location, Problem
from workbook.intake.aliases.alias_file import ALIASES, KINDS, Aliases, alias_key
from workbook.intake.anonymity.rule_cells import rules_under
from workbook.intake.problems import error, few_of_each, listed, step, warning
from workbook.intake.schema import ColumnSchema, TableSchema
from workbook.intake.spellings import renamed_spellings
from workbook.intake.table import HEADINGS, InputTable
from workbook.language.nearest import nearest

_RECOMMENDER = "recommender"
"""A thing that may be a customer."""
_ANSWERS = ("respondent", "questionnaire", "wave", "item")
"""What is one answer, in the table of answers."""
_ONE_ROW = ("customers", "segments", "targets")
"""Tables of which a row says what a thing is: of two rows of one thing the one of its new name
counts."""

Key = tuple[str, str]
"""Kind, and key of an old name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """What aliases did to the tables of one period."""

    tables: Mapping[str, InputTable]
    rows: Mapping[Key, int] = field(default_factory=dict)
    """Rows in which an old name stood."""
    problems: tuple[Problem, ...] = ()


def renamed(tables: Mapping[str, InputTable], said: Sequence[Aliases]) -> Renamed:
    """Put new names into tables.

    Parameters
    ----------
    said
        Aliases of the engagement of the tables, then those of later ones in order of time: what
        one file makes of a name the next one sees.
    """
    made = dict(tables)
    rows: dict[Key, int] = {}
    problems: list[Problem] = []
    for aliases in said:
        names = {kind: aliases.names(kind) for kind in KINDS}
        if not any(names.values()):
            continue
        for name, table in made.items():
            made[name], found = _of_table(table, names, rows)
            problems += found
    return Renamed(tables=made, rows=rows, problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedItems:
    """Items of answers that stand in no table yet."""

    items: Sequence[str]
    rows: Mapping[Key, int]

    def added_to(self, rows: Mapping[Key, int]) -> Mapping[Key, int]:
        """Return counts of rows with these."""
        return {key: rows.get(key, 0) + self.rows.get(key, 0) for key in {**rows, **self.rows}}


def renamed_items(items: Sequence[str], said: Sequence[Aliases]) -> RenamedItems:
    """Put new names of items into answers of forms; ``said`` as :func:`renamed` has it."""
    made, rows = list(items), dict[Key, int]()
    for names in (aliases.names("item") for aliases in said):
        for place, item in enumerate(made if names else ()):
            key = alias_key("item", item)
            if key in names and names[key] != item:
                made[place] = names[key]
                rows["item", key] = rows.get(("item", key), 0) + 1
    return RenamedItems(items=made, rows=rows)


def kind_of(column: ColumnSchema) -> str:
    """Return the kind of things that a column names; empty of those that have no aliases."""
    if column.thing == _RECOMMENDER:
        return "customer"
    return next((kind for kind in (column.thing, column.identifies) if kind in KINDS), "")


def _of_table(
    table: InputTable, names: Mapping[str, Mapping[str, str]], rows: dict[Key, int]
) -> tuple[InputTable, list[Problem]]:
    changed = np.zeros(len(table.frame), dtype=bool)
    spellings = dict(table.spellings)
    frame = table.frame
    for column in table.schema.columns:
        kind = kind_of(column)
        if not kind or not names[kind] or column.name not in frame:
            continue
        is_rule = not column.thing and column.name != "name"
        to = _new_texts(frame[column.name], kind, names[kind], is_rule=is_rule)
        if not to.names:
            continue
        for key, n in to.rows.items():
            rows[kind, key] = rows.get((kind, key), 0) + n
        cells = frame[column.name]
        changed |= cells.isin(list(to.names)).to_numpy()
        frame = frame.assign(**{column.name: _with_texts(cells, to.names)})
        if column.name in spellings:
            spellings[column.name] = renamed_spellings(spellings[column.name], to.names)
    frame.attrs = dict(table.frame.attrs)
    made = replace(table, frame=frame, spellings=spellings)
    if table.schema.open_thing in KINDS:
        made = _headings(made, table.schema.open_thing, names[table.schema.open_thing], rows)
    return _each_once(made, changed) if changed.any() else (made, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewTexts:
    names: Mapping[str, str]
    """Text of a cell -> what stands there now."""
    rows: Mapping[str, int]
    """Key of an old name -> rows."""


def _new_texts(
    cells: "pd.Series[Any]", kind: str, names: Mapping[str, str], *, is_rule: bool
) -> _NewTexts:
    counts = cells.dropna().astype("str").value_counts(sort=False)
    new: dict[str, str] = {}
    rows: dict[str, int] = {}
    for text, n in zip(counts.index.tolist(), counts.tolist(), strict=True):
        met: list[str] = []

        def name(part: str, met: list[str] = met) -> str:
            key = alias_key(kind, part)
            met += [key] if key in names and names[key] != part else []
            return names.get(key, part)

        told = rules_under(text, name) if is_rule else name(text)
        for key in dict.fromkeys(met):
            rows[key] = rows.get(key, 0) + n
        if told != text:
            new[text] = told
    return _NewTexts(names=new, rows=rows)


def _with_texts(cells: "pd.Series[Any]", names: Mapping[str, str]) -> Any:
    codes, uniques = pd.factorize(cells)
    texts = [names.get(text, text) for text in np.asarray(uniques, dtype=object).tolist()]
    return pd.array(texts, dtype="str").take(codes, allow_fill=True)


def _headings(
    table: InputTable, kind: str, names: Mapping[str, str], rows: dict[Key, int]
) -> InputTable:
    """Rename headings that name things (targets: products), unless both names have a column."""
    known = {column.name for column in table.schema.columns}
    new: dict[str, str] = {}
    for heading in (str(name) for name in table.frame if name not in known):
        key = alias_key(kind, heading)
        told = names.get(key, heading)
        if told != heading and told not in table.frame and told not in new.values():
            new[heading] = told
            rows[kind, key] = rows.get((kind, key), 0) + 1
    if not new:
        return table
    columns = {new.get(name, name): place for name, place in table.columns.items()}
    spellings = dict(table.spellings)
    if HEADINGS in spellings:
        spellings[HEADINGS] = renamed_spellings(spellings[HEADINGS], new)
    frame = table.frame.rename(columns=new)
    return replace(table, frame=frame, columns=columns, spellings=spellings)


def _each_once(table: InputTable, changed: Any) -> tuple[InputTable, list[Problem]]:
    """Look for rows that two names had and that one name cannot have twice."""
    unique = [name for name in _unique(table.schema) if name in table.frame]
    if not unique:
        return table, []
    keys = table.frame[unique].astype("str").fillna("").agg("\0".join, axis=1)
    native = keys.isin(set(keys[~changed])).to_numpy()
    again = changed & (
        native | keys.where(changed, keys.index.astype("str")).duplicated().to_numpy()
    )
    if not again.any():
        return table, []
    first = table.frame.index[again]
    at = Location(file=ALIASES)
    facts = {"table": table.name, "n": int(again.sum()), "rows": listed(first.tolist())}
    if table.name not in _ONE_ROW:
        return table, [error("aliases_make_twice", at, file=table.file, **facts)]
    kept = table.frame.loc[~again]
    kept.attrs = dict(table.frame.attrs)
    made = replace(table, frame=kept, rows_used=len(kept))
    return made, [step("aliases_left_out", at, file=table.file, **facts)]


def _unique(schema: TableSchema) -> tuple[str, ...]:
    return schema.unique or (_ANSWERS if schema.name == "answers" else ())


def alias_problems(
    said: Aliases, rows: Mapping[Key, int], named: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    """Tell what the aliases of an engagement did, and which of them did nothing.

    Parameters
    ----------
    rows
        Rows of each, over all periods.
    named
        Kind -> names that the tables of all periods have, for those that are misspelt.
    """
    told: list[Problem] = []
    for one in said.lines:
        place = Location(file=ALIASES, row=one.row)
        n = rows.get((one.kind, alias_key(one.kind, one.old)), 0)
        if n:
            told.append(step("aliases_used", place, old=one.old, new=one.new, n=n))
            continue
        there = named.get(one.kind, ())
        if not any(alias_key(one.kind, name) == alias_key(one.kind, one.old) for name in there):
            near = nearest(one.old, [name for name in there if name != one.new])
            told.append(warning("aliases_unmet", place, one.old, nearest=near, old=one.old))
    yield from few_of_each(told)


def names_in_tables(several: Sequence[Mapping[str, InputTable]]) -> Mapping[str, list[str]]:
    """Return the names of each kind that stand in tables."""
    found: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    for table in (table for tables in several for table in tables.values()):
        for column in table.schema.columns:
            kind = kind_of(column)
            if kind and column.thing and column.name in table.frame:
                texts = table.frame[column.name].dropna().astype("str").unique().tolist()
                found[kind].update(dict.fromkeys(texts))
    return {kind: list(texts) for kind, texts in found.items()}
