"""Answers with their label are read as the number where there is one only, with one remark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_folder import Folder, errors, only, warnings

from workbook.intake.cells.scale_labels import label_in
from workbook.language.problems import line


@pytest.mark.parametrize(
    ("text", "number", "top"),
    [
        ("10 - Обязательно порекомендую", 10, None),
        ("0 — Ни за что", 0, None),
        ("Extremely likely - 10", 10, None),
        ("5 - Very satisfied", 5, None),
        ("0 = Not at all likely", 0, None),
        ("5 (Very satisfied)", 5, None),
        ("Very satisfied (5)", 5, None),
        ("Оценка: 9", 9, None),
        ("5-отлично", 5, None),
        ("9/10", 9, 10),
        ("9 / 10", 9, 10),
        ("9 из 10", 9, 10),
        ("4 out of 5", 4, 5),
        ("4 out of 5 stars", 4, 5),
        ("9 z 10", 9, 10),
        ("5 stars", 5, None),
        ("4 балла", 4, None),
        ("★★★★☆", 4, 5),
        ("⭐️⭐️⭐️", 3, 5),
    ],
)
def test_a_label_around_one_number_is_told(text: str, number: int, top: int | None) -> None:
    found = label_in(text)
    assert found is not None
    assert (found.number, found.top, found.end_only) == (number, top, False)


@pytest.mark.parametrize(
    "text",
    [
        *("7 или 8", "5 - 7", "8-9", "above 5", "не ниже 8", "-5 - bad", "Плохо -1", "7-й", "5-ть"),
        *("80 % - good", "9,5 - good", "1. Отлично", "1) Отлично", "Q1: 5", "5", "good", "", "№ 5"),
        *("10+", "★★☆", "9/10/2025", "5 - 10 %"),
    ],
)
def test_what_could_mean_something_else_is_no_label(text: str) -> None:
    assert label_in(text) is None


@given(st.text(max_size=60))
def test_a_label_is_never_read_from_a_text_of_two_numbers(text: str) -> None:
    found = label_in(text)
    if found and found.top is None:
        digits = "".join(sign if sign.isdigit() else " " for sign in text).split()
        assert [int(run) for run in digits] == [found.number]


def scores(folder: Folder, *cells: object, language: str = "en"):
    rows = "".join(f"{n};2025-01-{n % 28 + 1:02};{cell}\n" for n, cell in enumerate(cells))
    folder.write("survey.csv", "respondent_id;date;score\n" + rows)
    return folder.read(language)


def marks(folder: Folder, *cells: object, heading: str = "mark"):
    rows = "".join(f"{n};2025-01-{n % 28 + 1:02};P;q;{c}\n" for n, c in enumerate(cells))
    folder.write("satisfaction.csv", f"respondent_id;date;product;parameter;{heading}\n" + rows)
    return folder.read()


def test_31_labelled_scores_are_read_with_a_remark_that_counts(folder: Folder) -> None:
    cells = ["10 - Обязательно порекомендую", 9, "0 - Ни за что", "10 Точно да", "8 из 10"] * 3
    intake = scores(folder, *cells)
    problem = only(intake, "scale_labels")
    assert (problem.is_error, problem.facts["count"]) == (False, 12)
    assert "10 - Обязательно порекомендую" in line(problem, "ru")
    assert intake.tables["survey"].frame["score"].tolist() == [10, 9, 0, 10, 8] * 3


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("11 - Обязательно", "out_of_range"),
        ("4/5", "words_beside_number"),
        ("7 скорее да", "words_beside_number"),
        ("7 или 8", "words_beside_number"),
    ],
)
def test_a_label_off_the_scale_is_refused(folder: Folder, cell: str, code: str) -> None:
    assert errors(scores(folder, cell, 10, 9, 3)) == [(code, 2, cell)]


@pytest.mark.parametrize(
    ("cells", "read", "scale"),
    [
        (("5 - Very satisfied", "3", "1 - Poor"), [5, 3, 1], "1-5"),
        (("4/5", "5/5", "1/5"), [4, 5, 1], "1-5"),
        (("9/10", "10/10", "7"), [9, 10, 7], "1-10"),
        (("★★★★☆", "★★★★★", "★☆☆☆☆"), [4, 5, 1], "1-5"),
        (("5 stars", "4 stars", "1 star"), [5, 4, 1], "1-5"),
    ],
)
def test_labelled_marks_are_read_by_their_scale(
    folder: Folder, cells: tuple[str, ...], read: list[int], scale: str
) -> None:
    intake = marks(folder, *cells)
    assert errors(intake) == []
    frame = intake.tables["satisfaction"].frame
    assert (frame["mark"].tolist(), frame.attrs["scale"]) == (read, scale)
    assert "scale_labels" in warnings(intake)


def test_parts_of_two_scales_are_refused(folder: Folder) -> None:
    found = errors(marks(folder, "4/5", "4/10", 5, 3, 1))
    assert [(code, cell) for code, _, cell in found] == [("words_beside_number", "4/10")]


def test_labelled_marks_to_ten_still_ask_for_the_scale(folder: Folder) -> None:
    assert [code for code, _, _ in errors(marks(folder, "9 - good", 8, 7))] == ["marks_to_ten"]
    assert errors(marks(folder, "9 - good", 8, 7, heading="Mark 1-10")) == []


def test_a_label_among_percentages_is_no_number(folder: Folder) -> None:
    assert [code for code, _, _ in errors(marks(folder, "80%", "90%", "5 - good"))] != []


def test_39_a_column_of_words_gets_the_line_that_gives_them_numbers(folder: Folder) -> None:
    intake = marks(folder, *["Плохо", "Нейтрально", 'Очень "хорошо"'] * 5)
    problem = only(intake, "words_for_marks")
    assert problem.facts["line"] == (
        'values.mark = {"?1" = ["Плохо"], "?2" = ["Нейтрально"], "?3" = ["Очень \\"хорошо\\""]}'
    )
    assert "[intake.satisfaction]" in line(problem, "en")


def test_numbers_that_are_no_scale_keep_their_words(folder: Folder) -> None:
    folder.write("sales.csv", "customer_id;date;amount\nA;2025-01-01;5 - штук\n")
    assert [code for code, _, _ in errors(folder.read("ru"))] == ["words_beside_number"]
