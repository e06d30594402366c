"""Three counts, combinations, pairs, ties: the same functions on any lists of reasons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.churn_reasons.counting import (
    count,
    mentions,
    reasons_per_row,
    together,
)
from workbook.diagnostics.churn_reasons.pairs import combinations, pairs
from workbook.diagnostics.churn_reasons.reasons import mcnemar

lists = st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=30)


def plain(counts, names):
    return {
        name: (int(counts.any[i]), float(counts.fractional[i]), int(counts.sole[i]))
        for i, name in enumerate(names)
    }


def test_three_counts_of_a_literal_register():
    rows = mentions([["price", "rude"], ["price"], ["rude", "late", "price"], ["late", "late"]])
    assert plain(count(rows), rows.names) == {
        "late": (2, pytest.approx(4 / 3), 1),
        "price": (3, pytest.approx(11 / 6), 1),
        "rude": (2, pytest.approx(5 / 6), 0),
    }
    money = count(rows, np.array([100.0, 10.0, 30.0, 7.0]))
    assert plain(money, rows.names) == {
        "late": (37, pytest.approx(17), 7),
        "price": (140, pytest.approx(70), 10),
        "rude": (130, pytest.approx(60), 0),
    }


@given(lists)
def test_fractional_counts_sum_to_the_losses(rows):
    found = mentions(rows)
    assert count(found).fractional.sum() == pytest.approx(len(rows))


@given(lists, st.integers(0, 29), st.sampled_from("abcdef"))
def test_any_mention_does_not_fall_when_a_reason_is_added(rows, place, reason):
    before = mentions(rows)
    rows[place % len(rows)] = rows[place % len(rows)] | {reason}
    after = mentions(rows)
    then = dict(zip(before.names, count(before).any, strict=True))
    now = dict(zip(after.names, count(after).any, strict=True))
    assert all(now[name] >= then.get(name, 0) for name in now)
    assert count(after).fractional.sum() == pytest.approx(count(before).fractional.sum())


@given(lists, st.randoms())
def test_the_order_of_losses_and_of_reasons_is_irrelevant(rows, random):
    shuffled = [random.sample(sorted(row), len(row)) for row in rows]
    random.shuffle(shuffled)
    one, other = mentions(rows), mentions(shuffled)
    assert one.names == other.names
    assert count(one).sole.tolist() == count(other).sole.tolist()
    assert together(one).tolist() == together(other).tolist()
    assert reasons_per_row(one) == reasons_per_row(other)


@given(lists)
def test_combinations_hold_every_loss_once(rows):
    found = combinations(mentions(rows), np.ones(len(rows)), label=str.upper)
    assert sum(c.n for c in found) == len(rows)
    assert sum(c.revenue for c in found) == pytest.approx(len(rows))
    assert len({c.reasons for c in found}) == len(found)


def test_a_pair_is_shown_from_five_on_and_corrected_for_all_that_could_be():
    rows = mentions([["a", "b"]] * 6 + [["a", "c"]] * 1 + [["c"]] * 9 + [["b"]] * 1)
    (pair,) = pairs(rows, min_n=5, label=str)
    assert (pair.a, pair.b, pair.n) == ("a", "b", 6)
    assert pair.lift == pytest.approx(6 * 17 / (7 * 7))
    assert pair.jaccard == pytest.approx(6 / 8)
    assert pair.expected == pytest.approx(1.6, abs=0.1)  # fifteen losses have one reason only
    assert pair.ratio == pytest.approx(6 / pair.expected)
    assert pair.p_value <= pair.p_holm < 0.05  # a-b, a-c and b-c were tested


@pytest.mark.parametrize(
    ("first", "second", "p_value"),
    [(0, 0, 1.0), (5, 5, 1.0), (10, 0, 2 / 1024), (0, 1, 1.0), (9, 1, 22 / 1024)],
)
def test_reasons_of_one_sample_are_compared_exactly(first, second, p_value):
    assert mcnemar(first, second) == pytest.approx(p_value)
