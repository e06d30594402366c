"""From a client's file to problems and a result: bad rows, one message each."""

from pathlib import Path

import pytest

from workbook.diagnostics import param_types
from workbook.diagnostics.churn_reasons.compute import compute
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.sources.loading import check, load
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.intake.param_tables import checked_params
from workbook.language.package_data import templates
from workbook.language.problems import line

ENGAGEMENT = """schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""
HEADER = "customer_id,lost_date,reasons,start_date,returned_date,annual_revenue\n"
GOOD = "a,2025-03-01,Price too high;;rudeness;,2020-01-01,2025-04-01,1 250 000\n"


@pytest.fixture
def folder(tmp_path):
    def write(rows: str, name: str = "lost_customers.csv") -> Path:
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "engagement.toml").write_text(ENGAGEMENT, encoding="utf-8")
        (tmp_path / "data" / name).write_text(HEADER + rows, encoding="utf-8")
        return tmp_path

    return write


def read(path):
    engagement = load_engagement(path, param_types() | {"churn_reasons": Params})
    case = read_engagement(engagement)
    own = [] if "churn_reasons" in param_types() else check(engagement, case.tables)
    return engagement, case, (*case.problems, *own)


def codes(path):
    return [(p.code, p.place.row) for p in read(path)[2] if p.place.file != "engagement.toml"]


def test_a_good_row_is_read_and_counted(folder):
    path = folder(GOOD)
    engagement, case, problems = read(path)
    assert [p.code for p in problems if p.is_error] == []
    sources = load(engagement, case.inputs, Params()).sources
    result = compute(case.inputs, Params(), sources)
    assert result.lost.revenue == 1_250_000
    assert {r.reason for r in result.reasons} == {"price_high", "rudeness"}


def test_days_out_of_order_are_one_problem_per_row(folder):
    rows = (
        GOOD
        + "b,2025-03-01,price,2025-04-01,,1\n"
        + "c,2025-03-01,price,,2025-02-01,1\n"
        + "d,2025-03-01,price,2025-03-01,2025-03-01,1\n"
    )
    assert codes(folder(rows)) == [("dates_out_of_order", 3), ("dates_out_of_order", 4)]


def test_a_message_names_both_days(folder):
    (problem,) = read(folder(GOOD + "b,2025-03-01,price,2025-04-01,,1\n"))[2]
    text = line(problem, "en")
    assert "data/lost_customers.csv, line 3, column lost_date" in text
    assert "before start_date (2025-04-01)" in text


def test_a_customer_lost_twice_is_told_once(folder):
    rows = GOOD + "b,2025-03-01,price,,,1\nb,2025-06-01,price,,,1\na,2025-08-01,price,,,1\n"
    problems = [p for p in read(folder(rows))[2] if p.code == "lost_twice"]
    assert [(p.place.row, p.facts["other"], p.is_error) for p in problems] == [(3, 4, False)]


def test_an_unknown_reason_is_a_warning_with_the_nearest(folder):
    problems = read(folder(GOOD + "b,2025-03-01,Price is highest,,,1\n"))[2]
    (problem,) = [p for p in problems if p.code == "reason_unknown"]
    assert (problem.place.row, problem.place.column, problem.is_error) == (3, "reasons", False)
    assert 'Did you mean "Price too high"' in line(problem, "en")


def test_a_misspelt_reason_is_a_warning_that_says_what_it_is_counted_as(folder):
    problems = read(folder(GOOD + "b,2025-03-01,Prise too high,,,1\n"))[2]
    (problem,) = [p for p in problems if p.code == "reason_misspelt"]
    assert (problem.place.row, problem.place.column, problem.is_error) == (3, "reasons", False)
    assert "it is counted as “Price too high”" in line(problem, "en")


def test_the_engagement_may_bring_its_own_reasons(folder):
    path = folder(GOOD)
    text = (templates() / "reasons.yaml").read_text("utf-8")
    (path / "reasons.yaml").write_text(text.replace("Price too high", "Too dear"), "utf-8")
    engagement, case, _ = read(path)
    taxonomy = load(engagement, case.inputs, Params()).sources.taxonomy
    assert taxonomy.label("price_high", "en") == "Too dear"
    (path / "reasons.yaml").write_text("groups: []", "utf-8")
    assert [p.code for p in check(engagement, case.tables)] == ["reasons_no_groups"]


def test_without_lost_customers_there_is_nothing_to_check(folder):
    path = folder("")
    (path / "data" / "lost_customers.csv").unlink()
    engagement, case, _ = read(path)
    assert check(engagement, case.tables) == ()


@pytest.mark.parametrize(
    ("option", "value", "bound"),
    [
        ("confidence", 1.0, "< 1.0"),
        ("complaint_share", 0.0, "> 0.0"),
        ("known_share", 1.1, "≤ 1.0"),
        ("least_ratio", 0.5, "≥ 1.0"),
        ("memory_days", 0, "≥ 1"),
        ("min_losses", -1, "≥ 0"),
    ],
)
def test_an_option_out_of_its_range_is_named_with_its_bound(option, value, bound):
    made, problems = checked_params({option: value}, "churn_reasons", Params)
    assert made is None
    (problem,) = problems
    assert (problem.code, problem.facts["bound"]) == ("option_out_of_range", bound)
    assert problem.place.column == f"params.churn_reasons.{option}"
    with pytest.raises(ValueError, match=option):
        Params(**{option: value})
