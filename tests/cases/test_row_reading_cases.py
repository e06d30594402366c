"""Rows that are no data never count: totals, tests, headings, other currencies.

The layouts are those of 1C, Excel, SurveyMonkey, Qualtrics, Typeform and LimeSurvey exports.
"""

from pathlib import Path

import pytest
from followed_remedies import OnDisk, errors, one, problems
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

HEAD = "Контрагент;Дата;Сумма\n"
LEDGER = [(f"Клиент {n % 9}", f"{n % 28 + 1:02}.{n % 12 + 1:02}.2025", 100 + 7 * n)
          for n in range(60)]  # fmt: skip
WHOLE = 18_390
"""The sum of the ledger."""


def lines(rows: list[tuple[object, ...]]) -> str:
    return "".join(";".join(map(str, row)) + "\n" for row in rows)


def sales(path: Path, text: str, language: str = "ru", said: str = "") -> OnDisk:
    return OnDisk.made(path, {"sales.csv": text}, language=language, said=said)


def read_sum(folder: OnDisk) -> tuple[list[str], float]:
    case = folder.read()
    return errors(case), case.tables["sales"].frame["amount"].sum()


@pytest.mark.parametrize(
    "label",
    ["Итого", "ИТОГО:", "Всего", "Общий итог", "Итого за 2025 год", "Total", "Grand total",
     "Spolu", "Celkom", "Súčet", "Sum", "Итого, руб.", "** Итого **", "Итого: 60"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["below", "above", "inside"])
def test_23_a_total_that_has_a_date_is_no_customer(tmp_path: Path, label: str, place: str) -> None:
    total = (label, "31.12.2025", WHOLE)
    rows: list[tuple[object, ...]] = list(LEDGER)
    rows.insert({"below": 60, "above": 0, "inside": 30}[place], total)
    folder = sales(tmp_path, HEAD + lines(rows))
    case = folder.read()
    assert errors(case) == []
    frame = case.tables["sales"].frame
    assert frame["amount"].sum() == WHOLE
    assert frame["customer_id"].nunique() == 9
    assert one(case, "total_row").found == label
    assert (case.tables["sales"].rows_in, case.tables["sales"].rows_used) == (60, 60)


def test_23_in_a_workbook(tmp_path: Path) -> None:
    folder = OnDisk.made(tmp_path, {}, language="ru")
    rows = [[name, f"2025-01-{n % 28 + 1:02}", value] for n, (name, _, value) in enumerate(LEDGER)]
    folder.workbook("sales.xlsx", [["Контрагент", "Дата", "Сумма"], *rows,
                                   ["Итого", "2025-12-31", WHOLE]])  # fmt: skip
    assert read_sum(folder) == ([], WHOLE)


@pytest.mark.parametrize("name", ["Итого по {}", "{} Итог", "{} Total", "Итого {}", "Subtotal {}"])
def test_subtotals_of_groups_and_the_grand_total_are_left_out(tmp_path: Path, name: str) -> None:
    rows: list[tuple[object, ...]] = []
    for customer in sorted({row[0] for row in LEDGER}):
        group = [row for row in LEDGER if row[0] == customer]
        rows += [*group, (name.format(customer), "", sum(row[2] for row in group))]
    folder = sales(tmp_path, HEAD + lines([*rows, ("Всего", "", WHOLE)]))
    assert read_sum(folder) == ([], WHOLE)
    assert one(folder.read(), "total_row").facts["count"] == 10


def test_a_subtotal_stands_above_its_group_as_well(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Всего", "", WHOLE)]
    for customer in sorted({row[0] for row in LEDGER}):
        group = [row for row in LEDGER if row[0] == customer]
        rows += [(f"Итого {customer}", "", sum(row[2] for row in group)), *group]
    assert read_sum(sales(tmp_path, HEAD + lines(rows))) == ([], WHOLE)


def test_a_subtotal_without_a_word_is_left_out(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = []
    for customer in sorted({row[0] for row in LEDGER}):
        group = [row for row in LEDGER if row[0] == customer]
        rows += [*group, ("", "", sum(row[2] for row in group))]
    assert read_sum(sales(tmp_path, HEAD + lines(rows))) == ([], WHOLE)


def test_the_totals_of_all_groups_may_stand_together_below(tmp_path: Path) -> None:
    names = sorted({row[0] for row in LEDGER})
    totals = [(f"Итого по {n}", "", sum(row[2] for row in LEDGER if row[0] == n)) for n in names]
    assert read_sum(sales(tmp_path, HEAD + lines([*LEDGER, *totals]))) == ([], WHOLE)


def test_a_subtotal_may_be_named_beside_its_customer(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = []
    for customer in sorted({row[0] for row in LEDGER}):
        group = [(*row, "Услуга") for row in LEDGER if row[0] == customer]
        rows += [*group, (customer, "31.12.2025", sum(row[2] for row in group), "Итого")]
    text = "Контрагент;Дата;Сумма;Продукт\n" + lines(rows)
    assert read_sum(sales(tmp_path, text)) == ([], WHOLE)


def test_an_average_is_left_out_like_a_total(tmp_path: Path) -> None:
    text = HEAD + lines([*LEDGER, ("Среднее", "31.12.2025", WHOLE / 60)])
    assert read_sum(sales(tmp_path, text.replace(".5", ",5"))) == ([], WHOLE)


def test_a_total_that_does_not_fit_is_refused_and_left_out_when_the_remedy_is_followed(
    tmp_path: Path,
) -> None:
    folder = sales(tmp_path, HEAD + lines([*LEDGER, ("Итого", "31.12.2025", 17_000)]))
    problem = one(folder.read(), "total_differs")
    assert (problem.place.row, problem.facts["sum"], problem.found) == (62, "18390", "Итого")
    folder.follow(problem)
    case = folder.read()
    assert errors(case) == []
    assert case.tables["sales"].frame["amount"].sum() == WHOLE
    assert (case.tables["sales"].rows_in, case.tables["sales"].rows_used) == (61, 60)
    assert one(case, "rows_dropped").found == "Итого, 31.12.2025, 17000"


def test_many_totals_that_do_not_fit_are_one_message(tmp_path: Path) -> None:
    rows = [row for row in LEDGER for row in (row, ("Итого", "31.12.2025", 1))]
    folder = sales(tmp_path, HEAD + lines(rows))
    problem = one(folder.read(), "total_differs")
    assert problem.facts["count"] == 60
    folder.follow(problem)
    assert read_sum(folder) == ([], WHOLE)


@pytest.mark.parametrize(
    "firm",
    [
        *("Total Energies", "Итого-Сервис", "Celkom dobré s.r.o."),
        *("Sum Up Ltd", "Сумма технологий", "TotalEnergies SE"),
    ],
)
def test_a_firm_whose_name_begins_like_a_total_is_a_customer(tmp_path: Path, firm: str) -> None:
    once = sales(tmp_path, HEAD + lines([*LEDGER, (firm, "31.12.2025", 5)]))
    assert read_sum(once) == ([], WHOLE + 5)
    rows = [*LEDGER, (firm, "30.12.2025", 5), (firm, "31.12.2025", 8), ("Итого", "", WHOLE + 13)]
    often = sales(tmp_path, HEAD + lines(rows))
    assert read_sum(often) == ([], WHOLE + 13)
    assert problems(often.read(), "total_word_kept") == []


def test_72_a_label_in_the_column_of_dates(tmp_path: Path) -> None:
    folder = sales(tmp_path, HEAD + lines([*LEDGER, ("", "Итого:", WHOLE)]))
    assert read_sum(folder) == ([], WHOLE)


def test_71_a_total_above_the_data(tmp_path: Path) -> None:
    folder = sales(tmp_path, HEAD + lines([("", "", WHOLE), *LEDGER]))
    assert read_sum(folder) == ([], WHOLE)


def test_69_signatures_below_the_total_are_one_message(tmp_path: Path) -> None:
    footer = [("Итого:", "", WHOLE), ("Руководитель ________", "", ""), ("Исполнитель", "", "")]
    folder = sales(tmp_path, HEAD + lines([*LEDGER, *footer]))
    case = folder.read()
    assert errors(case) == ["row_without_data"]
    assert one(case, "row_without_data").facts["count"] == 2
    folder.follow(one(case, "row_without_data"))
    assert read_sum(folder) == ([], WHOLE)


def test_a_list_of_customers_does_not_count_its_total(tmp_path: Path) -> None:
    rows = "".join(f"{n};Клиент {n};Опт\n" for n in range(120))
    folder = OnDisk.made(
        tmp_path,
        {"customers.csv": f"Код клиента;Название;Сегмент\n{rows}Итого: 120;;\n"},
        language="ru",
    )
    case = folder.read()
    assert errors(case) == []
    assert len(case.tables["customers"].frame) == 120


def test_a_survey_does_not_count_its_average(tmp_path: Path) -> None:
    rows = "".join(f"{n};2025-11-{n + 1:02};{8 + n % 3}\n" for n in range(12))
    folder = OnDisk.made(tmp_path, {"survey.csv": f"respondent_id;date;score\n{rows}Average;;9\n"})
    case = folder.read()
    assert errors(case) == []
    assert len(case.tables["survey"].frame) == 12


def test_returns_and_cents_add_up_exactly(tmp_path: Path) -> None:
    rows = [("A", "01.01.2025", "0,10"), ("B", "02.01.2025", "0,20"), ("C", "03.01.2025", "-0,05")]
    folder = sales(tmp_path, HEAD + lines([*rows, ("Итого", "31.12.2025", "0,25")]))
    assert read_sum(folder) == ([], pytest.approx(0.25))


# Reading a ledger gives its sum, however its totals are laid out, or it is refused.
customers = st.sampled_from(["Акме", "Total Energies", "Итого-Сервис", "ООО «Ромашка»", "B", "7"])
amounts = st.integers(-500_000, 5_000_000).map(lambda cents: cents / 100)
ledgers = st.lists(st.tuples(customers, amounts), min_size=2, max_size=25)
layouts = st.sampled_from(["below", "above", "groups", "groups above", "both", "unlabelled"])
words = st.sampled_from(["Итого", "ВСЕГО:", "Total", "Spolu", "Grand total"])


def laid_out(
    ledger: list[tuple[str, float]], layout: str, word: str, *, dated: bool, wrong: float
) -> list[tuple[str, str, float]]:
    """Return the rows of a ledger with its totals; ``wrong`` is added to the last of them."""
    day = "31.12.2025" if dated else ""
    whole = sum(round(value * 100) for _, value in ledger) / 100
    rows: list[tuple[str, str, float]] = []
    for name in (
        dict.fromkeys(name for name, _ in ledger) if "groups" in layout or layout == "both" else ()
    ):
        group = [(n, "15.03.2025", value) for n, value in ledger if n == name]
        own = (f"{word} {name}", day, sum(round(v * 100) for *_, v in group) / 100)
        rows += [own, *group] if layout == "groups above" else [*group, own]
    if not rows:
        rows = [(name, "15.03.2025", value) for name, value in ledger]
    total = (word, day, whole + wrong)
    if layout == "unlabelled":
        return [*rows, ("", "", whole + wrong)]
    return [total, *rows] if "above" in layout else [*rows, total]


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    ledger=ledgers,
    layout=layouts,
    word=words,
    dated=st.booleans(),
    wrong=st.sampled_from([0.0, 1.5]),
)
@example(ledger=[("B", 1.0), ("B", 1.0)], layout="groups", word="Total", dated=True, wrong=0.0)
def test_what_is_read_is_the_ledger_or_the_file_is_refused(
    tmp_path: Path,
    ledger: list[tuple[str, float]],
    layout: str,
    word: str,
    dated: bool,
    wrong: float,
) -> None:
    rows = laid_out(ledger, layout, word, dated=dated, wrong=wrong)
    text = HEAD + lines([(n, d, f"{v:.2f}".replace(".", ",")) for n, d, v in rows])
    case = sales(tmp_path, text).read()
    if errors(case):
        return
    assert case.tables["sales"].frame["amount"].sum() == pytest.approx(
        sum(value for _, value in ledger), abs=0.005
    )


@settings(max_examples=100, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    ledger=st.lists(
        st.tuples(st.sampled_from(["Акме", "ООО «Ромашка»", "B"]), st.integers(1, 10**8)),
        min_size=2,
        max_size=25,
    ),
    layout=layouts,
    word=words,
    dated=st.booleans(),
)
def test_right_totals_are_never_in_the_way(
    tmp_path: Path, ledger: list[tuple[str, int]], layout: str, word: str, dated: bool
) -> None:
    cents = [(name, value / 100) for name, value in ledger]
    rows = laid_out(cents, layout, word, dated=dated, wrong=0)
    text = HEAD + lines([(n, d, f"{v:.2f}".replace(".", ",")) for n, d, v in rows])
    found, total = read_sum(sales(tmp_path, text))
    assert found == []
    assert total == pytest.approx(sum(value for _, value in cents), abs=0.005)


QUALTRICS = "StartDate;EndDate;Status;Progress;Finished;ResponseId;RecordedDate;Q1;Q2\n"
MAPPED = '[intake.survey]\ncolumns = {date = "EndDate", score = "Q1", reason = "Q2"}\n'


def answers(*odd: tuple[str, int, str, str]) -> str:
    """Return 37 answers of Qualtrics after those given as status, progress, finished, score."""
    given = [*odd, *[("IP Address", 100, "True", str(5 + n % 6)) for n in range(37)]]
    return QUALTRICS + "".join(
        f"2025-11-{n % 28 + 1:02} 09:00:11;2025-11-{n % 28 + 1:02} 09:00:59;{status};{progress};"
        f"{finished};R_{n};2025-11-30 10:00:00;{score};good\n"
        for n, (status, progress, finished, score) in enumerate(given)
    )


def survey(path: Path, text: str, said: str = MAPPED) -> OnDisk:
    return OnDisk.made(path, {"survey.csv": text}, said=said)


def test_02b_previews_are_no_answers(tmp_path: Path) -> None:
    previews = [(status, 100, "True", "10") for status in ("Survey Preview", "Survey Test", "Spam")]
    folder = survey(tmp_path, answers(*previews))
    case = folder.read()
    assert errors(case) == []
    table = case.tables["survey"]
    assert (table.rows_in, table.rows_used, len(table.frame)) == (40, 37, 37)
    told = one(case, "test_rows")
    assert told.facts["count"] == 3
    folder.follow(told)
    assert len(folder.read().tables["survey"].frame) == 40


def test_02b_where_keeps_the_answers_that_it_names(tmp_path: Path) -> None:
    folder = survey(tmp_path, answers(("Survey Preview", 100, "True", "10")))
    folder.write('where = {Status = "ip address"}', "survey")
    case = folder.read()
    assert len(case.tables["survey"].frame) == 37
    assert one(case, "rows_left_by_where").facts["count"] == 1
    folder.write('where = {Status = {not = ["Survey Preview"]}}', "survey")
    assert len(folder.read().tables["survey"].frame) == 37


@pytest.mark.parametrize(("nth", "n"), [(0, 37), (1, 39)])
def test_unfinished_answers_with_a_score_are_asked_about(tmp_path: Path, nth: int, n: int) -> None:
    text = answers(("IP Address", 57, "False", "3"), ("IP Address", 80, "False", "2"),
                   ("IP Address", 10, "False", ""))  # fmt: skip
    folder = survey(tmp_path, text)
    case = folder.read()
    assert errors(case) == ["unfinished_rows"]
    problem = one(case, "unfinished_rows")
    assert problem.facts["count"] == 2
    folder.write(problem.facts[("drop", "keep")[nth]], "survey")
    case = folder.read()
    assert errors(case) == []
    assert len(case.tables["survey"].frame) == n


@pytest.mark.parametrize(
    ("heading", "value", "full"),
    [
        ("Response Type", "partial", "completed"),
        ("Статус", "Неполный", "Завершён"),
        ("Стaтус ответа".replace("a", "а"), "Дисквалифицирован", "Завершён"),
        ("Progress", "57", "100"),
        ("Completed", "No", "Yes"),
        ("Stav", "neúplný", "dokončený"),
    ],
)
def test_every_way_of_saying_unfinished(
    tmp_path: Path, heading: str, value: str, full: str
) -> None:
    rows = "".join(f"{n};2025-11-{n + 1:02};9;{value if n < 3 else full}\n" for n in range(20))
    folder = survey(tmp_path, f"respondent_id;date;score;{heading}\n{rows}", said="")
    problem = one(folder.read(), "unfinished_rows")
    for choice, n in (("drop", 17), ("keep", 20)):
        folder.write(problem.facts[choice], "survey")
        case = folder.read()
        assert (errors(case), len(case.tables["survey"].frame)) == ([], n)


def test_rows_without_day_and_score_are_no_answers(tmp_path: Path) -> None:
    rows = "".join(f"{n};2025-11-{n + 1:02};9\n" for n in range(12))
    folder = survey(tmp_path, f"respondent_id;date;score\n{rows}90;;\n91;;\n", said="")
    case = folder.read()
    assert (errors(case), len(case.tables["survey"].frame)) == ([], 12)
    assert one(case, "unfinished_left").facts["count"] == 2


def test_further_rows_of_headings_are_called_so_and_the_remedy_works(tmp_path: Path) -> None:
    head, rest = answers().split("\n", 1)
    text = (
        f"{head}\nStart Date;End Date;Response Type;Progress;Finished;Response ID;Recorded Date;"
        "How likely are you to recommend us?;Why?\n"
        + ";".join(f'"{{""ImportId"":""Q{n}""}}"' for n in range(9)) + f"\n{rest}"
    )  # fmt: skip
    folder = survey(tmp_path, text)
    case = folder.read()
    assert errors(case) == ["second_heading"]
    problem = one(case, "second_heading")
    assert problem.facts["line"] == "drop_rows = [2, 3]"
    folder.follow(problem)
    case = folder.read()
    assert (errors(case), len(case.tables["survey"].frame)) == ([], 37)


def test_the_second_heading_of_surveymonkey(tmp_path: Path) -> None:
    rows = "".join(f"{n},2025-11-{n + 1:02},9,good\n" for n in range(12))
    text = f"Respondent ID,Date,Score,Reason\n,,,Open-Ended Response\n{rows}"
    folder = survey(tmp_path, text, said="")
    folder.follow(one(folder.read(), "second_heading"))
    case = folder.read()
    assert (errors(case), len(case.tables["survey"].frame)) == ([], 12)


def test_headings_repeated_inside_are_left_out_when_the_remedy_is_followed(tmp_path: Path) -> None:
    text = HEAD + lines(LEDGER[:30]) + HEAD + lines(LEDGER[30:])
    folder = sales(tmp_path, text)
    folder.follow(one(folder.read(), "repeated_header"))
    assert read_sum(folder) == ([], WHOLE)


def test_rows_of_another_width_are_left_out_when_the_remedy_is_followed(tmp_path: Path) -> None:
    folder = sales(tmp_path, HEAD + lines(LEDGER) + "Generated by X\nConfidential\nA\nB\n")
    problem = one(folder.read(), "wrong_width")
    assert problem.facts["count"] == 4
    folder.follow(problem)
    assert read_sum(folder) == ([], WHOLE)


def currencies(*names: str) -> str:
    rows = [(*row, names[n % len(names)]) for n, row in enumerate(LEDGER)]
    return "Контрагент;Дата;Сумма;Валюта\n" + lines(rows)


def test_40_amounts_in_two_currencies_are_never_added(tmp_path: Path) -> None:
    folder = sales(tmp_path, currencies("USD", "руб.", "руб.", "RUB"))
    problem = one(folder.read(), "several_currencies")
    assert problem.facts["values"] == "RUB 45, USD 15"
    folder.follow(problem)
    case = folder.read()
    assert errors(case) == []
    assert case.tables["sales"].frame["amount"].sum() == sum(
        row[2] for n, row in enumerate(LEDGER) if n % 4
    )


def test_40_the_engagements_own_currency_is_silent(tmp_path: Path) -> None:
    case = sales(tmp_path, currencies("руб.", "RUB", "₽", "643")).read()
    assert case.intake.problems == ()


def test_40_one_other_currency_is_refused(tmp_path: Path) -> None:
    assert errors(sales(tmp_path, currencies("€", "EUR")).read()) == ["other_currency"]


def test_40_a_blank_currency_beside_another_one_is_refused(tmp_path: Path) -> None:
    folder = sales(tmp_path, currencies("", "USD"))
    problem = one(folder.read(), "several_currencies")
    folder.follow(problem)
    case = folder.read()
    assert errors(case) == []
    assert len(case.tables["sales"].frame) == 30


def test_documents_that_are_not_posted_are_named(tmp_path: Path) -> None:
    rows = [(*row, "Нет" if n < 4 else "Да") for n, row in enumerate(LEDGER)]
    folder = sales(tmp_path, "Контрагент;Дата;Сумма;Проведен\n" + lines(rows))
    told = one(folder.read(), "telling_column")
    assert told.facts["values"] == "“Да” 56, “Нет” 4"
    folder.follow(told)
    case = folder.read()
    assert len(case.tables["sales"].frame) == 56
    assert problems(case, "telling_column") == []


def test_where_tells_what_it_does_not_find(tmp_path: Path) -> None:
    folder = sales(tmp_path, currencies("руб."), said='[intake.sales]\nwhere = {Volute = "руб."}\n')
    assert errors(folder.read()) == ["where_no_heading"]
    folder.write('where = {"валюта " = "рубл."}', "sales")
    problem = one(folder.read(), "where_no_value")
    assert (problem.is_error, problem.facts["nearest"]) == (True, "руб.")
    folder.write('where = {"валюта " = {not = "USD"}}', "sales")
    case = folder.read()
    assert (errors(case), len(case.tables["sales"].frame)) == ([], 60)
    assert not one(case, "where_no_value").is_error


def test_drop_rows_tells_a_row_that_is_not_there(tmp_path: Path) -> None:
    folder = sales(tmp_path, HEAD + lines(LEDGER), said="[intake.sales]\ndrop_rows = [2, 99]\n")
    assert errors(folder.read()) == ["drop_row_unknown"]


def test_01b_the_line_of_the_message_works(tmp_path: Path) -> None:
    score = "How likely is it that you would recommend us to a friend or colleague, at all?"
    rows = "".join(f"{n};2025-11-{n + 1:02};9\n" for n in range(12))
    text = f"Respondent ID;End Date;{score}\n{rows}"
    folder = survey(tmp_path, text, said="")
    folder.follow(one(folder.read(), "missing_columns"))
    assert errors(folder.read()) == []


def test_01b_headings_without_a_table_are_told_their_section(tmp_path: Path) -> None:
    from workbook.errors import InputError

    score = "How likely is it that you would recommend us to a friend or colleague, at all?"
    rows = "".join(f"{n};2025-11-{n + 1:02};9\n" for n in range(12))
    said = f'[intake.columns]\ndate = "End Date"\nscore = "{score}"\n'
    folder = survey(tmp_path, f"Respondent ID;End Date;{score}\n{rows}", said=said)
    with pytest.raises(InputError) as refused:
        folder.read()
    (problem,) = refused.value.problems
    assert problem.code == "columns_without_table"
    toml = folder.path / "engagement.toml"
    toml.write_text(toml.read_text("utf-8").replace(said, ""), "utf-8")
    folder.follow(problem)
    assert errors(folder.read()) == []


def test_two_headings_of_one_column_are_settled_by_the_line(tmp_path: Path) -> None:
    rows = lines([(*row, row[2] * 2) for row in LEDGER])
    folder = sales(tmp_path, f"Контрагент;Дата;Сумма;Выручка\n{rows}")
    folder.follow(one(folder.read(), "two_columns"))
    assert read_sum(folder) == ([], WHOLE * 2)


def test_13_one_heading_may_feed_two_columns(tmp_path: Path) -> None:
    text = "Company;Deal Stage;Close Date;Deal Type\n" + "".join(
        f"C{n};{('won', 'lost', 'open')[n % 3]};2025-03-{n + 1:02};new\n" for n in range(12)
    )
    said = (
        '[intake.offers]\ncolumns = {customer_id = "Company", stage = "Deal Stage", '
        'status = "Deal Stage", date = "Close Date", product = "Deal Type"}\n'
    )
    case = OnDisk.made(tmp_path, {"offers.csv": text}, said=said).read()
    assert errors(case) == []
    frame = case.tables["offers"].frame
    assert (frame["stage"] == frame["status"]).all()


def test_a_merged_label_of_a_total_is_a_total(tmp_path: Path) -> None:
    import xlsxwriter

    folder = OnDisk.made(tmp_path, {}, language="ru")
    with xlsxwriter.Workbook(tmp_path / "data" / "sales.xlsx") as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["Контрагент", "Дата", "Сумма"])
        for at, (name, day, value) in enumerate(LEDGER, start=1):
            sheet.write_row(at, 0, [name, day, value])
        sheet.merge_range(61, 0, 61, 1, "Итого")
        sheet.write(61, 2, WHOLE)
    assert read_sum(folder) == ([], WHOLE)


@pytest.mark.parametrize("label", ["Total sales", "Spolu s DPH", "Celkom North", "Total Group"])
def test_a_doubtful_name_with_nearly_all_of_the_money_is_refused(
    tmp_path: Path, label: str
) -> None:
    folder = sales(tmp_path, HEAD + lines([*LEDGER, (label, "31.12.2025", WHOLE + 100)]))
    folder.follow(one(folder.read(), "total_differs"))
    assert read_sum(folder) == ([], WHOLE)


def test_where_counts_in_a_workbook_too(tmp_path: Path) -> None:
    folder = OnDisk.made(
        tmp_path, {}, language="ru", said='[intake.sales]\nwhere = {"Год" = 2025}\n'
    )
    rows = [[name, "2025-01-01", value, 2024 + n % 2] for n, (name, _, value) in enumerate(LEDGER)]
    folder.workbook("sales.xlsx", [["Контрагент", "Дата", "Сумма", "Год"], *rows])
    case = folder.read()
    assert len(case.tables["sales"].frame) == 30
    folder.write("drop_rows = [3]", "sales")
    assert folder.read().tables["sales"].rows_used == 29


def test_12_a_heading_that_feeds_another_column_is_proposed_for_both(tmp_path: Path) -> None:
    text = "Account;Stage;Close Date;Product;Age\n" + "".join(
        f"C{n};{('won', 'lost', 'open')[n % 3]};2025-03-{n + 1:02};new;5\n" for n in range(12)
    )
    said = '[intake.offers]\ncolumns = {status = "Stage", date = "Close Date"}\n'
    folder = OnDisk.made(tmp_path, {"offers.csv": text}, said=said)
    problem = one(folder.read(), "missing_column")
    assert (problem.facts["name"], problem.facts["nearest"]) == ("stage", "Stage")
    folder.follow(problem)
    assert errors(folder.read()) == []


def test_a_total_that_nets_returns_is_a_total(tmp_path: Path) -> None:
    rows = [(*row, "возврат" if n % 10 == 0 else "продажа") for n, row in enumerate(LEDGER)]
    net = sum(-row[2] if n % 10 == 0 else row[2] for n, row in enumerate(LEDGER))
    text = "Контрагент;Дата;Сумма;Вид\n" + lines([*rows, ("Итого", "31.12.2025", net, "")])
    assert read_sum(sales(tmp_path, text)) == ([], WHOLE)


def test_rows_with_a_blank_key_are_left_out_when_the_remedy_is_followed(tmp_path: Path) -> None:
    heads = [(f"Группа {n}", "", 5) for n in range(6)]
    folder = sales(tmp_path, HEAD + lines([*heads, *LEDGER, ("В том числе НДС", "", 3_065)]))
    folder.follow(one(folder.read(), "total_differs"))
    folder.follow(one(folder.read(), "blank_cell"))
    assert read_sum(folder) == ([], WHOLE)


def test_a_plan_whose_product_is_always_all_of_them_is_a_plan(tmp_path: Path) -> None:
    rows = "".join(f"K{n};2025-01;{100 + n};Всего\n" for n in range(20))
    text = f"customer_id;period;amount;product\n{rows}"
    case = OnDisk.made(tmp_path, {"plans.csv": text}, language="ru").read()
    assert (errors(case), len(case.tables["plans"].frame)) == ([], 20)


def test_many_names_like_totals_are_one_remark(tmp_path: Path) -> None:
    rows = [(f"Total Station {n}", "31.12.2025", 1 + n) for n in range(30)]
    case = sales(tmp_path, HEAD + lines([*LEDGER, *rows])).read()
    assert errors(case) == []
    assert one(case, "total_word_kept").facts["count"] == 30


def test_answers_into_which_somebody_typed_a_test_are_pointed_out(tmp_path: Path) -> None:
    rows = "".join(
        f"{n}@x.ru;{n + 1:02}.11.2025;9;{'Тест' if n < 2 else 'хорошо'}\n" for n in range(20)
    )
    text = f"Респондент;Дата;Оценка;Комментарий\n{rows}test;21.11.2025;9;\n"
    folder = OnDisk.made(tmp_path, {"survey.csv": text}, language="ru")
    told = one(folder.read(), "typed_tests")
    assert told.facts["count"] == 3
    folder.write(told.facts["line"], "survey")
    assert len(folder.read().tables["survey"].frame) == 18
