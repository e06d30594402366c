"""Finance: what is compared with whom, what is told first, and never more than the base carries.

Each case is a small literal table of an engagement, read as a client's file is; quartiles of 2019
and 68.20.2 as published by testfirm.ru.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from workbook.charts.chart import Palette
from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.report import REPORT
from workbook.diagnostics.financial_quartiles.sources.loading import load
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.language.catalog import load_texts
from workbook.report.blocks import Heading, Tiles
from workbook.report.plain_data import plain_data
from workbook.report.view import View

CONFIGURATION = """schema_version = 1
id = "firm"
client = "Firm"
language = "{language}"
currency = "{currency}"
period = "2024"
as_of = 2024-12-31

[intake]
decimal = "."
"""
MAGNIT = {
    "1100": 150_998_527, "1200": 55_530_504, "1210": 0, "1230": 3_057_677, "1240": 0,
    "1250": 52_472_827, "1300": 140_614_322, "1400": 40_002_201, "1500": 25_912_508,
    "1600": 206_529_031, "2110": 665_891, "2200": -958_883, "2400": 40_501_229,
}  # fmt: skip
ALL_SMALL = """2019,all,,small,autonomy,113000,0.05,0.215,0.55
2019,all,,small,own_working_capital,113000,-0.01,0.11,0.44
2019,all,,small,investment_coverage,113000,0.09,0.339,0.68
2019,all,,small,current_ratio,113000,1.02,1.277,2.34
2019,all,,small,quick_ratio,113000,0.58,0.954,1.54
2019,all,,small,cash_ratio,113000,0.01,0.085,0.36
2019,all,,small,return_on_sales,113000,0.0067,0.03,0.0853
2019,all,,small,net_margin,113000,0.0031,0.016,0.0577
2019,all,,small,roa,113000,0.0079,0.048,0.157"""
SOUND = {
    "1100": 400, "1200": 600, "1210": 249, "1230": 201, "1240": 50, "1250": 100, "1300": 500,
    "1400": 200, "1500": 300, "1600": 1000, "2110": 2000, "2200": 150, "2400": 100,
}  # fmt: skip
"""A statement that adds up, in thousands."""


def rows(year, lines, prior=None, *, organisation="Firm", okved="46.90"):
    given = prior or {}
    return [
        f"{organisation},{year},{line},{value},{given.get(line, '')},{okved}"
        for line, value in lines.items()
    ]


def view_of(folder, *statements, currency="RUB", language="en", base="", **options):
    (folder / "data").mkdir()
    (folder / "engagement.toml").write_text(
        CONFIGURATION.format(currency=currency, language=language), "utf-8"
    )
    head = "organisation,year,line,value,prior_value,okved"
    lines = [head, *(row for rows in statements for row in rows)]
    (folder / "data" / "statements.csv").write_text("\n".join(lines), "utf-8")
    if base:
        (folder / "data" / "base.csv").write_text(base, "utf-8")
    case = read_engagement(load_engagement(folder, {}))
    assert not case.errors
    params = Params(**options)
    prepared = load(case.engagement, case.inputs, params)
    return View(
        result=compute(case.inputs, params, prepared.sources),
        params=params,
        texts=load_texts("financial_quartiles", language, currency),
        palette=Palette(),
        engagement=case.engagement,
    )


def page_two(view):
    told = []
    for block in REPORT.summary(view):
        told += [block.text] if isinstance(block, Heading) else []
        told += list(getattr(block, "paragraphs", ())) + list(getattr(block, "items", ()))
        if isinstance(block, Tiles):
            told += [f"{t.label}: {t.value} {t.change} {t.base}" for t in block.tiles]
    return " ".join(map(str, told))


def base_chapter(view):
    blocks = REPORT.chapters["base"](view)
    return " ".join(p for block in blocks for p in getattr(block, "paragraphs", ()))


def last(view):
    return view.result.latest[0]


def typed(text, head="year,level,code,size,ratio,n,q1,median,q3"):
    return f"{head}\n{text}"


def test_all_companies_are_those_of_the_size_group_as_the_source_publishes_them(tmp_path):
    """Магнит 2019 against 113 thousand companies of 120-800 million: +9 over 9, better."""
    view = view_of(
        tmp_path,
        rows(2019, MAGNIT, {"1600": 146_251_850}, okved="68.20.2"),
        base=typed(ALL_SMALL),
    )
    row = last(view)
    assert (row.total.all, row.verdict.all, row.size) == (9, "better", "small")
    assert {ratio.all.size for ratio in row.ratios} == {"small"}
    assert "small companies" in page_two(view)


def test_companies_of_every_size_stand_in_only_where_the_size_group_is_not_there(tmp_path):
    every = typed(ALL_SMALL.replace(",small,", ",all,"))
    view = view_of(tmp_path, rows(2019, MAGNIT, {"1600": 146_251_850}, okved="68.20.2"), base=every)
    assert {ratio.all.size for ratio in last(view).ratios} == {"all"}
    assert "companies of every size" in page_two(view)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "without an exchange rate there is no size group"),
     ("ru", "без курса размерной группы нет"),
     ("sk", "bez kurzu sa veľkostná skupina nedá určiť")],
)  # fmt: skip
def test_pounds_are_not_measured_by_bounds_in_roubles(tmp_path, language, said):
    """£1,638,000 is micro in roubles and small at any rate above 73: no size group is taken."""
    lines = SOUND | {"2110": 1638}
    view = view_of(tmp_path, rows(2024, lines, {"1600": 900}), currency="GBP", language=language)
    row = last(view)
    assert (row.size, row.size_basis) == ("all", "other_currency")
    base = base_chapter(view)
    assert said in base
    assert "RU" in base
    facts = plain_data(view.result)["base"]
    assert (facts["currency"], facts["country"], facts["other_country"]) == ("RUB", "RU", "perhaps")


@pytest.mark.parametrize(
    ("options", "size", "basis"),
    [
        ({"size_bounds": (1_140_000, 7_600_000, 19_000_000)}, "small", "own_bounds"),
        (
            {"base_rate": 110.0, "base_rate_date": "2024-12-28", "base_rate_source": "Bank"},
            "small",
            "converted",
        ),
        (
            {"base_rate": 50.0, "base_rate_date": "2024-12-28", "base_rate_source": "Bank"},
            "micro",
            "converted",
        ),
    ],
)
def test_own_bounds_or_a_rate_give_the_size_group_back(tmp_path, options, size, basis):
    view = view_of(
        tmp_path, rows(2024, SOUND | {"2110": 1638}, {"1600": 900}), currency="GBP", **options
    )
    assert (last(view).size, last(view).size_basis) == (size, basis)
    base = base_chapter(view)
    assert ("Bank" in base) == (basis == "converted")


def test_a_rate_without_day_or_source_is_refused():
    with pytest.raises(ValueError, match="base_rate_date"):
        Params(base_rate=110.0)


def test_roubles_need_no_word_on_currency_or_country(tmp_path):
    view = view_of(tmp_path, rows(2024, SOUND, {"1600": 900}))
    assert last(view).size_basis == "base"
    assert "currency" not in page_two(view)


def test_a_typed_base_in_euros_has_no_rouble_sizes(tmp_path):
    head = "year,level,code,size,ratio,n,q1,median,q3,currency,country"
    lines = ALL_SMALL.replace(",small,", ",all,").split("\n")
    base = typed("\n".join(f"{line},EUR,SK" for line in lines), head)
    told = rows(2019, MAGNIT, {"1600": 146_251_850}, okved="68.20.2")
    view = view_of(tmp_path, told, currency="EUR", base=base)
    assert (last(view).size, last(view).size_basis) == ("all", "no_bounds")
    assert view.result.base.other_country == "no"


def test_growth_is_against_the_comparative_column_and_the_difference_is_listed(tmp_path):
    """ОПТИВЕРА 2021: 463,254 after 312,786 in its own column is +48.11 %; not 312,810, +48.09 %."""
    view = view_of(
        tmp_path,
        rows(2020, {"2110": 312_810}, organisation="Optivera"),
        rows(2021, {"2110": 463_254}, {"2110": 312_786}, organisation="Optivera"),
    )
    (grown,) = last(view).growth
    assert round(100 * grown.change, 2) == 48.11
    assert (grown.from_prior_column, grown.own_before) == (True, 312_810_000)
    (listed,) = view.result.prior_contradictions
    assert (listed.own, listed.given) == (312_810_000, 312_786_000)


def test_own_move_and_the_bases_move_add_up(tmp_path):
    before = {line: value * 3 // 4 for line, value in SOUND.items()} | {"2400": 10, "1250": 5}
    view = view_of(tmp_path, rows(2022, before, {"1600": 700}), rows(2023, SOUND, before))
    row = last(view)
    assert row.change is not None
    assert row.own_move + row.base_move == pytest.approx(row.change, abs=1e-12)
    assert Fraction(row.exact_change) == pytest.approx(row.change)


WEAK = {"1300": 350, "1400": 150, "1500": 500, "1100": 500, "1200": 500, "1210": 281, "1230": 189,
        "1240": 0, "1250": 30}  # fmt: skip


def test_the_weakest_ratio_is_the_farthest_below_not_the_first_of_the_table(tmp_path):
    """Among equal scores of -1 the distance in units of the quartile gap decides."""
    text = "\n".join(
        f"2024,all,,all,{ratio},500,{q1},{m},{q3}"
        for ratio, q1, m, q3 in (
            ("autonomy", 0.05, 0.36, 0.7), ("own_working_capital", -0.9, -0.25, 0.4),
            ("investment_coverage", 0.1, 0.4, 0.8), ("current_ratio", 0.5, 0.9, 2.0),
            ("quick_ratio", 0.1, 0.4, 1.0), ("cash_ratio", 0.03, 0.15, 0.5),
            ("return_on_sales", 0.01, 0.05, 0.2), ("net_margin", 0.01, 0.04, 0.2),
            ("roa", 0.01, 0.05, 0.3),
        )
    )  # fmt: skip
    view = view_of(tmp_path, rows(2024, SOUND | WEAK, {"1600": 900}), base=typed(text))
    row = last(view)
    assert row.weakest == ("cash_ratio",)
    (ratio,) = [r for r in row.ratios if r.ratio == "cash_ratio"]
    assert ratio.all.position == pytest.approx((0.06 - 0.15) / 0.12)
    told = page_two(view)
    assert "weakest ratio is “Cash ratio”" in told
    assert "collect" in told
    assert "more: Receivables" not in told


def test_equally_weak_ratios_are_told_together(tmp_path):
    text = "\n".join(
        f"2024,all,,all,{ratio},500,{q1},{m},{q3}"
        for ratio, q1, m, q3 in (
            ("autonomy", 0.4, 0.6, 0.8), ("investment_coverage", 0.6, 0.8, 0.9),
            ("own_working_capital", -0.9, -0.25, 0.1), ("current_ratio", 0.5, 0.9, 2.0),
            ("quick_ratio", 0.1, 0.4, 1.0), ("cash_ratio", 0.03, 0.15, 0.4),
        )
    )  # fmt: skip
    view = view_of(tmp_path, rows(2024, SOUND, {"1600": 900}), base=typed(text), whole_group=4)
    assert last(view).weakest == ("autonomy", "investment_coverage")
    assert "Equally weak" in page_two(view)


def test_the_accounts_lead_and_the_verdict_stands_beside(tmp_path):
    before = SOUND | {"2400": 200, "1250": 170, "1500": 240}
    view = view_of(tmp_path, rows(2024, SOUND, before))
    heading, lead = REPORT.summary(view)[0].text, page_two(view)
    assert heading.index("net profit −50.0%") < heading.index("first")
    assert "Finances are" in lead
    assert "cash and cash equivalents −41.2%" in heading
    assert view.result.answer.id == "accounts_verdict"
    assert [claim.id for claim in view.result.findings][:2] == [
        "profit_fell_on_sales", "cash_and_debt",
    ]  # fmt: skip


def test_more_paid_out_than_earned_is_told(tmp_path):
    """Equity fell by 30 in a year that earned 100: 130 left the company."""
    view = view_of(tmp_path, rows(2024, SOUND, SOUND | {"1300": 530}))
    (claim,) = [c for c in view.result.findings if c.id == "payouts"]
    assert (claim.figures["left"], claim.figures["fall"]) == (130_000, 30_000)


def test_invented_companies_carry_no_praise_and_no_command_is_told_to_the_client(tmp_path):
    strong = SOUND | {"1250": 400, "1200": 900, "1300": 800, "1600": 1300, "2400": 900}
    view = view_of(tmp_path, rows(2024, strong, SOUND))
    assert "strong" in [refusal.id for refusal in view.result.refused_findings]
    for part in (REPORT.summary, REPORT.actions, REPORT.chapters["base"], REPORT.method):
        text = " ".join(str(block) for block in part(view))
        assert "base build" not in text
        assert "run the report again" not in text


def test_no_verdict_always_says_why(tmp_path):
    view = view_of(tmp_path, rows(2024, {"2110": 500, "2400": 20}, {"2110": 400, "2400": 30}))
    told = page_two(view)
    assert "There is no verdict: a whole group of ratios has no score" in told
    assert "no verdict: a whole group" in told


def test_a_slip_of_an_old_year_is_no_main_finding(tmp_path):
    slip = SOUND | {"2100": 500, "2120": 1500}
    clean = SOUND | {"2100": 500, "2120": -1500}
    view = view_of(tmp_path, rows(2022, slip), rows(2023, clean), rows(2024, clean, SOUND))
    ids = [claim.id for claim in view.result.findings]
    assert "articulation" not in ids
    assert ids[-1] == "articulation_before"


@pytest.mark.parametrize(
    ("same", "much", "verdict"),
    [(0.11, 1.0, "about_the_same"), (0.05, 1.0, "better"), (0.05, 0.1, "significantly_better")],
)
def test_bounds_of_verdicts_are_options_and_stand_in_result_and_method(
    tmp_path, same, much, verdict
):
    view = view_of(
        tmp_path,
        rows(2019, MAGNIT, {"1600": 146_251_850}, okved="68.20.2"),
        base=typed(_one_point()),
        same_within=same,
        much_from=much,
    )
    assert last(view).verdict.all == verdict
    told = plain_data(view.result)["thresholds"]
    assert (told["same_within"], told["much_from"], told["min_ratios"]) == (same, much, 6)
    middle = told["zones"][2]
    assert middle["verdict"] == "about_the_same"
    assert middle["high"] == pytest.approx(same + 0.005)


def _one_point():
    """Quartiles against which Магнит 2019 scores +1 once and 0 eight times: a mean of 1/9."""
    mid = {
        "own_working_capital": -0.187, "investment_coverage": 0.8745, "current_ratio": 2.143,
        "quick_ratio": 2.143, "cash_ratio": 2.025, "return_on_sales": -1.44, "net_margin": 60.8226,
        "roa": 0.2296,
    }  # fmt: skip
    told = [f"2019,all,,all,{r},500,{m - 9},{m},{m + 9}" for r, m in mid.items()]
    return "\n".join([*told, "2019,all,,all,autonomy,500,0.09,0.426,0.81"])


def test_the_effective_number_of_ratios_is_told_for_a_built_base_only(tmp_path):
    view = view_of(tmp_path, rows(2024, SOUND, {"1600": 900}))
    (found,) = [one for one in view.result.base.effective if one.year == 2024]
    assert 1 <= found.value < found.ratios == 9
    text = " ".join(str(block) for block in REPORT.chapters["base"](view))
    assert "independent ones" in text
    bare = replace(view, result=replace(view.result, base=replace(view.result.base, effective=())))
    assert "independent ones" not in " ".join(str(b) for b in REPORT.chapters["base"](bare))


STRONG = SOUND | {"1250": 400, "1200": 900, "1300": 800, "1600": 1300, "2400": 900}


def test_a_firm_better_than_others_with_nothing_lost_hears_of_its_place(tmp_path):
    view = view_of(tmp_path, rows(2024, STRONG, STRONG))
    assert view.result.answer.id == "verdict"
    assert REPORT.summary(view)[0].text.startswith("2024: finances are")


def test_a_firm_better_than_others_whose_profit_fell_hears_of_that(tmp_path):
    view = view_of(tmp_path, rows(2024, STRONG, STRONG | {"2400": 1500}))
    assert view.result.answer.id == "accounts_verdict"
