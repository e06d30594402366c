"""Rounds of several periods: in order of time, none twice, like against like."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.loyalty.answers import guarded, headline
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.rounds import met_in
from workbook.diagnostics.loyalty.survey_result import Verdict
from workbook.diagnostics.loyalty.waves import waves

JUNE, DECEMBER = date(2025, 6, 30), date(2025, 12, 31)
SECOND_HALF = Span(after=JUNE, last=DECEMBER)


@pytest.fixture
def rounds_of(survey):
    """Build a survey of (label, first day, scores) rounds."""

    def build(*parts, **columns):
        return survey(
            [s for _, _, scores in parts for s in scores],
            wave=[label for label, _, scores in parts for _ in scores],
            date=[day for _, day, scores in parts for _ in scores],
            **columns,
        )

    return build


def labels(found):
    return [wave.wave for wave in found.waves]


def compared(found):
    return [(change.against, change.wave) for change in found.changes]


def test_every_period_of_the_chain_is_a_round(survey, inputs, answers_of):
    first = inputs(survey=survey(answers_of(10, 10, 10)), label="2023")
    second = inputs(survey=survey(answers_of(8, 10, 12)), label="2024", previous=first)
    now = inputs(survey=survey(answers_of(2, 10, 18)), label="2025", previous=second)
    found = waves(now, Params())
    assert labels(found) == ["2023", "2024", "2025"]
    assert compared(found) == [("2023", "2024"), ("2024", "2025")]
    assert found.change == found.changes[-1]
    assert found.change.headline
    assert sum(wave.n for wave in found.waves) == 90


def test_earlier_rounds_keep_their_own_labels(survey, rounds_of, inputs, answers_of):
    """The one round of a later period meets the latest of them, not all of them together."""
    before = inputs(
        survey=rounds_of(
            ("spring", "2025-03-01", answers_of(20, 0, 0)),
            ("autumn", "2025-10-01", answers_of(0, 20, 0)),
        ),
        label="2025",
    )
    now = inputs(survey=survey(answers_of(0, 10, 10)), label="2026-H1", previous=before)
    for params in (Params(), Params(headline="latest")):
        found = waves(now, params)
        assert labels(found) == ["spring", "autumn", "2026-H1"]
        assert (found.change.against, found.change.difference) == ("autumn", pytest.approx(50))
        assert found.change.headline


def test_a_label_of_two_rounds_is_told_apart(rounds_of, inputs, answers_of):
    before = inputs(survey=rounds_of(("1", "2025-03-01", answers_of(5, 5, 5))), label="2025-H1")
    now = inputs(
        survey=rounds_of(
            ("1", "2025-09-01", answers_of(5, 5, 5)), ("2", "2025-11-01", answers_of(5, 5, 5))
        ),
        label="2025-H2",
        previous=before,
    )
    found = waves(now, Params(headline="latest"))
    assert labels(found) == ["1 · 2025-H1", "1 · 2025-H2", "2"]
    assert (found.change.against, found.change.wave) == ("1 · 2025-H1", "2")
    named = replace(before, label="1")
    assert labels(waves(replace(now, previous=named), Params())) == ["1", "1 · 2025-H2", "2"]


@pytest.fixture
def before(rounds_of, inputs, answers_of):
    """Return a period with three rounds, of which the last two end within its window."""
    made = inputs(
        survey=rounds_of(
            ("old", "2025-03-01", answers_of(20, 0, 0)),
            ("summer", "2025-08-01", answers_of(0, 20, 0)),
            ("autumn", "2025-11-01", answers_of(0, 0, 20)),
        ),
        label="2025-H2",
    )
    return replace(made, window=SECOND_HALF)


def test_several_waves_together_meet_the_rounds_of_the_equal_window(
    before, rounds_of, inputs, answers_of
):
    now = inputs(
        survey=rounds_of(
            ("winter", "2026-02-01", answers_of(0, 0, 20)),
            ("spring", "2026-05-01", answers_of(0, 0, 20)),
        ),
        label="2026-H1",
        previous=before,
    )
    found = waves(now, Params())
    assert (found.change.against, found.change.wave) == ("2025-H2", "2026-H1")
    assert found.change.against_value == pytest.approx(50)
    assert compared(found)[-2:] == [("autumn", "winter"), ("winter", "spring")]
    latest = waves(now, Params(headline="latest"))
    assert (latest.change.against, latest.change.wave) == ("autumn", "spring")
    outside = replace(before, window=Span(after=DECEMBER, last=date(2026, 6, 30)))
    assert waves(replace(now, previous=outside), Params()).change.against == "autumn"


def test_a_thin_round_is_passed_over(survey, inputs, answers_of):
    first = inputs(survey=survey(answers_of(10, 10, 10)), label="2023")
    thin = inputs(survey=survey(answers_of(2, 2, 2)), label="2024", previous=first)
    now = inputs(survey=survey(answers_of(2, 10, 18)), label="2025", previous=thin)
    found = waves(now, Params())
    assert [(w.wave, w.value is None) for w in found.waves] == [
        ("2023", False), ("2024", True), ("2025", False),
    ]  # fmt: skip
    assert found.change.against == "2023"


def test_rounds_of_fewer_people_than_the_threshold_are_not_told(survey, inputs, answers_of):
    before = inputs(survey=survey([9] * 20, respondent_id="r1"), label="2024")
    now = inputs(survey=survey(answers_of(2, 10, 18)), label="2025", previous=before)
    assert labels(waves(now, Params())) == []


def test_rows_without_a_wave_are_the_round_of_a_period_whose_file_names_none(
    survey, rounds_of, inputs, answers_of
):
    """Earlier waves that a later file carries stand beside it under their own labels."""
    own = survey(answers_of(5, 5, 5), wave=None, date="2025-10-01")
    carried = rounds_of(("2024", "2024-10-01", answers_of(5, 5, 5)))
    joined = pd.concat([own, carried.set_axis(range(-1, -16, -1))])
    before = inputs(survey=joined, label="2025")
    now = inputs(survey=survey(answers_of(5, 5, 5)), label="2026", previous=before)
    assert labels(waves(now, Params())) == ["2024", "2025", "2026"]


def test_the_same_customers_are_paired_over_periods(survey, inputs):
    """Unpaired the rise could be chance (p = .06); that nearly all kept their class, it is not."""
    ids = [f"c{i}" for i in range(319)]
    then, later = [9] * 190 + [7] * 44 + [3] * 85, [9] * 224 + [7] * 10 + [3] * 85
    before = inputs(survey=survey(then, customer_id=ids), label="2025-H2")
    now = inputs(survey=survey(later, customer_id=ids), label="2026-H1", previous=before)
    change = waves(now, Params()).change
    assert (change.paired_n, change.verdict) == (319, Verdict.UP)
    assert change.p_value == pytest.approx(change.paired_p_value, rel=0.05)
    others = inputs(survey=survey(then), label="2025-H2")
    apart = waves(replace(now, previous=others), Params()).change
    assert apart.verdict is Verdict.CANNOT_TELL
    assert apart.difference == change.difference


def test_the_figure_of_an_earlier_period_is_what_the_newest_is_compared_with(
    survey, before, rounds_of, inputs, answers_of
):
    two = rounds_of(
        ("winter", "2026-02-01", answers_of(0, 0, 20)),
        ("spring", "2026-05-01", answers_of(0, 0, 20)),
    )
    for table in (two, survey(answers_of(5, 5, 20))):
        for params in (Params(), Params(headline="latest")):
            now = guarded(inputs(survey=table, label="2026-H1", previous=before))
            change = waves(now, params).change
            met = met_in(now.previous, now, params)
            assert 100 * met.given.counts.index == pytest.approx(change.against_value)
            assert met_in(now, now, params).given.n == headline(table, params).given.n
