"""Next periods of the samples: what was planted is told, in order of time, and nothing twice."""

from pathlib import Path

import pytest

from tests.periods.next_periods import Sheet, northbridge, tatra, ural
from workbook.diagnostics.compared import changes_of
from workbook.diagnostics.loyalty import Params
from workbook.diagnostics.loyalty.answers import guarded
from workbook.diagnostics.loyalty.diagnostic import DIAGNOSTIC
from workbook.diagnostics.loyalty.report.waves import chapter as waves_chapter
from workbook.diagnostics.loyalty.survey_result import Verdict
from workbook.diagnostics.loyalty.waves import waves
from workbook.engagement.data import open_engagement
from workbook.intake.param_tables import build_params
from workbook.notebook import open_book
from workbook.report.blocks import NotStudied


def seen(folder):
    """Return the waves of an engagement."""
    data = open_engagement(folder)
    assert not data.errors
    return waves(guarded(data.inputs), build_params(data.engagement, "loyalty", Params))


def read_with(data):
    """Return the options and sources of an engagement."""
    params = build_params(data.engagement, "loyalty", Params)
    return params, DIAGNOSTIC.sources(data.engagement, data.inputs, params).sources


def result_of(data):
    """Return the result of an engagement."""
    return DIAGNOSTIC.compute(data.inputs, *read_with(data))


def labels(found):
    return [(wave.wave, wave.n) for wave in found.waves]


def test_three_periods_of_northbridge(tmp_path):
    found = seen(northbridge(tmp_path))
    assert labels(found) == [("2024", 23), ("2025", 27), ("2026", 27)]
    change = found.change
    assert (change.against, change.wave, change.headline) == ("2025", "2026", True)
    assert change.difference == pytest.approx(51.9, abs=0.05)
    assert change.p_value == pytest.approx(0.005, abs=0.0005)
    assert (change.verdict, change.paired_n) == (Verdict.UP, 27)


@pytest.mark.parametrize("carried", [True, False])
def test_waves_of_tatra_stand_once_whether_its_file_carries_them_or_not(tmp_path, carried):
    found = seen(tatra(tmp_path, carried=carried))
    assert [wave for wave, _ in labels(found)] == ["2024-H2", "2025-H1", "2025-H2", "2026-H1"]
    assert [n for _, n in labels(found)] == [281, 291, 319, 319]
    change = found.change
    assert (change.against, change.wave, change.verdict) == ("2025-H2", "2026-H1", Verdict.UP)
    assert change.paired_n == 319
    assert change.p_holm < 0.001
    starts = [wave.start for wave in found.waves]
    assert starts == sorted(starts)


def test_another_headline_in_the_last_engagement_changes_nothing(tmp_path):
    """Like meets like: what was the last wave then is one round against one round now."""
    now = tatra(tmp_path, carried=False)
    told = [seen(now).change]
    path = now / "engagement.toml"
    path.write_text(path.read_text("utf-8").replace('headline = "latest"', ""), "utf-8")
    told.append(seen(now).change)
    assert told[0] == told[1]
    assert told[0].against_value == pytest.approx(32.9, abs=0.05)


def test_the_survey_of_ural_with_and_without_the_answers_of_before(tmp_path):
    plain = seen(ural(tmp_path / "plain"))
    whole = seen(ural(tmp_path / "whole", cumulative=True))
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
    data = open_engagement(ural(tmp_path, change=asked_from_one_to_ten))
    assert "previous_scale" in [problem.code for problem in data.comparison]
    found = seen(tmp_path / "ut-2026q2")
    assert (found.waves, found.change) == ((), None)
    result = result_of(data)
    assert (result.nps.scale, result.period_before) == ("1-10", "2025-Q4")
    assert result.nps.n == 316
    view = open_book("loyalty", str(tmp_path / "ut-2026q2")).view
    (told,) = waves_chapter(view)
    assert isinstance(told, NotStudied)
    assert told.fill == view.text("absent.waves.before", against="2025-Q4")
    assert "engagement.toml" not in told.fill


def test_figures_of_the_chapter_are_those_of_the_report(tmp_path):
    data = open_engagement(northbridge(tmp_path))
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
