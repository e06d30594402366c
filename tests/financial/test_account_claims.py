"""What changed in the accounts is told from the material change on, decided in fractions."""

import pytest
from financial_tables import statement

from workbook.diagnostics.financial_quartiles.accounts import account_claims
from workbook.diagnostics.financial_quartiles.params import Params


def told(found, now, before):
    (row,) = found(statement(now, prior=before)).organisations
    return {claim.id: claim for claim in account_claims(row, Params())}


@pytest.mark.parametrize(
    ("now", "before", "claim", "is_told"),
    [
        ({"revenue": 1100}, {"revenue": 1000}, "revenue_rose", True),
        ({"revenue": 1099}, {"revenue": 1000}, "revenue_rose", False),
        ({"revenue": 900}, {"revenue": 1000}, "revenue_fell", True),
        ({"revenue": 901}, {"revenue": 1000}, "revenue_fell", False),
        ({"net_profit": 110}, {"net_profit": 100}, "profit_rose", True),
        ({"net_profit": 109}, {"net_profit": 100}, "profit_rose", False),
        ({"net_profit": 90}, {"net_profit": 100}, "profit_fell", True),
        ({"net_profit": 91}, {"net_profit": 100}, "profit_fell", False),
        ({"net_profit": -1}, {"net_profit": 0}, "loss", True),
        ({"net_profit": 0}, {"net_profit": 100}, "loss", False),
        ({"net_profit": -1}, {"net_profit": -1}, "loss_again", True),
        ({"net_profit": 0}, {"net_profit": -1}, "out_of_loss", True),
        ({"cash": 90}, {"cash": 100}, "cash_fell", True),
        ({"cash": 91}, {"cash": 100}, "cash_fell", False),
    ],
)
def test_a_line_is_told_from_ten_per_cent_on(found, now, before, claim, is_told):
    assert (claim in told(found, now, before)) is is_told


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("inventories", "stock"),
        ("receivables", "receivables"),
        ("current_liabilities", "debt_rose"),
    ],
)
def test_thirty_per_cent_against_twenty_are_ten_more_than_sales(found, line, claim):
    """0.3 - 0.2 is less than 0.1 as floats."""
    before = {line: 100, "revenue": 100}
    assert claim in told(found, {line: 130, "revenue": 120}, before)
    assert claim not in told(found, {line: 129, "revenue": 120}, before)


@pytest.mark.parametrize(("equity", "is_told"), [(490, True), (491, False)])
def test_payouts_are_told_from_a_tenth_above_the_profit_on(found, equity, is_told):
    """100 earned and 10 less equity: 110 left; 100 times 1.1 is more than 110 as floats."""
    claims = told(found, {"net_profit": 100, "equity": equity}, {"net_profit": 90, "equity": 500})
    assert ("payouts" in claims) is is_told


@pytest.mark.parametrize(("revenue", "claim"), [(99, "profit_fell"), (100, "profit_fell_on_sales")])
def test_a_fall_of_profit_says_whether_sales_fell_too(found, revenue, claim):
    now, before = {"net_profit": 50, "revenue": revenue}, {"net_profit": 100, "revenue": 100}
    assert claim in told(found, now, before)


def test_cash_that_fell_beside_debt_that_rose_is_one_claim(found):
    now = {"cash": 90, "current_liabilities": 110}
    claims = told(found, now, {"cash": 100, "current_liabilities": 100})
    assert claims["cash_and_debt"].figures["cover_before"] == 1.0
    assert "cash_fell" not in claims
    from_nothing = told(found, now, {"cash": 100, "current_liabilities": 0})
    assert from_nothing["cash_and_debt"].figures["cover_before"] is None


def test_stock_beyond_sales_is_money_that_could_be_free(found):
    """130 less 100 x 1.2, in thousands; where sales fell, 130 less 100."""
    grown = told(found, {"inventories": 140, "revenue": 120}, {"inventories": 100, "revenue": 100})
    assert grown["stock"].money == pytest.approx(20_000)
    fell = told(found, {"inventories": 130, "revenue": 80}, {"inventories": 100, "revenue": 100})
    assert fell["stock"].money == pytest.approx(30_000)


def test_short_loans_beyond_revenue_are_told_by_their_name(found):
    """Loans doubled to 200 with revenue +10 %: 200 - 110 are beyond it; all debt only +50 %."""
    before = {"revenue": 1000, "current_liabilities": 400, "short_term_borrowings": 100}
    now = {"revenue": 1100, "current_liabilities": 600, "short_term_borrowings": 200}
    first, last = found(statement(before, year=2022), statement(now, prior=before)).organisations
    (claim,) = [
        c
        for c in account_claims(last, Params(), before=first)
        if c.id in ("loans_rose", "debt_rose")
    ]
    assert claim.id == "loans_rose"
    assert (claim.figures["loans_before"], claim.figures["loans"]) == (100_000, 200_000)
    assert claim.money == pytest.approx(90_000)
    plain = told(found, now, before)["debt_rose"]
    assert plain.money == pytest.approx(160_000)  # 600 - 440


def test_what_the_year_took_is_money_and_what_a_step_brings_a_range(found):
    payouts = told(found, {"net_profit": 100, "equity": 470}, {"net_profit": 90, "equity": 500})
    claim = payouts["payouts"]
    assert (claim.money, claim.money_kind, claim.effect_low, claim.effect_high) == (
        130_000, "cost", 0, 30_000,
    )  # fmt: skip
    fell = told(found, {"net_profit": 60}, {"net_profit": 100})["profit_fell"]
    assert (fell.money, fell.effect_low, fell.effect_high) == (40_000, 0, 40_000)
    cash = told(found, {"cash": 60}, {"cash": 100})["cash_fell"]
    assert (cash.money, cash.money_of) == (40_000, 100_000)
    sold = told(found, {"revenue": 700}, {"revenue": 1000})["revenue_fell"]
    assert (sold.money, sold.figures["lost"]) == (300_000, 300_000)
    loss = told(found, {"net_profit": -20}, {"net_profit": 50})["loss"]
    assert loss.money == 70_000
    again = told(found, {"net_profit": -20}, {"net_profit": -50})["loss_again"]
    assert again.money == 20_000


def test_the_age_of_the_statement_limits_what_the_accounts_say(found):
    result = found(statement({"cash": 60, "assets": 100}, prior={"cash": 100}))
    assert (result.limitation.id, result.limitation.figures["months"]) == ("old", 24)
    fresh = found(statement({"cash": 60, "assets": 100}, prior={"cash": 100}, year=2025))
    assert fresh.limitation is None
