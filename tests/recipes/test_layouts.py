"""Layouts: several files and sheets, headings of several rows, wide tables, grouped rows."""

from datetime import date

import pytest
from recipe_folder import ErrorsOf, Recipe

from workbook.engagement.data import EngagementData

SALES = "Дата;Контрагент;Сумма\n"


def sales(data: EngagementData) -> list[tuple[str, str, float]]:
    frame = data.tables["sales"].frame
    days = frame["date"].dt.strftime("%Y-%m-%d")
    return list(zip(frame["customer_id"], days, frame["amount"], strict=True))


def steps(data: EngagementData) -> list[str]:
    return [problem.code for problem in data.problems if problem.is_step]


def test_monthly_files_are_one_table_and_every_place_names_its_file(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.csv("Продажи 01.2025.csv", SALES + "05.01.2025;А;5\n")
    recipe.csv("Продажи 02.2025.csv", SALES + "05.02.2025;Б;6\n06.02.2025;А;x\n")
    data = recipe.read('[intake.sales]\nfiles = "Продажи *.csv"\n', "ru")
    (wrong,) = [problem for problem in data.problems if problem.is_error]
    assert (wrong.place.file, wrong.place.row) == ("data/Продажи 02.2025.csv", 3)
    recipe.csv("Продажи 02.2025.csv", SALES + "05.02.2025;Б;6\n06.02.2025;А;7\n")
    data = recipe.read('[intake.sales]\nfiles = "Продажи *.csv"\n', "ru")
    assert errors(data) == []
    assert sales(data) == [("А", "2025-01-05", 5), ("Б", "2025-02-05", 6), ("А", "2025-02-06", 7)]
    table = data.tables["sales"]
    assert table.frame.index.is_unique
    assert [table.place_of(int(row), "amount").row for row in table.frame.index] == [2, 2, 3]
    assert table.place_of(int(table.frame.index[2]), "amount").file == "data/Продажи 02.2025.csv"
    assert table.rows_by_file == (
        ("data/Продажи 01.2025.csv", 1, 1), ("data/Продажи 02.2025.csv", 2, 2)
    )  # fmt: skip
    assert {read.file: (read.tables, read.rows) for read in data.files} == {
        "data/Продажи 01.2025.csv": (("sales",), 1),
        "data/Продажи 02.2025.csv": (("sales",), 2),
    }


def test_rows_of_one_key_in_two_files_are_told_with_both_files(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.csv("a.csv", "respondent_id;date;score\n1;2025-01-01;9\n")
    recipe.csv("b.csv", "respondent_id;date;score\n2;2025-01-01;9\n1;2025-02-01;3\n")
    data = recipe.read('[intake.survey]\nfiles = ["a.csv", "b.csv"]\n')
    (problem,) = [one for one in data.problems if one.is_error]
    assert (problem.code, problem.place.file, problem.place.row) == (
        "key_twice_different", "data/b.csv", 3
    )  # fmt: skip
    assert "1000000" not in str(dict(problem.facts))
    joined = recipe.read('[intake.survey]\nfiles = "*.csv"\nlatest = "respondent_id"\n')
    assert errors(joined) == []
    assert joined.tables["survey"].frame["score"].tolist() == [9, 3]


def test_signs_and_days_are_judged_over_all_files(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv("s1.csv", "customer_id;date;amount\nA;03/04/2025;1,5\n")
    recipe.csv("s2.csv", "customer_id;date;amount\nA;13/04/2025;2,25\n")
    both = recipe.read('[intake.sales]\nfiles = "s*.csv"\ndate_order = "dmy"\n', "sk")
    assert errors(both) == []
    assert [day for _, day, _ in sales(both)] == ["2025-04-03", "2025-04-13"]
    wrong = recipe.read('[intake.sales]\nfiles = "s*.csv"\ndate_order = "mdy"\n', "sk")
    assert errors(wrong)  # the second file shows that months cannot come first


def test_sheets_of_years_are_joined_and_may_say_the_wave(recipe: Recipe, errors: ErrorsOf) -> None:
    head = ["respondent_id", "date", "score"]
    recipe.xlsx(
        "answers 2025.xlsx",
        {
            "Wave 1": [head, ["1", date(2025, 1, 1), 9]],
            "Wave 2": [head, ["1", date(2025, 6, 1), 3]],
            "Notes": [["nothing"]],
        },
    )
    data = recipe.read(
        '[intake.survey]\nfile = "answers *.xlsx"\nsheets = "Wave *"\n'
        'columns = {wave = {sheet = "Wave *"}, channel = {file = "answers *.xlsx"}}\n'
    )
    assert errors(data) == []
    frame = data.tables["survey"].frame
    assert frame["wave"].tolist() == ["1", "2"]
    assert frame["channel"].tolist() == ["2025", "2025"]
    second = data.tables["survey"].place_of(int(frame.index[1]), "score")
    assert (second.sheet, second.row) == ("Wave 2", 2)
    assert "sheets_joined" in steps(data)
    assert "sheets_unmet" in errors(recipe.read('[intake.survey]\nfile = "*.xlsx"\nsheets = "x"\n'))


def test_one_file_feeds_two_tables(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv(
        "Form (answers).csv",
        "Timestamp,NPS,Rate [Price],Rate [Quality]\n2025-01-01,9,4,5\n2025-01-02,3,,2\n",
    )
    data = recipe.read(
        '[intake.survey]\nfile = "Form*.csv"\ncolumns = {date = "Timestamp", score = "NPS"}\n'
        'generate = "respondent_id"\n'
        '[intake.satisfaction]\nfile = "Form*.csv"\n'
        'columns = {date = "Timestamp", product = {value = "all"}}\ngenerate = "respondent_id"\n'
        'melt = {columns = "Rate [*]", into = ["parameter", "mark"]}\nscale = "1-5"\n'
    )
    assert errors(data) == []
    marks = data.tables["satisfaction"].frame
    assert marks["parameter"].tolist() == ["Price", "Quality", "Quality"]
    assert marks["mark"].tolist() == [4, 5, 2]
    assert marks["respondent_id"].tolist() == ["2", "2", "3"]
    assert data.tables["survey"].frame["respondent_id"].tolist() == ["2", "3"]
    (file,) = data.files
    assert file.tables == ("satisfaction", "survey")
    table = data.tables["satisfaction"]
    place = table.place_of(int(marks.index[1]), "mark")
    assert (place.row, place.column) == (2, "Rate [Quality]")


def test_what_one_table_of_a_file_reads_is_not_told_as_unread(recipe: Recipe) -> None:
    recipe.csv("form.csv", "id,date,score,Price,Staff,Unused,Other\n1,2025-01-01,9,4,5,x,y\n")
    data = recipe.read(
        '[intake.survey]\nfile = "form.csv"\ncolumns = {respondent_id = "id"}\n'
        '[intake.satisfaction]\nfile = "form.csv"\n'
        'columns = {respondent_id = "id", product = {value = "all"}}\n'
        'melt = {columns = ["Price", "Staff"], into = ["parameter", "mark"]}\nscale = "1-5"\n'
    )
    told = [p for p in data.problems if p.code in ("unknown_column", "unknown_columns")]
    assert [(p.facts["columns"], p.facts["count"]) for p in told] == [("Unused, Other", 2)]


def test_months_across_become_the_last_day_of_the_month(recipe: Recipe, errors: ErrorsOf) -> None:
    rows = [
        ["Контрагент", "янв.25", "дек.25", "Итого"],
        ["А", 5, 7, 12],
        ["Б", None, 1, 1],
        ["Итого", 5, 8, 13],
    ]
    recipe.xlsx("sales.xlsx", {"S": rows})
    data = recipe.read(
        '[intake.sales]\nmelt = {columns = ["*.25"], into = ["date", "amount"]}\n', "ru"
    )
    assert errors(data) == []
    assert sales(data) == [("А", "2025-01-31", 5), ("А", "2025-12-31", 7), ("Б", "2025-12-31", 1)]
    assert data.tables["sales"].rows_used == 3


def test_headings_of_two_merged_rows_are_joined(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.xlsx(
        "sales.xlsx",
        {
            "S": [
                ["Продажи"],
                ["Дата", "Контрагент", "июль 25", None, "авг. 25", None],
                [None, None, "Количество", "Сумма", "Количество", "Сумма"],
                [date(2025, 7, 1), "А", 1, 100, None, None],
                [date(2025, 8, 1), "Б", None, None, 2, -30],
                ["Итого", None, 1, 100, 2, -30],
            ]
        },
        merged=("C2:D2", "E2:F2"),
    )
    data = recipe.read(
        "[intake.sales]\nheader_row = [2, 3]\n"
        'melt = {columns = "* / Сумма", into = ["date", "amount"]}\n',
        "ru",
    )
    assert errors(data) == []
    assert sales(data) == [("А", "2025-07-31", 100), ("Б", "2025-08-31", -30)]


def test_a_month_that_is_not_over_ends_with_the_as_of_date(recipe: Recipe) -> None:
    recipe.csv("sales.csv", "customer_id;Dec 2025\nA;5\n")
    data = recipe.read('[intake.sales]\nmelt = {columns = "Dec*", into = ["date", "amount"]}\n')
    assert sales(data) == [("A", "2025-12-31", 5)]
    assert not [p for p in data.problems if p.code == "future_days"]


def test_a_heading_that_names_no_month_is_refused(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv("sales.csv", "customer_id;Jan 2025;Total\nA;5;5\n")
    data = recipe.read(
        '[intake.sales]\nmelt = {columns = ["Jan*", "Total"], into = ["date", "amount"]}\n'
    )
    assert errors(data) == ["melt_name"]


def test_grouped_rows_are_filled_down_and_subtotals_compared(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    rows = [["Контрагент", "Дата", "Сумма"],
            ["А", None, 12], [None, date(2025, 1, 1), 5], [None, date(2025, 2, 1), 7],
            ["Б", None, 9], [None, date(2025, 1, 1), 8],
            ["Итого", None, 20]]  # fmt: skip
    recipe.xlsx("sales.xlsx", {"S": rows})
    data = recipe.read('[intake.sales]\nfill_down = "Контрагент"\n', "ru")
    assert errors(data) == []
    assert [(who, amount) for who, _, amount in sales(data)] == [("А", 5), ("А", 7), ("Б", 8)]
    (odd,) = [p for p in data.problems if p.code == "group_sum_differs"]
    assert (odd.place.row, odd.found, odd.facts["sum"]) == (5, "9", "8")
    assert {"filled_down", "group_rows"} <= set(steps(data))


def test_merged_cells_of_a_filled_column_are_taken_apart(recipe: Recipe, errors: ErrorsOf) -> None:
    rows = [
        ["customer_id", "date", "amount"],
        ["A", date(2025, 1, 1), 5],
        [None, date(2025, 1, 2), 6],
    ]
    recipe.xlsx("sales.xlsx", {"S": rows}, merged=("A2:A3",))
    assert "merged_cells" in errors(recipe.read(""))
    data = recipe.read('[intake.sales]\nfill_down = "customer_id"\n')
    assert errors(data) == []
    assert [who for who, *_ in sales(data)] == ["A", "A"]


def test_a_statement_form_is_read_by_its_codes_and_years(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.xlsx(
        "Баланс.xlsx",
        {
            "Balance": [
                ["Бухгалтерский баланс"],
                ["Организация", None, 'ООО "Пример"'],
                ["Единица измерения: тыс. руб."],
                [
                    "Наименование показателя",
                    "Код строки",
                    "На 31 декабря 2024 г.",
                    "На 31 декабря 2023 г.",
                ],
                ["АКТИВ"],
                ["Запасы", "1210", "5 000", "-"],
                ["Итого по разделу II", "1200", "6 000", "(4)"],
            ]
        },
    )
    data = recipe.read(
        '[intake.statements]\nfile = "Баланс.xlsx"\nheader_row = 4\n'
        'where = {"Код строки" = {not = ""}}\n'
        'columns = {line = "Код строки", organisation = {above = "Организация"}}\n'
        'melt = {columns = "На 31 декабря * г.", into = ["year", "value"]}\n',
        "ru",
    )
    assert errors(data) == []
    frame = data.tables["statements"].frame
    found = list(zip(frame["year"], frame["line"], frame["value"], strict=True))
    assert found == [
        (2024, "1210", 5000),
        (2024, "1200", 6000),
        (2023, "1210", 0),
        (2023, "1200", -4),
    ]
    assert set(frame["organisation"]) == {'ООО "Пример"'}


def test_a_file_that_is_claimed_is_not_called_unknown_and_one_that_is_missing_is_named(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.csv("export.csv", "respondent_id;date;score\n1;2025-01-01;9\n")
    recipe.csv("else.csv", "a;b\n1;2\n")
    data = recipe.read('[intake.survey]\nfile = "export.csv"\n')
    assert [p.place.file for p in data.problems if p.code == "unknown_file"] == ["data/else.csv"]
    missing = recipe.read('[intake.survey]\nfile = "exprt.csv"\n')
    (problem,) = [p for p in missing.problems if p.code == "files_unmet"]
    assert (problem.place.column, problem.facts["nearest"]) == ("intake.survey.files", "export.csv")


@pytest.mark.parametrize("count", [2, 3])
def test_two_files_of_one_table_are_joined_by_the_line_of_the_message(
    recipe: Recipe, errors: ErrorsOf, count: int
) -> None:
    recipe.csv("sales.csv", "customer_id;date;amount\nA;2025-01-01;5\n")
    recipe.xlsx(
        "продажи.xlsx", {"S": [["customer_id", "date", "amount"], ["B", date(2025, 1, 2), 6]]}
    )
    if count == 3:
        recipe.csv("predaj.csv", "customer_id;date;amount\nC;2025-01-01;7\n")
    (problem,) = [p for p in recipe.read("").problems if p.code == "table_twice"][:1]
    data = recipe.read(f"[intake.sales]\n{problem.facts['line']}\n")
    assert "table_twice" not in errors(data)


def test_what_is_done_stands_in_no_remark(recipe: Recipe) -> None:
    recipe.csv("a.csv", "customer_id;date;amount\nA;2025-01-01;5\n")
    data = recipe.read('[intake.sales]\nfile = "a.csv"\nwhere = {customer_id = "A"}\n')
    assert not any(problem.is_error for problem in data.problems)
    assert all(p.is_step for p in data.problems)
