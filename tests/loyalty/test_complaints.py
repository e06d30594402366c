"""The register of complaints and the iceberg."""

from datetime import date

import pytest

from workbook.diagnostics.loyalty.complaints import register
from workbook.diagnostics.loyalty.marks import marks
from workbook.diagnostics.loyalty.params import Params


@pytest.fixture
def complaints(table):
    return table(
        complaint_id=["1", "2", "3", "4"],
        customer_id=["a", "a", "b", "c"],
        date=["2025-01-01", "2025-02-01", "2025-12-31", "2024-12-31"],
        registered=[True, True, None, True],
        cause_found=[True, False, None, True],
        closed_date=["2025-01-11", "2025-02-21", None, "2025-01-01"],
    )


def test_the_register_of_the_last_twelve_months(complaints, inputs):
    found = register(inputs(complaints=complaints), None, Params())
    assert (found.start, found.end) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (found.n, found.registered, found.cause_found) == (3, 2, 1)
    assert (found.closed, found.median_days) == (2, 15)
    steps = [(s.step, s.n, s.share) for s in found.steps]
    assert steps == [
        ("registered", 2, pytest.approx(2 / 3)),
        ("cause_found", 1, pytest.approx(1 / 3)),
    ]


def test_the_iceberg_under_the_complaints(complaints, inputs, table):
    """Two complained: of 40 customers 20 would be unhappy, 18 of them silent."""
    known = table(customer_id=[f"c{n}" for n in range(37)])  # and three who ever complained
    found = register(inputs(complaints=complaints, customers=known), None, Params())
    assert (found.complaining_customers, found.customers) == (2, 40)
    assert (found.unhappy_estimate, found.silent_estimate) == (20, 18)
    assert (found.told_by_satisfied, found.told_by_dissatisfied) == (5, 10)
    assert (found.low_marks, found.silent_unhappy, found.assumption_refuted) == (None, None, False)
    quarter = Params(complaint_share=0.25)
    assert register(inputs(complaints=complaints), None, quarter).silent_estimate is None
    told = register(inputs(complaints=complaints), None, Params(population=100))
    assert (told.customers, told.silent_estimate) == (100, 18)


def test_more_unhappy_customers_than_customers_refute_the_assumption(table, inputs):
    """Three of ten complained: 30 of 10 would be unhappy."""
    three = table(complaint_id=["1", "2", "3"], customer_id=["a", "b", "c"], date="2025-06-01")
    ten = table(customer_id=list("abcdefghij"))
    found = register(inputs(complaints=three, customers=ten), None, Params())
    assert (found.unhappy_estimate, found.silent_estimate) == (None, None)
    assert (found.assumption_refuted, found.complaining_customers, found.customers) == (
        True, 3, 10,
    )  # fmt: skip


def test_the_unhappy_who_did_not_complain_are_counted(complaints, inputs, table):
    survey = table(
        respondent_id=["1", "2", "3", "4"],
        customer_id=["a", "x", "y", "z"],
        date=["2025-05-01", "2025-05-01", "2024-05-01", "2025-05-01"],
        score=[3, 6, 0, 7],
    )
    everybody = inputs(complaints=complaints, survey=survey, anonymity_threshold=1)
    assert register(everybody, None, Params()).silent_unhappy == 1  # x: a complained, z is content
    few = inputs(complaints=complaints, survey=survey, anonymity_threshold=2)
    assert register(few, None, Params()).silent_unhappy is None  # of those who complained only a


def test_low_marks_of_the_same_period_stand_beside_the_estimate(complaints, inputs, table):
    satisfaction = table(
        respondent_id=["p", "q", "r", "s", "t"],
        customer_id=["a", "a", "b", None, "c"],
        date=["2025-05-01", "2025-05-01", "2025-05-01", "2025-05-01", "2024-05-01"],
        product="x",
        parameter="price",
        mark=[3.0, 1.0, 4.0, 2.0, 1.0],
    )
    given = marks(satisfaction, "customer")
    everybody = inputs(complaints=complaints, anonymity_threshold=1)
    assert register(everybody, given, Params()).low_marks == 2
    few = inputs(complaints=complaints, anonymity_threshold=2)
    assert register(few, given, Params()).low_marks is None  # c alone answered before the year


def test_steps_given_as_dates_tell_the_days_they_took(table, inputs):
    dated = table(
        complaint_id=["1", "2", "3"],
        customer_id=["a", "b", "c"],
        date="2025-03-01",
        registered_date=["2025-03-01", "2025-03-03", None],
    ).rename(columns={"registered_date": "registered"})
    (step,) = register(inputs(complaints=dated), None, Params()).steps
    assert (step.n, step.share, step.median_days) == (2, pytest.approx(2 / 3), 1)


def test_a_year_without_complaints_is_a_result(complaints, inputs):
    found = register(inputs(complaints=complaints.iloc[3:]), None, Params())
    assert (found.n, found.steps, found.silent_estimate) == (0, (), None)
    assert (found.assumption_refuted, found.median_days) == (False, None)
    assert register(inputs(), None, Params()) is None


@pytest.mark.parametrize("share", [0, -0.1, 1.5])
def test_an_impossible_share_of_complainers_is_refused(share):
    with pytest.raises(ValueError, match="complaint_share\n  Input should be"):
        Params(complaint_share=share)
