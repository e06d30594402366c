"""Warning signs: known before the loss only, tested on losses and on those who stayed."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from workbook.diagnostics.churn_reasons.exposure import latest, product_lines, spans
from workbook.diagnostics.churn_reasons.history import history
from workbook.diagnostics.churn_reasons.losses import find_losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.prevention_result import Signal
from workbook.diagnostics.churn_reasons.signals import visible_signals

LOST = date(2025, 9, 30)
N = 12


def purchases(ids, *, until, amount=10.0, start=date(2023, 1, 1), every=10):
    rows = []
    day = start
    while day <= until:
        rows += [(i, day, amount) for i in ids]
        day += timedelta(days=every)
    return rows


def register(table, **columns):
    """Twelve customers who left on one day and twelve who stayed."""
    gone, kept = [f"g{i}" for i in range(N)], [f"k{i}" for i in range(N)]
    return {
        "customers": table(customer_id=gone + kept, registered_date="2022-01-01"),
        "lost_customers": table(customer_id=gone, lost_date=str(LOST), reasons="price", **columns),
    }


def sales(table, rows, **columns):
    who, days, amounts = zip(*rows, strict=True)
    return table(
        customer_id=list(who), date=[str(d) for d in days], amount=list(amounts), **columns
    )


def by_signal(result):
    return {t.signal: t for t in result.signals}


def test_falling_turnover_is_found_with_its_lead(found, table):
    """Turnover falls to a fifth 120 days before the loss; half of the window has then to pass."""
    turn = LOST - timedelta(days=120)
    gone, kept = [f"g{i}" for i in range(N)], [f"k{i}" for i in range(N)]
    rows = purchases(gone, until=turn)
    rows += purchases(gone, start=turn + timedelta(days=1), until=LOST, amount=2.0)
    rows += purchases(kept, until=date(2025, 12, 31))
    result = found(**register(table), sales=sales(table, rows))
    test = by_signal(result)[Signal.TURNOVER]
    assert (test.n, test.hits, test.hit_rate, test.false_alarm_rate) == (N, N, 1, 0)
    assert test.lead_days == 60  # seen 30, 45, 60 … days before the loss: at 75 not yet on
    assert (test.stayed, test.useful, test.backtested, test.on_now) == (N, True, True, 0)
    assert len(result.watch_list) == 0


def test_a_lengthening_gap_is_found(found, table):
    gone, kept = [f"g{i}" for i in range(N)], [f"k{i}" for i in range(N)]
    rows = purchases(gone, until=LOST - timedelta(days=100))
    rows += purchases(kept, until=date(2025, 12, 31))
    test = by_signal(found(**register(table), sales=sales(table, rows)))[Signal.GAP]
    assert (test.hit_rate, test.false_alarm_rate) == (1, 0)
    assert test.lead_days == 75  # on from 21 days after the last purchase, 82 before the loss


def test_what_happens_in_the_last_days_is_no_warning(found, table):
    """Complaints ten days before the loss are not known thirty days before it."""
    complaints = table(
        complaint_id=[str(i) for i in range(N + 1)],
        customer_id=["k0"] + [f"g{i}" for i in range(N)],
        date=["2024-01-01"] + [str(LOST - timedelta(days=10))] * N,
        closed_date=["2024-01-02"] + [None] * N,
    )
    test = by_signal(found(**register(table), complaints=complaints))[Signal.COMPLAINT]
    assert (test.n, test.hits, test.hit_rate, test.lead_days) == (N, 0, 0, None)
    seen = by_signal(found(params=Params(blind_days=5), **register(table), complaints=complaints))[
        Signal.COMPLAINT
    ]
    assert (seen.hit_rate, seen.lead_days) == (1, 5)


def test_an_answered_complaint_is_no_signal(found, table):
    complaints = table(
        complaint_id=["1", "2", "3"], customer_id=["k0", "k1", "k2"],
        date=["2025-12-01", "2025-12-01", "2023-12-01"],
        closed_date=["2025-12-20", None, None],
    )  # fmt: skip
    result = found(**register(table), complaints=complaints)
    assert by_signal(result)[Signal.COMPLAINT].on_now == 1  # the third is forgotten
    assert len(result.watch_list) == 0  # it was never on before a loss


def test_without_closing_dates_nobody_knows_what_was_answered(found, table):
    complaints = table(complaint_id=["1"], customer_id=["k0"], date="2025-12-01")
    assert Signal.COMPLAINT not in by_signal(found(**register(table), complaints=complaints))


def test_marks_and_scores_count_while_they_are_the_latest(found, table):
    survey = table(
        respondent_id=["1", "2", "3", "4"], customer_id=["k0", "k1", "k1", "k2"],
        date=["2025-06-01", "2025-06-01", "2025-10-01", "2024-06-01"], score=[3, 3, 9, 3],
    )  # fmt: skip
    satisfaction = table(
        respondent_id="1", customer_id=["k3", "k3", "k4", "k4"], date="2025-11-11",
        product="", parameter=["a", "b"] * 2, mark=[3, 5, 2, 3],
    )  # fmt: skip
    result = found(**register(table), survey=survey, satisfaction=satisfaction)
    assert by_signal(result)[Signal.DETRACTOR].on_now == 1  # k0
    assert by_signal(result)[Signal.LOW_MARK].on_now == 1  # k4
    assert len(result.watch_list) == 0  # an answer to a survey is tied to no name
    named = found(
        **register(table), survey=survey, satisfaction=satisfaction, anonymity_threshold=1
    )
    listed = named.watch_list
    found_now = dict(zip(listed["customer_id"], listed["signals"], strict=True))
    assert found_now == {"k0": (Signal.DETRACTOR,), "k4": (Signal.LOW_MARK,)}
    test = by_signal(result)[Signal.DETRACTOR]
    assert (test.backtested, test.hit_rate, test.useful) == (False, None, None)


def state_of(signal, given, customer, day, params=None):
    """Return whether a signal is known and on for one customer on one day."""
    params = params or Params()
    losses = find_losses(given, params)
    look = visible_signals(losses, given, params)[signal]
    code = losses.ids.get_indexer([customer])
    state = look(code, np.array([float((day - date(1970, 1, 1)).days)]))
    return bool(state.known[0]), bool(state.on[0])


@pytest.mark.parametrize(("after", "on"), [(20, False), (21, True)])
def test_a_gap_is_longer_than_twice_the_mean_of_the_intervals_between_purchases(
    inputs, table, after, on
):
    """Four purchases in 30 days are three intervals of 10: the 21st day without one is a gap."""
    rows = [("k0", date(2025, 1, 1) + timedelta(days=10 * i), 5.0) for i in range(4)]
    given = inputs(**register(table), sales=sales(table, rows))
    day = date(2025, 1, 31) + timedelta(days=after)
    assert state_of(Signal.GAP, given, "k0", day) == (True, on)


@pytest.mark.parametrize(
    ("seen", "recent", "known", "on"),
    [
        (89, 0.5, False, False),  # the base is shorter than the window itself
        (90, 50.0, True, True),  # usual: 100 in 90 days
        (90, 50.5, True, False),
        (180, 25.0, True, True),  # usual: 100 in 180 days, 50 in the window
        (180, 25.5, True, False),
        (365, 12.0, True, True),  # usual: 24.7
        (365, 12.5, True, False),
        (400, 9.0, True, True),  # the first of four purchases lies before the year: usual 18.5
        (400, 9.5, True, False),
    ],
)
def test_turnover_is_set_against_as_long_a_time_of_the_customers_own(
    inputs, table, seen, recent, known, on
):
    """Four purchases of 25 before a window of 90 days, the first of them ``seen`` days before."""
    day = date(2025, 12, 1)
    cut = day - timedelta(days=90)
    rows = [("k0", cut - timedelta(days=days), 25.0) for days in (seen, 30, 20, 10)]
    rows += [("k0", cut, recent)]
    given = inputs(**register(table), sales=sales(table, rows))
    params = Params(min_purchases=3)
    assert state_of(Signal.TURNOVER, given, "k0", day, params) == (known, on)


def test_who_brought_everything_back_has_no_turnover_to_fall(inputs, table):
    day = date(2025, 12, 1)
    bought = [day - timedelta(days=100 + 30 * i) for i in range(5)]
    rows = [("k0", one, 25.0) for one in bought] + [("k0", bought[0], 125.0)]
    given = inputs(**register(table), sales=sales(table, rows, kind=["sale"] * 5 + ["return"]))
    assert state_of(Signal.TURNOVER, given, "k0", day) == (False, False)


@pytest.mark.parametrize(("after", "known"), [(0, False), (1, True)])
def test_before_the_first_complaint_of_the_table_nobody_wrote_any_down(inputs, table, after, known):
    first = date(2025, 3, 1)
    complaints = table(
        complaint_id=["1"], customer_id=["k1"], date=[str(first)], closed_date=["2025-03-02"]
    )
    given = inputs(**register(table), complaints=complaints)
    day = first + timedelta(days=after)
    assert state_of(Signal.COMPLAINT, given, "k0", day) == (known, False)


def test_a_span_without_a_first_day_or_a_customer_is_none():
    found = spans(np.array([0, -1, 0]), np.array([np.nan, 5.0, 10.0]), np.array([20.0, 20.0, 20.0]))
    days = np.array([10.0, 15.0, 25.0])
    assert found.number(np.zeros(3, dtype=np.int64), days).tolist() == [0, 1, 0]


def test_purchases_of_a_line_as_far_apart_as_the_window_are_one_span():
    lines = pd.DataFrame({"code": [0, 0, 0], "product": [0, 0, 0], "day": [100.0, 110.0, 121.0]})
    kept = product_lines(lines, 10)
    days = np.array([100.0, 101.0, 110.0, 111.0, 120.0, 121.0, 122.0, 131.0, 132.0])
    found = kept.number(np.zeros(len(days), dtype=np.int64), days).tolist()
    assert found == [0, 1, 1, 1, 1, 0, 1, 1, 0]


def test_an_answer_without_a_day_a_mark_or_a_customer_is_not_the_latest():
    found = latest(
        np.array([0, 0, 0, -1]),
        np.array([10.0, np.nan, 20.0, 20.0]),
        np.array([2.0, 5.0, np.nan, 5.0]),
        how="mean",
        limit=3.0,
        memory=30,
    )
    days, codes = np.array([10.0, 25.0, 40.0, 41.0]), np.zeros(4, dtype=np.int64)
    assert found.low.on(codes, days).tolist() == [False, True, True, False]
    assert found.fresh.on(codes, days).tolist() == [False, True, True, False]


def test_an_answer_without_a_name_is_no_second_contact(found, table):
    people = table(
        respondent_id=["ann", "bob", "ann", "cid", None],
        customer_id=["k0", "k0", "k0", "k1", "k1"],
        date=["2025-06-01", "2025-06-01", "2025-09-01", "2025-06-01", "2025-06-01"], score=9,
    )  # fmt: skip
    result = found(**register(table), survey=people)
    assert by_signal(result)[Signal.SINGLE_CONTACT].on_now == 1  # k1


def test_percentages_are_low_from_sixty_down(found, table):
    satisfaction = table(
        respondent_id="1", customer_id=["k3", "k4"], date="2025-11-11", product="",
        parameter="a", mark=[0.7, 0.6],
    )  # fmt: skip
    satisfaction.attrs["scale"] = "percent"
    result = found(**register(table), satisfaction=satisfaction)
    assert by_signal(result)[Signal.LOW_MARK].on_now == 1  # k4


def test_fewer_product_lines(found, table):
    rows = purchases(["k0", "k1"], until=date(2025, 6, 30))
    rows += purchases(["k0"], start=date(2025, 7, 1), until=date(2025, 12, 30))
    both = [*rows, *rows]
    products = ["a"] * len(rows) + ["b"] * len(rows)
    kept = [
        (row, p)
        for row, p in zip(both, products, strict=True)
        if p == "a" or row[1] < date(2025, 6, 1)
    ]
    frame = sales(table, [row for row, _ in kept], product=[p for _, p in kept])
    result = found(**register(table), sales=frame)
    assert by_signal(result)[Signal.FEWER_LINES].on_now == 2
    assert Signal.FEWER_LINES in result.watch_list["signals"][0]


def test_a_single_contact_is_told_only_where_people_are(found, table):
    alone = table(respondent_id=["1", "2"], customer_id=["k0", "k1"], date="2025-06-01", score=9)
    assert Signal.SINGLE_CONTACT not in by_signal(found(**register(table), survey=alone))
    people = table(
        respondent_id=["ann", "bob", "cid", "ann"], customer_id=["k0", "k0", "k1", "k0"],
        date=["2025-06-01", "2025-06-01", "2025-06-01", "2025-09-01"], score=9,
    )  # fmt: skip
    result = found(**register(table), survey=people)
    assert by_signal(result)[Signal.SINGLE_CONTACT].on_now == 1
    assert result.watch_list.values("customer_id") == ["k1"]


def test_the_watch_list_is_ordered_by_revenue_at_risk(found, table):
    rows = [("k0", date(2025, 3, 1), 5.0), ("k1", date(2025, 3, 1), 50.0)]
    rows += [("k2", date(2024, 3, 1), 500.0), ("k3", date(2025, 3, 1), 7.0)]
    survey = table(
        respondent_id=["1", "2", "3", "4", "5", "4"],
        customer_id=["k0", "k1", "k2", "k4", "k4", "k4"],
        date=["2025-12-01"] * 5 + ["2025-12-02"], score=9,
    )  # fmt: skip
    tables = register(table) | {"survey": survey, "sales": sales(table, rows)}
    result = found(**tables)
    assert result.watch_list.values("customer_id") == ["k1", "k0", "k2"]
    assert result.watch_list.values("revenue_at_risk") == [50, 5, 0]
    assert (result.watched, result.watched_revenue, result.active) == (3, 55, N)
    assert result.watch_list.values("last_purchase")[0] == date(2025, 3, 1)
    assert result.watch_list.values("silent") == [True, True, True]
    assert result.lost.unlisted == 1


def test_a_contract_without_an_end_is_listed_with_its_last_day(found, table):
    """Registers write 9999-12-31 for it: further than nanoseconds of a timestamp reach."""
    tables = register(table)
    ends = pd.Series("9999-12-31", index=tables["customers"].index)
    tables["customers"]["contract_end"] = ends.astype("datetime64[s]")
    survey = table(
        respondent_id=["1", "2", "3", "2"], customer_id=["k0", "k4", "k4", "k4"],
        date=["2025-12-01"] * 3 + ["2025-12-02"], score=9,
    )  # fmt: skip
    today = sales(table, [("k0", date(2025, 12, 31), 5.0)])
    watched = found(**tables, survey=survey, sales=today).watch_list
    assert watched.values("customer_id") == ["k0"]
    assert watched.values("last_purchase") == [date(2025, 12, 31)]  # the as-of day itself counts
    assert watched.values("revenue_at_risk") == [5]
    assert watched.values("contract_end") == [date(9999, 12, 31)]


def test_a_useless_signal_puts_nobody_on_the_list(found, table):
    complaints = table(
        complaint_id=[str(i) for i in range(N)], customer_id=[f"k{i}" for i in range(N)],
        date="2024-12-31", closed_date=[None] * (N - 1) + ["2024-12-31"],
    )  # fmt: skip
    params = Params(memory_days=2000)
    result = found(params=params, **register(table), complaints=complaints)
    test = by_signal(result)[Signal.COMPLAINT]
    assert (test.hit_rate, test.useful, test.on_now) == (0, False, N - 1)
    assert len(result.watch_list) == 0


def test_a_customer_that_came_back_is_active_again(found, table):
    survey = table(
        respondent_id=["1", "2", "3", "2"],
        customer_id=["g0", "k4", "k4", "k4"],
        date=["2025-12-01"] * 3 + ["2025-12-02"],
        score=9,
    )
    back = register(table, returned_date=["2025-10-10"] + [None] * (N - 1))
    assert found(**back, survey=survey).watch_list.values("customer_id") == ["g0"]
    assert len(found(**register(table), survey=survey).watch_list) == 0


def test_history_answers_for_many_customers_at_once():
    codes = np.array([1, 0, 1, -1, 1])
    past = history(codes, np.array([5.0, 2, 9, 3, np.nan]), np.array([10.0, 1, 20, 7, 9]))
    who = np.array([0, 1, 1, 2, -1])
    until = np.array([3.0, 9, 10, 10, 10])
    long_ago = np.full(5, -np.inf)
    assert past.count(who, long_ago, until).tolist() == [1, 1, 2, 0, 0]
    assert past.total(who, long_ago, until).tolist() == [1, 10, 30, 0, 0]
    assert past.first(who)[:3].tolist() == [2, 5, 5]
    assert past.last(who, until)[:3].tolist() == [2, 5, 9]
    assert np.isnan(past.last(who, until)[3:]).all()


def test_the_latest_value_lasts_to_the_next():
    state = latest(
        np.array([0, 0, 0]), np.array([10.0, 10, 20]), np.array([2.0, 4, 5]),
        how="min", limit=3, memory=100,
    )  # fmt: skip
    days = np.array([10.0, 11, 20, 21, 120, 121])
    assert state.low.on(np.zeros(6, dtype=np.int64), days).tolist() == [
        False, True, True, False, False, False,
    ]  # fmt: skip
    assert state.fresh.on(np.zeros(6, dtype=np.int64), days).tolist() == [
        False, True, True, True, True, False,
    ]  # fmt: skip


def test_product_lines_are_those_bought_in_the_window():
    lines = pd.DataFrame({"code": [0, 0, 0], "product": [0, 0, 1], "day": [0.0, 50.0, 20.0]})
    kept = product_lines(lines, 100)
    days = np.array([0.0, 1, 21, 120, 121, 150, 151])
    number = kept.number(np.zeros(7, dtype=np.int64), days)
    assert number.tolist() == [0, 1, 2, 2, 1, 1, 0]
