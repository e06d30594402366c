import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from report_samples import table

from workbook.charts.chart_data import ChartData, Series
from workbook.report import appendix
from workbook.report.appendix import MAX_CELL, to_xlsx
from workbook.report.document import ShownChart
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


def test_a_table_is_a_named_range_whatever_its_tab_is_called(meta: ReportMeta) -> None:
    book = read(to_xlsx([table(3).sheet(), table(2).sheet()], meta))
    assert book.defined_names["segments"].attr_text == "'Сегменты'!$A$4:$E$7"
    assert book.defined_names["segments_2"].attr_text == "'Сегменты (2)'!$A$4:$E$6"
    assert [book.worksheets[0].cell(row, 5).value for row in (5, 6)] == ["segments", "segments_2"]


def test_every_sheet_is_set_up_for_paper(meta: ReportMeta) -> None:
    book = read(to_xlsx([table(3).sheet()], meta, [chart_of("bar")]))
    for page in book.worksheets:
        assert page.page_setup.orientation == "landscape"
        if page.title == "Диаграммы":  # scaled, so that pages begin between charts
            assert page.page_setup.scale < 100
            continue
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0  # as many pages as it takes, one wide
        assert page.oddFooter.left.text.strip() == "ООО «Акме» · Customer loyalty"
        assert page.oddFooter.right.text == "Стр. &P из &N"
    assert book.worksheets[2].print_title_rows == "$4:$4"


def test_an_ampersand_of_a_client_is_no_code_of_the_footer(meta: ReportMeta) -> None:
    page = read(to_xlsx([sheet([[1]])], replace(meta, client="A&P"))).worksheets[1]
    assert "A&&P" in page.oddFooter.left.text


def test_headings_are_as_high_as_their_words_ask(meta: ReportMeta) -> None:
    short, long = (
        read(to_xlsx([sheet([[1]], heading=heading, numeric=True)], meta)).worksheets[1]
        for heading in ("n", "Revenue of those who name it among their reasons, £")
    )
    assert long.row_dimensions[4].height > 3 * short.row_dimensions[4].height / 2
    assert long.column_dimensions["A"].width < 20


def test_a_figure_with_its_own_format_is_a_number(meta: ReportMeta) -> None:
    cell = first_cell(meta, {"value": 0.25, "format": "0.0%"}, numeric=True)
    assert (cell.value, cell.number_format) == (0.25, "0.0%")


def chart_of(kind: Any, **changes: Any) -> ShownChart:
    series = Series(
        name="=Revenue", values=(5_000.0, None, 12.0), low=(4_000.0, None, 10.0),
        high=(7_000.0, None, 20.0),
    )  # fmt: skip
    data = ChartData(kind=kind, categories=("Price", "=Late()", "Talk"), series=(series,))
    given = {"title": "=1+1", "alt": "Three bars", "note": "n = 3", "data": data}
    return ShownChart(**given | changes)


@pytest.mark.parametrize("kind", ["bar", "stacked_bar", "column", "line", "points"])
def test_a_chart_is_a_chart_of_excel_beside_its_numbers(kind: str, meta: ReportMeta) -> None:
    data = to_xlsx([table(2).sheet()], meta, [chart_of(kind), chart_of("bar")])
    book = read(data)
    assert book.sheetnames[1] == "Диаграммы"
    page = book.worksheets[1]
    assert [c.value for c in page[6]][:4] == ["", "=Revenue", "=Revenue: от", "=Revenue: до"]
    assert [c.value for c in page[7]][:4] == ["Price", 5000, 4000, 7000]
    assert [c.value for c in page[8]][:2] == ["=Late()", None]
    assert all(c.data_type in ("s", "n") for row in page.iter_rows() for c in row)
    archive = zipfile.ZipFile(io.BytesIO(data))
    first = archive.read("xl/charts/chart1.xml").decode()
    assert "<c:f>Диаграммы!$B$7:$B$9</c:f>" in first
    assert "errBars" in first
    assert "#0b5394"[1:].upper() in first
    assert 'descr="Three bars"' in archive.read("xl/drawings/drawing1.xml").decode()


def test_labels_of_amounts_are_short_and_their_cells_whole(meta: ReportMeta) -> None:
    series = Series(name="Revenue", values=(70_100_000.0, 12_500_000.0))
    money = ChartData(kind="bar", categories=("a", "b"), series=(series,), fmt="money")
    data = to_xlsx([], replace(meta, currency="RUB"), [chart_of("bar", title="T", data=money)])
    page = read(data).worksheets[1]
    assert page["A5"].value == "T, млн\u00a0₽"
    assert page["B7"].value == 70_100_000
    assert (
        'formatCode="#,##0,,"'
        in zipfile.ZipFile(io.BytesIO(data)).read("xl/charts/chart1.xml").decode()
    )


def test_a_report_without_charts_of_numbers_has_no_sheet_for_them(meta: ReportMeta) -> None:
    assert "Диаграммы" not in read(to_xlsx([table(2).sheet()], meta)).sheetnames
