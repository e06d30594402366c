"""KPI tables: what each sale is, whose it is, and that everything adds up."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_rows import rows_of

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.sale_kinds import SaleKind, sale_kinds
from workbook.stats import wilson

AS_OF = date(2025, 12, 31)


def kinds_of(book):
    """Return the kind of each line in the order of customer and day."""
    return [SaleKind(kind).name for kind in sale_kinds(book).kind]


def test_the_first_document_is_primary_as_a_whole(books, table):
    sales = table(
        customer_id="a",
        date=["2025-01-01"] * 3 + ["2025-02-01"] * 3 + ["2025-03-01"],
        document_id=["1", "1", "2", "3", "3", "3", "4"],
        product=["p", "q", "r", "p", "s", "s", "s"],
        amount=[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0],
    )
    assert sorted(
        zip(books(sales=sales).amount // 10_000, kinds_of(books(sales=sales)), strict=True)
    ) == [
        (1, "PRIMARY"),
        (2, "PRIMARY"),
        (4, "NEW_DIRECTION"),
        (8, "REPEAT"),
        (16, "NEW_DIRECTION"),
        (32, "NEW_DIRECTION"),
        (64, "REPEAT"),
    ]


def test_of_two_documents_on_the_first_day_the_lower_number_is_the_first(books, table):
    sales = table(
        customer_id="a", date="2025-01-01", document_id=["10", "9"], product="p", amount=[1.0, 2.0]
    )
    book = books(sales=sales)
    found = dict(zip((book.amount // 10_000).tolist(), kinds_of(book), strict=True))
    assert found == {1: "REPEAT", 2: "PRIMARY"}


def test_without_document_numbers_a_day_is_a_document(books, table):
    sales = table(
        customer_id="a",
        date=["2025-01-01"] * 2 + ["2025-01-02"],
        product=["p", "q", "p"],
        amount=1.0,
    )
    assert kinds_of(books(sales=sales)) == ["PRIMARY", "PRIMARY", "REPEAT"]


def test_without_products_later_sales_are_repeat_sales(books, table):
    sales = table(customer_id="a", date=["2025-01-01", "2025-01-02"], amount=1.0)
    assert kinds_of(books(sales=sales)) == ["PRIMARY", "REPEAT"]


def test_a_return_is_none_of_the_three(books, table):
    sales = table(
        customer_id="a", date=["2025-01-01", "2025-01-02"], amount=[-1.0, 1.0], product="p"
    )
    assert kinds_of(books(sales=sales)) == ["RETURN", "PRIMARY"]


def test_the_same_number_of_another_customer_is_another_document(books, table):
    sales = table(
        customer_id=["a", "b", "a"],
        date=["2025-01-01", "2025-01-02", "2025-01-02"],
        document_id="1",
        product="p",
        amount=1.0,
    )
    assert kinds_of(books(sales=sales)) == ["PRIMARY"] * 3


def two_managers(table):
    """Return the example of the method as a small table of sales and customers.

    The sums and the totals are the source's; how many customers each manager has is this
    test's own (Ivanov 40 | 10 | 8 | 5, Petrov 22 | 15 | 5 | 6).  The lost were lost in the quarter:
    they bought in the one before.  Seven more of Petrov's have been lost for years.
    """
    sales, customers = [], []
    plan = {
        "Ivanov": ((40, 10, 8, 5), (100_000, 450_000, 23_000)),
        "Petrov": ((22, 15, 5, 6), (150_000, 58_000, 75_000)),
    }
    for manager, ((potential, first, lost, renewed), (primary, repeat, new)) in plan.items():
        who = iter(f"{manager}-{k}" for k in range(1000))
        customers += [(next(who), manager) for _ in range(potential)]
        for k in range(first):
            customers.append((next(who), manager))
            amount = primary // first
            sales.append((customers[-1][0], f"2025-11-{k + 1:02d}", amount, "p", manager))
        for _ in range(lost):
            customers.append((next(who), manager))
            sales.append((customers[-1][0], "2025-08-05", 1_000, "p", manager))
        for k in range(renewed):
            customers.append((next(who), manager))
            amount = repeat // renewed + (repeat % renewed if not k else 0)
            sales.append((customers[-1][0], "2024-05-05", 1_000, "p", manager))
            sales.append((customers[-1][0], "2025-12-01", amount, "p", manager))
            if not k:
                sales.append((customers[-1][0], "2025-12-02", new, "q", manager))
    for k in range(7):
        customers.append((f"gone-{k}", "Petrov"))
        sales.append((f"gone-{k}", "2024-05-05", 1_000, "p", "Petrov"))
    ids, days, amounts, products, sellers = zip(*sales, strict=True)
    return {
        "sales": table(
            customer_id=list(ids),
            date=list(days),
            amount=[float(a) for a in amounts],
            product=list(products),
            manager=list(sellers),
        ),
        "customers": table(
            customer_id=[c for c, _ in customers], manager=[m for _, m in customers]
        ),
    }


def test_the_example_of_two_managers(found, table):
    result = found(Params(), **two_managers(table))
    total = result.kpi_total
    counts = (total.potential, total.primary, total.lost, total.renewed)
    sums = (total.primary_sum, total.repeat_sum, total.new_direction_sum)
    assert counts == (62, 25, 13, 11)
    assert (total.lost_stock, result.lifecycle_counts.lost) == (20, 20)
    assert {row.manager: row.lost for row in result.kpi_managers} == {"Ivanov": 8, "Petrov": 5}
    assert sums == (250_000, 508_000, 98_000)
    rows = {
        row.manager: (row.primary_sum, row.repeat_sum, row.new_direction_sum)
        for row in result.kpi_managers
    }
    assert rows == {"Ivanov": (100_000, 450_000, 23_000), "Petrov": (150_000, 58_000, 75_000)}


def test_sales_belong_to_the_document_and_statuses_to_today(found, table):
    known = table(customer_id=["a"], manager=["New"])
    sales = table(
        customer_id="a", date=["2024-01-01", "2025-06-01"], amount=[5.0, 7.0], manager=["Old", None]
    )
    result = found(Params(kpi_months=12), customers=known, sales=sales)
    rows = {row.manager: row for row in result.kpi_managers}
    assert (rows["New"].lost_stock, rows["New"].total, rows["New"].customers) == (1, 0.0, 1)
    assert (rows[None].lost_stock, rows[None].total) == (0, 7.0)
    assert (rows["Old"].total, rows["Old"].total_before) == (0.0, 5.0)


def test_growth_of_repeat_sales_alone_is_named(found, table):
    """Rita sells more of the same to the same; Nora wins customers and new lines."""
    rows = []
    for year, times in ((2023, 1), (2024, 2), (2025, 4)):
        for k in range(times):
            rows.append(("r", f"{year}-0{k + 1}-10", 100.0, "p", "Rita"))
            rows.append((f"n{year}{k}", f"{year}-0{k + 1}-10", 100.0, "p", "Nora"))
    rows.append(("x", "2022-01-10", 1.0, "p", "Nora"))
    who, day, amount, product, manager = (list(part) for part in zip(*rows, strict=True))
    sales = table(customer_id=who, date=day, amount=amount, product=product, manager=manager)
    result = found(sales=sales)
    assert [row.manager for row in result.only_repeat] == ["Rita"]
    (row,) = result.only_repeat
    assert (row.growth, row.repeat_growth, row.repeat_share) == (200.0, 200.0, 1.0)


def test_conversion_counts_prospects_of_the_start_of_the_window(found, table):
    known = table(
        customer_id=list("abcdef"),
        registered_date=["2024-01-01"] * 3 + ["2025-05-01", None, "2023-01-01"],
    )
    sales = table(
        customer_id=["a", "d", "e", "f"],
        date=["2025-03-01", "2025-06-01", "2025-06-01", "2023-01-10"],
        amount=1.0,
    )
    result = found(Params(kpi_months=12), customers=known, sales=sales)
    (row,) = [k for k in result.department if k.kpi == "conversion"]
    interval = wilson(1, 3)
    assert (row.n, row.share) == (1, pytest.approx(1 / 3))
    assert (row.ci_low, row.ci_high) == (interval.low, interval.high)


def test_without_dates_of_registration_there_is_no_conversion(found, table):
    known, sales = table(customer_id=["a"]), table(customer_id="a", date="2025-03-01", amount=1.0)
    (row,) = [k for k in found(customers=known, sales=sales).department if k.kpi == "conversion"]
    assert (row.n, row.share, row.ci_low) == (None, None, None)


def test_the_eight_figures_with_those_of_the_window_before(found, table):
    sales = table(
        customer_id=["a", "a", "a", "b", "b"],
        date=["2023-06-01", "2024-06-01", "2025-12-01", "2025-01-10", "2025-12-01"],
        amount=[10.0, 20.0, 40.0, 80.0, 160.0],
        product=["p", "p", "q", "p", "p"],
    )
    rows = {row.kpi: row for row in found(Params(kpi_months=12), sales=sales).department}
    assert list(rows) == [
        "initial_phase",
        "first_sales",
        "conversion",
        "repeat_sales",
        "new_directions",
        "class_a",
        "lost",
        "renewed",
    ]
    told = {name: (r.n, r.amount, r.n_before, r.amount_before) for name, r in rows.items()}
    assert told["first_sales"] == (1, 80.0, 0, 0.0)
    assert told["repeat_sales"] == (1, 160.0, 1, 20.0)
    assert told["new_directions"] == (1, 40.0, 0, 0.0)
    assert told["class_a"] == (1, 240.0, 1, 20.0)
    assert told["lost"] == (0, None, 0, None)  # a was lost at the end of 2023 already
    assert told["renewed"] == (1, None, 0, None)


def test_an_a_customer_gone_silent(found, table):
    regular = [f"2025-0{m}-01" for m in range(1, 8)]
    sales = table(
        customer_id=["big"] * 7 + ["once", "small"],
        date=[*regular, "2025-02-01", "2025-12-20"],
        amount=[1000.0] * 7 + [6000.0, 5.0],
    )
    (row,) = rows_of(found(sales=sales).silent)
    assert (row.customer_id, row.class_, row.amount) == ("big", "A", 7000.0)
    assert (row.last_sale, row.silent_days, row.usual_days) == (date(2025, 7, 1), 183, 30.5)


LINES = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.dates(date(2022, 6, 1), AS_OF),
        st.integers(-500_00, 2_000_00),
        st.sampled_from(["p", "q", "r", None]),
        st.sampled_from(["Ann", "Bob", None]),
        st.sampled_from(["1", "2", "3", None]),
        st.sampled_from(["sale", "sale", "return", "cancelled"]),
    ),
    min_size=1,
    max_size=40,
)


def engagement(table, lines):
    who, day, cents, product, manager, document, kind = (list(c) for c in zip(*lines, strict=True))
    sales = table(
        customer_id=who,
        date=[str(d) for d in day],
        amount=[c / 100 for c in cents],
        product=product,
        manager=manager,
        document_id=document,
        kind=kind,
    )
    known = table(customer_id=["a", "b", "g"], manager=["Ann", None, "Cyd"])
    return Inputs(tables={"sales": sales, "customers": known}, as_of=AS_OF)


def cents(value):
    return round(value * 100)


@settings(max_examples=60, deadline=None)
@given(lines=LINES)
def test_tables_reconcile(table, lines):
    result = compute(engagement(table, lines), Params())
    total = result.turnover
    if total is None:
        assert all(line[-1] == "cancelled" for line in lines)
        return
    sold = cents(total.total)
    for rows, all_ in (
        (result.turnover_managers, total), (result.kpi_managers, result.kpi_total)
    ):  # fmt: skip
        for name in ("total", "primary_sum", "repeat_sum", "new_direction_sum", "returns_sum"):
            assert sum(cents(getattr(r, name)) for r in rows) == cents(getattr(all_, name))
        for name in ("potential", "primary", "lost", "lost_stock", "renewed", "customers",
                     "repeat", "new_direction"):  # fmt: skip
            assert sum(getattr(row, name) for row in rows) == getattr(all_, name)
    assert sum(cents(row.amount) for row in rows_of(result.customers)) == sold
    assert sum(cents(row.amount) for row in result.products) in (sold, 0)
    assert sum(row.primary for row in rows_of(result.customers)) == total.primary
    n = result.lifecycle_counts
    assert n.potential + n.new + n.regular + n.renewed + n.lost == result.customers_n
    assert sum(field.n for field in result.nine_field) == len(result.abc)
    assert total.customers == result.customers_n


@settings(max_examples=25, deadline=None)
@given(lines=LINES, seed=st.integers(0, 1000))
def test_the_order_of_rows_is_irrelevant(table, lines, seed):
    order = np.random.default_rng(seed).permutation(len(lines))
    one = compute(engagement(table, lines), Params())
    two = compute(engagement(table, [lines[i] for i in order]), Params())
    assert one == two
