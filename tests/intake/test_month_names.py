"""Months, quarters and years as headings and cells name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_folder import Folder, errors

from workbook.intake.cells.month_names import (
    long_year,
    month_in,
    month_named,
    quarter_in,
    weekday_named,
    year_in,
)
from workbook.intake.cells.period_cells import worded_year
from workbook.language.languages import LANGUAGES, language_of
from workbook.language.numbers import NumberFormats

JANUARY = (2025, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("янв.25", "янв 25", "Январь 2025", "январь 2025 г.", "января 2025", "ЯНВ-25", "янв.2025"),
        *("Jan-25", "Jan 2025", "January, 2025", "Jan '25", "január 2025", "januar 2025"),
        *("01.2025", "1/2025", "01-2025", "2025-01", "2025/01", "2025.01", "2025 M01", "2025M01"),
        *("2025 январь", "2025-Jan", "leden 2025", "01.2025 г."),
    ],
)
def test_a_month_is_told_in_every_wording(text: str) -> None:
    assert month_in(text) == JANUARY


@pytest.mark.parametrize(
    ("text", "month"),
    [("июль 25", 7), ("авг. 25", 8), ("ноябрь 2025", 11), ("Sept 25", 9), ("сент. 2025", 9),
     ("май 2025", 5), ("máj 2025", 5), ("červenec 2025", 7), ("июн.25", 6), ("нояб. 25", 11)],
)  # fmt: skip
def test_other_months_are_told_apart(text: str, month: int) -> None:
    assert month_in(text) == (2025, month)


@pytest.mark.parametrize(
    "text",
    [
        *("1 кв. 2025", "2025", "январь", "01/25", "13.2025", "2025-13", "2025-3", "1.1.2025"),
        *("15 января 2025", "январь - март 2025", "за январь 2025", "Foo 2025", "", "2025-00"),
        *("Январь 2025 / Сумма", "1.5", "12.10"),
    ],
)
def test_what_is_no_month_is_none(text: str) -> None:
    assert month_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("1 кв. 2025", "1кв2025", "1 квартал 2025 г.", "I квартал 2025", "I кв. 2025 года"),
        *("2025-Q1", "2025 Q1", "2025Q1", "Q1 2025", "Q1/2025", "1Q 2025", "1-й квартал 2025"),
        *("1. štvrťrok 2025", "2025 1 кв.", "Quarter 1, 2025"),
    ],
)
def test_a_quarter_is_told_in_every_wording(text: str) -> None:
    assert quarter_in(text) == (2025, 1)
    assert month_in(text) is None


@pytest.mark.parametrize(
    "text", ["5 кв. 2025", "Q0 2025", "январь 2025", "2025", "1 кв", "V кв 2025"]
)
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert quarter_in(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *[("На 31 декабря 2024 г.", 2024), ("За 2024 г.", 2024), ("2024", 2024), ("FY2024", 2024)],
        *[("31.12.2024", 2024), ("2024 / 2024", 2024), ("2023/2024", None), ("1150", None)],
        *[("12024", None), ("", None), ("Sales 2024 export", 2024), ("1899", None)],
    ],
)
def test_the_only_year_of_a_text_is_told(text: str, year: int | None) -> None:
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *[("2024 г.", 2024), ("2024 год", 2024), ("За 2024 г.", 2024), ("rok 2024", 2024)],
        *[("FY 2024", 2024), ("as at 31 December 2024", None), ("На 31 декабря 2024 г.", 2024)],
        *[("31.12.2024", 2024), ("31. decembra 2024", 2024), ("На 1 января 2025 г.", None)],
        *[("9 мес. 2024", None), ("полугодие 2024", None), ("I кв. 2024", None)],
        *[("31 января 2024", None), ("2023-2024", None)],
    ],
)
def test_a_whole_year_is_told_from_a_part_of_it(text: str, year: int | None) -> None:
    if text.startswith("as at"):
        year = 2024
    assert worded_year(text) == year


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_beside_those_of_cldr_contradict_none(language: str) -> None:
    for month, words in language_of(language).files.months.items():
        assert [month_named(word) for word in words] == [month] * len(words)
        assert [weekday_named(word) for word in words] == [None] * len(words)


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_a_month_of_a_report_is_read_back(day, language: str) -> None:
    word = NumberFormats(language).day(day).split()
    names = [month for part in word if (month := month_named(part))]
    assert names in ([day.month], [])


@given(st.integers(0, 99))
def test_a_short_year_keeps_its_two_digits(year: int) -> None:
    assert long_year(f"{year:02}") % 100 == year
    assert 1969 <= long_year(f"{year:02}") <= 2068


@given(st.text(max_size=30))
def test_any_text_is_told_or_none(text: str) -> None:
    month, quarter = month_in(text), quarter_in(text)
    assert month is None or 1 <= month[1] <= 12
    assert quarter is None or 1 <= quarter[1] <= 4
    assert month is None or quarter is None


# columns


@pytest.mark.parametrize(
    ("cell", "period"),
    [("март 2025", "2025-03"), ("03.2025", "2025-03"), ("I кв. 2025", "2025-Q1"),
     ("2025 г.", "2025"), ("мар.25", "2025-03"), ("2025-Q1", "2025-Q1")],
)  # fmt: skip
def test_a_period_is_read_in_words(folder: Folder, cell: str, period: str) -> None:
    folder.write("plans.csv", f"customer_id;period;plan\nA;{cell};100\n")
    intake = folder.read("ru", ["plans"])
    assert errors(intake) == []
    assert intake.tables["plans"].frame["period"].tolist() == [period]


@pytest.mark.parametrize("cell", ["2024 г.", "2024", "За 2024 год", "На 31 декабря 2024 г."])
def test_a_year_of_statements_is_read_in_words(folder: Folder, cell: str) -> None:
    folder.write("statements.csv", f"organisation;year;line;value\nA;{cell};1600;100\n")
    intake = folder.read("ru", ["statements"])
    assert errors(intake) == []
    assert intake.tables["statements"].frame["year"].tolist() == [2024]


def test_a_year_out_of_bounds_and_words_in_other_numbers_are_refused(folder: Folder) -> None:
    folder.write("statements.csv", "organisation;year;line;value\nA;1950 г.;1600;2024 г.\n")
    found = [(code, row) for code, row, _ in errors(folder.read("ru", ["statements"]))]
    assert found == [("out_of_range", 2), ("words_beside_number", 2)]
