"""What each report calls lost, by hand."""

from types import SimpleNamespace

from workbook.diagnostics.summary.definitions import definitions


def numbers(found):
    return {one.id: (one.n, one.of, one.revenue) for one in found}


def test_each_number_of_lost_customers_by_hand(table, inputs, joined):
    """Of five, a buys, b is in the register, c's contract ended, d is silent; e never bought."""
    given = inputs(
        customers=table(
            customer_id=["a", "b", "c", "d", "e"],
            contract_end=[None, None, "2025-06-30", None, None],
        ),
        sales=table(
            customer_id=["a", "a", "b", "c", "d"],
            date=["2024-01-05", "2025-12-01", "2025-02-01", "2025-03-01", "2025-04-01"],
            amount=[1.0, 1.0, 1.0, 1.0, 1.0],
        ),
        lost_customers=table(customer_id=["b"], lost_date=["2025-06-01"], reasons=["price"]),
    )
    results = joined(
        churn_reasons={"register": SimpleNamespace(n=2, revenue=500.0)},
        loyalty={"retention": SimpleNamespace(before=4, kept=3, revenue_gone=70.0)},
    )
    assert numbers(definitions(given.ledger, results)) == {
        "churn_losses": (2, None, 500.0),
        "registered_loss": (1, 4, None),
        "contract_ended": (1, 4, None),
        "silent": (1, 4, None),
        "all_silent": (2, 4, None),
        "lost": (3, 4, None),
        "not_retained": (1, 4, 70.0),
    }


def test_what_no_table_says_is_not_counted(table, inputs, joined):
    """One month of sales: nobody knows who is silent; no register, no contracts, no survey."""
    given = inputs(sales=table(customer_id=["a"], date=["2025-12-01"], amount=[1.0]))
    assert numbers(definitions(given.ledger, ())) == {"lost": (0, 1, None)}
    empty = joined(churn_reasons={"register": SimpleNamespace(n=0, revenue=None)}, loyalty={})
    assert numbers(definitions(given.ledger, empty)) == {"lost": (0, 1, None)}
