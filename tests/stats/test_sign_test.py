"""The sign test is the tail of the binomial distribution, exactly."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from workbook.stats.sign_test import sign_p


def by_definition(more, fewer):
    n = more + fewer
    return float(sum(comb(n, k) for k in range(more, n + 1)) / 2**n)


@given(more=st.integers(0, 700), fewer=st.integers(0, 700))
def test_it_is_the_sum_of_all_terms(more, fewer):
    assert sign_p(more, fewer) == by_definition(more, fewer)


@pytest.mark.parametrize(("more", "fewer"), [(0, 0), (1, 0), (3000, 2950), (4000, 3000)])
def test_of_many_too(more, fewer):
    assert sign_p(more, fewer) == by_definition(more, fewer)


def test_hundreds_of_thousands_agree_with_the_distribution():
    assert sign_p(100_400, 99_600) == pytest.approx(binom.sf(100_399, 200_000, 0.5), rel=1e-9)
