"""What the ledger says of a customer, by hand."""

from datetime import date

import pytest

from workbook.diagnostics.customer_ledger.ledger_result import CUSTOMERS
from workbook.diagnostics.customer_ledger.rules import LedgerRules

SALES = {
    "customer_id": "a",
    "date": ["2024-01-31", "2024-12-31", "2025-01-01", "2025-02-10", "2025-12-31", "2026-01-01"],
    "amount": [100.0, 20.0, 7.5, 40.0, 10.0, 1000.0],
    "kind": ["sale", "sale", "sale", "sale", "return", "sale"],
    "product": ["p", "p", "q", "Q ", "q", "r"],
}


def test_every_table_that_names_customers_is_read(table, ledger):
    one = {"date": "2025-05-01"}
    made = ledger(
        customers=table(customer_id=["c", "b"], name=["C", "B"]),
        sales=table(customer_id=["s", "b", "x"], amount=1.0, kind=["sale", "sale", "cancelled"],
                    **one),
        lost_customers=table(customer_id="l", lost_date="2025-01-01"),
        survey=table(customer_id=["u", None], score=[9, 3], respondent_id=["1", "2"], **one),
        offers=table(customer_id="o", product="p", stage="s", status="open", **one),
        complaints=table(customer_id="k", complaint_id="1", **one),
        satisfaction=table(customer_id="m", respondent_id="1", product="p", parameter="q",
                           mark=4.0, **one),
    )  # fmt: skip
    assert made.customers.values("customer_id") == list("bcsklmoux")
    assert made.counts.customers == 9
    states = dict(zip(made.customers.values("customer_id"), made.customers.values("state"),
                      strict=True))  # fmt: skip
    assert {name for name, state in states.items() if state == "prospect"} == set("ckmoux")
    assert states["l"] == "registered_loss"


def test_revenue_is_net_and_of_twelve_months(table, ledger, row):
    """7.5 + 40 - 10 from 1 January on, 100 + 20 in the year before; what is to come is not sold."""
    found = row(ledger(sales=table(**SALES)))
    assert (found["revenue"], found["revenue_before"]) == (37.5, 120.0)
    assert (found["first_sale"], found["last_sale"]) == (date(2024, 1, 31), date(2025, 2, 10))
    assert found["silence_days"] == 324
    assert (found["products"], found["single_product"], found["abc"]) == (1, True, "A")


def test_the_year_before_is_told_where_the_sales_reach_back_over_it(table, ledger):
    sales = table(customer_id="a", date=["2024-02-01", "2025-11-01"], amount=1.0)
    assert "revenue_before" not in ledger(sales=sales).known


@pytest.mark.parametrize(
    ("days", "usual"),
    [
        (["2025-01-01", "2025-01-11", "2025-01-31"], None),
        (["2025-01-01", "2025-01-11", "2025-01-31", "2025-02-05"], 10.0),
        (["2025-01-01", "2025-01-01", "2025-01-11", "2025-01-31"], None),
    ],
)
def test_a_usual_interval_needs_three_intervals(table, ledger, row, days, usual):
    """10, 20 and 5 days: the median is 10."""
    assert row(ledger(sales=table(customer_id="a", date=days, amount=1.0)))["own_interval"] == usual


def test_names_and_groups_come_from_the_customers_else_from_the_register(table, ledger, row):
    made = ledger(
        customers=table(customer_id=["a", "b"], name=["A", "B"], segment=["Big", None],
                        region=["N", "S"]),
        lost_customers=table(customer_id=["b", "r"], lost_date="2025-01-01",
                             segment=["Small", "Tiny"], region=["X", "Y"]),
        sales=table(customer_id="a", date="2025-12-01", amount=1.0, manager="Ann"),
    )  # fmt: skip
    told = [(row(made, c)["name"], row(made, c)["segment"], row(made, c)["region"],
             row(made, c)["manager"]) for c in "abr"]  # fmt: skip
    assert told == [
        ("A", "Big", "N", "Ann"), ("B", "Small", "S", None), (None, "Tiny", "Y", None)
    ]  # fmt: skip


def test_the_latest_score_is_the_lowest_of_its_day(table, ledger, row):
    made = ledger(
        survey=table(
            customer_id=["a", "a", "a", "a", "b", "c", "d"],
            respondent_id=list("1234567"),
            date=["2025-01-01", "2025-06-01", "2025-06-01", "2026-01-01", None, "2025-01-01",
                  "2025-01-01"],
            score=[10, 7, 9, 0, 6, 9, 8],
        )
    )  # fmt: skip
    told = [(row(made, c)["score"], row(made, c)["score_class"]) for c in "abcd"]
    assert told == [(7, "passive"), (6, "detractor"), (9, "promoter"), (8, "passive")]


def test_marks_and_complaints_count_for_a_year(table, ledger, row):
    made = ledger(
        satisfaction=table(
            customer_id=["a", "a", "b", "c"],
            respondent_id=list("1234"),
            date=["2024-12-31", "2025-01-01", "2025-05-01", "2025-05-01"],
            mark=[1.0, 4.0, 2.0, 3.0],
            side=["customer", "customer", "staff", "customer"],
        ),
        complaints=table(
            customer_id=["a", "b", "c", "d"],
            complaint_id=list("1234"),
            date=["2024-12-31", "2025-01-01", "2025-06-01", "2025-06-01"],
            closed_date=[None, None, "2025-07-01", "2026-01-05"],
        ),
    )
    assert [row(made, c)["lowest_mark"] for c in "abc"] == [4.0, None, 3.0]
    assert [row(made, c)["open_complaint"] for c in "abcd"] == [False, True, False, True]


def test_an_offer_is_open_until_its_latest_event_closes_it(table, ledger, row):
    """Deal 1 is won; 2 is open; of b's unnumbered deals that with p was lost and begun again."""
    made = ledger(
        offers=table(
            customer_id=["a", "a", "a", "b", "b", "b"],
            deal_id=["1", "1", "2", None, None, None],
            product=["p", "p", "q", "p", "p", "q"],
            stage="s",
            status=["open", "won", "open", "lost", "open", "open"],
            date=["2025-01-01", "2025-02-01", "2025-03-01", "2025-01-01", "2025-02-01",
                  "2025-02-01"],
            due_date=["2025-01-05", None, "2025-04-01", None, "2025-05-01", "2025-03-01"],
        )
    )  # fmt: skip
    told = [(row(made, c)["open_offers"], row(made, c)["next_step"]) for c in "ab"]
    assert told == [(1, date(2025, 4, 1)), (2, date(2025, 3, 1))]


def test_a_single_contact_is_told_where_the_names_are_those_of_people(table, ledger, row):
    """Two persons answer for a, one of them twice; one for b; nobody for c."""
    survey = table(
        customer_id=["a", "a", "a", "b"],
        respondent_id=["Ann", "Ann", "Ben", "Cid"],
        date=["2025-01-01", "2025-06-01", "2025-01-01", "2025-01-01"],
        score=9,
    )
    made = ledger(survey=survey, customers=table(customer_id="c"))
    assert [row(made, c)["single_contact"] for c in "abc"] == [False, True, None]
    numbered = survey.assign(respondent_id=["1", "2", "3", "4"])
    assert "single_contact" not in ledger(survey=numbered).known


def test_what_no_table_speaks_of_is_blank_and_not_known(table, ledger):
    made = ledger(customers=table(customer_id=["a", "b"]))
    blank = {c.name for c in CUSTOMERS if c.optional and made.customers[c.name].isna().all()}
    assert blank == {c.name for c in CUSTOMERS if c.optional}
    assert not blank & made.known


def test_the_classes_are_those_of_the_rules(table, ledger, row):
    sales = table(customer_id=list("abc"), date="2025-05-01", amount=[90.0, 6.0, 4.0])
    start = ledger(sales=sales)
    end = ledger(LedgerRules(abc_rule="end"), sales=sales)
    assert [[row(made, c)["abc"] for c in "abc"] for made in (start, end)] == [
        ["A", "C", "C"], ["C", "C", "C"]
    ]  # fmt: skip


def test_the_order_of_rows_is_irrelevant(table, ledger):
    sales, losses = (
        table(**SALES),
        table(customer_id=["b", "c", "b"], lost_date=["2025-01-01", "2024-01-01", "2025-03-01"]),
    )
    one = ledger(sales=sales, lost_customers=losses)
    two = ledger(sales=sales.iloc[::-1], lost_customers=losses.iloc[::-1])
    assert (one.customers, one.differences, one.counts) == (
        two.customers, two.differences, two.counts
    )  # fmt: skip


def test_rows_are_asked_for_by_id(table, ledger):
    made = ledger(customers=table(customer_id=["a", "b", "c"]))
    assert made.of(["c", "a"]).values("customer_id") == ["c", "a"]
    with pytest.raises(KeyError):
        made.of(["x"])
