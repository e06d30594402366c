"""Changes of drawn figures: mirrored when time is, judged as one family, in the order of time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.periods import measure
from workbook.diagnostics.periods.changes import Course, PeriodMeasures, changes
from workbook.diagnostics.periods.measure import Measure, Sample, Unit, share

MIRRORED = {Course.UP: Course.DOWN, Course.DOWN: Course.UP}
CONFIDENCE = 0.95


@st.composite
def shares(draw, name="kept", label=""):
    n = draw(st.integers(1, 200))
    return share(name, draw(st.integers(0, n)), n, label=label)


@st.composite
def means(draw, label=""):
    values = draw(st.lists(st.integers(0, 10), min_size=3, max_size=40))
    sample = np.array(values, dtype=float)
    givers = draw(
        st.one_of(
            st.just(()),
            st.lists(st.sampled_from("abcdefgh"), min_size=len(values), max_size=len(values)),
        )
    )
    return Measure(
        name="mark", label=label, value=float(sample.mean()), unit=Unit.MARK, n=len(values),
        sample=Sample(values=sample, givers=tuple(givers)),
    )  # fmt: skip


@st.composite
def periods(draw, count=2):
    """Draw periods with a figure of each group."""
    labels = draw(st.lists(st.sampled_from("ABCDEF"), unique=True, min_size=1, max_size=6))
    return [
        PeriodMeasures(
            label=f"P{number}",
            measures=(
                *(draw(shares(label=label)) for label in labels),
                *(draw(means(label=label)) for label in labels),
            ),
        )
        for number in range(count)
    ]


def by_figure(found):
    return {(one.name, one.label): one for one in found.changes}


@given(periods())
def test_turned_round_in_time_every_change_is_its_mirror(drawn):
    then, now = drawn
    forth = by_figure(changes([then, now], confidence=CONFIDENCE))
    back = by_figure(changes([now, then], confidence=CONFIDENCE))
    assert forth.keys() == back.keys()
    for at, one in forth.items():
        other = back[at]
        assert (one.before, one.now) == (other.now, other.before)
        assert one.difference == pytest.approx(-other.difference)
        assert one.p_value == pytest.approx(other.p_value, abs=1e-9)
        if one.low is not None:
            assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-9)
        if one.p_holm is None or abs(one.p_holm - 0.05) > 1e-6:
            assert MIRRORED.get(one.course, one.course) is other.course


@given(periods())
def test_verdicts_hold_for_a_family_as_a_whole(drawn):
    found = changes(drawn, confidence=CONFIDENCE)
    for name in ("kept", "mark"):
        family = sorted(
            (one for one in found.changes if one.name == name and one.p_value is not None),
            key=lambda one: one.p_value,
        )
        corrected = [one.p_holm for one in family]
        assert corrected == sorted(corrected)
        assert all(one.p_value <= one.p_holm <= 1 for one in family)
        told = sum(one.is_told for one in family)
        passed = [f.passed for f in found.families if f.id == f"periods.{name}"]
        assert passed in ([told], [])
        assert all(one.is_told == (one.p_holm < 0.05) for one in family if one.difference)


@given(periods(), st.randoms(use_true_random=False))
def test_the_order_of_figures_says_nothing(drawn, random):
    then, now = drawn
    mixed = list(now.measures)
    random.shuffle(mixed)
    again = changes([then, PeriodMeasures(label=now.label, measures=tuple(mixed))], confidence=0.95)
    assert by_figure(again) == by_figure(changes(drawn, confidence=CONFIDENCE))


@given(periods(count=4))
def test_periods_stand_in_the_order_of_time(drawn):
    found = changes(drawn, confidence=CONFIDENCE)
    assert (found.against, found.periods) == ("P2", ("P0", "P1", "P2", "P3"))
    for one in found.changes:
        assert [point.period for point in one.series] == ["P0", "P1", "P2", "P3"]
        assert [one.series[2].value, one.series[3].value] == [one.before, one.now]
        assert one.since_first == pytest.approx(one.now - one.series[0].value)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_what_one_period_does_not_have_it_has_none_of(k, rest, later):
    """Nobody gave the reason: as good as a share of zero that was counted."""

    def reason(label, k, n):
        return share("reason", k, n, label=label, absent_is_zero=True)

    n = k + rest
    then = PeriodMeasures(label="H1", measures=(reason("Late", k, n), reason("Price", rest, n)))
    without = PeriodMeasures(label="H2", measures=(reason("Price", later, later),))
    counted = PeriodMeasures(
        label="H2", measures=(reason("Late", 0, later), reason("Price", later, later))
    )
    for order in ((then, without, counted), (without, then, None)):
        found = changes(order[:2], confidence=CONFIDENCE)
        assert (found.only_now, found.only_before) == (0, 0)
        other = counted if order[2] else then
        expected = changes([then, other] if order[2] else [counted, then], confidence=CONFIDENCE)
        assert by_figure(found).keys() == by_figure(expected).keys()
        for at, one in by_figure(found).items():
            assert one.p_holm == by_figure(expected)[at].p_holm
            assert (one.before, one.now) == (
                by_figure(expected)[at].before,
                by_figure(expected)[at].now,
            )


@given(shares(label="new"), shares(label="old"))
def test_what_only_one_period_has_is_not_compared(new, old):
    then = PeriodMeasures(label="H1", measures=(old,))
    now = PeriodMeasures(label="H2", measures=(new,))
    found = changes([then, now], confidence=CONFIDENCE)
    assert (found.changes, found.only_now, found.only_before) == ((), 1, 1)


def test_told_figures_come_first_then_headlines_then_the_least_likely_chance():
    def tested(p):
        return lambda before, now, confidence: measure.Tested(difference=1.0, p_value=p)

    def figure(name, p=None, *, headline=False, value=0.0):
        sample = None if p is None else Sample(values=np.zeros(3))
        return Measure(
            name=name, value=value, unit=Unit.SCORE, sample=sample, headline=headline,
            test=tested(p) if p is not None else None,
        )  # fmt: skip

    made = {"counted": None, "chance": 0.9, "near": 0.2, "main": 0.99, "told": 0.001}
    then, now = (
        PeriodMeasures(
            label=label,
            measures=tuple(
                figure(name, p, headline=name == "main", value=value) for name, p in made.items()
            ),
        )
        for label, value in (("H1", 0.0), ("H2", 1.0))
    )
    found = changes([then, now], confidence=CONFIDENCE).changes
    assert [one.name for one in found] == ["told", "main", "near", "chance", "counted"]


def test_without_an_earlier_period_nothing_is_said():
    found = changes([PeriodMeasures(label="H1", measures=(share("kept", 1, 2),))], confidence=0.95)
    assert (found.changes, found.against, found.periods) == ((), "", ())
