"""Rule 7: who hangs on one manager, one contact and one product."""

import pytest

from workbook.diagnostics.claims import MoneyKind
from workbook.diagnostics.summary.rules.one_thread import one_thread

SALES = {
    "customer_id": ["a", "a", "b", "b", "c", "d", "d"],
    "date": ["2025-03-01", "2025-06-01", "2025-03-01", "2025-06-01", "2025-04-01", "2025-05-01",
             "2025-07-01"],
    "amount": [100.0, 150.0, 70.0, 30.0, 500.0, 40.0, 60.0],
    "product": ["pump", "pump", "pump", "hose", "pump", "hose", "hose"],
    "manager": ["Eva", "Eva", "Eva", "Eva", "Ivan", "Eva", "Ivan"],
    "document_id": list("1234567"),
}  # fmt: skip
"""a: one of each, 250; b: two products; c: one of each, 500; d: two managers."""


def survey(table, people):
    """Return answers of (customer, person), of the first of them twice."""
    ids, respondents = zip(*people, people[0], strict=True)
    days = ["2025-08-01"] * len(people) + ["2025-09-01"]
    return table(
        respondent_id=list(respondents), customer_id=list(ids), score=[9] * len(ids), date=days
    )  # fmt: skip


def test_who_has_one_of_each_by_hand(table, inputs, facts, told):
    """C answered by two people, so a alone hangs on one thread: 250 of 950."""
    people = [("a", "r1"), ("b", "r2"), ("c", "r3"), ("c", "r4")]
    given = inputs(sales=table(**SALES), survey=survey(table, people))
    claim = told(one_thread(facts(given, segmentation_matrix={}, loyalty={})))
    assert claim.id == "one_thread"
    assert claim.figures == {"n": 1, "all": 4, "money": 250.0}
    assert claim.customer_ids == ("a",)
    assert (claim.money, claim.money_of, claim.money_kind) == (250.0, 950.0, MoneyKind.REVENUE)
    assert claim.diagnostics == ("segmentation_matrix", "loyalty")


def test_nobody_knows_contacts_so_manager_and_product_are_told(table, inputs, facts, told):
    claim = told(one_thread(facts(inputs(sales=table(**SALES)), segmentation_matrix={})))
    assert claim.id == "one_thread_no_contact"
    assert claim.figures == {"n": 2, "all": 4, "money": 750.0}
    assert claim.customer_ids == ("c", "a")
    assert claim.diagnostics == ("segmentation_matrix",)


def test_one_person_asked_of_each_customer_says_nothing_of_contacts(table, inputs, facts, told):
    people = [(one, f"r{one}") for one in "abcd"]
    given = inputs(sales=table(**SALES), survey=survey(table, people))
    assert told(one_thread(facts(given, loyalty={}))).id == "one_thread_no_contact"


def test_no_manager_is_named(table, inputs, facts, told):
    claim = told(one_thread(facts(inputs(sales=table(**SALES)))))
    assert not {"Eva", "Ivan"} & set(map(str, claim.figures.values()))
    assert claim.singled_out == ()


@pytest.mark.parametrize("column", ["manager", "product"])
def test_one_manager_or_one_product_at_all_is_a_definition(column, table, inputs, facts, gates):
    sales = table(**(SALES | {column: ["the one"] * 7}))
    found = gates(one_thread(facts(inputs(sales=sales))))
    assert found == {"one_thread_no_contact": "definition"}


def test_nothing_where_each_customer_has_two_of_something(table, inputs, facts):
    rows = {name: [values[i] for i in (2, 3, 5, 6)] for name, values in SALES.items()}
    assert list(one_thread(facts(inputs(sales=table(**rows))))) == []


def test_absent_tables_tell_nothing(table, inputs, facts):
    bare = {k: v for k, v in SALES.items() if k not in ("manager", "product")}
    assert list(one_thread(facts(inputs()))) == []
    assert list(one_thread(facts(inputs(sales=table(**bare))))) == []
