"""Amounts that a heading, or a line above it, says to be written in thousands or millions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from workbook.errors import Problem
from workbook.intake.conventions import Conventions
from workbook.intake.findings import error, warning
from workbook.intake.heading_units import heading_unit
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
        Raw column; its heading says the multiple.
    """
    unit = heading_unit(raw.headings[index])
    place = replace(raw.column_place(index), row=raw.header_row)
    problems: list[Problem] = []
    if unit.currencies and conventions.currency not in unit.currencies:
        facts = {"own": conventions.currency, "currency": unit.currencies[0]}
        problems.append(error("heading_currency", place, raw.headings[index], **facts))
    if unit.factor is None:
        return values, [*problems, error("unit_unclear", place, unit.said)]
    if unit.factor == 1:
        return values, problems
    said = {"factor": grouped(unit.factor), "currency": conventions.currency}
    problems.append(warning("unit_in_heading", place, unit.said, **said))
    return np.round(values * unit.factor, _DECIMALS), problems


def unit_above(raw: RawTable, positions: Mapping[str, int], schema: TableSchema) -> list[Problem]:
    """Ask whose unit it is that a line above the header names, where a heading names none.

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
    if not bare or not above:
        return []
    place = replace(raw.place, row=raw.header_row)
    named = ", ".join(raw.column_place(index).column for index in bare)
    said = heading_unit(above[0]).said
    return [error("unit_above", place, above[0], said=said, columns=named)]


def grouped(number: float) -> str:
    """Return a whole number with its thousands apart, for messages.

    >>> grouped(1000000).split()
    ['1', '000', '000']
    """
    return f"{number:,.0f}".replace(",", "\u00a0")
