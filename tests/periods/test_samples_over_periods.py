"""Next periods of the samples, read whole: each row belongs to one period."""

from itertools import pairwise

import pytest

from tests.periods.next_periods import northbridge, tatra, ural
from workbook.engagement.data import open_engagement


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return each next period, read."""
    return {
        "nb": open_engagement(northbridge(tmp_path_factory.mktemp("nb"))),
        "ts": open_engagement(tatra(tmp_path_factory.mktemp("ts"))),
        "ts-new": open_engagement(tatra(tmp_path_factory.mktemp("tsn"), carried=False)),
        "ut": open_engagement(ural(tmp_path_factory.mktemp("ut"))),
        "ut-all": open_engagement(ural(tmp_path_factory.mktemp("uta"), cumulative=True)),
    }


def rows(data, table):
    return [len(p.tables[table]) if table in p.tables else 0 for p in data.inputs.periods]


def test_a_chain_of_three_is_followed_to_its_end(made):
    data = made["nb"]
    assert not data.errors
    assert [p.label for p in data.inputs.periods] == ["2024", "2025", "2026"]
    assert rows(data, "survey") == [23, 27, 27]
    assert rows(data, "lost_customers") == [0, 9, 18]
    assert [str(p.since) for p in data.inputs.periods] == ["None", "2024-12-31", "2025-12-31"]
    assert {(p.window.last - p.window.first).days for p in data.inputs.periods} == {364, 365}


def test_rounds_of_a_questionnaire_belong_to_the_period_that_has_them(made):
    waves = [
        set(p.tables["answers"]["wave"]) if "answers" in p.tables else set()
        for p in made["nb"].inputs.periods
    ]
    assert waves == [{"2024"}, {"2025"}, {"2026"}]


def test_a_survey_that_carries_its_waves_is_counted_once(made):
    carried, new = made["ts"], made["ts-new"]
    assert rows(carried, "survey") == rows(new, "survey")
    step = next(p for p in carried.comparison if p.code == "earlier_waves")
    assert step.facts["n"] == step.facts["twice"] == rows(carried, "survey")[0]
    assert not [p for p in new.comparison if p.code == "earlier_waves"]


def test_a_register_of_new_losses_alone_is_joined_to_that_of_the_last_period(made):
    assert rows(made["ts"], "lost_customers") == rows(made["ts-new"], "lost_customers")
    assert [p.code for p in made["ts-new"].comparison] == ["added_from_earlier"]


def test_answers_without_waves_are_dealt_out_by_date_and_that_is_said(made):
    assert rows(made["ut-all"], "survey") == rows(made["ut"], "survey")
    codes = [p.code for p in made["ut-all"].comparison]
    assert "earlier_by_date" in codes


def test_no_row_stands_in_two_periods(made):
    for data in made.values():
        for table in ("survey", "satisfaction", "touchpoints"):
            days = [p.tables[table]["date"] for p in data.inputs.periods if table in p.tables]
            for earlier, later in pairwise(days):
                assert earlier.max() <= later.min()


def test_sales_of_each_period_are_what_had_happened_by_its_last_day(made):
    for data in made.values():
        for period in data.inputs.periods:
            assert period.tables["sales"]["date"].max().date() <= period.as_of
            assert period.tables["sales"].index.is_unique
