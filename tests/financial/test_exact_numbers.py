"""Whole amounts are exact as whole numbers, all others as fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.financial_quartiles.exact_numbers import (
    divided,
    exact,
    exact_amount,
    magnitude,
)

written = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**17), 10**17).map(
    float
)
rationals = st.integers(-(10**20), 10**20) | st.fractions(max_denominator=10**6)


@given(written)
def test_an_amount_is_what_its_shortest_writing_says(number):
    found = exact_amount(number)
    assert found == exact(number) == Fraction(repr(number))
    assert isinstance(found, int) is (found.denominator == 1)
    assert isinstance(exact(number), Fraction)


@given(number=rationals, by=rationals.filter(bool))
def test_a_quotient_is_the_float_nearest_to_it(number, by):
    expected = float(Fraction(number) / Fraction(by))
    assert divided(number, by) == expected
    assert repr(divided(number, by)) == repr(expected)  # nil has no sign


@pytest.mark.parametrize("number", [0, -3, 3, Fraction(-1, 2), Fraction(1, 2)])
def test_the_magnitude_has_no_sign(number):
    assert magnitude(number) == abs(number)
    assert type(magnitude(number)) is type(number)
