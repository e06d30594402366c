"""Scales, percentages, units and currencies that files have and nobody declared; remedies followed.

The surveys are those of form builders with five stars under a heading that also means the score of
0-10; the marks those of a ten-point questionnaire; the ledgers carry currencies beside amounts.
"""

import csv
import re

import pytest
import xlsxwriter

from workbook.engagement.data import open_engagement
from workbook.errors import InputError
from workbook.language.problems import line
from workbook.notebook import open_book

HEAD = """schema_version = 1
id = "case"
client = "Case Ltd"
language = "{language}"
currency = "{currency}"
period = "2025-Q4"
as_of = 2025-12-31
"""
LANGUAGES = ["en", "ru", "sk"]


@pytest.fixture
def engagement(tmp_path):
    """Build an engagement of literal tables and options; return the folder."""
    tables = {}

    def build(language="en", options="", currency="RUB", **given):
        (tmp_path / "data").mkdir(exist_ok=True)
        tables.update(given)
        for name, (head, rows) in tables.items():
            with (tmp_path / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([head, *rows])
        text = HEAD.format(language=language, currency=currency) + options
        (tmp_path / "engagement.toml").write_text(text, "utf-8")
        return tmp_path

    build.tables = tables
    return build


def survey(scores, **more):
    rows = [(i, f"2025-11-{i % 28 + 1:02d}", s, *more.values()) for i, s in enumerate(scores)]
    return ["respondent_id", "date", "score", *more], rows


def marks(values, heading="mark"):
    rows = [(i, f"2025-11-{i % 28 + 1:02d}", "Service", "Quality", v) for i, v in enumerate(values)]
    return ["respondent_id", "date", "product", "parameter", heading], rows


def found(folder, *, errors=False):
    said = ("columns_mapped", "options_declared")
    problems = [p for p in open_engagement(folder).intake.problems if p.code not in said]
    return [p for p in problems if p.is_error or not errors]


def codes(folder, *, errors=False):
    return [p.code for p in found(folder, errors=errors)]


def options(problem, language):
    """Return what the message says to write into engagement.toml: section and options."""
    told = line(problem, language)
    section = re.search(r"\[[a-z.]+\]", told)[0]
    return [f"{section}\n{option}\n" for option in re.findall(r'[a-z_]+ = "[^"]+"', told)]


# the question of recommendation


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "scores",
    [[5, 4, 4, 5, 3] * 8, [1, 2, 3, 4, 5] * 2, [7, 6, 5, 7] * 3, [0, 5, 3, 4, 5] * 2],
)
def test_stars_are_refused_until_the_scale_is_declared(engagement, language, scores):
    """Forty answers of 3 to 5 gave an NPS of -100 with 40 of 40 critics and no remark."""
    folder = engagement(language, survey=survey(scores))
    (problem,) = found(folder)
    assert (problem.code, problem.is_error) == ("score_scale_unclear", True)
    assert problem.facts["count"] == len(scores)
    for written in options(problem, language):
        read = open_engagement(engagement(language, written)).tables["survey"].frame
        if written.endswith('"0-10"\n') or min(scores) > 0:
            assert codes(engagement(language, written)) == []
        assert read["score"].tolist() == scores
    nps = open_book("loyalty", str(engagement(language, '[intake.survey]\nscale = "0-10"\n')))
    assert nps.view.result.nps.scale == "0-10"


def test_stars_moved_into_satisfaction_are_marks(engagement):
    """The other remedy: the same values as marks of the table satisfaction."""
    scores = [5, 4, 4, 5, 3] * 8
    folder = engagement(satisfaction=marks(scores))
    assert codes(folder, errors=True) == []
    assert open_engagement(folder).tables["satisfaction"].frame["mark"].tolist() == scores


@pytest.mark.bad_input("D10")
def test_a_wave_of_stars_among_waves_of_ten_is_refused(engagement):
    head, ten = survey([9, 10, 8, 6] * 5, wave="1")
    _, stars = survey([5, 4, 5, 3] * 5, wave="2")
    folder = engagement(survey=(head, [*ten, *((100 + r[0], *r[1:]) for r in stars)]))
    (problem,) = found(folder)
    assert (problem.code, problem.facts["wave"]) == ("wave_scale_unclear", "2")
    (zero, _) = options(problem, "en")
    assert codes(engagement(options=zero)) == []


def test_few_low_answers_are_doubted_and_not_refused(engagement):
    (problem,) = found(engagement(survey=survey([5, 4, 5])))
    assert (problem.code, problem.is_error) == ("score_scale_unclear", False)


def test_answers_of_the_whole_scale_are_not_doubted(engagement):
    assert codes(engagement(survey=survey([0, 3, 5, 8] * 5))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_scores_to_a_hundred_are_one_message(engagement, language):
    folder = engagement(language, survey=survey([100, 80, 60, 90, 10] * 6))
    (problem,) = found(folder)
    assert (problem.code, problem.facts["count"]) == ("scores_above_ten", 24)
    (percent,) = options(problem, language)
    _head, rows = engagement.tables.pop("survey")
    (folder / "data" / "survey.csv").unlink()
    folder = engagement(language, percent, satisfaction=marks([row[2] for row in rows]))
    assert codes(folder) == []
    assert open_engagement(folder).tables["satisfaction"].frame["mark"].max() == 1.0


def test_a_slip_above_ten_is_named_by_its_cell(engagement):
    (problem,) = found(engagement(survey=survey([9, 10, 11, 8, 7])))
    assert (problem.code, problem.place.row) == ("out_of_range", 4)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "labels",
    [
        ["10 - Обязательно порекомендую", "9", "0 - Ни за что", "5"],
        ["9/10", "10/10", "3/10"],
        ["Extremely likely - 10", "8", "Not at all likely - 0"],
        ["5 stars", "9 stars"],
    ],
)
def test_scores_with_labels_are_read_with_one_remark(engagement, language, labels):
    folder = engagement(language, survey=survey(labels * 10))
    (problem,) = found(folder)
    assert (problem.code, problem.is_error) == ("scale_labels", False)
    numbers = [int(re.sub(r"/10$|[^\d]", "", label)) for label in labels]
    assert open_engagement(folder).tables["survey"].frame["score"].tolist() == numbers * 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("label", ["7 или 8", "4/5", "не ниже 8", "Плохо -1", "7-й"])
def test_words_beside_scores_are_one_message(engagement, language, label):
    folder = engagement(language, survey=survey([label, 9, 5, 10] * 10))
    (problem,) = found(folder)
    assert (problem.code, problem.facts["count"]) == ("words_beside_number", 10)


@pytest.mark.parametrize("nine", ["9", "9,0", "9.0"])
def test_whole_scores_with_decimals_are_read(engagement, nine):
    folder = engagement("ru", survey=survey([nine, "10", "3"]))
    assert open_engagement(folder).tables["survey"].frame["score"].tolist() == [9, 10, 3]


# marks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("values", [[9, 6, 8, 7, 10] * 6, [3, 8, 5, 4, 2, 7, 10, 6] * 4])
def test_marks_to_ten_are_refused_and_read_as_declared(engagement, language, values):
    """Marks 6-10 were read as 6 to 10 %; marks 2-10 were "percentages mixed with numbers"."""
    folder = engagement(language, satisfaction=marks(values))
    (problem,) = found(folder)
    assert problem.code == "marks_to_ten"
    ten = next(o for o in options(problem, language) if "1-10" in o)
    folder = engagement(language, ten)
    assert codes(folder) == []
    frame = open_engagement(folder).tables["satisfaction"].frame
    assert (frame["mark"].tolist(), frame.attrs["scale"]) == (values, "1-10")
    assert open_book("loyalty", str(folder)).view.result.mark_bounds.scale == "1-10"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("values", "scale"), [([5, 4, 1, 2, 3], "1-5"), (["80%", "60%"], "percent")]
)
def test_a_scale_that_was_found_is_said(engagement, language, values, scale):
    folder = engagement(language, satisfaction=marks(values))
    (problem,) = found(folder)
    assert (problem.code, problem.is_error) == ("marks_scale_found", False)
    assert scale in line(problem, language)
    declared = f'[intake.satisfaction]\nscale = "{scale}"\n'
    assert codes(engagement(language, declared)) == []


@pytest.mark.parametrize("heading", ["Mark 1-10", "Оценка 1-10", "Známka 1-10"])
def test_a_heading_may_name_the_scale(engagement, heading):
    folder = engagement(satisfaction=marks([9, 6, 8], heading))
    assert codes(folder) == []
    assert open_engagement(folder).tables["satisfaction"].frame.attrs["scale"] == "1-10"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_instead_of_marks_are_one_message(engagement, language):
    words = ["Не удовлетворён", "Нейтрально", "Полностью удовлетворён", "Скорее удовлетворён"]
    (problem,) = found(engagement(language, satisfaction=marks(words * 15)))
    assert (problem.code, problem.facts["count"]) == ("words_for_marks", 60)
    assert all(word in line(problem, language) for word in words[:3])
    numbers = [str(words.index(word) + 1) for word in words * 15]
    assert codes(engagement(language, satisfaction=marks(numbers)), errors=True) == []


# one fact in two places


@pytest.mark.parametrize(
    ("intake", "param", "table"),
    [
        ('scale = "0-10"', 'scale = "1-10"', "survey"),
        ('scale = "1-10"', 'satisfaction_scale = "1-5"', "satisfaction"),
    ],
)
def test_two_words_on_one_scale_are_refused(engagement, intake, param, table):
    both = f"[intake.{table}]\n{intake}\n[params.loyalty]\n{param}\n"
    with pytest.raises(InputError) as caught:
        found(engagement(options=both))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.column) == ("said_twice", f"intake.{table}.scale")
    assert param.replace('"', "") in line(problem, "en")


@pytest.mark.parametrize("option", ['scale = "0-10"', 'satisfaction_scale = "1-10"'])
def test_the_options_of_the_report_declare_the_scale_too(engagement, option):
    folder = engagement(
        options=f"[params.loyalty]\n{option}\n",
        survey=survey([5, 4, 3] * 5),
        satisfaction=marks([6, 7, 10]),
    )
    left = "marks_to_ten" if option.startswith("scale") else "score_scale_unclear"
    assert codes(folder) == [left]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('[intake]\nscale = "1-10"\n', "scale_misplaced"),
        ('[intake.sales]\nscale = "1-10"\n', "scale_misplaced"),
        ('[intake.survey]\nscale = "1-5"\n', "not_in_list"),
        ('[intake.survey]\nscale = "5"\n', "not_in_list"),
        ('[intake]\ndecimal = ","\nthousands = ","\n', "one_sign_for_two"),
        ('[intake.sales]\nunit = "1000"\n', "not_in_list"),
        ('[intake.sales]\nthousand = ","\n', "unknown_key"),
    ],
)
def test_options_that_cannot_be_are_refused(engagement, written, code):
    with pytest.raises(InputError) as caught:
        found(engagement(options=written))
    assert [p.code for p in caught.value.problems] == [code]


# percentages and currencies of cells


@pytest.fixture
def sheet(tmp_path):
    """Write one table into a workbook, a number format for its last column; return the folder."""

    def build(table, head, rows, formats, options="", currency="RUB"):
        (tmp_path / "data").mkdir(exist_ok=True)
        with xlsxwriter.Workbook(tmp_path / "data" / f"{table}.xlsx") as book:
            page = book.add_worksheet(table)
            page.write_row(0, 0, head)
            styles = {f: book.add_format({"num_format": f}) for f in {*formats} - {""}}
            for i, row in enumerate(rows):
                page.write_row(i + 1, 0, row)
                style = styles.get(formats[i % len(formats)])
                page.write(i + 1, len(row) - 1, row[-1], style)
        text = HEAD.format(language="en", currency=currency) + options
        (tmp_path / "engagement.toml").write_text(text, "utf-8")
        return tmp_path

    return build


def mark_rows(values):
    return marks(values)[1]


MARK_HEAD = marks([])[0]
SALES_HEAD = ["customer_id", "date", "amount"]


def sale_rows(values):
    return [(f"K{i % 3}", "2025-03-01", value) for i, value in enumerate(values)]


@pytest.mark.parametrize("number_format", ["0%", "0.0%", "0.00 %", "[Red]0%;-0%"])
def test_a_percent_format_tells_that_a_mark_is_a_percentage(sheet, number_format):
    """1 and 0.05 shown as 100 % and 5 %: as plain numbers a mark of 1 would be the lowest."""
    folder = sheet("satisfaction", MARK_HEAD, mark_rows([1, 1, 0.05]), [number_format])
    frame = open_engagement(folder).tables["satisfaction"].frame
    assert (frame["mark"].tolist(), frame.attrs["scale"]) == ([1.0, 1.0, 0.05], "percent")
    assert codes(folder) == ["marks_scale_found"]


def test_percent_cells_beside_plain_ones_are_refused_once(sheet):
    folder = sheet("satisfaction", MARK_HEAD, mark_rows([0.8, 4, 0.6, 5]), ["0%", ""])
    (problem,) = found(folder)
    assert (problem.code, problem.facts["count"]) == ("mixed_percent", 4)


def test_a_margin_formatted_as_per_cent_is_no_money(sheet):
    head = [*SALES_HEAD, "Margin"]
    rows = [(*row, 0.25) for row in sale_rows([1000, 2000, 3000])]
    (problem,) = found(sheet("sales", head, rows, ["0%"]))
    assert (problem.code, problem.facts["count"]) == ("percent_in_money", 3)
    renamed = [*SALES_HEAD, "Margin, %"]
    assert codes(sheet("sales", renamed, rows, ["0%"]), errors=True) == []
    assert (
        "margin" not in open_engagement(sheet("sales", renamed, rows, ["0%"])).tables["sales"].frame
    )


@pytest.mark.parametrize(
    ("number_format", "code"),
    [
        ("#,##0.00 [$€-407]", "EUR"),
        ('#,##0" USD"', "USD"),
        ("[$$-409]#,##0.00", "USD"),
        ('_-* #,##0.00 "zł"_-;-* #,##0.00 "zł"_-', "PLN"),
    ],
)
def test_a_currency_format_is_read(sheet, number_format, code):
    rows = sale_rows([100, 200, 300])
    (problem,) = found(sheet("sales", SALES_HEAD, rows, [number_format]))
    assert (problem.code, problem.facts["counts"]) == ("amounts_in_currencies", f"{code} – 3")
    (remedy,) = re.findall(r'currency = "(\w+)"', line(problem, "en"))
    folder = sheet("sales", SALES_HEAD, rows, [number_format], currency=remedy)
    assert codes(folder, errors=True) == []


@pytest.mark.parametrize(
    "number_format", ["#,##0.00", '#,##0" ₽"', "#,##0.00 [$р.-419]", '0" pcs"', "General"]
)
def test_the_own_currency_and_plain_formats_are_not_doubted(sheet, number_format):
    folder = sheet("sales", SALES_HEAD, sale_rows([100, 200, 300]), [number_format])
    assert codes(folder, errors=True) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_currencies_beside_amounts_are_refused_once_with_their_counts(engagement, language):
    """They were stripped and the amounts summed: 100 $ and 200 € made 300."""
    amounts = ["100 $", "200 €", "300", "50 €", "70 руб."]
    folder = engagement(language, sales=(SALES_HEAD, sale_rows(amounts)))
    (problem,) = found(folder)
    assert (problem.code, problem.place.row) == ("amounts_in_currencies", 2)
    assert problem.facts["counts"] == "EUR – 2, USD – 1"
    converted = ["9000", "20000", "300", "5000", "70 руб."]
    folder = engagement(language, sales=(SALES_HEAD, sale_rows(converted)))
    assert open_engagement(folder).tables["sales"].frame["amount"].sum() == 34_370


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("heading", ["Amount, EUR", "Сумма, €", "Suma (EUR)"])
def test_a_heading_of_another_currency_is_refused(engagement, language, heading):
    head = [*SALES_HEAD[:2], heading]
    (problem,) = found(engagement(language, sales=(head, sale_rows([100, 200]))))
    assert problem.code == "heading_currency"
    (remedy,) = re.findall(r'currency = "(\w+)"', line(problem, language))
    assert codes(engagement(language, currency=remedy)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_percentages_as_margins_are_refused_once(engagement, language):
    head = [*SALES_HEAD, "margin"]
    rows = [(*row, "25%") for row in sale_rows([1000, 2000, 3000])]
    (problem,) = found(engagement(language, sales=(head, rows)))
    assert (problem.code, problem.facts["count"]) == ("percent_in_money", 3)
    heading = re.search(r"[\"«„]([^\"«„]+, %)", line(problem, language))[1]
    folder = engagement(language, sales=([*SALES_HEAD, heading], rows))
    assert codes(folder, errors=True) == []
    assert "margin" not in open_engagement(folder).tables["sales"].frame


# units


def ledger(amounts, margins=None):
    """Return sales of five customers in every month of 2025, the same amount a month each."""
    rows = [
        (f"K{c}", f"2025-{m:02d}-10", amounts[c], *((margins[c],) if margins else ()))
        for m in range(1, 13)
        for c in range(len(amounts))
    ]
    return [*SALES_HEAD, *(["margin"] if margins else [])], rows


AMOUNTS = [40_000, 90_000, 250_000, 60_000, 130_000]
PLANS = ["customer_id", "period", "amount"]


def plans(factor, heading="amount"):
    rows = [(f"K{c}", "2025-Q2", 3 * a * 1.1 / factor) for c, a in enumerate(AMOUNTS)]
    return [*PLANS[:2], heading], rows


def unit_option(problem, language):
    told = line(problem, language)
    section = re.search(r"\[intake\.\w+\]", told)[0]
    return f"{section}\n{re.search(r'unit = .[a-z]+.', told)[0]}\n"


@pytest.mark.bad_input("D6")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("factor", [1000, 10**6])
def test_plans_in_another_unit_than_the_sales_are_refused(engagement, language, factor):
    folder = engagement(language, sales=ledger(AMOUNTS), plans=plans(factor))
    (problem,) = found(folder, errors=True)
    assert (problem.code, problem.facts["count"]) == ("plans_apart", 5)
    folder = engagement(language, unit_option(problem, language))
    assert codes(folder, errors=True) == []
    planned = open_engagement(folder).tables["plans"].frame["amount"].sum()
    assert planned == pytest.approx(3.3 * sum(AMOUNTS))


@pytest.mark.parametrize("heading", ["План, тыс. руб.", "Plan (k RUB)", "Planned amount, thousand"])
def test_plans_with_their_unit_in_the_heading_are_read(engagement, heading):
    folder = engagement(sales=ledger(AMOUNTS), plans=plans(1000, heading))
    assert codes(folder) == ["unit_in_heading"]
    planned = open_engagement(folder).tables["plans"].frame["amount"].sum()
    assert planned == pytest.approx(3.3 * sum(AMOUNTS))


def test_sales_in_thousands_beside_plans_in_units(engagement):
    """The sales are the smaller ones: the remedy names them."""
    folder = engagement(sales=ledger([a / 1000 for a in AMOUNTS]), plans=plans(1))
    (problem,) = found(folder, errors=True)
    option = unit_option(problem, "en")
    assert option.startswith("[intake.sales]")
    folder = engagement(options=option)
    assert codes(folder, errors=True) == []
    assert open_engagement(folder).tables["sales"].frame["amount"].sum() == 12 * sum(AMOUNTS)


def test_plans_of_each_product_are_added_before_they_are_compared(engagement):
    rows = [(f"K{c}", "2025-03", a / 20, f"P{p}") for c, a in enumerate(AMOUNTS) for p in range(20)]
    folder = engagement(sales=ledger(AMOUNTS), plans=([*PLANS, "product"], rows))
    assert codes(folder, errors=True) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_deals_in_another_unit_than_the_sales_are_refused(engagement, language):
    head = ["customer_id", "product", "stage", "status", "date", "amount"]
    rows = [(f"K{c}", "A", "Contract", "won", "2025-01-05", a / 200) for c, a in enumerate(AMOUNTS)]
    folder = engagement(language, sales=ledger(AMOUNTS), offers=(head, rows))
    (problem,) = found(folder, errors=True)
    assert problem.code == "deals_apart"
    folder = engagement(language, unit_option(problem, language))
    assert codes(folder, errors=True) == []
    assert open_engagement(folder).tables["offers"].frame["amount"].sum() == 5 * sum(AMOUNTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_margins_in_thousands_are_refused(engagement, language):
    margins = [a * 0.2 / 1000 for a in AMOUNTS]
    folder = engagement(language, sales=ledger(AMOUNTS, margins))
    (problem,) = found(folder)
    assert problem.code == "margin_too_low"
    heading = re.search(r"margin, [^\"“»]+", line(problem, language))[0]
    head, rows = ledger(AMOUNTS, margins)
    folder = engagement(language, sales=([*head[:3], heading], rows))
    assert codes(folder, errors=True) == []
    frame = open_engagement(folder).tables["sales"].frame
    assert frame["margin"].sum() == pytest.approx(0.2 * 12 * sum(AMOUNTS))


def test_amounts_in_thousands_beside_margins_in_units_are_refused(engagement):
    small = [a / 1000 for a in AMOUNTS]
    head, rows = ledger(small, [a * 0.2 for a in AMOUNTS])
    (problem,) = found(engagement(sales=(head, rows)))
    assert problem.code == "margin_too_high"
    heading = re.search(r"amount, \w+", line(problem, "en"))[0]
    folder = engagement(sales=([*head[:2], heading, "margin"], rows))
    assert codes(folder, errors=True) == []
    assert open_engagement(folder).tables["sales"].frame["amount"].sum() == 12 * sum(AMOUNTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("margins", [[25, 20, 22, 25, 30], [0.25, 0.2, 0.22, 0.25, 0.3]])
def test_margins_in_percent_without_a_sign_are_refused(engagement, language, margins):
    """25 beside an amount of 40,000 is not money: the margin would be next to nothing."""
    folder = engagement(language, sales=ledger(AMOUNTS, margins))
    (problem,) = found(folder)
    assert problem.code == "margin_in_percent"
    assert found(engagement(language, unit_option(problem, language))) == []
    heading = re.search(r"margin, %", line(problem, language))[0]
    head, rows = ledger(AMOUNTS, margins)
    folder = engagement(language, sales=([*head[:3], heading], rows))
    assert codes(folder, errors=True) == []
    assert "margin" not in open_engagement(folder).tables["sales"].frame


@pytest.mark.parametrize("share", [0.02, 0.2, 0.9, -0.1])
@pytest.mark.parametrize("scale", [1, 1 / 100, 1 / 1000])
def test_margins_of_money_are_left_alone(engagement, share, scale):
    amounts = [a * scale for a in AMOUNTS]
    margins = [a * share * (1 + c / 10) for c, a in enumerate(amounts)]
    assert codes(engagement(sales=ledger(amounts, margins))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_declared_unit_and_another_one_in_the_heading_are_refused(engagement, language):
    head = [*SALES_HEAD[:2], "Сумма, тыс. руб."]
    option = '[intake.sales]\nunit = "{}"\n'
    sold = (head, sale_rows([100, 200]))
    (problem,) = found(engagement(language, option.format("million"), sales=sold))
    assert problem.code == "unit_contradicts"
    assert "million" in line(problem, language)
    folder = engagement(language, option.format("thousand"))
    assert codes(folder) == []
    assert open_engagement(folder).tables["sales"].frame["amount"].sum() == 300_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unclear_unit_is_settled_by_the_option(engagement, language):
    head = [*SALES_HEAD[:2], "Amount, m"]
    (problem,) = found(engagement(language, sales=(head, sale_rows([1, 2]))))
    assert problem.code == "unit_unclear"
    sums = []
    for unit in re.findall(r'unit = "(\w+)"', line(problem, language)):
        folder = engagement(language, f'[intake.sales]\nunit = "{unit}"\n')
        assert codes(folder) == []
        sums.append(open_engagement(folder).tables["sales"].frame["amount"].sum())
    assert sums == [3000, 3_000_000, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_above_the_table_is_settled_by_the_option(engagement, language, tmp_path):
    folder = engagement(language, sales=(SALES_HEAD, sale_rows([1, 2])))
    file = folder / "data" / "sales.csv"
    file.write_text("Ledger of 2025,,тыс. руб.\n" + file.read_text("utf-8"), "utf-8")
    (problem,) = found(folder, errors=True)
    assert problem.code == "unit_above"
    for option, total in zip(options(problem, language), (3000, 3), strict=True):
        text = HEAD.format(language=language, currency="RUB") + option
        (folder / "engagement.toml").write_text(text, "utf-8")
        assert codes(folder, errors=True) == []
        assert open_engagement(folder).tables["sales"].frame["amount"].sum() == total


def test_the_unit_of_statements_is_one_fact_in_two_places(engagement):
    option = '[intake.statements]\nunit = "million"\n'
    params = open_engagement(engagement(options=option)).engagement.params
    assert params["financial_quartiles"]["unit"] == 10**6
    with pytest.raises(InputError) as caught:
        found(engagement(options=f"{option}[params.financial_quartiles]\nunit = 1000\n"))
    assert [p.code for p in caught.value.problems] == ["said_twice"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("above", [True, False])
def test_statements_that_name_another_unit_are_refused(engagement, language, above):
    """Statutory forms are in thousands: a heading or a line above may say millions."""
    head = ["organisation", "year", "line", "Значение" if above else "Значение, млн руб."]
    rows = [("A", 2024, "1600", 100), ("A", 2024, "1700", 100)]
    folder = engagement(language, statements=(head, rows))
    if above:
        file = folder / "data" / "statements.csv"
        file.write_text("Форма 1,,,млн руб.\n" + file.read_text("utf-8"), "utf-8")
    (problem,) = found(folder, errors=True)
    assert problem.code == "statement_unit_differs"
    (option,) = options(problem, language)
    text = HEAD.format(language=language, currency="RUB") + option
    (folder / "engagement.toml").write_text(text, "utf-8")
    case = open_engagement(folder)
    assert [p.code for p in case.intake.problems if p.is_error] == []
    assert case.tables["statements"].frame["value"].tolist() == [100, 100]
    assert case.engagement.params["financial_quartiles"]["unit"] == 10**6


@pytest.mark.parametrize(
    "heading", ["Значение, тыс. руб.", "Value, thousand", "Hodnota (tis. EUR)"]
)
def test_statements_in_thousands_may_say_so(engagement, heading):
    head = ["organisation", "year", "line", heading]
    rows = [("A", 2024, "1600", 100), ("A", 2024, "1700", 100)]
    folder = engagement(statements=(head, rows))
    assert codes(folder) == []
    assert open_engagement(folder).tables["statements"].frame["value"].tolist() == [100, 100]


def test_a_margin_in_per_cent_is_not_proposed_as_the_margin(engagement):
    head, rows = ledger(AMOUNTS, [25] * 5)
    (unknown,) = found(engagement(sales=([*head[:3], "Margin %"], rows)))
    assert (unknown.code, unknown.facts["nearest"]) == ("unknown_column", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_revenue_a_thousand_times_the_sales_is_doubted(engagement, language):
    """Statements in roubles, taken in thousands as the statutory forms are."""
    head = ["organisation", "year", "line", "value"]
    revenue = 12 * sum(AMOUNTS)
    rows = [("A", 2025, "2110", revenue), ("A", 2025, "1600", 10**6), ("A", 2025, "1700", 10**6)]
    folder = engagement(language, sales=ledger(AMOUNTS), statements=(head, rows))

    def doubted(case):
        return [p for p in case.problems if p.code == "statement_sales_apart"]

    (problem,) = doubted(open_engagement(folder))
    told = line(problem, language)
    assert "[intake.statements]" in told
    assert 'unit = "one"' in told
    option = '[intake.statements]\nunit = "one"\n'
    assert doubted(open_engagement(engagement(language, option))) == []
    several = [*rows, ("B", 2025, "2110", 5)]
    assert doubted(open_engagement(engagement(language, statements=(head, several)))) == []
