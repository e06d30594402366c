"""The ledger counts what counts, exactly, and does not care about the order of rows."""

from datetime import date

import numpy as np
import pytest

from workbook.diagnostics.customer_ledger.months import span


def sales(table, **more):
    columns = {
        "customer_id": ["b", "a", "b", "z", "b"],
        "date": ["2025-03-01", "2025-02-01", "2025-01-01", "2025-04-01", "2026-01-01"],
        "amount": [0.1, 0.2, 0.3, 5.0, 9.0],
        "kind": ["sale", "sale", "return", "cancelled", "sale"],
    }
    return table(**(columns | more))


def test_what_is_cancelled_or_in_the_future_is_left_out_and_counted(books, table):
    book = books(sales=sales(table))
    assert (book.cancelled, book.future, len(book.amount)) == (1, 1, 3)
    assert book.customers == ("a", "b", "z")  # z has cancelled documents only: a prospect
    assert book.listed_or_bought == 2
    assert book.first == date(2025, 1, 1)


def test_a_return_takes_its_amount_away_whichever_sign_it_has(books, table):
    rows = table(
        customer_id="a", date="2025-01-01", amount=[5.0, -5.0, -5.0], kind=["return"] * 2 + ["sale"]
    )
    book = books(sales=rows)
    assert book.amount.tolist() == [-50_000] * 3
    assert book.is_return.all()
    assert not book.is_purchase.any()


def test_amounts_are_exact_to_four_decimals(books, table):
    """Three times 0.1 is 0.3: sums of money are not sums of floats."""
    rows = table(customer_id="a", date="2025-01-01", amount=[0.1, 0.1, 0.1, 1265793.0395])
    book = books(sales=rows)
    assert book.money(int(book.amount[:3].sum())) == 0.3
    assert book.money(int(book.amount[3])) == 1265793.0395


def test_totals_beyond_64_bits_lose_decimals_rather_than_overflow(books, table):
    rows = table(customer_id="a", date="2025-01-01", amount=[1e15] * 5)
    book = books(sales=rows)
    assert book.money(int(book.amount.sum())) == pytest.approx(5e15, rel=1e-12)


def test_listed_customers_come_first(books, table):
    known = table(customer_id=["k", "c", "b"], name=["K", "C", "B"])
    book = books(customers=known, sales=sales(table))
    assert book.customers == ("b", "c", "k", "a", "z")
    assert book.listed == 3


def test_the_manager_of_today_is_the_given_one_else_of_the_last_document(books, table):
    known = table(customer_id=["a", "b", "c"], manager=["Ann", None, None])
    rows = sales(table, manager=["Bob", "Cid", "Dan", None, "Eva"])
    book = books(customers=known, sales=rows)
    names = [book.managers[code] if code >= 0 else None for code in book.manager_now]
    assert names == ["Ann", "Bob", None, None]
    on_document = [book.managers[code] for code in book.manager]
    assert on_document == ["Cid", "Dan", "Bob"]


def test_sales_without_any_manager_belong_to_the_customers_own(books, table):
    known = table(customer_id=["a", "b"], manager=["Ann", "Ben"])
    book = books(customers=known, sales=sales(table))
    assert [book.managers[code] for code in book.manager] == ["Ann", "Ben", "Ben"]


def test_the_order_of_rows_is_irrelevant(books, table):
    rows = sales(table, product=["p", "q", "p", "q", "r"], document_id=["1", "2", "3", "4", "5"])
    one, two = books(sales=rows), books(sales=rows.iloc[::-1])
    for name in ("customer", "product", "day", "amount", "manager", "is_return"):
        assert np.array_equal(getattr(one, name), getattr(two, name)), name
    assert (one.customers, one.products) == (two.customers, two.products)


def test_without_sales_there_are_customers_and_no_lines(books, table):
    book = books(customers=table(customer_id=["a", "b"], registered_date=["2025-01-01", None]))
    assert (book.n, len(book.amount), book.first) == (2, 0, None)
    assert book.registered.tolist() == [date(2025, 1, 1), None]
    assert not book.reaches(date(2025, 1, 1))


def test_data_reach_a_window_by_month(books, table):
    """A year of data need not begin with a sale on 1 January."""
    book = books(sales=table(customer_id="a", date="2025-01-09", amount=1.0))
    assert book.reaches(span(date(2025, 12, 31), 12).first)
    assert not book.reaches(date(2024, 12, 31))


def test_inputs_are_not_changed(books, table):
    rows = sales(table)
    before = rows.copy(deep=True)
    books(sales=rows)
    assert rows.equals(before)
