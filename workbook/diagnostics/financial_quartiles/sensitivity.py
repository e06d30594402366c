"""What moves a statement's standing, in money: towards another verdict, towards the median."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from workbook.diagnostics.financial_quartiles.comparison import Yardstick
from workbook.diagnostics.financial_quartiles.exact_numbers import divided, magnitude
from workbook.diagnostics.financial_quartiles.lines import EXPENSE
from workbook.diagnostics.financial_quartiles.organisation_result import ByBase
from workbook.diagnostics.financial_quartiles.ratio_result import (
    BASES,
    BaseName,
    PeerMoney,
    TippingPoint,
)
from workbook.diagnostics.financial_quartiles.scored_statement import Scores, Setting
from workbook.diagnostics.financial_quartiles.tipping_point import (
    ComparedStatement,
    allowed,
    same_side,
    smallest_turn,
)
from workbook.diagnostics.financial_quartiles.values import Valued
from workbook.diagnostics.financial_quartiles.verdicts import ScoreVerdict


def tipping_points(
    made: Scores, verdicts: ByBase[ScoreVerdict | None], setting: Setting
) -> list[TippingPoint]:
    """Return the smallest change against each base that has a verdict, the industry last."""
    return [
        point
        for base in reversed(BASES)
        if verdicts.against(base) is not None
        and (point := _tipping_point(made, base, setting)) is not None
    ]


def _tipping_point(made: Scores, base: BaseName, setting: Setting) -> TippingPoint | None:
    statement = ComparedStatement(
        amounts=made.amounts,
        step=made.step,
        scored=made.pairs(base),
        band=setting.params.band,
        limits=setting.limits,
    )
    turn = smallest_turn(statement, setting.sources.line_map)
    if turn is None:
        return None
    value, unit = made.amounts.end[turn.line], setting.params.unit
    return TippingPoint(
        base=base,
        line=turn.line,
        label=setting.label(turn.line),
        change=float(turn.change * unit),
        value=float(value * unit),
        relative=divided(turn.change, magnitude(value)) if value else None,
        verdict=turn.before,
        to=turn.after,
    )


def peer_money(made: Scores, setting: Setting) -> tuple[PeerMoney, ...]:
    """Return what the medians of the leading base would mean, ratio by ratio.

    For a ratio worse than the median: each line that alone would bring it there, the smallest
    amount first.
    """
    return tuple(
        way
        for one, yardstick in made.pairs(made.main)
        for way in sorted(_ways(one, yardstick, made, setting), key=lambda way: way.amount)
    )


def _ways(one: Valued, yardstick: Yardstick, made: Scores, setting: Setting) -> Iterator[PeerMoney]:
    median, lines = yardstick.median, setting.sources.line_map
    if one.value is None or not yardstick.is_worse(one.value):
        return
    for line in one.lines:
        change = _change(one, yardstick, line=line, made=made)
        if change is None or not allowed(line, change, made.amounts.end, lines):
            continue
        # An expense in parentheses grows as its negative falls: people think of its amount.
        negative_expense = lines.lines[line].sign == EXPENSE and made.amounts.end[line] < 0
        less = change > 0 if negative_expense else change < 0
        signed = float(change * setting.params.unit)
        yield PeerMoney(
            ratio=one.ratio.id,
            base=made.main,
            median=float(median),
            line=line,
            label=setting.label(line),
            direction="less" if less else "more",
            change=signed,
            amount=abs(signed),
        )


def _change(one: Valued, yardstick: Yardstick, *, line: str, made: Scores) -> Fraction | None:
    """Return the change of a line, in whole steps, that brings the ratio to the median."""
    curve = one.along(line, made.amounts)
    exactly = curve.reaching(yardstick.median)
    if exactly is None:
        return None
    # Rounded away from zero: a step too few would stop just short of the median.
    count = ceil(abs(exactly) / made.step)
    change = made.step * (count if exactly > 0 else -count)
    value = curve.at(change)
    if value is None or not same_side(curve, change) or yardstick.is_worse(value):
        return None
    return change
