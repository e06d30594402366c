"""Rules 2 and 3: reasons of loss against unmanaged items and against what drives loyalty."""

from types import SimpleNamespace as Record

import pytest

from tests.summary.planted_facts import churn, facts, marked, reason
from workbook.diagnostics.claims import Confidence, MoneyKind
from workbook.diagnostics.gates import Gate
from workbook.diagnostics.summary.rules.drivers_of_loss import drivers_of_loss
from workbook.diagnostics.summary.rules.unmanaged_reasons import unmanaged_reasons

LATE = reason("late_delivery", label="Late delivery", owner="business_processes", n=12,
              revenue=300.0, sole=200.0)  # fmt: skip
ERRORS = reason("order_errors", label="Errors", owner="business_processes", n=3, revenue=50.0,
                sole=40.0)  # fmt: skip
PRICE = reason("price_high", label="Price too high", owner="sales", n=20, revenue=320.0,
               sole=300.0)  # fmt: skip
CLOSED = reason("customer_closed", label="Closed", owner="external", n=9, revenue=100.0,
                sole=100.0, preventable=False)  # fmt: skip
REGISTER = churn(
    reasons=(PRICE, LATE, CLOSED, ERRORS),
    owners=(
        Record(reason="business_processes", revenue_sole=240.0),
        Record(reason="sales", revenue_sole=300.0),
    ),
)
ANSWERS = marked(i1_5=0.9, i1_6=0.2, i1_12=0.3, i1_8=0.6)
NO_SALES = {"revenue": None}


def unmanaged(inputs, register=REGISTER, answers=ANSWERS):
    return list(unmanaged_reasons(facts(inputs, churn_reasons=register, controllability=answers)))


def test_the_system_of_the_reasons_has_items_that_nobody_manages(inputs):
    (claim,) = unmanaged(inputs())
    assert claim.figures == {
        "owner": "business_processes", "reason": "Late delivery", "k": 12, "n": 40,
        "money": 350.0, "total": 1000.0, "item": "1_6 wording", "score": 0.2, "low": 2,
        "items": 3,
    }  # fmt: skip
    assert (claim.money, claim.money_of, claim.money_kind) == (350.0, 1000.0, MoneyKind.LOST)
    assert (claim.count, claim.population) == (12, 40)
    # two years of register (731 days of 365.25): sole 240, part of all losses 350
    assert claim.effect_low == pytest.approx(240 * 365.25 / 731)
    assert claim.effect_high == pytest.approx(350 * 365.25 / 731)
    assert claim.diagnostics == ("churn_reasons", "controllability")


def test_the_costliest_of_several_systems_is_told(inputs):
    """Sales cost 320, processes 350; without errors in orders it is the other way round."""
    both = marked(i1_6=0.2, i1_8=0.1)
    assert unmanaged(inputs(), answers=both)[0].figures["owner"] == "business_processes"
    fewer = churn(reasons=(PRICE, LATE), owners=REGISTER.owners)
    assert unmanaged(inputs(), fewer, both)[0].figures["owner"] == "sales"


def test_a_managed_system_and_reasons_that_nobody_can_prevent_are_not_told(inputs):
    assert unmanaged(inputs(), answers=marked(i1_5=0.9, i1_6=0.5)) == []
    assert unmanaged(inputs(), churn(reasons=(CLOSED,))) == []
    other = marked("strategy_factors", i1_6=0.1)  # its items are nobody's of these systems
    assert unmanaged(inputs(), answers=other) == []


def test_few_losses_fail_their_gate(inputs):
    few = churn(reasons=(reason("late_delivery", owner="business_processes", n=4, revenue=300.0,
                                sole=1.0),))  # fmt: skip
    assert [one.gate for one in unmanaged(inputs(), few)] == [Gate.HISTORY]
    small = churn(reasons=(LATE,), small=True)
    assert [one.gate for one in unmanaged(inputs(), small)] == [Gate.HISTORY]


def test_without_revenue_losses_are_counted(inputs):
    late = reason("late_delivery", owner="business_processes", n=12, revenue=None, sole=None)
    (claim,) = unmanaged(inputs(), churn(reasons=(late,), lost=NO_SALES))
    assert (claim.id, claim.money, claim.effect_low) == ("unmanaged_reasons_plain", None, None)


def test_of_a_system_that_also_owns_what_cannot_be_prevented_no_effect_is_told(inputs):
    mixed = reason("x", owner="business_processes", n=1, revenue=1.0, sole=1.0, preventable=False)
    register = churn(reasons=(LATE, mixed), owners=REGISTER.owners)
    (claim,) = unmanaged(inputs(), register)
    assert (claim.money, claim.effect_low) == (300.0, None)


def test_both_reports_are_needed(inputs):
    assert list(unmanaged_reasons(facts(inputs(), churn_reasons=REGISTER))) == []
    assert list(unmanaged_reasons(facts(inputs(), controllability=ANSWERS))) == []
    blank = Record(thresholds=None, questionnaires=())
    assert unmanaged(inputs(), answers=blank) == []


def loyalty(*drivers, beyond=True):
    rows = tuple(
        Record(parameter=name, mean=3.2, ci_low=low, chance=chance) for name, low, chance in drivers
    )
    return Record(drivers=rows, driver_test=Record(beyond_chance=beyond))


DELIVERY = ("Delivery times", 0.30, 0.02)


def driven(inputs, found, register=REGISTER):
    return list(drivers_of_loss(facts(inputs, loyalty=found, churn_reasons=register)))


def test_a_driver_that_is_a_reason_too_is_told(inputs):
    (claim,) = driven(inputs(), loyalty(DELIVERY, ("Price", 0.01, 0.02)))
    assert claim.figures == {
        "parameter": "Delivery times", "mean": 3.2, "reason": "Late delivery", "k": 12, "n": 40,
        "money": 300.0,
    }  # fmt: skip
    assert (claim.money, claim.money_kind) == (300.0, MoneyKind.LOST)
    assert (claim.confidence, claim.singled_out) == (Confidence.TESTED, ("Delivery times",))
    assert claim.effect_low == pytest.approx(200 * 365.25 / 731)
    assert claim.effect_high == pytest.approx(300 * 365.25 / 731)


def test_the_next_driver_counts_where_nobody_leaves_over_the_first(inputs):
    (claim,) = driven(inputs(), loyalty(("Courtesy", 0.4, 0.02), ("Price", 0.1, 0.02)))
    assert claim.figures["reason"] == "Price too high"


@pytest.mark.parametrize(
    "found",
    [
        loyalty(DELIVERY, beyond=False),  # all marks together are no more than chance
        loyalty(("Delivery times", 0.01, 0.02)),  # its own share may be chance
        loyalty(("Delivery times", None, 0.02)),
        loyalty(("Parking", 0.3, 0.02)),  # no reason of this theme
        loyalty(("Courtesy", 0.3, 0.02)),  # a theme that no loss names
        Record(drivers=(), driver_test=None),
    ],
)
def test_chance_and_other_themes_tell_nothing(inputs, found):
    assert driven(inputs(), found) == []


def test_few_losses_of_the_theme_fail_their_gate(inputs):
    few = churn(reasons=(reason("late_delivery", n=4, revenue=300.0, sole=1.0),))
    assert [one.gate for one in driven(inputs(), loyalty(DELIVERY), few)] == [Gate.HISTORY]
    small = churn(reasons=(LATE,), small=True)
    assert [one.gate for one in driven(inputs(), loyalty(DELIVERY), small)] == [Gate.HISTORY]


def test_without_revenue_a_driver_of_loss_is_told_by_number(inputs):
    late = reason("late_delivery", n=12, revenue=None, sole=None)
    (claim,) = driven(inputs(), loyalty(DELIVERY), churn(reasons=(late,), lost=NO_SALES))
    assert (claim.id, claim.money, claim.effect_low) == ("driver_of_loss_plain", None, None)


def test_what_is_not_the_whole_register_has_no_effect_a_year(inputs):
    unknown = churn(reasons=(LATE,), lost={"since_known": False})
    (claim,) = driven(inputs(), loyalty(DELIVERY), unknown)
    assert (claim.money, claim.effect_low) == (300.0, None)


def test_loyalty_and_churn_are_needed(inputs):
    assert list(drivers_of_loss(facts(inputs(), loyalty=loyalty(DELIVERY)))) == []
    assert list(drivers_of_loss(facts(inputs(), churn_reasons=REGISTER))) == []
