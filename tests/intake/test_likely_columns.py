"""Hints at columns: by words and by what the cells hold, in the language of the reader."""

import pytest
from intake_folder import Folder

from workbook.language.problems import line


def told(folder: Folder, code: str, language: str = "ru") -> dict[str, object]:
    (problem,) = [p for p in folder.read(language).problems if p.code == code]
    return {**problem.facts, "text": line(problem, language)}


def test_when_and_why_somebody_left_are_told_apart(folder: Folder) -> None:
    """By letters «Когда ушёл» was «Куда ушёл», and «Почему ушёл» «К кому ушёл»."""
    rows = "".join(f"К{n};2025-03-0{n};Цена;Конкурент\n" for n in range(1, 9))
    folder.write("lost_customers.csv", f"Клиент;Когда ушёл;Почему ушёл;Куда перешёл\n{rows}")
    facts = told(folder, "missing_columns")
    assert facts["line"] == 'columns = {lost_date = "Когда ушёл", reasons = "Почему ушёл"}'


def test_a_column_of_numbers_to_ten_is_the_score(folder: Folder) -> None:
    rows = "".join(f"{n};2025-03-0{n};{n + 1};ok\n" for n in range(1, 10))
    folder.write("survey.csv", f"respondent_id;date;Q1;Q2\n{rows}")
    assert told(folder, "missing_column", "en")["nearest"] == "Q1"


def test_a_column_of_texts_is_no_date_however_it_is_called(folder: Folder) -> None:
    rows = "".join(f"{n};later;{n}\n" for n in range(1, 10))
    folder.write("survey.csv", f"respondent_id;dates;score\n{rows}")
    assert told(folder, "missing_column", "en")["nearest"] == ""


def test_a_column_without_numbers_is_no_amount(folder: Folder) -> None:
    rows = "".join(f"C{n};2025-03-0{n};paid\n" for n in range(1, 10))
    folder.write("sales.csv", f"customer_id;date;amounts\n{rows}")
    assert told(folder, "missing_column", "en")["nearest"] == ""


@pytest.mark.parametrize(
    ("language", "word"), [("en", '"Product"'), ("ru", "«Продукт»"), ("sk", "„Produkt“")]
)
def test_a_hint_names_our_heading_in_the_language_of_the_reader(
    folder: Folder, language: str, word: str
) -> None:
    rows = "".join(f"{n};2025-03-0{n};{n};x\n" for n in range(1, 10))
    folder.write("survey.csv", f"respondent_id;date;score;Prodct\n{rows}")
    assert word in str(told(folder, "unknown_column", language)["text"])


def test_columns_like_no_known_one_are_told_together(folder: Folder) -> None:
    rows = "".join(f"{n};2025-03-0{n};{n};x;y;z\n" for n in range(1, 10))
    folder.write("survey.csv", f"respondent_id;date;score;Aaa;Bbb;Prodct\n{rows}")
    codes = [p.code for p in folder.read("en").problems if "unknown" in p.code]
    assert sorted(codes) == ["unknown_column", "unknown_columns"]


def test_allowed_words_are_those_of_the_reader(folder: Folder) -> None:
    head = "customer_id;product;date;stage;status\n"
    folder.write("offers.csv", f"{head}A;P;2025-03-01;offer;qqqq\n")
    assert "открыто, выиграно, проиграно" in str(told(folder, "not_in_choices")["text"])
    assert "otvorené, vyhrané, prehrané" in str(told(folder, "not_in_choices", "sk")["text"])
