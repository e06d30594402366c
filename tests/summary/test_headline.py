"""The headline and the tiles of page 2, by hand."""

import pytest

from workbook.diagnostics.claims import Claim, MoneyKind
from workbook.diagnostics.summary import headline
from workbook.diagnostics.summary.money import Money
from workbook.diagnostics.summary.result import Told

MONEY = Money(
    revenue=200.0, kept=100.0, at_risk=70.0, lost=30.0, could_be_sold=25.0,
    customers=5, kept_customers=1, at_risk_customers=2, lost_customers=2,
)  # fmt: skip


def told(**more):
    return Told(claim=Claim(**({"id": "x", "figures": {}, "action": "x"} | more)), own=True)


@pytest.mark.parametrize("kind", ["lost", "at_risk", "exposed", "potential", "cost"])
def test_the_first_step_and_its_money_are_the_headline(kind):
    first = told(money=70.0, money_kind=MoneyKind(kind))
    good = told(id="good", action=None)
    found = headline.answer([good, first, told(money=999.0, money_kind=MoneyKind.LOST)], MONEY)
    assert (found.id, found.money, found.money_kind) == (f"first_{kind}", 70.0, MoneyKind(kind))
    assert found.figures == {"money": 70.0, "revenue": 200.0, "kind": kind}


@pytest.mark.parametrize("more", [{}, {"money": 50.0, "money_kind": MoneyKind.REVENUE}])
def test_a_step_without_money_at_stake_stands_alone(more):
    found = headline.answer([told(**more)], None)
    assert (found.id, found.money) == ("first", None)
    assert found.figures["revenue"] is None


def test_without_a_step_there_is_no_headline():
    assert headline.answer([told(action=None)], MONEY) is None
    assert headline.answer([], MONEY) is None


def test_the_tiles_are_the_parts_of_the_revenue():
    tiles = headline.tiles(MONEY)
    assert [(t.id, t.figures["value"]) for t in tiles] == [
        ("revenue", 200.0), ("at_risk", 70.0), ("lost", 30.0), ("could_be_sold", 25.0),
    ]  # fmt: skip
    assert [(t.count, t.population) for t in tiles[:3]] == [(5, 5), (2, 5), (2, 5)]
    assert all(t.money <= t.money_of for t in tiles[1:3])


def test_what_is_not_known_or_not_lost_has_no_tile():
    bare = Money(
        revenue=1.0, kept=1.0, at_risk=0.0, lost=0.0, could_be_sold=None,
        customers=1, kept_customers=1, at_risk_customers=0, lost_customers=0,
    )  # fmt: skip
    assert [t.id for t in headline.tiles(bare)] == ["revenue", "at_risk"]
    assert headline.tiles(None) == ()


def test_a_manager_is_no_headline():
    person = told(figures={"manager": "A. Person"}, money=90.0, money_kind=MoneyKind.EXPOSED)
    found = headline.answer([person, told(money=70.0, money_kind=MoneyKind.LOST)], MONEY)
    assert (found.id, found.money) == ("first_lost", 70.0)
    assert headline.answer([person], MONEY) is None
