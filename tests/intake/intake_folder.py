"""Engagement folders with files given as bytes or rows, and problems as plain tuples."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from workbook.engagement.settings import Engagement, IntakeOptions, TableOptions
from workbook.errors import Problem
from workbook.intake.tables import Intake, read_tables
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

DAY_FORMAT = "dd.mm.yyyy"


@dataclass(frozen=True)
class Folder:
    """One engagement folder under test."""

    path: Path

    def write(self, name: str, content: bytes | str) -> Path:
        file = self.path / "data" / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return file

    def write_xlsx(
        self,
        name: str,
        sheets: Mapping[str, Sequence[Sequence[Any]]],
        change: Callable[[Any], None] | None = None,
    ) -> Path:
        """Write a workbook; dates get a date format; ``change`` gets the xlsxwriter workbook."""
        file = self.path / "data" / name
        with xlsxwriter.Workbook(file, {"strings_to_numbers": False}) as book:
            day = book.add_format({"num_format": DAY_FORMAT})
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for row, cells in enumerate(rows):
                    for column, cell in enumerate(cells):
                        if isinstance(cell, date):
                            sheet.write_datetime(row, column, cell, day)
                        elif cell is not None:
                            sheet.write(row, column, cell)
            if change:
                change(book)
        return file

    def read(
        self, language: str = "en", names: Sequence[str] | None = None, **options: Any
    ) -> Intake:
        """Read the tables; every problem must have its sentence in every language."""
        intake = read_tables(self.engagement(language, **options), names)
        for problem in intake.problems:
            for tongue in LANGUAGES:
                assert "…" not in line(problem, tongue).replace(problem.found, "").replace(
                    " …)", ""
                )
        return intake

    def engagement(
        self, language: str = "en", tables: Mapping[str, TableOptions] | None = None, **options: Any
    ) -> Engagement:
        """Return the engagement; ``options`` are those of [intake], ``tables`` of its sections."""
        return Engagement(
            folder=self.path,
            id="acme",
            client="Acme",
            language=language,
            currency="EUR",
            period="2025",
            as_of=date(2025, 12, 31),
            intake=IntakeOptions(general=TableOptions(**options), tables=tables or {}),
        )


def errors(intake: Intake) -> list[tuple[str, int | None, str]]:
    """Return the errors as (code, row, found)."""
    return [(p.code, p.place.row, p.found) for p in intake.problems if p.is_error]


def warnings(intake: Intake) -> list[str]:
    """Return the codes of the warnings."""
    said = ("columns_mapped", "options_declared")
    return [p.code for p in intake.problems if not p.is_error and p.code not in said]


def only(intake: Intake, code: str) -> Problem:
    """Return the one problem with a code."""
    found = [p for p in intake.problems if p.code == code]
    assert len(found) == 1, [(p.code, p.place, dict(p.facts)) for p in intake.problems]
    return found[0]
