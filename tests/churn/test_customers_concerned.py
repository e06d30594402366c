"""How many customers a claim concerns: whoever was lost twice is one of them."""

import pytest

from workbook.diagnostics.churn_reasons.customers_concerned import CustomersConcerned
from workbook.diagnostics.churn_reasons.losses import find_losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import find_portfolio
from workbook.diagnostics.churn_reasons.reasons import code_reasons


@pytest.fixture
def concerned(table, inputs, taxonomy):
    lost = table(
        customer_id=["a", "a", "b", "c", "d"],
        lost_date=["2024-03-01", "2025-03-01", "2025-04-01", "2025-05-01", "2025-06-01"],
        returned_date=["2024-06-01", None, None, None, None],
        reasons=[
            "Price too high", "Price too high", "Price too high; rudeness", "rudeness",
            "Zánik firmy",
        ],
        manager=["Ann", "Ann", "Ann", "Bob", "Bob"],
    )  # fmt: skip
    customers = table(customer_id=list("abcdef"), registered_date="2020-01-01")
    losses = find_losses(inputs(lost_customers=lost, customers=customers), Params())
    return CustomersConcerned(
        losses=losses,
        coded_reasons=code_reasons(losses, taxonomy, "en"),
        portfolio=find_portfolio(losses),
    )


def test_a_customer_lost_twice_for_a_reason_is_one_customer(concerned):
    assert concerned.losses.n == 5
    assert concerned.naming_all(["price_high"]) == ("a", "b")


@pytest.mark.parametrize(
    ("reasons", "together", "either", "alone"),
    [
        (["price_high", "rudeness"], "b", "abc", "b"),
        (["rudeness"], "bc", "bc", "c"),
        (["price_high"], "ab", "ab", "a"),
        (["late_delivery"], "", "", ""),
    ],
)
def test_reasons_named_together_and_alone(concerned, reasons, together, either, alone):
    assert concerned.naming_all(reasons) == tuple(together)
    assert concerned.naming_any(reasons) == tuple(either)
    assert concerned.naming_only(reasons) == tuple(alone)


def test_preventable_losses_are_of_customers_with_any_such_reason(concerned):
    assert concerned.preventable() == ("a", "b", "c")  # not d, which closed


def test_lost_customers_of_the_portfolio_and_of_a_group(concerned):
    assert concerned.of_portfolio() == ("a", "b", "c", "d")
    managers = [concerned.of_portfolio("manager", name) for name in ("Ann", "Bob", "Eve")]
    assert managers == [("a", "b"), ("c", "d"), ()]


def test_findings_count_the_customers_they_are_about(found, table):
    """Twelve losses of eleven customers: one came back and left again for the same reason."""
    lost = table(
        customer_id=["a", "a", *(f"c{i}" for i in range(10))],
        lost_date=["2024-03-01", *["2025-03-01"] * 11],
        returned_date=["2024-06-01", *[None] * 11],
        reasons=["Price too high"] * 9 + ["rudeness", "Zánik firmy", "Zánik firmy"],
        annual_revenue=[100.0] * 9 + [1.0] * 3,
    )
    result = found(lost_customers=lost)
    (money,) = [c for c in result.findings if c.id.startswith("money")]
    assert (money.count, money.population, money.customers) == (9, 12, 8)
    (winback,) = [c for c in result.findings if c.id == "winback"]
    assert winback.customers == winback.count == len(result.candidates)
    (lost_tile,) = [c for c in result.tiles if c.id == "lost"]
    assert (lost_tile.count, lost_tile.customers) == (12, 11)
