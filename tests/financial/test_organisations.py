"""One statement among its peers: scores, verdicts and their absence, several years and firms."""

from dataclasses import replace

import pytest
from financial_tables import RATIOS, SOUND, exact_base, statement

from workbook.diagnostics.financial_quartiles.key_figures import key_figures
from workbook.diagnostics.financial_quartiles.peer_base import Base
from workbook.diagnostics.financial_quartiles.ratios import RatioSet
from workbook.report.plain_data import plain_data

LOW, HIGH = (-9.0, -8.0, -7.0), (90.0, 95.0, 99.0)
BASE = exact_base(LOW)


def sound(**changes):
    facts = {key: changes.pop(key) for key in ("organisation", "year", "prior", "okved", "form") if
             key in changes}  # fmt: skip
    facts.setdefault("prior", {"assets": 900})
    return statement(SOUND | changes, **facts)


def only(found, rows, base=BASE, **more):
    (row,) = found(rows, base=base, **more).organisations
    return row


def by_ratio(row):
    return {ratio.ratio: ratio for ratio in row.ratios}


def test_ratios_are_what_their_formulas_say(found):
    values = {name: row.value for name, row in by_ratio(only(found, sound())).items()}
    assert values == pytest.approx(
        {
            "autonomy": 0.5, "own_working_capital": 1 / 6, "investment_coverage": 0.7,
            "current_ratio": 2, "quick_ratio": 350 / 300, "cash_ratio": 0.5,
            "return_on_sales": 0.075, "net_margin": 0.05, "roa": 100 / 950,
        }
    )  # fmt: skip


def test_a_firm_above_every_quartile_is_significantly_better(found):
    row = only(found, sound(okved="46.90"))
    assert (row.total.all, row.total.industry, row.n_scored) == (18, 18, 9)
    assert (row.verdict.all, row.verdict.industry) == ("significantly_better",) * 2
    below = only(found, sound(okved="46.90"), base=exact_base(HIGH))
    assert (below.total.industry, below.verdict.industry) == (-18, "significantly_worse")


def test_the_industry_leads_where_it_is_known_and_all_companies_where_not(found):
    named = only(found, sound(okved="46.90"))
    nameless = only(found, sound())
    assert named.ratios[0].industry.level == "4"
    assert named.ratios[0].industry.n == 450
    assert (nameless.no_verdict.industry, nameless.no_verdict.all) == ("no_industry", None)
    assert nameless.ratios[0].industry is None
    assert (nameless.ratios[0].score, nameless.n_scored) == (2, 9)
    assert nameless.flip is None or nameless.flip.base == "all"


def test_a_narrow_industry_falls_back_and_says_so(found):
    row = only(found, sound(okved="46.90.1"))
    assert (row.ratios[0].industry.level, row.ratios[0].industry.code) == ("4", "46.90")
    wide = only(found, sound(okved="01.11"))
    assert wide.ratios[0].industry.level == "all"
    assert only(found, sound(okved="99.99.9x")).no_verdict.industry == "no_industry"


def test_the_option_names_the_industry_of_every_firm(found):
    assert only(found, sound(okved="01.11"), okved="46.90").okved == "46.90"


def test_too_few_peers_give_no_score(found):
    row = only(found, sound(okved="46.90"), min_peers=451)
    assert row.ratios[0].all is None
    assert row.no_verdict.all == "group_missing"


def test_without_base_there_are_ratios_and_no_scores(found):
    result = found(sound(), base=None)
    (row,) = result.organisations
    assert row.ratios[0].value == 0.5
    assert (row.ratios[0].score, row.no_verdict.all) == (None, "no_base")
    assert result.absent == ("base", "industry", "scores", "change", "peer_money")


def test_a_year_that_the_base_has_not_gives_no_verdict(found):
    row = only(found, sound(year=2019))
    assert row.no_verdict.all == "no_base_year"


def test_no_previous_year_leaves_out_return_on_assets_only(found):
    row = only(found, sound(prior={}))
    assert by_ratio(row)["roa"].undefined == "no_previous_year"
    assert (row.n_scored, row.verdict.all, row.needs_previous_year) == (
        8, "significantly_better", True,
    )  # fmt: skip


@pytest.mark.bad_input("D6")
def test_negative_assets_of_the_year_before_are_unknown(found):
    row = only(found, sound(prior={"assets": -5000}))
    assert by_ratio(row)["roa"].undefined == "no_previous_year"


def test_no_short_term_debt_is_said_and_takes_a_group_away(found):
    row = only(found, sound(current_liabilities=0, long_term_liabilities=500))
    assert {by_ratio(row)[r].undefined for r in RATIOS[3:6]} == {"no_short_term_debt"}
    assert (row.no_verdict.all, row.missing_groups) == ("group_missing", ("liquidity",))


@pytest.mark.bad_input("D6")
def test_no_revenue_is_a_zero_denominator(found):
    row = only(found, sound(revenue=0))
    assert by_ratio(row)["net_margin"].undefined == "zero_denominator"


def test_fewer_than_six_scores_give_no_verdict(found):
    cut = exact_base(dict.fromkeys(RATIOS[::2], LOW))
    row = only(found, sound(), base=cut)
    assert (row.scored.all, row.no_verdict.all) == (5, "too_few")
    assert only(found, sound(), base=cut, min_ratios=5).verdict.all == "significantly_better"


@pytest.mark.parametrize("line", ["revenue", "assets", "current_assets", "current_liabilities"])
def test_a_negative_that_cannot_be_refuses_the_statement(found, line):
    row = only(found, sound(**{line: -5}))
    assert (row.refused, row.ratios, row.no_verdict.all) == ((line,), (), "refused")
    assert row.lines


def test_deferred_income_may_be_taken_off_short_term_debt(found):
    rows = sound(deferred_income=60)
    assert by_ratio(only(found, rows))["current_ratio"].value == 2
    net = by_ratio(only(found, rows, current_liabilities="net_1530"))
    assert (net["current_ratio"].value, net["cash_ratio"].value) == (2.5, 0.625)
    blank = by_ratio(only(found, sound(), current_liabilities="net_1530"))
    assert blank["current_ratio"].value == 2
    gone = by_ratio(only(found, sound(deferred_income=300), current_liabilities="net_1530"))
    assert gone["current_ratio"].undefined == "no_short_term_debt"


def test_a_simplified_statement_says_which_lines_to_ask_for(found):
    simple = {"1150": 40, "1210": 10, "1230": 30, "1250": 20, "1300": 50, "1520": 50, "1600": 100,
              "1700": 100, "2110": 300, "2120": -250, "2400": 30}  # fmt: skip
    row = only(found, statement(simple, form="simplified", prior={"1600": 90}))
    assert row.no_verdict.all == "group_missing"
    assert [r.ratio for r in row.ratios if r.value is not None] == ["autonomy", "net_margin", "roa"]
    assert row.ask_for == (
        "non_current_assets", "current_assets", "long_term_liabilities", "current_liabilities",
        "short_term_investments", "profit_from_sales",
    )  # fmt: skip


def test_size_follows_revenue_in_currency(found):
    sizes = [(120_000, "micro"), (120_001, "small"), (800_001, "medium"), (2_000_001, "large")]
    for revenue, size in sizes:
        assert only(found, sound(revenue=revenue)).size == size
    assert only(found, sound(revenue=2), size_bounds=(1_000, 3_000, 9_000)).size == "small"


def test_peers_of_the_own_size_come_first(found):
    rows = [row._replace(size="micro", q1=90.0, median=95.0, q3=99.0) for row in BASE.rows()]
    base = Base.of([*BASE.rows(), *rows], hash="0", source="test")
    row = only(found, sound(okved="46.90"), base=base)
    assert (row.ratios[0].industry.size, row.ratios[0].industry.score) == ("micro", -2)
    assert (row.ratios[0].all.size, row.ratios[0].all.score) == ("micro", -2)


def test_lower_is_better_is_scored_the_other_way_round(found, ratios):
    turned = RatioSet(
        groups=ratios.groups, ratios=tuple(replace(r, higher=False) for r in ratios.ratios)
    )
    row = only(found, sound(), own=turned)
    assert row.total.all == -18
    assert row.ratios[0].direction == "lower"
    assert {r.all.to_worse for r in row.ratios} == {None}
    assert row.ratios[0].all.to_better == pytest.approx(0.5 + 7)


def test_years_give_a_series_and_a_change_between_neighbours_only(found):
    base = exact_base(LOW, years=(2020, 2021, 2023))
    rows = [sound(year=y, okved="46.90") for y in (2020, 2021, 2023)]
    result = found(*rows, base=base)
    assert [(r.change, r.change_verdict) for r in result.organisations] == [
        (None, None), (0, "unchanged"), (None, None),
    ]  # fmt: skip
    assert [(p.year, p.industry) for p in result.series[0].points] == [
        (2020, 2), (2021, 2), (2023, 2),
    ]  # fmt: skip


def test_the_own_statement_of_the_year_before_comes_before_the_prior_column(found):
    rows = [sound(year=2022, assets=700), sound(year=2023, prior={"assets": 900})]
    result = found(*rows, base=BASE)
    assert by_ratio(result.organisations[1])["roa"].value == pytest.approx(100 / 850)
    (one,) = result.prior_contradictions
    assert (one.line, one.year, one.own, one.given) == ("assets", 2022, 700_000, 900_000)


def test_several_organisations_stand_side_by_side_in_the_order_of_the_table(found):
    rows = [
        sound(organisation=o, year=y) for o, y in (("Beta", 2023), ("Acme", 2022), ("Beta", 2022))
    ]
    result = found(*rows, base=BASE)
    assert [(r.organisation, r.year) for r in result.organisations] == [
        ("Beta", 2022), ("Beta", 2023), ("Acme", 2022),
    ]  # fmt: skip
    assert [(r.organisation, r.year) for r in result.latest] == [("Beta", 2023), ("Acme", 2022)]


def test_growth_has_per_cent_times_and_neither_when_the_sign_turns(found):
    before = {"revenue": 1000, "net_profit": -50, "cost_of_sales": -600, "cash": 0, "equity": 100}
    now = {"revenue": 1490, "net_profit": 20, "cost_of_sales": -1200, "cash": 5, "equity": 50}
    grown = {
        g.line: g
        for g in found(statement(before, year=2022), statement(now)).organisations[1].growth
    }
    assert grown["revenue"].change == pytest.approx(0.49)
    assert not grown["revenue"].as_times
    assert (grown["cost_of_sales"].times, grown["cost_of_sales"].as_times) == (2, True)
    assert (grown["net_profit"].change, grown["cash"].change) == (None, None)
    assert grown["equity"].change == -0.5
    assert not any(g.from_prior_column for g in grown.values())


def test_names_are_in_the_engagements_language(found):
    result = found(sound(), base=BASE, language="sk")
    assert result.ratios[0].wording == "Vlastné imanie / Majetok spolu"
    assert result.ratios[8].wording == "Čistý zisk / priemer(Majetok spolu)"
    assert result.groups[0].label == "Finančná stabilita"


def test_the_result_file_keeps_the_promised_keys(found):
    result = plain_data(found(sound(okved="46.90"), sound(year=2022, okved="46.90"), base=BASE))
    row = result["organisations"][1]
    assert {"organisation", "year", "ratios", "total", "n_scored", "verdict", "change",
            "change_verdict", "articulation", "flip"} <= row.keys()  # fmt: skip
    assert {"ratio", "value", "score", "all", "industry"} <= row["ratios"][0].keys()
    assert {"q1", "median", "q3", "n", "score"} <= row["ratios"][0]["all"].keys()
    assert {"n", "level", "score"} <= row["ratios"][0]["industry"].keys()
    assert {"all", "industry"} == row["total"].keys() == row["verdict"].keys()
    assert {"check", "difference"} <= row["articulation"][0].keys()
    assert {"hash", "built", "source", "synthetic"} <= result["base"].keys()


def test_key_figures_are_those_of_the_first_organisation(found):
    result = found(sound(year=2022), sound(organisation="Beta"), sound(), base=BASE)
    figures = {f.name: (f.value, f.previous) for f in key_figures(result)}
    assert figures == {
        "ratios_scored": (9, None),
        "score_industry": (None, None),
        "score_all": (2, 2),
        "revenue": (2_000_000, 2_000_000),
    }
