"""What the records that contradict a mark weigh in money, by hand."""

from datetime import date

import pytest

from workbook.diagnostics.claims import Confidence, MoneyKind
from workbook.diagnostics.controllability.check_rule import Records
from workbook.diagnostics.controllability.contradictions import RULES
from workbook.diagnostics.controllability.stakes import STAKES

AS_OF = date(2025, 12, 31)
DEALS = {
    "customer_id": list("ABCDE"), "product": "P", "deal_id": list("12345"), "stage": "offer",
    "status": ["won", "lost", "lost", "open", "open"], "date": "2025-06-01",
    "due_date": [None, None, None, "2025-12-30", None],
    "amount": [10.0, 10.0, 10.0, 300.0, 60.0],
}  # fmt: skip
SALES = {
    "customer_id": ["A", "B", "B", "C"],
    "date": ["2025-06-01", "2025-07-01", "2024-07-01", "2025-08-01"],
    "amount": [100.0, 40.0, 999.0, 60.0],
    "kind": "sale",
}
COMPLAINTS = {
    "complaint_id": ["1", "2", "3"], "customer_id": ["A", "B", "A"], "date": "2025-09-01",
    "cause_found": [False, True, None], "process_mended": [None, False, None],
}  # fmt: skip
GONE = {
    "customer_id": ["X", "Y", "Z"], "lost_date": "2025-06-01", "reasons": ["price", None, None],
    "destination": ["competitor", "closed", "competitor"], "competitor": ["Acme", None, None],
    "annual_revenue": [7.0, 20.0, None],
}  # fmt: skip


@pytest.fixture
def weigh(table):
    def run(check, **tables):
        frames = {name: table(**columns) for name, columns in tables.items()}
        return STAKES[check](Records(tables=frames, as_of=AS_OF))

    return run


def test_overdue_deals_weigh_what_is_won_of_them(weigh):
    """One of three was won: 100 of 300; Wilson of 1 in 3 is 0.0615 to 0.7923."""
    stake = weigh("overdue_deals", offers=DEALS)
    assert (stake.kind, stake.amount, stake.money) == (MoneyKind.POTENTIAL, 300.0, 100.0)
    assert (stake.effect_low, stake.effect_high) == pytest.approx((18.4, 237.7), abs=0.1)
    assert stake.customer_ids == ("D",)


def test_deals_without_a_next_step_are_others(weigh):
    stake = weigh("open_deals_without_next_step", offers=DEALS)
    assert (stake.amount, stake.money, stake.customer_ids) == (60.0, 20.0, ("E",))


def test_without_a_closed_deal_the_amount_stands_and_nothing_is_promised(weigh):
    stake = weigh("overdue_deals", offers=DEALS | {"status": "open"})
    assert (stake.amount, stake.money, stake.effect_low) == (300.0, 300.0, None)
    assert weigh("overdue_deals", offers=DEALS | {"amount": 0.0}) is None
    assert weigh("overdue_deals", offers=DEALS | {"due_date": None}) is None


def test_complaints_weigh_a_year_of_their_customers_each_counted_once(weigh):
    stake = weigh("complaints_without_cause", complaints=COMPLAINTS, sales=SALES)
    assert (stake.kind, stake.money, stake.whole) == (MoneyKind.AT_RISK, 100.0, 200.0)
    assert (stake.customer_ids, stake.confidence) == (("A",), Confidence.ASSUMED)
    assert weigh("process_not_mended", complaints=COMPLAINTS, sales=SALES).money == 40.0
    assert weigh("complaints_without_cause", complaints=COMPLAINTS) is None


def test_lost_customers_weigh_what_the_register_says_they_brought(weigh):
    stake = weigh("lost_customers_without_reason", lost_customers=GONE)
    assert (stake.kind, stake.money, stake.whole) == (MoneyKind.LOST, 20.0, 27.0)
    assert stake.customer_ids == ("Y", "Z")
    assert weigh("competitor_unnamed", lost_customers=GONE) is None  # what Z brought is not known


def test_every_check_that_weighs_is_one():
    assert set(STAKES) <= {rule.check for rule in RULES}


def test_what_weighs_most_comes_first_and_has_its_money(found, answers, table):
    """Overdue offers weigh 100, the control points beyond their bound nothing."""
    points = {"customer_id": list("ABCDE"), "point": "call", "due_date": "2025-06-01"}
    offers = {
        "customer_id": list("ABCDEFGH"), "product": "P", "deal_id": list("12345678"),
        "stage": "offer", "status": ["won", "lost", "lost", *["open"] * 5], "date": "2025-06-01",
        "due_date": [None, None, None, "2025-12-30", *["2026-12-30"] * 4], "amount": 300.0,
    }  # fmt: skip
    result = found(
        answers=answers({"1.14": ["+", "+"], "4.8": ["+", "+"]}),
        offers=table(**offers),
        control_points=table(**points),
    )
    first, second = (c for c in result.findings if c.id.startswith("contradiction"))
    assert (first.figures["check"], first.money) == ("overdue_deals", 100.0)
    assert (second.figures["check"], second.money) == ("overdue_control_points", None)
    assert result.answer.figures["check"] == "overdue_deals"


@pytest.mark.parametrize(
    ("marks", "limit"),
    [({"1.1": "+"}, "alone"),
     ({f"1.{k}": ["+", "+", "-", "-", "+"] for k in range(1, 14)}, "differing"),
     ({"1.1": ["+", "+"], "1.2": ["-", "-"]}, "few")],
)  # fmt: skip
def test_the_limitation_is_that_of_the_answers(found, answers, marks, limit):
    result = found(answers=answers(marks))
    assert result.limitation.id == limit
