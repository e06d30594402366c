"""Which rows of a table are data: what is left out, by whom, and what is said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workbook.engagement.settings import TableOptions
from workbook.errors import Problem
from workbook.intake.cells.locale import Conventions
from workbook.intake.currency_column import currency_problems
from workbook.intake.raw_table import RawTable
from workbook.intake.rows.answer_rows import answers_only
from workbook.intake.rows.odd_rows import footer_rows, heading_rows
from workbook.intake.rows.row_choice import by_where, left_by_where
from workbook.intake.rows.telling_columns import telling_columns
from workbook.intake.rows.total_rows import TotalRows
from workbook.intake.schema import TableSchema
from workbook.language.nearest import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRows:
    """The rows of a table that are read further."""

    raw: RawTable
    rows_in: int
    """Rows of data in the file: those that options leave out among them, totals not."""
    problems: tuple[Problem, ...]
    told: frozenset[str] = frozenset()
    """Columns that have had their word, as places name them: they are not called unknown."""


def data_rows(
    raw: RawTable,
    positions: Mapping[str, int],
    extra: Sequence[int],
    *,
    schema: TableSchema,
    conventions: Conventions,
    options: TableOptions,
) -> DataRows:
    """Leave out what is no data: totals, headings, and what [intake.<table>] says.

    ``positions`` are the columns that the table reads, by our name; ``extra`` the others.
    Totals are judged before ``where`` is followed: they sum up the file as it is.  Headings below
    the header are looked for in the rows that it keeps.
    """
    where, drop, table = options.where, options.drop_rows, schema.name
    kept, problems = by_where(raw, where, table)
    found, said = heading_rows(
        raw.keep_rows(kept), positions, schema=schema, conventions=conventions, drop=drop
    )
    headings = np.zeros(len(raw.rows), dtype=bool)
    headings[np.flatnonzero(kept)[found]] = True
    problems += said
    raw, kept = raw.keep_rows(~headings), kept[~headings]
    finder = TotalRows(raw, positions, schema=schema, conventions=conventions)
    totals = finder.find(kept)
    problems += finder.problems(table=table, drop=drop, where=where)
    raw, kept = raw.keep_rows(~totals), kept[~totals]
    rows_in = len(raw.rows) + raw.dropped
    problems += left_by_where(raw, where, kept)
    raw = raw.keep_rows(kept)
    answers = answers_only(raw, positions, extra, table=table, where=where)
    problems += answers.problems
    raw = answers.raw
    footers, said = footer_rows(raw, positions, schema=schema, drop=drop)
    raw = raw.keep_rows(~footers)
    told = _told_columns(raw, positions, extra, schema, conventions, options, answers.told)
    return DataRows(raw=raw, rows_in=rows_in, problems=(*problems, *said, *told[0]), told=told[1])


def _told_columns(
    raw: RawTable,
    positions: Mapping[str, int],
    extra: Sequence[int],
    schema: TableSchema,
    conventions: Conventions,
    options: TableOptions,
    told: frozenset[str],
) -> tuple[list[Problem], frozenset[str]]:
    """Return what columns that are not read say of the rows, and all that have had their word."""
    money = [positions[c.name] for c in schema.columns
             if (c.money or c.name == "amount") and c.name in positions]  # fmt: skip
    problems, spoken = currency_problems(
        raw, money, extra, table=schema.name, own=conventions.currency, where=options.where
    )
    named = {plain(heading) for heading in options.where}
    spoken += [index for index in extra if plain(raw.headings[index]) in named]
    places = {raw.column_place(index).column for index in spoken} | told
    if not schema.open:
        free = [index for index in extra if raw.column_place(index).column not in places]
        said, columns = telling_columns(raw, free, table=schema.name, where=options.where)
        problems += said
        places |= {raw.column_place(index).column for index in columns}
    return problems, frozenset(places)
