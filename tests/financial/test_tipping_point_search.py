"""The turning line found by division is the one that a search over every candidate finds."""

from fractions import Fraction

import pytest
import tipping_point_search
from financial_tables import RATIOS, SOUND, exact_base
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.financial_quartiles.comparison import Size, SizeBasis, peers
from workbook.diagnostics.financial_quartiles.formula import parse
from workbook.diagnostics.financial_quartiles.linear import quotient
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.tipping_point import ComparedStatement, smallest_turn
from workbook.diagnostics.financial_quartiles.values import Amounts, formulas, valued

amounts = st.integers(0, 3000)
signed = st.integers(-800, 3000)
STATEMENTS = st.fixed_dictionaries(
    {
        name: signed if name in ("equity", "profit_from_sales", "net_profit") else amounts
        for name in SOUND
    }
)
quarters = st.lists(st.integers(-60, 300), min_size=3, max_size=3).map(
    lambda three: tuple(q / 100 for q in sorted(three))
)
CUTS = st.fixed_dictionaries(dict.fromkeys(RATIOS, quarters))


def compared(ratios, lines, cuts, *, step=1, decimals=None, band="rounded"):
    end = {name: Fraction(value, step) for name, value in lines.items()}
    against = peers(
        exact_base(cuts, decimals=decimals),
        year=2023,
        okved="46.90",
        size=Size(group="all", basis=SizeBasis.NO_REVENUE),
        ratios=ratios.ratios,
        params=Params(),
    ).quartiles_by_base["industry"]
    given = Amounts(end=end, begin={"assets": Fraction(900)})
    scored = [
        (one, against[ratio.id])
        for ratio, tree in formulas(ratios, Params())
        if (one := valued(ratio, tree, given)).value is not None
    ]
    facts = {"amounts": given, "step": Fraction(1, step), "scored": scored, "band": band}
    return ComparedStatement(**facts), tipping_point_search.ComparedStatement(**facts)


def told(turn):
    return turn and (turn.line, turn.change, turn.before, turn.after)


@settings(max_examples=150, deadline=None)
@given(
    statement=STATEMENTS,
    cuts=CUTS,
    step=st.sampled_from([1, 100]),
    decimals=st.sampled_from([None, (2, 2, 2)]),
    band=st.sampled_from(["rounded", "strict"]),
)
def test_division_and_search_find_the_same_change(
    ratios, lines, statement, cuts, step, decimals, band
):
    new, old = compared(ratios, statement, cuts, step=step, decimals=decimals, band=band)
    assert told(smallest_turn(new, lines)) == told(tipping_point_search.smallest_turn(old, lines))


@settings(max_examples=60, deadline=None)
@given(cuts=CUTS, scale=st.sampled_from([1, 37, 10_007]), grown=st.integers(-300, 300))
def test_large_statements_too(ratios, lines, cuts, scale, grown):
    statement = {name: value * scale for name, value in SOUND.items()}
    statement["equity"] += grown
    new, old = compared(ratios, statement, cuts)
    assert told(smallest_turn(new, lines)) == told(tipping_point_search.smallest_turn(old, lines))


@pytest.mark.parametrize(
    ("formula", "is_one"),
    [
        ("a / b", True),
        ("(a - b) / (c + 2 * d)", True),
        ("a / mean(b)", True),
        ("a - b", True),
        ("a * b / c", False),
        ("a / b + c", False),
    ],
)
def test_a_quotient_of_sums_is_known(formula, is_one):
    assert (quotient(parse(formula)) is not None) is is_one
