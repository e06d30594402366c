"""The index by group: partition, suppression, comparison with the rest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.disclosure import SurveyFigures, told_of_scores
from workbook.diagnostics.loyalty.divisions import divisions_of
from workbook.diagnostics.loyalty.groups import groups, groups_family
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Verdict

sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 30), min_size=1)


def by_group(table, customers=None, *, threshold=5, params=None):
    params = params or Params()
    given_answers = answers(table, params)
    cuts = divisions_of(given_answers.frame, customers)
    asked = SurveyFigures(given=given_answers, rounds=(), cuts=cuts)
    told = told_of_scores(asked, threshold=threshold)
    return groups(given_answers, cuts, params=params, told=told)


@pytest.mark.bad_input("D4")
@pytest.mark.parametrize(
    ("given_sizes", "threshold", "expected"),
    [
        ({"a": 5, "b": 6}, 5, ""),
        ({"a": 4, "b": 6, "c": 9}, 5, "ab"),  # a alone could be told from the total
        ({"a": 1, "b": 2, "c": 9, "d": 9}, 5, "abd"),  # a and b together are 3
        ({"a": 3, "b": 4, "c": 9}, 5, "ab"),
        ({"a": 3}, 5, "a"),
        ({"a": 3, "b": 30}, 5, "ab"),
        ({"a": 1, "b": 1}, 1, ""),
    ],
)
def test_hidden_groups(survey, given_sizes, threshold, expected):
    labels = [name for name, n in given_sizes.items() for _ in range(n)]
    table = survey([3 * (i % 3) + 4 for i in range(len(labels))], segment=labels)
    found = by_group(table, threshold=threshold)
    assert {g.group for g in found if g.suppressed} == {*expected}


@pytest.mark.bad_input("D4")
@settings(deadline=None)
@given(given_sizes=sizes, threshold=st.integers(2, 8))
def test_a_hidden_group_is_never_derivable_from_the_total(survey, given_sizes, threshold):
    labels = [name for name, n in given_sizes.items() for _ in range(n)]
    table = survey([3 * (i % 3) + 4 for i in range(len(labels))], segment=labels)
    secret = {g.group for g in by_group(table, threshold=threshold) if g.suppressed}
    if len(given_sizes) > 1:
        assert {g for g, n in given_sizes.items() if n < threshold} <= secret
    if secret and sum(given_sizes.values()) >= threshold:
        assert len(secret) >= 2
        assert secret == set(given_sizes) or sum(given_sizes[g] for g in secret) >= threshold


def test_groups_hold_every_answer_once(survey, answers_of):
    table = survey(answers_of(10, 10, 20), segment=["north"] * 12 + ["south"] * 20 + [None] * 8)
    found = by_group(table)
    assert [(g.group, g.n) for g in found] == [("south", 20), ("north", 12), ("", 8)]
    assert sum(g.promoters for g in found) == 20
    assert found[2].value is None  # 8 answers are counted, not turned into an index


def test_a_small_group_takes_the_next_smallest_into_hiding(survey, answers_of):
    table = survey(
        answers_of(10, 10, 20), manager=["Ann"] * 3 + ["Bob"] * 10 + ["Cid"] * 12 + ["Dan"] * 15
    )
    found = {g.group: g for g in by_group(table)}
    assert {name for name, g in found.items() if g.suppressed} == {"Ann", "Bob"}
    assert (found["Bob"].n, found["Bob"].value, found["Bob"].p_holm) == (None, None, None)
    assert found["Bob"].differs is Verdict.CANNOT_TELL
    assert found["Dan"].n == 15


def test_a_group_is_compared_with_the_rest_and_corrected_for_their_number(survey):
    table = survey(
        [10] * 40 + [3] * 40 + [7] * 40, product=["good"] * 40 + ["bad"] * 40 + ["fair"] * 40
    )
    found = {g.group: g for g in by_group(table)}
    assert found["good"].differs is Verdict.UP
    assert found["bad"].differs is Verdict.DOWN
    assert found["fair"].differs is Verdict.CANNOT_TELL
    assert found["fair"].p_holm == pytest.approx(1)


def test_a_single_group_has_no_rest_to_compare_with(survey, answers_of):
    (only,) = by_group(survey(answers_of(5, 5, 5), channel="web"))
    assert (only.by, only.n, only.value) == ("channel", 15, 0)
    assert only.differs is Verdict.CANNOT_TELL


def test_the_customers_table_stands_in_for_columns_the_survey_lacks(survey, table, answers_of):
    customers = table(
        customer_id=["a", "b", "c"],
        segment=["large", "small", "small"],
        region=["east", "west", None],
        manager=["from customers", "x", "y"],
    )
    given_survey = survey(
        answers_of(10, 10, 10), customer_id=["a", "b", "zzz"] * 10, manager="from survey"
    )
    found = by_group(given_survey, customers)
    assert [(g.by, g.group, g.n) for g in found] == [
        ("manager", "from survey", 30),
        ("segment", "", 10),
        ("segment", "large", 10),
        ("segment", "small", 10),
        ("region", "", 10),
        ("region", "east", 10),
        ("region", "west", 10),
    ]


def test_without_any_dividing_column_there_are_no_groups(survey, answers_of):
    assert by_group(survey(answers_of(5, 5, 5))) == ()
    assert by_group(survey(answers_of(5, 5, 5), segment=[None] * 15)) == ()


def test_four_answers_of_one_customer_are_not_four_customers(survey, answers_of):
    scores = answers_of(20, 20, 40)
    labels = ["north"] * 20 + ["south"] * 60
    alone = by_group(survey(scores, segment=labels))
    whose = [f"c{i // 4}" for i in range(80)]
    together = by_group(survey(scores, segment=labels, customer_id=whose))
    assert [g.n_eff for g in alone] == [60, 20]
    assert [g.n_eff for g in together] == pytest.approx([15, 5])
    for one, four in zip(alone, together, strict=True):
        assert one.value == four.value
        assert one.p_holm < four.p_holm


def test_all_cuts_are_one_family(survey, answers_of):
    scores = answers_of(20, 20, 40)
    table = survey(
        scores,
        segment=["north", "south"] * 40,
        manager=["Ann", "Bob", "Cid", "Dan"] * 20,
        channel=["web"] * 80,
    )
    found = by_group(table)
    family = groups_family(found, Params())
    assert (family.id, family.comparisons, family.passed) == ("groups", 6, 0)
    assert groups_family(by_group(survey(scores, channel=["web"] * 80)), Params()) is None
