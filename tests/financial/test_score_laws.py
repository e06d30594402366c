"""What every score obeys, and the edges of the bands."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.financial_quartiles.comparison import Gaps
from workbook.diagnostics.financial_quartiles.exact_numbers import exact
from workbook.diagnostics.financial_quartiles.peer_base import Quartiles
from workbook.diagnostics.financial_quartiles.scoring import SCORES, QuartileCut, Scale, score
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
    found = scale.steps().scored(x.numerator, x.denominator)
    assert scale.scores(x) == (found.score, found.possible)
    return found


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
        better = x + side * (Fraction(one.to_better) + tiny)
        assert points(better, cut, higher=higher) > one.score
    if one.to_worse is not None:
        worse = x - side * (Fraction(one.to_worse) + tiny)
        assert points(worse, cut, higher=higher) < one.score


def in_fractions(x, cut, *, higher, halves):
    """Return what a score hangs on by the definition, in fractions."""
    scale = Scale.of(cut, higher=higher, halves=halves)
    given, possible = scale.scores(x)
    own, at = x if higher else -x, SCORES.index(given)
    better = None if given == 2 else float(max(scale.cut.bounds[at] - own, Fraction(0)))
    worse = None if given == -2 else float(max(own - scale.cut.bounds[at - 1], Fraction(0)))
    return given, possible, better, worse


on_a_bound = st.integers(0, 4).map(lambda i: lambda cut: (*cut.bounds, cut.median)[i])
anywhere = amounts.map(lambda x: lambda cut: x)


@given(place=anywhere | on_a_bound, cut=cuts, higher=st.booleans(), halves=halves)
def test_whole_numbers_tell_what_fractions_tell(place, cut, higher, halves):
    x = place(cut if higher else cut.turned()) * (1 if higher else -1)
    found = told(x, cut, higher=higher, halves=halves)
    expected = in_fractions(x, cut, higher=higher, halves=halves)
    assert (found.score, found.possible, found.to_better, found.to_worse) == expected
    assert "-0.0" not in (repr(found.to_better), repr(found.to_worse))


def position_in_fractions(x, cut):
    off = x - cut.median
    gap = abs((cut.q3 if off > 0 else cut.q1) - cut.median)
    if not off:
        return 0.0
    return float(off / gap) if gap else None


decimals = st.integers(-(10**6), 10**6).map(lambda n: n / 1000)


@given(x=amounts, three=st.tuples(decimals, decimals, decimals).map(sorted))
def test_the_distance_to_the_median_is_that_of_fractions(x, three):
    q1, median, q3 = three
    cut = QuartileCut(exact(q1), exact(median), exact(q3))
    gaps = Gaps.among(quartiles(q1, median, q3))
    for value in (x, *cut.bounds, cut.median):
        expected = position_in_fractions(value, cut)
        assert gaps.to_median(value.numerator, value.denominator) == expected


def quartiles(q1, median, q3):
    return Quartiles(
        year=2024, level="all", code="", size="all", ratio="roa", n=99, n_valid=99,
        q1=q1, median=median, q3=q3,
    )  # fmt: skip


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
