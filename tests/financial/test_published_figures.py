"""Golden values: figures that were published, and what our arithmetic makes of the same lines.

Sources: testfirm.ru on ПАО «Магнит», 2019, industry 68.20.2, small companies (value, quartiles and
score of nine ratios, 8/9, "better", change -0.444); its statement lines 1300, 1600 and 2400 as in
the open database of the tax service; lines that are not published are completed so that the
published ratios come out.  A real closed statement (thousand roubles).  ООО «ОПТИВЕРА-ЦЕНТР», as
told in the press digest of the company.
"""

from fractions import Fraction

import pytest
from financial_tables import RATIOS, statement

from workbook.diagnostics.financial_quartiles.reference_base.typed_base import QUARTILES
from workbook.diagnostics.financial_quartiles.scoring import QuartileCut, Scale
from workbook.diagnostics.financial_quartiles.verdicts import ChangeVerdict, change_verdict

MAGNIT = {
    "1100": 150_998_526, "1200": 55_530_505, "1210": 0, "1230": 3_057_676, "1240": 0,
    "1250": 52_472_829, "1300": 140_614_322, "1400": 40_002_201, "1500": 25_912_508,
    "1600": 206_529_031, "2110": 665_887, "2200": -958_877, "2400": 40_501_229,
}  # fmt: skip
PUBLISHED = {
    "autonomy": (0.681, 1),
    "own_working_capital": (-0.187, 1),
    "investment_coverage": (0.875, 0),
    "current_ratio": (2.143, 1),
    "quick_ratio": (2.143, 1),
    "cash_ratio": (2.025, 2),
    "return_on_sales": (-1.44, -2),
    "net_margin": (60.823, 2),
    "roa": (0.23, 2),
}


@pytest.fixture(scope="module")
def magnit(found, magnit_base):
    rows = statement(
        MAGNIT, organisation="Магнит", year=2019, okved="68.20.2", prior={"1600": 146_251_850}
    )
    return found(rows, base=magnit_base, language="ru")


def test_the_nine_ratios_and_scores_are_the_published_ones(magnit):
    (row,) = magnit.organisations
    assert row.size == "small"
    digits = {"own_working_capital": 3, "return_on_sales": 2, "roa": 2}
    got = {r.ratio: (round(r.value, digits.get(r.ratio, 3)), r.score) for r in row.ratios}
    assert got == PUBLISHED
    assert tuple(got) == RATIOS


def test_eight_ninths_is_better(magnit):
    (row,) = magnit.organisations
    assert (row.total.industry, row.n_scored, row.verdict.industry) == (8, 9, "better")
    assert row.exact_mean.industry == Fraction(8, 9)
    assert row.mean.industry == pytest.approx(0.889, abs=5e-4)
    assert row.verdict.all is None  # the published base speaks of one industry only


def test_the_investment_coverage_alone_is_decided_by_rounding(magnit):
    (row,) = magnit.organisations
    assert [r.ratio for r in row.ratios if r.rounding_decides] == ["investment_coverage"]
    (cell,) = [r.industry for r in row.ratios if r.rounding_decides]
    assert cell.possible_scores == (0, 1)
    assert magnit.base.rounded


def test_the_printed_figures_themselves_give_the_published_score():
    """0.875 is 0.00400 above the median, the zone ends at 0.00395."""
    cut = QuartileCut(Fraction("0.65"), Fraction("0.871"), Fraction("0.95"))
    halves = (Fraction("0.005"), Fraction("0.0005"), Fraction("0.005"))
    x = Fraction("0.875")
    assert (x - cut.median, (cut.q3 - cut.median) / 20) == (Fraction("0.004"), Fraction("0.00395"))
    assert Scale.of(cut, higher=True, halves=None).score(x) == 1
    assert Scale.of(cut, higher=True, halves=halves).score(x) == 0


def test_from_twelve_to_eight_ninths_is_worsened():
    difference = Fraction(8, 9) - Fraction(12, 9)
    assert round(float(difference), 3) == -0.444
    assert change_verdict(difference, "rounded") is ChangeVerdict.WORSENED


def test_the_change_is_measured_against_each_years_own_base(found, magnit_base):
    """The same company stands at 12/9 against an earlier year's base and at 8/9 now."""
    easy = {"return_on_sales": (-4.0, -3.0, -2.0)}
    earlier = [
        row._replace(year=2018, **dict(zip(QUARTILES, easy.get(row.ratio, row[7:10]), strict=True)))
        for row in magnit_base.rows()
    ]
    base = type(magnit_base).of([*magnit_base.rows(), *earlier], hash="1" * 64, source="typed")
    rows = [
        statement(MAGNIT, organisation="Магнит", year=y, okved="68.20.2", prior={"1600": p})
        for y, p in ((2018, 146_251_850), (2019, 146_251_850))
    ]
    before, now = found(*rows, base=base).organisations
    assert (before.total.industry, now.total.industry) == (12, 8)
    assert now.exact_change == Fraction(-4, 9)
    assert now.change_verdict == "worsened"
    assert before.change is None


def test_return_on_assets_uses_the_mean_of_begin_and_end(magnit):
    roa = next(r for r in magnit.organisations[0].ratios if r.ratio == "roa")
    assert roa.exact == Fraction(40_501_229 * 2, 146_251_850 + 206_529_031)
    assert round(roa.value, 4) == 0.2296


def test_the_real_statement_closes_and_has_the_known_ratios(found):
    """1100 is not given and follows from 1600 = 1100 + 1200."""
    rows = statement(
        {
            "1200": 340_022_035, "1250": 143_871_060, "1300": 156_028_034, "1400": 555_380_692,
            "1500": 460_019_059, "1600": 1_171_427_785, "2110": 655_661_089, "2400": 59_695_997,
        }
    )  # fmt: skip
    (row,) = found(rows).organisations
    values = {r.ratio: r.value and round(r.value, 5) for r in row.ratios}
    assert values["autonomy"] == pytest.approx(0.13319, abs=1e-5)
    assert values["own_working_capital"] == -1.98628
    assert values["investment_coverage"] == 0.60730
    assert values["current_ratio"] == 0.73915
    assert values["net_margin"] == 0.09105
    assert [(c.check, c.difference) for c in row.articulation] == [("1600 = 1300 + 1400 + 1500", 0)]
    assert [line.line for line in row.lines if line.derived] == [
        "non_current_assets",
        "equity_and_liabilities",
    ]


OPTIVERA = {
    2020: {"2110": 312.81, "2120": -235.39, "2100": 77.42, "2400": 2.34},
    2021: {"2110": 463.25, "2100": 121.07, "2400": 8.32},
}


@pytest.fixture(scope="module")
def optivera(found, magnit_base):
    rows = [
        statement(OPTIVERA[2020], year=2020, organisation="ОПТИВЕРА-ЦЕНТР"),
        statement(OPTIVERA[2021], year=2021, organisation="ОПТИВЕРА-ЦЕНТР", prior={"2110": 312.79}),
    ]
    return found(*rows, base=magnit_base, language="ru", unit=1_000_000)


def test_a_company_without_balance_sheet_gets_no_verdict_but_the_list_of_lines(optivera):
    row = optivera.latest[0]
    assert row.verdict.all is None
    assert row.verdict.industry is None
    assert [r.ratio for r in row.ratios if r.value is not None] == ["net_margin"]
    assert row.missing_groups == ("stability", "liquidity")
    assert row.ask_for == (
        "equity", "assets", "non_current_assets", "current_assets", "long_term_liabilities",
        "current_liabilities", "receivables", "short_term_investments", "cash",
        "profit_from_sales",
    )  # fmt: skip
    assert row.ask_for_labels[:2] == ("Собственный капитал", "Активы")


@pytest.mark.parametrize(
    ("now", "before", "unit", "printed"),
    [
        (463_254, 312_786, 1000, "+48.11%"),  # thousands that print as the published millions
        (463.25, 312.79, 1_000_000, "+48.10%"),  # the printed millions themselves
    ],
)
def test_revenue_grew_by_the_published_share(found, now, before, unit, printed):
    rows = statement({"2110": now}, year=2021, prior={"2110": before})
    (grown,) = found(rows, unit=unit).organisations[0].growth
    assert f"{grown.change:+.2%}" == printed
    assert (grown.as_times, grown.from_prior_column) == (False, True)


def test_gross_profit_is_told_in_times_as_the_source_does(found):
    rows = statement({"2100": 121.07}, year=2021, prior={"2100": 77.42})
    (grown,) = found(rows, unit=1_000_000).organisations[0].growth
    assert (round(grown.times, 2), grown.as_times) == (1.56, True)


def test_a_prior_year_figure_that_the_own_statement_contradicts_is_listed(optivera):
    (one,) = optivera.prior_contradictions
    assert (one.line, one.year, one.own, one.given) == ("revenue", 2020, 312.81e6, 312.79e6)
