"""What a step may bring: money times a share of the client's own, at both ends of its interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.effect import excess_of, expecting, share_of
from workbook.diagnostics.limitation import Limitation, first_of

MONEY = st.floats(min_value=0.01, max_value=1e12)


@pytest.mark.parametrize(
    ("money", "low", "high", "effect"),
    [
        (503300.0, 0.02, 0.43, (10066.0, 216419.0)),
        (100.0, -0.1, 1.2, (0.0, 100.0)),  # a share is no more than the whole, and no less than 0
        (0.0, 0.1, 0.2, None),
        (-5.0, 0.1, 0.2, None),  # more came back than was bought
        (None, 0.1, 0.2, None),
        (100.0, None, 0.2, None),
        (100.0, 0.1, None, None),
    ],
)
def test_a_share_of_money_is_its_interval_times_the_money(money, low, high, effect):
    found = share_of(money, low, high)
    assert (found and tuple(found)) == (effect and pytest.approx(effect))


@pytest.mark.parametrize(
    ("low", "high", "effect"),
    [
        (1.25, 2.0, (20.0, 50.0)),  # (lost - expected) x mean: 1 - 1/1.25 and 1 - 1/2 of 100
        (0.8, 2.0, (0.0, 50.0)),
        (1.0, 1.0, None),
        (0.4, 0.9, None),
        (None, 2.0, None),
        (1.2, None, None),
    ],
)
def test_the_excess_is_what_is_above_the_expected_losses(low, high, effect):
    found = excess_of(100.0, low, high)
    assert (found and tuple(found)) == (effect and pytest.approx(effect))


def test_excess_equals_losses_above_expectation_times_their_mean():
    lost, expected, revenue = 36, 18.0, 72.0
    ratio = lost / expected
    found = excess_of(revenue, ratio, ratio)
    assert found.low == found.high == pytest.approx((lost - expected) * revenue / lost)


@given(MONEY, st.floats(0, 20), st.floats(0, 20))
def test_an_effect_is_never_more_than_the_money_it_is_a_part_of(money, one, other):
    low, high = sorted((one, other))
    for found in (share_of(money, low, high), excess_of(money, low, high)):
        assert found is None or 0 <= found.low <= found.high <= money * (1 + 1e-9)


def test_a_claim_without_an_effect_stays_as_it_is():
    claim = Claim(id="a", figures={})
    assert expecting(claim, None) is claim
    told = expecting(claim, share_of(10.0, 0.1, 0.2))
    assert (told.effect_low, told.effect_high) == (1.0, 2.0)


def test_the_first_rule_that_applies_limits_the_decision():
    asked = []

    def silent(n):
        asked.append("silent")

    def few(n):
        asked.append("few")
        return Limitation(id="few", figures={"n": n})

    def later(n):
        raise AssertionError("the first one has the say")

    assert first_of([silent, few, later], 3) == Limitation(id="few", figures={"n": 3})
    assert asked == ["silent", "few"]
    assert first_of([], 3) is None
