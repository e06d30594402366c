"""A real survey of 13,954 answers with known results."""

from pathlib import Path

import pandas as pd
import pytest

from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey import Sources
from workbook.diagnostics.loyalty.survey_result import Verdict

FILE = Path(__file__).resolve().parents[1] / "golden" / "garden_centre" / "survey.csv.gz"


@pytest.fixture(scope="module")
def raw():
    return pd.read_csv(FILE, encoding="latin-1", low_memory=False)


@pytest.fixture(scope="module")
def result_of(raw, inputs):
    def run(**columns):
        frame = pd.DataFrame(
            {
                "respondent_id": raw["id"].astype("str"),
                "date": pd.Timestamp("2015-01-01") + pd.to_timedelta(raw["t"] * 30, unit="D"),
                "score": raw["nps"].astype("Int64"),
                "wave": raw["t"].astype("Int64").astype("str"),
                "reason": raw["explication"].astype("str"),
            }
            | {name: raw[source].astype(float) for name, source in columns.items()}
        )
        return compute(inputs(survey=frame), Params(scale="1-10"), Sources())

    return run


@pytest.fixture(scope="module")
def result(result_of):
    return result_of(weight="NbPassageKS")


def test_headline(result):
    nps = result.nps
    assert (nps.n, nps.missing) == (13612, 342)
    assert (nps.detractors, nps.passives, nps.promoters) == (1194, 3953, 8465)
    assert nps.value == pytest.approx(53.42, abs=0.005)
    assert (nps.ci_low, nps.ci_high) == pytest.approx((52.31, 54.50), abs=0.005)


@pytest.mark.parametrize(
    ("wave", "counts", "value"),
    [
        ("0", (251, 894, 1831), 53.09),
        ("1", (234, 696, 1431), 50.70),
        ("14", (4, 18, 46), 61.76),
    ],
)
def test_waves(result, wave, counts, value):
    found = next(w for w in result.waves if w.wave == wave)
    assert (found.detractors, found.passives, found.promoters) == counts
    assert found.value == pytest.approx(value, abs=0.005)


def test_the_interval_of_the_small_wave(result):
    found = next(w for w in result.waves if w.wave == "14")
    assert (found.ci_low, found.ci_high) == pytest.approx((44.90, 73.41), abs=0.005)


def test_waves_0_and_1_cannot_be_told_apart(result):
    change = next(c for c in result.changes if (c.against, c.wave) == ("0", "1"))
    assert change.adjusted / change.se == pytest.approx(-1.3228, abs=5e-5)
    assert change.p_value == pytest.approx(0.185887, abs=5e-7)
    assert change.verdict is Verdict.CANNOT_TELL


def test_those_who_comment_are_less_happy(result):
    bias = result.comment_bias
    assert (bias.commented.n, bias.silent.n) == (3802, 9810)
    assert bias.commented.value == pytest.approx(39.22, abs=0.005)
    assert bias.silent.value == pytest.approx(58.92, abs=0.005)
    assert bias.verdict is Verdict.DOWN


def test_weighted_by_visits(result):
    row = next(w for w in result.weighted if w.by == "weight")
    assert row.value == pytest.approx(59.602, abs=5e-4)


def test_weighted_by_basket(result_of):
    row = next(w for w in result_of(revenue="CaTicket").weighted if w.by == "revenue")
    assert row.n == 13371
    assert row.value == pytest.approx(55.529, abs=5e-4)
    assert row.n_eff == pytest.approx(3602.5, abs=0.05)


def test_everything_is_finite(result, assert_finite):
    assert_finite(result)
    assert sum(result.nps.distribution) == 13612
    assert sum(w.n for w in result.waves) + result.wave_unlabelled == 13612
