"""From files to costs to serve: headings of every language, months beside years, wrong cells."""

import pytest

from workbook.diagnostics import param_types
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.intake.heading_lookup import accepted
from workbook.intake.schema_files import load_schema
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

ENGAGEMENT = """schema_version = 1
id = "acme"
client = "Acme"
language = "{language}"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""
SALES = "customer_id,date,amount,margin\na,2025-03-01,100,40\nb,2025-05-01,100,40\n"
HEADINGS = {
    "en": "Customer ID;Period;Cost to serve",
    "ru": "Код клиента;Период;Затраты на обслуживание",
    "sk": "ID zákazníka;Obdobie;Náklady na obsluhu",
}


@pytest.fixture
def case(tmp_path):
    """Write costs beside sales and read the engagement."""

    def read(costs, language="en"):
        (tmp_path / "data").mkdir(exist_ok=True)
        text = ENGAGEMENT.format(language=language)
        (tmp_path / "engagement.toml").write_text(text, encoding="utf-8")
        (tmp_path / "data" / "sales.csv").write_text(SALES, encoding="utf-8")
        (tmp_path / "data" / "service_costs.csv").write_text(costs, encoding="utf-8")
        found = read_engagement(load_engagement(tmp_path, param_types()))
        for problem in found.problems:
            assert all(line(problem, tongue) for tongue in LANGUAGES)
        return found

    return read


@pytest.mark.parametrize("language", sorted(HEADINGS))
def test_headings_of_every_language_are_understood(case, language):
    found = case(f"{HEADINGS[language]}\na;2025-03;10\nb;2025-Q1;20\n", language)
    assert found.errors == ()
    frame = found.inputs.tables["service_costs"]
    assert frame["amount"].tolist() == [10.0, 20.0]
    assert frame["period"].tolist() == ["2025-03", "2025-Q1"]


def test_no_heading_names_two_columns():
    columns = load_schema("service_costs").columns
    forms = [form for column in columns for form in accepted(column)]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("periods", [("2025-03", "2025-Q1"), ("2025", "2025-Q4")])
def test_a_month_beside_its_year_is_a_warning_for_both_are_added(case, periods):
    rows = "".join(f"a,{period},10\n" for period in periods)
    found = case(f"customer_id,period,amount\n{rows}b,2025-03,5\n")
    (problem,) = [p for p in found.problems if p.code == "costs_overlap"]
    assert (problem.is_error, problem.place.row) == (False, 3)
    assert found.errors == ()


def test_several_costs_of_one_period_are_no_doubt(case):
    found = case("customer_id,period,amount\na,2025-03,10\na,2025-03,7\n")
    assert not [p for p in found.problems if p.code == "costs_overlap"]


@pytest.mark.parametrize(
    ("row", "code"), [("a,March,10", "not_a_period"), ("a,2025,", "blank_cell")]
)
def test_a_cell_that_says_nothing_is_refused(case, row, code):
    found = case(f"customer_id,period,amount\n{row}\n")
    assert code in {problem.code for problem in found.errors}


def test_a_negative_cost_is_refused(case):
    assert case("customer_id,period,amount\na,2025,-5\nb,2025,5\n").errors
