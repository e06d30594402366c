"""The human coding file: written by us as a sheet, filled in by people, read back."""

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from workbook.diagnostics.loyalty.coding import Coding, answer_id
from workbook.diagnostics.loyalty.open_answers import ANSWERS, coded_answers
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.diagnostics.loyalty.sources.coding_file import coding_problems, read_coding
from workbook.diagnostics.loyalty.sources.coding_sheet import coding_sheet
from workbook.errors import Severity
from workbook.language.package_data import templates
from workbook.stats.data_table import DataTable

FRAME = load_code_frame(templates() / "code_frames" / "loyalty.yaml")
HEADER = "answer_id;question;text;proposed;confirmed;coder\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "coding").mkdir()
    return tmp_path


def _put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    (folder / "coding" / name).write_bytes(text.encode(encoding))


def _themes(coding: Coding) -> dict[str, tuple[str, ...] | None]:
    return {row.answer_id: row.confirmed for row in coding.rows}


def test_no_folder_and_an_empty_folder_are_no_coding(tmp_path, folder):
    assert read_coding(tmp_path / "nowhere", FRAME) == Coding()
    assert read_coding(folder, FRAME) == Coding()


@pytest.mark.parametrize(
    ("cell", "themes"),
    [
        ("price", ("price",)),
        ('"price; delivery"', ("price", "delivery")),
        ('"Доставка;Цена"', ("price", "delivery")),
        ('"Cena, DELIVERY"', ("price", "delivery")),
        ('"Reklamácie a sťažnosti"', ("complaints",)),
        ("reklamacie a staznosti", ("complaints",)),
        ('"price;;price; "', ("price",)),
        ("-", ()),
        ("–", ()),
        ("none", ()),
        ("Нет", ()),
        ("žiadna", ()),
        ("", None),
        ("  ", None),
    ],
)
def test_themes_are_named_by_id_or_label_and_a_hyphen_means_none(folder, cell, themes):
    _put(folder, "loyalty.csv", HEADER + f"R1/reason;reason;x;;{cell};Anna\n")
    coding = read_coding(folder, FRAME)
    assert coding.problems == ()
    assert _themes(coding) == {"R1/reason": themes}


def test_an_unknown_theme_is_named_with_its_place_and_the_nearest_name(folder):
    _put(folder, "loyalty.csv", HEADER + 'R1/reason;;;;price;\nR2/reason;;;;"price; delivry";\n')
    coding = read_coding(folder, FRAME)
    (problem,) = coding.problems
    assert (problem.code, problem.found) == ("coding_unknown_theme", "delivry")
    assert problem.facts["nearest"] == "delivery"
    place = problem.place
    assert (place.file, place.row, place.column) == ("coding/loyalty.csv", 3, "E (confirmed)")
    assert _themes(coding)["R2/reason"] is None


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ";"), ("utf-8-sig", ","), ("cp1251", ";"), ("utf-16", "\t")],
)
def test_csv_of_the_usual_encodings_and_delimiters_is_read(folder, encoding, delimiter):
    text = "Ответ;Вопрос;Текст ответа;Предложенные темы;Подтверждённые темы;Кодировщик\n"
    text += "R1/reason;;Дорого;;Цена;Ольга\n"
    _put(folder, "loyalty.csv", text.replace(";", delimiter), encoding)
    coding = read_coding(folder, FRAME)
    assert coding.problems == ()
    (row,) = coding.rows
    assert (row.text, row.confirmed, row.coder) == ("Дорого", ("price",), "Ольга")


def test_slovak_csv_of_excel_is_not_taken_for_russian(folder):
    text = "Odpoveď;Otázka;Znenie odpovede;Navrhnuté témy;Potvrdené témy;Kódoval\n"
    text += "R1/reason;;Meškajúca dodávka, dlhé čakanie, žiadna náhrada;;Dodávky;Žaneta\n"
    _put(folder, "loyalty.csv", text, "cp1250")
    coding = read_coding(folder, FRAME)
    assert coding.problems == ()
    assert (coding.rows[0].confirmed, coding.rows[0].coder) == (("delivery",), "Žaneta")


def test_line_breaks_inside_an_answer_do_not_shift_the_row_numbers(folder):
    text = HEADER + 'R1/reason;;"two\nlines";;price;\nR2/reason;;;;prise;\n'
    _put(folder, "loyalty.csv", "sep=;\n" + text)
    (problem,) = read_coding(folder, FRAME).problems
    assert problem.place.row == 5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n ", "file_empty"),
        (b"PK\x03\x04 not a workbook", "coding_unreadable"),
        (b"id;themes\n1;price\n", "coding_column_missing"),
        (HEADER.encode() + b'R1;;"never closed;;price;\n', "coding_unreadable"),
        (HEADER.encode() + b"R1/reason;;;;price;delivery;Anna\n", "coding_row_too_wide"),
        (HEADER.encode() + b";;text;;price;Anna\n", "coding_no_id"),
    ],
)
def test_an_unusable_file_or_row_is_a_problem_never_an_exception(folder, content, code):
    (folder / "coding" / "loyalty.csv").write_bytes(content)
    coding = read_coding(folder, FRAME)
    assert code in [problem.code for problem in coding.problems]
    assert coding.first == {}


def test_other_files_in_the_folder_are_left_alone(folder):
    for name in ("~$loyalty.xlsx", "notes.csv", "code_frame.yaml", "loyalty.md", ".DS_Store"):
        _put(folder, name, "x")
    assert read_coding(folder, FRAME) == Coding()
    _put(folder, "loyalty.ods", "x")
    assert [p.code for p in read_coding(folder, FRAME).problems] == ["coding_file_type"]


def test_the_first_file_prevails_and_the_second_coder_is_kept_for_agreement(folder):
    _put(folder, "loyalty-b.csv", HEADER + "R1/reason;;;;delivery;\nR2/reason;;;;price;\n")
    _put(folder, "loyalty-a.csv", HEADER + "R1/reason;;;;price;\nR2/reason;;;;;\n")
    coding = read_coding(folder, FRAME)
    assert {k: r.confirmed for k, r in coding.first.items()} == {
        "R1/reason": ("price",),
        "R2/reason": ("price",),
    }
    assert {k: r.confirmed for k, r in coding.second.items()} == {"R1/reason": ("delivery",)}


def test_two_coders_may_share_a_file_and_one_coder_is_no_second_opinion(folder):
    rows = "R1/reason;;;;price;Anna\nR1/reason;;;;staff;Boris\nR2/reason;;;;price;Anna\n"
    _put(folder, "loyalty.csv", HEADER + rows)
    _put(folder, "loyalty2.csv", HEADER + "R2/reason;;;;staff;anna\n")
    coding = read_coding(folder, FRAME)
    assert list(coding.second) == ["R1/reason"]
    (problem,) = coding.problems
    assert (problem.code, problem.severity) == ("coding_answer_twice", Severity.WARNING)
    assert problem.facts == {"file": "coding/loyalty.csv", "row": 4, "n": 1}


def test_coding_of_answers_that_the_survey_no_longer_has_is_warned_about(folder):
    rows = "R1/reason;;Too  dear!;;price;\nR2/reason;;Old text;;price;\nR3/reason;;;;-;\n"
    _put(folder, "loyalty.csv", HEADER + rows)
    coding = read_coding(folder, FRAME)
    found = coding_problems(coding, {"R1/reason": "too dear", "R2/reason": "New text"})
    assert [(p.code, p.place.row) for p in found] == [
        ("coding_text_changed", 3),
        ("coding_answer_unknown", 4),
    ]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [(("R-017", "2025Q4", "reason"), "R-017/2025Q4/reason"), (("7", "", "reason"), "7/reason")],
)
def test_the_id_of_an_answer_is_readable(parts, expected):
    assert answer_id(*parts) == expected


# The sheet ---------------------------------------------------------------------------------

NASTY = '=HYPERLINK("http://x")\x00\u202e https://example.com <b> ' + "ж" * 40_000


def _answers(coding=None, texts=("Дорого, долго", "Всё хорошо", NASTY, "-1")):
    survey = pd.DataFrame(
        {
            "respondent_id": pd.Series([f"R{i}" for i, _ in enumerate(texts)], dtype="str"),
            "score": pd.array([5] * len(texts), dtype="Int64"),
            "reason": pd.Series(list(texts), dtype="str"),
        }
    )
    return coded_answers(survey, coding=coding, frame=FRAME, language="ru")


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_a_sheet_copied_into_the_folder_is_read_back_without_problems(folder, language):
    content = coding_sheet(_answers(), frame=FRAME, language=language)
    (folder / "coding" / "loyalty.xlsx").write_bytes(content)
    coding = read_coding(folder, FRAME)
    assert coding.problems == ()
    assert _themes(coding) == {"R0/reason": None, "R1/reason": None, "R2/reason": None}


def test_what_people_fill_in_is_read_and_prefilled_in_the_next_sheet(folder):
    book = openpyxl.load_workbook(io.BytesIO(coding_sheet(_answers(), frame=FRAME, language="ru")))
    sheet = book.worksheets[0]
    assert sheet["D2"].value == "Цена; Скорость"
    sheet["E2"], sheet["E3"], sheet["F2"] = "Цена", "-", "Ольга"
    book.save(folder / "coding" / "loyalty.xlsx")
    coding = read_coding(folder, FRAME)
    assert {k: r.confirmed for k, r in coding.first.items()} == {
        "R0/reason": ("price",),
        "R1/reason": (),
    }
    again = coding_sheet(_answers(coding), frame=FRAME, language="en")
    sheet = openpyxl.load_workbook(io.BytesIO(again)).worksheets[0]
    rows = [[sheet.cell(row, column).value for column in (5, 6)] for row in (2, 3, 4)]
    assert rows == [["Price", "Ольга"], ["-", None], [None, None]]


def test_a_sheet_has_a_frozen_header_and_text_cells_only():
    content = coding_sheet(_answers(), frame=FRAME, language="sk")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    assert sheet["C4"].value.startswith("=HYPERLINK")
    assert sheet["C4"].value.endswith("…")


def test_the_instructions_list_every_theme():
    content = coding_sheet(_answers(), frame=FRAME, language="sk")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert set(FRAME.ids) <= cells
    assert {theme.label["sk"] for theme in FRAME.themes} <= cells


def test_the_same_answers_give_the_same_bytes():
    first = coding_sheet(_answers(), frame=FRAME, language="ru")
    assert first == coding_sheet(_answers(), frame=FRAME, language="ru")


def test_a_sheet_without_answers_still_opens():
    content = coding_sheet(DataTable.empty(ANSWERS), frame=FRAME, language="en")
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row == 1
