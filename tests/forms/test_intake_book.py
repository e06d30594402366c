"""The intake workbook as a spreadsheet program sees it, and as the program reads it back."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from filled_intake import choices_of, client_tables

from workbook.commands.intake_workbook import client_workbook
from workbook.engagement.settings import SCHEMA_VERSION, Engagement
from workbook.forms.intake_book import LISTS, ROWS, intake_book
from workbook.forms.intake_columns import line_names
from workbook.intake.schema import ColumnType
from workbook.intake.schema_files import all_schemas
from workbook.intake.tables import read_tables
from workbook.language.catalog import load_texts
from workbook.language.languages import LANGUAGES


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def content(language) -> bytes:
    return client_workbook(language)


@pytest.fixture(scope="module")
def book(content) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rules(sheet):
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def cells_of(sheet, number):
    """Return the format of the cells of a column; equal neighbours share one."""
    return next(c for c in sheet.column_dimensions.values() if c.min <= number <= c.max)


def test_the_same_workbook_gives_the_same_bytes(language, content):
    assert content == client_workbook(language)


def test_every_table_of_the_client_has_a_sheet_and_the_reference_base_has_none(book, language):
    titles = {schema.headings[language] for _, schema in client_tables()}
    texts = load_texts("intake", language)
    assert set(book.sheetnames) == {
        *titles, texts("guide_sheet"), texts("columns_sheet"), LISTS,
    }  # fmt: skip
    assert book.sheetnames[0] == texts("guide_sheet")
    assert all_schemas()["base"].headings[language] not in titles
    assert all(len(title) <= 31 for title in book.sheetnames)


def test_it_says_which_version_of_the_tables_it_has(book):
    assert book.custom_doc_props["workbook_schema"].value == str(SCHEMA_VERSION)


def test_headings_are_locked_and_frozen_and_cells_below_are_not(book, language):
    for _, schema in client_tables():
        sheet = book[schema.headings[language]]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        for at, column in enumerate(schema.described, start=1):
            heading = sheet.cell(1, at)
            assert heading.value == column.headings[language]
            assert heading.protection.locked
            assert heading.comment.text
            assert not cells_of(sheet, at).protection.locked


def test_what_is_required_is_shown_by_word_and_colour_and_stays_out_of_the_heading(book, language):
    words = load_texts("intake", language)
    for _, schema in client_tables():
        sheet = book[schema.headings[language]]
        for at, column in enumerate(schema.described, start=1):
            must = column.required or column.needed
            cell = sheet.cell(1, at)
            assert words("required" if must else "optional") in cell.number_format
            assert (cell.fill.fgColor.rgb == "FF1F3864") == must
            rule = rules(sheet)[f"{cell.column_letter}2:{cell.column_letter}{ROWS + 1}"]
            assert rule.prompt.startswith(words("note.required")) == must


def test_a_closed_list_drops_down_in_the_language_and_refuses_other_words(book, language):
    for _, schema in client_tables():
        sheet = book[schema.headings[language]]
        for at, column in enumerate(schema.described, start=1):
            letter = sheet.cell(1, at).column_letter
            if column.kind in (ColumnType.CHOICE, ColumnType.YES_NO):
                assert choices_of(sheet, letter) == list(column.choice_words(language).values())
                assert rules(sheet)[f"{letter}2:{letter}{ROWS + 1}"].showErrorMessage


@pytest.mark.parametrize(
    ("table", "column", "kind", "low", "high", "number_format"),
    [
        ("survey", "score", "whole", "0", "10", "0"),
        ("customers", "employees", "whole", "0", "1000000000000", "0"),
        ("sales", "amount", "decimal", "-1000000000000", "1000000000000", "#,##0.00"),
        ("satisfaction", "mark", "decimal", "0", "100", "General"),
        ("sales", "document_id", None, None, None, "@"),
        ("plans", "period", None, None, None, "@"),
    ],
)
def test_numbers_are_asked_within_their_bounds(
    book, language, table, column, kind, low, high, number_format
):
    schema = all_schemas()[table]
    sheet = book[schema.headings[language]]
    at = [found.name for found in schema.described].index(column) + 1
    letter = sheet.cell(1, at).column_letter
    rule = rules(sheet)[f"{letter}2:{letter}{ROWS + 1}"]
    assert (rule.type, rule.formula1, rule.formula2) == (kind, low, high)
    assert cells_of(sheet, at).number_format == number_format


def test_days_are_asked_as_days_and_shown_as_the_language_writes_them(book, language):
    schema = all_schemas()["sales"]
    sheet = book[schema.headings[language]]
    rule = rules(sheet)[f"B2:B{ROWS + 1}"]
    assert rule.type == "date"
    shown = {"en": "d mmm yyyy", "ru": "dd.mm.yyyy"}
    assert cells_of(sheet, 2).number_format == shown.get(language, "d. m. yyyy")


def test_the_lines_of_a_statement_are_a_hidden_list_that_may_be_overruled_by_a_code(book, language):
    schema = all_schemas()["statements"]
    sheet = book[schema.headings[language]]
    names = list(line_names(schema, language))
    assert choices_of(sheet, "C") == names
    assert len(",".join(names)) > 255
    assert not rules(sheet)[f"C2:C{ROWS + 1}"].showErrorMessage
    assert book[LISTS].sheet_state == "veryHidden"


def test_own_columns_have_a_heading_to_write(book, language):
    for _, schema in client_tables():
        sheet = book[schema.headings[language]]
        first = sheet.cell(1, len(schema.described) + 1)
        assert first.protection.locked == (schema.open_column is None)
        assert first.value is None


def test_notes_fit_into_what_a_spreadsheet_shows(book):
    for sheet in book:
        for rule in rules(sheet).values():
            assert len(rule.prompt or "") <= 255
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.error or "") <= 225


def test_a_comma_parts_a_list_so_words_with_one_stand_in_a_range(language):
    schema = all_schemas()["offers"]
    columns = tuple(
        replace(c, words={"won": {language: "won, paid"}, "lost": {language: "lost"}})
        if c.name == "status"
        else c
        for c in schema.columns
    )
    content = intake_book({"offers": replace(schema, columns=columns)}, language=language)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert choices_of(book[schema.headings[language]], "D") == ["won, paid", "lost"]


def test_no_cell_holds_a_formula(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search(rb"<f[ >]", archive.read(name))


def test_the_sheet_of_columns_tells_of_every_column(book, language):
    sheet = book[load_texts("intake", language)("columns_sheet")]
    told = {row[:2] for row in sheet.iter_rows(values_only=True)}
    for _, schema in client_tables():
        title = schema.headings[language]
        assert {(title, column.headings[language]) for column in schema.described} <= told


@pytest.mark.parametrize("name", ["intake.xlsx", "Intake.{}.xlsx"])
def test_unfilled_it_is_read_as_nothing_at_all(content, language, tmp_path, name):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name.format(language)).write_bytes(content)
    intake = read_tables(engagement(tmp_path, language))
    assert (intake.problems, dict(intake.tables)) == ((), {})


def engagement(folder: Path, language: str) -> Engagement:
    return Engagement(
        folder=folder,
        id="acme",
        client="Acme",
        language=language,
        currency="EUR",
        period="2025-Q4",
        as_of=date(2025, 12, 31),
    )
