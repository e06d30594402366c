"""A manager leaves: what rests on him alone, what may, and what others hold too."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.what_if.last_year import LAST_YEAR
from workbook.diagnostics.what_if.leaving_manager import Rests, manager_leaves
from workbook.stats.data_table import DataTable


def year_of(*rows):
    """Return a year: (customer, turnover, manager, no other manager on its documents)."""
    ids, turnovers, managers, only = zip(*rows, strict=True)
    frame = pd.DataFrame(
        {
            "customer_id": ids, "name": ids, "turnover": turnovers,
            "margin": 0.0, "margin_turnover": 0.0, "manager": managers, "only_manager": only,
        }
    )  # fmt: skip
    return DataTable(LAST_YEAR, frame)


YEAR = year_of(
    ("a", 500.0, "Eva", True),
    ("b", 300.0, "Eva", True),
    ("c", 200.0, "Eva", False),
    ("d", 100.0, "Eva", True),
    ("e", 900.0, "Ivan", True),
    ("f", 50.0, "", True),
    ("g", -20.0, "Eva", True),
)
CONTACT = {"a": True, "b": False, "c": True, "e": False}
PRODUCT = {"a": True, "b": True, "c": True, "d": True, "e": True, "f": True, "g": True}


def leaves(manager="", contact=None, product=None):
    return manager_leaves(
        YEAR,
        single_contact=CONTACT if contact is None else contact,
        single_product=PRODUCT if product is None else product,
        manager=manager,
    )


def test_by_hand():
    """A has one of each; b has a second contact, c a second manager; of d no contact is known."""
    found = leaves("Eva")
    eva = found.leaves
    assert (eva.customers, eva.revenue) == (4, 1100)
    assert (eva.alone, eva.alone_revenue) == (1, 500)
    assert (eva.unknown, eva.unknown_revenue) == (1, 100)
    assert (eva.shared, eva.shared_revenue) == (2, 500)
    assert found.customers.values("customer_id") == ["a", "b", "c", "d"]
    assert found.customers.values("rests") == ["alone", "shared", "shared", "unknown"]
    assert found.customers.values("single_contact") == [True, False, True, None]
    assert (found.of_customers, found.of_revenue) == (6, 2050)


def test_a_customer_of_nobody_rests_on_no_manager():
    found = leaves()
    assert [m.manager for m in found.managers] == ["Eva", "Ivan", ""]
    assert (found.managers[-1].shared, found.managers[-1].revenue) == (1, 50)


def test_left_blank_it_is_the_one_on_whom_most_rests_though_another_sells_more():
    assert leaves().leaves.manager == "Eva"
    assert leaves(contact={"e": True}).leaves.manager == "Ivan"


def test_a_name_is_found_whatever_its_capitals():
    assert leaves("IVAN").leaves == leaves("Ivan").leaves


def test_a_manager_without_invoices_holds_nothing():
    found = leaves("Olga")
    assert (found.leaves.manager, found.leaves.customers, found.leaves.revenue) == ("Olga", 0, 0)
    assert len(found.customers) == 0


def test_without_contacts_nobody_is_said_to_be_alone_but_a_second_product_is_enough():
    found = leaves("Eva", contact={}, product={**PRODUCT, "a": False})
    assert not found.contacts_known
    assert (found.leaves.alone, found.leaves.unknown, found.leaves.shared) == (0, 2, 2)


def test_where_no_manager_is_named_nobody_can_leave():
    year = year_of(("a", 5.0, "", True))
    assert manager_leaves(year, single_contact={}, single_product={}) is None


maybe = st.sampled_from([True, False, None])
customers = st.lists(
    st.tuples(
        st.integers(-1000, 10**9).map(lambda n: n / 100),
        st.sampled_from(["Eva", "Ivan", "Olga", ""]),
        st.booleans(),
        maybe,
        maybe,
    ),
    min_size=1,
    max_size=25,
)


@given(rows=customers)
def test_parts_add_up_to_the_revenue_of_all(rows):
    ids = [f"C{i}" for i in range(len(rows))]
    year = year_of(*[(i, row[0], row[1], row[2]) for i, row in zip(ids, rows, strict=True)])
    contact = {i: row[3] for i, row in zip(ids, rows, strict=True) if row[3] is not None}
    product = {i: row[4] for i, row in zip(ids, rows, strict=True) if row[4] is not None}
    found = manager_leaves(year, single_contact=contact, single_product=product)
    if found is None:
        assert not any(row[1] for row in rows if row[0] > 0)
        return
    for m in (found.leaves, *found.managers):
        assert m.alone + m.unknown + m.shared == m.customers
        parts = (m.alone_revenue, m.unknown_revenue, m.shared_revenue)
        assert sum(parts) == pytest.approx(m.revenue)
        assert all(0 <= part <= m.revenue * (1 + 1e-9) for part in parts)
    assert sum(m.customers for m in found.managers) == found.of_customers
    assert sum(m.revenue for m in found.managers) == pytest.approx(found.of_revenue)
    assert found.of_revenue == pytest.approx(sum(row[0] for row in rows if row[0] > 0))
    by_hand = sum(
        row[0] for row in rows
        if row[1] == found.leaves.manager and row[0] > 0 and row[2] and row[3] and row[4]
    )  # fmt: skip
    assert found.leaves.alone_revenue == pytest.approx(by_hand)
    assert found.leaves.alone_revenue == max(m.alone_revenue for m in found.managers if m.manager)
    assert set(found.customers.values("rests")) <= set(Rests)
