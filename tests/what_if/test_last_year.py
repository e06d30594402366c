"""The year to the as-of date by customer: sums by hand, and they are the sums of the table."""

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.what_if.last_year import last_year


def test_without_sales_there_is_no_year(inputs):
    assert last_year(inputs()) is None


def test_net_invoices_by_hand(inputs, table):
    """A: 100 + 50 - 30 - 20 = 100; B: 80; what is cancelled, older or later does not count."""
    sales = table(
        customer_id=["A", "A", "A", "A", "A", "A", "A", "B", None],
        date=["2025-01-01", "2025-06-01", "2025-07-01", "2025-08-01", "2025-09-01",
              "2024-12-31", "2026-01-01", "2025-12-31", "2025-03-01"],
        amount=[100.0, 50.0, 30.0, -20.0, 999.0, 7.0, 7.0, 80.0, 5.0],
        margin=[40.0, None, 12.0, None, 1.0, 1.0, 1.0, 20.0, 1.0],
        kind=["sale", "sale", "return", "return", "cancelled", "sale", "sale", "sale", "sale"],
    )  # fmt: skip
    customers = table(customer_id=["A", "C"], name=["Alfa", "Gama"])
    year = last_year(inputs(sales=sales, customers=customers))
    assert list(year.records()) == [
        {"customer_id": "A", "name": "Alfa", "turnover": 100.0, "margin": 28.0,
         "margin_turnover": 70.0, "manager": "", "only_manager": True},
        {"customer_id": "B", "name": "B", "turnover": 80.0, "margin": 20.0,
         "margin_turnover": 80.0, "manager": "", "only_manager": True},
    ]  # fmt: skip


def test_the_manager_is_of_the_customers_table_else_of_the_latest_document(inputs, table):
    sales = table(
        customer_id=["A", "A", "B", "B", "C", "D", "D"],
        date=["2025-01-05", "2025-02-05", "2025-01-05", "2025-02-05", "2025-01-05",
              "2024-01-05", "2025-01-05"],
        amount=1.0,
        manager=["Eva", "Ivan", "Eva", "Ivan", None, "Ivan", "Eva"],
    )  # fmt: skip
    customers = table(customer_id=["A", "C"], manager=["Ivan", "Eva"])
    year = last_year(inputs(sales=sales, customers=customers)).frame.set_index("customer_id")
    assert year["manager"].to_dict() == {"A": "Ivan", "B": "Ivan", "C": "Eva", "D": "Eva"}
    # D was sold to by another one before these months only; of C no document names anybody.
    assert year["only_manager"].to_dict() == {"A": False, "B": False, "C": True, "D": True}


def test_ten_dimes_reach_a_threshold_of_one(inputs, table):
    sales = table(customer_id="A", date="2025-05-05", amount=[0.1] * 10)
    assert last_year(inputs(sales=sales))["turnover"].tolist() == [1.0]


rows = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C"]),
        st.dates(date(2024, 6, 1), date(2026, 2, 1)),
        st.integers(-(10**8), 10**8).map(lambda n: n / 100),
        st.sampled_from(["sale", "return", "cancelled", None]),
        st.sampled_from(["Eva", "Ivan", None]),
    ),
    min_size=1,
    max_size=30,
)


@given(rows=rows)
def test_the_customers_add_up_to_the_net_sales_of_the_year_in_any_order(rows):
    def year_of(rows):
        frame = pd.DataFrame(rows, columns=["customer_id", "date", "amount", "kind", "manager"])
        frame["date"] = pd.to_datetime(frame["date"])
        return last_year(Inputs(tables={"sales": frame}, as_of=date(2025, 12, 31)))

    year = year_of(rows)
    by_hand = sum(
        -abs(amount) if kind == "return" else amount
        for _, day, amount, kind, _ in rows
        if kind != "cancelled" and day.year == 2025
    )
    assert np.isclose(year["turnover"].sum(), by_hand, atol=1e-6)
    assert year == year_of(rows[::-1])
