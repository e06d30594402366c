"""The headline index of a survey: base, response, worst case, scale."""

import pytest

from workbook.diagnostics.loyalty.answers import answers, headline, wave_order
from workbook.diagnostics.loyalty.index import headline_index
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import IntervalKind
from workbook.errors import InputError


def index(inputs, params=None):
    params = params or Params()
    head = headline(inputs.tables["survey"], params)
    return headline_index(head, inputs=inputs, params=params)


def test_golden_index_in_points(survey, inputs, answers_of):
    nps = index(inputs(survey=survey(answers_of(10, 8, 12))))
    assert (nps.n, nps.detractors, nps.passives, nps.promoters) == (30, 10, 8, 12)
    assert nps.value == pytest.approx(6.6667, abs=5e-5)
    assert nps.se == pytest.approx(15.58727, abs=5e-6)
    assert (nps.ci_low, nps.ci_high) == pytest.approx((-22.6568, 34.7780), abs=5e-5)
    assert (nps.tango_low, nps.tango_high) == pytest.approx((-23.3369, 35.3922), abs=5e-5)
    assert nps.interval is IntervalKind.SAMPLE
    assert nps.distribution == (0, 0, 0, 10, 0, 0, 0, 8, 0, 0, 12)


def test_the_interval_of_promoters_only_is_clipped_at_100(survey, inputs, answers_of):
    nps = index(inputs(survey=survey(answers_of(0, 0, 10))))
    assert (nps.ci_low, nps.ci_high) == pytest.approx((47.5036, 100), abs=5e-5)
    assert (nps.tango_low, nps.tango_high) == pytest.approx((44.4934, 100), abs=5e-5)


def test_answers_without_a_score_are_counted_and_excluded(survey, inputs, answers_of):
    nps = index(inputs(survey=survey([*answers_of(2, 4, 6), None, None, None])))
    assert (nps.n, nps.missing) == (12, 3)


def test_fewer_answers_than_min_n_give_no_index(survey, inputs, answers_of):
    nps = index(inputs(survey=survey(answers_of(2, 3, 4))))
    assert nps.interval is IntervalKind.TOO_FEW
    assert (nps.n, nps.value, nps.se, nps.ci_low, nps.tango_high) == (9, None, None, None, None)


def test_a_known_base_narrows_the_interval_and_adds_the_worst_case(survey, inputs, answers_of):
    given = inputs(survey=survey(answers_of(6, 12, 22)))
    nps, plain = index(given, Params(population=60)), index(given)
    assert nps.interval is IntervalKind.FINITE
    assert nps.value == pytest.approx(40)
    assert nps.se == pytest.approx(6.765, abs=5e-4)
    assert plain.se == pytest.approx(11.619, abs=5e-4)
    assert (nps.worst_low, nps.worst_high) == pytest.approx((-6.7, 60), abs=0.05)
    assert nps.response_rate == pytest.approx(40 / 60)
    assert plain.ci_low < nps.ci_low < 40 < nps.ci_high < plain.ci_high
    assert plain.tango_low < nps.tango_low < 40 < nps.tango_high < plain.tango_high


def test_a_census_has_no_sampling_interval(survey, inputs, answers_of):
    nps = index(inputs(survey=survey(answers_of(6, 12, 22))), Params(population=40))
    assert nps.interval is IntervalKind.CENSUS
    assert (nps.value, nps.se, nps.ci_low, nps.tango_low) == (pytest.approx(40), None, None, None)
    assert (nps.worst_low, nps.worst_high) == (pytest.approx(40), pytest.approx(40))
    assert nps.response_rate == 1


def test_a_base_smaller_than_the_answers_is_refused_with_both_numbers(survey, inputs, answers_of):
    with pytest.raises(InputError) as caught:
        index(inputs(survey=survey(answers_of(6, 12, 22))), Params(population=39))
    (problem,) = caught.value.problems
    assert problem.code == "population_too_small"
    assert problem.found == "39"
    assert problem.facts["answered"] == 40


def test_customers_who_answer_twice_are_no_sample_of_customers(survey, inputs, answers_of):
    table = survey(answers_of(6, 12, 22), customer_id=[f"c{i % 20}" for i in range(40)])
    nps = index(inputs(survey=table), Params(population=30))
    assert nps.interval is IntervalKind.SAMPLE
    assert nps.response_rate == pytest.approx(20 / 30)
    assert nps.worst_low is None


def test_the_customers_table_gives_a_response_rate_but_no_correction(
    survey, inputs, table, answers_of
):
    ids = [f"c{i}" for i in range(12)]
    customers = table(customer_id=[*ids[:10], *[f"d{i}" for i in range(15)]])
    nps = index(inputs(survey=survey(answers_of(2, 4, 6), customer_id=ids), customers=customers))
    assert nps.population == 25
    assert nps.response_rate == pytest.approx(10 / 25)  # two who answered are not in the table
    assert nps.interval is IntervalKind.SAMPLE


def test_without_customer_ids_the_customers_table_says_nothing(survey, inputs, table, answers_of):
    customers = table(customer_id=["a", "b"])
    nps = index(inputs(survey=survey(answers_of(2, 4, 6)), customers=customers))
    assert (nps.population, nps.response_rate) == (None, None)


def test_revenue_coverage_is_the_part_of_last_years_sales(survey, inputs, table, answers_of):
    sales = table(
        customer_id=["c0", "c1", "x", "c0", "x"],
        date=["2025-02-01", "2025-03-01", "2025-04-01", "2024-12-31", "2025-05-01"],
        amount=[100.0, 50.0, 300.0, 999.0, 50.0],
    )
    ids = [f"c{i}" for i in range(12)]
    nps = index(inputs(survey=survey(answers_of(2, 4, 6), customer_id=ids), sales=sales))
    assert nps.revenue_coverage == pytest.approx(150 / 500)


def test_revenue_coverage_from_the_survey_needs_those_who_did_not_answer(
    survey, inputs, answers_of
):
    asked = survey([*answers_of(2, 4, 6), None, None], revenue=[10.0] * 12 + [40.0, 40.0])
    assert index(inputs(survey=asked)).revenue_coverage == pytest.approx(120 / 200)
    answered = survey(answers_of(2, 4, 6), revenue=10.0)
    assert index(inputs(survey=answered)).revenue_coverage is None


@pytest.mark.parametrize(
    ("scores", "scale", "suspicious"),
    [
        ([1, 7, 10] * 100, "0-10", True),
        ([1, 7, 10] * 99, "0-10", False),
        ([0, *[7, 10, 1] * 100], "0-10", False),
        ([1, 7, 10] * 100, "1-10", False),
    ],
)
def test_a_large_sample_without_a_zero_is_probably_on_a_1_to_10_scale(
    survey, inputs, scores, scale, suspicious
):
    nps = index(inputs(survey=survey(scores)), Params(scale=scale))
    assert nps.probably_ten_scale is suspicious


@pytest.mark.parametrize(("score", "scale"), [(11, "0-10"), (-1, "0-10"), (0, "1-10")])
def test_scores_off_the_scale_never_become_an_answer(survey, score, scale):
    with pytest.raises(ValueError, match=f"1 scores outside {scale}, the first is {score}"):
        answers(survey([5, score]), Params(scale=scale))


def test_the_headline_may_cover_the_latest_wave_only(survey, inputs, answers_of):
    table = survey(
        answers_of(2, 4, 6) + answers_of(0, 0, 10),
        date=["2024-05-01"] * 12 + ["2025-05-01"] * 10,
        wave=["b"] * 12 + ["a"] * 10,
    )
    assert index(inputs(survey=table)).n == 22
    latest = index(inputs(survey=table), Params(headline="latest"))
    assert (latest.n, latest.value) == (10, 100)


def test_waves_are_ordered_by_date_and_then_naturally(survey):
    table = survey(
        [5] * 5,
        date=["2025-01-01", "2025-01-01", "2024-01-01", None, None],
        wave=["wave 10", "wave 9", "z", "undated", None],
    )
    assert wave_order(table) == ["z", "wave 9", "wave 10", "undated"]
