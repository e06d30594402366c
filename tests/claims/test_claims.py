"""A claim is told only when it passes every gate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    MoneyKind,
    Refusal,
    judge,
    sorted_out,
)
from workbook.diagnostics.gates import Gate, fits, has_history


def claim(**facts):
    return Claim(id="c", figures={}, **facts)


@given(count=st.integers(-5, 50), population=st.integers(0, 50))
def test_no_told_claim_counts_more_than_there_are(count, population):
    told = judge(claim(count=count, population=population))
    assert isinstance(told, Claim) == (0 <= count <= population)


@given(money=st.floats(0, 1e9), whole=st.floats(0, 1e9))
def test_no_told_claim_has_more_money_than_its_whole(money, whole):
    told = judge(claim(money=money, money_of=whole, money_kind=MoneyKind.LOST))
    assert isinstance(told, Refusal) or money <= whole * (1 + 1e-9)


def test_who_is_singled_out_needs_a_test():
    assert judge(claim(singled_out=("Ann",))) == Refusal(id="c", gate=Gate.TESTED)
    tested = claim(singled_out=("Ann",), confidence=Confidence.TESTED)
    assert judge(tested) is tested


def test_the_first_gate_that_stops_a_claim_is_named():
    stopped = judge(claim(count=3, population=2), fits(False), has_history(1, least=3))
    assert stopped == Refusal(id="c", gate=Gate.POPULATION)
    assert judge(claim(), fits(False), has_history(1, least=3)).gate is Gate.FIT


def test_told_and_refused_keep_their_order():
    a, b, no = claim(), claim(problem=False), Refusal(id="x", gate=Gate.FIT)
    assert sorted_out([a, None, no, b]) == ((a, b), (no,))


def test_a_count_without_its_population_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="population"):
        claim(count=1)
    with pytest.raises(ValueError, match="kind"):
        claim(money=1.0)
