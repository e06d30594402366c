"""What "before" is: windows as long as this period's, to the last day of the period before."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.key_figures import key_figures
from workbook.diagnostics.segmentation_matrix.params import Params

NOW, THEN = date(2025, 12, 31), date(2025, 6, 30)


@pytest.fixture(scope="module")
def tables(table):
    """Three years of 40 customers, of whom some stop and some begin."""
    rng = np.random.default_rng(5)
    who = rng.integers(0, 40, 900)
    day = np.datetime64("2023-01-01") + rng.integers(0, 1096, 900)
    kept = (who % 7 != 0) | (day < np.datetime64("2025-08-01"))
    kept &= (who % 5 != 0) | (day > np.datetime64("2025-02-01"))
    amounts = rng.integers(1, 900, 900)[kept].astype(float)
    sales = table(
        customer_id=[f"c{k}" for k in who[kept]],
        date=[str(d) for d in day[kept]],
        amount=amounts.tolist(),
        product=rng.choice(["P", "Q", "R"], kept.sum()).tolist(),
    )
    return {"sales": sales}


@pytest.fixture(scope="module")
def both(inputs, tables):
    """Compute a period that is compared with the half year before, and the latter itself."""
    now = replace(inputs(as_of=NOW, **tables), before=THEN)
    sales = tables["sales"]
    known = sales.loc[sales["date"] <= str(THEN)]
    return compute(now, Params()), compute(inputs(as_of=THEN, sales=known), Params())


def test_before_is_what_the_last_report_told(both):
    """Turnover, classes, statuses and KPI of before are those as of the last period's end."""
    now, then = both
    assert now.turnover.total_before == then.turnover.total
    assert now.kpi_total.total_before == then.kpi_total.total
    assert now.lifecycle_counts_before == then.lifecycle_counts
    assert now.abc_history[-2] == then.abc_history[-1]
    told = {figure.name: figure.value for figure in key_figures(then)}
    compared = [f for f in key_figures(now) if f.previous is not None]
    assert {f.name for f in compared} >= {"turnover", "a_customers"}
    assert all(f.previous == told[f.name] for f in compared)


@pytest.mark.parametrize("kind", ["abc", "xyz", "lifecycle"])
def test_moves_lead_from_the_classes_of_then(both, kind):
    now, then = both
    counts = {"abc": then.abc_counts, "xyz": then.xyz_counts, "lifecycle": then.lifecycle_counts}
    moves = getattr(now.migration, kind)
    for name in {move.before for move in moves} - {"none"}:
        assert sum(m.n for m in moves if m.before == name) == getattr(counts[kind], name)


def test_every_customer_is_compared_with_itself_then(both):
    now, then = (result.customers.frame.set_index("customer_id") for result in both)
    sold = then["amount"].reindex(now.index, fill_value=0.0)
    assert now["amount_before"].tolist() == sold.tolist()
    shown = then["abc"].reindex(now.index).astype(object)
    assert now["abc_before"].astype(object).fillna("").tolist() == shown.fillna("").tolist()


def test_the_ledger_of_all_reports_compares_with_the_same_year(inputs, tables):
    now = replace(inputs(as_of=NOW, **tables), before=THEN)
    told = now.ledger.customers["revenue_before"].sum()
    assert told == inputs(as_of=THEN, **tables).ledger.customers["revenue"].sum()
    assert now.earlier(12) == ledger_of(now).earlier(12)


def test_both_windows_are_told_and_what_they_share(both):
    basis = both[0].turnover_basis
    assert (basis.before.first, basis.before.last) == (date(2024, 7, 1), THEN)
    assert basis.shared_months == 6
    assert both[0].kpi_basis.shared_months == 0  # three months each
    assert both[0].lifecycle_basis.before == THEN


def test_without_a_period_before_it_is_the_time_right_before(inputs, tables):
    result = compute(inputs(as_of=NOW, **tables), Params())
    assert result.turnover_basis.before.last == date(2024, 12, 31)
    assert result.turnover_basis.shared_months == 0
    assert result.lifecycle_basis.before == date(2025, 9, 30)


def test_a_year_between_periods_changes_nothing(inputs, tables):
    """The windows to the end of the year before are those right before this year's."""
    plain = inputs(as_of=NOW, **tables)
    params = Params(lifecycle_months=12)
    one, other = (
        compute(each, params) for each in (plain, replace(plain, before=date(2024, 12, 31)))
    )
    assert (one.turnover, one.lifecycle_counts_before) == (
        other.turnover, other.lifecycle_counts_before
    )  # fmt: skip
    assert (one.migration, one.abc_history) == (other.migration, other.abc_history)


def test_sales_that_do_not_reach_back_give_nothing_to_compare_with(inputs, tables):
    """No status, class or turnover of before is told of a day that the sales hardly reach."""
    young = tables["sales"].loc[tables["sales"]["date"] > "2025-05-15"]
    result = compute(replace(inputs(as_of=NOW, sales=young), before=THEN), Params())
    assert result.turnover.total_before is None
    assert result.lifecycle_counts_before is None
    assert result.lifecycle_basis.before is None
    assert result.customers["status_before"].isna().all()
    assert {f.previous for f in key_figures(result)} == {None}
