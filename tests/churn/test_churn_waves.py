"""The register of losses against that of the period before."""

from datetime import date

import pandas as pd

from workbook.diagnostics.churn_reasons.key_figures import key_figures


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


def test_losses_stand_beside_those_of_the_period_before(found, inputs, table):
    result = found(lost_customers=losses(table, 2025, 25, 15), previous=before(inputs, table))
    wave = result.wave
    assert (wave.against, wave.before_n, wave.now_n, wave.before_revenue) == ("2024", 40, 40, 400)
    assert wave.compared
    assert key_figures(result)[0].previous == 40


def test_a_register_that_was_carried_on_is_not_compared_with_itself(found, inputs, table):
    both = pd.concat([losses(table, 2024, 5, 35), losses(table, 2025, 25, 15)])
    result = found(lost_customers=both, previous=before(inputs, table))
    assert (result.wave.before_n, result.wave.now_n) == (40, 40)
    assert (result.lost.n, result.register.n) == (40, 80)


def test_few_losses_are_counted_and_not_compared(found, inputs, table):
    small = found(lost_customers=losses(table, 2025, 2, 2), previous=before(inputs, table)).wave
    assert (small.before_n, small.now_n, small.compared) == (40, 4, False)


def test_without_a_previous_register_there_is_no_wave(found, inputs, table):
    result = found(lost_customers=losses(table, 2025, 2, 2), previous=inputs())
    assert result.wave is None
    assert "wave" in result.absent
