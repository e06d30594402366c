"""The money of all customers: each once, and the same sums as the reports tell."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.claims import Claim, MoneyKind
from workbook.diagnostics.summary.joined import Joined
from workbook.diagnostics.summary.money import (
    Money,
    at_risk_ids,
    fates,
    money,
    silence_is_loss,
)


def segmentation(**fields):
    result = SimpleNamespace(findings=(), refused_findings=(), answer=None, **fields)
    return (Joined(name="segmentation_matrix", result=result, params=None),)


@pytest.fixture
def five(table, inputs):
    """Five customers: active, active with a risk, silent, registered loss, contract ended."""
    return inputs(
        customers=table(
            customer_id=["a", "b", "c", "d", "e"],
            contract_end=[None, None, None, None, "2025-10-31"],
        ),
        sales=table(
            customer_id=["a", "b", "c", "d", "e", "a", "c"],
            date=["2025-12-01", "2025-12-02", "2025-06-01", "2025-05-01", "2025-09-01",
                  "2023-02-01", "2024-05-01"],
            amount=[100.0, 40.0, 30.0, 20.0, 10.0, 999.0, 500.0],
        ),
        lost_customers=table(
            customer_id=["d"], lost_date=["2025-06-01"], reasons=["price"],
            annual_revenue=[250.0],
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("silent_lost", "at_risk", "lost"), [(True, 40.0, 60.0), (False, 70.0, 30.0)]
)
def test_every_customer_is_kept_at_risk_or_lost(five, silent_lost, at_risk, lost):
    found = fates(five.ledger, ["b"], silent_lost=silent_lost)
    total = money(five.ledger, found, ())
    assert (total.revenue, total.kept, total.at_risk, total.lost) == (200.0, 100.0, at_risk, lost)
    assert total.kept_customers + total.at_risk_customers + total.lost_customers == 5
    assert total.could_be_sold is None


def test_a_lost_customer_is_not_at_risk_as_well(five):
    found = fates(five.ledger, ["d", "b"], silent_lost=True)
    assert money(five.ledger, found, ()).at_risk == 40.0


def test_what_could_be_sold_is_what_the_matrix_says(five):
    joined = segmentation(white_space_parts=SimpleNamespace(open=SimpleNamespace(value=77.0)))
    found = fates(five.ledger, [], silent_lost=True)
    assert money(five.ledger, found, joined).could_be_sold == 77.0


def test_without_sales_there_is_no_money(table, inputs):
    given = inputs(lost_customers=table(customer_id=["d"], lost_date=["2025-06-01"]))
    found = fates(given.ledger, [], silent_lost=True)
    assert money(given.ledger, found, ()) is None


def test_silence_is_a_loss_only_where_the_window_fits():
    assert silence_is_loss(segmentation(lifecycle_window=SimpleNamespace(called="lost")))
    assert not silence_is_loss(segmentation(lifecycle_window=SimpleNamespace(called="silent")))
    assert not silence_is_loss(segmentation(lifecycle_window=None))
    assert not silence_is_loss(())


def test_only_findings_of_money_at_risk_make_a_customer_one_at_risk():
    def claim(kind):
        return Claim(id="x", figures={}, money=1.0, money_kind=kind, customer_ids=(kind.value,))

    assert at_risk_ids(map(claim, MoneyKind)) == {"at_risk"}


def test_parts_that_are_not_the_whole_are_refused():
    with pytest.raises(ValueError, match="parts are"):
        Money(revenue=10.0, kept=5.0, at_risk=1.0, lost=1.0, could_be_sold=None, customers=3,
              kept_customers=1, at_risk_customers=1, lost_customers=1)  # fmt: skip
    with pytest.raises(ValueError, match="no part, or in two"):
        Money(revenue=7.0, kept=5.0, at_risk=1.0, lost=1.0, could_be_sold=None, customers=4,
              kept_customers=1, at_risk_customers=1, lost_customers=1)  # fmt: skip


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("abcdefgh"),
            st.dates(min_value=date(2024, 1, 1),
                     max_value=date(2025, 12, 31)),
            st.integers(min_value=-500, max_value=5000),
        ),
        min_size=1, max_size=40,
    ),
    risky=st.sets(st.sampled_from("abcdefghz")),
    silent_lost=st.booleans(),
)  # fmt: skip
def test_whatever_the_sales_parts_are_the_whole(table, inputs, rows, risky, silent_lost):
    ids, days, amounts = zip(*rows, strict=True)
    sales = table(
        customer_id=list(ids),
        date=[day.isoformat() for day in days],
        amount=[float(a) for a in amounts],
    )
    ledger = inputs(sales=sales).ledger
    found = fates(ledger, risky, silent_lost=silent_lost)
    assert ((found.kept + 0 + found.at_risk + 0 + found.lost) == 1).all()
    total = money(ledger, found, ())
    assert total.kept + total.at_risk + total.lost == pytest.approx(total.revenue)


def test_money_is_not_told_where_returns_make_a_part_larger_than_the_whole():
    def told(kept, lost):
        found = Money(
            revenue=kept + lost, kept=kept, at_risk=0.0, lost=lost, could_be_sold=None,
            customers=2, kept_customers=1, at_risk_customers=0, lost_customers=1,
        )  # fmt: skip
        return found.tellable

    assert told(10.0, 5.0)
    assert not told(-10.0, 25.0)
    assert not told(-10.0, 5.0)
