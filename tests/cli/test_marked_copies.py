"""Marked copies: the client's cells by value, the faulty ones coloured and explained."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from workbook.batch.services import default_services
from workbook.commands import marked_book
from workbook.commands.check import check_engagement, with_marked_copies
from workbook.commands.marked_book import for_client
from workbook.engagement.fingerprint import hash_files
from workbook.errors import UsageError
from workbook.intake.files.column_letters import column_number
from workbook.language.catalog import load_texts

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
HEAD = "respondent_id;date;score\n"


def engagement(folder: Path, *, language: str = "en") -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(
        f'schema_version = 1\nid = "x"\nclient = "X"\nlanguage = "{language}"\n'
        'currency = "EUR"\nperiod = "2025"\nas_of = 2025-12-31\n',
        "utf-8",
    )
    return folder


def marked(folder: Path, out: Path | None = None) -> list[Path]:
    services = default_services()
    return list(with_marked_copies(check_engagement(folder, services), services, out).marked)


def survey(folder: Path, text: str, name: str = "survey.csv") -> Path:
    (folder / "data" / name).write_text(text, "utf-8")
    return folder


def test_a_faulty_cell_is_red_and_says_why_at_the_address_of_the_file(tmp_path):
    rows = "".join(f"{n};2025-03-01;9\n" for n in range(12))
    folder = survey(engagement(tmp_path / "acme"), HEAD + rows + "\n99;2025-03-01;eleven\n")
    (path,) = marked(folder)
    assert path == folder / "marked" / "survey.marked.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Problems", "survey"]
    cell = book["survey"]["C15"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("eleven", RED)
    assert cell.comment.text == ('This is not a number; found "eleven". Write digits only.')
    assert book["survey"]["C2"].comment is None
    assert book["survey"]["A2"].value == "0"
    assert book["Problems"]["A5"].hyperlink.location == "'survey'!C15"
    assert [c.value for c in book["Problems"][5]][1:3] == [
        "error", 'This is not a number; found "eleven".',
    ]  # fmt: skip


def test_every_row_of_one_cause_is_marked(tmp_path):
    twice = "".join(f"{n};2025-0{m}-01;{m + 6}\n" for m in (3, 4) for n in range(8))
    (path,) = marked(survey(engagement(tmp_path / "acme"), HEAD + twice))
    sheet = openpyxl.load_workbook(path)["survey"]
    red = [c.coordinate for row in sheet for c in row if c.fill.fgColor.rgb == RED]
    assert red == [f"A{n}" for n in range(10, 18)]


def test_a_workbook_keeps_names_of_sheets_rows_kinds_and_addresses(tmp_path):
    folder = engagement(tmp_path / "acme")
    with xlsxwriter.Workbook(folder / "data" / "sales.xlsx") as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet = book.add_worksheet("Problems")
        sheet.write_row(2, 1, ["customer_id", "date", "amount"])
        for at in range(3, 9):
            sheet.write_row(at, 1, [f"C{at}", None, at + 0.5])
            sheet.write_datetime(at, 2, date(2025, 3, at), day)
        sheet.write_string(6, 3, "=1+1")
    (path,) = marked(folder)
    copy = openpyxl.load_workbook(path)
    assert copy.sheetnames == ["Problems (2)", "Problems"]
    sheet = copy["Problems"]
    assert (sheet["B3"].value, sheet["D4"].value, sheet["D4"].data_type) == (
        "customer_id",
        3.5,
        "n",
    )
    assert sheet["C4"].is_date
    assert (sheet["D7"].value, sheet["D7"].data_type) == ("=1+1", "s")
    assert sheet["D7"].fill.fgColor.rgb == RED


@pytest.mark.parametrize("text", ["=HYPERLINK(0)", "+1+1", "@SUM(A1)", "http://a.example/"])
def test_texts_of_the_client_stay_texts(tmp_path, text):
    rows = f"{text};2025-03-01;{text}\n2;2025-03-01;9\n"
    (path,) = marked(survey(engagement(tmp_path / "acme"), HEAD + rows))
    sheet = openpyxl.load_workbook(path)["survey"]
    assert sheet["A2"].value == text
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].hyperlink is None


def test_headings_that_are_missing_are_marked_in_the_row_of_headings(tmp_path):
    (path,) = marked(survey(engagement(tmp_path / "acme"), "a;b;c\n1;2;3\n"))
    assert openpyxl.load_workbook(path)["survey"]["A1"].fill.fgColor.rgb == RED


def test_remarks_are_yellow_and_the_words_are_the_clients(tmp_path):
    folder = engagement(tmp_path / "acme", language="ru")
    rows = "".join(f"{n};2025-03-01;{n % 11};x\n" for n in range(12))
    (path,) = marked(survey(folder, HEAD.replace("score", "score;Заметка") + rows))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "Замечания"
    assert book["survey"]["D1"].fill.fgColor.rgb == YELLOW


def test_a_file_without_problems_has_no_copy(tmp_path):
    rows = "".join(f"{n};2025-03-{n + 1:02};{n % 11}\n" for n in range(12))
    assert marked(survey(engagement(tmp_path / "acme"), HEAD + rows)) == []


def test_two_files_of_one_name_have_two_copies(tmp_path):
    folder = survey(engagement(tmp_path / "acme"), HEAD + "1;x;1\n")
    survey(folder, HEAD + "1;x;1\n", "Survey.CSV")
    names = sorted(path.name for path in marked(folder, tmp_path / "out"))
    assert len(names) == len(set(map(str.casefold, names)))


def test_of_a_long_file_the_first_rows_and_those_with_problems_are_copied(tmp_path, monkeypatch):
    monkeypatch.setattr(marked_book, "MOST_ROWS", 5)
    monkeypatch.setattr(marked_book, "MOST_COMMENTS", 1)
    rows = "".join(f"{n};2025-03-{n % 28 + 1:02};{n % 11}\n" for n in range(30))
    text = HEAD + rows + "a;2025-03-01;x\nb;2025-03-01;y\n"
    (path,) = marked(survey(engagement(tmp_path / "acme"), text))
    book = openpyxl.load_workbook(path)
    sheet = book["survey"]
    assert [n for n in range(1, 40) if sheet.cell(n, 1).value] == [1, 2, 3, 4, 5, 32, 33]
    assert sum(c.comment is not None for row in sheet for c in row) == 1
    assert "5" in book["Problems"]["A3"].value


def test_a_file_that_cannot_be_read_has_its_list(tmp_path):
    folder = engagement(tmp_path / "acme")
    (folder / "data" / "survey.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (path,) = marked(folder)
    assert openpyxl.load_workbook(path).sheetnames == ["Problems"]


def test_copies_are_no_data_and_change_no_fingerprint(tmp_path):
    folder = survey(engagement(tmp_path / "acme"), HEAD + "1;x;1\n")
    settings = default_services().load(folder)
    before = [p.code for p in check_engagement(folder, default_services()).problems]
    hashes = hash_files(settings).digest()
    assert marked(folder)
    assert [p.code for p in check_engagement(folder, default_services()).problems] == before
    assert hash_files(settings).digest() == hashes


@pytest.mark.parametrize("name", ["data", "notes/x"])
def test_a_folder_that_is_read_is_refused(tmp_path, name):
    folder = survey(engagement(tmp_path / "acme"), HEAD + "1;x;1\n")
    with pytest.raises(UsageError, match="is read"):
        marked(folder, folder / name)


def test_a_link_is_no_folder_for_copies(tmp_path):
    folder = survey(engagement(tmp_path / "acme"), HEAD + "1;x;1\n")
    (tmp_path / "elsewhere").mkdir()
    (folder / "marked").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="link"):
        marked(folder)


@pytest.mark.parametrize(
    ("fix", "told"),
    [
        ("Write digits only.", "Write digits only."),
        ("Write drop_rows = [2] under [intake.survey] in engagement.toml.", "Correct it in the"),
        ("Fill it in; if not, write a = 1 under [intake.x] in engagement.toml.", "Fill it in."),
        ("If so, write a = 1 under [intake.x]; otherwise correct the cells.", "Correct"),
    ],
)
def test_a_client_is_told_only_what_a_client_can_do(fix, told):
    assert for_client(fix, load_texts("check", "en")).startswith(told)


def test_letters_are_columns():
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]
