"""The whole computation: what is absent, what is cautioned, and the large table."""

from datetime import date

import pytest
from table_rows import rows_of

from workbook.diagnostics.segmentation_matrix.key_figures import key_figures
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleStatus
from workbook.report.plain_data import plain_data

SECTIONS = (
    "segments",
    "targets",
    "abc",
    "xyz",
    "lifecycle",
    "kpi",
    "migration",
    "board",
    "funnel",
    "refusals",
    "control_points",
    "sources",
    "competitors",
    "contribution",
    "next_dates",
)


def codes(result):
    return {row.code: row for row in result.warnings}


def yearly(table, **more):
    """Return three years of monthly sales of three customers."""
    days = [f"{year}-{month:02d}-10" for year in (2023, 2024, 2025) for month in range(1, 13)]
    columns = {
        "customer_id": ["a"] * 36 + ["b"] * 36 + ["c"] * 36,
        "date": days * 3,
        "amount": [100.0] * 36 + [50.0] * 36 + [10.0] * 36,
        "product": ["p", "q", "r"] * 36,
        "manager": ["Ann"] * 72 + ["Bob"] * 36,
    }
    return table(**(columns | more))


def test_without_any_table_everything_is_absent(found):
    result = found()
    assert result.absent == SECTIONS
    assert (result.customers_n, len(result.customers), result.warnings) == (0, 0, ())
    assert key_figures(result) == ()


def test_customers_alone_have_neither_class_nor_status(found, table):
    result = found(customers=table(customer_id=["a", "b"]))
    assert result.customers_n == 2
    assert {"abc", "xyz", "lifecycle", "kpi", "migration"} <= set(result.absent)
    assert result.lifecycle_counts is None


def test_sales_whose_documents_are_all_cancelled_are_none(found, table):
    sales = table(customer_id="a", date="2025-05-05", amount=1.0, kind="cancelled")
    result = found(sales=sales)
    assert "abc" in result.absent
    assert result.warnings == ()


def test_sales_alone_give_classes_statuses_and_kpis(found, table):
    result = found(sales=yearly(table))
    assert set(result.absent) == set(SECTIONS) - {"abc", "xyz", "lifecycle", "kpi", "migration"}
    assert [(row.customer_id, row.class_) for row in rows_of(result.abc)] == [
        ("a", "A"),
        ("b", "B"),
        ("c", "C"),
    ]
    assert {row.class_ for row in rows_of(result.xyz)} == {"X"}
    assert {row.status for row in rows_of(result.lifecycle)} == {LifecycleStatus.REGULAR}
    fields = {(f.abc, f.xyz): (f.n, f.amount) for f in result.nine_field if f.n}
    assert fields == {("A", "X"): (1, 1200.0), ("B", "X"): (1, 600.0), ("C", "X"): (1, 120.0)}
    assert len(result.nine_field) == 12


def test_the_history_holds_windows_that_the_data_cover(found, table):
    result = found(sales=yearly(table))
    years = [period.window.first.year for period in result.abc_history]
    assert years == [2023, 2024, 2025]
    assert all(period.amount == 1920.0 for period in result.abc_history)


def test_a_customer_is_one_row_of_the_large_table(found, table):
    known = table(
        customer_id=["a", "b", "d"],
        name=["Alpha", "Beta", None],
        manager=["Ann", None, "Bob"],
        registered_date=["2022-12-31", None, "2025-01-01"],
    )
    complaints = table(
        complaint_id=["1", "2", "3"],
        customer_id=["a", "a", "b"],
        date=["2025-05-05", "2024-01-01", "2025-06-01"],
    )
    satisfaction = table(
        respondent_id=["1", "2", "3", "4"],
        customer_id=["a", "a", "a", "b"],
        date=["2025-01-01", "2025-03-01", "2025-03-01", "2025-03-01"],
        product="p",
        parameter="x",
        mark=[1.0, 4.0, 5.0, 3.0],
        side=["customer", "customer", "customer", "staff"],
    )
    tables = {
        "sales": yearly(table),
        "customers": known,
        "complaints": complaints,
        "satisfaction": satisfaction,
    }
    result = found(**tables)
    rows = {row.customer_id: row for row in rows_of(result.customers)}
    assert [row.customer_id for row in rows_of(result.customers)] == ["a", "b", "c", "d"]
    a, b, d = rows["a"], rows["b"], rows["d"]
    assert (a.name, a.manager, a.status, a.abc, a.abc_before, a.xyz) == (
        "Alpha", "Ann", LifecycleStatus.REGULAR, "A", "A", "X",
    )  # fmt: skip
    assert (a.amount, a.amount_before, a.used, a.wanted) == (1200.0, 1200.0, 3, None)
    assert (a.primary, a.repeat, a.repeat_sum, a.new_direction) == (0, 12, 1200.0, 0)
    assert (a.tenure_days, a.last_sale) == (1096, date(2025, 12, 10))
    assert (a.complaints, a.most_valuable) == (1, True)
    assert (b.complaints, b.manager, b.most_valuable) == (1, "Ann", False)
    assert (d.status, d.abc, d.xyz, d.last_sale, d.amount) == (
        LifecycleStatus.POTENTIAL,
        None,
        None,
        None,
        0.0,
    )
    assert (d.tenure_days, d.complaints, d.open_offers) == (364, 0, 0)
    assert {row.last_mark for row in rows_of(result.customers)} == {None}  # answers are anonymous
    named = found(**tables, anonymity_threshold=1)
    assert [row.last_mark for row in rows_of(named.customers)] == [4.5, None, None, None]


def test_a_lost_customer_keeps_its_steadiness_as_history_only(found, table):
    days = [f"2025-{month:02d}-10" for month in range(1, 9)]
    sales = table(
        customer_id=["a"] * 8 + ["b"], date=[*days, "2023-01-01"], amount=[100.0] * 8 + [1.0]
    )
    result = found(Params(xyz_bounds=(50, 100)), sales=sales)
    (row,) = rows_of(result.xyz)
    assert (row.class_, row.past) == ("Y", True)
    kpi = {r.customer_id: r for r in rows_of(result.customers)}["a"]
    assert (kpi.status, kpi.xyz) == (LifecycleStatus.LOST, None)


def test_a_window_longer_than_the_data_is_cautioned(found, table):
    sales = table(customer_id="a", date=["2025-07-10", "2025-12-01"], amount=1.0)
    result = found(Params(window_months=24), sales=sales)
    assert not result.abc_basis.window.complete
    assert codes(result)["window_longer_than_data"].n == 556
    assert result.turnover.total_before is None
    assert len(result.abc_history) == 1
    assert {"first_sales_uncertain", "interval_mismatch"} <= codes(result).keys()


def test_negative_totals_are_cautioned_by_name(found, table):
    sales = table(
        customer_id=["a", "b", "b"],
        date="2025-07-10",
        amount=[10.0, 5.0, 8.0],
        kind=["sale", "sale", "return"],
    )
    result = found(sales=sales)
    assert (codes(result)["negative_totals"].n, codes(result)["negative_totals"].names) == (
        1,
        ("b",),
    )
    row = rows_of(result.abc)[-1]
    assert (row.customer_id, row.total, row.class_, row.non_positive) == ("b", -3.0, "C", True)
    assert (result.abc_basis.base, result.abc_basis.non_positive) == (10.0, 1)
    assert result.turnover.total == 7.0


def test_all_totals_negative_still_give_a_result(found, table):
    sales = table(customer_id=["a", "b"], date="2025-07-10", amount=[-10.0, -5.0])
    result = found(sales=sales)
    assert (result.abc_counts.A, result.abc_counts.C) == (0, 2)
    assert [row.share_before for row in rows_of(result.abc)] == [1.0, 1.0]
    assert result.lifecycle_counts.potential == 2


def test_other_cautions(found, table):
    known = table(customer_id=["a", "b", "c", "d", "e"], manager=["Ann", None, None, None, None])
    sales = table(
        customer_id=["a", "b", "c", "d", "f", "a", "f"],
        date=["2025-12-01"] * 5 + ["2025-11-30", "2026-01-01"],
        amount=[400.0, 200.0, 200.0, 200.0, 1.0, 0.5, 7.0],
    )
    result = found(customers=known, sales=sales)
    told = codes(result)
    assert told["tie_across_bound"].names == ("b", "c", "d")
    assert (told["unassigned_managers"].n, told["customers_not_listed"].names) == (5, ("f",))
    assert told["sales_after_as_of"].n == 1
    assert "interval_mismatch" not in told  # who pauses for a day is well seen in three months
    assert "not_identifiable" in told


def test_illegal_moves_of_the_gap_rule_are_told(found, table):
    """A regular customer that paused across the windows is renewed by this rule."""
    sales = table(
        customer_id="a",
        date=["2024-01-01", "2025-04-20", "2025-07-10", "2025-12-20"],
        amount=1.0,
    )
    result = found(Params(renewed_rule="gap"), sales=sales)
    (row,) = rows_of(result.lifecycle)
    assert (row.previous, row.status) == (LifecycleStatus.REGULAR, LifecycleStatus.RENEWED)
    assert (result.lifecycle_basis.illegal, codes(result)["illegal_moves"].n) == (1, 1)


def test_classes_by_margin(found, table):
    sales = table(customer_id=["a", "b"], date="2025-07-10", amount=[10.0, 5.0], margin=[1.0, 4.0])
    result = found(Params(abc_measure="margin"), sales=sales)
    assert [(row.customer_id, row.total) for row in rows_of(result.abc)] == [("b", 4.0), ("a", 1.0)]
    assert (result.abc_basis.measure, result.abc_basis.base) == ("margin", 5.0)
    assert result.turnover.total == 15.0


def test_without_a_margin_there_are_no_classes_by_it(found, table):
    sales = table(customer_id=["a", "b"], date="2025-07-10", amount=[10.0, 5.0])
    result = found(Params(abc_measure="margin"), sales=sales)
    assert "abc" in result.absent
    assert codes(result)["no_margin"].n == 2
    assert result.nine_field == ()
    assert {row.abc for row in rows_of(result.customers)} == {None}


def test_the_result_file_calls_a_class_a_class(found, table):
    data = plain_data(found(sales=yearly(table)))
    assert data["abc"][0]["class"] == "A"
    assert data["xyz"][0]["class"] == "X"
    assert data["abc_counts"] == {"A": 1, "B": 1, "C": 1}
    assert data["xyz_counts"] == {"X": 3, "Y": 0, "Z": 0, "none": 0}
    assert data["lifecycle"][0]["status"] == "regular"


def test_key_figures(found, table):
    figures = {f.name: f for f in key_figures(found(sales=yearly(table)))}
    assert (figures["turnover"].value, figures["turnover"].previous) == (1920.0, 1920.0)
    assert (figures["a_customers"].value, figures["a_customers"].previous) == (1, 1)
    assert figures["customers_lost"].value == 0
    assert figures.keys() == {"turnover", "a_customers", "customers_lost"}


def test_targets_give_maturity_and_white_space_among_the_key_figures(found, table):
    known = table(customer_id=["a", "b", "c"], segment="S")
    sales = yearly(table, product=["p"] * 60 + ["q"] * 48)
    result = found(
        Params(min_buyers=1),
        sales=sales,
        customers=known,
        targets=table(segment=["S"], p="target", q="target"),
    )
    figures = {f.name: f.value for f in key_figures(result)}
    assert figures["mean_maturity"] == pytest.approx((1 / 2 + 1 / 2 + 1 / 2) / 3)
    assert figures["white_space_value"] > 0
    assert not {"targets", "segments", "board"} & set(result.absent)


def test_inputs_are_not_changed(inputs, found, table):
    sales = yearly(table)
    before = sales.copy(deep=True)
    found(sales=sales)
    assert sales.equals(before)


def test_percentages_are_marks_by_their_twentieth_part(found, table):
    marks = table(
        respondent_id="1", customer_id="a", date="2025-01-01", product="p", parameter="x", mark=0.8
    )
    marks.attrs["scale"] = "percent"
    given = found(sales=yearly(table), satisfaction=marks, anonymity_threshold=1)
    (row,) = [r for r in rows_of(given.customers) if r.customer_id == "a"]
    assert row.last_mark == pytest.approx(4.0)
