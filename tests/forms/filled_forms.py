"""Forms written by the program and filled by openpyxl, as people fill them in a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.errors import Problem
from workbook.forms.layout import ANSWERS, FIELD_COLUMNS, KEY, Respondent
from workbook.forms.reading import read_form
from workbook.forms.table_form import table_forms
from workbook.forms.table_layout import FIELD_VALUE, FIRST
from workbook.forms.writing import form_book
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

Fill = Mapping[str, Mapping[str, str]]
"""Item -> column of the table ``answers`` -> what is written into the cell."""


@dataclass(frozen=True)
class Forms:
    """Writes forms into a folder and reads them back."""

    folder: Path
    questionnaires: Sequence[Questionnaire]

    def write(
        self,
        *,
        language: str = "en",
        respondents: Sequence[Respondent] | int = 1,
        name: str = "form.xlsx",
        questionnaire: Questionnaire | None = None,
    ) -> Path:
        path = self.folder / name
        asked = questionnaire or self.questionnaires[0].asked()
        path.write_bytes(form_book(asked, language=language, respondents=respondents))
        return path

    def read(self, path: Path) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
        """Read a form; every problem must have its whole sentence in every language."""
        frame, problems = read_form(path, self.questionnaires)
        check_sentences(problems)
        return frame, problems


def check_sentences(problems: Sequence[Problem]) -> None:
    for problem in problems:
        for language in LANGUAGES:
            said = line(problem, language).replace(problem.found, "")
            assert "…" not in said, said


def change(path: Path, edit: Callable[[Any], None]) -> Path:
    """Open a workbook, edit it and save it."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def fill(sheet: Worksheet, answers: Fill, **person: str) -> None:
    """Write answers and the respondent's fields into the cells of a sheet."""
    rows = row_by_key(sheet)
    for item, cells in answers.items():
        for name, text in cells.items():
            sheet.cell(rows[f"item:{item}"], ANSWERS[name] + 1).value = text
    for key, row in rows.items():
        if key.startswith("fields:"):
            for name, column in zip(key[7:].split(","), FIELD_COLUMNS, strict=True):
                if name in person:
                    sheet.cell(row, column + 1).value = person[name]


def fill_table(
    sheet: Worksheet, rows: Mapping[int, Mapping[str, object]], **fields: object
) -> dict[int, int]:
    """Write cells into lines of a table's form and its fields, and return the lines' rows.

    ``rows``: number of the line below the headings, from 0 -> column -> what is written.
    """
    keys = row_by_key(sheet)
    form = table_forms()[next(key for key in keys if key.startswith("form:")).split(":")[1]]
    heading = keys["columns"]
    for number, cells in rows.items():
        for name, value in cells.items():
            column = FIRST + form.columns.index(name) + 1
            sheet.cell(heading + 1 + number, column).value = value
    for name, value in fields.items():
        sheet.cell(keys[f"field:{name}"], FIELD_VALUE + 1).value = value
    return {number: heading + 1 + number for number in rows}


def row_by_key(sheet: Worksheet) -> dict[str, int]:
    cells = (sheet.cell(row, KEY + 1) for row in range(1, sheet.max_row + 1))
    return {str(cell.value): cell.row for cell in cells if cell.value is not None}


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]
