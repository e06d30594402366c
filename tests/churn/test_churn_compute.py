"""From tables to the result: which losses count, what is left out, what is too few."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from workbook.diagnostics.churn_reasons.compute import Sources, compute
from workbook.diagnostics.churn_reasons.key_figures import key_figures
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.prevention_result import Instrument
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.churn_reasons.survival_result import TimeDoubt

FIVE = {
    "customer_id": ["a", "b", "c", "d", "e"],
    "lost_date": ["2025-03-10", "2025-04-01", "2025-05-05", "2025-06-06", "2025-07-07"],
    "reasons": ["Price too high; rude staff", "цена", "Zánik firmy", None, "Weather; ;WEATHER"],
    "annual_revenue": [100.0, 200.0, 50.0, 10.0, None],
}


def many(table, n=40, **columns):
    """Build customers c0 … of whom the first twelve left in 2025, one a month."""
    ids = [f"c{i}" for i in range(n)]
    customers = table(
        customer_id=ids,
        registered_date=[str(date(2020 + i % 5, 1 + i % 12, 3)) for i in range(n)],
        segment=["small" if i % 2 else "large" for i in range(n)],
        region=["east" if i % 3 else "west" for i in range(n)],
    )
    lost = table(
        customer_id=ids[:12],
        lost_date=[f"2025-{i + 1:02d}-15" for i in range(12)],
        reasons=["price", "price; rudeness", "rudeness"] * 4,
        **columns,
    )
    return {"customers": customers, "lost_customers": lost}


def test_reasons_in_three_languages_are_one_reason(found, table):
    result = found(lost_customers=table(**FIVE))
    counts = {r.reason: (r.any, r.fractional, r.sole, r.revenue) for r in result.reasons}
    assert counts == {
        "price_high": (2, 1.5, 1, 250.0),
        "rudeness": (1, 0.5, 0, 50.0),
        "customer_closed": (1, 1, 1, 50.0),
        "unknown": (1, 1, 1, 10.0),
        "weather": (1, 1, 1, 0.0),
    }
    assert (result.lost.n, result.lost.revenue, result.lost.revenue_known) == (5, 360, 4)
    assert sum(r.fractional for r in result.reasons) == 5
    assert sum(r.revenue for r in result.reasons) == 360
    assert result.reasons_per_loss == ((0, 1), (1, 3), (2, 1))


def test_words_not_known_are_counted_and_named_with_the_nearest(found, table):
    words = ["Price is highest", "PRICE IS HIGHEST", "x", "None", "y"]
    result = found(lost_customers=table(**(FIVE | {"reasons": words})))
    assert [(u.given, u.n, u.nearest) for u in result.unknown_reasons] == [
        ("PRICE IS HIGHEST", 2, "Price too high"),
        ("None", 1, ""),
        ("x", 1, ""),
        ("y", 1, ""),
    ]
    top = result.reasons[0]
    assert (top.label, top.any, top.known, top.preventable) == ("PRICE IS HIGHEST", 2, False, None)


def test_labels_are_in_the_language_of_the_report(table, inputs, taxonomy):
    from dataclasses import replace

    given = replace(inputs(lost_customers=table(**FIVE)), language="sk")
    result = compute(given, Params(), Sources(taxonomy=taxonomy))
    assert result.reasons[0].label == "Vysoká cena"


def test_groups_and_owners_count_a_loss_once(found, table):
    lost = table(**(FIVE | {"reasons": ["rudeness; incompetence", "price", "p", None, "price"]}))
    result = found(lost_customers=lost)
    assert {g.reason: (g.any, g.sole) for g in result.groups} == {
        "price_terms": (2, 2),
        "people": (1, 1),
        "unknown": (1, 1),
        "p": (1, 1),
    }
    assert {o.reason: o.any for o in result.owners} == {"sales": 2, "": 2, "staff_training": 1}


def test_preventable_is_any_part_and_all(found, table):
    lost = table(**(FIVE | {"reasons": ["price; closed", "price", "closed", None, "?!"]}))
    part = found(lost_customers=lost).preventable
    assert (part.n, part.sole, part.fractional, part.unjudged) == (2, 1, 1.5, 2)
    assert (part.revenue, part.revenue_fractional) == (300, 250)
    assert (part.judged, part.share, part.low, part.high) == (3, 2 / 3, 0.4, 0.8)
    assert part.revenue_share == pytest.approx(300 / 350)  # of the revenue that is judged


def test_near_ties_are_said_to_be_ties(found, table):
    names = ["price"] * 20 + ["rudeness"] * 18 + ["late delivery"] * 3
    lost = table(
        customer_id=[f"c{i}" for i in range(41)], lost_date="2025-05-05", reasons=names,
        annual_revenue=[1.0] * 20 + [100.0] * 18 + [90.0] * 3,
    )  # fmt: skip
    first, second, third = found(lost_customers=lost).reasons
    assert (first.reason, first.tied_with_next, second.tied_with_next) == (
        "price_high", True, False,
    )  # fmt: skip
    assert (second.revenue_rank, second.revenue_tied_with_next, third.revenue_rank) == (1, False, 2)
    assert third.revenue_tied_with_next is True  # 270 by three customers against 20
    assert first.share == pytest.approx(20 / 41)


def test_a_customer_lost_twice_counts_twice_only_after_a_return(found, table):
    lost = table(
        customer_id=["a", "a", "b", "b"],
        lost_date=["2025-02-01", "2025-09-01", "2025-02-01", "2025-09-01"],
        returned_date=["2025-05-01", None, None, None],
        reasons="price",
    )
    result = found(lost_customers=lost)
    assert (result.lost.n, result.lost.customers, result.lost.superseded) == (3, 2, 1)
    assert (result.winback.n, result.winback.returned) == (3, 1)


def test_a_loss_after_the_as_of_date_has_not_happened(found, table):
    lost = table(customer_id=["a", "b"], lost_date=["2025-02-01", "2026-02-01"], reasons="price")
    result = found(lost_customers=lost)
    assert (result.lost.n, result.lost.future) == (1, 1)


def test_revenue_is_the_sales_of_the_year_before_where_the_register_is_blank(found, table):
    sales = table(
        customer_id=["a", "a", "a", "a", "b"],
        date=["2024-01-01", "2024-06-01", "2025-03-01", "2025-03-02", "2025-01-01"],
        amount=[1000.0, 20.0, 7.0, 3.0, 99.0],
        kind=["sale", "sale", "sale", "return", "cancelled"],
    )
    lost = table(customer_id=["a", "b"], lost_date=["2025-03-10", "2025-03-10"], reasons="price")
    result = found(lost_customers=lost, sales=sales)
    assert (result.lost.revenue, result.lost.revenue_known) == (24.0, 1)


def test_stated_and_verified_reasons_are_compared_for_verified_losses_only(found, table):
    lost = table(
        customer_id=["a", "b", "c", "d"], lost_date="2025-05-05",
        reasons=["rudeness", "price", "price", "rudeness"],
        stated_reasons=["a better offer", "price", "better offer", None],
        verified=[True, True, False, None],
    )  # fmt: skip
    result = found(lost_customers=lost)
    checked = result.verified
    assert (checked.n, checked.base, checked.share, checked.differs) == (2, 4, 0.5, 1)
    (change,) = result.replacements
    assert (change.stated, change.verified, change.n) == ("better_offer", "rudeness", 1)
    assert {(s.reason, s.stated, s.verified, s.both) for s in result.stated} == {
        ("better_offer", 1, 0, 0),
        ("rudeness", 0, 1, 0),
        ("price_high", 1, 1, 1),
    }


def test_an_empty_engagement_has_nothing_to_say(found):
    result = found()
    assert isinstance(result, Result)
    assert (result.lost.n, result.reasons, result.by, len(result.survival)) == (0, (), (), 0)
    assert result.absent == (
        "lost", "revenue", "verified", "by", "survival", "cox", "signals", "watch_list",
        "iceberg", "exit_interviews", "winback", "wave",
    )  # fmt: skip


def test_one_loss_is_counted_and_nothing_more_is_said(found, table):
    tables = many(table)
    tables["lost_customers"] = tables["lost_customers"].iloc[:1]
    result = found(**tables)
    assert (result.lost.n, result.lost.at_risk, result.small) == (1, 40, True)
    assert (len(result.survival), result.survival_quartiles, result.cox, result.logrank) == (
        0, (), (), (),
    )  # fmt: skip
    assert result.survival_basis is None
    assert {g.shrunk for g in result.by} == {None}
    assert "survival" not in result.absent


def test_the_time_analyses_reconcile(found, table):
    since = Params(register_since=date(2010, 1, 1))
    result = found(**many(table, annual_revenue=10.0), params=since)
    assert result.survival_basis.n == 40
    assert result.survival["lost"].sum() == result.survival_basis.lost
    risks = result.cumulative_incidence
    last = risks.where(~risks["reason"].duplicated(keep="last"))  # the last point of each
    assert last["value"].sum() == pytest.approx(1 - result.survival.values("survival")[-1])
    assert (risks["naive"] >= risks["value"] - 1e-12).all()
    assert [row.by for row in result.logrank] == ["region", "segment"]
    assert {t.column for t in result.cox} | set(result.cox_left_out) == {"segment", "region"}
    assert len(result.cox) <= result.survival_basis.lost // 10


def test_customers_of_before_the_register_are_at_risk_only_since(found, table):
    result = found(**many(table))
    assert result.survival_basis.late == 40
    assert len(result.survival) == 0  # nobody was seen from the beginning: no duration is told
    assert result.time_doubt is TimeDoubt.LATE
    early = found(params=Params(register_since=date(2010, 1, 1)), **many(table))
    assert early.survival_basis.late == 0


def test_a_cox_level_without_losses_is_joined(found, table):
    tables = many(table)
    tables["customers"].loc[tables["customers"].index[-3:], "region"] = "north"
    result = found(params=Params(cox_losses_per_term=2, cox_terms=("region", "x")), **tables)
    assert "north" not in {t.level for t in result.cox}
    assert result.cox_unknown == ("x",)


def test_inputs_are_not_changed_and_rows_have_no_order(found, table, inputs, taxonomy):
    tables = many(table, annual_revenue=10.0)
    copies = {name: frame.copy() for name, frame in tables.items()}
    first = found(**tables)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, copies[name])
    rng = np.random.default_rng(3)
    shuffled = {n: f.iloc[rng.permutation(len(f))] for n, f in tables.items()}
    assert found(**shuffled) == first


def test_where_customers_went_and_what_brought_them_back(found, table):
    lost = table(
        customer_id=["a", "b", "c", "d"], lost_date="2025-05-01",
        reasons=["rudeness", "price", "late delivery", "closed"],
        destination=["freelancer", "freelancer", "competitor", None],
        returned_date=["2025-06-30", "2025-05-31", None, None],
        offer_used=["Discount", "Discount", None, None],
        annual_revenue=[10.0, 10.0, 40.0, 9000.0],
    )  # fmt: skip
    result = found(lost_customers=lost)
    back = result.winback
    assert (back.n, back.returned, back.rate, back.median_days) == (4, 2, 0.5, 45)
    assert (back.revenue_returned, back.revenue_gone) == (20, 9040)
    first = result.destinations[0]
    assert (first.destination, first.n, first.returned, first.rate) == ("freelancer", 2, 2, 1)
    assert [(o.offer, o.returned) for o in first.offers] == [("Discount", 2)]
    (candidate,) = result.candidates.records()  # a closed customer is not worth the attempt
    assert (candidate["customer_id"], candidate["instrument"]) == ("c", Instrument.MAKING_GOOD)
    assert candidate["labels"] == ("Late delivery",)
    assert result.candidates_total == 2


def test_candidates_come_by_value_preventability_and_recency(found, table):
    lost = table(
        customer_id=["old", "new", "half", "odd"],
        lost_date=["2024-12-31", "2025-12-31", "2025-12-31", "2025-12-31"],
        reasons=["rudeness", "rudeness", "rudeness; closed", "unheard of"],
        annual_revenue=[150.0, 100.0, 180.0, 160.0],
        returned_date=None,
    )
    lost["returned_date"] = pd.to_datetime(lost["returned_date"])
    result = found(lost_customers=lost)
    assert result.candidates.values("customer_id") == ["new", "odd", "old"]
    assert result.candidates["score"].round().tolist() == [100, 80, 75]
    assert result.candidates.values("instrument") == [
        Instrument.SERVICE_GUARANTEE, None, Instrument.SERVICE_GUARANTEE,
    ]  # fmt: skip


def test_the_iceberg_prefers_the_register_to_the_complaints(found, table):
    lost = {
        "customer_id": ["a", "b", "c"], "lost_date": "2025-05-01", "reasons": "price",
    }  # fmt: skip
    complaints = table(
        complaint_id=["1", "2", "3"], customer_id=["a", "b", "b"],
        date=["2025-04-30", "2025-05-01", "2025-06-01"],
    )  # fmt: skip
    own = found(lost_customers=table(**lost, complained=[True, False, None]))
    assert (own.iceberg.complained, own.iceberg.base, own.iceberg.source) == (
        1, 2, "lost_customers",
    )  # fmt: skip
    other = found(lost_customers=table(**lost), complaints=complaints)
    assert (other.iceberg.complained, other.iceberg.base) == (1, 3)  # only before the loss


def test_the_six_instruments(found, table):
    tables = many(table, exit_interview=[True, False] * 6)
    tables["survey"] = table(
        respondent_id=["r1", "r2", "r3"], customer_id=["c20", "c21", "c0"],
        date=["2025-10-01", "2023-10-01", "2025-10-01"], score=[9, 9, 9],
    )  # fmt: skip
    tables["complaints"] = table(
        complaint_id=["1", "2", "3"], customer_id=["c20", "c21", "c22"],
        date=["2025-10-01", "2025-11-01", "2023-01-01"], cause_found=[True, False, True],
    )  # fmt: skip
    rows = {i.instrument: i for i in found(**tables).instruments}
    assert list(rows) == [
        "needs", "volumes", "feedback", "satisfaction", "complaints", "reasons",
    ]  # fmt: skip
    assert (rows["needs"].share, rows["needs"].record) == (None, ())
    assert (rows["feedback"].have, rows["feedback"].of) == (1, 28)
    assert rows["feedback"].last == date(2025, 10, 1)
    assert rows["satisfaction"].record == ()  # a score is no mark of a parameter
    assert (rows["complaints"].have, rows["complaints"].of) == (1, 2)
    assert (rows["reasons"].have, rows["reasons"].share) == (6, 0.5)


def test_key_figures_name_what_the_result_holds(found, table):
    names = [f.name for f in key_figures(found(**many(table, annual_revenue=10.0)))]
    assert names[:3] == ["lost_customers", "lost_revenue", "loss_rate"]
    assert key_figures(found())[0].value == 0
