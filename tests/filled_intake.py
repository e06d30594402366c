"""Fills the intake workbook as a client would: by the examples, and from the drop-down lists."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from workbook.intake.schema import ColumnSchema, ColumnType, TableSchema
from workbook.intake.schema_files import all_schemas

ROWS = 6
SURVEYED = 14
_ROWS_OF = {"survey": SURVEYED, "targets": 1}
OWN_HEADING = "Storage m2"
_LISTS = {ColumnType.CHOICE, ColumnType.YES_NO}
_NUMBERS = {ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.MARK}


def fill(source: Path, target: Path, language: str) -> None:
    """Fill every table of an intake workbook and save it elsewhere."""
    book = openpyxl.load_workbook(source)
    for name, schema in client_tables():
        sheet = book[schema.headings[language]]
        for number in range(_ROWS_OF.get(name, ROWS)):
            _fill_row(sheet, schema, language, number)
        if schema.open_column is not None:
            _fill_own(sheet, schema, language)
    book.save(target)


def client_tables() -> Iterator[tuple[str, TableSchema]]:
    """Yield the tables that a client fills in."""
    yield from ((name, schema) for name, schema in all_schemas().items() if schema.of_client)


def choices_of(sheet: Worksheet, letter: str) -> list[str]:
    """Return the words of the list that drops down in the cells of a column."""
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list" and f"{letter}2" in rule.sqref:
            if rule.formula1.startswith('"'):
                return rule.formula1.strip('"').split(",")
            area = sheet.parent.defined_names[rule.formula1].attr_text
            title, cells = area.replace("$", "").split("!")
            return [row[0].value for row in sheet.parent[title][cells]]
    return []


def _fill_row(sheet: Worksheet, schema: TableSchema, language: str, number: int) -> None:
    telling = schema.unique[0] if schema.unique else schema.described[0].name
    for at, column in enumerate(schema.described, start=1):
        cell = sheet.cell(number + 2, at)
        words = choices_of(sheet, cell.column_letter) if column.kind in _LISTS else []
        vary = number if column.name == telling else 0
        cell.value = words[number % len(words)] if words else _value(column, language, vary)


def _value(column: ColumnSchema, language: str, vary: int) -> Any:
    if column.kind is ColumnType.DATE:
        return datetime.fromisoformat(column.examples["en"])
    if column.kind in _NUMBERS:
        return float(column.examples["en"]) + vary
    return f"{column.examples[language]}-{vary}" if vary else column.examples[language]


def _fill_own(sheet: Worksheet, schema: TableSchema, language: str) -> None:
    """Fill columns whose headings are the client's own: products, or one fact of customers."""
    first = len(schema.described) + 1
    words = choices_of(sheet, sheet.cell(2, first).column_letter)
    product = all_schemas()["sales"].column("product").examples[language]
    if words:
        for at, word in enumerate(words):
            sheet.cell(1, first + at).value = f"{product} {at}" if at else product
            sheet.cell(2, first + at).value = word
        return
    sheet.cell(1, first).value = OWN_HEADING
    condition = ">" in schema.open_column.examples[language]
    for number in range(ROWS):
        sheet.cell(number + 2, first).value = "> 1000" if condition else "1500"
