"""What a file looks like whose name is that of no table."""

from pathlib import Path

import pytest
import xlsxwriter

from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.plain_file import read_head
from workbook.intake.guess.likely_table import HEAD_BYTES, looks_like
from workbook.intake.recipe.presets import shipped_presets

SALES = "Контрагент;Дата;Сумма\nА;01.02.2025;10\n"


def likely(folder: Path, name: str, content: bytes | str, language: str = "ru") -> str:
    (folder / "data").mkdir(exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    (folder / "data" / name).write_bytes(data)
    return read(folder, name, language)


def read(folder: Path, name: str, language: str = "ru") -> str:
    with BookReader() as books:
        return looks_like(folder, name, language=language, books=books, presets=shipped_presets())


@pytest.mark.parametrize(
    ("content", "table"),
    [
        (SALES, "sales"),
        (SALES.encode("cp1251"), "sales"),
        ("Отчёт о продажах;;\n;;\n" + SALES, "sales"),
        ("respondent_id;date;score;reason\n1;2025-01-01;9;x\n", "survey"),
        ("Timestamp,How likely are you to recommend us to a friend?\n1,9\n", "survey"),
        ("Клиент;Дата ухода;Причины ухода\nА;01.02.2025;Цена\n", "lost_customers"),
        ("a;b;c\n1;2;3\n", ""),
        ("Дата;Прочее\n01.02.2025;1\n", ""),
        ("", ""),
        (b"\x00\xff\xfe\x00", ""),
    ],
)
def test_the_table_of_most_headings_is_named(tmp_path: Path, content: bytes | str, table: str):
    assert likely(tmp_path, "x.csv", content) == table


def test_the_name_of_a_table_in_the_name_of_the_file_decides(tmp_path: Path) -> None:
    assert likely(tmp_path, "Продажи за март.csv", "Клиент;Дата\nА;01.02.2025\n") == "sales"


def test_a_workbook_is_judged_by_the_first_rows_of_its_sheets(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with xlsxwriter.Workbook(tmp_path / "data" / "x.xlsx") as book:
        book.add_worksheet("Cover").write(0, 0, "Our firm")
        sheet = book.add_worksheet("Sheet2")
        sheet.write_row(3, 1, ["Контрагент", "Дата", "Сумма"])
        sheet.write_row(4, 1, ["А", "01.02.2025", 10])
    assert read(tmp_path, "x.xlsx") == "sales"
    (tmp_path / "data" / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert read(tmp_path, "broken.xlsx") == ""


def test_of_a_long_file_whole_lines_of_its_head_are_read(tmp_path: Path) -> None:
    rows = "К;01.02.2025;10\n" * 50_000
    assert likely(tmp_path, "x.csv", SALES + rows) == "sales"
    head = read_head(tmp_path, "data/x.csv", most=HEAD_BYTES)
    assert len(head) <= HEAD_BYTES
    assert head.endswith(b"\n")


def test_what_is_no_plain_file_looks_like_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "sales.csv").write_text(SALES, "utf-8")
    (tmp_path / "data" / "x.csv").symlink_to(tmp_path / "sales.csv")
    assert read(tmp_path, "x.csv") == ""
