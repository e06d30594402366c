"""Rule 5: growth by repeat sales alone and more losses than expected, both tested."""

from types import SimpleNamespace as Record

import pytest

from tests.summary.planted_facts import churn, facts, segmentation
from workbook.diagnostics.claims import Claim, Confidence, MoneyKind
from workbook.diagnostics.summary.rules.growth_and_losses import growth_and_losses

GROWN = Claim(
    id="only_repeat",
    figures={"manager": "Novak", "growth": 500.0, "share": 0.97, "customers": 30},
    confidence=Confidence.TESTED,
    singled_out=("Novak",),
)


def losses(**fields):
    given = {
        "dimension": "manager", "group": "Novak", "stands_out": True, "lost": 12, "at_risk": 40,
        "expected": 5.5, "revenue": 240.0, "ci_low": 1.25, "ci_high": 4.0,
    }  # fmt: skip
    return Record(**(given | fields))


def told(inputs, grown, left):
    matrix = segmentation(findings=(grown,)) if grown else segmentation()
    return list(
        growth_and_losses(
            facts(inputs(), segmentation_matrix=matrix, churn_reasons=churn(by=(left,)))
        )
    )


def test_the_manager_of_whom_both_tests_say_so_is_named_with_the_portfolio(inputs):
    (claim,) = told(inputs, GROWN, losses())
    assert claim.figures == {
        "manager": "Novak", "growth": 500.0, "share": 0.97, "lost": 12, "portfolio": 40,
        "expected": 5.5, "money": 240.0,
    }  # fmt: skip
    assert (claim.count, claim.population, claim.singled_out) == (12, 40, ("Novak",))
    assert (claim.money, claim.money_kind) == (240.0, MoneyKind.LOST)
    assert claim.confidence is Confidence.TESTED
    # beyond what is expected: 1 - 1/1.25 = 0.2 to 1 - 1/4 = 0.75 of 240 in two years
    assert claim.effect_low == pytest.approx(48 * 365.25 / 731)
    assert claim.effect_high == pytest.approx(180 * 365.25 / 731)


def test_the_headline_of_the_segmentation_counts_as_well(inputs):
    found = facts(
        inputs(),
        segmentation_matrix=segmentation(answer=GROWN),
        churn_reasons=churn(by=(losses(),)),
    )
    assert [one.figures["manager"] for one in growth_and_losses(found)] == ["Novak"]


UNTESTED = Claim(id="only_repeat", figures=GROWN.figures, singled_out=("Novak",))


@pytest.mark.parametrize(
    ("grown", "left"),
    [
        (None, losses()),
        (UNTESTED, losses()),
        (GROWN, losses(stands_out=False)),
        (GROWN, losses(group="Kral")),
        (GROWN, losses(dimension="region")),
    ],
)
def test_one_test_alone_tells_nothing_of_a_person(inputs, grown, left):
    assert told(inputs, grown, left) == []


def test_an_interval_that_reaches_the_expected_begins_at_no_effect(inputs):
    (claim,) = told(inputs, GROWN, losses(ci_low=0.9))
    assert claim.effect_low == 0.0


def test_without_revenue_losses_are_counted(inputs):
    (claim,) = told(inputs, GROWN, losses(revenue=None))
    assert (claim.id, claim.money, claim.effect_low) == ("growth_and_losses_plain", None, None)


def test_both_reports_are_needed(inputs):
    matrix = segmentation(findings=(GROWN,))
    assert list(growth_and_losses(facts(inputs(), segmentation_matrix=matrix))) == []
    assert list(growth_and_losses(facts(inputs(), churn_reasons=churn(by=(losses(),))))) == []
