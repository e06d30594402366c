"""Agreement coefficients against their published values."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.stats.agreement import (
    cohen_kappa,
    cohen_kappa_se,
    fleiss_kappa,
    krippendorff_alpha,
    masi_distance,
    randolph_kappa,
    weighted_cohen_kappa,
)

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": 4 coders, 12 units.
_ = None  # left out by the coder
RELIABILITY = list(
    zip(
        (1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3),
        (_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _),
        strict=True,
    )
)
# The worked example found in textbooks: 10 things, 14 raters, 5 categories.
TEXTBOOK = [
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
]
# Fleiss (1971): 30 patients, 6 psychiatrists; depression, personality disorder, schizophrenia,
# neurosis, other.
PSYCHIATRIC = [
    tuple(int(digit) for digit in row)
    for row in (
        *("00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006"),
        *("10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203"),
        *("00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006"),
    )
]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_alpha_of_the_reliability_data_is_the_published_one(metric, expected):
    assert krippendorff_alpha(RELIABILITY, metric) == pytest.approx(expected, abs=5e-7)


def test_alpha_with_masi_distance_weighs_partial_overlap():
    price, service = frozenset({"price"}), frozenset({"service"})
    units = [(price, price | {"delivery"}), (service, service), (price | service, service)]
    assert krippendorff_alpha(units, "masi") == pytest.approx(0.347826, abs=5e-7)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", 0.0),
        ("", "a", 1.0),
        ("a", "b", 1.0),
        ("a", "ab", 1 - 2 / 3 / 2),
        ("ab", "bc", 1 - 1 / 3 / 3),
    ],
)
def test_masi_distance_of_two_sets(first, second, expected):
    assert masi_distance(frozenset(first), frozenset(second)) == pytest.approx(expected)


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize("units", [[], [(1, None), (None, 2)], [(3, 3), (3, 3)], [(0, 0)]])
def test_alpha_is_undefined_where_nothing_can_differ(units, metric):
    assert krippendorff_alpha(units, metric) is None


def test_fleiss_and_randolph_of_the_textbook_table():
    assert fleiss_kappa(TEXTBOOK) == pytest.approx(0.209931, abs=5e-7)
    assert randolph_kappa(TEXTBOOK) == pytest.approx(0.222527, abs=5e-7)


def test_fleiss_of_the_psychiatric_diagnoses():
    assert fleiss_kappa(PSYCHIATRIC) == pytest.approx(0.430245, abs=5e-7)


def test_fleiss_and_randolph_of_two_things_and_eight_raters():
    assert fleiss_kappa([(7, 1), (3, 5)]) == pytest.approx(0.161905, abs=5e-7)
    assert randolph_kappa([(7, 1), (3, 5)]) == pytest.approx(0.214286, abs=5e-7)


def test_complete_agreement_on_one_category_leaves_fleiss_undefined_but_not_randolph():
    assert fleiss_kappa([(3, 0), (3, 0)]) is None
    assert randolph_kappa([(3, 0), (3, 0)]) == 1


def test_no_table_gives_no_kappa():
    assert fleiss_kappa([]) is None
    assert randolph_kappa([]) is None


def test_rows_with_different_numbers_of_raters_are_a_programming_error():
    with pytest.raises(ValueError, match="same number of raters"):
        fleiss_kappa([(2, 1), (1, 1)])


def _coders(table):
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [i for i, _ in pairs], [j for _, j in pairs]


def test_cohen_kappa_and_its_standard_error():
    first, second = _coders([[20, 5], [10, 15]])
    assert cohen_kappa(first, second) == pytest.approx(0.40)
    assert cohen_kappa_se(first, second) == pytest.approx(0.126996, abs=5e-7)


def test_weighted_kappa_of_two_steps_is_the_plain_one():
    first, second = _coders([[20, 5], [10, 15]])
    for weights in ("linear", "quadratic"):
        assert weighted_cohen_kappa(first, second, weights=weights) == pytest.approx(0.40)


def test_quadratic_kappa_forgives_neighbours_and_equals_its_formula():
    """1 - sum w·o / sum w·e by hand for a 3 x 3 table."""
    first, second = _coders([[8, 2, 0], [1, 6, 3], [0, 2, 8]])
    observed = 2 + 1 + 3 + 2
    rows, columns = (10, 10, 10), (9, 10, 11)
    for power, weights in ((1, "linear"), (2, "quadratic")):
        chance = sum(
            abs(i - j) ** power * rows[i] * columns[j] / 30 for i in range(3) for j in range(3)
        )
        kappa = weighted_cohen_kappa(first, second, weights=weights)
        assert kappa == pytest.approx(1 - observed / chance)


def test_a_step_of_the_scale_that_nobody_used_still_counts_as_distance():
    first, second = [0, 0, 2, 2], [0, 2, 2, 2]
    assert weighted_cohen_kappa(first, second) == weighted_cohen_kappa(
        first, second, scale=(0, 1, 2)
    )
    first, second = [0, 0, 1, 3, 3], [0, 1, 1, 3, 0]
    with_gap = weighted_cohen_kappa(first, second, scale=(0, 1, 2, 3))
    assert with_gap != pytest.approx(weighted_cohen_kappa(first, second))


def test_cohen_kappa_is_undefined_for_one_category_or_no_pairs():
    assert cohen_kappa(["a", "a"], ["a", "a"]) is None
    assert cohen_kappa_se(["a", "a"], ["a", "a"]) is None
    assert cohen_kappa(["a", None], [None, "b"]) is None
    assert weighted_cohen_kappa([], []) is None


def test_coders_of_different_length_are_a_programming_error():
    with pytest.raises(ValueError, match="same number of things"):
        cohen_kappa([1], [1, 2])


marks = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=2, max_size=4), max_size=12
)


@given(marks, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_never_exceeds_one_and_the_order_of_units_is_irrelevant(units, metric):
    value = krippendorff_alpha(units, metric)
    if value is None:
        return
    assert math.isfinite(value)
    assert value <= 1 + 1e-12
    shuffled = random.Random(1).sample(units, len(units))
    assert krippendorff_alpha(shuffled, metric) == pytest.approx(value)
