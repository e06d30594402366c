"""What holds in every ledger: states partition the customers, and every report counts the same."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.churn_reasons.losses import find_losses
from workbook.diagnostics.churn_reasons.params import Params as ChurnParams
from workbook.diagnostics.customer_ledger.identities import check
from workbook.diagnostics.customer_ledger.ledger_result import CUSTOMERS
from workbook.diagnostics.customer_ledger.months import back
from workbook.diagnostics.customer_ledger.purchases import purchases
from workbook.diagnostics.customer_ledger.rules import LedgerRules
from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix import lifecycle
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.engagement.data import open_engagement
from workbook.stats.data_table import DataTable

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
NAMES = ("northbridge", "severstroy", "tatra-servis", "ural-tekhnika", "vektor-it")
DAYS = st.dates(date(2023, 1, 1), date(2026, 3, 31))
IDS = st.sampled_from([f"c{i}" for i in range(8)])
KINDS = st.sampled_from(["sale", "sale", "sale", "return", "cancelled"])


def drawn(table, sales, losses, listed, contracts, elsewhere):
    """Return tables with what was drawn; a table without rows is not there."""
    tables = {}
    if sales:
        who, when, amounts, kinds = zip(*sales, strict=True)
        tables["sales"] = table(customer_id=list(who), date=[str(d) for d in when],
                                amount=[float(a) for a in amounts], kind=list(kinds))  # fmt: skip
    if losses:
        who, lost, away = zip(*losses, strict=True)
        back_again = [None if n is None else str(d + pd.Timedelta(days=n))[:10]
                      for d, n in zip(lost, away, strict=True)]  # fmt: skip
        tables["lost_customers"] = table(customer_id=list(who), lost_date=[str(d) for d in lost],
                                         returned_date=back_again, reasons="x")  # fmt: skip
    if listed:
        ends = [str(contracts[n]) if n in contracts else None for n in sorted(listed)]
        tables["customers"] = table(customer_id=sorted(listed), contract_end=ends)
    if elsewhere:
        tables["survey"] = table(customer_id=sorted(elsewhere), respondent_id="r", score=9,
                                 date="2025-05-01")  # fmt: skip
    return tables


def engagements(*, contracts=True):
    return {
        "sales": st.lists(st.tuples(IDS, DAYS, st.integers(-3, 40), KINDS), max_size=25),
        "losses": st.lists(
            st.tuples(IDS, DAYS, st.one_of(st.none(), st.integers(1, 300))), max_size=8
        ),
        "listed": st.sets(IDS),
        "contracts": st.dictionaries(IDS, DAYS) if contracts else st.just({}),
        "elsewhere": st.sets(st.one_of(IDS, st.just("only-there"))),
        "months": st.integers(1, 6),
        "as_of": st.dates(date(2024, 6, 1), date(2025, 12, 31)),
    }


@settings(max_examples=120)
@given(**engagements())
def test_states_partition_the_customers_of_all_tables(
    table, sales, losses, listed, contracts, elsewhere, months, as_of
):
    tables = drawn(table, sales, losses, listed, contracts, elsewhere)
    inputs = Inputs(tables=tables, as_of=as_of, rules=LedgerRules(lifecycle_months=months))
    made = inputs.ledger
    everybody = {c for t in tables.values() for c in t["customer_id"]}
    assert sorted(made.customers.values("customer_id")) == sorted(everybody)
    counts, rows = made.counts, made.customers.frame
    assert counts.prospect + counts.lost + counts.active == len(everybody)
    assert counts.lost == int(rows["is_lost"].sum())
    assert counts.all_silent == int(rows["is_silent"].sum()) == counts.silent + counts.both
    assert (rows.loc[rows["is_new"] | rows["is_returned"], "state"] == "active").all()
    bound = pd.Timestamp(back(as_of, months))
    # Both at once: bought first, was lost and came back, all of it within the window.
    assert (rows.loc[rows["is_new"] & rows["is_returned"], "lost_date"] > bound).all()
    prospects = rows.loc[rows["state"] == "prospect"]
    assert prospects["first_sale"].isna().all()
    assert not prospects["in_register"].any()
    assert (rows.loc[rows["state"] == "silent", "last_sale"].dropna() <= bound).all()


@settings(max_examples=80)
@given(**engagements())
def test_the_segmentation_and_churn_count_the_same_lost_customers(
    table, sales, losses, listed, contracts, elsewhere, months, as_of
):
    tables = drawn(table, sales, losses, listed, contracts, elsewhere)
    inputs = Inputs(tables=tables, as_of=as_of, rules=LedgerRules(lifecycle_months=months))
    counts = inputs.ledger.counts
    result = compute(inputs, Params(lifecycle_months=months, bootstrap=1))
    assert result.customers_n == counts.customers
    if result.lifecycle_counts is not None:
        told = result.lifecycle_counts
        assert told.lost == counts.registered_loss + counts.contract_ended + counts.silent
        assert (told.potential, told.new) == (counts.prospect, counts.new)
        assert result.lifecycle_window.silent == counts.all_silent
        assert len(result.lifecycle) == counts.customers
    rows = find_losses(inputs, ChurnParams()).frame.drop_duplicates("code", keep="last")
    gone = rows.loc[~(rows["returned"] <= (as_of - date(1970, 1, 1)).days)]
    assert len(gone) == counts.registered_loss


@settings(max_examples=100)
@given(**engagements(contracts=False))
def test_only_legal_moves_but_for_a_loss_written_down_within_the_window(
    table, sales, losses, listed, contracts, elsewhere, months, as_of
):
    """Bought for the first time and lost by the register within one window: potential to lost."""
    tables = drawn(table, sales, losses, listed, contracts, elsewhere)
    books = ledger_of(Inputs(tables=tables, as_of=as_of))
    if books.first is None:
        return
    bought, params = purchases(books), Params(lifecycle_months=months)
    marks = [lifecycle.statuses(books, bought, params, ago=ago) for ago in range(4)]
    for ago, (later, earlier) in enumerate(pairwise(marks)):
        day = np.datetime64(back(as_of, months * ago), "D")
        since = np.datetime64(back(as_of, months * (ago + 1)), "D")
        free = ~(books.register.lost_on(day) > since)
        assert lifecycle.illegal(earlier[free], later[free]) == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_has_one_ledger_that_adds_up(name):
    data = open_engagement(SAMPLES / name)
    inputs = data.inputs
    made = inputs.ledger
    assert inputs.ledger is made
    check(made, inputs)
    named = {
        str(c)
        for t in ("customers", "sales", "lost_customers", "survey", "offers", "complaints",
                  "satisfaction")
        if t in inputs.tables and "customer_id" in inputs.tables[t]
        for c in inputs.tables[t]["customer_id"].dropna()
    }  # fmt: skip
    assert set(made.customers.values("customer_id")) == named
    if "sales" in inputs.tables:
        result = compute(inputs, Params())
        assert result.lifecycle_counts.lost == made.counts.lost
        abc = result.abc.frame.set_index("customer_id")["class_"].astype("str")
        own = made.customers.frame.set_index("customer_id")["abc"].dropna().astype("str")
        assert own.sort_index().equals(abc.sort_index().rename("abc"))


class TestWhatIsRefused:
    @pytest.fixture
    def made(self, table, inputs):
        given_ = inputs(
            sales=table(customer_id=["a", "b"], date="2025-12-01", amount=[1.0, 2.0]),
            lost_customers=table(customer_id="a", lost_date="2025-06-01"),
        )
        return given_.ledger, given_

    def changed(self, ledger, **columns):
        frame = ledger.customers.frame.assign(**columns)
        return replace(ledger, customers=DataTable(CUSTOMERS, frame))

    def test_a_customer_without_a_state_of_its_own(self, made):
        ledger, given_ = made
        with pytest.raises(ValueError, match="states hold"):
            check(replace(ledger, counts=replace(ledger.counts, active=0)), given_)
        with pytest.raises(ValueError, match="states hold"):
            check(self.changed(ledger, customer_id="a"), given_)

    def test_revenue_that_is_not_that_of_the_sales(self, made):
        ledger, given_ = made
        with pytest.raises(ValueError, match="of a revenue of 3"):
            check(self.changed(ledger, revenue=[1.0, 3.0]), given_)

    def test_a_registered_loss_that_is_none(self, made):
        ledger, given_ = made
        with pytest.raises(ValueError, match="registered losses"):
            check(self.changed(ledger, in_register=False), given_)

    def test_silent_customers_that_do_not_add_up(self, made):
        ledger, given_ = made
        with pytest.raises(ValueError, match="the silent"):
            check(replace(ledger, counts=replace(ledger.counts, both=1)), given_)

    def test_a_segmentation_that_counts_otherwise(self, made, monkeypatch):
        _, given_ = made
        wrong = replace(given_.ledger, counts=replace(given_.ledger.counts, new=7))
        object.__setattr__(given_, "_ledger", wrong)
        with pytest.raises(ValueError, match="not those of the customer ledger"):
            compute(given_, Params())
