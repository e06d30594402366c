"""The register of losses against the previous engagement's."""

from datetime import date

import pytest

from workbook.diagnostics.churn_reasons import key_figures
from workbook.diagnostics.churn_reasons.reasons_result import WaveVerdict


def losses(table, year, late, price):
    n = late + price
    return table(
        customer_id=[f"{year}-{i}" for i in range(n)],
        lost_date=[f"{year}-{1 + i % 12:02d}-05" for i in range(n)],
        reasons=["late delivery"] * late + ["price"] * price,
        annual_revenue=10.0,
    )


def before(inputs, table, late=5, price=35):
    register = losses(table, 2024, late, price)
    return inputs(as_of=date(2024, 12, 31), label="2024", lost_customers=register)


def test_a_reason_that_grew_is_said_to_have_grown(found, inputs, table):
    result = found(lost_customers=losses(table, 2025, 25, 15), previous=before(inputs, table))
    wave = result.wave
    assert (wave.against, wave.before_n, wave.now_n, wave.before_revenue) == ("2024", 40, 40, 400)
    changes = {r.reason: r for r in wave.reasons}
    late, price = changes["late_delivery"], changes["price_high"]
    assert (late.before_share, late.now_share, late.verdict) == (0.125, 0.625, WaveVerdict.UP)
    assert (price.verdict, price.difference) == (WaveVerdict.DOWN, pytest.approx(-0.5))
    assert late.p_holm == pytest.approx(2 * late.p_value)
    assert key_figures(result)[0].previous == 40


def test_equal_shares_cannot_be_told_apart(found, inputs, table):
    wave = found(lost_customers=losses(table, 2025, 6, 34), previous=before(inputs, table)).wave
    assert {r.verdict for r in wave.reasons} == {WaveVerdict.CANNOT_TELL}


def test_a_register_that_was_carried_on_is_not_compared_with_itself(found, inputs, table):
    import pandas as pd

    both = pd.concat([losses(table, 2024, 5, 35), losses(table, 2025, 25, 15)])
    wave = found(lost_customers=both, previous=before(inputs, table)).wave
    assert (wave.before_n, wave.now_n) == (40, 40)
    assert {r.verdict for r in wave.reasons} == {WaveVerdict.UP, WaveVerdict.DOWN}


def test_few_losses_are_counted_and_not_compared(found, inputs, table):
    small = found(lost_customers=losses(table, 2025, 2, 2), previous=before(inputs, table)).wave
    assert (small.now_n, small.reasons) == (4, ())


def test_without_a_previous_register_there_is_no_wave(found, inputs, table):
    result = found(lost_customers=losses(table, 2025, 2, 2), previous=inputs())
    assert result.wave is None
    assert "wave" in result.absent
