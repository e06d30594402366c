"""The intake workbook filled by its own examples and lists passes every check, in each language."""

from datetime import date
from pathlib import Path

import pytest
from filled_intake import OWN_HEADING, client_tables, fill

from workbook.batch.services import default_services
from workbook.commands.check import check_engagement
from workbook.commands.init import init
from workbook.diagnostics import NAMES, param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.intake.tables import read_tables

ABOUT_THE_BOOK = {
    "unknown_column", "unknown_columns", "unknown_sheet", "title_lines", "formulas", "hidden_sheet",
    "hidden_column", "merged_cells", "control_characters_removed",
}  # fmt: skip


def engagement(folder: Path, *, language: str, asked_in: str) -> Path:
    """Make an engagement whose client has filled in the workbook of a language."""
    for name, code in (("other", asked_in), ("acme", language)):
        init(folder / name, language=code, today=date(2026, 1, 15))
    book = folder / "other" / f"intake.{asked_in}.xlsx"
    fill(book, folder / "acme" / "data" / "intake.xlsx", asked_in)
    return folder / "acme"


@pytest.mark.parametrize(
    ("language", "asked_in"), [("en", "en"), ("ru", "ru"), ("sk", "sk"), ("en", "ru")]
)
def test_a_filled_workbook_is_ready_for_every_report(
    tmp_path: Path, language: str, asked_in: str
) -> None:
    made = engagement(tmp_path, language=language, asked_in=asked_in)
    checked = check_engagement(made, default_services())
    assert [problem for problem in checked.problems if problem.is_error] == []
    assert set(checked.diagnostics) == set(NAMES)
    assert not ABOUT_THE_BOOK & {problem.code for problem in checked.problems}


def test_every_table_and_column_is_read(tmp_path: Path) -> None:
    made = engagement(tmp_path, language="ru", asked_in="ru")
    intake = read_tables(load_engagement(made, param_types()))
    assert set(intake.tables) == {name for name, _ in client_tables()}
    for name, schema in client_tables():
        frame = intake.tables[name].frame
        asked = [column.name for column in schema.described]
        assert not frame[asked].isna().any(axis=None)
    assert set(intake.tables["offers"].frame["status"]) == {"open", "won", "lost"}
    assert set(intake.tables["answers"].frame["process"]) == {True, False}
    assert OWN_HEADING in intake.tables["customers"].frame
    assert set(intake.tables["statements"].frame["line"].str.casefold()) == {"выручка"}
