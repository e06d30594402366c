import io
import zipfile
from typing import Any

import openpyxl
import pytest
from report_samples import table

from workbook.report import appendix
from workbook.report.appendix import MAX_CELL, to_xlsx
from workbook.report.meta import ReportMeta
from workbook.report.sheet_names import sheet_names


def sheet(rows: list[list[Any]], **column: Any) -> dict[str, Any]:
    shape = {"heading": "H", "format": "", "numeric": False, "date": False, "fill": False}
    columns = [shape | column for _ in rows[0]] if rows else [shape | column]
    return {"name": "t", "title": "T", "note": "N", "columns": columns, "rows": rows}


def read(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def first_cell(meta: ReportMeta, value: Any, **column: Any) -> Any:
    return read(to_xlsx([sheet([[value]], **column)], meta)).worksheets[1]["A5"]


def test_contents_link_to_a_sheet_for_every_table(meta: ReportMeta) -> None:
    book = read(to_xlsx([table(70).sheet(), table(2).sheet()], meta))
    assert book.sheetnames == ["Содержание", "Сегменты", "Сегменты (2)"]
    contents = book.worksheets[0]
    assert [c.value for c in contents[5]] == [1, "Сегменты", 70, "Сегменты", "segments"]
    assert contents["D5"].hyperlink.location == "'Сегменты'!A1"


def test_a_table_longer_than_a_sheet_goes_on_in_the_next_one(
    meta: ReportMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appendix, "MAX_SHEET", 6)
    book = read(to_xlsx([sheet([[1], [2], [3]])], meta))
    assert book.sheetnames[1:] == ["T", "T (2)"]
    parts = [[row[0].value for row in page.iter_rows(min_row=5)] for page in book.worksheets[1:]]
    assert parts == [[1, 2], [3]]
    assert [page["A1"].value for page in book.worksheets[1:]] == ["T (1/2)", "T (2/2)"]


def test_a_sheet_has_title_note_frozen_header_filter_and_formats(meta: ReportMeta) -> None:
    page = read(to_xlsx([table(3).sheet()], meta)).worksheets[1]
    assert (page["A1"].value, page["A2"].value) == ("Сегменты", "Опрос, n = 120")
    assert page.freeze_panes == "B5"
    assert page.auto_filter.ref == "A4:E7"
    assert page["B5"].number_format == "#,##0"
    assert page["D5"].is_date
    assert page["D5"].value.isoformat() == "2025-01-31T00:00:00"
    assert page["E5"].fill.fgColor.rgb == "FFFFF4CC"
    assert page["E5"].value is None


@pytest.mark.bad_input("F1", "F3", "F4")
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://x")',
        "{=1}",
        "+1",
        "@x",
        "http://x.y",
        "007",
        "_x000D_",
    ],
)
def test_text_stays_text_and_equal(text: str, meta: ReportMeta) -> None:
    cell = first_cell(meta, text)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value == text


@pytest.mark.bad_input("F4")
def test_text_beyond_the_limit_is_cut_with_a_mark_and_told(meta: ReportMeta) -> None:
    book = read(to_xlsx([sheet([["я" * 40_000]])], meta)).worksheets[1]
    assert len(book["A5"].value) == MAX_CELL
    assert book["A5"].value.endswith("[…]")
    assert "A5" in book["A2"].value


@pytest.mark.bad_input("F4")
@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\ud800b", "a\ufffeb", "a\u202eb"])
def test_illegal_characters_are_dropped(text: str, meta: ReportMeta) -> None:
    assert first_cell(meta, text).value == "ab"


@pytest.mark.bad_input("F6")
@pytest.mark.parametrize(
    ("value", "column", "expected"),
    [
        (float("nan"), {"numeric": True}, None),
        (float("inf"), {"numeric": True}, None),
        (None, {"numeric": True}, None),
        (-0.5, {"numeric": True}, -0.5),
        (12345678901234567890, {"numeric": True}, "12345678901234567890"),
        ("1800-01-01", {"date": True}, "1800-01-01"),
        (True, {}, True),
    ],
)
def test_values_without_a_number_are_blank_and_others_exact(
    value: Any, column: dict[str, Any], expected: Any, meta: ReportMeta
) -> None:
    assert first_cell(meta, value, **column).value == expected


@pytest.mark.bad_input("F5")
def test_sheet_names_are_accepted_by_excel_and_differ() -> None:
    names = sheet_names(["a/b:c", "A B C", "x" * 40, "x" * 41, "'quoted'", "History", "", "[*?]"])
    assert len({n.casefold() for n in names}) == len(names)
    assert all(0 < len(n) <= 31 for n in names)
    assert not any(c in n for n in names for c in "[]:*?/\\")
    assert not any(n.startswith("'") or n.casefold() == "history" for n in names)


@pytest.mark.bad_input("J5")
def test_properties_are_the_brands_and_the_date_is_fixed(meta: ReportMeta) -> None:
    data = to_xlsx([table(2).sheet()], meta)
    properties = read(data).properties
    assert properties.creator == "Anna Kováčová"
    assert properties.lastModifiedBy == "Anna Kováčová"
    assert properties.created.isoformat() == "2025-12-31T00:00:00"
    assert b"Consulting Ltd" in zipfile.ZipFile(io.BytesIO(data)).read("docProps/app.xml")


def test_the_same_tables_give_the_same_bytes(meta: ReportMeta) -> None:
    tables = [table(40).sheet()]
    assert to_xlsx(tables, meta) == to_xlsx(tables, meta)


def test_no_tables_give_a_workbook_with_contents_only(meta: ReportMeta) -> None:
    assert read(to_xlsx([], meta)).sheetnames == ["Содержание"]


def test_an_empty_table_has_its_header(meta: ReportMeta) -> None:
    assert read(to_xlsx([sheet([])], meta)).worksheets[1]["A4"].value == "H"
