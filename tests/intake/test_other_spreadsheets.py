"""XLS, XLSB and ODS: the same values as their XLSX twin, and what the values alone would hide."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import binary_books
import pytest
from binary_books import Error, Formula, Plan, Shown
from intake_folder import Folder, errors, only, warnings

from workbook.intake.files.ole_file import OleFile

HEAD = ["respondent_id", "date", "score", "reason", "weight"]
DAY = date(2025, 3, 1)
ROWS = [HEAD, ["007", DAY, 9, "хорошо", 1.5], ["8", DAY, 10, "dobré", 2]]
WRITERS = {"xls": binary_books.xls, "xlsb": binary_books.xlsb, "ods": binary_books.ods}
EVERY = pytest.mark.parametrize("kind", WRITERS)


def written(folder: Folder, kind: str, *plans: Plan, name: str = "survey", **options) -> Path:
    return WRITERS[kind](folder.path / "data" / f"{name}.{kind}", plans, **options)


@pytest.mark.bad_input("A14")
@EVERY
def test_values_are_those_of_the_xlsx_twin(kind: str, folder: Folder) -> None:
    twin = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    expected = folder.read()
    twin.unlink()
    written(folder, kind, Plan("S", ROWS))
    intake = folder.read()
    assert intake.problems == ()
    assert intake.tables["survey"].frame.equals(expected.tables["survey"].frame)
    assert intake.files[0].tables == ("survey",)


@pytest.mark.bad_input("A14", "C1")
def test_days_counted_from_1904_are_the_same_days(folder: Folder) -> None:
    written(folder, "xls", Plan("S", ROWS), mac=True)
    assert set(folder.read().tables["survey"].frame["date"].dt.date) == {DAY}


@pytest.mark.bad_input("A14", "C5")
@EVERY
@pytest.mark.parametrize("value", ["#N/A", "#DIV/0!", "#REF!"])
@pytest.mark.parametrize("calculated", [False, True])
def test_errors_are_refused_with_their_address(
    calculated: bool, value: str, kind: str, folder: Folder
) -> None:
    """The reader gives blank cells for them."""
    cell = Formula(Error(value)) if calculated else Error(value)
    written(folder, kind, Plan("S", [*ROWS, ["9", DAY, 9, "", cell]]))
    assert ("excel_error", 4, value) in errors(folder.read())


@EVERY
def test_calculated_formulas_are_read_and_counted(kind: str, folder: Folder) -> None:
    rows = [HEAD[:4], ["1", DAY, Formula(9), Formula("a")], ["2", DAY, Formula(8), Formula("b")]]
    written(folder, kind, Plan("S", rows))
    intake = folder.read()
    assert intake.tables["survey"].frame["score"].tolist() == [9, 8]
    assert intake.tables["survey"].frame["reason"].tolist() == ["a", "b"]
    said = [(p.place.column, p.facts["count"]) for p in intake.problems if p.code == "formulas"]
    assert said == [("C (score)", 2), ("D (reason)", 2)]


@pytest.mark.bad_input("A14", "C6")
@pytest.mark.parametrize("kind", ["xls", "ods"])  # an XLSB has a result for every formula
def test_formulas_that_were_never_calculated_are_refused(kind: str, folder: Folder) -> None:
    written(folder, kind, Plan("S", [HEAD[:3], ["1", DAY, Formula(None)]]))
    assert "formula_not_calculated" in [code for code, _, _ in errors(folder.read())]


@EVERY
def test_number_formats_tell_zeros_percentages_and_currencies(kind: str, folder: Folder) -> None:
    rows = [
        ["customer_id", "date", "amount"],
        [Shown(7, "00000"), DAY, Shown(12.5, '#,##0.00 "€"')],
        [Shown(8, "00000"), DAY, Shown(0.25, "0%")],
    ]
    written(folder, kind, Plan("S", rows), name="sales")
    intake = folder.read()
    assert only(intake, "zeros_by_format").facts["count"] == 2
    assert any("percent" in p.code for p in intake.problems), intake.problems


@pytest.mark.bad_input("A14", "C9")
@EVERY
def test_hidden_rows_columns_and_sheets_are_read_and_said_aloud(kind: str, folder: Folder) -> None:
    written(folder, kind, Plan("S", ROWS, hidden=True, hidden_rows=(2,), hidden_columns=(3,)))
    written(folder, kind, Plan("S", [["customer_id"], ["A"]]), name="customers")
    both = Plan("survey", ROWS, hidden=True, hidden_rows=(2,), hidden_columns=(3,))
    written(folder, kind, Plan("cover", [["x"]]), both)
    intake = folder.read()
    assert len(intake.tables["survey"].frame) == 2
    assert only(intake, "hidden_rows").facts["rows"] == "3"
    assert only(intake, "hidden_column").place.column == "D (reason)"
    assert only(intake, "hidden_sheet").place.sheet == "survey"


@EVERY
def test_merged_headings_are_refused(kind: str, folder: Folder) -> None:
    written(folder, kind, Plan("S", ROWS, merged=((0, 0, 0, 1),)))
    assert errors(folder.read()) == [("merged_header", 1, "A1:B1")]


@pytest.mark.bad_input("A4")
def test_an_xls_with_a_password_is_told(folder: Folder) -> None:
    written(folder, "xls", Plan("S", ROWS), password=True)
    assert errors(folder.read()) == [("password_protected", None, "")]


@pytest.mark.bad_input("A4")
def test_an_ods_with_a_password_is_told(folder: Folder) -> None:
    written(folder, "ods", Plan("S", ROWS), password=True)
    assert errors(folder.read()) == [("password_protected", None, "")]


@pytest.mark.parametrize(
    ("stream", "program"),
    [
        ("WordDocument", "Word"),
        ("__properties_version1.0", "Outlook"),
        ("PowerPoint Document", "PowerPoint"),
    ],
)
def test_another_document_is_refused_by_the_name_of_its_program(
    stream: str, program: str, folder: Folder
) -> None:
    folder.write("survey.xls", binary_books.ole({stream: b"x"}))
    assert only(folder.read(), "other_document").facts["program"] == program


def test_an_unknown_ole_file_is_no_table(folder: Folder) -> None:
    folder.write("survey.xls", binary_books.ole({"Contents": b"x"}))
    assert errors(folder.read()) == [("not_a_table_file", None, "")]


def test_a_text_document_is_no_table(folder: Folder) -> None:
    file = written(folder, "ods", Plan("S", ROWS))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert errors(folder.read()) == [("not_a_table_file", None, "")]


@pytest.mark.bad_input("A2")
@EVERY
@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused(cut: float, kind: str, folder: Folder) -> None:
    file = written(folder, kind, Plan("S", ROWS))
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * cut)])
    found = errors(folder.read())
    assert found or kind == "xls"
    assert {code for code, _, _ in found} <= {"workbook_damaged", "no_rows", "workbook_no_sheets"}


def test_a_chain_of_sectors_that_runs_in_a_circle_is_refused(folder: Folder) -> None:
    file = written(folder, "xls", Plan("S", ROWS))
    data = bytearray(file.read_bytes())
    data[512 + 4 * 4 : 512 + 4 * 5] = (3).to_bytes(4, "little")
    with pytest.raises(ValueError, match="does not end"):
        OleFile(bytes(data)).stream("Workbook")
    file.write_bytes(data)
    assert errors(folder.read()) == [("workbook_damaged", None, "")]


def test_rows_of_an_ods_that_are_there_many_times_are_bounded(folder: Folder) -> None:
    cell = '<table:table-cell table:number-columns-repeated="100" office:value-type="float"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    written(folder, "ods", body=f'<table:table table:name="S">{row}</table:table>')
    assert [code for code, _, _ in errors(folder.read())] == ["used_range_too_large"]


def test_blank_rows_of_an_ods_that_are_there_many_times_are_nothing(folder: Folder) -> None:
    file = written(folder, "ods", Plan("S", ROWS))
    blank = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    rewritten(file, lambda text: text.replace("</table:table>", blank))
    assert len(folder.read().tables["survey"].frame) == 2


def test_a_declaration_in_an_ods_is_refused(folder: Folder) -> None:
    file = written(folder, "ods", Plan("S", ROWS))
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    rewritten(file, lambda text: declared + text.replace("хорошо", "&e;"))
    assert errors(folder.read()) == [("workbook_unsafe", None, "")]


def rewritten(file: Path, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = change(parts["content.xml"].decode()).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@EVERY
def test_another_name_is_remarked(kind: str, folder: Folder) -> None:
    file = written(folder, kind, Plan("S", ROWS))
    file.rename(file.with_suffix(".csv"))
    intake = folder.read()
    assert only(intake, "wrong_extension").facts["true"] == kind.upper()
    assert warnings(intake) == ["wrong_extension"]
    assert len(intake.tables["survey"].frame) == 2


@pytest.mark.parametrize("ending", ["tsv", "txt"])
def test_texts_of_other_names_are_read_as_csv(ending: str, folder: Folder) -> None:
    folder.write(f"survey.{ending}", "respondent_id\tdate\tscore\n1\t2025-01-01\t9\n")
    intake = folder.read()
    assert intake.problems == ()
    assert len(intake.tables["survey"].frame) == 1


def test_the_intake_workbook_may_be_of_any_format(folder: Folder) -> None:
    plans = [Plan("survey", ROWS), Plan("customers", [["customer_id"], ["A"]])]
    written(folder, "ods", *plans, name="intake")
    assert set(folder.read().tables) == {"survey", "customers"}
