"""Findings of the loyalty report: how many customers each concerns."""

import pytest

from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.diagnostics.loyalty.survey import Sources
from workbook.language.package_data import templates

FRAME = load_code_frame(templates() / "code_frames" / "loyalty.yaml")
MANY = 40


@pytest.fixture(scope="module")
def told(inputs, survey, table):
    """Return the findings of 40 dear answers of 20 customers, 16 of whom have left."""

    def of(**columns):
        answers = survey([2] * MANY, reason="too dear", **columns)
        sales = table(
            customer_id=[f"c{i}" for i in range(20)] + [f"c{i}" for i in range(4)],
            date=["2024-01-01"] * 20 + ["2025-05-01"] * 4,
            amount=100.0,
        )
        complaints = table(
            complaint_id=[*"1234567"],
            customer_id=["c0", *(f"c{i}" for i in range(6))],
            date="2025-03-01",
            process_mended=[True] + [False] * 6,
        )
        given = inputs(survey=answers, sales=sales, complaints=complaints)
        result = compute(given, Params(), Sources(code_frame=FRAME))
        return {claim.id: claim for claim in result.findings}

    return of


def test_a_finding_says_how_many_customers_it_concerns(told):
    found = told(customer_id=[f"c{i // 2}" for i in range(MANY)])
    assert {name: (c.count, c.customers) for name, c in found.items()} == {
        "retention": (16, 16),
        "theme": (MANY, 20),
        "unheard": (14, 14),
        "register": (1, 6),
    }


def test_respondents_without_a_customer_are_no_customers(told):
    assert told()["theme"].customers is None
