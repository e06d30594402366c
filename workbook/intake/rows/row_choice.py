"""Rows that the consultant leaves out: by their number (drop_rows) and by a value (where)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.errors import Problem
from workbook.intake.cells.cell_kinds import NUMBER
from workbook.intake.problems import error, listed, shown, step, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.recipe.patterns import first_match, has_star, matches
from workbook.language.nearest import nearest, plain

Mask = npt.NDArray[np.bool_]
_WHOLE = (str, bool, int, float, date)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """One entry of ``where``: the rows with one of these values are kept, or left out."""

    heading: str
    values: tuple[str, ...]
    keep: bool


def rules_of(where: Mapping[str, object]) -> list[RowRule]:
    """Return the entries of ``where`` as engagement.toml has them.

    Raises
    ------
    ValueError
        For an entry that is no value, no list of values and no ``{not = ...}``.

    Examples
    --------
    >>> rules_of({"Status": {"not": "Spam"}})
    [RowRule(heading='Status', values=('Spam',), keep=False)]
    """
    return [_rule(heading, said) for heading, said in where.items()]


def _rule(heading: str, said: object) -> RowRule:
    keep = not isinstance(said, Mapping)
    if isinstance(said, Mapping):
        if set(said) != {"not"}:
            raise ValueError(heading)
        said = said["not"]
    values = said if isinstance(said, list | tuple) else [said]
    if not values or not all(isinstance(value, _WHOLE) for value in values):
        raise ValueError(heading)
    return RowRule(heading=heading, values=tuple(map(_text, values)), keep=keep)


def _text(value: object) -> str:
    """Return a value of TOML as a cell shows it."""
    return str(value).casefold() if isinstance(value, bool) else str(value)


def keys_of(raw: RawTable, index: int) -> tuple[npt.NDArray[np.int64], list[str], list[str]]:
    """Return the code of every row of a column, its distinct texts, and these for comparison."""
    codes, texts = pd.factorize(raw.texts[index])
    found = [str(text).strip() for text in texts]
    return codes, found, [_key(text) for text in found]


def _key(text: str) -> str:
    return plain(text.removesuffix(".0") if text[:-2].isdigit() else text)


def find_column(raw: RawTable, heading: str) -> int | None:
    """Return the index of a heading or of a pattern of one, compared as headings are."""
    return next(iter(first_match([heading], raw.headings)), None)


def by_where(raw: RawTable, where: Mapping[str, object], table: str) -> tuple[Mask, list[Problem]]:
    """Return the rows that ``where`` keeps, and what is to be said of it.

    Every entry must hold.  A heading that is not there is an error, as is a value that no row
    has when another is like it or when nothing is left.
    """
    kept = np.ones(len(raw.rows), dtype=bool)
    problems: list[Problem] = []
    for rule in rules_of(where):
        index = find_column(raw, rule.heading)
        if index is None:
            problems.append(_no_heading(raw, rule, table))
            continue
        hits, said = _hits(raw, index, rule, table)
        problems += said
        kept &= hits if rule.keep else ~hits
    return kept, problems


def left_by_where(raw: RawTable, where: Mapping[str, object], kept: Mask) -> list[Problem]:
    """Tell how many rows ``where`` leaves out, by the values of its columns."""
    if kept.all():
        return []
    out = raw.keep_rows(~kept)
    told: list[str] = []
    for rule in rules_of(where):
        index = find_column(raw, rule.heading)
        if index is not None:
            told.append(f"{shown(rule.heading)}: {counted(out.texts[index])}")
    place = replace(raw.place, row=int(out.rows[0]))
    facts = {"count": len(out.rows), "of": len(raw.rows), "values": "; ".join(told)}
    return [step("rows_left_by_where", place, rows=listed(out.rows), **facts)]


def counted(texts: Iterable[str], most: int = 5) -> str:
    """Return the commonest values with their numbers.

    >>> counted(["a", "b", "a"])
    '“a” 2, “b” 1'
    """
    found = Counter(text.strip() for text in texts).most_common()
    told = ", ".join(f"“{shown(text)}” {count}" for text, count in found[:most])
    return told + (" …" if len(found) > most else "")


def _hits(raw: RawTable, index: int, rule: RowRule, table: str) -> tuple[Mask, list[Problem]]:
    codes, texts, keys = keys_of(raw, index)
    wanted = {_key(value) for value in rule.values}
    stars = [value for value in rule.values if has_star(value)]
    hit = np.array(
        [
            key in wanted or any(matches(star, text) for star in stars)
            for key, text in zip(keys, texts, strict=True)
        ],
        dtype=bool,
    )
    unmet = [value for value in rule.values if _key(value) not in keys and value not in stars]
    unmet = [value for value in unmet if value or rule.keep]  # no blank cells: all the better
    place = replace(raw.column_place(index), row=None)
    problems: list[Problem] = []
    for value in unmet:
        near = nearest(value, [text for text in texts if text and _key(text) not in wanted])
        make = error if near or (rule.keep and not hit.any() and len(hit)) else warning
        known = ", ".join(f"“{shown(text)}”" for text in texts[:8]) + (" …" if texts[8:] else "")
        facts = {"nearest": shown(near), "known": known, "table": table}
        problems.append(make("where_no_value", place, value, **facts))
    return (hit[codes] if len(hit) else np.zeros(len(codes), dtype=bool)), problems


def _no_heading(raw: RawTable, rule: RowRule, table: str) -> Problem:
    place = replace(raw.place, row=raw.header_row)
    near = nearest(rule.heading, filter(None, raw.headings))
    there = ", ".join(shown(heading) for heading in raw.headings if heading)
    facts = {"nearest": near, "there": there, "table": table}
    return error("where_no_heading", place, rule.heading, **facts)


def number_texts(raw: RawTable, index: int) -> bool:
    """Return whether the file itself says that a column holds numbers."""
    return raw.kinds is not None and bool((raw.kinds[index] == NUMBER.encode()).any())
