"""What every score obeys, and the edges of the bands."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.financial_quartiles.scoring import QuartileCut, Scale, exact, score
from workbook.diagnostics.financial_quartiles.verdicts import (
    change_verdict,
    mean,
    one_step,
    printed,
    verdict,
)

amounts = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)
cuts = st.tuples(amounts, amounts, amounts).map(lambda three: QuartileCut(*sorted(three)))
halves = st.sampled_from([None, (Fraction(1, 2),) * 3, (Fraction(1, 200),) * 3])


def points(x, cut, *, higher=True, halves=None):
    return told(x, cut, higher=higher, halves=halves).score


def told(x, cut, *, higher=True, halves=None):
    scale = Scale.of(cut, higher=higher, halves=halves)
    assert scale.score(x) == scale.scored(x).score
    return scale.scored(x)


@given(x=amounts, cut=cuts, halves=halves)
def test_a_score_lies_between_minus_two_and_two(x, cut, halves):
    assert points(x, cut, halves=halves) in (-2, -1, 0, 1, 2)


@given(a=amounts, b=amounts, cut=cuts, halves=halves)
def test_a_higher_value_never_scores_lower(a, b, cut, halves):
    low, high = sorted((a, b))
    assert points(low, cut, halves=halves) <= points(high, cut, halves=halves)


@given(cut=cuts, halves=halves)
def test_the_median_scores_nothing(cut, halves):
    assert points(cut.median, cut, halves=halves) == 0
    assert points(cut.median, cut, higher=False, halves=halves) == 0


@given(x=amounts, cut=cuts, halves=halves)
def test_lower_is_better_mirrors_higher_is_better(x, cut, halves):
    mirrored = QuartileCut(-cut.q3, -cut.median, -cut.q1)
    back = halves and halves[::-1]
    assert points(x, cut, higher=False, halves=halves) == points(-x, mirrored, halves=back)


@given(x=amounts, cut=cuts, halves=halves)
def test_the_given_score_is_among_the_possible_ones(x, cut, halves):
    one = told(x, cut, higher=True, halves=halves)
    assert one.score in one.possible
    assert (len(one.possible) == 1) or halves is not None


@given(x=amounts, cut=cuts, higher=st.booleans())
def test_going_further_than_the_distance_changes_the_score(x, cut, higher):
    one = told(x, cut, higher=higher, halves=None)
    side = 1 if higher else -1
    tiny = Fraction(1, 10**9)
    if one.to_better is not None:
        assert points(x + side * (one.to_better + tiny), cut, higher=higher) > one.score
    if one.to_worse is not None:
        assert points(x - side * (one.to_worse + tiny), cut, higher=higher) < one.score


CUT = QuartileCut(Fraction(0), Fraction(20), Fraction(60))


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        ("-1", -2), ("0", -2), ("0.001", -1), ("18.999", -1), ("19", 0), ("20", 0), ("22", 0),
        ("22.001", 1), ("59.999", 1), ("60", 2), ("61", 2),
    ],
)  # fmt: skip
def test_edges_belong_to_the_quartile_and_to_the_zone(x, expected):
    assert score(Fraction(x), CUT) == expected


@pytest.mark.parametrize(
    ("x", "expected"), [(Fraction(1), 0), (Fraction(1, 2), -2), (Fraction(3, 2), 2)]
)
def test_quartiles_that_coincide_leave_three_scores(x, expected):
    assert score(x, QuartileCut(Fraction(1), Fraction(1), Fraction(1))) == expected


def test_no_float_decides_a_band():
    """0.1 + 0.2 is above 0.3 as a float; as the decimals that were written it is equal."""
    assert exact(0.1) + exact(0.2) == exact(0.3)
    assert (
        score(exact(0.1) + exact(0.2), QuartileCut(Fraction(0), Fraction(1, 10), exact(0.3))) == 2
    )


@pytest.mark.parametrize(
    ("numerator", "rounded", "strict"),
    [
        (10, "significantly_better", "significantly_better"),
        (9, "better", "better"),
        (2, "better", "better"),
        (1, "about_the_same", "better"),
        (0, "about_the_same", "about_the_same"),
        (-1, "about_the_same", "worse"),
        (-2, "worse", "worse"),
        (-9, "worse", "worse"),
        (-10, "significantly_worse", "significantly_worse"),
    ],
)
def test_a_ninth_is_about_the_same_unless_the_band_is_strict(numerator, rounded, strict):
    assert verdict(Fraction(numerator, 9), "rounded") == rounded
    assert verdict(Fraction(numerator, 9), "strict") == strict


@pytest.mark.parametrize(
    ("numerator", "expected"),
    [
        (10, "significantly_improved"), (9, "improved"), (2, "improved"), (1, "unchanged"),
        (-1, "unchanged"), (-2, "worsened"), (-9, "worsened"), (-10, "significantly_worsened"),
    ],
)  # fmt: skip
def test_changes_are_worded_by_the_same_bounds(numerator, expected):
    assert change_verdict(Fraction(numerator, 9), "rounded") == expected


@given(st.lists(st.integers(-2, 2), min_size=1, max_size=12))
def test_one_more_point_never_makes_a_verdict_worse(scores):
    order = ["significantly_worse", "worse", "about_the_same", "better", "significantly_better"]
    here = order.index(verdict(mean(scores), "rounded"))
    step = one_step(scores, "rounded")
    assert step.better is None or order.index(step.better) > here
    assert step.worse is None or order.index(step.worse) < here


def test_halves_are_printed_away_from_zero():
    assert (printed(Fraction(115, 1000)), printed(Fraction(-115, 1000))) == (
        Fraction(12, 100),
        Fraction(-12, 100),
    )
