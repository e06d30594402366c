"""Agreement of respondents: golden values through the diagnostic, and its borders."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.controllability.agreement_by_item import alpha, alphas, kappas
from workbook.diagnostics.controllability.params import Params
from workbook.stats.agreement import krippendorff_alpha

_ = np.nan
# Three steps of Krippendorff's 4 coders x 12 units (2011), 4 and 5 joined with 3.
SHEET = np.array(
    [
        [1, 1, _, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 3],
        [3, 3, 3, 3], [1, 1, 2, 1], [2, 2, 2, 2], [_, 3, 3, 3], [_, _, 1, 1], [_, 3, _, _],
    ]
)  # fmt: skip
SCORES = (SHEET - 1) / 2


def test_alpha_is_the_ordinal_one_of_the_marks():
    units = [[None if np.isnan(v) else v for v in row] for row in SCORES]
    found = alpha(SCORES, Params())
    assert found.value == krippendorff_alpha(units, "ordinal")
    assert (found.n_items, found.n_respondents, found.undefined) == (11, 4, False)


def test_few_items_give_the_range_of_leaving_one_respondent_out():
    found = alpha(SCORES, Params())
    rest = [np.delete(SCORES, one, axis=1) for one in range(4)]
    units = [[[None if np.isnan(v) else v for v in row] for row in part] for part in rest]
    values = [krippendorff_alpha(part, "ordinal") for part in units]
    assert (found.ci_low, found.ci_high) == (None, None)
    assert found.range_low == pytest.approx(min(values))
    assert found.range_high == pytest.approx(max(values))
    assert found.range_low < 0.8 < found.range_high
    assert found.reading == "undecided"


def test_two_respondents_on_few_items_have_no_range():
    found = alpha(SCORES[:, :2], Params())
    assert (found.range_low, found.ci_low, found.reading) == (None, None, "undecided")


def test_many_items_have_an_interval_that_is_wider_with_more_confidence():
    many = np.vstack([SCORES] * 3)
    narrow, wide = alpha(many, Params(confidence=0.5)), alpha(many, Params(confidence=0.99))
    assert wide.ci_low < narrow.ci_low < narrow.value < narrow.ci_high < wide.ci_high
    assert narrow.range_low is None
    assert alpha(many, Params()) == alpha(many.copy(), Params())


def test_marks_that_are_nearly_all_the_same_have_no_interval():
    skewed = np.ones((40, 4))
    skewed[:8, :2] = 0.5
    found = alpha(skewed, Params())
    assert found.ci_low is None
    assert found.range_low <= found.value <= found.range_high


@pytest.mark.parametrize(("noise", "reading"), [(0, "high"), (2, "undecided"), (20, "low")])
def test_a_class_is_told_only_where_the_whole_interval_lies_in_it(noise, reading):
    """45 items in turn of each mark by four people, one of whom errs on the first few."""
    marks = np.tile(np.array([0.0, 0.5, 1.0])[:, None], (15, 4))
    marks[0, 0] = 1.0
    marks[: 3 * noise, :2] = 1 - marks[: 3 * noise, :2]
    assert alpha(marks, Params()).reading == reading


SHEETS = st.lists(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, None]), min_size=4, max_size=4),
    min_size=1,
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(rows=SHEETS)
def test_many_draws_at_once_give_what_one_at_a_time_does(rows):
    units = [row for row in rows if sum(v is not None for v in row) > 1]
    if not units:
        return
    counts = np.array([[row.count(s) for s in (0.0, 0.5, 1.0)] for row in units], dtype=float)
    draws = np.ones((1, len(units)))
    draws[0, 0] = 2
    (found,) = alphas(draws, counts)
    expected = krippendorff_alpha([units[0], *units], "ordinal")
    if expected is None:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(expected)


@pytest.mark.parametrize("mark", ["+", "+/-", "-"])
def test_complete_agreement_has_no_coefficient(one, answers, control, mark):
    result = one(answers({item.id: [mark] * 5 for item in control.items}))
    found = result.alpha
    assert (found.value, found.ci_low, found.ci_high) == (None, None, None)
    assert (found.undefined, found.reason, found.percent) == (True, "complete_agreement", 1)
    assert (result.kappas.fleiss, result.kappas.complete_items) == (None, 30)
    assert result.kappas.randolph == 1
    assert result.agenda == ()


def test_one_respondent_agrees_with_nobody(found, answers):
    result = found(answers=answers({"1.1": "+", "1.2": "-"}))
    (only,) = result.questionnaires
    assert (only.alpha.undefined, only.alpha.reason, only.alpha.n_respondents) == (
        True, "too_few", 1,
    )  # fmt: skip
    assert only.kappas is None
    assert result.absent == ("agreement", "levels", "waves", "contradictions")


def test_exactly_two_respondents_have_a_weighted_kappa():
    """Three steps apart in all, 18 / 4 by chance (margins 2, 1, 1 and 1, 0, 3)."""
    two = np.array([[0, 0], [0, 1], [1, 1], [0.5, 1], [_, 1]])
    found = kappas(two)
    assert found.cohen == pytest.approx(1 - 3 / 4.5)
    assert (found.cohen_n, found.complete_items) == (4, 4)
    three = np.column_stack([two, two[:, 0]])
    assert (kappas(three).cohen, kappas(three).cohen_n) == (None, 0)


def test_fleiss_and_randolph_use_the_items_everyone_marked():
    complete = SCORES[~np.isnan(SCORES).any(axis=1)]
    both, alone = kappas(SCORES), kappas(complete)
    assert both.complete_items == len(complete) == 8
    assert (both.fleiss, both.randolph) == (alone.fleiss, alone.randolph)


def test_the_agenda_has_the_largest_spread_first(one, answers):
    frame = answers({
        "1.1": ["+", "+", "+", "+/-"],
        "1.2": ["+", "+", "+", "+"],
        "1.3": ["+", "-", "+", "-"],
        "1.4": ["+", "-", "", ""],
        "1.5": ["+", "", "", ""],
    })  # fmt: skip
    agenda = one(frame).agenda
    assert [(a.item, a.spread, a.n) for a in agenda] == [
        ("1.4", 0.5, 2), ("1.3", 0.5, 4), ("1.1", pytest.approx(0.0625**0.5 * 0.75**0.5), 4),
    ]  # fmt: skip
    assert (agenda[0].low, agenda[0].high, agenda[0].agreement) == (0, 1, 0)
