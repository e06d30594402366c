"""The one limitation of a loyalty report: the first of a list that applies."""

from dataclasses import replace

import pytest

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.limits import limitation
from workbook.diagnostics.loyalty.open_answers_result import OpenAnswers
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.survey import Sources
from workbook.diagnostics.loyalty.survey_claims import Facts
from workbook.diagnostics.loyalty.survey_result import IntervalKind, Nps, Weighted

NPS = Nps(**(dict.fromkeys(Nps.__slots__) | {
    "value": 10.0, "ci_low": 1.0, "ci_high": 19.0, "interval": IntervalKind.SAMPLE, "n": 200,
    "detractors": 40, "passives": 100, "promoters": 60, "probably_ten_scale": False,
}))  # fmt: skip
DRIVER = Claim(id="driver", figures={"parameter": "Speed"})
THEME = Claim(id="theme", figures={})
WRITTEN = OpenAnswers(n=44, coded_by_people=0, machine=True, verbatim=(), agreement=None)
HEAVY = Weighted(
    by="revenue", n=24, value=-52.0, n_eff=4.2, se=25.0, ci_low=None, ci_high=None, p_value=0.01
)


@pytest.mark.parametrize(
    ("nps", "facts", "told"),
    [
        ({}, {}, None),
        ({"probably_ten_scale": True, "n": 20}, {}, "scale_doubted"),
        (
            {},
            {"answer": Claim(id="weighted_few", figures={}), "weighted": (HEAVY,)},
            "few_accounts",
        ),
        ({}, {"answer": Claim(id="alone", figures={}), "weighted": (HEAVY,)}, None),
        ({"n": 29}, {}, "few_answers"),
        ({"n": 30}, {}, None),
        ({"n": 29, "interval": IntervalKind.CENSUS}, {}, None),
        ({"n": 7, "interval": IntervalKind.TOO_FEW}, {}, "too_few"),
        ({"response_rate": 0.29}, {"findings": (DRIVER,)}, "low_response"),
        ({"response_rate": 0.30}, {"findings": (DRIVER,)}, "association"),
        ({"response_rate": 0.9, "revenue_coverage": 0.2}, {}, "low_coverage"),
        ({}, {"findings": (THEME,), "open_answers": WRITTEN}, "themes_unconfirmed"),
        ({}, {"findings": (DRIVER,), "open_answers": WRITTEN}, "association"),
        (
            {},
            {"findings": (THEME,), "open_answers": replace(WRITTEN, coded_by_people=44)},
            None,
        ),
    ],
)
def test_the_first_that_could_change_the_decision_is_told(nps, facts, told):
    result = Result(nps=replace(NPS, **nps), **facts)
    found = limitation(Facts(result=result, params=Params()))
    assert (found and found.id) == told


def test_without_a_survey_that_is_the_limitation(inputs, table):
    sales = table(customer_id=["a"], date="2025-06-01", amount=1.0)
    assert compute(inputs(sales=sales), Params(), Sources()).limitation.id == "no_survey"
