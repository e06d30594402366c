"""Kaplan-Meier, log-rank, competing risks and Cox against published values of R.

Data: leukaemia maintenance (``aml`` of R's survival package; Miller 1997, Survival Analysis) and
6-mercaptopurine (Freireich et al. 1963, Blood 21; Gehan 1965, Biometrika 52).
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import CumIncidenceRight, survdiff

from workbook.stats import wilson
from workbook.stats.proportional_hazards import cox, rank_correlation_p, schoenfeld
from workbook.stats.survival import (
    Lives,
    at_risk,
    cumulative_incidence,
    event_by,
    expected_events,
    kaplan_meier,
    log_rank,
    naive_incidence,
)

MAINTAINED = ("9 13 13+ 18 23 28+ 31 34 45+ 48 161+", "5 5 8 8 12 16+ 23 27 30 33 43 45")
GEHAN = (
    "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+",
    "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23",
)


def lives(*groups: str) -> Lives:
    cells = " ".join(groups).split()
    time = np.array([float(c.rstrip("+")) for c in cells])
    event = np.array([not c.endswith("+") for c in cells])
    return Lives(time=time, event=event, entry=np.zeros(len(time)))


def group_of(*groups: str) -> np.ndarray:
    return np.repeat(np.arange(len(groups)), [len(g.split()) for g in groups])


def test_the_maintained_group_survives_as_in_r():
    curve = kaplan_meier(lives(MAINTAINED[0]))
    assert curve.times.tolist() == [9, 13, 18, 23, 31, 34, 48]
    assert curve.survival == pytest.approx(
        [0.909091, 0.818182, 0.715909, 0.613636, 0.490909, 0.368182, 0.184091], abs=5e-7
    )
    assert curve.se == pytest.approx(
        [0.086678, 0.116291, 0.139665, 0.152632, 0.164193, 0.162669, 0.153493], abs=5e-7
    )
    assert curve.at_risk.tolist() == [11, 10, 8, 7, 5, 4, 2]
    assert (curve.quantile(0.25), curve.quantile(0.5), curve.quantile(0.75)) == (18, 31, 48)
    assert (curve.quantile_low(0.5), curve.quantile_high(0.5)) == (13, None)


def test_the_log_rank_test_of_aml_is_that_of_r():
    test = log_rank(lives(*MAINTAINED), group_of(*MAINTAINED))
    assert (test.chi2, test.df) == (pytest.approx(3.396389, abs=5e-7), 1)
    assert test.p_value == pytest.approx(0.06533932, abs=5e-9)


def test_the_log_rank_test_of_gehan_is_that_of_r():
    test = log_rank(lives(*GEHAN), group_of(*GEHAN))
    assert test.chi2 == pytest.approx(16.79294, abs=5e-6)


def test_the_cox_model_has_efron_ties():
    data = lives(*GEHAN)
    columns = group_of(*GEHAN)[:, None].astype(float)
    fit = cox(data, columns)
    assert fit.coefficient == pytest.approx([1.572125], abs=5e-7)
    assert fit.se == pytest.approx([0.412397], abs=5e-7)
    breslow = PHReg(data.time, columns, status=data.event.astype(int)).fit(disp=0)
    assert breslow.params == pytest.approx([1.509191], abs=5e-7)  # the default, not R's
    assert breslow.bse == pytest.approx([0.409564], abs=5e-7)


def test_competing_causes_share_the_incidence():
    time = np.arange(1.0, 7)
    cause = np.array([0, 1, 1, 2, 2, 0])
    data = Lives(time=time, event=cause > 0, entry=np.zeros(6))
    six = np.array([6.0])
    for k in (1, 2):
        part = (cause == k).astype(float)
        assert cumulative_incidence(data, part, six) == pytest.approx([0.4])
    assert naive_incidence(data, (cause == 2).astype(float), six)[0] == pytest.approx(2 / 3)


@st.composite
def late_lives(draw: st.DrawFn) -> Lives:
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, 8), st.integers(1, 8), st.booleans()), min_size=2, max_size=25
        )
    )
    entry = np.array([float(e) for e, _, _ in rows])
    return Lives(
        time=entry + np.array([float(d) for _, d, _ in rows]),
        event=np.array([e for _, _, e in rows]),
        entry=entry,
    )


@settings(max_examples=60, deadline=None)
@given(late_lives())
def test_late_entry_counts_only_those_under_observation(data):
    curve = kaplan_meier(data)
    if curve is None:
        assert not data.event.any()
        return
    left = 1.0
    for i, t in enumerate(curve.times):
        risk = int(((data.entry < t) & (t <= data.time)).sum())
        died = int((data.event & (data.time == t)).sum())
        left *= 1 - died / risk
        assert (curve.at_risk[i], curve.events[i]) == (risk, died)
        assert curve.survival[i] == pytest.approx(left, abs=1e-10)


@settings(max_examples=60, deadline=None)
@given(late_lives(), st.data())
def test_fractional_causes_sum_to_one_minus_survival(data, draw):
    curve = kaplan_meier(data)
    if curve is None:
        return
    share = np.array([draw.draw(st.sampled_from([0.0, 0.5, 1.0])) for _ in data.time])
    first = cumulative_incidence(data, share, curve.times)
    second = cumulative_incidence(data, 1 - share, curve.times)
    assert first + second == pytest.approx(1 - curve.survival, abs=1e-10)
    assert (naive_incidence(data, share, curve.times) >= first - 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(late_lives(), st.integers(0, 2**30))
def test_incidence_equals_statsmodels_without_late_entry(data, seed):
    rng = np.random.default_rng(seed)
    cause = np.where(data.event, rng.integers(1, 3, len(data.time)), 0)
    plain = Lives(time=data.time, event=data.event, entry=np.zeros(len(data.time)))
    if set(cause.tolist()) != {0, 1, 2}:
        return
    with np.errstate(all="ignore"):  # its standard errors where nobody is left
        reference = CumIncidenceRight(plain.time, cause)
    for k in (1, 2):
        found = cumulative_incidence(plain, (cause == k).astype(float), reference.times)
        assert found == pytest.approx(reference.cinc[k - 1], abs=1e-10)


def test_log_rank_equals_statsmodels_with_late_entry():
    rng = np.random.default_rng(5)
    entry = rng.integers(0, 30, 200).astype(float)
    data = Lives(time=entry + rng.integers(1, 60, 200), event=rng.random(200) < 0.6, entry=entry)
    group = rng.integers(0, 3, 200)
    chi2, p_value = survdiff(data.time, data.event.astype(int), group, entry=data.entry)
    test = log_rank(data, group)
    assert (test.chi2, test.df) == (pytest.approx(chi2), 2)
    assert test.p_value == pytest.approx(p_value)


def test_schoenfeld_residuals_equal_statsmodels():
    rng = np.random.default_rng(7)
    time = rng.permutation(60) + 1.0  # without ties
    data = Lives(time=time, event=rng.random(60) < 0.7, entry=np.zeros(60))
    columns = rng.normal(size=(60, 2))
    reference = PHReg(time, columns, status=data.event.astype(int), ties="efron").fit(disp=0)
    own = schoenfeld(data, columns, reference.params)
    assert own == pytest.approx(reference.schoenfeld_residuals[data.event], abs=1e-8)


def test_a_hazard_that_turns_round_fails_the_proportionality_check():
    rng = np.random.default_rng(1)
    group = np.repeat([0.0, 1.0], 200)
    time = np.where(group == 1, rng.exponential(1, 400), 2 * rng.weibull(4, 400)) + 0.01
    data = Lives(time=time, event=np.ones(400, dtype=bool), entry=np.zeros(400))
    assert cox(data, group[:, None]).ph_p[0] < 0.001
    even = Lives(time=rng.exponential(1, 400) + 0.01, event=data.event, entry=data.entry)
    assert cox(even, group[:, None]).ph_p[0] > 0.01


def test_nothing_can_be_told_without_events_groups_or_spread():
    none = lives("3+ 5+")
    assert kaplan_meier(none) is None
    assert log_rank(none, np.array([0, 1])) is None
    assert log_rank(lives("3 5"), np.array([0, 0])) is None
    assert log_rank(lives("3"), np.array([0])) is None
    assert rank_correlation_p(np.zeros(9), np.arange(9.0)) is None
    assert rank_correlation_p(np.arange(9.0), np.zeros(9)) is None
    assert cox(lives(*GEHAN), np.ones((42, 1))) is None  # a constant column
    perfect = np.array([1.0] * 5 + [0.0] * 5)[:, None]
    assert cox(lives("1 2 3 4 5", "6+ 6+ 6+ 6+ 6+"), perfect) is None  # no event in one level


def test_all_lost_on_one_day_leaves_nobody():
    curve = kaplan_meier(lives("4 4 4"))
    assert curve.survival.tolist() == [0]
    assert np.isnan(curve.se[0])
    assert curve.quantile(0.5) == 4


def test_risk_sets_are_open_at_entry_and_closed_at_the_end():
    time, entry = np.array([5.0, 5.0]), np.array([0.0, 3.0])
    assert at_risk(time, entry, np.array([3.0, 3.5, 5.0, 5.5])).tolist() == [1, 2, 2, 0]


def test_expected_events_sum_to_the_events_and_to_the_log_rank_of_each_group():
    """Gehan: 9 of 21 and 21 of 21 lost; 19.25 and 10.75 expected (R: survdiff)."""
    data = lives(*GEHAN)
    expected = expected_events(data)
    assert expected.sum() == pytest.approx(30)
    assert np.bincount(group_of(*GEHAN), weights=expected) == pytest.approx(
        [19.25, 10.75], abs=0.005
    )


def test_a_late_entry_expects_only_what_it_was_there_for():
    data = Lives(
        time=np.array([1.0, 2.0, 3.0]), event=np.array([True, True, False]),
        entry=np.array([0.0, 0.0, 1.0]),
    )  # fmt: skip
    assert expected_events(data) == pytest.approx([1 / 2, 1 / 2 + 1 / 2, 1 / 2])


def test_the_share_by_a_time_is_kaplan_meier():
    """aml, maintained: S(23) = .613636 with standard error .152632."""
    found = event_by(lives(MAINTAINED[0]), 25.0)
    assert found.share == pytest.approx(1 - 0.613636, abs=5e-7)
    n = 0.613636 * 0.386364 / 0.152632**2
    own = wilson(0.386364 * n, n)
    assert (found.low, found.high) == pytest.approx((own.low, own.high), abs=1e-5)


def test_without_censoring_the_share_by_a_time_is_a_plain_one():
    time = np.arange(1.0, 21)
    found = event_by(Lives(time=time, event=time < 50, entry=np.zeros(20)), 5.0)
    plain = wilson(5, 20)
    assert (found.share, found.low, found.high) == pytest.approx((0.25, plain.low, plain.high))


@pytest.mark.parametrize(("event", "share"), [(False, 0.0), (True, 1.0)])
def test_where_nobody_or_everybody_has_the_event_the_interval_is_still_told(event, share):
    data = Lives(time=np.full(12, 9.0), event=np.full(12, event), entry=np.zeros(12))
    found = event_by(data, 9.0)
    assert found.share == pytest.approx(share)
    assert found.high - found.low > 0.1


def test_where_nobody_is_seen_so_long_nothing_is_told():
    data = Lives(time=np.array([1.0, 2.0]), event=np.array([True, False]), entry=np.zeros(2))
    assert event_by(data, 3.0) is None
