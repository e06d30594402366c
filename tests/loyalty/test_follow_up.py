"""Whom to call: by name where answers may be told so, nobody elsewhere."""

from datetime import date

import numpy as np
import pytest

from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.follow_up import (
    complaint_list,
    contributions,
    silent_customers,
)
from workbook.diagnostics.loyalty.marks import marks
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.weighting import units_of, weighted


def cells(table, *names):
    """Return the rows of some columns."""
    return list(zip(*map(table.values, names), strict=True))


@pytest.fixture
def listed(inputs):
    def read(frame, params=None, *, threshold=1, **tables):
        everything = inputs(satisfaction=frame, anonymity_threshold=threshold, **tables)
        return complaint_list(marks(frame, "customer"), everything, params or Params())

    return read


def test_low_marks_are_listed_with_owner_and_deadline(given_marks, listed, table):
    frame = given_marks([4, 3, 2, 1], customer_id=["a", "b", "c", "d"])
    customers = table(customer_id=["b", "c"], manager=["Bob", None], name=["Beta", "Gamma"])
    found = listed(frame, customers=customers)
    assert cells(found, "customer_id", "name", "mark", "owner") == [
        ("d", "", 1, ""),
        ("c", "Gamma", 2, ""),
        ("b", "Beta", 3, "Bob"),
    ]
    assert cells(found, "date", "deadline")[0] == (date(2025, 6, 1), date(2025, 6, 15))
    longer = listed(frame, Params(complaint_days=30))
    assert longer.values("deadline")[0] == date(2025, 7, 1)


@pytest.mark.parametrize("threshold", [2, 5])
def test_nobody_is_listed_where_answers_are_anonymous(given_marks, listed, inputs, threshold):
    frame = given_marks([1, 2, 3, 1, 2, 3], customer_id=[*"abcdef"])
    assert len(listed(frame, threshold=threshold)) == 0
    given = inputs(satisfaction=frame, anonymity_threshold=threshold)
    assert len(silent_customers(given, marks(frame, "customer"), Params())) == 0


def test_equal_marks_are_ordered_by_revenue(given_marks, listed, table):
    frame = given_marks([2, 2, 2], customer_id=["a", "b", "c"], manager="Eve")
    sales = table(customer_id=["b", "c"], date="2025-04-01", amount=[10.0, 99.0])
    found = listed(frame, sales=sales)
    assert found.values("customer_id") == ["c", "b", "a"]
    assert set(found.values("owner")) == {"Eve"}


def test_a_mark_without_a_date_is_due_from_the_as_of_date(given_marks, listed):
    found = listed(given_marks([1], date=[None]))
    assert found.values("date") == [date(2025, 12, 31)]


def test_only_the_latest_mark_of_a_customer_is_listed(given_marks, listed):
    frame = given_marks(
        [1, 5, 2], customer_id=["a", "a", "b"], date=["2025-01-01", "2025-06-01", "2025-06-01"]
    )
    assert cells(listed(frame), "customer_id", "mark") == [("b", 2)]


def test_the_silent_and_unhappy_are_named(given_marks, inputs, table):
    frame = given_marks([2, 1, 5], customer_id=["x", "a", "z"])
    survey = table(
        respondent_id=["1", "2", "3"],
        customer_id=["a", "x", "y"],
        date="2025-05-01",
        score=[3, 9, 6],
    )
    complaints = table(complaint_id=["1"], customer_id=["a"], date="2025-07-01")
    customers = table(customer_id=["x"], name=["Xi"], manager=["Bob"])
    tables = {"survey": survey, "complaints": complaints, "customers": customers}
    given = inputs(satisfaction=frame, anonymity_threshold=1, **tables)
    found = silent_customers(given, marks(frame, "customer"), Params())
    assert cells(found, "customer_id", "name", "lowest_mark", "detractor", "owner") == [
        ("x", "Xi", 2.0, False, "Bob"),
        ("y", "", None, True, ""),
    ]


def test_contributions_sum_up_to_the_index_by_revenue(survey, inputs):
    """500 of 1000 of a detractor, 300 and 100 and 60 of promoters, 40 of a passive: -4."""
    given = answers(survey([6, 9, 9, 10, 8]), Params())
    revenue = np.array([500.0, 300, 100, 60, 40])
    units = units_of(given, revenue)["revenue"]
    found = contributions(units, inputs(anonymity_threshold=1))
    assert found.values("share") == pytest.approx([0.5, 0.3, 0.1, 0.06, 0.04])
    assert found.values("value") == [-100, 100, 100, 100, 0]
    assert found["points"].sum() == pytest.approx(-4.0)
    assert len(contributions(units, inputs(anonymity_threshold=2))) == 0
    assert len(contributions(None, inputs(anonymity_threshold=1))) == 0


def test_an_index_that_one_account_decides_is_told_by_name_only(survey):
    given = answers(survey([3] + [10, 8] * 10), Params())
    revenue = np.array([700.0, *[15.0] * 20])
    ways = ("customer", "account", "revenue")
    hidden = {w.by: w for w in weighted(given, revenue, Params(), told=ways)}
    told = {w.by: w for w in weighted(given, revenue, Params(), told=ways, by_name=True)}
    assert hidden["revenue"].value is None
    assert told["revenue"].value == pytest.approx(-55.0)
