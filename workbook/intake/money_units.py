"""Amounts that a heading, or a line above it, says to be written in thousands or millions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from workbook.errors import Problem
from workbook.intake.cells.locale import Conventions
from workbook.intake.declared_facts import UNITS
from workbook.intake.heading_units import heading_unit
from workbook.intake.problems import error, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import TableSchema

_DECIMALS = 4
"""Kept of an amount: 1.1 million is 1 100 000, not 1 100 000.0000000001."""


def in_units(
    values: Any, raw: RawTable, index: int, conventions: Conventions
) -> tuple[Any, list[Problem]]:
    """Return the amounts of a column in units of the currency, and what was done to them.

    Parameters
    ----------
    values
        Numbers as written (``float64``).
    index
        Raw column; its heading, or the option ``unit``, says the multiple.
    """
    unit = heading_unit(raw.headings[index])
    place = replace(raw.column_place(index), row=raw.header_row)
    problems: list[Problem] = []
    if unit.currencies and conventions.currency not in unit.currencies:
        facts = {"own": conventions.currency, "currency": unit.currencies[0]}
        problems.append(error("heading_currency", place, raw.headings[index], **facts))
    declared = UNITS.get(conventions.unit)
    if unit.said and declared not in (None, unit.factor) and unit.factor is not None:
        facts = {"unit": conventions.unit, "table": conventions.table}
        return values, [*problems, error("unit_contradicts", place, unit.said, **facts)]
    factor = declared or unit.factor
    if factor is None:
        facts = {"table": conventions.table}
        return values, [*problems, error("unit_unclear", place, unit.said, **facts)]
    if factor == 1:
        return values, problems
    if declared is None:
        said = {"factor": grouped(factor), "currency": conventions.currency}
        problems.append(warning("unit_in_heading", place, unit.said, **said))
    return np.round(values * factor, _DECIMALS), problems


def unit_above(
    raw: RawTable, positions: Mapping[str, int], schema: TableSchema, conventions: Conventions
) -> list[Problem]:
    """Ask whose unit it is that a line above the header names, where nothing else names one.

    Parameters
    ----------
    positions
        Our name -> raw column.
    """
    money = [name for name in positions if schema.column(name).money]
    bare = [
        positions[name] for name in money if heading_unit(raw.headings[positions[name]]).said == ""
    ]
    above = [title for title in raw.titles if heading_unit(title).said]
    if not bare or not above or conventions.unit:
        return []
    place = replace(raw.place, row=raw.header_row)
    named = ", ".join(raw.column_place(index).column for index in bare)
    found = heading_unit(above[0])
    word = next((word for word, worth in UNITS.items() if worth == found.factor), "thousand")
    facts = {"said": found.said, "columns": named, "unit": word, "table": conventions.table}
    return [error("unit_above", place, above[0], **facts)]


def statement_units(
    raw: RawTable, positions: Mapping[str, int], schema: TableSchema, conventions: Conventions
) -> list[Problem]:
    """Refuse statements whose headings, or a line above them, name another unit than the option.

    Parameters
    ----------
    positions
        Our name -> raw column.
    """
    columns = [i for name, i in positions.items() if schema.column(name).unit_as_option]
    if not columns:
        return []
    header = replace(raw.place, row=raw.header_row)
    written = [(header, title) for title in raw.titles]
    written += [(replace(raw.column_place(i), row=header.row), raw.headings[i]) for i in columns]
    words = {worth: word for word, worth in UNITS.items()}
    for place, text in written:
        unit = heading_unit(text)
        if unit.said and unit.factor in words and unit.factor != conventions.statement_unit:
            own = words.get(conventions.statement_unit, str(conventions.statement_unit))
            facts = {"said": unit.said, "own": own, "unit": words[unit.factor]}
            return [error("statement_unit_differs", place, **facts)]
    return []


def grouped(number: float) -> str:
    """Return a whole number with its thousands apart, for messages.

    >>> grouped(1000000).split()
    ['1', '000', '000']
    """
    return f"{number:,.0f}".replace(",", "\u00a0")
