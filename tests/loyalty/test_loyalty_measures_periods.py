"""What the loyalty report compares over periods is what it prints, now and before."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.key_figures import key_figures
from workbook.diagnostics.loyalty.measures import measures
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.diagnostics.loyalty.survey import Sources
from workbook.diagnostics.periods.changes import Course, PeriodMeasures, changes
from workbook.diagnostics.periods.period import Period
from workbook.language.package_data import templates

FRAME = load_code_frame(templates() / "code_frames" / "loyalty.yaml")
FAST = Params(bootstrap=0)
LAST, NOW = date(2024, 12, 31), date(2025, 12, 31)


def compared(inputs, params=FAST, frame=FRAME):
    """Return the result and what changed, as a report has them."""
    facts = {"params": params, "sources": Sources(code_frame=frame), "compute": compute}
    result = compute(inputs, params, facts["sources"])
    now = Period(label=inputs.label, inputs=inputs, known=result, **facts)
    made = [
        now if one is inputs else Period(label=one.label, inputs=one, newest=now, **facts)
        for one in inputs.periods
    ]
    measured = [PeriodMeasures(label=p.label, measures=tuple(measures(p))) for p in made]
    return result, changes(measured, confidence=params.confidence)


def figure(result, name):
    return next(f for f in key_figures(result) if f.name == name)


@pytest.fixture
def chain(inputs):
    """Two periods of a year each."""

    def build(before, now, **facts):
        then = replace(
            inputs(as_of=LAST, label="2024", **facts, **before),
            window=Span(after=date(2023, 12, 31), last=LAST),
        )
        return replace(
            inputs(as_of=NOW, label="2025", previous=then, **facts, **now),
            since=LAST,
            before=LAST,
            window=Span(after=LAST, last=NOW),
        )

    return build


@pytest.fixture
def answered(survey, chain):
    """Two surveys of these scores, with further columns of both."""

    def build(then, now, *, both=None, **facts):
        columns = both or {}
        return chain(
            {"survey": survey(then, date="2024-06-01", **columns)},
            {"survey": survey(now, date="2025-06-01", **columns)},
            **facts,
        )

    return build


# --- the survey


def test_the_change_of_the_index_is_that_of_the_report(answered, answers_of, inputs, survey):
    now = answered(answers_of(20, 20, 20), answers_of(8, 22, 30))
    first = inputs(as_of=date(2023, 12, 31), label="2023", survey=survey(answers_of(20, 25, 15)))
    three = replace(now, previous=replace(now.previous, previous=first))
    for chained in (now, three):
        result, found = compared(chained)
        told, printed = found.of("nps"), result.change
        assert (told.now, told.before) == (result.nps.value, printed.against_value)
        assert (told.difference, told.p_value) == (printed.difference, printed.p_holm)
        assert (told.low, told.high) == (printed.ci_low, printed.ci_high)
        assert told.course.value == printed.verdict.value
        assert figure(result, "nps").previous == told.before
    assert [p.value for p in told.series] == [wave.value for wave in result.waves]
    assert told.since_first == pytest.approx(result.waves[2].value - result.waves[0].value)


def test_the_same_customers_are_paired_in_every_comparison(answered):
    ids = [f"c{i}" for i in range(60)]
    then, later = [9] * 20 + [7] * 20 + [3] * 20, [9] * 30 + [7] * 12 + [3] * 18
    both = {"customer_id": ids, "segment": ["a", "b"] * 30}
    _, paired = compared(answered(then, later, both=both))
    _, apart = compared(answered(then, later, both={"segment": both["segment"],
                                                    "respondent_id": None}))  # fmt: skip
    assert paired.of("nps").p_value < 0.05 < apart.of("nps").p_value
    for name in ("nps", "nps_segment"):
        label = "a" if name == "nps_segment" else ""
        assert paired.of(name, label).difference == apart.of(name, label).difference


def test_groups_are_those_that_both_reports_tell(answered):
    """A group of few people is hidden in either, and is not compared."""
    few = {"segment": ["big"] * 30 + ["small"] * 27 + ["tiny"] * 3}
    result, found = compared(answered([9, 3, 7] * 20, [9, 9, 7] * 20, both=few))
    told = {g.group: g.value for g in result.groups if not g.suppressed}
    mine = {c.label: c.now for c in found.changes if c.name == "nps_segment"}
    assert mine
    assert "tiny" not in mine
    assert mine.items() <= told.items()


def test_the_same_answers_under_two_names_are_compared_once(answered):
    both = {
        "segment": ["big"] * 30 + ["small"] * 30,
        "manager": ["Ann"] * 30 + ["Bo"] * 15 + ["Cy"] * 15,
    }
    _, found = compared(answered([9, 3, 7] * 20, [9, 9, 7] * 20, both=both))
    told = {(c.name, c.label) for c in found.changes if c.name.startswith("nps_")}
    assert ("nps_segment", "big") in told
    assert ("nps_manager", "Ann") not in told
    assert ("nps_manager", "Bo") in told


def test_shares_of_themes_are_the_counts_of_the_report(answered):
    dear = ["too expensive" if i % 3 == 0 else "slow delivery" for i in range(60)]
    both = {"reason": dear, "improvement": ["lower price"] * 60}
    result, found = compared(answered([3, 9, 7] * 20, [3, 9, 7] * 20, both=both))
    assert result.themes
    for theme in result.themes:
        name = f"theme_{theme.question}"
        told = found.of(name, theme.label)
        assert round(told.now * told.now_n) == theme.n
        if theme.question == "reason" and theme.detractors:
            low = found.of("theme_detractors", theme.label)
            assert round(low.now * low.now_n) == theme.detractors


def test_a_theme_that_nobody_names_any_more_falls_to_zero(survey, chain):
    ids = {"customer_id": [f"c{i}" for i in range(60)]}
    dear = survey([3] * 60, reason=["too expensive"] * 30 + ["slow delivery"] * 30,
                  date="2024-06-01", **ids)  # fmt: skip
    slow = survey([3] * 60, reason=["slow delivery"] * 60, date="2025-06-01", **ids)
    price = FRAME.label("price", "en")
    _, found = compared(chain({"survey": dear}, {"survey": slow}))
    told = found.of("theme_reason", price)
    assert (told.before, told.now, told.course) == (0.5, 0, Course.DOWN)
    _, back = compared(chain({"survey": slow}, {"survey": dear}))
    assert back.of("theme_reason", price).course is Course.UP
    without = replace(FRAME, themes=tuple(t for t in FRAME.themes if t.id != "price"))
    _, unasked = compared(chain({"survey": dear}, {"survey": slow}), frame=without)
    assert unasked.of("theme_reason", price) is None


# --- marks and touchpoints


@pytest.fixture
def marked(table):
    """Build marks of two parameters by forty customers."""

    def build(price, service, day, **columns):
        n = 40
        return table(
            respondent_id=[f"r{i}" for i in range(n)] * 2,
            customer_id=[f"c{i}" for i in range(n)] * 2,
            date=day,
            product="pump",
            parameter=["Price"] * n + ["Service"] * n,
            mark=[float(price[i % len(price)]) for i in range(n)]
            + [float(service[i % len(service)]) for i in range(n)],
            **columns,
        )

    return build


def test_mean_marks_are_those_of_the_report_and_the_lowest_stands_for_them(marked, chain):
    now = chain(
        {"satisfaction": marked([2, 3], [4, 5], "2024-06-01")},
        {"satisfaction": marked([3, 4, 4, 3, 4], [5, 5], "2025-06-01")},
    )
    result, found = compared(now)
    told = {c.label: c for c in found.changes if c.name == "satisfaction"}
    assert {row.parameter: row.mean for row in result.satisfaction} == {
        label: change.now for label, change in told.items()
    }
    assert (told["Price"].before, told["Price"].course) == (2.5, Course.UP)
    assert (told["Price"].headline, told["Service"].headline) == (True, False)
    assert figure(result, "lowest_mark").previous == 2.5
    low = found.of("low_marks")
    counted = sum(row.open + row.hidden for row in result.satisfaction)
    assert round(low.now * low.now_n) == counted


def test_coverage_counts_marks_of_the_year_wherever_their_file_is(marked, table, chain):
    """Of a half-year period the year holds marks of the one before as well."""
    half = marked([3], [4], "2025-06-01")
    sales = table(
        customer_id=[f"c{i}" for i in range(80)], date="2025-03-01", amount=100.0,
        document_id=[str(i) for i in range(80)],
    )  # fmt: skip
    other = half.assign(customer_id=half["customer_id"].str.replace("c", "c7"))
    now = chain({"satisfaction": half}, {"satisfaction": other, "sales": sales})
    result, _ = compared(now)
    assert result.coverage.n == 50  # c0 to c39 before, c70 to c79 now


@pytest.fixture
def visited(table):
    """Build marks of touchpoints by six raters."""

    def build(day, **balances):
        rows = [
            (name.replace("_", " "), mark, f"rater {i}")
            for name, marks in balances.items()
            for i, mark in enumerate(marks)
        ]
        return table(
            category="service",
            touchpoint=[name for name, _, _ in rows],
            mark=[mark for _, mark, _ in rows],
            rater=[rater for _, _, rater in rows],
            date=day,
        )

    return build


def test_the_balance_before_is_that_of_the_comparison(visited, chain):
    now = chain(
        {"touchpoints": visited("2024-05-01", Front_desk=["poor"] * 5 + ["normal"],
                                Hotline=["wow"] * 6, Seldom=["poor"] * 2)},
        {"touchpoints": visited("2025-05-01", front_desk=["wow"] * 6, Hotline=["wow"] * 6,
                                Seldom=["wow"] * 6, Website=["wow"] * 6)},
    )  # fmt: skip
    result, found = compared(now)
    told = {t.touchpoint: t.previous_balance for t in result.touchpoints}
    assert told == {
        "front desk": pytest.approx(-5 / 6), "Hotline": 1, "Seldom": None, "Website": None,
    }  # fmt: skip
    desk = found.of("touchpoint", "front desk")
    assert (desk.before, desk.now, desk.course) == (told["front desk"], 1, Course.UP)
    before = result.touchpoints_before
    assert (before.against, before.all, before.unmatched, before.other_language) == (
        "2024", 4, 2, False,
    )  # fmt: skip


def test_an_audit_in_another_language_is_told_as_such(visited, chain):
    now = chain({"touchpoints": visited("2024-05-01", Приёмная=["wow"] * 6)},
                {"touchpoints": visited("2025-05-01", Reception=["wow"] * 6)})  # fmt: skip
    other = replace(now, previous=replace(now.previous, language="ru"))
    result, _ = compared(other)
    assert result.touchpoints_before.other_language
    assert result.touchpoints_before.unmatched == 1
    assert compared(replace(now, previous=None, since=None))[0].touchpoints_before is None


# --- complaints


@pytest.fixture
def carried(table):
    """Build a register that is carried on: ten complaints of 2024, six of 2025."""
    return table(
        complaint_id=[str(i) for i in range(16)],
        customer_id=[f"c{i}" for i in range(16)],
        date=["2024-03-01"] * 10 + ["2025-03-01"] * 6,
        closed_date=["2024-03-09"] * 8 + [None] * 2 + ["2025-03-09"] * 5 + [None],
        registered=[True] * 16,
        process_mended=[True] * 2 + [False] * 8 + [True] * 3 + [False] * 3,
    )


def test_a_register_carried_on_is_told_of_this_period(carried, chain):
    now = chain({"complaints": carried.iloc[:10]}, {"complaints": carried})
    result, found = compared(now)
    told = result.complaints
    assert (told.n, told.process_mended, told.start) == (6, 3, date(2025, 1, 1))
    assert (told.stock, told.stock_open) == (16, 3)
    mended = found.of("complaints_process_mended")
    assert (mended.before, mended.now) == (0.2, 0.5)
    assert mended.p_value == pytest.approx(0.2995, abs=1e-3)  # Fisher: 2 of 10, 3 of 6
    counted = found.of("complaints")
    assert (counted.before, counted.now, counted.course) == (10, 6, Course.NOT_TESTED)
    assert (figure(result, "complaints").previous, figure(result, "process_mended").previous) == (
        10, 2,
    )  # fmt: skip


def test_open_complaints_are_those_of_the_whole_register(carried, chain):
    result, _ = compared(chain({"complaints": carried.iloc[:10]}, {"complaints": carried}))
    assert result.stakes.waiting_complaints == 3
    claim = next((c for c in result.findings if c.id == "waiting"), None)
    assert claim is None or claim.population == 16


def test_a_half_year_counts_its_own_complaints_and_says_its_days(carried, chain):
    now = chain({"complaints": carried.iloc[:10]}, {"complaints": carried})
    half = replace(now, since=date(2025, 6, 30))
    assert (compared(half)[0].complaints.n, compared(half)[0].complaints.of_year) == (0, False)
    assert compared(now)[0].complaints.of_year
    first = compared(replace(now, previous=None, since=None, window=None))[0].complaints
    assert (first.n, first.stock, first.of_year) == (6, None, True)


# --- sales


@pytest.fixture
def sold(table):
    """Four years of sales; who buys in which month is dealt out by a fixed seed."""
    rng = np.random.default_rng(5)
    months = pd.date_range("2022-01-15", "2025-12-15", freq="MS")
    rows = [
        (f"c{i}", day, 100.0 + i)
        for i in range(60)
        for day in months
        if rng.random() < (0.2 if i < 40 else 0.03)
    ]
    return table(
        customer_id=[who for who, _, _ in rows],
        date=[str(day.date()) for _, day, _ in rows],
        amount=[amount for _, _, amount in rows],
        document_id=[str(i) for i in range(len(rows))],
        recommended_by=["c1" if i % 7 == 0 else None for i in range(len(rows))],
    )


def test_criteria_stand_beside_the_twelve_months_to_the_last_as_of_date(sold, chain):
    middle = date(2025, 6, 30)
    year = chain({"sales": sold.loc[sold["date"] <= pd.Timestamp(LAST)]}, {"sales": sold})
    half = replace(
        year,
        since=middle,
        before=middle,
        window=Span(after=middle, last=NOW),
        previous=replace(
            year.previous,
            as_of=middle,
            tables={"sales": sold.loc[sold["date"] <= pd.Timestamp(middle)]},
        ),
    )
    for chained, until in ((year, None), (half, middle)):
        result, found = compared(chained)
        assert result.before_until == until
        alone = compared(replace(chained.previous, label="alone"))[0]
        assert found.of("retention").before == alone.retention.share
        assert result.retention_before.share == alone.retention.share
        assert figure(result, "retention").previous == alone.retention.share
        assert found.of("retention").now == result.retention.share
        told = {c.criterion: (c.before, c.share) for c in result.criteria_changes}
        for name, criterion in (
            ("regular", "regular"), ("recommended", "recommended"),
            ("existing_sales", "existing"), ("loyalty_index", "repeat"),
        ):  # fmt: skip
            change = found.of(name)
            assert (change.before, change.now) == told[criterion], name
        assert found.of("earned_growth").now == result.earned_growth.value
        assert found.of("net_retention").now == result.retention.revenue_share


def test_the_twelve_months_right_before_can_be_asked_for(sold, chain):
    """``compare = "window"``: no day of the period before decides."""
    year = chain({"sales": sold.loc[sold["date"] <= pd.Timestamp(LAST)]}, {"sales": sold})
    middle = replace(year.previous, as_of=date(2025, 6, 30))
    result = compared(replace(year, previous=middle, since=middle.as_of, before=None))[0]
    assert result.before_until is None


def test_a_first_period_stands_beside_the_year_before(sold, inputs):
    result = compared(inputs(sales=sold, label="2025"))[0]
    assert result.before_until is None
    assert {c.criterion: c.before for c in result.criteria_changes}["repeat"] is None
    assert figure(result, "loyalty_index").previous is None
    assert result.before is None


def test_sales_that_do_not_cover_a_year_give_no_criteria(sold, chain):
    short = sold.loc[sold["date"] >= pd.Timestamp("2024-09-01")]
    now = chain({"sales": short.loc[short["date"] <= pd.Timestamp(LAST)]}, {"sales": short})
    _, found = compared(now)
    assert found.of("regular") is None
    assert found.of("retention") is None


def test_a_period_before_without_sales_leaves_the_year_before(sold, inputs):
    before = inputs(as_of=LAST, label="2024")
    result = compared(inputs(sales=sold, label="2025", previous=before))[0]
    alone = compared(inputs(sales=sold, label="2025"))[0]
    assert result.criteria_changes == alone.criteria_changes
    assert figure(result, "retention").previous == figure(alone, "retention").previous
