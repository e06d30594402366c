"""Workbooks: containers, hidden truths, limits (cases A and C)."""

import os
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from intake_folder import Folder, errors, only, warnings

from workbook.intake.files import book_reader, container

HEAD = ["respondent_id", "date", "score", "reason", "weight"]
DAY = date(2025, 3, 1)
ROWS = [HEAD, ["007", DAY, 9, "fine", 1.5], ["8", DAY, 10, "good", 2]]


def survey(intake):
    return intake.tables["survey"].frame


def repacked(file: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Rewrite the parts of a workbook; None drops the part."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            new = change(name, data)
            if new is not None:
                archive.writestr(name, new)


def in_sheet(old: str, new: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(old.encode(), new.encode()) if "sheet1.xml" in name else data

    return change


def test_values_dates_and_ids_come_through_and_rows_are_those_of_the_sheet(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"anything": ROWS})
    intake = folder.read()
    frame = survey(intake)
    assert intake.problems == ()
    assert frame.index.tolist() == [2, 3]
    assert frame["respondent_id"].tolist() == ["007", "8"]
    assert frame["date"].dt.date.tolist() == [DAY, DAY]
    assert frame["weight"].tolist() == [1.5, 2.0]
    assert intake.files[0].tables == ("survey",)


def test_a_bad_cell_is_named_by_letter_and_heading(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": [["Опрос"], [], [*HEAD], ["1", DAY, 11, "", None]]})
    problem = only(folder.read(), "out_of_range")
    assert (problem.place.sheet, problem.place.row) == ("S", 4)
    assert (problem.place.column, problem.found) == ("C (score)", "11")


# A: what the file is


@pytest.mark.bad_input("A1", "A3", "A4")
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("survey.xlsx", b"", "file_empty"),
        ("survey.csv", b"", "file_empty"),
        ("survey.csv", b" \r\n", "file_empty"),
        ("survey.xlsx", b"PK\x03\x04 not really", "workbook_damaged"),
        ("survey.xlsx", b"<html><table></table></html>", "html_file"),
        ("survey.csv", b"<!DOCTYPE html><p>", "html_file"),
        ("survey.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_damaged"),
        ("survey.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook_damaged"),
        ("survey.ods", b"PK\x03\x04", "workbook_damaged"),
        ("survey.numbers", b"PK\x03\x04", "other_spreadsheet"),
        ("survey.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x", "mhtml_file"),
        ("survey.csv", b"%PDF-1.7", "not_a_table_file"),
        (
            "survey.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password_protected",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_what_it_is(
    folder: Folder, name: str, content: bytes, code: str
) -> None:
    folder.write(name, content)
    assert [code for code, _, _ in errors(folder.read())] == [code]


@pytest.mark.bad_input("A2")
def test_a_truncated_workbook_is_refused_as_damaged(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    file.write_bytes(file.read_bytes()[:3000])
    assert errors(folder.read()) == [("workbook_damaged", None, "")]


@pytest.mark.bad_input("A3")
def test_a_csv_called_xlsx_is_read_as_csv_with_a_warning(folder: Folder) -> None:
    folder.write("survey.xlsx", "respondent_id;date;score\n1;2025-01-01;9\n")
    intake = folder.read()
    assert len(survey(intake)) == 1
    assert only(intake, "wrong_extension").facts["true"] == "CSV"


@pytest.mark.bad_input("A3")
def test_a_workbook_called_csv_is_read_as_a_workbook_with_a_warning(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    file.rename(file.with_suffix(".csv"))
    intake = folder.read()
    assert len(survey(intake)) == 2
    assert warnings(intake) == ["wrong_extension"]


@pytest.mark.bad_input("A5")
def test_owner_files_and_system_litter_are_ignored(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": ROWS})
    for name in ("~$survey.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini"):
        folder.write(name, b"x")
    (folder.path / "data" / "__MACOSX").mkdir()
    assert folder.read().problems == ()


@pytest.mark.bad_input("A6")
def test_an_open_workbook_is_named_as_locked(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_xlsx("survey.xlsx", {"S": ROWS})

    def locked(*_: object, **__: object) -> int:
        failure = PermissionError(13, "sharing violation")
        failure.winerror = 32  # as Windows says it
        raise failure

    monkeypatch.setattr("workbook.intake.files.plain_file.os.open", locked)
    assert errors(folder.read()) == [("file_locked", None, "")]


@pytest.mark.bad_input("A7")
def test_a_zip_bomb_is_refused_by_its_directory(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 30_000_000)
    assert errors(folder.read()) == [("unpacks_too_large", None, "")]


@pytest.mark.bad_input("A8")
@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576"])
def test_one_cell_at_the_end_of_the_sheet_is_refused_and_the_parent_lives(
    folder: Folder, cell: str
) -> None:
    row = ["x"] * 400 if cell.startswith("A") else []
    folder.write_xlsx(
        "survey.xlsx", {"S": [*ROWS, row]}, lambda book: book.worksheets()[0].write(cell, 1)
    )
    assert errors(folder.read())[0][0] == "used_range_too_large"


@pytest.mark.bad_input("A9")
@pytest.mark.parametrize("reference", ["A1", "A1:XFD1048576", "B2:C2"])
def test_a_false_dimension_changes_nothing(folder: Folder, reference: str) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    repacked(file, in_sheet('<dimension ref="A1:E3"/>', f'<dimension ref="{reference}"/>'))
    assert len(survey(folder.read())) == 2


@pytest.mark.bad_input("A10")
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused_and_no_file_content_gets_out(folder: Folder, part: str) -> None:
    secret = folder.path / "secret.txt"
    secret.write_text("canary", "utf-8")
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    doctype = f'?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'

    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        return data.replace(b"?>", doctype.encode(), 1).replace(b">fine<", b">&e;<")

    repacked(file, change)
    intake = folder.read()
    assert errors(intake) == [("workbook_unsafe", None, "")]
    assert "canary" not in repr(intake)


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


@pytest.mark.bad_input("A11")
def test_a_strict_workbook_is_read(folder: Folder) -> None:
    def strict(_: str, data: bytes) -> bytes:
        for usual, name in STRICT.items():
            data = data.replace(usual, name)
        return data

    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    expected = survey(folder.read())
    repacked(file, strict)
    intake = folder.read()
    assert intake.problems == ()
    assert survey(intake).equals(expected)


MOVED = {
    "xl/workbook.xml": "workbook.xml",
    "xl/_rels/workbook.xml.rels": "_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml": "xl/worksheets/Sheet1.XML",
}


def renamed(file: Path, new: Callable[[str], str], of_package: bytes) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if name == "_rels/.rels":
                data = data.replace(b'"xl/workbook.xml"', b'"' + of_package + b'"')
            if name == "xl/_rels/workbook.xml.rels" and of_package == b"workbook.xml":
                data = data.replace(b'Target="', b'Target="/xl/')
            info = zipfile.ZipInfo("x")
            info.filename = new(name)
            archive.writestr(info, data)


@pytest.mark.parametrize(
    ("new", "of_package"),
    [
        (lambda name: MOVED.get(name, name), b"workbook.xml"),
        (lambda name: name.replace("/", "\\"), b"xl\\workbook.xml"),
        (lambda name: name.upper(), b"xl/workbook.xml"),
        (lambda name: "/" + name, b"/xl/workbook.xml"),
    ],
    ids=["elsewhere", "backslashes", "capitals", "absolute"],
)
def test_parts_are_found_through_their_relations(
    new: Callable[[str], str], of_package: bytes, folder: Folder
) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    expected = survey(folder.read())
    renamed(file, new, of_package)
    intake = folder.read()
    assert intake.problems == ()
    assert survey(intake).equals(expected)


def test_two_parts_that_differ_in_case_only_are_refused(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    renamed(file, lambda name: MOVED.get(name, name), b"workbook.xml")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    assert errors(folder.read()) == [("workbook_odd_parts", None, "")]


@pytest.mark.bad_input("A12")
def test_a_workbook_without_shared_strings_is_read(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:  # inline strings
        sheet = book.add_worksheet("S")
        for row, cells in enumerate([HEAD[:3], ["a", None, 9]]):
            sheet.write_row(row, 0, cells)
        sheet.write_datetime(1, 1, DAY, book.add_format({"num_format": "dd.mm.yyyy"}))
    repacked(file, lambda name, data: None if name == "xl/sharedStrings.xml" else data)
    assert survey(folder.read())["respondent_id"].tolist() == ["a"]


@pytest.mark.bad_input("A12")
def test_a_wrong_checksum_is_refused_as_damaged(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    with zipfile.ZipFile(file) as archive:
        crc = archive.getinfo("xl/worksheets/sheet1.xml").CRC.to_bytes(4, "little")
    file.write_bytes(file.read_bytes().replace(crc, b"\1\2\3\4"))
    assert errors(folder.read()) == [("workbook_damaged", None, "")]


@pytest.mark.bad_input("A13")
def test_macros_are_never_run_and_said_aloud(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    file.rename(file.with_suffix(".xlsm"))
    intake = folder.read()
    assert warnings(intake) == ["has_macros"]
    assert len(survey(intake)) == 2


@pytest.mark.bad_input("A15")
def test_a_link_is_refused(folder: Folder, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.csv"
    target.write_text("respondent_id;date;score\n1;2025-01-01;9\n", "utf-8")
    (folder.path / "data" / "survey.csv").symlink_to(target)
    assert errors(folder.read()) == [("file_is_link", None, "")]


@pytest.mark.bad_input("A15")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this platform")
def test_a_fifo_is_refused_without_waiting(folder: Folder) -> None:
    os.mkfifo(folder.path / "data" / "survey.csv")
    assert errors(folder.read()) == [("file_is_pipe", None, "")]


@pytest.mark.bad_input("A15")
def test_a_file_that_changes_while_read_is_refused(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder.write("survey.csv", "respondent_id;date;score\n1;2025-01-01;9\n")
    honest = container.kind_of

    def meanwhile(data: bytes) -> str:
        file.write_text("other", "utf-8")
        return honest(data)

    monkeypatch.setattr("workbook.intake.tables.kind_of", meanwhile)
    assert errors(folder.read()) == [("file_changed", None, "")]


@pytest.mark.bad_input("A16")
def test_too_many_sheets_are_refused_with_the_limit(folder: Folder) -> None:
    sheets = {f"s{n}": [["x"]] for n in range(container.MOST_SHEETS + 1)}
    folder.write_xlsx("intake.xlsx", sheets)
    assert only(folder.read(), "too_many_sheets").facts["most"] == container.MOST_SHEETS


@pytest.mark.bad_input("A16")
def test_too_many_columns_are_refused_with_the_limit(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": [HEAD, [], ["x"] * 2001]})
    assert only(folder.read(), "too_many_columns").facts["most"] == 2000


def test_a_reader_that_dies_is_a_problem_not_a_crash(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_xlsx("survey.xlsx", {"S": ROWS})
    monkeypatch.setattr(book_reader.sys, "executable", "/bin/false")
    assert errors(folder.read()) == [("workbook_crashes_reader", None, "")]


def test_a_reader_that_hangs_is_stopped(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write_xlsx("survey.xlsx", {"S": ROWS})
    monkeypatch.setattr(book_reader, "TIMEOUT_SECONDS", 0.001)
    assert errors(folder.read()) == [("workbook_too_slow", None, "")]


# C: what a sheet hides


@pytest.mark.bad_input("C1")
def test_the_1904_date_system_gives_the_same_dates(folder: Folder) -> None:
    file = folder.path / "data" / "survey.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"date_1904": True}) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, HEAD[:3])
        sheet.write_row(1, 0, ["1", None, 9])
        sheet.write_datetime(1, 1, DAY, book.add_format({"num_format": "dd.mm.yyyy"}))
    assert survey(folder.read())["date"].dt.date.tolist() == [DAY]


@pytest.mark.bad_input("C2")
@pytest.mark.parametrize("serial", [59, 60, 2])
def test_a_date_before_march_1900_is_warned_of(folder: Folder, serial: int) -> None:
    def change(book) -> None:
        book.worksheets()[0].write(1, 1, serial, book.add_format({"num_format": "dd.mm.yyyy"}))

    folder.write_xlsx("survey.xlsx", {"S": ROWS}, change)
    assert warnings(folder.read()) == ["date_before_march_1900"]


@pytest.mark.bad_input("C2")
def test_a_time_without_a_day_is_no_date(folder: Folder) -> None:
    def change(book) -> None:
        book.worksheets()[0].write(1, 1, 0.5, book.add_format({"num_format": "hh:mm"}))

    folder.write_xlsx("survey.xlsx", {"S": ROWS}, change)
    assert errors(folder.read()) == [("not_a_date", 2, "12:00:00")]


@pytest.mark.bad_input("C5")
@pytest.mark.parametrize("value", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!"])
def test_error_values_are_refused_with_their_address(folder: Folder, value: str) -> None:
    folder.write_xlsx(
        "survey.xlsx",
        {"S": ROWS},
        lambda book: book.worksheets()[0].write_formula(2, 4, "=X", None, value),
    )
    problem = only(folder.read(), "excel_error")
    assert (problem.place.row, problem.place.column, problem.found) == (3, "E (weight)", value)


@pytest.mark.bad_input("C6")
def test_a_formula_never_calculated_is_refused_not_read_as_zero(folder: Folder) -> None:
    folder.write_xlsx(
        "survey.xlsx", {"S": ROWS}, lambda book: book.worksheets()[0].write_formula(2, 4, "=1+1")
    )
    problem = only(folder.read(), "formula_not_calculated")
    assert (problem.place.row, problem.place.column) == (3, "E (weight)")


@pytest.mark.bad_input("C6")
def test_a_formula_without_a_cached_value_is_refused(folder: Folder) -> None:
    file = folder.write_xlsx(
        "survey.xlsx", {"S": ROWS}, lambda book: book.worksheets()[0].write_formula(2, 4, "=1+1")
    )
    repacked(file, in_sheet("<f>1+1</f><v>0</v>", "<f>1+1</f>"))
    assert [code for code, _, _ in errors(folder.read())] == ["formula_not_calculated"]


@pytest.mark.bad_input("C7")
def test_calculated_formulas_are_read_and_counted(folder: Folder) -> None:
    folder.write_xlsx(
        "survey.xlsx",
        {"S": ROWS},
        lambda book: book.worksheets()[0].write_formula(2, 4, "=1+1", None, 2),
    )
    intake = folder.read()
    assert only(intake, "formulas").facts["count"] == 1
    assert survey(intake)["weight"].tolist() == [1.5, 2.0]


@pytest.mark.bad_input("C8")
def test_merged_headings_are_refused(folder: Folder) -> None:
    folder.write_xlsx(
        "survey.xlsx",
        {"S": ROWS},
        lambda book: book.worksheets()[0].merge_range(0, 3, 0, 4, "reason"),
    )
    assert ("merged_header", 1, "D1:E1") in errors(folder.read())


@pytest.mark.bad_input("C8")
def test_merged_cells_in_the_table_are_refused(folder: Folder) -> None:
    folder.write_xlsx(
        "survey.xlsx",
        {"S": ROWS},
        lambda book: book.worksheets()[0].merge_range(1, 3, 2, 3, "same"),
    )
    assert errors(folder.read()) == [("merged_cells", 2, "D2:D3")]


def test_merged_titles_above_the_header_are_fine(folder: Folder) -> None:
    folder.write_xlsx(
        "survey.xlsx",
        {"S": [["t"], *ROWS]},
        lambda book: book.worksheets()[0].merge_range(0, 0, 0, 3, "Survey 2025"),
    )
    assert warnings(folder.read()) == ["title_lines"]
    assert errors(folder.read()) == []


@pytest.mark.bad_input("C9")
def test_hidden_rows_columns_and_sheets_are_read_and_said_aloud(folder: Folder) -> None:
    def change(book) -> None:
        sheet = book.worksheets()[0]
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        book.worksheets()[1].hide()

    folder.write_xlsx(
        "intake.xlsx",
        {"survey": ROWS, "Sales": [["customer_id", "date", "amount"], ["A", DAY, 1]]},
        change,
    )
    intake = folder.read()
    assert only(intake, "hidden_rows").facts["count"] == 1
    assert only(intake, "hidden_column").place.column == "D (reason)"
    assert only(intake, "hidden_sheet").place.sheet == "Sales"
    assert len(survey(intake)) == 2


@pytest.mark.bad_input("C10")
def test_ghost_formatting_makes_no_rows(folder: Folder) -> None:
    def change(book) -> None:
        bold = book.add_format({"bold": True})
        book.worksheets()[0].write_blank(1_048_575, 0, None, bold)
        book.worksheets()[0].write_blank(5, 500, None, bold)

    folder.write_xlsx("survey.xlsx", {"S": ROWS}, change)
    intake = folder.read()
    assert len(survey(intake)) == 2
    assert intake.problems == ()


@pytest.mark.bad_input("C11")
def test_an_id_of_more_than_fifteen_digits_is_refused_as_rounded(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": [HEAD, [1234567890123456, DAY, 9, "", None]]})
    assert errors(folder.read())[0][0] == "id_rounded"


@pytest.mark.bad_input("C11")
def test_zeros_shown_by_a_number_format_are_kept_with_a_warning(folder: Folder) -> None:
    def change(book) -> None:
        book.worksheets()[0].write(1, 0, 123, book.add_format({"num_format": "00000"}))

    folder.write_xlsx("survey.xlsx", {"S": ROWS}, change)
    intake = folder.read()
    assert survey(intake)["respondent_id"].tolist() == ["00123", "8"]
    assert only(intake, "zeros_by_format").facts["count"] == 1


def test_an_id_that_became_a_date_is_refused(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": [HEAD, [DAY, DAY, 9, "", None]]})
    assert errors(folder.read()) == [("id_became_date", 2, "2025-03-01")]


@pytest.mark.bad_input("C13")
def test_rich_text_and_escaped_characters_read_as_excel_shows_them(folder: Folder) -> None:
    def change(book) -> None:
        sheet = book.worksheets()[0]
        sheet.write_rich_string(1, 3, book.add_format({"bold": True}), "very", " good")
        sheet.write_string(2, 3, " two_x000D_\nlines_x0007_ ")

    folder.write_xlsx("survey.xlsx", {"S": ROWS}, change)
    intake = folder.read()
    assert survey(intake)["reason"].tolist() == ["very good", "two\nlines"]
    assert only(intake, "control_characters_removed").facts["count"] == 1


@pytest.mark.bad_input("C12")
def test_truth_values_are_read_by_declared_spellings(folder: Folder) -> None:
    cells = [True, "ИСТИНА", "да", "áno", "1", False, "ЛОЖЬ", "nie", 0, None]
    head = ["complaint_id", "customer_id", "date", "registered"]
    rows = [[f"c{n}", "A", DAY, cell] for n, cell in enumerate(cells)]
    folder.write_xlsx("complaints.xlsx", {"S": [head, *rows]})
    frame = folder.read().tables["complaints"].frame
    assert frame["registered"].astype(object).tolist()[:9] == [True] * 5 + [False] * 4
    assert frame["registered"].isna().tolist()[9]


@pytest.mark.bad_input("C16")
def test_an_older_intake_workbook_is_refused_with_both_versions(folder: Folder) -> None:
    folder.write_xlsx(
        "intake.xlsx",
        {"survey": ROWS},
        lambda book: book.set_custom_property("workbook_schema", "0"),
    )
    problem = only(folder.read(), "template_version")
    assert (problem.facts["version"], problem.facts["known"]) == ("0", 1)


# sheets and tables


@pytest.mark.bad_input("C14")
def test_sheets_are_found_by_title_in_any_language_and_others_warned_of(folder: Folder) -> None:
    sales = [["customer_id", "date", "amount"], ["A", DAY, 1]]
    folder.write_xlsx(
        "intake.xlsx",
        {"Опрос": ROWS, "PREDAJ": sales, "Клиенты ": [["x"]], "Salez": sales, "Readme": [["x"]]},
    )
    intake = folder.read()
    assert set(intake.tables) == {"survey", "sales"}
    assert only(intake, "unknown_sheet").facts["nearest"] == "sales"


def test_unfilled_sheets_of_the_intake_workbook_are_passed_over(folder: Folder) -> None:
    sales = [["Title"], ["customer_id", "date", "amount"]]
    folder.write_xlsx("intake.xlsx", {"survey": ROWS, "sales": sales, "customers": []})
    intake = folder.read()
    assert set(intake.tables) == {"survey"}
    assert intake.problems == ()


def test_a_table_given_twice_is_refused_naming_both(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": ROWS})
    folder.write("survey.csv", "respondent_id;date;score\n1;2025-01-01;9\n")
    problem = only(folder.read(), "table_twice")
    assert {problem.place.file, problem.facts["other"]} == {"data/survey.csv", "data/survey.xlsx"}


def test_several_sheets_without_the_tables_name_are_refused(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"one": ROWS, "two": ROWS})
    assert only(folder.read(), "which_sheet").facts["sheets"] == "one, two"


def test_an_unknown_file_is_warned_of_with_the_nearest_table(folder: Folder) -> None:
    folder.write("survy.csv", "x")
    folder.write("photo.png", "x")
    folder.write("sales.csv", "customer_id;date;amount\nA;2025-01-01;5\n")
    found = [(p.place.file, p.facts["nearest"]) for p in folder.read().problems]
    assert found == [("data/photo.png", ""), ("data/survy.csv", "survey")]


def test_where_no_file_is_a_table_all_are_named_with_the_names_of_tables(folder: Folder) -> None:
    folder.write("survy.csv", "respondent_id;date;score\n1;2025-01-01;9\n")
    folder.write("photo.png", "x")
    problem = only(folder.read(), "files_not_tables")
    assert problem.facts["files"] == "photo.png, survy.csv"
    assert (problem.facts["like"], problem.facts["nearest"]) == ("survy.csv", "survey")
    (folder.path / "data" / "survy.csv").rename(folder.path / "data" / "survey.csv")
    assert len(folder.read().tables["survey"].frame) == 1


def test_only_the_tables_asked_for_are_read(folder: Folder) -> None:
    folder.write("survey.csv", "broken")
    folder.write("sales.csv", "customer_id;date;amount\nA;2025-01-01;5\n")
    intake = folder.read(names=["sales"])
    assert set(intake.tables) == {"sales"}
    assert intake.problems == ()


def test_a_datetime_is_its_day(folder: Folder) -> None:
    stamp = datetime(2025, 3, 1, 23, 59)
    folder.write_xlsx("survey.xlsx", {"S": [HEAD, ["1", stamp, 9, "", None]]})
    assert survey(folder.read())["date"].dt.date.tolist() == [DAY]


def test_skip_rows_counts_rows_of_the_sheet(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": [[], ["score", "date"], [], *ROWS]})
    intake = folder.read(skip_rows=3)
    assert survey(intake).index.tolist() == [5, 6]
    assert intake.problems == ()
