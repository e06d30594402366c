"""Statements of several periods: restated accounts, years of earlier files, what is compared."""

from datetime import date
from fractions import Fraction

import pytest
from financial_tables import SOUND, exact_base, statement, table

from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.diagnostic import DIAGNOSTIC
from workbook.diagnostics.financial_quartiles.key_figures import key_figures
from workbook.diagnostics.financial_quartiles.measures import measures
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.scored_statement import Sources
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.periods.changes import Course, PeriodMeasures, changes
from workbook.diagnostics.periods.period import Period

QUARTILES = (0.2, 0.3, 0.4)


def year(number, times=1.0, **lines):
    scaled = {name: round(value * times) for name, value in SOUND.items()}
    return statement(scaled | lines, year=number, okved="46.90")


def inputs(*statements, label, previous=None):
    tables = {"statements": table(*statements)} if statements else {}
    return Inputs(
        tables=tables, as_of=date(int(label), 12, 31), label=label, previous=previous,
    )  # fmt: skip


@pytest.fixture(scope="module")
def told(lines, ratios):
    """Compute the newest period of a chain and what changed since the last one."""

    def tell(newest, *, units=(), **params):
        base = exact_base(QUARTILES, years=range(2019, 2026))
        sources = Sources(ratios=ratios, line_map=lines, base=base, earlier_units=units)
        options = Params(**params)
        result = compute(newest, options, sources)
        facts = {"params": options, "sources": sources, "compute": compute}
        now = Period(label=newest.label, inputs=newest, known=result, **facts)
        made = [
            Period(label=one.label, inputs=one, newest=None if one is newest else now, **facts)
            for one in newest.periods
        ]
        measured = [PeriodMeasures(label=p.label, measures=tuple(measures(p))) for p in made]
        return result, changes(measured, confidence=0.95)

    return tell


def of(found, name, key):
    return next(c for c in found.changes if c.name == name and c.label.startswith(key))


def test_a_restated_line_is_listed_with_what_it_does_to_the_score(told):
    before = inputs(year(2022), label="2023")
    now = inputs(year(2022, net_profit=700), year(2023), label="2024", previous=before)
    result, found = told(now)
    (restated,) = result.restated
    assert (restated.year, restated.period, restated.score_changed) == (2022, "2023", True)
    (line,) = restated.lines
    assert (line.line, line.before, line.now, line.difference) == (
        "net_profit", 100_000, 700_000, 600_000,
    )  # fmt: skip
    row = result.years_of("Acme")[0]
    assert restated.total_now == row.total
    assert restated.total_before.industry < restated.total_now.industry
    assert of(found, "line", "Net profit").before == 700_000


def test_restated_accounts_keep_years_of_earlier_files_out(told):
    before = inputs(year(2021), year(2022), label="2023")
    now = inputs(year(2022, net_profit=700), year(2023), label="2024", previous=before)
    result, _ = told(now)
    assert [row.year for row in result.organisations] == [2022, 2023]
    assert [(one.year, one.used) for one in result.earlier_years] == [(2021, False)]


def test_a_prior_year_column_that_says_otherwise_keeps_them_out_too(told):
    before = inputs(year(2022), label="2023")
    own = statement(SOUND, year=2023, okved="46.90", prior={"net_profit": 90})
    result, found = told(inputs(own, label="2024", previous=before))
    assert [row.year for row in result.organisations] == [2023]
    assert [(one.year, one.used) for one in result.earlier_years] == [(2022, False)]
    assert found.changes == ()


def test_years_that_only_an_earlier_file_has_make_the_trend(told):
    first = inputs(year(2020), year(2021), label="2022")
    second = inputs(year(2021), year(2022), label="2023", previous=first)
    result, found = told(inputs(year(2023, 1.5), label="2024", previous=second))
    rows = result.organisations
    assert [(row.year, row.from_period) for row in rows] == [
        (2020, "2022"), (2021, "2023"), (2022, "2023"), (2023, ""),
    ]  # fmt: skip
    assert result.restated == ()
    assert rows[-1].change is not None
    revenue = of(found, "line", "Revenue")
    assert [(p.period, p.value) for p in revenue.series] == [
        ("2022", 2_000_000), ("2023", 2_000_000), ("2024", 3_000_000),
    ]  # fmt: skip
    assert revenue.label == "Revenue (2022 → 2023)"


def test_a_figure_of_an_earlier_period_is_named_by_its_own_year(lines, ratios):
    sources = Sources(ratios=ratios, line_map=lines)
    before = inputs(year(2022), label="2023")
    newest = inputs(year(2022), year(2023), label="2024", previous=before)
    facts = {"params": Params(), "sources": sources, "compute": compute}
    now = Period(label="2024", inputs=newest, **facts)
    then = Period(label="2023", inputs=before, newest=now, **facts)
    assert "Revenue (2022)" in {m.label for m in measures(then)}
    assert "Revenue (2022 → 2023)" in {m.label for m in measures(now)}


def test_the_measures_are_the_figures_of_the_report(told):
    before = inputs(year(2022), label="2023")
    result, found = told(inputs(year(2022), year(2023, cash=10), label="2024", previous=before))
    last, now = result.years_of("Acme")
    score = of(found, "score_industry", "(2022")
    assert (score.before, score.now) == (last.mean.industry, now.mean.industry)
    assert score.difference == pytest.approx(now.change)
    assert (score.course, score.headline, score.p_value) == (Course.NOT_TESTED, True, None)
    ratio = next(r for r in now.ratios if r.ratio == "cash_ratio")
    assert of(found, "ratio", ratio.label).now == ratio.value
    figures = {f.name: f for f in key_figures(result)}
    assert (figures["score_industry"].previous, figures["score_industry"].value) == (
        score.before, score.now,
    )  # fmt: skip
    revenue = of(found, "line", "Revenue")
    assert (figures["revenue"].previous, figures["revenue"].value) == (revenue.before, revenue.now)


def test_the_same_year_is_not_compared_with_itself(told):
    first = inputs(year(2021), label="2022")
    second = inputs(year(2021), year(2022), label="2023", previous=first)
    third = inputs(year(2021), year(2022), label="2024", previous=second)
    assert told(third)[1].changes == ()
    assert told(second)[1].changes != ()


def test_a_period_in_between_without_new_accounts_shows_once_in_the_series(told):
    first = inputs(year(2022), label="2022")
    second = inputs(year(2022), label="2023", previous=first)
    _, found = told(inputs(year(2022), year(2023), label="2024", previous=second))
    values = [p.value for p in of(found, "line", "Revenue").series]
    assert values == [None, 2_000_000, 2_000_000]


def test_earlier_statements_in_another_unit_are_no_restatement(told):
    in_units = statement({k: 1000 * v for k, v in SOUND.items()}, year=2022, okved="46.90")
    before = inputs(in_units, label="2023")
    now = inputs(year(2022), year(2023), label="2024", previous=before)
    assert told(now, units=(1,))[0].restated == ()
    assert len(told(now)[0].restated[0].lines) == len(SOUND)
    exact = statement({k: 1000 * v + 377 for k, v in SOUND.items()}, year=2022, okved="46.90")
    finer = inputs(year(2022), year(2023), label="2024", previous=inputs(exact, label="2023"))
    assert told(finer, units=(1,))[0].restated == ()
    assert DIAGNOSTIC.of_the_data == ("unit",)


def test_the_year_after_a_restated_one_is_told_where_its_score_moves_with_it(told):
    earned = year(2023, net_profit=350)
    before = inputs(year(2022), earned, label="2024")
    now = inputs(year(2022, assets=10_000), earned, label="2025", previous=before)
    result, _ = told(now)
    assert [(one.year, bool(one.lines)) for one in result.restated] == [(2022, True), (2023, False)]
    assert all(one.score_changed for one in result.restated[1:])


def test_other_organisations_and_other_spellings_of_a_name(told):
    other = statement(SOUND, organisation="Rival", year=2022, okved="46.90")
    same = statement(SOUND, organisation=" ACME. ", year=2022, okved="46.90")
    before = inputs(other, same, label="2023")
    result, _ = told(inputs(year(2023), label="2024", previous=before))
    assert [(row.organisation, row.year) for row in result.organisations] == [
        ("Acme", 2022), ("Acme", 2023),
    ]  # fmt: skip


def test_a_period_without_statements_is_passed_over(told):
    first = inputs(year(2022), label="2022")
    second = inputs(label="2023", previous=first)
    result, found = told(inputs(year(2023), label="2024", previous=second))
    assert [row.from_period for row in result.organisations] == ["2022", ""]
    assert found.periods == ("2022", "2023", "2024")


def test_a_newer_year_of_an_earlier_file_is_not_taken(told):
    before = inputs(year(2024), label="2024")
    result, found = told(inputs(year(2023), label="2025", previous=before))
    assert [row.year for row in result.organisations] == [2023]
    assert found.changes == ()


def test_amounts_stay_exact_over_units(lines):
    from workbook.diagnostics.financial_quartiles.earlier_statements import earlier_files

    third = statement({"revenue": 1}, year=2022)
    newest = inputs(year(2023), label="2024", previous=inputs(third, label="2023"))
    (file,) = earlier_files(newest, lines, units=(1,), unit=1000, names=["Acme"])
    assert file.statements["Acme", 2022].values == {"revenue": Fraction(1, 1000)}
