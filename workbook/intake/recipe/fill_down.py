"""Rows grouped under a name: the name is written into the rows below it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from workbook.engagement.settings import TableOptions
from workbook.errors import Problem
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.typed_column import type_column
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.problems import error, listed, shown, step, warning
from workbook.intake.raw_table import RawTable, Texts
from workbook.intake.recipe.patterns import first_match
from workbook.intake.rows.total_rows import any_number
from workbook.intake.rows.total_words import Surety, total_label
from workbook.intake.schema import ColumnSchema, ColumnType

Mask: TypeAlias = npt.NDArray[np.bool_]
_NUMBERS = (ColumnType.NUMBER, ColumnType.INTEGER, ColumnType.MARK, ColumnType.SHARE)
_TOLERANCE = 0.005
_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    """Rows that only name a group, and the column of amounts whose subtotals they may have."""

    rows: Mask
    amount: int | None
    column: ColumnSchema | None


def filled_down(
    raw: RawTable, lookup: HeadingLookup, options: TableOptions, conventions: Conventions
) -> tuple[RawTable, list[Problem]]:
    """Return the table with the cells of ``fill_down`` filled from above, and what was done.

    A row that names a group and has nothing else that every row must have is left out; where it
    has an amount, that is compared with the sum of the rows of its group.
    """
    if not options.fill_down or not len(raw.rows):
        return raw, []
    indexes: list[int] = []
    for said in options.fill_down:
        at = _index(raw, lookup, said)
        if at is None:
            place = replace(raw.place, row=raw.header_row)
            there = ", ".join(shown(heading) for heading in raw.headings if heading)
            return raw, [error("fill_down_missing", place, said, there=there)]
        indexes.append(at)
    totals = _totals(raw, indexes)
    groups = _group_rows(raw, lookup, indexes, totals)
    problems: list[Problem] = []
    made = raw
    for index in indexes:
        texts, changed = _from_above(raw.texts[index], totals)
        made = made.with_texts(index, texts, changed)
        count = int((changed & ~groups.rows).sum())
        problems.append(step("filled_down", raw.column_place(index), count=count))
    if groups.rows.any():
        at_rows = raw.rows[groups.rows]
        place = replace(raw.place, row=int(at_rows[0]))
        problems.append(step("group_rows", place, count=len(at_rows), rows=listed(at_rows)))
        problems += _subtotals(raw, groups, totals, conventions)
    made = made.keep_rows(~groups.rows)
    return replace(made, dropped=raw.dropped), problems


def _index(raw: RawTable, lookup: HeadingLookup, said: str) -> int | None:
    found = first_match([said], raw.headings)
    if found:
        return found[0]
    return next((at for at, heading in enumerate(raw.headings) if lookup(heading) == said), None)


def _totals(raw: RawTable, indexes: Sequence[int]) -> Mask:
    """Return the rows that a word of totals names: they belong to no group."""
    found = np.zeros(len(raw.rows), dtype=bool)
    for index in indexes:
        known: dict[str, bool] = {}
        for at, text in enumerate(raw.texts[index]):
            if text and text not in known:
                known[text] = total_label(text).surety is Surety.SURE
            found[at] |= bool(text) and known[text]
    return found


def _from_above(texts: Texts, totals: Mask) -> tuple[Texts, Mask]:
    made, changed, last = texts.copy(), np.zeros(len(texts), dtype=bool), ""
    for at, text in enumerate(texts):
        if totals[at]:
            continue
        if text.strip():
            last = text
        elif last:
            made[at], changed[at] = last, True
    return made, changed


def _group_rows(
    raw: RawTable, lookup: HeadingLookup, indexes: Sequence[int], totals: Mask
) -> _Groups:
    names = {at: name for at, heading in enumerate(raw.headings) if (name := lookup(heading))}
    amount, loose, needed = None, None, []
    for at, name in names.items():
        column = lookup.schema.column(name)
        if column.kind in _NUMBERS:
            if column.name == "amount":
                amount, loose = at, any_number(column)
        elif column.required and at not in indexes:
            needed.append(at)
    rows = np.zeros(len(raw.rows), dtype=bool)
    if needed:
        named = np.any([~raw.is_blank(at) for at in indexes], axis=0)
        empty = np.all([raw.is_blank(at) for at in needed], axis=0)
        rows = named & empty & ~totals
    return _Groups(rows=rows, amount=amount, column=loose)


def _subtotals(
    raw: RawTable, groups: _Groups, totals: Mask, conventions: Conventions
) -> list[Problem]:
    """Compare the amounts of group rows with the sums of the rows below them."""
    if groups.amount is None or groups.column is None:
        return []
    values = np.asarray(
        type_column(raw, groups.amount, groups.column, conventions).values, dtype=np.float64
    )
    own = np.where(groups.rows | totals, 0.0, np.nan_to_num(values))
    starts = np.flatnonzero(groups.rows)
    ends = [*starts[1:], len(values)]
    wrong: list[tuple[int, float, float]] = []
    told = 0
    for begin, end in zip(starts, ends, strict=True):
        stop = next((at for at in range(begin, end) if totals[at]), end)
        if stop - begin > 1 and np.isfinite(values[begin]):
            told += 1
            total = float(own[begin:stop].sum())
            if abs(total - values[begin]) > _TOLERANCE * max(1, stop - begin):
                wrong.append((int(raw.rows[begin]), float(values[begin]), total))
    if not wrong:
        return []
    row, said, total = wrong[0]
    facts = {
        "count": len(wrong),
        "of": told,
        "sum": f"{total:.10g}",
        "rows": listed([row for row, *_ in wrong], most=_MOST),
    }
    place = replace(raw.column_place(groups.amount), row=row)
    return [warning("group_sum_differs", place, f"{said:.10g}", **facts)]
