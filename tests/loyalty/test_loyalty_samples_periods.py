"""Next periods of the samples: what was planted is told, in order of time, and nothing twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.periods.next_periods import Sheet, later, northbridge, tatra, ural
from workbook.diagnostics.compared import changes_of
from workbook.diagnostics.loyalty.answers import guarded
from workbook.diagnostics.loyalty.diagnostic import DIAGNOSTIC
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.report.waves import chapter as waves_chapter
from workbook.diagnostics.loyalty.survey_result import Verdict
from workbook.diagnostics.loyalty.waves import waves
from workbook.engagement.data import open_engagement
from workbook.intake.param_tables import build_params
from workbook.notebook import open_book
from workbook.report.blocks import NotStudied


@pytest.fixture(scope="module")
def three_years(tmp_path_factory):
    """Return 2026 of Northbridge with the two years before it."""
    return open_engagement(northbridge(tmp_path_factory.mktemp("nb")))


@pytest.fixture(scope="module", params=[True, False], ids=["carried", "new"])
def half_year(request, tmp_path_factory):
    """Return 2026-H1 of Tatra Servis, whose survey carries its earlier waves, or does not."""
    return open_engagement(tatra(tmp_path_factory.mktemp("ts"), carried=request.param))


def seen(data, **options):
    """Return the waves of an engagement."""
    assert not data.errors
    params = build_params(data.engagement, "loyalty", Params)
    return waves(guarded(data.inputs), replace(params, **options))


def read_with(data):
    """Return the options and sources of an engagement."""
    params = build_params(data.engagement, "loyalty", Params)
    return params, DIAGNOSTIC.sources(data.engagement, data.inputs, params).sources


def result_of(data):
    """Return the result of an engagement."""
    return DIAGNOSTIC.compute(data.inputs, *read_with(data))


def labels(found):
    return [(wave.wave, wave.n) for wave in found.waves]


def test_three_periods_of_northbridge(three_years):
    found = seen(three_years)
    assert labels(found) == [("2024", 23), ("2025", 27), ("2026", 27)]
    change = found.change
    assert (change.against, change.wave, change.headline) == ("2025", "2026", True)
    assert change.difference == pytest.approx(51.9, abs=0.05)
    assert change.p_value == pytest.approx(0.005, abs=0.0005)
    assert (change.verdict, change.paired_n) == (Verdict.UP, 27)


def test_waves_of_tatra_stand_once_whether_its_file_carries_them_or_not(half_year):
    found = seen(half_year)
    assert [wave for wave, _ in labels(found)] == ["2024-H2", "2025-H1", "2025-H2", "2026-H1"]
    assert [n for _, n in labels(found)] == [281, 291, 319, 319]
    change = found.change
    assert (change.against, change.wave, change.verdict) == ("2025-H2", "2026-H1", Verdict.UP)
    assert change.paired_n == 319
    assert change.p_holm < 0.001
    starts = [wave.start for wave in found.waves]
    assert starts == sorted(starts)


def test_one_round_now_meets_one_round_then_whatever_the_headline_is(half_year):
    """The engagement before had headline = "latest": its pooled waves are not what is met."""
    latest, every = seen(half_year).change, seen(half_year, headline="all").change
    assert latest == every
    assert every.against_value == pytest.approx(32.9, abs=0.05)


def test_answers_that_are_carried_on_are_not_held_against_the_number_of_customers(tmp_path):
    """Forty customers now: that others answered a year ago is no mistake of that number."""
    folder = northbridge(tmp_path)
    survey = Sheet(folder / "data" / "survey.xlsx", "Response ID")
    who, day, rows = survey.at("Account ID"), survey.at("Survey date"), survey.body
    old = [["OLD" + str(r[0]), *r[1:]] for r in rows]
    for row in old:
        row[who], row[day] = f"OLD{row[who]}", later(row[day], -12)
    survey.put([*rows, *old])
    data = open_engagement(folder)
    assert "population_too_small" not in [problem.code for problem in data.errors]
    assert labels(seen(data)) == [("2024", 23), ("2025", 54), ("2026", 27)]


def test_the_survey_of_ural_with_and_without_the_answers_of_before(tmp_path):
    plain = seen(open_engagement(ural(tmp_path / "plain")))
    whole = seen(open_engagement(ural(tmp_path / "whole", cumulative=True)))
    assert labels(plain) == labels(whole)
    assert [wave for wave, _ in labels(plain)] == ["2025-Q2", "2025-Q4", "2026-Q2"]
    assert plain.change.difference == pytest.approx(15.8, abs=0.05)
    assert plain.change.verdict is Verdict.UP
    assert whole.change.difference == plain.change.difference


def asked_from_one_to_ten(folder: Path) -> None:
    """Change the scale of this period's question."""
    path = folder / "engagement.toml"
    text = path.read_text("utf-8").replace("[params.loyalty]", '[params.loyalty]\nscale = "1-10"')
    path.write_text(text, "utf-8")
    survey = Sheet(folder / "data" / "survey.csv", "№ анкеты")
    score, rows = survey.at("Оценка 0-10"), survey.body
    for row in rows:
        row[score] = "1" if row[score].strip() == "0" else row[score]
    survey.put(rows)


def test_another_scale_leaves_the_comparison_out_and_says_so(tmp_path):
    view = open_book("loyalty", str(ural(tmp_path, change=asked_from_one_to_ten))).view
    result = view.result
    assert (result.waves, result.change) == ((), None)
    assert (result.nps.scale, result.period_before) == ("1-10", "2025-Q4")
    assert result.nps.n == 316
    (told,) = waves_chapter(view)
    assert isinstance(told, NotStudied)
    assert told.fill == view.text("absent.waves.before", against="2025-Q4")
    assert "engagement.toml" not in told.fill


def test_figures_of_the_chapter_are_those_of_the_report(three_years):
    data = three_years
    params, sources = read_with(data)
    result = result_of(data)
    found = changes_of(
        DIAGNOSTIC, data.engagement, data.inputs, params=params, sources=sources, result=result
    )
    assert found.periods == ("2024", "2025", "2026")
    assert not found.unusable
    nps = found.of("nps")
    assert (nps.now, nps.before, nps.p_holm) == (
        result.nps.value, result.change.against_value, result.change.p_holm,
    )  # fmt: skip
    assert [point.value for point in nps.series] == [wave.value for wave in result.waves]
    for name, previous in (("nps", nps.before), ("retention", found.of("retention").before)):
        key = next(f for f in DIAGNOSTIC.key_figures(result) if f.name == name)
        assert key.previous == previous
    for touchpoint in result.touchpoints:
        if not touchpoint.suppressed:
            told = found.of("touchpoint", touchpoint.touchpoint)
            assert told is None or told.before == pytest.approx(touchpoint.previous_balance)
