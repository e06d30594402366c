"""The funnel: every entry ends in exactly one way, in customers and in money."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.cautions import cautions
from workbook.diagnostics.segmentation_matrix.deals import deals
from workbook.diagnostics.segmentation_matrix.funnel import (
    entries,
    funnel,
    funnel_cohorts,
    refusals,
    snapshot,
)
from workbook.diagnostics.segmentation_matrix.matrix import matrix_of
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.rules import assign

TODAY = np.datetime64("2025-12-31", "D")
NAMES = ("deal_id", "stage", "status", "date", "amount", "reason", "due_date")
DEALS = [
    ("1", "Presentation", "open", "2025-01-10", None, None, None),
    ("1", "PROPOSAL", "open", "2025-01-20", 100.0, None, None),
    ("1", "proposal", "won", "2025-02-09", 120.0, None, None),
    ("2", "presentation", "open", "2025-02-01", 50.0, None, None),
    ("2", "proposal", "open", "2025-02-05", None, None, None),
    ("2", "presentation", "open", "2025-02-09", None, None, None),
    ("2", None, "lost", "2025-04-02", None, "Price", None),
    ("3", "presentation", "open", "2025-04-01", None, None, "2025-04-08"),
    ("4", "proposal", "lost", "2025-04-01", 10.0, "price ", None),
    ("5", None, "lost", "2025-05-01", 1.0, None, None),
    ("6", "pilot", "open", "2025-05-01", 9.0, None, None),
]


def events(table, inputs, rows=DEALS, **more):
    frame = table(
        **{name: list(c) for name, c in zip(NAMES, zip(*rows, strict=True), strict=True)},
        **({"customer_id": [f"c{row[0]}" for row in rows], "product": "X"} | more),
    )
    return deals(inputs(offers=frame), Params())


def test_every_entry_ends_in_exactly_one_way(table, inputs):
    rows = funnel(events(table, inputs), Params())
    assert [(s.stage, s.entered, s.advanced, s.lost, s.still, s.back) for s in rows] == [
        ("presentation", 4, 2, 1, 1, 0),
        ("proposal", 3, 1, 1, 0, 1),
        ("pilot", 1, 0, 0, 1, 0),
    ]


def test_money_is_the_deals_latest_amount(table, inputs):
    first, second, _ = funnel(events(table, inputs), Params())
    assert (first.amount, first.amount_advanced, first.amount_lost) == (220.0, 170.0, 50.0)
    assert (second.amount, second.amount_back, second.amount_still) == (180.0, 50.0, 0.0)


def test_time_in_a_stage_is_known_where_its_beginning_is(table, inputs):
    """Deal 4 is known only by the day it was lost."""
    first, second, third = funnel(events(table, inputs), Params())
    assert (first.median_days, first.left) == (10.0, 3)
    assert (second.median_days, second.left) == (12.0, 3)
    assert (third.median_days, third.rate, third.ci_low) == (None, None, None)
    assert (first.customers, first.rate) == (3, pytest.approx(2 / 3))
    assert 0 < first.ci_low < first.rate < first.ci_high < 1


def test_cohorts_are_quarters_of_the_first_event(table, inputs):
    rows = funnel_cohorts(events(table, inputs))
    assert [(c.cohort, c.entered, c.won, c.lost, c.open, c.amount, c.rate) for c in rows] == [
        ("2025-Q1", 2, 1, 1, 0, 170.0, 0.5),
        ("2025-Q2", 4, 0, 2, 2, 20.0, 0.0),
    ]


def test_the_snapshot_is_of_open_deals_only(table, inputs):
    rows = snapshot(events(table, inputs), TODAY)
    assert [(s.stage, s.n, s.amount, s.overdue, s.no_next_step) for s in rows] == [
        ("presentation", 1, None, 1, 0),
        ("pilot", 1, 9.0, 0, 1),
    ]


def test_refusals_by_stage_and_reason(table, inputs):
    """A blank stage is the one that the deal was last in; reasons differ not by case."""
    rows = refusals(events(table, inputs))
    assert [(r.stage, r.reason, r.n, r.amount) for r in rows] == [
        ("presentation", "Price", 1, 50.0),
        ("proposal", "price", 1, 10.0),
        (None, None, 1, 1.0),
    ]
    two = [("1", "proposal", "lost", "2025-01-01", 1.0, "Price", None),
           ("2", "proposal", "lost", "2025-01-01", 2.0, " PRICE", None)]  # fmt: skip
    (row,) = refusals(events(table, inputs, two))
    assert (row.n, row.amount) == (2, 3.0)


def test_stages_that_the_options_do_not_name_follow_by_their_first_day(table, inputs):
    rows = [
        ("1", "Zoo", "open", "2025-03-01", None, None, None),
        ("2", "Ark", "open", "2025-02-01", None, None, None),
        ("3", "zoo ", "open", "2025-01-01", None, None, None),
        ("4", "Презентация", "open", "2025-01-01", None, None, None),
        ("5", "ponuka", "open", "2025-01-01", None, None, None),
    ]
    found = events(table, inputs, rows)
    assert found.stages.unknown == ("zoo", "Ark")
    assert found.stages.names[-2:] == ("zoo", "Ark")
    assert {found.stages.names[code] for code in found.stages.codes} == {
        "zoo",
        "Ark",
        "presentation",
        "proposal",
    }


def test_own_stages_are_taken_in_their_order(table, inputs):
    frame = table(customer_id="a", product="X", status="open", deal_id="1",
                  stage=["Встреча", "ДОГОВОР"], date=["2025-01-01", "2025-01-02"])  # fmt: skip
    found = deals(inputs(offers=frame), Params(stages=("встреча", "договор")))
    assert found.stages.names == ("встреча", "договор")
    assert found.stages.by_contract.tolist() == [False, True]
    assert [s.stage for s in funnel(found, Params())] == ["встреча", "договор"]


def test_without_numbers_a_deal_is_a_customer_and_product_until_it_is_closed(table, inputs):
    frame = table(
        customer_id=["a", "a", "a", "a", "b", None, None],
        product=["X", "X", "X", "Y", "X", "X", "X"],
        stage=["proposal", "proposal", "presentation", "proposal", "closing", "closing", "closing"],
        status=["open", "lost", "open", "open", "open", "open", "open"],
        date=["2025-01-01", "2025-01-05", "2025-03-01", *["2025-02-01"] * 4],
    )
    found = deals(inputs(offers=frame), Params())
    assert found.n == 6
    rows = {s.stage: s for s in funnel(found, Params())}
    assert (rows["proposal"].lost, rows["presentation"].still, rows["closing"].entered) == (1, 1, 3)
    assert rows["closing"].customers == 1


def test_a_lost_deal_taken_up_again_enters_again(table, inputs):
    rows = [
        ("1", "proposal", "open", "2025-01-01", None, None, None),
        ("1", "proposal", "lost", "2025-01-05", None, "Price", None),
        ("1", "proposal", "open", "2025-02-01", None, None, None),
        ("1", "contract", "won", "2025-03-01", None, None, None),
    ]
    first, second = funnel(events(table, inputs, rows), Params())
    assert (first.entered, first.lost, first.advanced) == (2, 1, 1)
    assert (second.advanced, second.median_days) == (1, None)
    (cohort,) = funnel_cohorts(events(table, inputs, rows))
    assert (cohort.won, cohort.lost) == (1, 0)


def test_events_after_the_as_of_date_have_not_happened(table, inputs):
    rows = [("1", "proposal", "open", "2025-01-01", None, None, None),
            ("1", "proposal", "lost", "2026-01-01", None, None, None)]  # fmt: skip
    (stage,) = funnel(events(table, inputs, rows), Params())
    assert (stage.still, stage.lost) == (1, 0)
    assert events(table, inputs, rows[1:]) is None


def test_without_offers_there_is_no_funnel(inputs):
    found = deals(inputs(), Params())
    assert found is None
    assert funnel(found, Params()) == funnel_cohorts(found) == refusals(found) == ()
    assert snapshot(found, TODAY) == ()


def test_cautions_name_what_the_offers_lack(table, inputs):
    frame = table(customer_id=["a", None, "b"], product="X", stage=["pilot", "closing", None],
                  status="open", date="2025-01-01")  # fmt: skip
    given_ = inputs(offers=frame)
    book = ledger_of(given_)
    parts = assign(given_, book)
    facts = matrix_of(given_, book, parts, Params())
    rows = cautions(parts, facts, deals(given_, Params()))
    assert [(c.code, c.n, c.names) for c in rows] == [
        ("unknown_stages", 1, ("pilot",)),
        ("one_event_per_deal", 3, ()),
        ("no_stage", 1, ()),
        ("not_on_board", 1, ()),
    ]


EVENTS = st.tuples(
    st.sampled_from(["1", "2", "3", None]),
    st.sampled_from(["presentation", "proposal", "contract", "pilot", None]),
    st.sampled_from(["open", "open", "won", "lost"]),
    st.integers(1, 20).map(lambda day: str(date(2025, 3, day + 5))),
    st.sampled_from([None, 1.0, 2.5]),
    st.sampled_from([None, "price", "Price"]),
    st.sampled_from([None, "2025-04-04"]),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(EVENTS, min_size=1, max_size=14), data=st.data())
def test_the_parts_add_up_in_any_order_of_rows(rows, data, table, inputs):
    customers = {"customer_id": "a"}
    found = events(table, inputs, rows, **customers)
    order = list(data.draw(st.permutations(range(len(rows)))))
    again = events(table, inputs, [rows[i] for i in order], **customers)
    stages = funnel(found, Params())
    assert stages == funnel(again, Params())
    assert funnel_cohorts(found) == funnel_cohorts(again)
    assert snapshot(found, TODAY) == snapshot(again, TODAY)
    assert refusals(found) == refusals(again)
    for s in stages:
        assert s.entered == s.advanced + s.lost + s.still + s.back == s.left + s.still
        if s.amount is not None:
            parts = (s.amount_advanced, s.amount_lost, s.amount_still, s.amount_back)
            assert s.amount == pytest.approx(sum(parts))
        told = sum(r.n for r in refusals(found) if r.stage == s.stage)
        assert told == s.lost
    cohorts = funnel_cohorts(found)
    assert sum(c.entered for c in cohorts) == found.n
    assert all(c.entered == c.won + c.lost + c.open for c in cohorts)
    assert sum(s.n for s in snapshot(found, TODAY)) == sum(c.open for c in cohorts)
    assert sum(s.entered for s in stages) == len(entries(found).row)
