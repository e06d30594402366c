"""What the report may name: one family of tests per kind of claim, and neutral words otherwise."""

from datetime import date, timedelta

import numpy as np
import pytest

from workbook.diagnostics.churn_reasons.leading import leaders
from workbook.diagnostics.churn_reasons.prevention_result import Signal
from workbook.diagnostics.churn_reasons.reasons_result import Reason

N = 40


def reason(name, *, tied, preventable=True):
    nothing = dict.fromkeys(Reason.__slots__)
    return Reason(**nothing | {"reason": name, "tied_with_next": tied, "preventable": preventable})


@pytest.mark.parametrize(
    ("tied", "named"),
    [
        ((False, True, True), "a"),
        ((True, False, True), "ab"),
        ((True, True, True), ""),
        ((True, True, False), ""),
        ((True,), "a"),
        ((True, True), "ab"),
    ],
)
def test_one_or_two_reasons_lead_where_a_gap_follows_them(tied, named):
    rows = [reason(name, tied=t) for name, t in zip("abc", tied, strict=False)]
    rows = rows[: len(tied)]
    found = leaders(rows, tied=lambda r: r.tied_with_next)
    assert "".join(r.reason for r in found) == named


def test_a_reason_between_two_preventable_ones_may_hold_the_gap():
    rows = [
        reason("a", tied=True), reason("need", tied=False, preventable=False),
        reason("b", tied=True), reason("c", tied=True),
    ]  # fmt: skip
    found = leaders(rows, tied=lambda r: r.tied_with_next, among=lambda r: bool(r.preventable))
    assert [r.reason for r in found] == ["a"]


def losses(table, reasons, **columns):
    days = [str(date(2023, 1, 1) + timedelta(days=27 * i)) for i in range(len(reasons))]
    return table(
        customer_id=[f"g{i}" for i in range(len(reasons))], lost_date=days, reasons=list(reasons),
        **columns,
    )  # fmt: skip


def test_families_are_listed_with_what_passed(found, table):
    result = found(lost_customers=losses(table, ["price;quality"] * 12 + ["price"] * 12))
    families = {f.id: f for f in result.families}
    assert list(families) == ["leading_reason", "reason_pairs"]
    assert (families["reason_pairs"].comparisons, families["reason_pairs"].passed) == (1, 0)
    assert families["leading_reason"].passed == 1


def test_reasons_that_differ_by_chance_are_named_nowhere(found, table):
    names = ["price", "quality", "deadlines", "service"]
    given = [names[i % 4] for i in range(N)]
    result = found(
        lost_customers=losses(table, given, annual_revenue=[100.0 + i for i in range(N)])
    )
    told = {c.id for c in (result.answer, *result.findings)}
    assert not told & {"money", "money_tied", "reason", "reason_tied", "costly", "frequent"}
    assert {f.id: f.passed for f in result.families}["leading_reason"] == 0


def test_the_chance_of_a_return_is_told_for_losses_old_enough(found, table):
    """Every loss came back after 100 days or has not had 100 days."""
    given = losses(table, ["price"] * N)
    back = given["lost_date"] + timedelta(days=100)
    given["returned_date"] = back.where(back <= np.datetime64("2025-12-31"))
    winback = found(lost_customers=given).winback
    assert winback.returned < winback.n
    assert (winback.chance_months, winback.chance) == (12, pytest.approx(1))
    assert winback.chance_low > 0.8


def test_of_recent_losses_no_chance_of_a_return_is_told(found, table):
    given = table(
        customer_id=[f"g{i}" for i in range(N)], lost_date="2025-11-01", reasons="price",
        returned_date=["2025-12-01"] + [None] * (N - 1),
    )  # fmt: skip
    winback = found(lost_customers=given).winback
    assert (winback.returned, winback.chance, winback.chance_months) == (1, None, None)


def test_an_answer_without_a_name_is_no_person(found, table):
    """One named person in one table, answers without a name in the other: a single contact."""
    ids = [f"k{i}" for i in range(N)]
    survey = table(
        respondent_id=[*(f"{i}-ann" for i in ids), *(f"{i}-ann" for i in ids), "k0-bob"],
        customer_id=[*ids, *ids, "k0"], date=["2025-03-01"] * N + ["2025-09-01"] * (N + 1), score=9,
    )  # fmt: skip
    marks = table(
        respondent_id=[None] * (N + 1), customer_id=[*ids, "only"], date="2025-06-01", product="",
        parameter="a", mark=5.0,
    )  # fmt: skip
    marks["respondent_id"] = marks["respondent_id"].astype("str").where(marks["mark"] < 0, "")
    tables = {
        "customers": table(customer_id=[*ids, "only", "g0"], registered_date="2022-01-01"),
        "lost_customers": losses(table, ["price"]),
    }
    result = found(**tables, survey=survey, satisfaction=marks)
    test = {t.signal: t for t in result.signals}[Signal.SINGLE_CONTACT]
    assert test.on_now == N - 1  # all but k0, who has two; nobody is known of "only"


def test_signals_share_one_correction(found, table):
    """A score of 1 before every loss and a mark that says nothing: two signals, one family."""
    gone, kept = [f"g{i}" for i in range(12)], [f"k{i}" for i in range(30)]
    everybody = [*gone, *kept]
    score = [1] * 12 + [9] * 30
    mark = [2.0 if i % 2 else 5.0 for i in range(42)]
    result = found(
        customers=table(customer_id=everybody, registered_date="2022-01-01"),
        lost_customers=table(customer_id=gone, lost_date="2025-09-30", reasons="price"),
        survey=table(
            respondent_id=everybody, customer_id=everybody, date="2025-06-01", score=score
        ),
        satisfaction=table(
            respondent_id=everybody, customer_id=everybody, date="2025-06-01", product="",
            parameter="a", mark=mark,
        ),
    )  # fmt: skip
    tests = {t.signal: t for t in result.signals}
    assert tests[Signal.DETRACTOR].useful
    assert not tests[Signal.LOW_MARK].useful
    p = {s: t.p_value for s, t in tests.items() if t.backtested}
    assert tests[Signal.DETRACTOR].p_holm == pytest.approx(len(p) * p[Signal.DETRACTOR])
    family = {f.id: f for f in result.families}["warning_signals"]
    assert (family.comparisons, family.passed) == (len(p), 1)
