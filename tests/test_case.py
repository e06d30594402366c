"""An engagement read whole: each report hears of its own files only."""

from pathlib import Path

import pytest

from workbook.diagnostics import diagnostic_named
from workbook.engagement.data import open_engagement

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


def test_together_the_reports_hear_of_everything(dealers):
    heard = [
        p
        for name in ("loyalty", "churn_reasons")
        for p in dealers.problems_of(diagnostic_named(name))
    ]
    assert {(p.code, p.place) for p in heard} == {(p.code, p.place) for p in dealers.problems}


def test_a_misspelt_reason_is_told_with_sheet_row_and_the_heading_of_the_client():
    case = open_engagement(SAMPLES / "tatra-servis")
    (first, *_) = [p for p in case.problems if p.code == "reason_misspelt"]
    assert first.place.file == "data/intake.xlsx"
    assert first.place.sheet == "Stratení zákazníci"
    assert first.place.row
    assert "Dôvody" in first.place.column


def test_the_data_hash_does_not_depend_on_the_order_of_files(dealers):
    from workbook.engagement.data import hash_of

    assert hash_of(dealers.files) == hash_of(tuple(reversed(dealers.files))) == dealers.data_hash


def test_a_previous_engagement_that_cannot_be_read_only_drops_the_comparison(tmp_path):
    import shutil

    shutil.copytree(SAMPLES / "northbridge", tmp_path / "northbridge")
    before = tmp_path / "previous" / "northbridge-2024"
    shutil.copytree(SAMPLES / "previous" / "northbridge-2024", before)
    (before / "data" / "survey.xlsx").write_bytes(b"")
    text = (tmp_path / "northbridge" / "engagement.toml").read_text("utf-8")
    (tmp_path / "northbridge" / "engagement.toml").write_text(text, "utf-8")
    case = open_engagement(tmp_path / "northbridge")
    assert not case.errors
    assert case.inputs.previous is None
    assert [p.code for p in case.comparison] == ["previous_unusable"]
