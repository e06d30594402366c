"""Which line moves the verdict, and what the median would mean in money; each scored again."""

from dataclasses import replace
from fractions import Fraction

import pytest
from financial_tables import SOUND, exact_base, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.financial_quartiles.comparison import Size, SizeBasis, peers
from workbook.diagnostics.financial_quartiles.formula import parse
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.polynomials import Rational
from workbook.diagnostics.financial_quartiles.tipping_point import (
    ComparedStatement,
    allowed,
    same_side,
    smallest_turn,
)
from workbook.diagnostics.financial_quartiles.values import Amounts, valued

CUTS = {
    "autonomy": (0.2, 0.45, 0.6),
    "own_working_capital": (-0.5, 0.1, 0.4),
    "investment_coverage": (0.4, 0.65, 0.8),
    "current_ratio": (0.9, 2.2, 3.0),
    "quick_ratio": (0.5, 1.2, 2.0),
    "cash_ratio": (0.05, 0.45, 0.9),
    "return_on_sales": (0.01, 0.08, 0.2),
    "net_margin": (0.005, 0.04, 0.1),
    "roa": (0.01, 0.1, 0.2),
}
BASE = exact_base(CUTS)
PRIOR = {"assets": 900}


def near(low):
    return exact_base((low, low + 0.01, low + 0.02))


def lone(**changes):
    """Return a statement in which no line follows from another, so that one moves alone."""
    return statement(SOUND | changes, prior=PRIOR, okved="46.90")


def scores(found, base=BASE, **changes):
    (row,) = found(lone(**changes), base=base).organisations
    return row


def test_the_smallest_change_turns_the_verdict_and_one_less_does_not(found):
    row = scores(found)
    point = row.flip
    assert point.base == "industry"
    assert point.verdict == row.verdict.industry
    change = round(point.change / 1000)
    assert scores(found, **{point.line: SOUND[point.line] + change}).verdict.industry == point.to
    less = change - (1 if change > 0 else -1)
    assert scores(found, **{point.line: SOUND[point.line] + less}).verdict.industry == point.verdict


def test_no_single_line_turns_the_verdict_by_less(found):
    close = SOUND | {"net_profit": 92}
    row = scores(found, **close)
    amount = round(abs(row.flip.change) / 1000)
    assert amount > 1
    for line in SOUND:
        for step in range(1, amount):
            for change in (step, -step):
                other = scores(found, **close | {line: close[line] + change})
                assert other.verdict.industry == row.verdict.industry, (line, change)


@settings(max_examples=20, deadline=None)
@given(
    shift=st.fixed_dictionaries({name: st.integers(-40, 40) for name in CUTS}),
    decimals=st.sampled_from([None, (2, 2, 2)]),
)
def test_every_reported_change_is_confirmed_by_scoring_again(found, shift, decimals):
    cuts = {name: tuple(round(q + shift[name] / 100, 3) for q in cut) for name, cut in CUTS.items()}
    base = exact_base(cuts, decimals=decimals)
    row = scores(found, base)
    for point in row.flips:
        moved = scores(found, base, **{point.line: SOUND[point.line] + round(point.change / 1000)})
        assert getattr(moved.verdict, point.base) == point.to != point.verdict


def test_amounts_are_never_advised_below_zero(found):
    signed = ("equity", "profit_from_sales", "net_profit")
    for point in (f for low in (-9.0, -1.0, 0.0) for f in scores(found, near(low)).flips):
        assert point.value + point.change >= 0 or point.line in signed


def test_a_ratio_below_the_median_is_told_in_money(found):
    """2.2 x 300 = 660 current assets are 60 more; 600 / 2.2 = 272.7 short-term debt is 28 less."""
    row = scores(found)
    told = [(m.line, m.direction, m.change) for m in row.peer_money if m.ratio == "current_ratio"]
    assert told == [
        ("current_liabilities", "less", -28_000),
        ("current_assets", "more", 60_000),
    ]


def test_every_amount_to_the_median_reaches_it_and_one_less_does_not(found):
    for money in scores(found).peer_money:
        change = round(money.change / 1000)
        less = change - (1 if change > 0 else -1)
        for amount, reaches in ((change, True), (less, False)):
            row = scores(found, **{money.line: SOUND[money.line] + amount})
            (value,) = [r.exact for r in row.ratios if r.ratio == money.ratio]
            assert (value >= Fraction(str(money.median))) is reaches, money


def test_nothing_is_advised_at_the_median_or_better(found):
    row = scores(found)
    good = {r.ratio for r in row.ratios if r.value >= r.industry.median}
    assert good
    assert not good & {m.ratio for m in row.peer_money}


def test_distances_to_the_next_scores_are_told_for_both_bases(found):
    (cell,) = [r for r in scores(found).ratios if r.ratio == "autonomy"]
    for band in (cell.all, cell.industry):
        assert (band.score, band.to_better) == (1, pytest.approx(0.1))
        assert band.to_worse == pytest.approx(0.5 - 0.4575)


def test_one_ratio_may_turn_the_verdict(found):
    row = scores(found)
    assert row.one_step.industry.better is None or row.total.industry < 18
    near = scores(found, exact_base((-9.0, -8.0, -7.0)))
    assert (near.one_step.all.better, near.one_step.all.worse) == (None, None)


@pytest.mark.parametrize(
    ("line", "now", "change", "may_be"),
    [
        ("receivables", 200, -200, True),
        ("receivables", 200, -201, False),
        ("receivables", 0, -1, False),
        ("receivables", -3, -1, True),
        ("net_profit", 100, -500, True),
        ("cost_of_sales", -600, 600, True),
        ("cost_of_sales", -600, 601, False),
        ("cost_of_sales", 600, -600, True),
        ("cost_of_sales", 600, -601, False),
        ("cost_of_sales", 0, -5, True),
        ("cost_of_sales", 0, 5, False),
    ],
)
def test_a_line_may_fall_to_nil_and_keeps_its_sign(lines, line, now, change, may_be):
    """An expense of nil is one in parentheses yet to come: it may only fall."""
    assert allowed(line, Fraction(change), {line: Fraction(now)}, lines) is may_be


@pytest.mark.parametrize(("change", "same"), [(4, True), (5, False), (6, False), (-100, True)])
def test_a_ratio_stops_at_its_pole(change, same):
    """1 / (5 - c) has no value at 5 and another sign beyond."""
    curve = Rational((Fraction(1),), (Fraction(5), Fraction(-1)))
    assert same_side(curve, Fraction(change)) is same


def test_of_equal_changes_the_line_that_comes_first_counts(found, ratios, lines):
    """(100 + 0) / 100: two more of either, or two less below, lead over 1.015; one does not."""
    amounts = {"equity": Fraction(100), "assets": Fraction(100), "cash": Fraction(0)}
    given = Amounts(end=amounts, begin={})
    ratio = replace(ratios.get("autonomy"), tree=parse("equity / assets + cash / assets"))
    against = peers(
        exact_base({"autonomy": (0.0, 0.5, 1.015)}),
        year=2023,
        okved="46.90",
        size=Size(group="all", basis=SizeBasis.NO_REVENUE),
        ratios=[ratio],
        params=Params(),
    ).quartiles_by_base["industry"]
    scored = [(valued(ratio, ratio.tree, given), against["autonomy"])]
    compared = ComparedStatement(amounts=given, step=Fraction(1), scored=scored, band="rounded")
    assert compared.lines == ("equity", "assets", "cash")
    turn = smallest_turn(compared, lines)
    assert (turn.line, turn.change) == ("equity", 2)
