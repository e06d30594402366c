"""Rule 6: the mark for handling complaints against their register and who stays."""

from types import SimpleNamespace as Record

import pytest

from tests.summary.planted_facts import facts, marked
from workbook.diagnostics.claims import Confidence, MoneyKind
from workbook.diagnostics.gates import Gate
from workbook.diagnostics.summary.rules.complaint_handling import complaint_handling


def loyalty(*, n=40, cause_found=20, process_mended=10, outcome="cannot_tell", shares=(0.9, 0.5)):
    rows = tuple(
        Record(handled=handled, share=share)
        for handled, share in zip((True, False), shares, strict=True)
    )
    register = Record(
        n=n, cause_found=cause_found, process_mended=process_mended, complaining_customers=n - 2
    )
    return Record(
        complaints=register, complaint_retention=rows, complaint_retention_outcome=outcome
    )


def told(given, found, answers):
    return list(complaint_handling(facts(given, loyalty=found, controllability=answers)))


CLAIMED = marked(i3_1=0.8, i1_13=0.9)


def test_a_high_mark_is_contradicted_by_its_register(inputs):
    (claim,) = told(inputs(), loyalty(), CLAIMED)
    assert claim.id == "complaint_handling"
    assert claim.figures == {
        "item": "3_1 wording", "score": 0.8, "n": 40, "cause_found": 20, "process_mended": 10,
    }  # fmt: skip
    assert (claim.money, claim.customers) == (None, 38)
    assert claim.diagnostics == ("loyalty", "controllability")


@pytest.mark.parametrize(
    ("cause_found", "process_mended", "contradicted"),
    [(32, 10, True), (33, 10, False), (33, 8, True), (33, 9, False), (None, 8, True),
     (None, None, False), (40, None, False)],
)  # fmt: skip
def test_a_fifth_without_cause_or_most_without_a_mended_process_contradicts(
    inputs, cause_found, process_mended, contradicted
):
    found = loyalty(cause_found=cause_found, process_mended=process_mended)
    assert bool(told(inputs(), found, CLAIMED)) is contradicted


@pytest.mark.parametrize(
    "answers",
    [marked(i3_1=0.5), marked(i1_13=0.9), marked("strategy_factors", i3_1=0.9),
     Record(thresholds=None, questionnaires=())],
)  # fmt: skip
def test_what_is_not_claimed_cannot_be_contradicted(inputs, answers):
    assert told(inputs(), loyalty(), answers) == []


def test_few_complaints_fail_their_gate(inputs):
    few = loyalty(n=4, cause_found=0, process_mended=0)
    assert [one.gate for one in told(inputs(), few, CLAIMED)] == [Gate.HISTORY]
    assert told(inputs(), loyalty(n=0, cause_found=0, process_mended=0), CLAIMED) == []


@pytest.fixture
def complaining(table, inputs):
    """Three customers with open complaints; c is lost."""
    return inputs(
        sales=table(
            customer_id=["a", "b", "c", "d", "a"],
            date=["2025-12-01", "2025-12-01", "2025-02-01", "2025-12-01", "2023-01-01"],
            amount=[10.0, 20.0, 40.0, 80.0, 1.0],
        ),
        complaints=table(
            customer_id=["a", "b", "c", "d"],
            date="2025-11-01",
            closed_date=[None, None, None, "2025-11-05"],
        ),
    )


def test_where_handling_keeps_customers_those_who_wait_are_at_risk(complaining):
    (claim,) = told(complaining, loyalty(outcome="differ"), CLAIMED)
    assert claim.id == "complaint_handling_leaving"
    assert (claim.customer_ids, claim.money, claim.money_of) == (("a", "b"), 30.0, 150.0)
    assert claim.money_kind is MoneyKind.AT_RISK
    assert claim.confidence is Confidence.TESTED
    assert (claim.figures["handled"], claim.figures["not_handled"]) == (0.9, 0.5)


@pytest.mark.parametrize(
    "found", [loyalty(), loyalty(outcome="differ", shares=(0.5, 0.9)), loyalty(outcome=None)]
)
def test_where_no_test_says_so_no_revenue_is_at_risk(complaining, found):
    (claim,) = told(complaining, found, CLAIMED)
    assert (claim.id, claim.money) == ("complaint_handling", None)


def test_both_reports_and_a_register_are_needed(inputs):
    assert list(complaint_handling(facts(inputs(), loyalty=loyalty()))) == []
    assert list(complaint_handling(facts(inputs(), controllability=CLAIMED))) == []
    without = Record(complaints=None)
    assert told(inputs(), without, CLAIMED) == []
