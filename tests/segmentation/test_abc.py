"""ABC classes: exact, one class per tie, by both rules."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.customer_ledger.abc_classes import CLASSES, ranking, sums
from workbook.diagnostics.segmentation_matrix.params import Params

TOTALS = st.lists(st.integers(-1_000, 100_000), min_size=1, max_size=40)


def classes(totals, rule="start", **options):
    """Return the class of each total, in the order given."""
    values = np.array(totals, dtype=np.int64)
    params = Params(abc_rule=rule, **options)
    ranked = ranking(values, np.ones(len(values), dtype=bool), params)
    return "".join(CLASSES[mark] for mark in ranked.spread(rule, len(values)))


@pytest.mark.parametrize(
    ("totals", "start", "end"),
    [
        ([90, 6, 4], "ACC", "CCC"),
        ([7], "A", "C"),
        ([50, 30, 20], "ABC", "ABC"),
        ([25, 25, 25, 25], "AAAA", "CCCC"),
        ([60, 40, 0, -10], "ABCC", "BCCC"),
        ([200, 150, 120, 100, 90, 80, 75, 70, 65, 50], "AAAABBBCCC", "AAABBBCCCC"),
    ],
)
def test_the_golden_classes(totals, start, end):
    assert classes(totals, "start") == start
    assert classes(totals, "end") == end


def test_a_share_on_the_bound_is_told_exactly():
    """The second customer begins at half of the base, not below it."""
    assert classes([3000, 2000, 1000]) == "ABC"
    assert classes([1000, 2000, 3000], "end") == "CCA"


def test_bounds_may_be_fractions():
    thirds = {"abc_bounds": (33.3, 66.7)}
    assert classes([334, 333, 333], **thirds) == "ABB"
    assert classes([334, 333, 333], "end", **thirds) == "BCC"
    assert classes([333, 334, 333], "end", abc_bounds=(33.4, 66.7)) == "CAC"
    assert classes([333, 667], "end", abc_bounds=(66.7, 90)) == "CA"


def test_the_middle_class_follows_the_bounds():
    totals = [50, 29, 21]
    assert classes(totals, "end", abc_bounds=(50, 79)) == "ABC"
    assert classes(totals, "end", abc_bounds=(50, 80)) == "ABC"
    assert classes([50, 30, 20], "end", abc_bounds=(50, 79)) == "ACC"


def test_a_tie_across_a_bound_is_told():
    values = np.array([40, 20, 20, 20], dtype=np.int64)
    ranked = ranking(values, np.ones(4, dtype=bool), Params())
    assert ranked.tied.tolist() == [False, True, True, True]
    assert ranked.straddling.tolist() == [False, True, True, True]
    assert classes([40, 20, 20, 20]) == "AAAA"


def test_without_a_positive_total_all_are_c():
    values = np.array([0, -5], dtype=np.int64)
    ranked = ranking(values, np.ones(2, dtype=bool), Params())
    assert (ranked.base, ranked.start.tolist(), ranked.end.tolist()) == (0, [2, 2], [2, 2])


def test_nobody_has_no_class():
    ranked = ranking(np.zeros(3, dtype=np.int64), np.zeros(3, dtype=bool), Params())
    assert ranked.spread("start", 3).tolist() == [-1, -1, -1]


def by_the_book(totals, rule):
    """Class totals one by one with fractions, as the method words it."""
    base = sum(t for t in totals if t > 0)
    found = []
    for own in totals:
        above = sum(t for t in totals if t > max(own, 0))
        share = above if rule == "start" else above + own * totals.count(own)
        if own <= 0:
            found.append("C")
        elif rule == "start":
            part = Fraction(share, base)
            found.append("A" if part < Fraction(1, 2) else "B" if part < Fraction(4, 5) else "C")
        else:
            part = Fraction(share, base)
            found.append("A" if part <= Fraction(1, 2) else "B" if part <= Fraction(4, 5) else "C")
    return "".join(found)


@given(totals=TOTALS, rule=st.sampled_from(["start", "end"]))
def test_classes_are_those_of_the_definition(totals, rule):
    assert classes(totals, rule) == by_the_book(totals, rule)


@given(totals=TOTALS)
def test_the_largest_customer_is_a_by_the_start_rule(totals):
    if max(totals) > 0:
        assert classes(totals)[totals.index(max(totals))] == "A"


@given(totals=TOTALS, factor=st.integers(1, 1000))
def test_the_currency_does_not_matter(totals, factor):
    assert classes(totals) == classes([t * factor for t in totals])


def test_sums_are_exact_and_leave_nobody_out():
    large = 2**53
    codes = np.array([0, 0, 0, 1, -1])
    values = np.array([large, 1, 1, 5, 9], dtype=np.int64)
    assert sums(codes, values, 3).tolist() == [large + 2, 5, 0]
