"""Containers and kinds of files (section A): what other tests of the intake do not show."""

import os
import struct
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import binary_books
import pytest
from binary_books import Plan
from intake_folder import Folder, errors, only, warnings

HEAD = ["respondent_id", "date", "score", "reason"]
DAY = date(2025, 3, 1)
ROWS = [HEAD, ["007", DAY, 9, "хорошо"], ["8", DAY, 10, "плохо"]]
SURVEY = "respondent_id;date;score\n1;2025-01-01;9\n"
EVERY_KIND = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "html", "htm"]


def repacked(file: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Rewrite the parts of a workbook; None drops the part."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            new = change(name, data)
            if new is not None:
                archive.writestr(name, new)


def reasons(folder: Folder) -> list[str]:
    return folder.read("ru").tables["survey"].frame["reason"].tolist()


@pytest.mark.bad_input("A1")
@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"\xef\xbb\xbf"], ids=["no", "zero", "mark"])
def test_a_file_without_content_is_empty_whatever_its_name(
    content: bytes, kind: str, folder: Folder
) -> None:
    folder.write(f"survey.{kind}", content)
    assert errors(folder.read()) == [("file_empty", None, "")]


@pytest.mark.bad_input("A2")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_anywhere_is_damaged(share: float, folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    assert errors(folder.read()) == [("workbook_damaged", None, "")]


@pytest.mark.bad_input("A3")
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_csv_is_read_under_any_name_with_a_remark_where_it_is_another(
    kind: str, folder: Folder
) -> None:
    folder.write(f"survey.{kind}", SURVEY)
    intake = folder.read()
    assert len(intake.tables["survey"].frame) == 1
    assert warnings(intake) == ([] if kind in ("csv", "tsv", "txt") else ["wrong_extension"])


@pytest.mark.bad_input("A3")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "not_a_table_file"),
        (b"{\\rtf1 text}", "not_a_table_file"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table_file"),
        (b"<?xml version='1.0'?><data/>", "html_file"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xls", "xlsx"])
def test_documents_and_pictures_are_no_tables(
    kind: str, content: bytes, code: str, folder: Folder
) -> None:
    folder.write(f"survey.{kind}", content)
    assert errors(folder.read()) == [(code, None, "")]


@pytest.mark.bad_input("A7")
def test_a_part_that_is_larger_than_it_says_is_refused(folder: Folder) -> None:
    """The directory of the archive says ten bytes."""
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    data = bytearray(file.read_bytes())
    entry = data.rindex(b"xl/sharedStrings.xml") - 46
    struct.pack_into("<I", data, entry + 24, 10)
    file.write_bytes(data)
    assert errors(folder.read()) == [("workbook_damaged", None, "")]


@pytest.mark.bad_input("A7")
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.bin", "content.xml"])
def test_other_archives_that_unpack_too_large_are_refused_too(part: str, folder: Folder) -> None:
    kind = "ods" if part == "content.xml" else "xlsb"
    write = {"ods": binary_books.ods, "xlsb": binary_books.xlsb}[kind]
    file = write(folder.path / "data" / f"survey.{kind}", [Plan("S", ROWS)])
    repacked(file, lambda name, data: data + b" " * 30_000_000 if name == part else data)
    assert [code for code, _, _ in errors(folder.read())] == ["unpacks_too_large"]


@pytest.mark.bad_input("A8")
def test_a_cell_far_away_is_refused_in_an_ods_as_well(folder: Folder) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    gap = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/>'
    width = '<table:table-cell table:number-columns-repeated="400" office:value-type="float"/>'
    binary_books.ods(
        folder.path / "data" / "survey.ods",
        [],
        body=f'<table:table table:name="S"><table:table-row>{width}</table:table-row>'
        f"{gap}</table:table-row><table:table-row>{cell}</table:table-row></table:table>",
    )
    assert [code for code, _, _ in errors(folder.read())] == ["used_range_too_large"]


@pytest.mark.bad_input("A9")
def test_a_sheet_without_a_dimension_is_read(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    repacked(file, lambda _, data: data.replace(b'<dimension ref="A1:D3"/>', b""))
    assert reasons(folder) == ["хорошо", "плохо"]


@pytest.mark.bad_input("A10")
def test_entities_within_entities_are_refused_in_a_moment(folder: Folder) -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    declared = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'.encode()
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    repacked(
        file,
        lambda name, data: (
            data.replace(b"<sst", declared + b"<sst").replace("хорошо".encode(), b"&l9;")
            if name.endswith("sharedStrings.xml")
            else data
        ),
    )
    assert errors(folder.read()) == [("workbook_unsafe", None, "")]


@pytest.mark.bad_input("A12")
def test_a_sheet_that_is_a_chart_is_passed_over(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": ROWS}, lambda book: book.add_chartsheet("Chart"))
    assert reasons(folder) == ["хорошо", "плохо"]


@pytest.mark.bad_input("A13")
def test_links_to_other_files_and_objects_inside_are_left_alone(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": ROWS})
    relation = (
        b'<Relationship Id="rId99" TargetMode="External" Target="http://127.0.0.1:9/x" Type="'
        b'http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"/>'
    )
    repacked(
        file,
        lambda name, data: (
            data.replace(b"</Relationships>", relation + b"</Relationships>")
            if name == "xl/_rels/workbook.xml.rels"
            else data
        ),
    )
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/embeddings/oleObject1.bin", binary_books.ole({"Package": b"x"}))
    assert reasons(folder) == ["хорошо", "плохо"]


@pytest.mark.bad_input("A13")
def test_macros_of_an_xlsb_are_said_aloud(folder: Folder) -> None:
    file = binary_books.xlsb(folder.path / "data" / "survey.xlsb", [Plan("S", ROWS)])
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert warnings(folder.read()) == ["has_macros"]


@pytest.mark.bad_input("A14")
def test_a_workbook_of_excel_5_is_read_in_its_code_page(folder: Folder) -> None:
    binary_books.xls5(folder.path / "data" / "survey.xls", ROWS)
    intake = folder.read("ru")
    frame = intake.tables["survey"].frame
    assert frame["reason"].tolist() == ["хорошо", "плохо"]
    assert set(frame["date"].dt.date) == {DAY}
    assert intake.problems == ()


@pytest.mark.bad_input("A15")
@pytest.mark.skipif(sys.platform == "win32", reason="pipes and rights of POSIX")
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_pipes_links_and_folders_are_no_files_under_any_name(kind: str, folder: Folder) -> None:
    data = folder.path / "data"
    os.mkfifo(data / f"survey.{kind}")
    (data / f"sales.{kind}").symlink_to("/etc/hostname")
    (data / f"customers.{kind}").mkdir()
    intake = folder.read()
    assert not intake.tables
    found = {(p.code, p.place.file) for p in intake.problems}
    pipe, link = ("file_is_pipe", f"data/survey.{kind}"), ("file_is_link", f"data/sales.{kind}")
    assert {pipe, link} <= found
    assert f"customers.{kind}" in str(only(intake, "files_not_tables").facts["files"])


@pytest.mark.bad_input("A16")
def test_a_cell_of_ten_megabytes_is_refused_by_its_address(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": [HEAD, ["1", DAY, 9, "x"]]})
    long = b"<t>" + b"y" * 10_000_000 + b"</t>"
    repacked(file, lambda _, data: data.replace(b"<t>x</t>", long))
    problem = only(folder.read(), "cell_too_long")
    assert (problem.place.row, problem.place.column) == (2, "D (reason)")
    assert len(problem.found) < 100


@pytest.mark.bad_input("A16")
@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
def test_sheets_beyond_the_limit_are_refused_in_every_format(kind: str, folder: Folder) -> None:
    write = {"xls": binary_books.xls, "xlsb": binary_books.xlsb, "ods": binary_books.ods}[kind]
    plans = [Plan(f"s{n}", [["x"]]) for n in range(201)]
    if kind == "xls":
        plans = plans[:12]  # what fits into the one table of sectors that the tests write
    write(folder.path / "data" / f"survey.{kind}", plans)
    expected = "which_sheet" if kind == "xls" else "too_many_sheets"
    assert [code for code, _, _ in errors(folder.read())] == [expected]
