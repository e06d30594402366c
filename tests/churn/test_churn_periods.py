"""What of a register that is carried on is of this period, and what of all losses on record."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from workbook.diagnostics.churn_reasons.compute import Sources, compute
from workbook.diagnostics.churn_reasons.key_figures import key_figures
from workbook.diagnostics.churn_reasons.measures import loss_measures, of_losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.reasons_result import Basis
from workbook.diagnostics.customer_ledger.months import Span

BEFORE, NOW = date(2024, 12, 31), date(2025, 12, 31)
LAST_YEAR, YEAR = Span(after=date(2023, 12, 31), last=BEFORE), Span(after=BEFORE, last=NOW)


def register(table, then, now, **columns):
    """Losses of 2024 (reason: price) and of 2025 (late delivery), ten a month at most."""
    days = [date(2024, 1, 10) + timedelta(days=5 * i) for i in range(then)]
    days += [date(2025, 1, 10) + timedelta(days=5 * i) for i in range(now)]
    return table(
        customer_id=[f"c{i:03d}" for i in range(then + now)],
        lost_date=[str(day) for day in days],
        reasons=["price"] * then + ["late delivery"] * now,
        annual_revenue=[10.0] * then + [100.0] * now,
        **columns,
    )


def second(inputs, table, then, now, *, customers=(), **columns):
    """Return this period's inputs, the register carried on, and those of the period before."""
    rows = register(table, then, now, **columns)
    old = {"lost_customers": rows.loc[rows["lost_date"] <= pd.Timestamp(BEFORE)]}
    tables = {"lost_customers": rows}
    if customers:
        old["customers"] = tables["customers"] = table(
            customer_id=list(customers), registered_date="2020-01-01"
        )
    previous = replace(inputs(as_of=BEFORE, label="2024", **old), window=LAST_YEAR)
    return replace(
        inputs(as_of=NOW, label="2025", previous=previous, **tables), since=BEFORE, window=YEAR
    )


@pytest.fixture
def told(taxonomy, finite):
    def compute_all(given, params=None):
        return finite(compute(given, params or Params(), Sources(taxonomy=taxonomy)))

    return compute_all


def everybody(n=90):
    return [f"c{i:03d}" for i in range(n)]


def test_the_headline_counts_the_losses_of_this_period_and_another_line_the_register(
    told, inputs, table
):
    result = told(second(inputs, table, 30, 12))
    assert (result.lost.n, result.lost.revenue) == (12, 1200.0)
    assert (result.register.n, result.register.revenue) == (42, 1500.0)
    assert (result.lost.since, result.register.since) == (date(2025, 1, 1), date(2024, 1, 1))
    assert (result.basis, result.carried_since) == (Basis.PERIOD, date(2024, 1, 1))
    assert {r.reason: r.any for r in result.reasons} == {"late_delivery": 12}
    assert result.preventable.n == 12


def test_few_losses_are_told_with_the_reasons_of_the_register_and_that_is_said(told, inputs, table):
    result = told(second(inputs, table, 30, 4))
    assert (result.lost.n, result.small, result.basis) == (4, True, Basis.REGISTER)
    assert {r.reason: r.any for r in result.reasons} == {"price_high": 30, "late_delivery": 4}
    assert result.base.n == result.register.n == 34
    assert result.widened_since == date(2024, 1, 1)
    told_of = {claim.id: claim.population for claim in result.findings if claim.population}
    assert told_of
    assert all(result.is_of_register(id_) for id_, n in told_of.items() if n == 34)


def test_few_losses_of_a_small_register_stay_those_of_the_period(told, inputs, table):
    result = told(second(inputs, table, 3, 4))
    assert (result.lost.n, result.register.n, result.basis) == (4, 7, Basis.PERIOD)
    assert result.counts_only


def test_a_period_without_losses_says_so_and_keeps_the_register(told, inputs, table):
    result = told(second(inputs, table, 30, 0))
    assert (result.answer.id, result.lost.n, result.register.n) == ("none", 0, 30)
    assert result.lost.since == date(2025, 1, 1)


def test_a_first_period_has_all_of_its_register(told, inputs, table):
    result = told(inputs(lost_customers=register(table, 30, 12)))
    assert result.lost.n == result.register.n == 42
    assert (result.carried_since, result.widened_since) == (None, None)


def test_a_register_that_begins_in_the_period_is_not_carried_on(told, inputs, table):
    given = second(inputs, table, 0, 12)
    assert told(given).carried_since is None
    assert told(given, Params(register_since=date(2025, 1, 5))).lost.since == date(2025, 1, 5)


def test_those_lost_before_the_period_were_not_at_risk_in_it(told, inputs, table):
    result = told(second(inputs, table, 30, 12, customers=everybody()))
    assert (result.lost.at_risk, result.lost.rate) == (60, 12 / 60)
    before = told(second(inputs, table, 30, 12, customers=everybody()).previous)
    assert (before.lost.at_risk, before.lost.n) == (90, 30)


def test_a_customer_that_came_back_before_the_period_is_at_risk_in_it_once(told, inputs, table):
    back = ["2024-11-01"] + [None] * 41
    result = told(second(inputs, table, 30, 12, customers=everybody(), returned_date=back))
    assert result.lost.at_risk == 61
    assert (result.lost.returned, result.winback.returned, result.winback.n) == (0, 1, 42)
    assert result.register.not_returned == result.lost_definitions.register == 41


def test_expected_losses_are_those_of_the_period(told, inputs, table):
    given = second(inputs, table, 30, 12, customers=everybody())
    tables = dict(given.tables)
    tables["customers"] = tables["customers"].assign(
        region=["north" if i % 2 else "south" for i in range(90)]
    )
    regions = [g for g in told(replace(given, tables=tables)).by if g.dimension == "region"]
    assert sum(g.lost for g in regions) == 12
    assert sum(g.expected for g in regions) == pytest.approx(12)
    assert sum(g.at_risk for g in regions) == 60
    assert sum(g.customer_years for g in regions) < 60


def figures(given, taxonomy, params=None):
    own = of_losses(given, params or Params(), taxonomy=taxonomy, language="en")
    found = loss_measures(own)
    return {(m.name, m.key): m for m in found}


def test_what_is_compared_is_what_the_report_prints(told, inputs, table, taxonomy):
    given = second(inputs, table, 30, 12, customers=everybody(), verified=[True, False] * 21)
    result, found = told(given), figures(given, taxonomy)
    assert found["losses", ""].value == result.lost.n
    assert found["lost_revenue", ""].value == result.lost.revenue
    assert found["loss_rate", ""].value == result.lost.rate
    assert found["verified", ""].value == result.verified.share
    shares = {m.key: m.value for (name, _), m in found.items() if name == "reason"}
    assert shares == {r.reason: r.share for r in result.reasons}
    headlines = {name for (name, _), m in found.items() if m.headline}
    assert headlines == {"losses", "loss_rate"}  # all losses were preventable: no share of them


def test_key_figures_stand_beside_the_figures_that_are_compared(told, inputs, table, taxonomy):
    given = second(inputs, table, 30, 12, customers=everybody(), verified=[True, False] * 21)
    before = figures(given.previous, taxonomy)
    named = {f.name: f.previous for f in key_figures(told(given))}
    assert named["lost_customers"] == before["losses", ""].value == 30
    assert named["lost_revenue"] == before["lost_revenue", ""].value == 300.0
    assert named["loss_rate"] == before["loss_rate", ""].value
    assert named["verified_share"] == before["verified", ""].value == 0.5


def test_few_losses_have_a_number_and_no_shares(inputs, table, taxonomy):
    found = figures(second(inputs, table, 30, 4, customers=everybody()), taxonomy)
    assert {name for name, _ in found} == {"losses", "lost_revenue"}


@pytest.mark.parametrize(("since", "n"), [(date(2024, 1, 20), 30.0), (date(2024, 3, 1), None)])
def test_a_window_that_the_register_covers_in_part_only_is_not_counted(
    since, n, inputs, table, taxonomy
):
    """Nineteen days of a year are less than a tenth of it."""
    before = second(inputs, table, 30, 12).previous
    rows = before.tables["lost_customers"]
    late = rows.loc[rows["lost_date"] >= pd.Timestamp(since)]
    given = replace(before, tables={"lost_customers": rows if n else late})
    found = figures(given, taxonomy, Params(register_since=since))
    assert getattr(found.get(("losses", "")), "value", None) == n


def test_losses_that_an_earlier_file_adds_extend_the_register(told, inputs, table):
    given = second(inputs, table, 30, 12)
    rows = given.tables["lost_customers"]
    rows.index = [*(-1 - i for i in range(30)), *range(2, 14)]
    result = told(given, Params(register_since=date(2025, 1, 1)))
    assert (result.register.n, result.register.since) == (42, date(2024, 1, 1))
    assert result.lost.n == 12


def test_answers_of_earlier_periods_are_known_before_a_loss(told, inputs, table):
    """The sign was seen in the survey of the last period; the loss is of this one."""
    given = second(inputs, table, 30, 12, customers=everybody())
    asked = table(
        respondent_id=[f"r{i}" for i in range(90)], customer_id=everybody(), date="2024-12-01",
        score=[3 if 30 <= i < 42 else 10 for i in range(90)],
    )  # fmt: skip
    assert told(given).signals == ()
    earlier = replace(given.previous, tables={**given.previous.tables, "survey": asked})
    signals = {s.signal: s for s in told(replace(given, previous=earlier)).signals}
    assert signals["detractor"].hits == 12
