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


def test_the_iceberg_under_the_complaints(complaints, inputs):
    found = register(inputs(complaints=complaints), None, Params())
    assert (found.complaining_customers, found.silent_estimate) == (2, 20)
    assert (found.told_by_satisfied, found.told_by_dissatisfied) == (5, 10)
    assert found.low_marks is None
    quarter = register(inputs(complaints=complaints), None, Params(complaint_share=0.25))
    assert quarter.silent_estimate == 8


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
    assert register(inputs(complaints=complaints), given, Params()).low_marks == 2


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
    assert (found.n, found.steps, found.silent_estimate, found.median_days) == (0, (), 0, None)
    assert register(inputs(), None, Params()) is None


@pytest.mark.parametrize("share", [0, -0.1, 1.5])
def test_an_impossible_share_of_complainers_is_refused(share):
    with pytest.raises(ValueError, match="complaint_share must be"):
        Params(complaint_share=share)
