"""Sums of revenue of those whom answers single out: told only where they tell nobody's answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.told_sums import revenue_by_class, rounded_down, sum_told
from workbook.diagnostics.loyalty.weighting import Units

LARGE = [1000000.0, 205460.0, 144740.0, 116240.0, 57960.0, 55681.0]
SMALL = [20000.0] * 12


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (1_217_405.0, 1_200_000.0),
        (1_299_999.0, 1_200_000.0),
        (1_300_000.0, 1_300_000.0),
        (62_043.45, 62_000.0),
        (7.0, 7.0),
        (0.999, 0.99),
        (0.0, 0.0),
        (-3.0, 0.0),
    ],
)
def test_an_amount_keeps_two_figures_and_never_grows(amount, told):
    assert rounded_down(amount) == pytest.approx(told)


@given(st.floats(min_value=1e-3, max_value=1e12))
def test_rounding_takes_less_than_a_tenth_away(amount):
    assert 0.9 * amount < rounded_down(amount) <= amount * (1 + 1e-9)


def sides(*inside):
    return np.array([place in inside for place in range(18)], dtype=bool)


def test_a_sum_that_only_the_largest_can_make_is_not_told():
    revenue = np.array(LARGE + SMALL)
    # Without the largest the sum could not be reached, and the others could not make up the rest.
    assert sum_told(revenue, sides(0, 6, 7, 8, 9, 10), threshold=5) is None
    assert sum_told(revenue, sides(1, 6, 7, 8, 9, 10), threshold=5) is None


def test_a_sum_that_any_of_them_could_be_part_of_is_told_rounded():
    revenue = np.array([100.0, 90.0, 80.0, 70.0, 60.0, 50.0, 40.0, 30.0, 20.0, 11.0])
    inside = np.array([True, False] * 5)
    assert sum_told(revenue, inside, threshold=5) == 300.0
    assert sum_told(revenue, inside, threshold=6) is None  # five are too few


@pytest.mark.parametrize("inside", [[True] * 10, [False] * 10])
def test_of_all_and_of_none_the_answer_of_each_would_be_known(inside):
    assert sum_told(np.ones(10), np.array(inside), threshold=5) is None


def test_where_answers_may_be_told_by_name_every_sum_may():
    assert sum_told(np.array([673440.0, 1.0]), np.array([True, False]), threshold=1) == 670000.0


def units(weights, classes):
    values = np.array(classes)
    return Units(
        names=np.array([f"c{i}" for i in range(len(values))], dtype=object),
        weights=np.array(weights, dtype=float),
        promoters=(values > 0).astype(float),
        detractors=(values < 0).astype(float),
    )


def test_revenue_by_class_is_the_sum_of_each_class_rounded_down():
    found = revenue_by_class(units([10.5] * 15, [-1] * 5 + [0] * 5 + [1] * 5), threshold=5)
    assert (found.detractors, found.passives, found.promoters) == (52.0, 52.0, 52.0)


@pytest.mark.parametrize(
    ("weights", "classes"),
    [
        # the largest fits among the detractors only
        ([900.0] + [10.0] * 17, [-1] * 6 + [0] * 6 + [1] * 6),
        # four passives are few
        ([10.0] * 14, [-1] * 5 + [0] * 4 + [1] * 5),
        # nobody is anything else
        ([10.0] * 14, [-1] * 14),
    ],
)
def test_revenue_by_class_that_tells_somebodys_answer_is_not_told(weights, classes):
    assert revenue_by_class(units(weights, classes), threshold=5) is None
    assert revenue_by_class(units(weights, classes), threshold=1) is not None


def test_an_account_of_two_minds_is_split_between_them():
    made = units([100.0, 50.0], [0, 0])
    halves = Units(
        names=made.names, weights=made.weights,
        promoters=np.array([0.5, 0.0]), detractors=np.array([0.5, 1.0]),
    )  # fmt: skip
    found = revenue_by_class(halves, threshold=1)
    assert (found.detractors, found.passives, found.promoters) == (100.0, 0.0, 50.0)
