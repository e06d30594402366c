"""Page 2 of the churn report: whom and what it decides on, with money and what a step may bring."""

from dataclasses import replace

import pytest

from workbook.diagnostics.churn_reasons.counting import mentions
from workbook.diagnostics.churn_reasons.limits import limitation
from workbook.diagnostics.churn_reasons.loss_claims import coming_back
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.prevention_result import Winback
from workbook.diagnostics.churn_reasons.reasons_result import Lost, Verified
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.churn_reasons.shared_reasons import shared
from workbook.diagnostics.claims import MoneyKind


def by_id(result):
    return {claim.id: claim for claim in result.findings}


def refused(result):
    return {(r.id, r.gate.value) for r in result.refused_findings}


def register(table, revenue, **columns):
    n = len(revenue)
    given = {
        "customer_id": [f"c{i}" for i in range(n)],
        "lost_date": "2025-05-01",
        "reasons": "Price too high",
        "annual_revenue": revenue,
    }
    return table(**given | columns)


KEY = [300.0, 250.0, *[20.0] * 7]
"""Two of nine losses took 550 of 690."""


def test_few_customers_that_took_most_of_the_revenue_are_named_and_come_first(found, table):
    customers = table(customer_id=["c0", "x"], name=["Key Foods Ltd", "Other"])
    reasons = ["Late delivery; Too little information", "Late delivery", *["Price too high"] * 7]
    result = found(lost_customers=register(table, KEY, reasons=reasons), customers=customers)
    claim = by_id(result)["key_losses_reason"]
    assert result.answer.id == "key_losses_reason"
    assert claim.figures["names"] == "Key Foods Ltd, c1"
    assert claim.figures["reasons"] == "Late delivery"  # the one that both name
    assert (claim.count, claim.population, claim.customer_ids) == (2, 9, ("c0", "c1"))
    assert (claim.money, claim.money_of, claim.money_kind) == (550.0, 690.0, MoneyKind.LOST)
    assert (claim.due_days, claim.evidence) == (14, "winback")
    assert claim.singled_out == ("Late delivery",)
    (family,) = [f for f in result.families if f.id == "key_reasons"]
    assert (family.comparisons, family.passed) == (1, 1)
    assert claim.effect_low is None  # returns are not recorded


def test_without_a_reason_in_common_they_are_named_alone(found, table):
    reasons = ["Late delivery", "Price too high", *["rudeness"] * 7]
    result = found(lost_customers=register(table, KEY, reasons=reasons))
    assert "key_losses" in by_id(result)


def test_a_reason_that_nearly_all_name_is_none_that_key_losses_share(found, table):
    result = found(lost_customers=register(table, KEY, reasons="Price too high"))
    assert by_id(result)["key_losses"].singled_out == ()
    (family,) = [f for f in result.families if f.id == "key_reasons"]
    assert family.passed == 0


@pytest.mark.parametrize(
    ("lists", "losses", "told", "p_value"),
    [
        # C(2, 2) / C(9, 2): nobody else names it
        ([["late"]] * 2 + [["price"]] * 7, [0, 1], ("late",), 1 / 36),
        # two reasons of the same two losses are one chance
        ([["late", "rude"]] * 2 + [["price"]] * 7, [0, 1], ("late", "rude"), 1 / 36),
        # two pairs of losses could have shared a reason as rare
        ([["late"]] * 2 + [["rude"]] * 2 + [["price"]] * 5, [0, 1], (), 2 / 36),
        # C(3, 2) / C(9, 2)
        ([["late"]] * 3 + [["price"]] * 6, [0, 1], (), 3 / 36),
        ([["late"], ["rude"], *[["price"]] * 7], [0, 1], (), None),
        # one loss of thirty, and a reason of its own
        ([["late"], *[["price"]] * 29], [0], ("late",), 1 / 30),
        ([["late"], ["rude"], *[["price"]] * 28], [0], (), 2 / 30),
        ([], [], (), None),
    ],
)
def test_a_shared_reason_is_told_where_chance_would_rarely_make_one(lists, losses, told, p_value):
    found = shared(mentions(lists), losses, among={"late", "rude", "price"}, alpha=0.05)
    assert found.reasons == told
    assert found.p_value == (p_value and pytest.approx(p_value))


def test_a_reason_that_may_not_be_named_is_not(found):
    given = mentions([["late"]] * 2 + [["price"]] * 7)
    assert shared(given, [0, 1], among={"price"}, alpha=0.05).reasons == ()


def test_a_reason_that_nobody_could_prevent_is_none_to_fix(found, table):
    reasons = [*["Zánik firmy"] * 2, *["Price too high"] * 7]
    result = found(lost_customers=register(table, KEY, reasons=reasons))
    assert "key_losses" in by_id(result)


def test_who_has_come_back_is_no_key_loss(found, table):
    back = ["2025-08-01", *[None] * 8]
    result = found(lost_customers=register(table, KEY, returned_date=back))
    assert not {"key_losses", "key_losses_reason"} & set(by_id(result))


@pytest.mark.parametrize(
    ("revenue", "told"),
    [
        ([10.0] * 12, set()),  # seven of twelve make more than half: nobody stands out
        ([100.0], {("key_losses", "definition")}),  # one customer is all of them
        ([100.0, 10.0, 10.0], {("key_losses", "definition")}),  # one of three is no few
        ([None] * 9, set()),  # no revenue
        ([0.0] * 9, set()),
    ],
)
def test_key_losses_are_few_of_many(found, table, revenue, told):
    result = found(lost_customers=register(table, revenue))
    assert not {"key_losses", "key_losses_reason"} & set(by_id(result))
    assert {one for one in refused(result) if one[0].startswith("key")} == told


@pytest.mark.parametrize(
    ("facts", "effect"),
    [
        ({"chance": 0.2, "chance_low": 0.1, "chance_high": 0.3}, (10.0, 30.0)),
        ({"chance": None, "chance_low": None, "chance_high": None}, (5.0, 50.0)),
    ],
)
def test_what_may_come_back_is_told_by_the_chance_else_by_the_share(facts, effect):
    back = Winback(**dict.fromkeys(Winback.__slots__) | {"ci_low": 0.05, "ci_high": 0.5} | facts)
    result = Result(lost=_lost(), small=False, winback=back)
    assert tuple(coming_back(result, 100.0)) == pytest.approx(effect)
    assert coming_back(result, None) is None
    assert coming_back(replace(result, winback=None), 100.0) is None


def test_a_reason_brings_back_its_part_of_those_still_away(found, table):
    """Of 12 losses for price (100 each, one with a second reason) 3 have come back."""
    reasons = ["Price too high"] * 11 + ["Price too high; rudeness"] + ["rudeness"] * 2
    back = ["2025-08-01"] * 3 + [None] * 11
    revenue = [100.0] * 12 + [1.0, 1.0]
    lost = register(table, revenue, reasons=reasons, returned_date=back)
    result = found(lost_customers=lost)
    claim, rate = by_id(result)["money"], result.winback
    assert claim.money == 1150.0
    assert claim.effect_low == pytest.approx(850.0 * rate.chance_low)  # 8 x 100 + 50 are away
    assert claim.effect_high == pytest.approx(850.0 * rate.chance_high)


def test_winning_back_is_a_potential_of_the_candidates_revenue(found, table):
    back = ["2025-08-01"] * 3 + [None] * 9
    result = found(lost_customers=register(table, [100.0] * 12, returned_date=back))
    claim, rate = by_id(result)["winback"], result.winback
    assert (claim.count, claim.population) == (9, 9)
    assert claim.money == pytest.approx(900.0 * rate.chance)
    assert (claim.money_of, claim.money_kind) == (900.0, MoneyKind.POTENTIAL)
    assert (claim.effect_low, claim.effect_high) == pytest.approx(
        (900.0 * rate.chance_low, 900.0 * rate.chance_high)
    )


def test_two_dearest_reasons_carry_the_revenue_of_both(found, table):
    reasons = ["Price too high"] * 10 + ["Late delivery"] * 10
    result = found(lost_customers=register(table, [100.0] * 20, reasons=reasons))
    claim = by_id(result)["money_tied"]
    assert (claim.money, claim.money_of, claim.customers) == (2000.0, 2000.0, 20)


@pytest.fixture
def verified(found, table):
    """Twelve verified losses: price was stated in ten of them, and confirmed where nothing is."""

    def of(*actual):
        reasons = [*actual, *["Price too high"] * (10 - len(actual)), "rudeness", "rudeness"]
        stated = ["Price too high"] * 10 + ["rudeness"] * 2
        lost = register(table, [1.0] * 12, reasons=reasons, stated_reasons=stated, verified=True)
        return found(lost_customers=lost)

    return of


def test_what_was_found_behind_the_reason_stated_most_is_told(verified):
    claim = by_id(verified(*["Late delivery"] * 6))["behind"]
    assert (claim.figures["stated"], claim.figures["found"]) == ("Price too high", "Late delivery")
    assert (claim.count, claim.population, claim.customers) == (6, 10, 6)


def test_reasons_found_as_often_in_the_same_losses_are_told_together(verified):
    claim = by_id(verified(*["Late delivery; rudeness"] * 6))["behind"]
    assert claim.figures["found"] == "Late delivery + Rudeness"


@pytest.mark.parametrize(
    ("actual", "gate"),
    [
        (["Late delivery"] * 2, "history"),
        (["Late delivery"] * 4, "tested"),  # 4 to 0: one in 16
        (["Late delivery"] * 5 + ["rudeness"] * 3, "tested"),
    ],
)
def test_what_chance_may_have_put_first_is_not(verified, actual, gate):
    assert ("behind", gate) in refused(verified(*actual))


@pytest.fixture
def sold(table):
    """Sales of four customers of whom c0 was lost; x, y and z buy on."""
    rows = [(c, f"2025-{m:02d}-10", 10.0) for c in "xyz" for m in range(1, 13)]
    ids, days, amounts = zip(*rows, strict=True)
    return table(customer_id=list(ids), date=list(days), amount=list(amounts))


def test_who_waits_for_an_answer_is_named_where_no_back_test_can_be_made(found, table, sold):
    complaints = table(
        complaint_id=["1", "2", "3"], customer_id=["x", "y", "c0"], date="2025-11-01",
        closed_date=[None, "2025-11-03", "2025-11-05"],
    )  # fmt: skip
    customers = table(customer_id=["c0", "x", "y", "z"], registered_date="2020-01-01")
    result = found(
        lost_customers=register(table, [100.0]), sales=sold, complaints=complaints,
        customers=customers,
    )  # fmt: skip
    claim = by_id(result)["waiting"]
    assert (claim.customers, claim.customer_ids) == (1, ("x",))
    assert (claim.money, claim.money_kind) == (120.0, MoneyKind.AT_RISK)
    assert claim.effect_low == pytest.approx(120.0 * result.lost.ci_low)
    assert claim.effect_high == pytest.approx(120.0 * result.lost.ci_high)


def test_all_customers_lost_is_an_answer(found, table):
    lost = register(table, [100.0] * 12, reasons=["Price too high"] * 6 + ["rudeness"] * 6)
    customers = table(customer_id=[f"c{i}" for i in range(12)], registered_date="2020-01-01")
    result = found(lost_customers=lost, customers=customers)
    assert result.lost.rate == 1.0
    assert result.answer.money is None or result.answer.money <= 1200.0
    assert all(c.money is None or c.money <= 1200.0 for c in result.findings)


def test_without_revenue_the_findings_carry_none(found, table):
    result = found(lost_customers=register(table, [None] * 12))
    assert {claim.money for claim in result.findings} == {None}
    assert result.answer.id == "frequent"


def test_nobody_lost_limits_nothing(found, table):
    assert found(sales=table(customer_id=["a"], date="2025-01-01", amount=1.0)).limitation is None


def _lost(**facts):
    given = {"n": 40, "at_risk": 200, "since_known": True}
    return Lost(**dict.fromkeys(Lost.__slots__) | given | facts)


CHECKED = Verified(
    **dict.fromkeys(Verified.__slots__)
    | {"n": 20, "base": 40, "share": 0.5, "differs": 6, "compared": 18}
)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"small": True}, "few_losses"),
        ({"lost": _lost(since_known=False)}, "register_guessed"),
        ({"lost": _lost(since_known=False, at_risk=None)}, "unverified_differ"),
        ({}, "unverified_differ"),
        ({"verified": replace(CHECKED, differs=0)}, "unverified"),
        ({"verified": replace(CHECKED, differs=None)}, "unverified"),
        ({"verified": None}, "never_verified"),
        ({"verified": replace(CHECKED, n=32, share=0.8)}, None),
        (
            {"verified": replace(CHECKED, n=32, share=0.8), "lost": _lost(at_risk=None)},
            "no_portfolio",
        ),
    ],
)
def test_the_first_that_could_change_the_decision_is_told(facts, told):
    result = Result(**{"lost": _lost(), "small": False, "verified": CHECKED} | facts)
    found = limitation(result)
    assert (found and found.id) == told


def test_the_limitation_counts_what_is_open():
    found = limitation(Result(lost=_lost(), small=False, verified=CHECKED))
    assert found.figures == {"open": 20, "n": 40, "differs": 6, "compared": 18}


def test_a_person_is_in_no_heading(found, table):
    """Forty of a manager's fifty customers left, five of another's two hundred."""
    n = 250
    ids = [f"p{i}" for i in range(n)]
    lost = [*ids[:40], *ids[50:55]]
    customers = table(
        customer_id=ids, manager=["Ann"] * 50 + ["Bob"] * 200, registered_date="2020-01-01"
    )
    gone = table(
        customer_id=lost, reasons="rudeness", annual_revenue=10.0,
        lost_date=[f"2025-{1 + i % 11:02d}-15" for i in range(45)],
    )  # fmt: skip
    result = found(Params(register_since="2025-01-01"), lost_customers=gone, customers=customers)
    claim = by_id(result)["group"]
    assert claim.figures["group"] == "Ann"
    assert (claim.customers, len(claim.customer_ids)) == (40, 40)
    assert 0 < claim.effect_low < claim.effect_high < claim.money == 400.0
    assert result.answer.id not in ("group", "group_reason")
