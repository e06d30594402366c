"""An engagement with filled forms of tables, and what it gives."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from filled_forms import change, check_sentences, fill_table

from workbook.engagement.data import EngagementData, open_engagement
from workbook.errors import Problem
from workbook.forms.table_form import table_forms
from workbook.forms.table_form_writing import table_form_book

CONFIGURATION = """schema_version = 1
id = "acme"
client = "Acme"
language = "{language}"
currency = "EUR"
period = "2025-Q4"
as_of = 2025-12-31
"""
DAY = datetime(2025, 11, 15)
Rows = Mapping[int, Mapping[str, object]]
"""Number of the line below the headings -> column -> what is written."""


def engagement(folder: Path, language: str) -> Path:
    (folder / "data" / "forms").mkdir(parents=True)
    (folder / "engagement.toml").write_text(CONFIGURATION.format(language=language), "utf-8")
    return folder


def put(
    folder: Path,
    form: str,
    rows: Rows,
    *,
    name: str = "a.xlsx",
    language: str = "en",
    edit: Any = None,
    **fields: object,
) -> dict[int, int]:
    """Put a filled form into an engagement and return the rows of its lines."""
    products = ("Pumps", "Service") if form == "satisfaction" else ()
    path = folder / "data" / "forms" / name
    book = table_form_book(table_forms()[form], language=language, sheets=1, products=products)
    path.write_bytes(book)
    at: dict[int, int] = {}

    def fill_in(workbook: Any) -> None:
        at.update(fill_table(workbook.worksheets[0], rows, **fields))
        if edit:
            edit(workbook)

    change(path, fill_in)
    return at


def opened(folder: Path) -> EngagementData:
    """Open an engagement; every problem of a form must have its sentence."""
    case = open_engagement(folder)
    check_sentences([p for p in case.intake.problems if "form" in p.place.file])
    return case


def told(case: EngagementData) -> list[Problem]:
    return [p for p in case.intake.problems if p.place.file.startswith("data/forms/")]


def rows_of(case: EngagementData, table: str, *names: str) -> list[tuple[Any, ...]]:
    frame = case.tables[table].frame
    blank = frame[list(names)].astype(object).where(frame[list(names)].notna(), None)
    return list(blank.itertuples(index=False, name=None))
