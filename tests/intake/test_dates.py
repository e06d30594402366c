"""Dates that exports write: every form with one meaning is read as that day, any other refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_folder import Folder, errors, only, warnings

from workbook.engagement.settings import TableOptions
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import NUMBER, TEXT
from workbook.intake.cells.date_cells import date_reader
from workbook.intake.cells.date_formats import format_of, format_problem
from workbook.intake.cells.locale import Conventions
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.language.languages import LANGUAGES
from workbook.language.numbers import NumberFormats

NOVEMBER = date(2025, 11, 3)


def read(*texts: str, kind: str = TEXT, future: bool = False, language: str = "ru", **said):
    """Return the days of a column, or the code of what is wrong with a cell."""
    declared = {"decimal_declared": False, "date_order": "", "currency": "EUR"} | said
    known = {"table": "sales", "as_of": date(2025, 12, 31)} | declared
    conventions = Conventions(language=language, decimal=",", **known)
    column = ColumnSchema(name="date", kind=ColumnType.DATE, headings={}, future=future)
    cells = [Cell(kind, text) for text in texts]
    reader = date_reader(column, cells, conventions)
    readings = [reader(cell) for cell in cells]
    found = [value or why.code for value, why in readings]
    return found[0] if len(found) == 1 else found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "2025-11-03 10:11:12 UTC",
        "2025/11/03 11:07:29 AM AST",
        "2025/11/03 11:07:29\u202fAM GMT+3",
        "2025-11-03 10:11:12+03",
        "2025-11-03 10:11:12 +0300",
        "2025-11-03T10:11:12.123456Z",
        "2025-11-03T10:11:12,5+05:30",
        "2025-11-03 23:59 (Eastern Time)",
        "2025-11-03, 10:11 [Europe/Bratislava]",
        "2025-11-03 10:11:12 Europe/Moscow",
        "20251103T101112Z",
        "3 Nov 2025",
        "03-Nov-2025 10:11",
        "Nov 3, 2025",
        "November 3, 2025",
        "November 3rd, 2025 at 10:11 AM",
        "Mon, 3 Nov 2025",
        "Mon Nov 03 2025 10:11:12 GMT+0300 (Moscow Standard Time)",
        "3 ноября 2025 г.",
        "3 ноября 2025 г. в 10:11",
        "понедельник, 3 ноября 2025 г.",
        "3 нояб. 2025 г., 10:11:12",
        "3 ноя 2025",
        "03-НОЯ-2025",
        "3. novembra 2025",
        "pondelok 3. november 2025",
        "3. nov. 2025 o 10:11",
        "2025-Nov-03",
    ],
)
def test_a_day_with_one_reading_is_read_in_every_language(text: str, language: str) -> None:
    assert read(text, language=language) == NOVEMBER


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("03/11/2025, 09:41:22", "dmy"),
        ("03/11/2025, 09:41", "dmy"),
        ("11/03/2025 09:41:22 AM", "mdy"),
        ("11/3/25", "mdy"),
        ("11/3/25, 9:41 PM", "mdy"),
        ("03-11-25", "dmy"),
        ("25-11-03", "ymd"),
        ("3. 11. 2025", ""),
        ("3. 11. 2025 10:11", ""),
        ("03.11.25", ""),
        ("03.11.2025 10:11:12 МСК", ""),
        ("Mon 03.11.2025", ""),
    ],
)
def test_figures_follow_the_declared_order(text: str, order: str) -> None:
    assert read(text, date_order=order) == NOVEMBER


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ноябрь 2025", "day_missing"),
        ("Nov-25", "day_missing"),
        ("11.2025", "day_missing"),
        ("3/11/25", "date_order_unknown"),
        ("25/11/03", "date_order_unknown"),
        ("31 ноября 2025", "no_such_day"),
        ("3 Foo 2025", "not_a_date"),
        ("03.11.2025 ИТОГО", "not_a_date"),
        ("03.11.2025 10:11 ВСЕГО", "not_a_date"),
        ("2025-11-03 and more", "not_a_date"),
        ("03.11.2025 10:11 test", "not_a_date"),
        ("Tue, 3 Nov 2025", "other_weekday"),
        ("03.11.202", "not_a_date"),
        ("Nov 3 25 7", "not_a_date"),
        ("45658", "serial_days"),
        ("13.13.25", "no_such_day"),
    ],
)
def test_a_text_without_one_reading_is_refused(text: str, code: str) -> None:
    assert read(text) == code


def test_a_slashed_column_of_two_orders_is_refused_in_the_cells_that_do_not_fit() -> None:
    found = read("03/11/2025", "11/25/2025", date_order="dmy")
    assert found == [NOVEMBER, "no_such_day"] or found == [NOVEMBER, "order_impossible"]


@pytest.mark.parametrize(
    ("text", "year"),
    [("01.02.00", 2000), ("01.02.24", 2024), ("01.02.69", 1969), ("15-янв-99", 1999)],
)
def test_a_year_of_two_digits_is_that_of_posix(text: str, year: int) -> None:
    assert read(text).year == year


@pytest.mark.parametrize("text", ["01.02.27", "15.03.45", "15-янв-45"])
def test_a_short_year_far_ahead_is_refused_unless_days_ahead_are_ordinary(text: str) -> None:
    assert read(text) == "short_year_ahead"
    assert read(text, future=True).year > 2026
    how = format_of(text, "dmy" if "." in text else "dy")
    assert read(text, date_formats=(how,)).year > 2026


def test_short_years_are_said_once_with_their_pivot(folder: Folder) -> None:
    rows = "".join(f"{n};{n + 1:02}.02.24;9\n" for n in range(20))
    folder.write("survey.csv", "respondent_id;date;score\n" + rows)
    problem = only(folder.read("ru"), "short_years")
    assert (problem.is_error, problem.facts["count"], problem.facts["day"]) == (
        False, 20, "2024-02-01",
    )  # fmt: skip


def test_an_order_that_nothing_shows_and_short_years_are_both_said(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;score\n1;3/4/25;9\n2;5/6/25;8\n")
    assert warnings(folder.read(date_order="mdy")) == ["order_not_shown", "short_years"]


def test_a_two_digit_year_zero_or_one_is_no_empty_day(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;score\n1;01.01.01;9\n2;02.01.2001;8\n")
    assert errors(folder.read("ru")) == []


@pytest.mark.parametrize(
    "empty", ["1 января 0001 г.", "Jan 1, 1900", "00000000", "99991231", "0001-01-01T00:00:00Z"]
)
def test_a_day_that_stands_for_none_is_told_in_every_form(folder: Folder, empty: str) -> None:
    rows = f"A;c;p;2025-01-01;{empty}\nB;c;p;2025-01-02;2025-01-03\n"
    head = "customer_id;category;point;due_date;done_date\n"
    folder.write("control_points.csv", head + rows)
    intake = folder.read("en", ["control_points"])
    assert "empty_days" in warnings(intake)
    assert "not_a_date" not in [code for code, _, _ in errors(intake)]


# ISO without signs


def test_iso_without_signs_is_read_where_the_whole_column_is_such() -> None:
    assert read("20251103", "20251104") == [NOVEMBER, date(2025, 11, 4)]
    assert read("20251103", "20251104", kind=NUMBER) == [NOVEMBER, date(2025, 11, 4)]
    assert read("20251103101112") == NOVEMBER
    assert read("20251103", "04.11.2025") == ["not_a_date", date(2025, 11, 4)]
    assert read("20251103", "20251399") == ["not_a_date", "not_a_date"]
    assert read("20251103", "20250230") == [NOVEMBER, "no_such_day"]
    assert read("03112025") == "not_a_date"


def test_iso_without_signs_is_read_from_a_workbook(folder: Folder) -> None:
    rows = [["a", 20251103, 9], ["b", 20251104, 9], ["c", "20251105", 9]]
    folder.write_xlsx("survey.xlsx", {"S": [["respondent_id", "date", "score"], *rows]})
    intake = folder.read()
    assert errors(intake) == []
    assert intake.tables["survey"].frame["date"].dt.day.tolist() == [3, 4, 5]


# declared formats


@pytest.mark.parametrize(
    ("text", "how", "day"),
    [
        ("03/11/2025", "%d/%m/%Y", NOVEMBER),
        ("03/11/2025", "%m/%d/%Y", date(2025, 3, 11)),
        ("03/11/2025 10:11", "%d/%m/%Y", NOVEMBER),
        ("2025.03.11", "%Y.%d.%m", NOVEMBER),
        ("3 нояб. 25", "%d %b %y", NOVEMBER),
        ("3. novembra 2025", "%d. %B %Y", NOVEMBER),
        ("Nov 03 10:11:12 2025", "%b %d %H:%M:%S %Y", NOVEMBER),
        ("03|11|25 09:41:22.5 PM +0300", "%d|%m|%y %I:%M:%S.%f %p %z", NOVEMBER),
        ("03.11.2025 10:11 Central European Time", "%d.%m.%Y %H:%M %Z", NOVEMBER),
        ("45964", "serial", NOVEMBER),
        ("45964,5", "serial", NOVEMBER),
    ],
)
def test_a_declared_format_is_read_first(text: str, how: str, day: date) -> None:
    assert format_problem(how) == ""
    assert read(text, date_formats=(how,)) == day


def test_what_does_not_fit_the_declared_order_is_refused() -> None:
    said = ("%d/%m/%Y",)
    assert read("03/11/2025", "11/25/2025", date_formats=said) == [NOVEMBER, "no_such_day"]
    assert read("11-25-2025", date_formats=said, date_order="mdy") == "not_in_formats"
    assert read("2025-11-03", "3 Nov 2025", date_formats=said) == [NOVEMBER, NOVEMBER]
    both = ("%d/%m/%Y", "%m/%d/%Y")
    assert read("03/11/2025", date_formats=both) == "formats_differ"
    assert read("25/11/2025", "11/11/2025", date_formats=both) == [
        date(2025, 11, 25), date(2025, 11, 11),
    ]  # fmt: skip


def test_a_format_of_words_leaves_dotted_days_as_they_are() -> None:
    assert read("03.11.2025", "3 нояб 2025", date_formats=("%d %b %Y",)) == [NOVEMBER, NOVEMBER]


def test_serial_numbers_are_read_as_the_message_says(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;score\n1;45964;9\n2;45965.25;8\n")
    assert only(folder.read(), "serial_days").facts["table"] == "survey"
    intake = folder.read(tables={"survey": TableOptions(date_formats=("serial",))})
    assert errors(intake) == []
    assert intake.tables["survey"].frame["date"].dt.date[2] == NOVEMBER


# properties

DAYS = st.dates(date(1900, 3, 1), date(2100, 12, 31))
RECENT = st.dates(date(1969, 1, 1), date(2026, 6, 30))
FORMATS = ("%d.%m.%Y", "%m/%d/%Y", "%Y-%d-%m", "%d %b %Y", "%B %d, %Y", "%d-%b-%Y", "%Y%d%m")


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(["day", "day_short"]))
def test_what_a_report_writes_is_read_back(day: date, language: str, how: str) -> None:
    written = getattr(NumberFormats(language), how)(day)
    assert read(written, language=language) == day


@given(DAYS, st.sampled_from(FORMATS))
def test_a_day_is_read_back_by_the_format_it_was_written_in(day: date, how: str) -> None:
    assert read(day.strftime(how), date_formats=(how,)) == day


@given(
    RECENT,
    st.sampled_from(["%d %b %y", "%d-%B-%Y", "%B %d, %Y", "%a, %d %b %Y", "%b %d %Y", "%d.%m.%y",
                     "%Y/%m/%d", "%d.%m.%Y"]),
    st.sampled_from(["", " 10:11", ", 10:11:12", " 11:59 PM EST", " 10:11:12 GMT+3"]),
)  # fmt: skip
def test_a_day_is_itself_or_nothing(day: date, how: str, time: str) -> None:
    assert read(day.strftime(how) + time) == day


@given(DAYS, st.sampled_from(FORMATS), st.sampled_from(["", "dmy", "mdy", "ymd"]))
def test_a_day_is_never_another_day(day: date, how: str, order: str) -> None:
    if how == "%Y-%d-%m" or (how == "%m/%d/%Y" and order == "dmy"):
        return  # ISO, and the other order is declared
    found = read(day.strftime(how), date_order=order, own_date_order=False)
    if how == "%Y%d%m" and day.day <= 12:
        return  # ISO without signs
    assert found == day or isinstance(found, str)


@given(st.integers(61, 73_000))
def test_excels_count_is_that_of_excel(number: int) -> None:
    assert read(str(number), date_formats=("serial",)) == date(1899, 12, 30) + timedelta(number)


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    assert isinstance(read(text), date | str)
