"""The files are as untidy as real ones, in the ways that the samples promise."""

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from workbook.diagnostics.loyalty.coding import answer_id
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.diagnostics.loyalty.sources.coding_file import coding_problems, read_coding
from workbook.intake.schema_files import load_schema
from workbook.language.package_data import templates

QUESTIONS = ("reason", "improvement")
MAIN_THEMES = {
    "ru": ("delivery", "availability", "price", "quality", "communication", "complaints"),
    "sk": ("communication", "price", "speed", "quality", "availability", "competence"),
    "en": ("communication", "competence", "speed"),
}


def test_the_russian_survey_is_cp1251_and_not_utf8(samples: Path) -> None:
    content = (samples / "ural-tekhnika" / "data" / "survey.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert content.decode("cp1251").startswith("Опрос дилеров")


def test_the_russian_survey_has_a_title_blank_lines_and_outer_spaces(lines: Any) -> None:
    every = lines("ural-tekhnika", "survey")
    assert [bool(any(line)) for line in every[:3]] == [True, False, True]
    assert sum(not any(line) for line in every[3:]) == 3
    assert any(cell != cell.strip() for line in every for cell in line)


def test_dates_and_amounts_of_the_russian_survey_are_russian(lines: Any) -> None:
    body = [line for line in lines("ural-tekhnika", "survey")[3:] if any(line)]
    assert all(re.fullmatch(r"\d\d\.\d\d\.2025", line[1].strip()) for line in body)
    assert all(re.fullmatch(r"\d{1,3}(\u00a0\d{3})*,\d\d", line[-1].strip()) for line in body)


def test_the_total_line_of_the_sales_is_their_sum(lines: Any, rows: Any) -> None:
    total = lines("ural-tekhnika", "sales")[-1]
    assert total[0] == "Итого"
    assert float(total[6]) == sum(float(row["amount"]) for row in rows("ural-tekhnika", "sales"))


def test_the_slovak_workbook_has_a_title_line_and_ids_with_leading_zeros(samples: Path) -> None:
    book = openpyxl.load_workbook(samples / "tatra-servis" / "data" / "intake.xlsx")
    assert book["Prieskum"]["A1"].value == "Prieskum spokojnosti zákazníkov – všetky pobočky"
    assert book["Prieskum"]["B1"].value is None
    assert re.fullmatch(r"0\d{5}", str(book["Prieskum"]["D5"].value).strip())


@pytest.mark.parametrize(
    ("engagement", "text"),
    [
        ("ural-tekhnika", "=1+1"),
        ("ural-tekhnika", "<b>"),
        ("ural-tekhnika", "{{7*7}}"),
        ("ural-tekhnika", "+7 912 555-01-23"),
        ("tatra-servis", "=HYPERLINK("),
        ("tatra-servis", "<script>"),
        ("tatra-servis", "+421 900 000 417"),
        ("tatra-servis", "@priklad.example"),
        ("northbridge", "=SUM("),
        ("northbridge", "<img"),
        ("northbridge", "07700 900321"),
    ],
)
def test_an_answer_holds_what_must_be_escaped_or_masked(
    engagement: str, text: str, clean: Any
) -> None:
    answers = (row[q] for row in clean(engagement, "survey") for q in QUESTIONS)
    assert any(text in answer for answer in answers)


@pytest.mark.parametrize("engagement", ["ural-tekhnika", "tatra-servis", "northbridge"])
def test_answers_hardly_ever_repeat(engagement: str, clean: Any) -> None:
    answers = [row[q].casefold() for row in clean(engagement, "survey") for q in QUESTIONS]
    long = [answer for answer in answers if len(answer) > 25]
    assert len(set(long)) > 0.85 * len(long)


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_main_themes_have_a_dozen_phrases_for_each_question(language: str, samples: Path) -> None:
    path = samples / "generate" / "phrases" / f"{language}.yaml"
    themes = yaml.safe_load(path.read_text("utf-8"))["themes"]
    assert len(themes) == 14
    for theme in MAIN_THEMES[language]:
        assert len(set(themes[theme]["neg"])) >= 12
        assert len(set(themes[theme]["wish"])) >= 12


@pytest.mark.parametrize("language", ["ru", "sk", "en"])
def test_headings_and_words_of_closed_lists_are_known_to_the_tables(
    language: str, words: Any
) -> None:
    own = dict(words[language])
    choices = own.pop("choices")
    for table, headings in own.items():
        for name, heading in headings.items():
            column = load_schema(table).column(name)
            assert heading in (*column.headings.values(), *column.aliases), (table, heading)
            for word, spellings in (column.choices or {}).items():
                assert choices[word] in spellings


def test_the_human_coding_fits_the_survey_and_the_code_frame(samples: Path, clean: Any) -> None:
    frame = load_code_frame(templates() / "code_frames" / "loyalty.yaml")
    coding = read_coding(samples / "ural-tekhnika", frame)
    answers = {
        answer_id(row["respondent_id"], "", question): row[question]
        for row in clean("ural-tekhnika", "survey")
        for question in QUESTIONS
        if row[question]
    }
    assert coding.problems == ()
    assert coding_problems(coding, answers) == ()
    assert {row.coder for row in coding.rows} == {"Панкратова", "Юсупов"}
    assert 0.2 * len(answers) < len(coding.first) < 0.45 * len(answers)
    assert len(coding.second) > 50


@pytest.mark.parametrize(
    ("engagement", "spellings"),
    [
        (
            "northbridge",
            {"+ / -", "plus", "partly", "−", "minus", "n/a", "don't know", "Don’t know"},
        ),
        ("tatra-servis", {"plus", "+-", "čiastočne", "mínus", "neviem", "?", "netýka sa"}),
        ("vektor-it", {"плюс", "±", "+ / -", "минус"}),
    ],
)
def test_people_type_marks_of_questionnaires_in_many_ways(
    engagement: str, spellings: set[str], rows: Any
) -> None:
    typed = {row["mark"] for row in rows(engagement, "answers")}
    assert spellings <= typed
    assert {"+", "+/-", "-"} < typed


def test_the_table_of_answers_of_the_it_firm_is_cp1251(samples: Path) -> None:
    content = (samples / "vektor-it" / "data" / "answers.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert content.decode("cp1251").startswith("ФИО;")


def test_marks_pasted_over_the_drop_down_are_in_the_forms_of_the_it_firm(samples: Path) -> None:
    book = openpyxl.load_workbook(samples / "vektor-it" / "data" / "forms" / "opros.xlsx")
    given = {str(cell.value) for sheet in book for cell in sheet["E"]}
    assert {"+", "+/-", "-", "не знаю", "не применимо"} < given
    assert given & {"плюс", "±", "+ / -", "–", "минус"}
    assert book.worksheets[0].data_validations.count > 0
