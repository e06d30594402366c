"""What findings weigh, whom they concern and what their step is worth, computed by hand."""

from datetime import date

import pytest

from workbook.diagnostics.claims import Claim, Confidence, MoneyKind
from workbook.diagnostics.limitation import Limitation
from workbook.diagnostics.segmentation_matrix.at_stake import brought, fall, less_lost
from workbook.diagnostics.segmentation_matrix.deals_result import FunnelStage, LeakStage
from workbook.diagnostics.segmentation_matrix.limits import limitation
from workbook.diagnostics.segmentation_matrix.matrix_result import MatrixCell, Need, Segment
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Caution, Result
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleBasis, LifecycleWindow
from workbook.diagnostics.segmentation_matrix.win_rate import WinRate

MONTHS = [f"{y}-{m:02}-15" for y in (2024, 2025) for m in range(1, 13)]
"""The 24 months to the as-of date, 31 December 2025."""


def sold(**by_customer):
    """Return sales: by customer its days and the amount of each purchase."""
    rows = [(c, day, amount) for c, (days, amount) in by_customer.items() for day in days]
    names, days, amounts = zip(*rows, strict=True)
    return {"customer_id": list(names), "date": list(days), "amount": [float(a) for a in amounts]}


@pytest.fixture
def computed(found, table):
    """Compute tables given by column."""
    return lambda **tables: found(**{name: table(**columns) for name, columns in tables.items()})


def claims(result):
    return {claim.id: claim for claim in result.findings}


SALES_BACK = ([*MONTHS[6:18], *MONTHS[21:]], 10)
"""Silent in the third quarter, then back."""
SALES = sold(
    BIG=(MONTHS[6:18], 1000),  # silent since June 2025
    BACK=SALES_BACK,
    LOYAL=(MONTHS, 100),
)


def test_silent_revenue_is_worth_what_came_back_one_window_ago(computed):
    """Of BIG and BACK one came back: Wilson of 1 in 2 is 0.0945 to 0.9055, times 6000."""
    result = computed(sales=SALES)
    silent = claims(result)["silent_one"]
    assert (silent.money, silent.money_kind, silent.customer_ids) == (
        6000.0, MoneyKind.AT_RISK, ("BIG",),
    )  # fmt: skip
    assert (silent.effect_low, silent.effect_high) == pytest.approx((567.2, 5432.8), abs=0.1)
    assert (silent.due_days, silent.figures["customer"]) == (7, "BIG")


def test_who_is_recorded_as_lost_is_not_called_to_ask_what_has_happened(computed):
    lost = {"customer_id": ["BIG"], "lost_date": ["2025-07-01"], "reasons": ["price"]}
    gone = computed(sales=SALES, lost_customers=lost)
    assert gone.silent_registered == ("BIG",)
    claim = claims(gone)["silent_registered"]
    assert (claim.money, claim.money_kind) == (6000.0, MoneyKind.LOST)
    assert "customer" not in claim.figures
    back = computed(sales=SALES, lost_customers=lost | {"returned_date": ["2025-08-01"]})
    assert "silent_one" in claims(back)
    later = computed(sales=SALES, lost_customers=lost | {"lost_date": ["2026-02-01"]})
    assert "silent_one" in claims(later)


def test_another_silent_customer_is_named_where_the_largest_is_recorded_as_lost(computed):
    lost = {"customer_id": ["BIG"], "lost_date": ["2025-07-01"], "reasons": ["price"]}
    two = sold(BIG=(MONTHS[6:18], 1000), NEXT=(MONTHS[6:18], 900), LOYAL=(MONTHS, 100))
    claim = claims(computed(sales=two, lost_customers=lost))["silent_partly"]
    assert claim.figures["customer"] == "NEXT"
    assert (claim.figures["n"], claim.figures["registered"], claim.figures["fresh"]) == (2, 1, 1)
    assert (claim.money, claim.money_kind) == (5400.0, MoneyKind.AT_RISK)
    assert (claim.customer_ids, claim.customers, claim.figures["sum"]) == (("NEXT",), 1, 11400.0)


def test_who_is_recorded_as_lost_is_not_counted_among_those_at_risk(computed):
    """SMALL and GONE are silent and of class C; the register lists GONE."""
    quiet = sold(
        BIG=(MONTHS, 1000), SMALL=(MONTHS[:18], 10), GONE=(MONTHS[:18], 20), BACK=SALES_BACK
    )
    lost = {"customer_id": ["GONE"], "lost_date": ["2025-07-01"], "reasons": ["price"]}
    every = claims(computed(sales=quiet))["quiet_back"]
    assert set(every.customer_ids) == {"SMALL", "GONE"}
    fresh = claims(computed(sales=quiet, lost_customers=lost))["quiet_back"]
    assert (fresh.customer_ids, fresh.count) == (("SMALL",), 1)
    assert fresh.figures["amount"] == 120.0


FALL = sold(
    LEFT=(["2024-01-01", "2024-08-01"], 500),  # 1000 before, 0 now
    LESS=(["2024-03-01", "2025-03-01", "2025-11-01"], 150),  # 150 before, 300 now
    MORE=(["2024-04-01", "2025-12-01"], 100),
)


def test_half_of_a_fall_is_told_by_whose_it_is(computed):
    """LEFT fell by 1000, LESS rose by 150: the fall of 850 is all of LEFT."""
    result = computed(sales=FALL)
    claim = claims(result)["turnover_down"]
    assert (claim.money, claim.money_of) == (850.0, 1250.0)
    assert (claim.customer_ids, claim.figures["half"]) == (("LEFT",), 1)
    assert claim.figures["stopped"] == 850.0
    whose = fall(result.customers, 850.0)
    assert (whose.half, whose.stopped) == (("LEFT",), 850.0)
    assert brought(result.customers, ["LEFT", "LESS"]) == 1300.0
    assert brought(result.customers, []) == 0.0


def test_the_answer_is_the_fall_with_the_silent_it_begins_with(computed):
    before = [f"2024-{m:02}-15" for m in range(1, 13)]
    result = computed(sales=sold(BIG=([*before, *MONTHS[12:18]], 1000), LOYAL=(MONTHS, 100)))
    assert result.answer.id == "turnover_down_silent"
    assert {"difference", "sum"} <= set(result.answer.figures)
    assert [c.id for c in result.findings][:1] == ["silent_one"]  # 12,000 against 6,000


def stage(name, *, left, lost):
    return FunnelStage(
        stage=name, entered=left, advanced=left - lost, lost=lost, still=0, back=0, customers=left,
        amount=None, amount_advanced=None, amount_lost=None, amount_still=None, amount_back=None,
        rate=None, ci_low=None, ci_high=None, median_days=None, left=left,
    )  # fmt: skip


def test_a_stage_can_lose_no_less_than_the_others():
    """4 of 10 against 1 of 20, Wilson 0.0089 to 0.2361: 1 - q/p is 0.4097 to 0.9778."""
    result = Result(funnel=(stage("offer", left=10, lost=4), stage("call", left=20, lost=1)))
    worst = LeakStage(stage="offer", lost=4, left=10, amount=1000.0)
    effect = less_lost(result, worst, 1000.0, Params())
    assert effect == pytest.approx((409.7, 977.8), abs=0.2)
    best = LeakStage(stage="call", lost=1, left=20, amount=50.0)
    assert less_lost(result, best, 50.0, Params()) is None
    alone = Result(funnel=(stage("offer", left=10, lost=4),))
    assert less_lost(alone, worst, 1000.0, Params()) is None


DEALS = {
    "customer_id": list("ABCDE"), "product": ["P"] * 5, "deal_id": list("12345"),
    "stage": ["proposal"] * 5, "status": ["won", "won", "won", "lost", "open"],
    "date": ["2025-01-10"] * 4 + ["2025-12-01"], "due_date": [None] * 4 + ["2025-12-15"],
    "amount": [10.0, 10.0, 10.0, 10.0, 400.0],
}  # fmt: skip


def test_an_overdue_offer_weighs_what_is_won_of_it(computed):
    """3 of 4 are won: 300 of 400; Wilson of 3 in 4 is 0.3006 to 0.9544."""
    result = computed(offers=DEALS)
    rate = result.win_rate
    assert (rate.won, rate.closed, rate.years) == (3, 4, 1.0)
    claim = claims(result)["offers"]
    assert (claim.money, claim.figures["amount"], claim.customer_ids) == (300.0, 400.0, ("E",))
    assert (claim.effect_low, claim.effect_high) == pytest.approx((120.3, 381.8), abs=0.1)
    assert claim.confidence is Confidence.ASSUMED
    assert result.answer.id == "offers"


def test_deals_of_nine_quarters_span_two_and_a_quarter_years(computed):
    days = {"date": ["2023-12-01"] + ["2025-01-10"] * 3 + ["2025-12-01"]}
    assert computed(offers=DEALS | days).win_rate.years == 2.25


def test_offers_without_a_closed_deal_weigh_their_amount_and_promise_nothing(computed):
    result = computed(offers=DEALS | {"status": ["open"] * 5, "due_date": ["2025-12-15"] * 5})
    assert result.win_rate is None
    claim = claims(result)["offers_amount"]
    assert (claim.money, claim.effect_low) == (440.0, None)


def test_half_of_the_turnover_is_told_where_few_bring_it(computed):
    """One of eleven brings 60 %: losing it costs 600."""
    few = sold(TOP=(["2025-06-01"], 600), **{f"C{i}": (["2025-06-01"], 40) for i in range(10)})
    claim = claims(computed(sales=few))["concentration"]
    assert (claim.figures["n"], claim.figures["all"], claim.customer_ids) == (1, 11, ("TOP",))
    assert (claim.money, claim.figures["share"]) == (600.0, 0.6)
    many = sold(**{f"C{i}": (["2025-06-01"], 40) for i in range(30)})
    assert "concentration" not in claims(computed(sales=many))


def window(**facts):
    known = {
        "own_median_days": 30.0, "with_interval": 9, "share_longer": 0.0, "longer": 0,
        "longer_of": 9, "share_returned": 0.0, "returned": 0, "returned_of": 10, "fits": True,
        "fitting_months": None, "called": "lost", "named": "lost", "silent": 3,
    }  # fmt: skip
    return LifecycleWindow(**{**known, **facts})


def limit(result, answer):
    claim = Claim(id=answer, figures={})
    return limitation(result, Params(), answer=claim, findings=())


BASIS = LifecycleBasis(
    months=3, since=date(2025, 10, 1), rule="period", identifiable=True, silence_possible=True,
    illegal=0, contract_ended=0, contract_running=0,
)  # fmt: skip


def test_the_limitation_is_that_of_the_decision():
    pausing = Result(
        lifecycle_basis=BASIS,
        lifecycle_window=window(fits=False, share_returned=0.3, returned=3, fitting_months=5),
        offers_recorded=True,
    )
    told = limit(pausing, "silent")
    assert (told.id, told.figures["returned"], told.figures["fitting"]) == ("window_returns", 3, 5)
    assert limit(pausing, "offers") is None
    assert limit(Result(lifecycle_basis=BASIS, lifecycle_window=window()), "silent") is None
    rare = window(fits=False, share_longer=0.5, longer=5)
    longer = Result(lifecycle_basis=BASIS, lifecycle_window=rare)
    assert limit(longer, "quiet_back").id == "window_pauses_none_fits"
    assert limit(Result(), "unsold") == Limitation(id="offers_unknown")


def test_short_sales_limit_what_is_said_of_turnover():
    short = Caution(code="window_longer_than_data", n=9, names=())
    assert limit(Result(warnings=(short,)), "turnover").id == "short_data"
    year = Caution(code="previous_window_partial", n=None, names=())
    assert limit(Result(warnings=(year,)), "turnover").id == "no_year_before"


def segment(name):
    return Segment(
        segment=name, n=5, amount=None, share=None, mean_maturity=None, pooled_maturity=None,
        maturity_n=0, covered=0, wanted=0, white_space=0, white_space_value=None,
    )  # fmt: skip


def test_targets_of_one_segment_of_three_limit_what_could_be_sold():
    cell = MatrixCell(
        segment="S", product="P", need=Need.TARGET, customers=5, users=None, amount=None
    )
    result = Result(
        segments=tuple(map(segment, "STU")), matrix=(cell,), offers_recorded=True, customers_n=15
    )
    told = limit(result, "neighbour")
    assert (told.id, dict(told.figures)) == ("few_targets", {"k": 1, "n": 3})
    assert limit(result, "offers") is None


def test_a_win_rate_is_a_share_of_closed_deals():
    assert WinRate(won=1, closed=4, low=None, high=None, years=1.0).share == 0.25
