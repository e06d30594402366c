"""Cells: numbers, days, lists, identifiers, under the language or as declared (cases C and D)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_folder import Folder, errors, only, warnings

from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.number_cells import number_of, syntax_of
from workbook.language.numbers import NumberFormats


def conventions(language: str, decimal: str = "", currency: str = "EUR") -> Conventions:
    usual = "." if language == "en" else ","
    return Conventions(
        language=language,
        decimal=decimal or usual,
        decimal_declared=bool(decimal),
        date_order="",
        currency=currency,
    )


def number(text: str, language: str, decimal: str = "") -> float | str:
    """Return the number of a column of one cell, or the code of what is wrong."""
    rules = conventions(language, decimal)
    cell = Cell(TEXT, text)
    value, why = number_of(cell, syntax_of([cell], rules))
    return why.code if why else float(value or 0.0)


@pytest.mark.bad_input("C4")
@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1234", "ru", 1234),
        ("1 234,5", "ru", 1234.5),
        ("1\u00a0234\u00a0567,89", "ru", 1234567.89),
        ("1\u202f234", "sk", 1234),
        ("1\u2009234,5", "sk", 1234.5),
        ("1.234,56", "sk", 1234.56),
        ("1.234.567", "sk", 1234567),
        ("1,234.56", "en", 1234.56),
        ("1,234", "en", "ambiguous_number"),
        ("'42", "en", 42),
        ("(1000)", "en", -1000),
        ("(1 000,5)", "ru", -1000.5),
        ("\u22125", "ru", -5),
        ("-0", "ru", 0),
        ("1500 ₽", "ru", 1500),
        ("1 500,50 руб.", "ru", 1500.5),
        ("€ 12.5", "en", 12.5),
        ("12,5 EUR", "sk", 12.5),
        ("8.5", "ru", 8.5),  # a column that plainly uses the point throughout
        ("8,5", "en", 8.5),
        ("1.234", "ru", "ambiguous_number"),
        ("12 34", "ru", "not_a_number"),
        ("1 2345", "ru", "not_a_number"),
        ("1e5", "en", "not_a_number"),
        ("inf", "en", "not_a_number"),
        ("nan", "en", "not_a_number"),
        ("ten", "en", "not_a_number"),
        ("5%", "en", "not_a_number"),
        ("9" * 20, "en", "number_too_large"),
    ],
)
def test_a_number_is_read_by_the_language_or_refused(
    text: str, language: str, expected: float | str
) -> None:
    assert number(text, language) == expected


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("8.5", ".", 8.5),
        ("8.5", ",", "other_decimal"),
        ("1,234", ".", 1234),
        ("1.234", ",", 1234),
        ("1,234,567", ".", 1234567),
        ("1.234", ".", 1.234),
    ],
)
def test_a_declared_decimal_sign_is_the_only_one(
    text: str, decimal: str, expected: float | str
) -> None:
    assert number(text, "ru", decimal) == expected


@given(
    st.integers(-(10**11), 10**11).map(lambda n: n / 100),
    st.sampled_from(["ru", "sk", "en"]),
)
def test_what_a_report_writes_is_read_back_as_the_same_number(value: float, language: str) -> None:
    written = NumberFormats(language).decimal(value, 2)
    assert number(written, language) == pytest.approx(value)


def test_two_decimal_signs_in_one_column_are_refused_where_they_differ(folder: Folder) -> None:
    folder.write("sales.csv", "customer_id;date;amount\nA;2025-01-01;1,5\nB;2025-01-01;2.5\n")
    assert errors(folder.read("ru")) == [("other_decimal", 3, "2.5")]


def dates(folder: Folder, *cells: object, language: str = "en", **options: str):
    """Return the days of a CSV column, or the errors as (code, row)."""
    rows = "".join(f"{n};{cell};9\n" for n, cell in enumerate(cells))
    folder.write("survey.csv", "respondent_id;date;score\n" + rows)
    intake = folder.read(language, **options)
    found = [(code, row) for code, row, _ in errors(intake)]
    return found or intake.tables["survey"].frame["date"].dt.date.tolist()


NEW_YEAR_EVE = date(2024, 12, 31)
FEBRUARY = date(2025, 2, 1)


@pytest.mark.parametrize(
    ("cell", "language", "order", "expected"),
    [
        ("2025-02-01", "en", "", FEBRUARY),
        ("2025-02-01T23:59:59Z", "en", "", FEBRUARY),
        ("2025-02-01 08:30", "ru", "", FEBRUARY),
        ("2025/02/01", "en", "", FEBRUARY),
        ("01.02.2025", "ru", "", FEBRUARY),
        ("1. 2. 2025", "sk", "", FEBRUARY),
        ("01.02.2025 г.", "ru", "", FEBRUARY),
        ("01.02.2025 10:15", "ru", "", FEBRUARY),
        ("01.02.25", "ru", "", FEBRUARY),
        ("01/02/2025", "en", "dmy", FEBRUARY),
        ("02/01/2025", "en", "mdy", FEBRUARY),
        ("02-01-2025", "en", "mdy", FEBRUARY),
    ],
)
def test_a_day_is_read_when_it_can_mean_one_thing(
    folder: Folder, cell: str, language: str, order: str, expected: date
) -> None:
    assert dates(folder, cell, language=language, date_order=order) == [expected]


@pytest.mark.parametrize(
    ("cell", "language", "order", "code"),
    [
        ("01.02.2025", "en", "", "date_order_unknown"),
        ("31/12/2024", "en", "", "date_order_unknown"),
        ("31/12/2024", "ru", "", "date_order_unknown"),
        ("31/12/2024", "en", "mdy", "order_impossible"),
        ("31/31/2024", "en", "mdy", "no_such_day"),
        ("30.02.2025", "ru", "", "no_such_day"),
        ("31.12.224", "ru", "", "not_a_date"),
        ("31.12.27", "ru", "", "short_year_ahead"),
        ("45000", "en", "", "serial_days"),
        ("99000", "en", "", "not_a_date"),
        ("soon", "en", "", "not_a_date"),
        ("0205-01-01", "en", "", "date_out_of_range"),
        ("", "en", "", "blank_cell"),
    ],
)
def test_any_other_day_is_refused(
    folder: Folder, cell: str, language: str, order: str, code: str
) -> None:
    assert dates(folder, cell, language=language, date_order=order) == [(code, 2)]


@pytest.mark.bad_input("C3")
def test_an_unknown_order_is_said_once_for_the_column_with_the_count(folder: Folder) -> None:
    assert dates(folder, "2025-01-01", "01/02/2025", "31/12/2024") == [("date_order_unknown", 3)]
    assert only(folder.read(), "date_order_unknown").facts["count"] == 2


@pytest.mark.bad_input("C3")
def test_true_dates_mixed_with_slashed_text_are_refused(folder: Folder) -> None:
    rows = [["a", FEBRUARY, 9], ["b", "31/12/2024", 9]]
    folder.write_xlsx("survey.xlsx", {"S": [["respondent_id", "date", "score"], *rows]})
    assert errors(folder.read(date_order="dmy")) == [("mixed_dates", 3, "31/12/2024")]


def test_true_dates_mixed_with_dotted_text_are_read(folder: Folder) -> None:
    rows = [["a", FEBRUARY, 9], ["b", "31.12.2024", 9]]
    folder.write_xlsx("survey.xlsx", {"S": [["respondent_id", "date", "score"], *rows]})
    frame = folder.read("sk").tables["survey"].frame
    assert frame["date"].dt.date.tolist() == [FEBRUARY, NEW_YEAR_EVE]
    assert str(frame["date"].dtype) == "datetime64[ns]"


@pytest.mark.bad_input("D1")
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("11", "out_of_range"),
        ("-1", "out_of_range"),
        ("7.5", "not_whole"),
        ("ten", "not_a_number"),
        ("10 ", None),
        (" 0", None),
        ("10.0", None),
        ("", None),
    ],
)
def test_a_score_is_a_whole_number_0_to_10_or_blank(
    folder: Folder, cell: str, code: str | None
) -> None:
    folder.write("survey.csv", f"respondent_id;date;score\n1;2025-01-01;{cell}\n")
    assert [found for found, _, _ in errors(folder.read())] == ([code] if code else [])


@pytest.mark.bad_input("D1")
def test_more_than_twenty_bad_cells_are_counted(folder: Folder) -> None:
    rows = "".join(f"{n};2025-01-{n % 2 + 1:02};-{n + 1}\n" for n in range(50))
    folder.write("survey.csv", "respondent_id;date;score\n" + rows)
    intake = folder.read()
    assert len(intake.problems) == 21
    assert only(intake, "more_cells").facts["more"] == 30


def test_a_bad_value_that_repeats_itself_is_told_once(folder: Folder) -> None:
    scores = [-1, -2, -1, -1, -1, 7, -2] + [8] * 40
    rows = "".join(f"{n};2025-01-{n % 2 + 1:02};{score}\n" for n, score in enumerate(scores))
    folder.write("survey.csv", "respondent_id;date;score\n" + rows)
    intake = folder.read()
    assert errors(intake) == [
        ("out_of_range", 2, "-1"),
        ("out_of_range", 3, "-2"),
        ("out_of_range", 8, "-2"),
    ]
    first = next(p for p in intake.problems if p.found == "-1")
    assert (first.facts["count"], first.facts["first_rows"]) == (4, "2, 4, 5")


def test_text_and_native_numbers_mix_in_a_sheet(folder: Folder) -> None:
    rows = [["a", FEBRUARY, " 9 "], ["b", FEBRUARY, 9.0], ["c", FEBRUARY, "9"]]
    folder.write_xlsx("survey.xlsx", {"S": [["respondent_id", "date", "score"], *rows]})
    intake = folder.read()
    assert intake.tables["survey"].frame["score"].tolist() == [9, 9, 9]
    assert intake.problems == ()


# satisfaction marks


def marks(folder: Folder, *cells: str, language: str = "en"):
    head = "respondent_id;date;product;parameter;mark\n"
    rows = "".join(f"{n};2025-01-01;P;price;{cell}\n" for n, cell in enumerate(cells))
    folder.write("satisfaction.csv", head + rows)
    intake = folder.read(language)
    frame = intake.tables["satisfaction"].frame
    return errors(intake) or (frame["mark"].tolist(), frame.attrs["scale"])


@pytest.mark.bad_input("C17")
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("5", "1", "3"), ([5.0, 1.0, 3.0], "1-5")),
        (("80%", "95 %"), ([0.8, 0.95], "percent")),
        (("80", "95", "100"), ([0.8, 0.95, 1.0], "percent")),
        (("0.8", "0.95", "1"), ([0.8, 0.95, 1.0], "percent")),
        (("4", "80%"), [("mixed_percent", 2, "4")]),
        (("4", "80"), [("marks_unclear", 2, "4")]),
        (
            ("0", "10", "20", "40", "60", "80", "100"),
            ([0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0], "percent"),
        ),
        (("6", "7", "8", "9", "10"), [("marks_to_ten", 2, "6")]),
        (("8", "8"), [("marks_to_ten", 2, "8")]),
        (("3", "9", "10"), [("marks_to_ten", 2, "3")]),
        (("6", "7", "8", "9", "88"), [("marks_unclear", 2, "6")]),
        (("4", "0", "5", "3"), [("out_of_range", 3, "0")]),
        (("4", "4.5", "5", "3"), [("not_whole", 3, "4.5")]),
        (("101%",), [("out_of_range", 2, "101%")]),
    ],
)
def test_marks_are_1_to_5_or_percentages_throughout(
    folder: Folder, cells: tuple[str, ...], expected: object
) -> None:
    assert marks(folder, *cells) == expected


# closed lists


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("poor", "poor"),
        ("Отстой", "poor"),
        ("плохо ", "poor"),
        ("zlé", "poor"),
        ("нормально", "normal"),
        ("Normálne", "normal"),
        ("WOW", "wow"),
        ("вау", "wow"),
    ],
)
def test_a_choice_is_read_in_every_language(folder: Folder, cell: str, mark: str) -> None:
    folder.write("touchpoints.csv", f"category;touchpoint;mark\nservice;phone;{cell}\n")
    assert folder.read().tables["touchpoints"].frame["mark"].item() == mark


@pytest.mark.bad_input("C15")
def test_a_value_off_the_list_is_refused_with_the_list_and_the_nearest(folder: Folder) -> None:
    folder.write("touchpoints.csv", "category;touchpoint;mark\nservice;phone;normaly\n")
    problem = only(folder.read(), "not_in_choices")
    assert problem.facts["nearest"] == "normal"
    assert problem.facts["expected"] == {
        "en": "poor, normal, wow",
        "ru": "плохо, нормально, вау",
        "sk": "zlé, normálne, wow",
    }


@pytest.mark.bad_input("C15")
def test_letters_of_another_alphabet_are_told(folder: Folder) -> None:
    folder.write("touchpoints.csv", "category;touchpoint;mark\nservice;phone;пл\u006fхо\n")
    assert only(folder.read(), "other_alphabet").facts["nearest"] == "плохо"


@pytest.mark.parametrize("heading", ["side", None])
def test_the_side_of_a_mark_is_the_customers_when_blank_or_absent(
    folder: Folder, heading: str | None
) -> None:
    head, cell = (";side", ";") if heading else ("", "")
    folder.write(
        "satisfaction.csv",
        f"respondent_id;date;product;parameter;mark{head}\n1;2025-01-01;P;price;5{cell}\n",
    )
    assert folder.read().tables["satisfaction"].frame["side"].tolist() == ["customer"]


@pytest.mark.parametrize(
    ("cell", "kind"), [("возврат", "return"), ("storno", "cancelled"), ("", "sale")]
)
def test_the_kind_of_a_sale_is_read(folder: Folder, cell: str, kind: str) -> None:
    folder.write("sales.csv", f"customer_id;date;amount;kind\nA;2025-01-01;5;{cell}\n")
    assert folder.read().tables["sales"].frame["kind"].tolist() == [kind]


@pytest.mark.bad_input("C12")
@pytest.mark.parametrize("cell", ["maybe", "2", "x"])
def test_yes_and_no_are_declared_words_only(folder: Folder, cell: str) -> None:
    folder.write(
        "complaints.csv", f"complaint_id;customer_id;date;registered\n1;A;2025-01-01;{cell}\n"
    )
    assert errors(folder.read()) == [("not_in_choices", 2, cell)]


def test_an_id_in_scientific_notation_is_refused(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;score\n1,23457E+15;2025-01-01;9\n")
    assert errors(folder.read()) == [("id_rounded", 2, "1,23457E+15")]


def test_dtypes_are_those_of_the_schema(folder: Folder) -> None:
    folder.write(
        "complaints.csv",
        "complaint_id;customer_id;date;registered;category\n007;A;2025-01-01;yes;\n",
    )
    frame = folder.read().tables["complaints"].frame
    assert frame.dtypes.astype(str).to_dict() == {
        "complaint_id": "str",
        "customer_id": "str",
        "date": "datetime64[ns]",
        "category": "str",
        "registered": "boolean",
    }
    assert frame["complaint_id"].item() == "007"
    assert warnings(folder.read()) == []
