"""An engagement read whole: each report hears of its own files only."""

import shutil
from pathlib import Path

import pytest

from workbook.diagnostics import diagnostic_named
from workbook.engagement.data import hash_of, open_engagement

SAMPLES = Path(__file__).resolve().parents[1] / "data_samples"


@pytest.fixture(scope="module")
def dealers():
    return open_engagement(SAMPLES / "ural-tekhnika")


def files(problems):
    return {p.place.file for p in problems}


def test_a_report_hears_nothing_of_tables_it_does_not_read(dealers):
    loyalty = files(dealers.problems_of(diagnostic_named("loyalty")))
    churn = files(dealers.problems_of(diagnostic_named("churn_reasons")))
    assert "data/lost_customers.csv" in churn - loyalty
    assert "data/touchpoints.xlsx" in loyalty - churn


def test_together_the_reports_hear_of_everything_but_what_is_the_consultants_alone(dealers):
    heard = [
        p
        for name in ("loyalty", "churn_reasons")
        for p in dealers.problems_of(diagnostic_named(name))
    ]
    every = [p for p in dealers.problems if p not in dealers.named]
    assert {(p.code, p.place) for p in heard} == {(p.code, p.place) for p in every}


def test_only_the_diagnostics_that_are_asked_for_look_at_their_own_files():
    """A table that is there is checked whoever reads it; what one report alone sees is not."""
    every = open_engagement(SAMPLES / "tatra-servis")
    one = open_engagement(SAMPLES / "tatra-servis", ["loyalty"])
    assert set(one.own) == {"loyalty"} < set(every.own)
    assert one.intake.problems == every.intake.problems
    loyalty = diagnostic_named("loyalty")
    assert one.problems_of(loyalty) == every.problems_of(loyalty)
    assert "reason_misspelt" in {p.code for p in every.problems} - {p.code for p in one.problems}


def test_without_names_the_diagnostics_of_the_engagement_are_asked(tmp_path):
    shutil.copytree(SAMPLES / "tatra-servis", tmp_path / "tatra-servis")
    file = tmp_path / "tatra-servis" / "engagement.toml"
    said = file.read_text("utf-8")
    assert "diagnostics =" not in said
    file.write_text(f'diagnostics = ["loyalty"]\n{said}', "utf-8")
    assert set(open_engagement(file.parent).own) == {"loyalty"}
    assert set(open_engagement(file.parent, ["churn_reasons"]).own) == {"churn_reasons"}


def test_a_misspelt_reason_is_told_with_sheet_row_and_the_heading_of_the_client():
    data = open_engagement(SAMPLES / "tatra-servis")
    (first, *_) = [p for p in data.problems if p.code == "reason_misspelt"]
    assert first.place.file == "data/intake.xlsx"
    assert first.place.sheet == "Stratení zákazníci"
    assert first.place.row
    assert "Dôvody" in first.place.column


def test_the_data_hash_does_not_depend_on_the_order_of_files(dealers):
    assert hash_of(dealers.files) == hash_of(tuple(reversed(dealers.files))) == dealers.data_hash


@pytest.mark.bad_input("D10")
@pytest.mark.parametrize(
    ("broken", "code", "periods"),
    [
        ("data/survey.xlsx", "previous_table_unusable", 2),
        ("engagement.toml", "previous_unusable", 1),
    ],
)
def test_what_is_broken_in_a_previous_engagement_is_all_that_is_not_compared(
    tmp_path, broken, code, periods
):
    """A table takes out itself, the settings take out the period; the report is made."""
    shutil.copytree(SAMPLES / "northbridge", tmp_path / "northbridge")
    before = tmp_path / "previous" / "northbridge-2024"
    shutil.copytree(SAMPLES / "previous" / "northbridge-2024", before)
    (before / broken).write_bytes(b"")
    data = open_engagement(tmp_path / "northbridge")
    assert not data.errors
    assert len(data.inputs.periods) == periods
    assert data.inputs.previous is None or "survey" not in data.inputs.previous.tables
    assert [p.code for p in data.comparison if not p.is_step] == [code]
