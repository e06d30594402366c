"""Statements in round amounts: recognised, completed, and scored at both ends of the rounding."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from financial_tables import exact_base, statement

from benchmarks.calibration.finance import rounded, sample, scored
from workbook.charts.chart import Palette
from workbook.diagnostics.financial_quartiles.derived_lines import complete
from workbook.diagnostics.financial_quartiles.formula import names, parse
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.report import REPORT
from workbook.diagnostics.financial_quartiles.rounding import (
    ANY,
    Range,
    mean_range,
    rounding_unit,
    value_range,
)
from workbook.diagnostics.financial_quartiles.statement import Statement
from workbook.diagnostics.financial_quartiles.verdicts import ScoreVerdict
from workbook.diagnostics.gates import Gate
from workbook.engagement.settings import Engagement
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.report.blocks import Heading, Text, Tiles
from workbook.report.view import View

ROUND = {
    "assets": 1200, "non_current_assets": 400, "current_assets": 800, "inventories": 300,
    "receivables": 300, "short_term_investments": 0, "cash": 200, "equity": 500,
    "long_term_liabilities": 100, "current_liabilities": 600, "revenue": 1700,
    "profit_from_sales": 200, "net_profit": 100,
}  # fmt: skip
"""Thousands, every line rounded to a hundred."""
BOOKED = {
    "assets": 1163, "non_current_assets": 372, "current_assets": 791, "inventories": 291,
    "receivables": 314, "short_term_investments": 0, "cash": 186, "equity": 548,
    "long_term_liabilities": 58, "current_liabilities": 557, "revenue": 1654,
    "profit_from_sales": 247, "net_profit": 149,
}  # fmt: skip
"""What :data:`ROUND` was before it was rounded."""
BEFORE = {"assets": 1100}
QUARTILES = {
    "autonomy": (0.2, 0.41, 0.7),
    "own_working_capital": (0.1, 0.15, 0.5),
    "investment_coverage": (0.3, 0.5, 0.7),
    "current_ratio": (1.0, 1.3, 2.0),
    "quick_ratio": (0.5, 0.8, 1.5),
    "cash_ratio": (0.1, 0.3, 0.6),
    "return_on_sales": (0.05, 0.1, 0.14),
    "net_margin": (0.02, 0.05, 0.08),
    "roa": (0.02, 0.08, 0.12),
}


def exact(numbers):
    return [Fraction(str(number)) for number in numbers]


@pytest.mark.parametrize(
    ("amounts", "unit"),
    [
        ((10, 20, 30, 40, 50, 60), 10),
        ((10, 20, 30, 40, 50), 1),  # too few: chance would do
        ((10, 20, 30, 40, 50, 50, 50), 1),  # the same amount says nothing twice
        ((0, 0, 0, 0, 0, 0, 0), 1),
        ((-1000, 2000, 3000, 14000, 25000, 36000), 1000),
        ((1000, 2000, 3000, 14000, 25000, 36001), 1),
        ((10.5, 20, 30, 40, 50, 60), 1),
        (ROUND.values(), 100),
        (BOOKED.values(), 1),
    ],
)
def test_the_unit_is_the_largest_that_all_lines_share(amounts, unit):
    assert rounding_unit(exact(amounts)) == unit


@pytest.mark.parametrize(
    "text", ["a / b", "(a - b) / c", "(a + b) / c", "a / mean(c)", "2 * a - b / c", "-a / c"]
)
def test_a_range_is_that_of_the_corners_where_each_line_is_named_once(text):
    tree = parse(text)
    ranges = {
        name: Range(Fraction(low), Fraction(low + 3))
        for name, low in zip("abc", (-2, 5, 7), strict=True)
    }
    found = value_range(tree, end=ranges.__getitem__, begin=ranges.__getitem__)
    corners = []
    for corner in product(*(ranges[name] for name in names(tree))):
        points = {n: Range(v, v) for n, v in zip(names(tree), corner, strict=True)}
        point = value_range(tree, end=points.__getitem__, begin=points.__getitem__)
        assert point.low == point.high
        corners.append(point.low)
    assert found == Range(min(corners), max(corners))


@pytest.mark.parametrize(
    ("top", "bottom", "found"),
    [
        ((4, 6), (0, 2), Range(Fraction(2), None)),
        ((-6, -4), (0, 2), Range(None, Fraction(-2))),
        ((4, 6), (-2, 0), Range(None, Fraction(-2))),
        ((-1, 1), (0, 2), ANY),
        ((4, 6), (-1, 1), ANY),
        ((4, 6), (0, 0), ANY),
    ],
)
def test_a_denominator_that_may_be_nil_leaves_a_side_open(top, bottom, found):
    ranges = {"a": Range(*map(Fraction, top)), "b": Range(*map(Fraction, bottom))}
    assert value_range(parse("a / b"), end=ranges.__getitem__, begin=ranges.__getitem__) == found


def test_a_mean_goes_over_scores_that_there_may_be():
    assert mean_range([(0, 1), (0, 1)], []) == (0, 1)
    assert mean_range([(0, 1), (0, 1)], [(-2, -1)]) == (Fraction(-2, 3), 1)
    assert mean_range([], [(2, 2)]) is None


def given(values, unit):
    return Statement(
        organisation="Acme", year=2023, form="full", okved="", values=values, prior={}, entries={},
        row=2, rounded_to=unit,
    )  # fmt: skip


def completed(unit, lines, **values):
    amounts = {name: Fraction(value) for name, value in values.items()}
    return complete(given(amounts, unit), lines, Fraction(4))


def test_blank_details_are_nil_within_the_rounding(lines):
    section = {"current_assets": 800, "inventories": 310, "receivables": 290, "cash": 190}
    assert "short_term_investments" not in completed(1, lines, **section).values
    found = completed(10, lines, **section)  # off by 10, and four lines may be off by 5 each
    assert found.values["short_term_investments"] == 0
    assert found.spread["short_term_investments"] == 5
    far = section | {"cash": 170}
    assert "short_term_investments" not in completed(10, lines, **far).values


def test_a_derived_line_carries_the_rounding_of_those_it_is_made_of(lines):
    found = completed(10, lines, assets=1000, non_current_assets=400)
    assert (found.values["current_assets"], found.spread["current_assets"]) == (600, 10)
    assert completed(1, lines, assets=1000, non_current_assets=400).spread == {}


def test_a_difference_below_nil_within_the_rounding_is_nil(lines):
    assert completed(10, lines, assets=400, non_current_assets=410).values["current_assets"] == 0
    assert "current_assets" not in completed(10, lines, assets=400, non_current_assets=420).values
    assert "current_assets" not in completed(1, lines, assets=400, non_current_assets=410).values


@pytest.fixture
def booked(found):
    made = found(statement(BOOKED, prior=BEFORE, okved="46.90"), base=exact_base(QUARTILES))
    return made.latest[0]


@pytest.fixture
def result(found):
    return found(statement(ROUND, prior=BEFORE, okved="46.90"), base=exact_base(QUARTILES))


def test_an_exact_statement_carries_no_range(booked):
    assert booked.rounding_unit is None
    assert booked.verdict_low.industry is None
    assert booked.firm("industry")
    assert {r.industry.score_low for r in booked.ratios} == {None}


def test_the_range_holds_the_verdict_and_every_ratio_of_the_exact_statement(result, booked):
    row = result.latest[0]
    assert row.rounding_unit == 100_000
    order = tuple(ScoreVerdict)
    low, high = row.verdict_low.industry, row.verdict_high.industry
    assert low != high
    assert order.index(high) <= order.index(booked.verdict.industry) <= order.index(low)
    assert row.mean_low.industry <= booked.mean.industry <= row.mean_high.industry
    for told, true in zip(row.ratios, booked.ratios, strict=True):
        assert told.value_low <= true.value <= told.value_high
        assert told.value_low <= told.value <= told.value_high
        assert told.industry.score_low <= true.industry.score <= told.industry.score_high


def test_the_single_verdict_is_refused_and_the_range_told(result):
    assert result.answer.id in ("between", "accounts_between")
    refused = {(r.id, r.gate) for r in result.refused_findings}
    assert {("verdict", Gate.ROUNDED), ("industry", Gate.ROUNDED)} <= refused
    assert "industry_between" in {tile.id for tile in result.tiles}
    claim = next(one for one in result.findings if one.id == "rounded_statement")
    assert claim.figures["unit"] == 100_000
    best = [r for r in result.latest[0].ratios if r.industry.score_low == 2]
    strong = [one.figures["n"] for one in result.findings if one.id == "strong"]
    assert strong in ([], [len(best)])


def test_the_sample_rounded_to_ten_thousand_keeps_its_ratios_and_its_verdict():
    """Blank details stayed unknown, two ratios vanished and the verdict fell by one."""
    _, _, frame = sample()
    one = frame[
        (frame["organisation"] == "ООО «Полюс-Девелопмент»") & (frame["year"].astype(int) == 2023)
    ]
    told, true = scored(rounded(one, 10)), scored(one)
    assert (true.rounding_unit, told.rounding_unit) == (None, 10_000)
    assert told.n_scored == true.n_scored == 9
    assert told.verdict.industry == true.verdict.industry == ScoreVerdict.MUCH_BETTER
    assert told.firm("industry")
    assert told.articulates


def test_organisations_that_the_rounding_does_not_set_apart_are_not_ranked(found, tmp_path):
    base = exact_base(QUARTILES)
    two = [
        statement(ROUND, prior=BEFORE, okved="46.90", organisation=name) for name in ("One", "Two")
    ]
    view = view_of(found(*two, base=base), "en", tmp_path)
    told = told_in(REPORT.chapters["organisations"](view))
    assert "mean scores cannot be ranked" in told
    assert "best mean score" not in told


def test_headings_of_chapters_name_nothing_that_the_rounding_could_turn(result, tmp_path):
    view = view_of(result, "en", tmp_path)
    assert "Scores that hold anywhere" in told_in(REPORT.chapters["standing"](view))
    assert "no single weakest ratio" in told_in(REPORT.chapters["moves"](view))


def test_articulation_closes_within_the_rounding(found):
    off = ROUND | {"cash": 300, "receivables": 300}  # 300 + 300 + 0 + 300 against 800
    assert all(check.closes for check in found(statement(off)).latest[0].articulation)


def test_the_change_has_no_words_where_the_rounding_could_turn_it(found):
    base = exact_base(QUARTILES)
    two = [
        statement(ROUND, prior=BEFORE, okved="46.90", year=2022),
        statement(ROUND | {"cash": 300, "receivables": 200}, okved="46.90"),
    ]
    made = found(*two, base=base)
    assert made.latest[0].change is not None
    assert made.latest[0].change_verdict is None
    assert ("standing", Gate.ROUNDED) in [(r.id, r.gate) for r in made.refused_findings]


def view_of(result, language, folder):
    return View(
        result=result,
        params=Params(),
        texts=load_texts("financial_quartiles", language, "RUB"),
        palette=Palette(),
        engagement=Engagement(
            folder=folder, id="acme", client="Acme", language=language, currency="RUB",
            period="2023", as_of=date(2023, 12, 31),
        ),
    )  # fmt: skip


def told_in(blocks):
    told = []
    for block in blocks:
        if isinstance(block, Heading):
            told.append(block.text)
        elif isinstance(block, Text):
            told += block.paragraphs
        elif isinstance(block, Tiles):
            told += [f"{tile.label}: {tile.value} {tile.base}" for tile in block.tiles]
        else:
            told += map(str, getattr(block, "items", ()))
    return " ".join(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_two_and_the_sensitivities_tell_both_ends(found, language, tmp_path):
    made = found(
        statement(ROUND, prior=BEFORE, okved="46.90"), base=exact_base(QUARTILES), language=language
    )
    view = view_of(made, language, tmp_path)
    row = made.latest[0]
    low, high = (
        view.text(f"verdicts.{v}") for v in (row.verdict_low.industry, row.verdict_high.industry)
    )
    summary = told_in(REPORT.summary(view))
    assert summary.count(low) >= 2
    assert summary.count(high) >= 2
    method = told_in(REPORT.method(view))
    assert view.text("method_box.rounded.name") in str(REPORT.method(view))
    assert low in method
    assert high in method
    single = view.text(f"against.industry.{row.verdict.industry}")
    assert single not in summary
