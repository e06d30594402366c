"""An engagement folder with a recipe."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from workbook.diagnostics import param_types
from workbook.engagement.data import EngagementData, read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

_HEAD = """schema_version = 1
id = "acme"
client = "Acme"
language = "{language}"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""


class Recipe:
    """Writes data files and reads them by a recipe."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "data").mkdir()

    def csv(self, name: str, text: str, encoding: str = "utf-8") -> None:
        (self.folder / "data" / name).write_bytes(text.encode(encoding))

    def xlsx(
        self, name: str, sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()
    ) -> None:
        with xlsxwriter.Workbook(self.folder / "data" / name) as book:
            day = book.add_format({"num_format": "dd.mm.yyyy"})
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for row, cells in enumerate(rows):
                    for column, cell in enumerate(cells):
                        if hasattr(cell, "isoformat"):
                            sheet.write_datetime(row, column, cell, day)
                        elif cell is not None:
                            sheet.write(row, column, cell)
                for area in merged:
                    sheet.merge_range(area, "")
                    first = area.partition(":")[0]
                    row, column = int(first[1:]) - 1, ord(first[0]) - 65
                    sheet.write(row, column, rows[row][column])

    def read(self, recipe: str, language: str = "en") -> EngagementData:
        """Read the folder; every problem has its sentence in every language."""
        text = _HEAD.format(language=language) + recipe
        (self.folder / "engagement.toml").write_text(text, "utf-8")
        data = read_engagement(load_engagement(self.folder, param_types()))
        for problem in data.problems:
            for tongue in LANGUAGES:
                assert line(problem, tongue)
        return data


ErrorsOf = Callable[[EngagementData], list[str]]
