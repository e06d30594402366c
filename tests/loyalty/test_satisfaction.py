"""Satisfaction by parameter, the complaint list and the staff's own view."""

import numpy as np
import pytest
from scipy import stats as reference

from workbook.diagnostics.loyalty.disclosure import told_of_marks
from workbook.diagnostics.loyalty.marks import marks
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.satisfaction import (
    coverage,
    latest_low_marks,
    lowest_parameter,
    satisfaction,
)
from workbook.diagnostics.loyalty.staff import staff_gaps


def rows(frame, inputs, *, by_product=False, **tables):
    given = marks(frame, "customer")
    everything = inputs(satisfaction=frame, **tables)
    told = told_of_marks(given, threshold=1)
    return satisfaction(given, everything, Params(), by_product=by_product, told=told)


def test_mean_interval_and_classes_of_marks(given_marks, inputs):
    (row,) = rows(given_marks([1, 2, 3, 3, 4, 5, 5, 5, 5, 5]), inputs)
    assert (row.product, row.parameter, row.n) == ("", "price", 10)
    assert row.mean == pytest.approx(3.8)
    with_added = [1, 2, 3, 3, 4, *[5] * 5, 1, 3, 3, 5]
    weights = [1] * 10 + [0.75, 0.75, 0.75, 0.75]
    mean = np.average(with_added, weights=weights)
    se = np.sqrt(np.average((with_added - mean) ** 2, weights=weights) / 13)
    assert (row.ci_low, row.ci_high) == pytest.approx((mean - 1.959964 * se, mean + 1.959964 * se))
    assert (row.open, row.hidden) == (2, 2)
    assert row.distribution == (1, 1, 2, 1, 5)
    assert row.coverage is None


def test_the_interval_stays_on_the_scale(given_marks, inputs):
    (row,) = rows(given_marks([5] * 10), inputs)
    assert 3.5 < row.ci_low < row.ci_high == 5


@pytest.mark.parametrize("values", [[4], [5] * 9])
def test_the_mean_of_few_marks_has_no_interval(given_marks, inputs, values):
    (row,) = rows(given_marks(values), inputs)
    assert row.mean == values[0]
    assert (row.ci_low, row.ci_high) == (None, None)


def test_percentages_count_by_fifths(given_marks, inputs):
    shares = [0, 0.2, 0.4, 0.41, 0.6, 0.61, 0.8, 1, 1, 1]
    (row,) = rows(given_marks(shares, scale="percent"), inputs)
    assert row.distribution == (2, 1, 2, 2, 3)
    assert (row.open, row.hidden) == (3, 2)
    assert 0 <= row.ci_low < row.mean < row.ci_high <= 1


def test_parameters_come_worst_first_and_by_product(given_marks, inputs):
    frame = given_marks(
        [5, 4, 2, 1], parameter=["price", "price", "speed", "speed"], product=["a", "b"] * 2
    )
    assert [r.parameter for r in rows(frame, inputs)] == ["speed", "price"]
    by_product = rows(frame, inputs, by_product=True)
    assert [(r.product, r.parameter, r.mean) for r in by_product] == [
        ("a", "speed", 2),
        ("a", "price", 5),
        ("b", "speed", 1),
        ("b", "price", 4),
    ]


def test_marks_of_one_customer_are_not_independent(given_marks, inputs):
    values = [1, 5, 3, 4, 2, 5, 5, 3, 4, 4]
    customers = list("abcdefghij")
    once = given_marks(values, customer_id=customers)
    thrice = given_marks(values * 3, customer_id=customers * 3)
    one, three = rows(once, inputs)[0], rows(thrice, inputs)[0]
    assert (one.n, one.n_eff, three.n) == (10, 10, 30)
    assert three.n_eff == pytest.approx(10)
    assert three.ci_high - three.ci_low == pytest.approx(one.ci_high - one.ci_low, rel=0.2)


def test_the_lowest_parameter_is_told_apart_or_not_at_all(given_marks):
    people = [f"r{i}" for i in range(20)]
    values = {"speed": [2, 3] * 10, "price": [4, 5] * 10, "range": [4, 4] * 10}
    apart = given_marks(
        [mark for given in values.values() for mark in given],
        parameter=[p for p in values for _ in people],
        respondent_id=people * 3,
    )
    found = lowest_parameter(marks(apart, "customer"), Params())
    assert found.names == ("speed",)
    assert (found.family.comparisons, found.family.passed) == (2, 2)
    alike = apart.assign(mark=[4, 3] * 10 + [3, 4] * 10 + [4, 4] * 10)
    alike.attrs["scale"] = "1-5"
    assert lowest_parameter(marks(alike, "customer"), Params()).names[:2] == ("price", "speed")


def test_a_parameter_of_few_marks_is_not_the_lowest(given_marks):
    frame = given_marks([1] * 9 + [4, 5] * 10, parameter=["rare"] * 9 + ["price"] * 20)
    found = lowest_parameter(marks(frame, "customer"), Params())
    assert found.names == ("price",)
    assert found.family is None


def test_coverage_counts_customers_rated_in_the_last_twelve_months(given_marks, inputs, table):
    frame = given_marks(
        [4, 5, 3, 2],
        customer_id=["a", "a", "b", "x"],
        date=["2025-02-01", "2025-03-01", "2024-12-31", "2025-05-01"],
    )
    everything = inputs(satisfaction=frame, customers=table(customer_id=["a", "b", "c", "d"]))
    assert coverage(marks(frame, "customer"), everything) == pytest.approx(1 / 4)
    assert coverage(marks(frame, "customer"), inputs(satisfaction=frame)) is None


def test_coverage_of_a_product_is_of_its_buyers_where_sales_name_products(
    given_marks, inputs, table
):
    frame = given_marks([4, 5], customer_id=["a", "b"])
    sales = table(
        customer_id=["a", "c", "d"],
        date="2025-04-01",
        amount=10.0,
        product=["pump", "pump", "hose"],
    )
    (row,) = rows(frame, inputs, by_product=True, sales=sales)
    assert row.coverage == pytest.approx(1 / 2)


def test_a_mark_off_the_scale_never_becomes_a_mean(given_marks):
    with pytest.raises(ValueError, match="1 marks outside 1-5: 6"):
        marks(given_marks([6]), "customer")


def low(frame):
    return len(latest_low_marks(marks(frame, "customer")))


def test_marks_of_3_or_less_are_treated_as_complaints(given_marks):
    assert low(given_marks([4, 3, 2, 1], customer_id=["a", "b", "c", "d"])) == 3


def test_percentages_up_to_60_are_treated_as_complaints(given_marks):
    frame = given_marks([0.6, 0.61, 0.2], scale="percent", customer_id=["a", "b", "c"])
    assert low(frame) == 2


def test_only_the_latest_mark_of_a_customer_counts(given_marks):
    frame = given_marks(
        [1, 5, 4, 2],
        customer_id=["a", "a", "b", "b"],
        date=["2025-01-01", "2025-02-01", "2025-02-01", "2025-03-01"],
    )
    assert low(frame) == 1


def test_staff_marks_are_not_customers_marks(given_marks, inputs):
    frame = given_marks([1, 5], side=["staff", "customer"])
    assert rows(frame, inputs)[0].mean == 5
    assert low(frame) == 0


def gaps(frame):
    return staff_gaps(marks(frame, "customer"), marks(frame, "staff"), Params())


def test_sides_without_a_pairing_are_compared_by_welch(given_marks):
    customer, staff = [3, 4, 2, 5, 3], [5, 5, 4]
    (gap,) = gaps(given_marks(customer + staff, side=["customer"] * 5 + ["staff"] * 3))
    assert gap.gap == pytest.approx(14 / 3 - 17 / 5)
    assert (gap.customer_n, gap.staff_n, gap.pairs) == (5, 3, 0)
    expected = reference.ttest_ind(staff, customer, equal_var=False).confidence_interval()
    assert (gap.ci_low, gap.ci_high) == pytest.approx(expected)


@pytest.mark.parametrize("key", ["customer_id", "manager"])
def test_one_mark_per_side_and_customer_gives_the_paired_interval(given_marks, key):
    customer, staff = [3, 4, 2, 5, 3], [4, 4, 4, 5, 5]
    frame = given_marks(
        customer + staff, side=["customer"] * 5 + ["staff"] * 5, **{key: list("abcde") * 2}
    )
    (gap,) = gaps(frame)
    assert gap.pairs == 5
    expected = reference.ttest_rel(staff, customer).confidence_interval()
    assert (gap.ci_low, gap.ci_high) == pytest.approx(expected)


def test_gaps_come_with_the_largest_overrating_first(given_marks):
    frame = given_marks(
        [3, 4, 5, 5, 4, 4, 4, 5],
        parameter=["price", "price", "speed", "speed"] * 2,
        side=["customer"] * 4 + ["staff"] * 4,
    )
    assert [g.parameter for g in gaps(frame)] == ["price", "speed"]


def test_a_parameter_only_one_side_marked_has_no_gap(given_marks):
    frame = given_marks([3, 4], parameter=["price", "speed"], side=["customer", "staff"])
    assert gaps(frame) == ()


def test_single_marks_on_both_sides_have_a_gap_without_interval(given_marks):
    (gap,) = gaps(given_marks([3, 5], side=["customer", "staff"]))
    assert (gap.gap, gap.ci_low, gap.ci_high) == (2, None, None)
