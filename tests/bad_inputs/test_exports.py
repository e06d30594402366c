"""What a workbook or a result file may hold."""

import ast
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from workbook.intake.anonymity.written_list import without_formula
from workbook.report.appendix import to_xlsx
from workbook.report.meta import ReportMeta
from workbook.report.plain_data import plain_data

PACKAGE = Path(__file__).resolve().parents[2] / "workbook"
WRITERS = {"to_csv", "to_excel", "ExcelWriter", "to_clipboard"}
META = ReportMeta(title="T", client="C", language="en", period="2025", as_of=date(2025, 12, 31))


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def book(rows: list[list[Any]], **column: Any) -> bytes:
    shape = {"heading": "H", "format": "", "numeric": False, "date": False, "fill": False}
    columns = [shape | column for _ in rows[0]]
    return to_xlsx(
        [{"name": "t", "title": "T", "note": "N", "columns": columns, "rows": rows}], META
    )


@pytest.mark.bad_input("F2")
def test_one_csv_file_only_is_written_for_people() -> None:
    """A program of tables would run what a client's cell begins with."""
    found = [
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        for call in calls(ast.parse(file.read_text("utf-8")))
        if call.rpartition(".")[2] in WRITERS or call in ("csv.writer", "csv.DictWriter")
    ]
    assert found == ["intake/anonymity/written_list.py"]


@pytest.mark.bad_input("F2")
@pytest.mark.parametrize(
    "sign", ["=", " =", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
)
def test_no_cell_of_that_file_begins_a_formula(sign: str) -> None:
    assert without_formula(f"{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.bad_input("F2")
@pytest.mark.parametrize("name", ["Anna", "ООО «=»", "C-1", "3 = 3", ""])
def test_names_of_that_file_stay_as_they_are(name: str) -> None:
    assert without_formula(name) == name


@pytest.mark.bad_input("F2")
def test_the_search_for_writers_finds_them() -> None:
    assert list(calls(ast.parse("csv.writer(file); frame.to_csv(path)"))) == [
        "csv.writer",
        "frame.to_csv",
    ]


@pytest.mark.bad_input("F1", "F2")
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "'="])
def test_a_cell_of_a_workbook_is_text_whatever_it_begins_with(sign: str) -> None:
    data = book([[f"{sign}cmd|' /C calc'!A0"]])
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert all(b"<f>" not in parts.read(name) for name in parts.namelist())
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]["A5"]
    assert cell.data_type == "s"
    assert cell.value.replace("\n", "\r").endswith("cmd|' /C calc'!A0")


@pytest.mark.bad_input("F6")
def test_negative_numbers_stay_numbers() -> None:
    page = openpyxl.load_workbook(io.BytesIO(book([[-1.5]], numeric=True))).worksheets[1]
    assert (page["A5"].value, page["A5"].data_type) == (-1.5, "n")


@pytest.mark.bad_input("F6")
@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_result_file_never_holds_what_is_no_number(number: float) -> None:
    with pytest.raises(ValueError, match="a result holds"):
        plain_data({"a": [number]})


@pytest.mark.bad_input("F6")
def test_a_moment_is_written_with_its_zone() -> None:
    moment = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert plain_data((moment, date(1800, 1, 1))) == ["2025-12-31T23:30:00+00:00", "1800-01-01"]


@pytest.mark.bad_input("J7")
def test_a_workbook_has_no_hidden_sheet_cache_picture_or_link_to_elsewhere() -> None:
    data = book([["a"]])
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    odd = ("pivot", "external", "embed", "media", "thumbnail", "custom", "comment", "vba", "quer")
    assert [name for name in names if any(word in name.lower() for word in odd)] == []
    sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert [sheet.sheet_state for sheet in sheets] == ["visible"] * len(sheets)
    hidden = [d for sheet in sheets for d in sheet.column_dimensions.values() if d.hidden]
    assert hidden == []
