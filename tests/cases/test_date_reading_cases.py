"""Days are read as they were meant, or refused once with what to write.

The forms are those of 1C, SurveyMonkey, LimeSurvey and Excel exports.
"""

from datetime import date
from pathlib import Path

import pytest
from followed_remedies import OnDisk, errors, one, problems

SURVEY = "Respondent ID,End Date,Score\n" + "".join(
    f"{n},11/{n % 28 + 1:02}/2025 09:41:22 AM,{6 + n % 5}\n" for n in range(40)
)
SALES = "Дата;Контрагент;Сумма\n" + "".join(
    f"{n % 12 + 1:02}.{n * 5 % 12 + 1:02}.2025 0:00:00;Клиент {n % 9};{100 + n}\n"
    for n in range(60)
)
MAPPED = '[intake]\ndate_order = "mdy"\n[intake.survey]\ncolumns = {date = "End Date"}\n'


def days(folder: OnDisk, table: str, column: str = "date") -> list[date]:
    return folder.read().tables[table].frame[column].dt.date.tolist()


def survey(path: Path, cells: list[str], said: str = "", language: str = "en") -> OnDisk:
    rows = "".join(f"{n};{cell};9\n" for n, cell in enumerate(cells))
    text = f"respondent_id;date;score\n{rows}"
    return OnDisk.made(path, {"survey.csv": text}, said=said, language=language)


@pytest.mark.parametrize("language", ["ru", "sk"])
def test_50_an_order_for_all_files_never_turns_dotted_days_round(
    tmp_path: Path, language: str
) -> None:
    folder = OnDisk.made(
        tmp_path, {"survey.csv": SURVEY, "sales.csv": SALES}, said=MAPPED, language=language
    )
    assert errors(folder.read()) == []
    assert days(folder, "survey") == [date(2025, 11, n % 28 + 1) for n in range(40)]
    assert days(folder, "sales") == [date(2025, n * 5 % 12 + 1, n % 12 + 1) for n in range(60)]


def test_an_order_of_the_table_itself_holds_for_dotted_days(tmp_path: Path) -> None:
    folder = survey(tmp_path, ["11.25.2025", "02.03.2025"], language="ru")
    folder.follow(one(folder.read(), "order_impossible"))
    assert errors(folder.read()) == []
    assert days(folder, "survey") == [date(2025, 11, 25), date(2025, 2, 3)]


def test_an_order_for_all_files_that_cannot_be_is_told_with_the_one_that_can(
    tmp_path: Path,
) -> None:
    cells = [f"{n + 1:02}/03/2025" for n in range(20)]
    folder = survey(tmp_path, cells, said='[intake]\ndate_order = "mdy"\n')
    problem = one(folder.read(), "order_impossible")
    assert (problem.facts["count"], problem.facts["other"]) == (8, "dmy")
    assert errors(folder.read()) == ["order_impossible"]
    folder.follow(problem)
    assert days(folder, "survey") == [date(2025, 3, n + 1) for n in range(20)]


@pytest.mark.parametrize(("order", "month"), [("dmy", 3), ("mdy", 1)])
def test_an_order_that_no_cell_shows_is_doubted_until_the_table_says_it(
    tmp_path: Path, order: str, month: int
) -> None:
    said = f'[intake]\ndate_order = "{order}"\n'
    folder = survey(tmp_path, ["01/03/2025", "02/03/2025", "11/12/2025"], said=said)
    problem = one(folder.read(), "order_not_shown")
    assert (problem.is_error, problem.facts["count"]) == (False, 3)
    assert days(folder, "survey")[0].month == month
    folder.follow(problem)
    assert problems(folder.read(), "order_not_shown") == []
    assert days(folder, "survey")[0].month == month
    other = problem.facts["other"]
    folder.write(f'date_order = "{other}"', "survey")
    assert days(folder, "survey")[0].month == {3: 1, 1: 3}[month]


def test_an_order_that_a_cell_shows_is_not_doubted(tmp_path: Path) -> None:
    folder = survey(tmp_path, ["01/03/2025", "31/03/2025"], said='[intake]\ndate_order = "dmy"\n')
    assert [p for p in folder.read().intake.problems if not p.is_step] == []


@pytest.mark.parametrize(("cell", "order"), [("31/03/2025", "dmy"), ("03/31/2025", "mdy")])
def test_an_order_that_only_can_be_is_proposed(tmp_path: Path, cell: str, order: str) -> None:
    folder = survey(tmp_path, ["01/03/2025", cell])
    problem = one(folder.read(), "date_order_unknown")
    assert problem.facts["nearest"] == order
    folder.follow(problem)
    assert errors(folder.read()) == []


def test_20_excels_day_numbers_are_called_what_they_are(tmp_path: Path) -> None:
    folder = OnDisk.made(tmp_path, {}, language="ru")
    rows = [[f"Клиент {n % 9}", 45_658 + n, 100 + n] for n in range(60)]
    folder.workbook("sales.xlsx", [["Контрагент", "Дата", "Сумма"], *rows])
    case = folder.read()
    assert errors(case) == ["serial_days"]
    problem = one(case, "serial_days")
    assert (problem.facts["count"], problem.facts["day"]) == (60, "2025-01-01")
    folder.follow(problem)
    assert errors(folder.read()) == []
    assert days(folder, "sales")[0] == date(2025, 1, 1)


def points(path: Path, empty: str) -> OnDisk:
    rows = "".join(
        f"Клиент {n};звонок;{n % 28 + 1:02}.01.2025 0:00:00;"
        f"{f'{n % 28 + 1:02}.12.2025 0:00:00' if n % 3 == 0 else empty}\n"
        for n in range(30)
    )
    text = f"Клиент;Контрольная точка;Срок;Дата выполнения\n{rows}"
    return OnDisk.made(path, {"control_points.csv": text}, language="ru")


@pytest.mark.parametrize(
    "empty",
    [
        *("01.01.0001 0:00:00", "0000-00-00 00:00:00", "1970-01-01", "1900-01-01", "30.12.1899"),
        *("31.12.9999", "2099-12-31", "1900-01-00", "01.11.3999", "1753-01-01", "9999-12-31"),
    ],
)
def test_61_a_day_that_stands_for_none_is_missing_with_one_remark(
    tmp_path: Path, empty: str
) -> None:
    folder = points(tmp_path, empty)
    case = folder.read()
    assert errors(case) == []
    assert one(case, "empty_days").facts["count"] == 20
    assert case.tables["control_points"].frame["done_date"].notna().sum() == 10


def test_a_day_that_stands_for_none_is_refused_once_where_there_must_be_one(
    tmp_path: Path,
) -> None:
    cells = [f"2025-11-{n + 1:02}" for n in range(12)] + ["1980-01-01 00:00:00"] * 5
    folder = survey(tmp_path, cells)
    case = folder.read()
    assert errors(case) == ["empty_days_needed"]
    folder.follow(one(case, "empty_days_needed"))
    case = folder.read()
    assert (errors(case), len(case.tables["survey"].frame)) == ([], 12)


def test_05b_a_survey_of_such_days_only_is_refused_once(tmp_path: Path) -> None:
    folder = survey(tmp_path, ["1980-01-01 00:00:00"] * 40)
    assert errors(folder.read()) == ["empty_days_all"]


def test_05b_another_column_of_days_is_proposed_and_the_line_works(tmp_path: Path) -> None:
    text = "Response ID;Date submitted;Score;Date started\n" + "".join(
        f"{n};1980-01-01 00:00:00;9;2025-11-{n + 1:02} 10:00:00\n" for n in range(12)
    )
    said = '[intake.survey]\ncolumns = {date = "Date submitted"}\n'
    folder = OnDisk.made(tmp_path, {"survey.csv": text}, said=said)
    folder.follow(one(folder.read(), "empty_days_all"))
    assert errors(folder.read()) == []
    assert days(folder, "survey")[0] == date(2025, 11, 1)


@pytest.mark.bad_input("D8")
def test_days_of_decades_ago_are_doubted_in_events_only(tmp_path: Path) -> None:
    cells = ["2025-01-10", "2025-01-11", "1995-01-12"]
    case = survey(tmp_path, cells).read()
    assert one(case, "old_days").found == "1995-01-12"
    customers = "customer_id;registered_date\n1;1995-05-05\n2;2001-01-01\n"
    case = OnDisk.made(tmp_path, {"customers.csv": customers, "survey.csv": "respondent_id;date;"
                                  "score\n1;2025-01-01;9\n"}).read()  # fmt: skip
    assert [p for p in case.intake.problems if p.code != "options_declared"] == []


def test_answers_of_one_day_are_remarked_on(tmp_path: Path) -> None:
    assert one(survey(tmp_path, ["2025-12-31"] * 20).read(), "one_day").facts["count"] == 20
    assert survey(tmp_path, ["2025-12-31"] * 5).read().intake.problems == ()


@pytest.mark.parametrize(
    ("cell", "code"),
    [("45 ноября", "not_a_date"), ("", "blank_cell"), ("30.02.2025", "no_such_day")],
)
def test_bad_days_of_a_column_are_one_message(tmp_path: Path, cell: str, code: str) -> None:
    cells = [cell if n % 2 else f"{n + 1:02}.11.2025" for n in range(20)]
    case = survey(tmp_path, cells, language="ru").read()
    assert errors(case) == [code]
    assert one(case, code).facts["count"] == 10
    assert one(case, code).facts["first_rows"].startswith("3")


def test_a_short_year_far_ahead_is_read_once_its_format_is_declared(tmp_path: Path) -> None:
    folder = survey(tmp_path, ["01.03.25", "02.03.45"], language="ru")
    case = folder.read()
    assert errors(case) == ["short_year_ahead"]
    folder.follow(one(case, "short_year_ahead"))
    case = folder.read()
    assert (errors(case), problems(case, "short_years")) == ([], [])
    assert days(folder, "survey") == [date(2025, 3, 1), date(2045, 3, 2)]


def test_03_the_time_stamps_of_google_forms_are_read(tmp_path: Path) -> None:
    cells = [f"2025/11/{n + 1:02} {n % 12 + 1}:07:29 {'AP'[n % 2]}M GMT+3" for n in range(20)]
    folder = survey(tmp_path, cells, language="ru")
    assert errors(folder.read()) == []
    assert days(folder, "survey") == [date(2025, 11, n + 1) for n in range(20)]


@pytest.mark.parametrize(
    ("cells", "said", "code"),
    [
        (["ноябрь 2025"] * 5, (), "day_missing"),
        (["Tue, 3 Nov 2025"] * 5, (), "other_weekday"),
        (["03/11/2025", "03-11-2025"], ("%d/%m/%Y",), "not_in_formats"),
        (["03/11/2025"] * 5, ("%d/%m/%Y", "%m/%d/%Y"), "formats_differ"),
    ],
)
def test_what_is_wrong_with_a_column_of_days_is_said_once(
    tmp_path: Path, cells: list[str], said: tuple[str, ...], code: str
) -> None:
    declared = f"[intake.survey]\ndate_formats = {list(said)}\n" if said else ""
    case = survey(tmp_path, cells, said=declared).read()
    assert errors(case) == [code]
