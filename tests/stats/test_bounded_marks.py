"""Means of marks near the ends of their scale."""

from itertools import product
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.stats.bounded_marks import bounded_difference, bounded_mean

marks = st.lists(st.integers(1, 5), min_size=2, max_size=40)


def mean_of(values, codes=None, *, low=1, high=5, **options):
    who = np.arange(len(values)) if codes is None else np.array(codes)
    return bounded_mean(values, who, low=low, high=high, **options)


def test_marks_of_minus_one_to_one_give_the_interval_of_the_promoter_score():
    values = [-1] * 10 + [0] * 8 + [1] * 12
    found = mean_of(values, low=-1, high=1)
    assert found.value == pytest.approx(0.066667, abs=1e-6)
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (-0.226568, 0.347780), abs=1e-6
    )


@given(marks)
def test_the_interval_holds_the_mean_and_stays_on_the_scale(values):
    found = mean_of(values)
    assert 1 <= found.interval.low <= found.value <= found.interval.high <= 5


@given(marks)
def test_turning_the_scale_turns_the_interval(values):
    found, turned = mean_of(values), mean_of([6 - v for v in values])
    assert turned.interval.low == pytest.approx(6 - found.interval.high)


@given(marks, st.sampled_from([2.0, 20.0]))
def test_the_interval_is_that_of_the_unit_of_the_marks(values, unit):
    found = mean_of(values)
    other = mean_of([v * unit for v in values], low=unit, high=5 * unit)
    assert other.interval.low == pytest.approx(found.interval.low * unit)


def test_one_giver_tells_nothing():
    assert mean_of([5, 4, 3], [0, 0, 0]) is None
    assert mean_of([]) is None


def test_marks_of_few_givers_have_a_wider_interval():
    values = [1, 5, 3, 4, 2, 5] * 3
    alone, together = mean_of(values), mean_of(values, [0, 1, 2, 3, 4, 5] * 3)
    assert together.n_eff == pytest.approx(6)
    assert together.interval.low < alone.interval.low
    assert together.interval.high > alone.interval.high


@pytest.mark.parametrize(
    ("shares", "least", "most"),
    [
        ((0.05, 0.1, 0.2, 0.35, 0.3), 0.93, 0.98),
        ((0.01, 0.01, 0.03, 0.15, 0.8), 0.93, 0.98),  # Student's t: 0.82
        ((0.5, 0.0, 0.0, 0.0, 0.5), 0.93, 0.98),
    ],
)
def test_coverage_of_twelve_marks_by_enumeration(shares, least, most):
    truth, covered, n = sum(m * s for m, s in zip(range(1, 6), shares, strict=True)), 0.0, 12
    for counts in product(range(n + 1), repeat=4):
        last = n - sum(counts)
        if last < 0:
            continue
        every = (*counts, last)
        if any(k and not s for k, s in zip(every, shares, strict=True)):
            continue
        found = mean_of(np.repeat(np.arange(1, 6), every))
        if found.interval.low <= truth <= found.interval.high:
            ways = factorial(n)
            chance = 1.0
            for k, s in zip(every, shares, strict=True):
                ways //= factorial(k)
                chance *= s**k
            covered += ways * chance
    assert least <= covered <= most


def test_a_difference_of_the_same_givers_is_paired():
    first, second = [4, 3, 5, 2, 4, 3, 4, 5], [5, 3, 5, 3, 5, 4, 4, 5]
    who = np.arange(8)
    paired = bounded_difference(first, second, first_codes=who, second_codes=who, low=1, high=5)
    apart = bounded_difference(first, second, first_codes=who, second_codes=who + 8, low=1, high=5)
    assert paired.raw == apart.raw == 0.5
    assert paired.p_value < 0.1 < apart.p_value


def test_a_side_of_one_giver_cannot_be_compared():
    codes = np.zeros(3, dtype=int)
    assert bounded_difference(
        [1, 2, 3], [4, 4, 5], first_codes=codes, second_codes=np.array([1, 2, 3]), low=1, high=5
    ) is None  # fmt: skip
