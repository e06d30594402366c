"""A real trading firm's orders (1996-1998) through an engagement folder: every known answer."""

import csv
import gzip
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from table_rows import rows_of

from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleStatus

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "northwind"
BOUNDS = {"50_80": (50, 80), "50_79": (50, 79), "80_95": (80, 95)}
STATUSES = [str(status) for status in LifecycleStatus]


def read(name):
    packed = FOLDER / f"{name}.csv.gz"
    opened, path = (gzip.open, packed) if packed.exists() else (open, FOLDER / f"{name}.csv")
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.fixture(scope="module")
def tables():
    """Return sales by order line with the category as product, and customers."""
    orders = {row[0]: row for row in read("orders")}
    product = dict(read("products"))
    rows = []
    for order, item, price, quantity, discount in read("order-details"):
        amount = round(float(price) * int(quantity) * (1 - float(discount)), 4)
        _, customer, employee, day = orders[order]
        rows.append((customer, day, amount, order, product[item], item, employee))
    names = ["customer_id", "date", "amount", "document_id", "product", "item", "manager"]
    customers = [(row[0], row[0]) for row in read("customers")]
    return {
        "sales": pd.DataFrame(rows, columns=names),
        "customers": pd.DataFrame(customers, columns=["customer_id", "name"]),
    }


@pytest.fixture(scope="module")
def computed(tables, inputs_of_files):
    """Compute as of a day; the engagement holds what was known then."""
    engagements = {}

    def build(as_of, *, by="product", **params):
        if (as_of, by) not in engagements:
            sales = tables["sales"]
            sales = sales.loc[sales["date"] <= str(as_of)].drop(
                columns="item" if by == "product" else "product"
            )
            sales = sales.rename(columns={"item": "product"})
            engagements[as_of, by] = inputs_of_files(
                as_of, sales=sales, customers=tables["customers"]
            )
        return compute(engagements[as_of, by], Params(**params))

    return build


@pytest.mark.parametrize("rule", ["start", "end"])
@pytest.mark.parametrize("bounds", BOUNDS)
@pytest.mark.parametrize(
    ("case", "as_of", "months"),
    [
        ("abc_all_time_customers_with_orders", date(1998, 5, 6), 36),
        ("abc_1997", date(1997, 12, 31), 12),
    ],
)
def test_abc_of_customers(cases, computed, case, as_of, months, bounds, rule):
    known = cases["northwind"][case]
    result = computed(as_of, window_months=months, abc_bounds=BOUNDS[bounds], abc_rule=rule)
    expected = known[f"{rule}_{bounds}"]
    n, basis = result.abc_counts, result.abc_basis
    assert tuple(expected[name] for name in "ABC") == (n.A, n.B, n.C)
    assert (basis.n, basis.base) == (known["clients"], known["base_sum"])
    amounts = (basis.a_amount, basis.b_amount, basis.c_amount)
    for name, amount in zip("ABC", amounts, strict=True):
        assert round(amount / basis.base, 6) == expected[f"share_{name}"]
    assert [rows_of(result.abc)[0].customer_id, rows_of(result.abc)[0].total] == known["top_client"]


@pytest.mark.parametrize("rule", ["start", "end"])
@pytest.mark.parametrize("bounds", BOUNDS)
def test_abc_of_products(cases, computed, bounds, rule):
    known = cases["northwind"]["abc_all_time_products"]
    result = computed(
        date(1998, 5, 6), by="item", window_months=36, abc_bounds=BOUNDS[bounds], abc_rule=rule
    )
    classes = [row.abc for row in result.products]
    expected = known[f"{rule}_{bounds}"]
    assert [classes.count(name) for name in "ABC"] == [expected[name] for name in "ABC"]
    assert [result.products[0].product, result.products[0].amount] == known["top_client"]


@pytest.mark.parametrize("start", ["full", "since_first"])
@pytest.mark.parametrize("deviation", ["population", "sample"])
@pytest.mark.parametrize(
    ("case", "as_of", "months", "bucket"),
    [
        ("xyz_M_1997-01..1997-12", date(1997, 12, 31), 12, "month"),
        ("xyz_Q_1997Q1..1997Q4", date(1997, 12, 31), 12, "quarter"),
        ("xyz_M_1996-08..1998-04", date(1998, 4, 30), 21, "month"),
        ("xyz_M_1996-08..1998-04", date(1998, 5, 6), 36, "month"),
    ],
)
def test_xyz(cases, computed, case, as_of, months, bucket, deviation, start):
    known = cases["northwind"][case]
    options = {
        "xyz_window_months": months,
        "xyz_bucket": bucket,
        "xyz_deviation": deviation,
        "xyz_from": start,
    }
    result = computed(as_of, **options)
    short = {"population": "pop", "sample": "samp"}[deviation]
    expected = known[f"{start}_{short}"]
    n = result.xyz_counts
    assert (n.X, n.Y, n.Z, n.none) == tuple(expected[k] for k in ("X", "Y", "Z", "none"))
    assert (len(result.xyz), result.xyz_basis.buckets) == (known["clients"], known["buckets"])
    told = [row.cv for row in rows_of(result.xyz) if row.class_]
    assert round(min(told), 6) == expected["cv_min"]
    assert round(max(told), 6) == expected["cv_max"]
    assert round(float(pd.Series(told).median()), 6) == expected["cv_median"]
    wide = {way.name: dict(way.counts) for way in result.xyz_basis.alternatives}[f"wide_{bucket}"]
    assert {k: wide[k] for k in "XYZ"} == expected["alt_0.5_1.0"]


def test_months_do_not_tell_these_customers_apart(computed):
    result = computed(date(1997, 12, 31))
    assert not result.xyz_basis.discriminates
    assert "xyz_one_class" in {row.code for row in result.warnings}


@pytest.mark.parametrize("rule", ["period", "gap"])
@pytest.mark.parametrize(
    "day", ["1996-12-31", "1997-03-31", "1997-06-30", "1997-09-30", "1997-12-31", "1998-03-31"]
)
def test_lifecycle(cases, computed, day, rule):
    known = cases["northwind"]["lifecycle_on_order_dates"][day]
    result = computed(date.fromisoformat(day), renewed_rule=rule)
    counted = {name: getattr(result.lifecycle_counts, name) for name in STATUSES}
    assert counted == known[rule]
    assert len(result.lifecycle) == 91
    moves = known.get("migration_from_previous_asof_period_rule")
    if rule == "period" and moves:
        found = {(m.before, m.now): m.n for m in result.migration.lifecycle}
        expected = {(b, a): n for b, row in moves.items() for a, n in row.items() if n}
        assert found == expected
        assert result.lifecycle_basis.illegal == 0


def test_the_status_counts_of_the_end_of_1997(computed):
    n = computed(date(1997, 12, 31)).lifecycle_counts
    assert (n.potential, n.new, n.regular, n.renewed, n.lost) == (3, 1, 38, 21, 28)


def test_moves_between_the_halves_of_1997(cases, computed):
    known = cases["northwind"]["abc_migration_1997H1_to_1997H2"]
    result = computed(date(1997, 12, 31), window_months=6)
    found = {(m.before, m.now): m.n for m in result.migration.abc}
    assert found == {(b, a): n for b, row in known.items() for a, n in row.items() if n}


def test_managers_of_the_first_quarter(cases, computed):
    known = cases["northwind"]["manager_kpi_1997Q1 (rows are order x category)"]
    result = computed(date(1997, 3, 31), window_months=3)
    rows = {row.manager: row for row in result.kpi_managers if row.manager}
    assert rows.keys() == known.keys()
    for name, row in rows.items():
        for kind, n in (("primary", "orders"), ("repeat", "n"), ("new_direction", "n")):
            assert getattr(row, kind) == known[name][kind][n], (name, kind)
            assert getattr(row, f"{kind}_sum") == known[name][kind]["sum"], (name, kind)
    total = result.kpi_total
    assert total.total == pytest.approx(sum(row.total for row in result.kpi_managers))
