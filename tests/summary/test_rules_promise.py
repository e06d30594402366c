"""Rule 10: promise against deed, sums of people only."""

from math import comb
from types import SimpleNamespace

import pytest

from workbook.diagnostics.claims import Confidence
from workbook.diagnostics.summary.rules.promise_and_deed import promise_and_deed, promise_family
from workbook.stats.two_shares import fisher_p


def promise(**given):
    """Return the loyalty result of 40 promoters and 30 detractors."""
    window = SimpleNamespace(months=given.pop("months", 3), fits=given.pop("fits", True))
    known = {
        "promoters": 40, "promoters_named": None, "detractors": 30,
        "promoters_followed": None, "promoters_left": None,
        "detractors_followed": None, "detractors_left": None,
    }  # fmt: skip
    return {"promise": SimpleNamespace(window=window, **(known | given))}


LEFT = {
    "detractors_followed": 20, "detractors_left": 12,
    "promoters_followed": 30, "promoters_left": 3,
}  # fmt: skip
"""Of detractors 60 %, of promoters 10 %."""


def test_detractors_who_leave_more_are_told_by_a_test(inputs, facts, told):
    """Of the 50, 15 left: chances of k detractors among them no larger than that of 12, summed."""
    chances = [comb(20, k) * comb(30, 15 - k) / comb(50, 15) for k in range(16)]
    claim = told(promise_and_deed(facts(inputs(), loyalty=promise(**LEFT))))
    assert claim.id == "detractors_left"
    assert claim.figures["p_value"] == pytest.approx(
        sum(p for p in chances if p <= chances[12] * (1 + 1e-9))
    )
    assert (claim.figures["n"], claim.figures["all"]) == (12, 20)
    assert (claim.figures["others"], claim.figures["others_all"]) == (3, 30)
    assert claim.confidence is Confidence.TESTED
    assert claim.diagnostics == ("loyalty",)


@pytest.mark.parametrize(
    ("given", "gate"),
    [
        ({"detractors_left": 5}, "tested"),  # p = .27
        ({"detractors_left": 5, "promoters_left": 25}, "tested"),  # they leave less
        ({"detractors_left": 4, "promoters_left": 0, "detractors_followed": 4}, "history"),
        ({"promoters_followed": 4, "promoters_left": 0}, "history"),
        ({"fits": False}, "fit"),
    ],
)
def test_what_is_not_tested_few_or_does_not_fit_is_refused(inputs, facts, gates, given, gate):
    found = facts(inputs(), loyalty=promise(**(LEFT | given)))
    assert gates(promise_and_deed(found)) == {"detractors_left": gate}


def test_few_promoters_recommend_by_hand(inputs, facts, told):
    claim = told(promise_and_deed(facts(inputs(), loyalty=promise(promoters_named=6))))
    assert (claim.id, claim.figures) == ("promoters_named", {"n": 6, "all": 40, "more": 34})
    assert (claim.count, claim.population, claim.customers) == (6, 40, 34)


def test_fewer_than_the_threshold_are_not_told(inputs, facts, gates):
    found = facts(inputs(), loyalty=promise(promoters_named=4))
    assert gates(promise_and_deed(found)) == {"promoters_named": "history"}
    few = facts(inputs(), loyalty=promise(promoters=4, promoters_named=0))
    assert gates(promise_and_deed(few)) == {"promoters_named": "history"}


def test_names_of_answers_lift_the_threshold(inputs, facts, told):
    by_name = inputs(anonymity_threshold=1)
    assert told(promise_and_deed(facts(by_name, loyalty=promise(promoters_named=1)))).count == 1


def test_nothing_where_nothing_is_known_or_all_recommend(inputs, facts):
    for results in (
        {},
        {"loyalty": {"promise": None}},
        {"loyalty": promise()},
        {"loyalty": promise(promoters_named=40)},
        {"loyalty": promise(**(LEFT | {"detractors_left": None}))},
        {"loyalty": promise(**(LEFT | {"promoters_followed": 0}))},
    ):
        assert list(promise_and_deed(facts(inputs(), **results))) == []


def test_fisher_is_symmetric_and_1_for_equals():
    assert fisher_p(3, 30, 12, 20) == pytest.approx(fisher_p(12, 20, 3, 30))
    assert fisher_p(5, 10, 5, 10) == 1.0


def test_the_comparison_is_a_family_of_one(inputs, facts):
    passed = promise_family(facts(inputs(), loyalty=promise(**LEFT)))
    failed = promise_family(facts(inputs(), loyalty=promise(**(LEFT | {"detractors_left": 5}))))
    assert (passed.comparisons, passed.passed, passed.alpha) == (1, 1, 0.05)
    assert (failed.comparisons, failed.passed) == (1, 0)
    assert promise_family(facts(inputs(), loyalty=promise())) is None
    assert promise_family(facts(inputs())) is None
