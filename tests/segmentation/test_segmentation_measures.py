"""The figures that are compared: those of the report, of now and of the period before alike."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.periods.next_periods import Sheet, northbridge, set_keys
from workbook.diagnostics import param_types
from workbook.diagnostics.compared import changes_of
from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.diagnostic import Period
from workbook.diagnostics.periods.changes import Course
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.diagnostic import DIAGNOSTIC
from workbook.diagnostics.segmentation_matrix.measures import measures
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement


def of_period(inputs, result=None, params=None):
    period = Period(
        label=inputs.label, inputs=inputs, params=params or Params(), sources=None,
        compute=compute, known=result,
    )  # fmt: skip
    return {(m.name, m.label): m for m in measures(period)}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Read three years of Northbridge: two accounts buy 55 % less, a product and a name are new."""
    folder = northbridge(tmp_path_factory.mktemp("measures"), planted=False)
    sales = Sheet(folder / "data" / "sales.csv", "Invoice")
    amount, product = sales.at("Amount"), sales.at("Service")
    rows = sales.body
    for place, row in enumerate(row for row in rows if row[1].startswith("2026")):
        if row[2].strip() in ("NB031", "NB039"):
            row[amount] = str(round(float(row[amount] or 0) * 0.45, 2))
        if place % 7 == 0:
            row[product] = "Leasing"
    for row in rows:
        if row[1].startswith("2026"):
            row[sales.at("Account manager")] = _renamed(row[sales.at("Account manager")])
    sales.put(rows)
    customers = Sheet(folder / "data" / "customers.xlsx", "Account ID")
    customers.put([[_renamed(cell) for cell in row] for row in customers.body])
    names = "kind,old,new\nmanager,Tom Ashworth,T. Ashworth\n"
    (folder / "aliases.csv").write_text(names, "utf-8")
    return read_engagement(load_engagement(folder, param_types()), ("segmentation_matrix",))


def _renamed(cell):
    return "T. Ashworth" if str(cell).strip() == "Tom Ashworth" else cell


@pytest.fixture(scope="module")
def now(read):
    return compute(read.inputs, Params())


def test_the_engagement_says_what_before_is(read, tmp_path):
    """By default the last day of the period before; ``compare = "window"``: what lies before."""
    days = [period.before for period in read.inputs.periods]
    assert days == [None, date(2024, 12, 31), date(2025, 12, 31)]
    folder = northbridge(tmp_path, planted=False)
    set_keys(folder, compare='"window"')
    other = read_engagement(load_engagement(folder, param_types()), ("segmentation_matrix",))
    assert [period.before for period in other.inputs.periods] == [None, None, None]


def test_a_measure_is_the_figure_that_the_report_prints(read, now):
    found = of_period(read.inputs, now)
    basis = now.funnel_basis
    printed = {
        ("turnover", ""): now.turnover.total,
        ("buyers", ""): now.abc_basis.buyers,
        ("customers_active", ""): now.customer_states.active,
        ("customers_lost", ""): now.lifecycle_counts.lost,
        ("customers_silent", ""): now.lifecycle_window.silent,
        ("abc_customers", "A"): now.abc_counts.A,
        ("xyz_customers", "Z"): now.xyz_counts.Z,
        ("white_space_value", ""): now.white_space_parts.open.value,
        ("mean_maturity", ""): now.mean_maturity,
        ("products_per_customer", ""): now.products_per_customer,
        ("repeat_sales", ""): now.turnover.repeat_sum,
        ("deals_closed", ""): basis.closed,
        ("win_rate", ""): basis.won / basis.closed,
        ("offers_open", ""): sum(row.n for row in now.snapshot),
        ("offers_overdue", ""): sum(row.overdue for row in now.snapshot),
        ("points_overdue", ""): len(now.overdue_points),
    }
    assert {place: found[place].value for place in printed} == pytest.approx(printed)
    for row in (row for row in now.turnover_managers if row.manager):
        assert found["manager_turnover", row.manager].value == row.total


def test_what_was_before_is_the_same_in_every_place(read, now):
    """The measure of the last period, the key figure's previous value, the columns of before."""
    then = of_period(read.inputs.previous)
    previous = {figure.name: figure.previous for figure in DIAGNOSTIC.key_figures(now)}
    assert previous["turnover"] == then["turnover", ""].value == now.turnover.total_before
    assert previous["a_customers"] == then["abc_customers", "A"].value
    assert previous["customers_silent"] == then["customers_silent", ""].value
    assert now.lifecycle_counts_before.lost == then["customers_lost", ""].value


def test_headline_figures_are_followed_over_three_periods(read, now):
    found = changes_of(
        DIAGNOSTIC, read.engagement, read.inputs, params=Params(), sources=None, result=now
    )
    assert found.periods == ("2024", "2025", "2026")
    heads = {change.name: change for change in found.changes if change.headline}
    assert {"turnover", "customers_active", "customers_lost"} <= heads.keys()
    assert [p.value is not None for p in heads["turnover"].series] == [True, True, True]
    assert heads["turnover"].course is Course.NOT_TESTED


def test_who_left_class_a_and_who_came_is_named(now):
    moves = {row["customer_id"]: (row["before"], row["now"]) for row in now.a_moves.records()}
    assert moves["NB031"] == ("A", "B")
    assert moves["NB018"] == ("B", "A")
    assert "NB039" not in moves  # still the largest but two


def test_a_product_that_was_not_sold_before_is_new(now):
    assert [p.product for p in now.products if p.is_new] == ["Leasing"]


def test_a_register_that_goes_on_is_told_from_where_the_last_report_stopped(read, now):
    """The 30 deals of both years are in the register, those that moved in 2026 in the funnel."""
    assert now.funnel_basis.told == date(2025, 12, 31)
    assert now.funnel_basis.earlier > 0
    assert now.funnel_basis.closed < now.win_rate.closed
    assert sum(cohort.entered for cohort in now.funnel_cohorts) == (
        now.funnel_basis.deals + now.funnel_basis.earlier
    )
    first = compute(replace(read.inputs, previous=None, since=None, before=None), Params())
    assert first.funnel_basis.told is None
    assert first.funnel_basis.deals == now.funnel_basis.deals + now.funnel_basis.earlier
    assert first.board_counts == now.board_counts  # the stock is the same
    assert len(first.overdue_points) == len(now.overdue_points)


@pytest.fixture
def offers(table):
    days = ["2025-02-01", "2025-03-01", "2025-08-01", "2025-09-01", "2025-10-01"]
    return table(
        deal_id=["1", "2", "3", "4", "5"],
        customer_id=["a", "b", "a", "c", "c"],
        product="P",
        date=days,
        status=["won", "lost", "won", "lost", "open"],
    )


def test_won_deals_are_those_closed_in_the_window(inputs, offers):
    half = Span(after=date(2025, 6, 30), last=date(2025, 12, 31))
    found = of_period(replace(inputs(offers=offers), window=half))
    won = found["win_rate", ""]
    assert (won.value, won.n) == (0.5, 2)
    assert won.sample.values.tolist() == [1.0, 0.0]
    assert list(won.sample.givers) == ["a", "c"]
    assert found["offers_open", ""].value == 1
    whole = of_period(inputs(offers=offers))["win_rate", ""]
    assert (whole.value, whole.n) == (0.5, 4)


def test_without_sales_only_registers_are_measured(inputs, offers):
    names = {name for name, _ in of_period(inputs(offers=offers))}
    assert names == {"deals_closed", "win_rate", "offers_open", "offers_overdue"}


def test_kinds_of_sale_are_left_out_where_the_data_begin_too_late(inputs, table):
    """First sales of the data are no first sales of customers."""
    sales = table(
        customer_id=["a", "b", "a"], date=["2025-02-01", "2025-03-01", "2025-12-01"],
        amount=[10.0, 20.0, 30.0], manager="Ann Reed",
    )  # fmt: skip
    names = {name for name, _ in of_period(inputs(sales=sales))}
    assert "manager_turnover" in names
    assert not names & {"first_sales", "repeat_sales", "manager_first_sales"}


def test_no_empty_row_of_a_former_name_is_left(read, now):
    """An alias takes the manager's sales of all years with it, and so does the comparison."""
    rows = {row.manager: row for row in now.turnover_managers}
    assert "Tom Ashworth" not in rows
    assert rows["T. Ashworth"].total_before > 0
    then = of_period(read.inputs.previous)
    assert then["manager_turnover", "T. Ashworth"].value == rows["T. Ashworth"].total_before


def test_a_manager_who_bears_one_name_in_all_periods_has_one_row(inputs, table):
    days = [*(f"2024-{m:02}-15" for m in range(1, 13)), *(f"2025-{m:02}-15" for m in range(1, 13))]
    sales = table(customer_id="a", date=days, amount=100.0, manager="T. Ashworth")
    now = replace(inputs(sales=sales), before=date(2024, 12, 31))
    (row,) = compute(now, Params()).turnover_managers
    assert (row.manager, row.total, row.total_before) == ("T. Ashworth", 1200.0, 1200.0)


def test_half_of_the_turnover_is_brought_by_the_fewest(inputs, table):
    amounts = [50.0, 30.0, 15.0, 5.0]
    sales = table(customer_id=list("abcd"), date="2025-12-01", amount=amounts)
    found = of_period(inputs(sales=sales))
    assert found["half_of_turnover", ""].value == 1
    assert found["abc_share", "A"].value == pytest.approx(0.5)
    assert np.isclose(sum(found["abc_share", name].value for name in "ABC"), 1.0)
