"""437 answered exit questionnaires of an Australian college, several reasons each."""

import csv
from pathlib import Path

import pytest

from workbook.diagnostics import param_types
from workbook.diagnostics.churn_reasons.compute import compute
from workbook.diagnostics.churn_reasons.counting import count, mentions, reasons_per_row
from workbook.diagnostics.churn_reasons.pairs import pairs
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.sources.loading import load
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement

EXIT_SURVEY = Path(__file__).resolve().parents[1] / "golden/exit_survey/ticked_together.csv"
ENGAGEMENT = """schema_version = 1
id = "college"
client = "College"
language = "en"
currency = "AUD"
period = "2013"
as_of = 2013-12-31
"""
ANY = {
    "Other": 106,
    "Career Move - Private Sector": 101,
    "Job Dissatisfaction": 77,
    "Dissatisfaction": 66,
    "Career Move - Public Sector": 62,
    "NONE": 46,
    "Ill Health": 34,
    "Interpersonal Conflict": 27,
}
PER_PERSON = ((0, 9), (1, 305), (2, 84), (3, 30), (4, 8), (5, 1))


@pytest.fixture(scope="module")
def answered():
    """Return the ticked reasons of each questionnaire that was answered."""
    with EXIT_SURVEY.open(encoding="utf-8", newline="") as file:
        ticked = [(int(row["questionnaires"]), row["reasons"]) for row in csv.DictReader(file)]
    return [text.split(";") if text else [] for n, text in ticked for _ in range(n)]


def test_the_counts_and_the_pair(answered):
    found = mentions(answered)
    any_mention = dict(zip(found.names, count(found).any.astype(int).tolist(), strict=True))
    assert (found.n, {name: any_mention[name] for name in ANY}) == (437, ANY)
    assert reasons_per_row(found) == PER_PERSON
    both = {(p.a, p.b): p for p in pairs(found, min_n=5, label=str)}
    pair = both["Dissatisfaction", "Job Dissatisfaction"]
    assert (pair.n, round(pair.lift, 2), round(pair.jaccard, 3)) == (28, 2.41, 0.243)


def test_the_same_through_an_engagement(answered, tmp_path):
    """A reason called NONE is a reason; nine questionnaires without one are unknown."""
    (tmp_path / "data").mkdir()
    (tmp_path / "engagement.toml").write_text(ENGAGEMENT, encoding="utf-8")
    lines = [f"p{i},2013-06-30,{';'.join(names)}" for i, names in enumerate(answered)]
    text = "\n".join(["customer_id,lost_date,reasons", *lines, ""])
    (tmp_path / "data" / "lost_customers.csv").write_text(text, encoding="utf-8")
    engagement = load_engagement(tmp_path, param_types() | {"churn_reasons": Params})
    case = read_engagement(engagement)
    assert not [p for p in case.problems if p.is_error]
    sources = load(engagement, case.inputs, Params()).sources
    result = compute(case.inputs, Params(), sources)
    assert result.lost.n == 437
    assert {r.label: r.any for r in result.reasons if r.label in ANY} == ANY
    assert {r.reason: r.any for r in result.reasons}["unknown"] == 9
    assert result.reasons_per_loss == PER_PERSON
    (pair,) = [p for p in result.pairs if {p.label_a, p.label_b} == set(list(ANY)[2:4])]
    assert (pair.n, round(pair.lift, 2), round(pair.jaccard, 3)) == (28, 2.41, 0.243)
