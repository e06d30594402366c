"""Rules 1 to 6 on the samples: what was planted across diagnostics is found, and nothing else."""

import json

import pytest
from first_period import first_period
from opened_samples import SAMPLES, opened

TRUTH = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
OURS = {
    "unhappy_a", "waiting_a", "unmanaged_reasons", "driver_of_loss", "space_by_voice",
    "growth_and_losses", "complaint_handling", "complaint_handling_leaving",
}  # fmt: skip


def result(folder):
    return opened("summary", folder).view.result


def told(sample):
    return own(SAMPLES / sample)


def own(folder):
    return {one.claim.id: one.claim for one in result(folder).told if one.own}


@pytest.mark.parametrize(
    ("sample", "ids"),
    [
        ("northbridge", {"unhappy_a"}),
        ("severstroy", set()),
        ("tatra-servis", {"unhappy_a", "waiting_a", "unmanaged_reasons", "driver_of_loss",
                          "space_by_voice", "complaint_handling"}),
        ("ural-tekhnika", {"waiting_a", "driver_of_loss"}),
        ("vektor-it", {"waiting_a"}),
    ],
)  # fmt: skip
def test_each_sample_tells_what_its_tables_hold(sample, ids):
    assert set(told(sample)) & OURS == ids


@pytest.mark.parametrize(
    ("sample", "reason"), [("ural-tekhnika", "late_delivery"), ("tatra-servis", "information")]
)
def test_the_planted_driver_is_a_reason_of_loss_too(sample, reason):
    """The truth is that of a whole register: the sample is read as a first period."""
    claim = own(first_period(sample))["driver_of_loss"]
    truth = TRUTH[sample]["churn"]["reasons"][reason]
    assert claim.figures["parameter"] == TRUTH[sample]["driver"]
    assert claim.figures["k"] == truth["any"]
    assert claim.money == pytest.approx(truth["revenue_fractional"])
    assert 0 < claim.effect_low <= truth["revenue_sole"]
    assert claim.effect_low < claim.effect_high <= claim.money


def test_what_the_system_of_sales_costs_is_the_sum_of_its_reasons():
    reasons = TRUTH["tatra-servis"]["churn"]["reasons"]
    claim = told("tatra-servis")["unmanaged_reasons"]
    assert claim.figures["owner"] == "sales"
    assert claim.money == pytest.approx(
        sum(reasons[name]["revenue_fractional"] for name in ("price_high", "forgotten"))
    )


def test_the_register_of_complaints_is_that_of_the_last_year():
    truth = TRUTH["tatra-servis"]["complaints"]["last_12_months"]
    figures = told("tatra-servis")["complaint_handling"].figures
    assert {name: figures[name] for name in ("n", "cause_found", "process_mended")} == {
        name: truth[name] for name in ("n", "cause_found", "process_mended")
    }


def test_few_answers_and_few_losses_are_refused():
    refused = {one.id for one in result(SAMPLES / "northbridge").refused_findings}
    assert {"space_by_voice", "unmanaged_reasons"} <= refused


@pytest.mark.parametrize("sample", ["northbridge", "tatra-servis", "ural-tekhnika", "vektor-it"])
def test_no_class_a_customer_stands_in_both_findings(sample):
    found = [told(sample).get(name) for name in ("unhappy_a", "waiting_a")]
    ids = [one for claim in found if claim is not None for one in claim.customer_ids]
    assert len(ids) == len(set(ids)) > 0
