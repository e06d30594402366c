"""Tables of web pages under the names of workbooks, as Bitrix24, 1C and others export them."""

import pytest
from intake_folder import Folder, errors, only, warnings

HEAD = "<tr><th>respondent_id</th><th>date</th><th>score</th><th>reason</th></tr>"
ROW = "<tr><td>1</td><td>01.02.2025</td><td>9</td><td>x</td></tr>"
META = '<meta http-equiv="Content-type" content="text/html;charset={}" />'


def table(*rows: str) -> str:
    return f'<table border="1">{HEAD}{"".join(rows or [ROW])}</table>'


def reasons(folder: Folder, language: str = "ru") -> list[str]:
    return folder.read(language).tables["survey"].frame["reason"].tolist()


@pytest.mark.bad_input("A3")
def test_an_export_of_bitrix24_is_read_with_a_remark(folder: Folder) -> None:
    folder.write("survey.xls", META.format("UTF-8") + table())
    intake = folder.read("ru")
    assert warnings(intake) == ["wrong_extension"]
    assert only(intake, "wrong_extension").facts["true"] == "HTML"
    assert len(intake.tables["survey"].frame) == 1


@pytest.mark.parametrize("ending", ["html", "htm"])
def test_a_page_under_its_own_name_has_no_remark(ending: str, folder: Folder) -> None:
    folder.write(f"survey.{ending}", f"<!DOCTYPE html><html><body>{table()}")
    assert folder.read("ru").problems == ()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("&laquo;А&raquo; &amp; Б", "«А» & Б"),
        ("a<br>b", "a\nb"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("  a \n  b  ", "a b"),
        ("<b>a</b><i>b</i>", "ab"),
        ("a<script>alert('</td>')</script>b", "ab"),
        ("a<style>td {color: red}</style>", "a"),
        ("&#1040;&#x411;", "АБ"),
        ("<!-- no -->a", "a"),
        ("<![if !mso]>a<![endif]>", "a"),
        ("<![other[a]>b", "b"),
        ("<a href='http://x'>a</a>", "a"),
    ],
)
def test_the_text_of_a_cell_is_what_the_page_shows(cell: str, text: str, folder: Folder) -> None:
    folder.write("survey.html", table(ROW.replace("x", cell)))
    assert reasons(folder) == [text]


def test_a_cell_of_nothing_but_spaces_is_blank(folder: Folder) -> None:
    folder.write("survey.html", table(ROW.replace("x", "&nbsp;"), ROW.replace(">1<", ">2<")))
    assert folder.read("ru").tables["survey"].frame["reason"].isna().tolist() == [True, False]


def test_ends_of_cells_and_rows_may_be_left_out(folder: Folder) -> None:
    folder.write("survey.html", f"<table>{HEAD}<tr><td>1<td>01.02.2025<td>9<td>a<tr><td>2"
                                "<td>01.02.2025<td>8<td>b</table>")  # fmt: skip
    assert reasons(folder) == ["a", "b"]


@pytest.mark.parametrize("codec", ["cp1251", "utf-8", "utf-16"])
def test_the_encoding_is_what_the_page_says(codec: str, folder: Folder) -> None:
    page = META.format("windows-1251" if codec == "cp1251" else codec) + table(
        ROW.replace("x", "щ")
    )
    folder.write("survey.xls", page.encode(codec))
    assert reasons(folder) == ["щ"]


def test_a_page_that_is_wrong_about_its_encoding_is_read(folder: Folder) -> None:
    page = META.format("utf-8") + table(ROW.replace("x", "Долго отвечали на письма"))
    folder.write("survey.xls", page.encode("cp1251"))
    assert reasons(folder) == ["Долго отвечали на письма"]


def test_a_declared_encoding_wins(folder: Folder) -> None:
    folder.write("survey.xls", table(ROW.replace("x", "щ")).encode("cp866"))
    intake = folder.read("ru", encoding="cp866")
    assert intake.tables["survey"].frame["reason"].tolist() == ["щ"]


def test_spread_cells_are_blank_but_for_the_first_and_told_as_merged(folder: Folder) -> None:
    title = '<tr><td colspan="4">Отчёт</td></tr>'
    folder.write("survey.html", f"<table>{title}{HEAD}{ROW}</table>")
    assert reasons(folder) == ["x"]
    high = ROW.replace("<td>x", '<td rowspan="2">x')
    folder.write("survey.html", table(high, "<tr><td>2</td><td>01.02.2025</td><td>8</td></tr>"))
    assert errors(folder.read("ru")) == [("merged_cells", 2, "D2:D3")]


def test_a_cell_reaches_down_over_shorter_rows(folder: Folder) -> None:
    page = (
        "<table><tr><td rowspan=3>a<td>b</tr><tr></tr><tr><td>c</tr></table>"
        f"<table>{HEAD}{ROW}</table>"
    )
    folder.write("survey.html", page)
    problem = only(folder.read("ru"), "which_sheet")
    assert problem.facts["sheets"] == "1, 2", "several tables are several sheets"


def test_a_table_inside_a_layout_is_a_sheet_of_its_own(folder: Folder) -> None:
    folder.write("survey.html", f"<table><tr><td>{table()}</td></tr></table>")
    assert reasons(folder) == ["x"]


def test_hidden_rows_are_read_and_told(folder: Folder) -> None:
    folder.write("survey.html", table(ROW.replace("<tr>", '<tr style="display: none">')))
    assert only(folder.read("ru"), "hidden_rows").facts["rows"] == "2"


def test_control_characters_are_removed_and_counted(folder: Folder) -> None:
    folder.write("survey.html", table(ROW.replace("x", "a\x01b")))
    intake = folder.read("ru")
    assert only(intake, "control_characters_removed").facts["count"] == 1


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<!DOCTYPE html><p>no table", "html_file"),
        ("<html><table></table></html>", "html_file"),
        ("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
         "html_file"),
        ("<html>" + "<table><tr><td>" * 30, "html_too_deep"),
        ("<table><tr><td colspan=3000>a</table>", "too_many_columns"),
        ("<table>" + "<tr><td colspan=1999>a" * 20_100 + "</table>", "used_range_too_large"),
        ("<table><tr><td>a</table>" * 201, "too_many_sheets"),
        ("<html><![unknown[ x", "html_file"),
        ("<html>" + "<?" * 50_000, "html_file"),
    ],
)  # fmt: skip
def test_what_is_no_table_or_beyond_bounds_is_refused(page: str, code: str, folder: Folder) -> None:
    folder.write("survey.html", page)
    assert [code for code, _, _ in errors(folder.read("ru"))] == [code]


def test_a_web_archive_is_refused_by_name(folder: Folder) -> None:
    folder.write("survey.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related; b=x\r\n\r\n")
    assert errors(folder.read()) == [("mhtml_file", None, "")]


def test_text_of_a_page_is_never_markup_or_formula(folder: Folder) -> None:
    folder.write("survey.html", table(ROW.replace("x", "=1+1 &lt;script&gt;")))
    assert reasons(folder) == ["=1+1 <script>"]
