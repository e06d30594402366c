"""Promise against deed, from small tables; as of 31 December 2025."""

import pytest

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.promise import deeds, promise

MONTHS = [f"2025-{month:02d}-10" for month in range(1, 13)]


@pytest.fixture
def told(table, inputs):
    """Compute from scores (customer, day, score) and the last month that each bought in."""

    def build(scores, lasts, recommended=(), names=(), **options):
        bought = [(name, day, None) for name, last in lasts.items() for day in MONTHS[:last]]
        bought += [(f"new{i}", "2025-12-01", cell) for i, cell in enumerate(recommended)]
        tables = {
            "sales": table(
                customer_id=[row[0] for row in bought],
                date=[row[1] for row in bought],
                amount=10.0,
                recommended_by=[row[2] for row in bought],
            ),
            "survey": table(
                respondent_id=[str(i) for i in range(len(scores))],
                customer_id=[row[0] for row in scores],
                date=[row[1] for row in scores],
                score=[row[2] for row in scores],
            ),
        }
        if names:
            tables["customers"] = table(
                customer_id=[c for c, _ in names], name=[name for _, name in names]
            )
        found = deeds(inputs(**tables), Params(**options))
        return promise(found, told={"latest", "named", "followed", "gone"})

    return build


def test_recommenders_are_matched_by_id_or_by_a_name_that_is_one_customers(told):
    scores = [("A", "2025-06-01", 10), ("B", "2025-06-01", 9), ("C", "2025-06-01", 9)]
    names = [("A", "Alpha Ltd"), ("B", "Beta Ltd"), ("C", "Twin"), ("D", "Twin")]
    found = told(scores, dict.fromkeys("ABC", 12), ["a", " beta ltd ", "Twin", "Ann"], names)
    assert (found.promoters, found.promoters_named) == (3, 2)  # which Twin is not known


def test_recommenders_of_whom_none_is_a_customer_are_no_zero(told):
    """A cell of yes says that somebody recommended, not that no promoter did."""
    found = told([("A", "2025-06-01", 10)], {"A": 12}, ["yes", "a friend"])
    assert found.promoters_named is None


def test_detractors_who_stopped_buying_since_they_answered(told):
    """Six detractors: two bought last in July, one had left before, one answered in December."""
    scores = [(c, "2025-06-15", 3) for c in "ABCDE"] + [("F", "2025-12-20", 2)]
    lasts = {"A": 7, "B": 7, "C": 12, "D": 12, "E": 1, "F": 12}
    found = told(scores, lasts)
    assert found.detractors == 6
    assert (found.detractors_followed, found.detractors_left) == (4, 2)
    assert (found.promoters_followed, found.promoters_left) == (0, 0)


def test_the_latest_score_of_a_customer_counts(told):
    scores = [("A", "2025-02-01", 10), ("A", "2025-06-01", 2), ("B", "2025-06-01", None)]
    found = told(scores, {"A": 12, "B": 12})
    assert (found.promoters, found.detractors) == (0, 1)


def test_who_left_is_not_told_where_customers_pause_longer_than_the_window(told):
    scores = [(c, "2025-06-15", 3) for c in "ABC"]
    found = told(scores, dict.fromkeys("ABC", 12), silence_months=1, window_tolerance=0.0)
    assert found.window.fits is False
    assert found.detractors_left is None


def test_a_survey_without_named_customers_tells_nothing(told, table, inputs):
    assert told([(None, "2025-06-15", 3)], {"A": 12}) is None
    survey = table(respondent_id=["1"], date="2025-06-15", score=[9])
    assert deeds(inputs(survey=survey), Params()) is None
    assert promise(None, told=()) is None
