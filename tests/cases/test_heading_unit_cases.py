"""Amounts in thousands are never told as amounts: the heading's unit counts, or is asked about."""

from datetime import date
from pathlib import Path

import pytest

from workbook.engagement.data import open_engagement
from workbook.intake.heading_units import heading_unit
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import describe, line
from workbook.notebook import open_book

CUSTOMERS = 20
SOLD = "customer_id,date,amount\n" + "".join(
    f"K{c},2025-0{m}-10,40000\n" for c in range(CUSTOMERS) for m in range(1, 7)
)
"""Half a year of 40,000 a month: 480,000 a year."""


def lost(heading: str, value: str = "500", title: str = "") -> str:
    """Return twenty losses of one reason with their annual revenue under a heading."""
    rows = [f"K{c};2025-07-{c + 1:02};Price;{value}\n" for c in range(CUSTOMERS)]
    return f'{title}customer_id;lost_date;reasons;"{heading}"\n' + "".join(rows)


@pytest.fixture
def engagement(tmp_path: Path):
    """Write an engagement of losses and sales, and return its folder."""

    def write(losses: str, *, sales: str = SOLD, language: str = "en", own: str = "") -> Path:
        own = f'[intake.columns.lost_customers]\nannual_revenue = "{own}"\n' if own else ""
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "engagement.toml").write_text(
            f'schema_version = 1\nid = "x"\nclient = "X"\nlanguage = "{language}"\n'
            f'currency = "RUB"\nperiod = "2025"\nas_of = {date(2025, 12, 31)}\n{own}',
            "utf-8",
        )
        (tmp_path / "data" / "lost_customers.csv").write_text(losses, "utf-8")
        (tmp_path / "data" / "sales.csv").write_text(sales, "utf-8")
        return tmp_path

    return write


def codes(folder: Path, *, errors: bool = False) -> list[str]:
    said = ("columns_mapped", "options_declared")
    problems = [p for p in open_engagement(folder).intake.problems if p.code not in said]
    for problem in problems:
        assert all("…}" not in line(problem, tongue) for tongue in LANGUAGES)
    return [p.code for p in problems if p.is_error or not errors]


def revenue(folder: Path) -> float:
    return open_engagement(folder).tables["lost_customers"].frame["annual_revenue"].sum()


@pytest.mark.parametrize(
    ("heading", "name", "factor"),
    [
        ("Годовая выручка, тыс. руб.", "Годовая выручка", 1000),
        ("Сумма (т.р.)", "Сумма", 1000),
        ("Сумма, млн ₽", "Сумма", 10**6),
        ("Выручка тысяч рублей", "Выручка", 1000),
        ("Annual revenue, k RUB", "Annual revenue", 1000),
        ("Revenue in thousands of EUR", "Revenue", 1000),
        ("Revenue (£m)", "Revenue", 10**6),
        ("Amount (EUR '000)", "Amount", 1000),
        ("Amount, TEUR", "Amount", 1000),
        ("amount_keur", "amount", 1000),
        ("Ročné tržby v tis. €", "Ročné tržby", 1000),
        ("Tržby (mil. Kč)", "Tržby", 10**6),
        ("Tržby v tisícoch eur", "Tržby", 1000),
        ("Сумма, млрд руб.", "Сумма", 10**9),
        ("Suma (Kč)", "Suma", 1),
        ("Сумма, руб.", "Сумма", 1),
        ("Сумма к оплате", "Сумма к оплате", 1),
        ("Tržby k 31.12.2025", "Tržby k 31.12.2025", 1),
        ("Amount", "Amount", 1),
        ("Amount, m", "Amount", None),
        ("Сумма (тыс./млн)", None, None),
    ],
)
def test_a_heading_is_read_apart(heading, name, factor):
    found = heading_unit(heading)
    assert found.factor == factor
    assert name is None or found.name == name


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "Annual revenue, k RUB"),
        ("ru", "Годовая выручка, тыс. руб."),
        ("sk", "Ročné tržby (tis. RUB)"),
    ],
)
@pytest.mark.parametrize("mapped", [True, False])
def test_thousands_in_a_heading_are_counted_and_said(engagement, language, heading, mapped):
    """The case thousands/t: 500 thousand a year, 480,000 a year in the sales: they agree."""
    folder = engagement(lost(heading), language=language, own=heading if mapped else "")
    assert revenue(folder) == CUSTOMERS * 500_000
    assert codes(folder) == ["unit_in_heading"]
    (said,) = (p for p in open_engagement(folder).intake.problems if not p.is_step)
    assert said.place.file.endswith("lost_customers.csv")
    assert heading in said.place.column
    assert "1\u00a0000" in describe(said, language).what
    book = open_book("churn_reasons", str(folder))
    assert book.view.result.lost.revenue == CUSTOMERS * 500_000


def test_the_same_list_without_its_unit_is_refused_for_the_sales_say_otherwise(engagement):
    folder = engagement(lost("Annual revenue"))
    assert codes(folder, errors=True) == ["amounts_apart"]


def test_the_remedy_works_to_the_letter(engagement):
    folder = engagement(lost("Annual revenue, thousand"))
    assert codes(folder, errors=True) == []
    assert revenue(folder) == CUSTOMERS * 500_000


def test_a_unit_that_is_not_true_is_refused_too(engagement):
    """Whole roubles under a heading of thousands: the sales are a thousandth of the list."""
    folder = engagement(lost("Annual revenue, k RUB", value="500000"))
    (problem,) = [p for p in open_engagement(folder).intake.problems if p.is_error]
    assert problem.code == "amounts_apart"
    assert problem.facts["larger"] == "Annual revenue, k RUB"
    assert codes(engagement(lost("Annual revenue", value="500000")), errors=True) == []


def test_sales_in_thousands_are_recognised_by_their_heading(engagement):
    sales = SOLD.replace("amount", '"Сумма, тыс. руб."').replace(",40000", ",40")
    folder = engagement(lost("Annual revenue", value="500000"), sales=sales)
    assert codes(folder) == ["unit_in_heading"]
    assert open_engagement(folder).tables["sales"].frame["amount"].sum() == CUSTOMERS * 240_000


def test_two_lists_that_differ_for_a_reason_of_business_are_left_alone(engagement):
    assert codes(engagement(lost("Annual revenue", value="40000"))) == []


def test_a_handful_of_customers_is_doubted_and_not_refused(engagement):
    losses = "\n".join(lost("Annual revenue").splitlines()[:3])
    folder = engagement(losses)
    assert codes(folder) == ["amounts_apart"]
    assert codes(folder, errors=True) == []


def test_a_unit_that_may_mean_two_things_is_asked_about(engagement):
    assert codes(engagement(lost("Annual revenue, m")), errors=True)[0] == "unit_unclear"


def test_a_unit_above_the_table_is_asked_about(engagement):
    """Russian exports write "in thousands of roubles" over the table."""
    title = "Потери за год;;;тыс. руб.\n"
    folder = engagement(lost("Годовая выручка", title=title), language="ru")
    assert "unit_above" in codes(folder, errors=True)
    mended = engagement(lost("Годовая выручка, тыс. руб.", title=title), language="ru")
    assert codes(mended, errors=True) == []
    assert revenue(mended) == CUSTOMERS * 500_000


def test_another_currency_in_a_heading_is_said(engagement):
    folder = engagement(lost("Annual revenue, EUR", value="500000"))
    assert codes(folder) == ["heading_currency"]


def test_the_plain_column_goes_before_one_with_a_unit(engagement):
    sales = 'customer_id,date,amount,"Amount, k RUB"\n' + "".join(
        f"K{c},2025-0{m}-10,40000,40\n" for c in range(CUSTOMERS) for m in range(1, 7)
    )
    folder = engagement(lost("Annual revenue", value="500000"), sales=sales)
    assert codes(folder) == ["unknown_column"]
    assert open_engagement(folder).tables["sales"].frame["amount"].sum() == CUSTOMERS * 240_000


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "Date lost"), ("ru", "Дата ухода"), ("sk", "Dátum odchodu")],
)
def test_a_missing_column_is_told_by_its_heading_in_the_language(engagement, language, heading):
    """It said "no column lost_date («lost_date»)"."""
    folder = engagement("customer_id;reasons\nK1;Price\n", language=language)
    (problem,) = [p for p in open_engagement(folder).intake.problems if p.is_error]
    assert heading in line(problem, language)


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("Amount, thousand", 1000),
        ("Amount, million", 10**6),
        ("Сумма, тыс.", 1000),
        ("Сумма, млн", 10**6),
        ("Suma, tisíc", 1000),
        ("Suma, milión", 10**6),
    ],
)
def test_the_headings_that_remedies_propose_are_understood(engagement, heading, factor):
    sales = SOLD.replace("amount", f'"{heading}"').replace(",40000", f",{40000 / factor:g}")
    folder = engagement(lost("Annual revenue", value="500000"), sales=sales)
    assert codes(folder) == ["unit_in_heading"]
    assert open_engagement(folder).tables["sales"].frame["amount"].sum() == CUSTOMERS * 240_000
