"""Rules 8 and 9: sales against the statement, and lost revenue against the cash."""

from types import SimpleNamespace

import pytest

from workbook.diagnostics.claims import Confidence, MoneyKind
from workbook.diagnostics.summary.money import Money
from workbook.diagnostics.summary.rules.liquidity import liquidity
from workbook.diagnostics.summary.rules.sales_and_statement import (
    sales_and_statement,
    sales_years,
)


def year_of(year, organisation="Client", **lines):
    """Return one organisation and year of the financial result."""
    rows = tuple(SimpleNamespace(line=line, value=value) for line, value in lines.items())
    return SimpleNamespace(organisation=organisation, year=year, lines=rows)


def financial(*years):
    """Return a financial result whose first organisation is the client."""

    def years_of(name):
        return [one for one in years if one.organisation == name]

    return {"lead": years_of(years[0].organisation)[-1], "years_of": years_of}


def monthly(table, year=2024, amount=100.0, months=range(1, 13)):
    """Return sales of the same amount on the 15th of each month."""
    days = [f"{year}-{month:02d}-15" for month in months]
    return table(customer_id=["a"] * len(days), date=days, amount=[amount] * len(days))


@pytest.mark.parametrize(
    ("stated", "id_", "difference", "share"),
    [
        (1000.0, "sales_above_statement", 200.0, 0.2),
        (1600.0, "sales_below_statement", 400.0, 0.25),
    ],
)
def test_a_difference_is_told_with_its_share(
    table, inputs, facts, told, stated, id_, difference, share
):
    """Twelve months of 100 are 1,200."""
    given = inputs(sales=monthly(table))
    results = {"segmentation_matrix": {}, "financial_quartiles": financial(
        year_of(2024, revenue=stated))}  # fmt: skip
    claim = told(sales_and_statement(facts(given, **results)))
    assert claim.id == id_
    assert claim.figures == {
        "year": "2024", "sales": 1200.0, "stated": stated, "difference": difference,
        "share": pytest.approx(share),
    }  # fmt: skip
    assert claim.diagnostics == ("segmentation_matrix", "financial_quartiles")
    assert (claim.problem, claim.money) == (True, None)


@pytest.mark.parametrize(("stated", "contradicts"), [(1144.0, False), (1142.0, True)])
def test_five_per_cent_of_the_statement_is_the_bound(table, inputs, facts, stated, contradicts):
    """1200 / 1144 is 4.9 % above, 1200 / 1142 is 5.1 %."""
    found = facts(
        inputs(sales=monthly(table)),
        financial_quartiles=financial(year_of(2024, revenue=stated)),
    )
    assert bool(list(sales_and_statement(found))) is contradicts
    assert sales_years(found)[-1].contradicts is contradicts


@pytest.mark.parametrize("months", [range(2, 13), range(1, 12), [*range(1, 7), *range(8, 13)]])
def test_a_year_that_sales_do_not_cover_is_not_compared(table, inputs, facts, months):
    found = facts(
        inputs(sales=monthly(table, months=months)),
        financial_quartiles=financial(year_of(2024, revenue=100.0)),
    )
    assert sales_years(found) == ()
    assert list(sales_and_statement(found)) == []


def test_the_client_is_compared_and_not_its_peers(table, inputs, facts):
    found = facts(
        inputs(sales=monthly(table)),
        financial_quartiles=financial(
            year_of(2024, revenue=1200.0), year_of(2024, "Peer", revenue=5.0)
        ),
    )
    assert [(one.year, one.stated) for one in sales_years(found)] == [(2024, 1200.0)]
    assert list(sales_and_statement(found)) == []


def test_the_latest_common_year_is_told(table, inputs, facts):
    """An old contradiction that has been mended is none of today."""
    sales = monthly(table, year=2023, amount=300.0)
    both = table(
        customer_id=[*sales["customer_id"]] * 2,
        date=[f"{year}-{month:02d}-15" for year in (2023, 2024) for month in range(1, 13)],
        amount=[300.0] * 12 + [100.0] * 12,
    )
    found = facts(
        inputs(sales=both),
        financial_quartiles=financial(
            year_of(2022, revenue=1.0), year_of(2023, revenue=1.0), year_of(2024, revenue=1200.0)
        ),
    )
    assert [one.year for one in sales_years(found)] == [2023, 2024]
    assert list(sales_and_statement(found)) == []


def test_without_statements_sales_or_revenue_nothing_is_told(table, inputs, facts):
    with_sales = inputs(sales=monthly(table))
    lead = financial(year_of(2024, revenue=1.0))
    no_lead = {"lead": None, "years_of": lambda name: []}
    assert list(sales_and_statement(facts(with_sales))) == []
    assert list(sales_and_statement(facts(with_sales, financial_quartiles=no_lead))) == []
    assert list(sales_and_statement(facts(inputs(), financial_quartiles=lead))) == []
    nil = financial(year_of(2024, cash=1.0))
    assert list(sales_and_statement(facts(with_sales, financial_quartiles=nil))) == []


MONEY = Money(
    revenue=1000.0, kept=400.0, at_risk=500.0, lost=100.0, could_be_sold=None,
    customers=10, kept_customers=4, at_risk_customers=5, lost_customers=1,
)  # fmt: skip
BOOKS = {"revenue": 1200.0, "gross_profit": 480.0, "current_liabilities": 400.0}


def cash_of(cash, year=2024, **lines):
    return year_of(year, cash=cash, **(BOOKS | lines))


def test_cash_that_does_not_last_the_year_by_hand(inputs, facts, told):
    """600 lost or at risk at a gross margin of 40 % are 240 a year, 20 a month.

    Cash fell from 160 to 100 in the year, 5 a month: 25 a month, and 100 lasts 4 months.
    """
    books = financial(cash_of(160.0, year=2023), cash_of(100.0))
    claim = told(liquidity(facts(inputs(), money=MONEY, financial_quartiles=books)))
    assert claim.figures == {
        "year": "2024", "cash": 100.0, "debt": 400.0, "cover": 0.25, "money": 600.0,
        "gross": pytest.approx(240.0), "outflow": pytest.approx(25.0),
        "months": pytest.approx(4.0),
    }  # fmt: skip
    assert (claim.money, claim.money_kind) == (500.0, MoneyKind.AT_RISK)
    assert claim.confidence is Confidence.ASSUMED
    assert claim.customer_ids == ()
    assert claim.diagnostics == ("financial_quartiles",)


def test_short_term_investments_are_liquid_and_inflow_helps(inputs, facts, told):
    """Money of 60 + 40 rose by 30: 240 - 30 a year, so 100 lasts 5.7 months."""
    books = financial(
        cash_of(70.0, year=2023), cash_of(60.0, short_term_investments=40.0)
    )  # fmt: skip
    claim = told(liquidity(facts(inputs(), money=MONEY, financial_quartiles=books)))
    assert claim.figures["months"] == pytest.approx(100 / 210 * 12)


def test_without_the_year_before_only_the_missing_profit_counts(inputs, facts, told):
    books = financial(cash_of(100.0))
    claim = told(liquidity(facts(inputs(), money=MONEY, financial_quartiles=books)))
    assert claim.figures["months"] == pytest.approx(5.0)


def test_cash_for_a_year_is_no_finding(inputs, facts):
    for years in ((cash_of(240.0),), (cash_of(1.0, year=2023), cash_of(245.0))):
        books = financial(*years)
        assert list(liquidity(facts(inputs(), money=MONEY, financial_quartiles=books))) == []


def test_sales_that_contradict_the_statement_are_not_set_against_it(table, inputs, facts, gates):
    given = inputs(sales=monthly(table, amount=200.0))
    found = facts(given, money=MONEY, financial_quartiles=financial(cash_of(100.0)))
    assert gates(liquidity(found)) == {"liquidity": "fit"}


def test_a_statement_of_two_years_ago_says_nothing_of_today(inputs, facts, gates):
    found = facts(inputs(), money=MONEY, financial_quartiles=financial(cash_of(100.0, year=2023)))
    assert gates(liquidity(found)) == {"liquidity": "fit"}


@pytest.mark.parametrize("line", ["cash", "gross_profit", "current_liabilities", "revenue"])
def test_a_missing_line_leaves_the_rule_out(inputs, facts, line):
    lines = {"cash": 100.0, **BOOKS}
    del lines[line]
    books = financial(year_of(2024, **lines))
    assert list(liquidity(facts(inputs(), money=MONEY, financial_quartiles=books))) == []


def test_without_money_at_risk_or_statements_nothing_is_told(inputs, facts):
    books = financial(cash_of(100.0))
    safe = Money(
        revenue=9.0, kept=9.0, at_risk=0.0, lost=0.0, could_be_sold=None,
        customers=1, kept_customers=1, at_risk_customers=0, lost_customers=0,
    )  # fmt: skip
    assert list(liquidity(facts(inputs(), financial_quartiles=books))) == []
    assert list(liquidity(facts(inputs(), money=safe, financial_quartiles=books))) == []
    assert list(liquidity(facts(inputs(), money=MONEY))) == []
