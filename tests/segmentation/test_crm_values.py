"""8,800 real opportunities (2016-2017): won deals as sales, through an engagement folder."""

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

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "crm_opportunities"
BOUNDS = {"50_80": (50, 80), "50_79": (50, 79), "80_95": (80, 95)}
END = date(2017, 12, 31)
STATUSES = [str(status) for status in LifecycleStatus]


def read(name):
    packed = FOLDER / f"{name}.csv.gz"
    opened, path = (gzip.open, packed) if packed.exists() else (open, FOLDER / f"{name}.csv")
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def iso(day):
    month, number, year = day.split("/")
    return f"{year}-{int(month):02d}-{int(number):02d}"


@pytest.fixture(scope="module")
def tables():
    """Return won deals of regional managers, with products under their proper names."""
    manager = {row["sales_agent"]: row["manager"] for row in read("sales_teams")}
    rows = [
        (
            row["account"],
            iso(row["close_date"]),
            float(row["close_value"]),
            row["opportunity_id"],
            row["product"].replace("GTXPro", "GTX Pro"),
            manager[row["sales_agent"]],
            row["sales_agent"],
        )
        for row in read("sales_pipeline")
        if row["deal_stage"] == "Won"
    ]
    names = ["customer_id", "date", "amount", "document_id", "product", "manager", "agent"]
    customers = [(row["account"], row["account"]) for row in read("accounts")]
    return {
        "sales": pd.DataFrame(rows, columns=names),
        "customers": pd.DataFrame(customers, columns=["customer_id", "name"]),
    }


@pytest.fixture(scope="module")
def computed(tables, inputs_of_files):
    """Compute as of a day; the engagement holds what was known then."""
    engagements = {}

    def build(as_of=END, *, by="manager", **params):
        if (as_of, by) not in engagements:
            sales = tables["sales"].loc[tables["sales"]["date"] <= str(as_of)]
            sales = sales.drop(columns={"manager", "agent"} - {by})
            sales = sales.rename(columns={by: "manager"})
            engagements[as_of, by] = inputs_of_files(
                as_of, sales=sales, customers=tables["customers"]
            )
        return compute(engagements[as_of, by], Params(**params))

    return build


@pytest.mark.parametrize("rule", ["start", "end"])
@pytest.mark.parametrize("bounds", BOUNDS)
def test_abc_of_customers_and_products(cases, computed, bounds, rule):
    result = computed(abc_bounds=BOUNDS[bounds], abc_rule=rule)
    known = cases["crm_opportunities"]["abc_won_value"]
    expected = known[f"{rule}_{bounds}"]
    n, basis = result.abc_counts, result.abc_basis
    assert tuple(expected[name] for name in "ABC") == (n.A, n.B, n.C)
    assert (basis.n, basis.base) == (known["clients"], known["base_sum"])
    assert round(basis.a_amount / basis.base, 6) == expected["share_A"]
    assert [rows_of(result.abc)[0].customer_id, rows_of(result.abc)[0].total] == known["top_client"]
    known = cases["crm_opportunities"]["abc_won_by_product"]
    classes = [row.abc for row in result.products]
    expected = known[f"{rule}_{bounds}"]
    assert [classes.count(name) for name in "ABC"] == [expected[name] for name in "ABC"]
    assert [result.products[0].product, result.products[0].amount] == known["top_client"]


@pytest.mark.parametrize("start", ["full", "since_first"])
@pytest.mark.parametrize("deviation", ["population", "sample"])
def test_xyz(cases, computed, deviation, start):
    known = cases["crm_opportunities"]["xyz_monthly_won_2017-03..12"]
    result = computed(xyz_deviation=deviation, xyz_from=start)
    short = {"population": "pop", "sample": "samp"}[deviation]
    expected = known[f"{start}_{short}"]
    n = result.xyz_counts
    assert (n.X, n.Y, n.Z, n.none) == tuple(expected[k] for k in ("X", "Y", "Z", "none"))
    assert result.xyz_basis.buckets == known["buckets"]
    told = [row.cv for row in rows_of(result.xyz)]
    assert [round(f(told), 6) for f in (min, max)] == [expected["cv_min"], expected["cv_max"]]
    assert round(float(pd.Series(told).median()), 6) == expected["cv_median"]
    wide = {way.name: dict(way.counts) for way in result.xyz_basis.alternatives}["wide_month"]
    assert {k: wide[k] for k in "XYZ"} == expected["alt_0.5_1.0"]


@pytest.mark.parametrize("rule", ["period", "gap"])
@pytest.mark.parametrize("day", ["2017-06-30", "2017-09-30", "2017-12-31"])
def test_lifecycle(cases, computed, day, rule):
    known = cases["crm_opportunities"]["lifecycle_on_won_dates"][day]
    result = computed(date.fromisoformat(day), renewed_rule=rule)
    counted = {name: getattr(result.lifecycle_counts, name) for name in STATUSES}
    assert counted == known[rule]
    moves = known.get("migration_from_previous_asof_period_rule")
    if moves:
        found = {(m.before, m.now): m.n for m in result.migration.lifecycle}
        assert found == {(b, a): n for b, row in moves.items() for a, n in row.items() if n}


def test_moves_between_the_half_years(cases, computed):
    """The first half has four months of data only: moves are shown, with a caution."""
    known = cases["crm_opportunities"]["abc_migration_Mar-Jun_to_Jul-Dec_2017"]
    result = computed(window_months=6)
    found = {(m.before, m.now): m.n for m in result.migration.abc}
    assert found == {(b, a): n for b, row in known.items() for a, n in row.items() if n}
    assert "previous_window_partial" in {row.code for row in result.warnings}
    assert result.turnover.total_before is None


def test_kinds_of_sale_of_the_year(cases, computed):
    known = cases["crm_opportunities"]["sale_kind_all_2017"]
    total = computed(kpi_months=12).kpi_total
    for kind, expected in known.items():
        found = {"n": getattr(total, kind), "sum": getattr(total, f"{kind}_sum")}
        assert found == expected


def test_managers_of_the_last_quarter(cases, computed):
    known = cases["crm_opportunities"]["manager_kpi_Q4_2017"]
    rows = {row.manager: row for row in computed(window_months=3).kpi_managers}
    assert rows.keys() == known.keys()
    for name, expected in known.items():
        for kind in ("repeat", "new_direction"):
            found = {"n": getattr(rows[name], kind), "sum": getattr(rows[name], f"{kind}_sum")}
            assert found == expected.get(kind, {"n": 0, "sum": 0.0}), (name, kind)
        assert rows[name].primary == 0


def test_agents_of_the_last_quarter(cases, computed):
    known = cases["crm_opportunities"]["agent_top3_Q4_2017"]
    rows = {row.manager: row for row in computed(by="agent", window_months=3).kpi_managers}
    for name, expected in known.items():
        row = rows[name]
        found = {"n": row.primary + row.repeat + row.new_direction, "sum": row.total}
        assert found == expected


def test_a_year_that_begins_with_the_data_is_cautioned(computed):
    codes = {row.code for row in computed().warnings}
    assert {"window_longer_than_data", "first_sales_uncertain"} <= codes
