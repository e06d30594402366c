"""Exactly one state per customer, tested in the method's order; the small cases by hand.

The as-of date is 31 December 2025 and the window has three months: its bound is 30 September.
"""

import pytest

from workbook.diagnostics.customer_ledger.rules import LedgerRules

BUYS, QUIET = "2025-11-05", "2025-09-30"
OTHERS = {"customer_id": "z", "date": "2020-01-01", "amount": 1.0}


@pytest.fixture(scope="module")
def state_of(table, ledger, row):
    """Return the ledger's row of customer a, given its sales, losses and contract."""

    def find(days=(), *, losses=(), contract=None, kind="sale", amount=10.0, rules=None):
        tables = {
            "customers": table(customer_id="a", contract_end=[contract]),
            "sales": table(
                customer_id=["a"] * len(days) + ["z"],
                date=[*days, "2020-01-01"],
                amount=[amount] * len(days) + [1.0],
                kind=[kind] * len(days) + ["sale"],
            ),
        }
        if losses:
            lost, returned = zip(*losses, strict=True)
            tables["lost_customers"] = table(
                customer_id="a", lost_date=list(lost), returned_date=list(returned), reasons="x"
            )
        return row(ledger(rules, **tables))

    return find


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "prospect"),
        ({"contract": "2025-06-30"}, "prospect"),
        ({"days": [BUYS]}, "active"),
        ({"days": ["2025-10-01"]}, "active"),
        ({"days": [QUIET]}, "silent"),
        ({"days": ["2025-01-01"], "contract": "2026-06-30"}, "active"),
        ({"days": ["2025-01-01"], "contract": "2025-12-31"}, "active"),
        ({"days": ["2025-01-01"], "contract": "2025-12-30"}, "contract_ended"),
        ({"days": [BUYS], "contract": "2025-11-30"}, "contract_ended"),
        ({"days": [BUYS], "contract": "2025-11-01"}, "active"),
        ({"days": [BUYS], "losses": [("2025-06-01", None)]}, "registered_loss"),
        ({"days": [QUIET], "losses": [("2025-06-01", None)]}, "registered_loss"),
        ({"losses": [("2025-06-01", None)]}, "registered_loss"),
        (
            {"days": [QUIET], "losses": [("2025-06-01", None)], "contract": "2025-01-31"},
            "registered_loss",
        ),
        ({"days": [BUYS], "losses": [("2025-06-01", "2025-08-01")]}, "active"),
        ({"days": [QUIET], "losses": [("2025-06-01", "2025-08-01")]}, "silent"),
        ({"losses": [("2025-06-01", "2025-11-01")]}, "silent"),
        ({"days": [BUYS], "losses": [("2025-06-01", "2026-01-01")]}, "registered_loss"),
        ({"days": [BUYS], "losses": [("2026-01-01", None)]}, "active"),
        ({"losses": [("2026-01-01", None)]}, "prospect"),
        (
            {"days": [BUYS], "losses": [("2025-03-01", "2025-05-01"), ("2025-12-01", None)]},
            "registered_loss",
        ),
        (
            {"days": [BUYS], "losses": [("2025-03-01", None), ("2025-09-01", "2025-10-01")]},
            "active",
        ),
        ({"days": ["2026-01-01"]}, "prospect"),
        ({"days": ["2025-01-10", "2026-01-01"]}, "silent"),
        ({"days": [BUYS], "kind": "cancelled"}, "prospect"),
        ({"days": [BUYS], "kind": "return"}, "prospect"),
        ({"days": [BUYS], "amount": -1.0}, "prospect"),
        ({"days": [BUYS], "amount": 0.0}, "prospect"),
    ],
)
def test_the_first_state_that_holds(state_of, facts, state):
    found = state_of(**facts)
    assert found["state"] == state
    assert found["is_lost"] is (state in ("registered_loss", "contract_ended", "silent"))


@pytest.mark.parametrize(("months", "state"), [(1, "silent"), (2, "active"), (6, "active")])
def test_the_window_decides_who_is_silent(state_of, months, state):
    """The bound of one month is 30 November, that of two 31 October."""
    assert state_of([BUYS], rules=LedgerRules(lifecycle_months=months))["state"] == state


@pytest.mark.parametrize(
    ("facts", "new", "returned"),
    [
        ({"days": [BUYS]}, True, False),
        ({"days": [QUIET, BUYS]}, False, False),
        ({"days": [QUIET]}, False, False),
        ({"days": [BUYS], "losses": [("2025-06-01", "2025-11-01")]}, False, True),
        ({"days": [QUIET], "losses": [("2025-06-01", "2025-08-01")]}, False, False),
        ({"days": [BUYS], "losses": [("2025-06-01", None)]}, False, False),
    ],
)
def test_new_and_returned_are_flags_of_the_active(state_of, facts, new, returned):
    """Who stands in the register has bought before its loss: it is not new."""
    found = state_of(**facts)
    assert (found["is_new"], found["is_returned"]) == (new, returned)


def test_silence_is_told_beside_the_register_but_not_beside_an_ended_contract(state_of):
    assert state_of([QUIET], losses=[("2025-06-01", None)])["is_silent"] is True
    assert state_of([BUYS], losses=[("2025-06-01", None)])["is_silent"] is False
    assert state_of([QUIET], contract="2025-11-30")["is_silent"] is False


def test_of_who_stands_in_the_register_alone_silence_is_known_from_long_sales_only(
    table, ledger, row
):
    """Sales that begin within the window say nothing of who bought before."""
    losses = table(customer_id="a", lost_date="2025-01-01", returned_date="2025-03-01")
    for first, state in (("2025-09-30", "silent"), ("2025-10-01", "active")):
        sales = table(customer_id="z", date=first, amount=1.0)
        assert row(ledger(lost_customers=losses, sales=sales))["state"] == state


def test_without_sales_nobody_is_a_prospect_or_silent(table, ledger):
    made = ledger(
        customers=table(customer_id=list("abcd"), contract_end=[None, None, "2025-01-31", None]),
        lost_customers=table(
            customer_id=["b", "d"], lost_date="2025-02-01", returned_date=[None, "2025-05-01"]
        ),
    )
    assert made.customers.values("state") == [
        "active", "registered_loss", "contract_ended", "active"
    ]  # fmt: skip
    assert not made.sales_known
    assert not {"is_silent", "is_new", "revenue", "last_sale"} & made.known


def test_of_two_losses_of_one_day_the_order_of_rows_decides_nothing(table, ledger, row):
    rows = table(
        customer_id="a", lost_date="2025-06-01", returned_date=["2025-08-01", None],
        reasons=["x", "y"],
    )  # fmt: skip
    sales = table(customer_id="a", date=BUYS, amount=1.0)
    one, two = (row(ledger(sales=sales, lost_customers=r)) for r in (rows, rows.iloc[::-1]))
    assert one == two
    assert (one["state"], one["reasons"]) == ("registered_loss", "y")
