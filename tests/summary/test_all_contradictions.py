"""Rule 12: all contradictions in one list."""

from types import SimpleNamespace

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.summary.contradictions import contradictions


def lead(*checks):
    one = SimpleNamespace(contradictions=checks, labels={"1.14": "Deals are analysed"})
    return {"lead": one}


CHECK = SimpleNamespace(
    check="overdue_deals", item="1.14", score=0.8, value=1 / 3, n=6, base=18, unit="share"
)


def test_tables_answers_and_findings_stand_in_one_list(table, inputs, joined):
    """A is in the register and bought later; b returned and bought nothing since."""
    given = inputs(
        sales=table(
            customer_id=["a", "a", "b", "c"],
            date=["2025-01-10", "2025-11-01", "2025-01-10", "2025-12-01"],
            amount=[10.0, 10.0, 10.0, 10.0],
        ),
        lost_customers=table(
            customer_id=["a", "b"], lost_date=["2025-06-01", "2025-06-01"],
            reasons=["price", "price"], returned_date=[None, "2025-07-01"],
        ),
    )  # fmt: skip
    of_sales = Claim(id="sales_above_statement", figures={"year": "2024"}, diagnostics=("x",))
    other = Claim(id="unhappy_a", figures={})
    found = contradictions(
        given.ledger,
        joined(churn_reasons={}, controllability=lead(CHECK)),
        [other, of_sales],
    )
    assert [(one.id, one.customers, one.diagnostics) for one in found] == [
        ("register_buying", ("a",), ("churn_reasons",)),
        ("returned_silent", ("b",), ("churn_reasons",)),
        ("answers", (), ("controllability",)),
        ("sales_above_statement", (), ("x",)),
    ]
    assert found[2].figures["item"] == "Deals are analysed"
    assert (found[2].figures["n"], found[2].figures["base"]) == (6, 18)


def test_without_any_there_is_none(table, inputs, joined):
    given = inputs(sales=table(customer_id=["a"], date=["2025-12-01"], amount=[1.0]))
    none = joined(controllability={"lead": None})
    assert contradictions(given.ledger, none, []) == ()
    assert contradictions(given.ledger, joined(controllability=lead()), []) == ()
    assert contradictions(inputs().ledger, (), []) == ()
