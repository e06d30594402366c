"""The index by wave and what changed."""

from datetime import date

import numpy as np
import pytest
from scipy import stats as reference

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Verdict
from workbook.diagnostics.loyalty.wave_changes import paired_p
from workbook.diagnostics.loyalty.waves import waves


def of_waves(survey, *parts, **columns):
    """Build a survey of (label, first day, scores) waves."""
    return survey(
        [s for _, _, scores in parts for s in scores],
        wave=[label for label, _, scores in parts for _ in scores],
        date=[day for _, day, scores in parts for _ in scores],
        **columns,
    )


def test_golden_change_cannot_tell(survey, inputs, answers_of):
    table = of_waves(
        survey,
        ("spring", "2025-03-01", answers_of(300, 360, 540)),
        ("autumn", "2025-10-01", answers_of(324, 351, 675)),
    )
    found = waves(inputs(survey=table), Params())
    assert [(w.wave, w.n) for w in found.waves] == [("spring", 1200), ("autumn", 1350)]
    assert found.waves[0].start == date(2025, 3, 1)
    change = found.change
    assert (change.wave, change.against) == ("autumn", "spring")
    assert change.difference == pytest.approx(6.0)
    assert change.adjusted == pytest.approx(5.992226, abs=5e-7)
    assert change.se == pytest.approx(3.23292, abs=5e-6)
    assert change.p_value == pytest.approx(0.06381035, abs=5e-9)
    assert change.verdict is Verdict.CANNOT_TELL
    assert change.ci_low < 0 < change.ci_high
    assert change.needed_n == 1043
    assert found.changes == (change,)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ((50, 0, 50), (0, 0, 100), Verdict.UP),
        ((0, 0, 100), (50, 0, 50), Verdict.DOWN),
        ((30, 30, 40), (30, 30, 40), Verdict.CANNOT_TELL),
    ],
)
def test_verdicts(survey, inputs, answers_of, first, second, verdict):
    table = of_waves(
        survey, ("1", "2025-01-01", answers_of(*first)), ("2", "2025-02-01", answers_of(*second))
    )
    assert waves(inputs(survey=table), Params()).change.verdict is verdict


def test_every_pair_of_neighbours_is_compared(survey, inputs, answers_of):
    table = of_waves(
        survey, *[(str(k), f"2025-0{k}-01", answers_of(5, 5, 5 + k)) for k in range(1, 5)]
    )
    found = waves(inputs(survey=table), Params())
    pairs = [(c.against, c.wave) for c in found.changes]
    assert pairs == [("1", "2"), ("2", "3"), ("3", "4")]
    assert found.change == found.changes[-1]


def test_a_wave_below_min_n_has_no_index_and_no_change(survey, inputs, answers_of):
    table = of_waves(
        survey, ("1", "2025-01-01", answers_of(5, 5, 5)), ("2", "2025-02-01", answers_of(1, 1, 1))
    )
    found = waves(inputs(survey=table), Params())
    assert found.waves[1].value is None
    assert found.change is None


def test_answers_without_a_wave_are_counted(survey, inputs, answers_of):
    table = survey(answers_of(5, 5, 5), wave=["a"] * 12 + [None] * 3)
    found = waves(inputs(survey=table), Params())
    assert found.waves[0].n == 12
    assert found.unlabelled == 3


def test_a_survey_without_waves_has_none(survey, inputs, answers_of):
    found = waves(inputs(survey=survey(answers_of(5, 5, 5))), Params())
    assert (found.waves, found.changes, found.change) == ((), (), None)


def test_the_previous_engagement_is_the_first_wave(survey, inputs, answers_of):
    before = inputs(survey=survey(answers_of(10, 10, 10)), label="2025-Q3")
    now = inputs(survey=survey(answers_of(5, 10, 20)), label="2025-Q4", previous=before)
    found = waves(now, Params())
    assert [w.wave for w in found.waves] == ["2025-Q3", "2025-Q4"]
    assert (found.change.against, found.change.wave) == ("2025-Q3", "2025-Q4")
    assert found.change.difference == pytest.approx(100 * 15 / 35)


def test_the_headline_is_compared_with_the_previous_one(survey, inputs, answers_of):
    before = inputs(survey=survey(answers_of(10, 10, 10)), label="2025-Q3")
    table = of_waves(
        survey, ("1", "2025-10-01", answers_of(0, 0, 20)), ("2", "2025-11-01", answers_of(0, 20, 0))
    )
    now = inputs(survey=table, label="2025-Q4", previous=before)
    everything, latest = waves(now, Params()), waves(now, Params(headline="latest"))
    assert everything.change.difference == pytest.approx(50)
    assert everything.change.wave == "2025-Q4"
    assert latest.change.difference == pytest.approx(0)
    assert latest.change.wave == "2"
    assert [c.wave for c in latest.changes] == ["1", "2"]


def test_a_previous_engagement_without_a_survey_changes_nothing(survey, inputs, answers_of):
    now = inputs(survey=survey(answers_of(5, 5, 5)), previous=inputs())
    assert waves(now, Params()).waves == ()


def test_the_same_customers_are_compared_with_themselves(survey, inputs):
    ids = [f"c{i}" for i in range(20)]
    table = of_waves(
        survey,
        ("1", "2025-01-01", [7] * 20),
        ("2", "2025-02-01", [9] * 8 + [7] * 12),
        customer_id=ids + ids,
    )
    change = waves(inputs(survey=table), Params()).change
    assert change.paired_n == 20
    assert change.paired_difference == pytest.approx(40)
    changes = np.array([1.0] * 8 + [0.0] * 12)
    assert change.paired_p_value == pytest.approx(reference.ttest_1samp(changes, 0).pvalue)
    assert change.paired_verdict is Verdict.UP


def test_several_answers_of_one_customer_are_averaged_before_pairing(survey, inputs):
    ids = [f"c{i}" for i in range(10)]
    table = of_waves(
        survey,
        ("1", "2025-01-01", [7] * 10),
        ("2", "2025-02-01", [9] * 10 + [3]),
        customer_id=[*ids, *ids, "c0"],
    )
    change = waves(inputs(survey=table), Params()).change
    assert change.paired_n == 10
    assert change.paired_difference == pytest.approx(90)


def test_respondents_pair_where_customers_are_not_named(survey, inputs):
    names = [f"p{i}" for i in range(12)]
    table = of_waves(
        survey,
        ("1", "2025-01-01", [7] * 12),
        ("2", "2025-02-01", [9] * 12),
        respondent_id=names + names,
    )
    change = waves(inputs(survey=table), Params()).change
    assert change.paired_n == 12
    assert change.paired_difference == pytest.approx(100)


def test_few_pairs_are_counted_but_not_tested(survey, inputs, answers_of):
    table = of_waves(
        survey,
        ("1", "2025-01-01", answers_of(4, 4, 4)),
        ("2", "2025-02-01", answers_of(4, 4, 4)),
        customer_id=[f"c{i}" for i in range(12)] + [f"c{i + 9}" for i in range(12)],
    )
    change = waves(inputs(survey=table), Params()).change
    assert (change.paired_n, change.paired_difference, change.paired_verdict) == (3, None, None)


@pytest.mark.parametrize(
    ("changes", "expected"), [([0.0] * 12, 1.0), ([1.0] * 12, 2 * 0.5**12), ([1.0], 1.0)]
)
def test_equal_changes_have_a_p_value_without_spread(changes, expected):
    assert paired_p(np.array(changes)) == pytest.approx(expected)
