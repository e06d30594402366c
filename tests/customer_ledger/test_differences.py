"""Contradictions between the sources are listed with names, each kind by revenue."""

import pytest


@pytest.fixture(scope="module")
def told(table, ledger):
    customers = list("abcdefgh")
    made = ledger(
        customers=table(
            customer_id=customers,
            name=[c.upper() for c in customers],
            contract_end=[None] * 6 + ["2025-08-31", "2025-08-31"],
        ),
        sales=table(
            customer_id=list("abbdefgh"),
            date=["2025-11-01", "2025-10-01", "2025-11-01", "2025-03-01", "2025-02-01",
                  "2025-12-01", "2025-12-01", "2025-08-01"],
            amount=[5.0, 10.0, 10.0, 1.0, 1.0, 1.0, 4.0, 4.0],
        ),
        lost_customers=table(
            customer_id=["a", "b", "c", "d", "e", "e", "f", "f", "y"],
            lost_date=["2025-06-01", "2025-06-01", "2025-06-01", "2025-02-01", "2025-03-01",
                       "2025-05-01", "2025-03-01", "2025-06-01", "2024-06-01"],
            returned_date=[None, None, None, "2025-04-01", None, None, "2025-04-01",
                           "2025-11-01", None],
        ),
    )  # fmt: skip
    found = {}
    for one in made.differences.records():
        found.setdefault(one["kind"], []).append((one["customer_id"], one["name"], one["revenue"]))
    return made, found


def test_in_the_register_and_buying_by_revenue(told):
    assert told[1]["register_buying"] == [("b", "B", 20.0), ("a", "A", 5.0)]
    assert told[0].counts.register_still_buying == 2


def test_twice_in_the_register_without_a_return_between(told):
    """Two losses with a return in between do not contradict each other (customer f)."""
    assert told[1]["register_twice"] == [("e", "E", 1.0)]


def test_in_the_register_without_a_sale_though_the_sales_reach_back(told):
    """Of who was lost before the first sale of the data no sale can be known (customer y)."""
    assert [one[0] for one in told[1]["register_without_sales"]] == ["c"]


def test_returned_but_nothing_bought_since(told):
    assert told[1]["returned_silent"] == [("d", "D", 1.0)]


def test_a_contract_that_ended_of_a_customer_that_buys(told):
    assert told[1]["contract_buying"] == [("g", "G", 4.0)]
    assert set(told[1]) == {
        "register_buying", "register_twice", "register_without_sales", "returned_silent",
        "contract_buying",
    }  # fmt: skip


def test_nothing_is_listed_where_the_sources_agree(table, ledger):
    made = ledger(
        sales=table(customer_id=["a", "b"], date=["2025-01-01", "2025-12-01"], amount=1.0),
        lost_customers=table(customer_id="a", lost_date="2025-06-01"),
    )
    assert len(made.differences) == 0
