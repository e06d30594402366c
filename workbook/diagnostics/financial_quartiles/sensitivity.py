"""What moves a statement's standing, in money: towards another verdict, towards the median."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from workbook.diagnostics.financial_quartiles.comparison import BASES, Yardstick
from workbook.diagnostics.financial_quartiles.lines import EXPENSE, LineMap
from workbook.diagnostics.financial_quartiles.organisation_result import ScoreVerdict
from workbook.diagnostics.financial_quartiles.ratio_result import PeerMoney, TippingPoint
from workbook.diagnostics.financial_quartiles.scored_statement import Scores, Setting
from workbook.diagnostics.financial_quartiles.tipping_point import (
    ComparedStatement,
    allowed,
    same_side,
    smallest_turn,
)
from workbook.diagnostics.financial_quartiles.values import Amounts, Valued


def tipping_points(
    made: Scores, verdicts: Mapping[str, ScoreVerdict | None], setting: Setting
) -> list[TippingPoint]:
    """Return the smallest change against each base that has a verdict, the industry last."""
    found: list[TippingPoint] = []
    unit = setting.params.unit
    for name in BASES:
        if verdicts[name] is None:
            continue
        statement = ComparedStatement(
            amounts=made.amounts,
            step=made.step,
            scored=made.pairs(name),
            band=setting.params.band,
            limits=setting.limits,
        )
        turn = smallest_turn(statement, setting.sources.line_map)
        if turn is not None:
            value = made.amounts.end[turn.line]
            found.append(
                TippingPoint(
                    base=name,
                    line=turn.line,
                    label=setting.label(turn.line),
                    change=float(turn.change * unit),
                    value=float(value * unit),
                    relative=float(turn.change / abs(value)) if value else None,
                    verdict=turn.before,
                    to=turn.after,
                )
            )
    return found


def peer_money(made: Scores, setting: Setting) -> tuple[PeerMoney, ...]:
    """Return what the medians of the leading base would mean, ratio by ratio."""
    return tuple(
        row
        for one, yardstick in made.pairs(made.main)
        for row in money_to_median(
            one,
            yardstick,
            base=made.main,
            amounts=made.amounts,
            step=made.step,
            unit=setting.params.unit,
            lines=setting.sources.line_map,
            language=setting.language,
        )
    )


def money_to_median(
    one: Valued,
    yardstick: Yardstick,
    *,
    base: str,
    amounts: Amounts,
    step: Fraction,
    unit: int,
    lines: LineMap,
    language: str,
) -> tuple[PeerMoney, ...]:
    """Return, for a ratio worse than the median, each line that alone would bring it there.

    Parameters
    ----------
    one
        The ratio.
    yardstick
        Its quartiles.
    base
        Name of the base that they are of.
    amounts
        The statement.
    step
        The smallest amount that the statement can tell; changes are whole steps, rounded up.
    unit
        Currency in one unit of the statement.
    lines
        All lines.
    language
        Of the lines' names.

    Returns
    -------
    tuple of PeerMoney
        The smallest amount first; empty for a ratio at the median or better, or without value.
    """
    median = yardstick.median
    if one.value is None or not _worse(one.value, median, higher=one.ratio.higher):
        return ()
    found: list[PeerMoney] = []
    for line in one.lines:
        change = _change(one, median, line=line, amounts=amounts, step=step)
        if change is None or not allowed(line, change, amounts.end, lines):
            continue
        signed = float(change * unit)
        less = change < 0 if not _expense(line, amounts, lines) else change > 0
        found.append(
            PeerMoney(
                ratio=one.ratio.id,
                base=base,
                median=float(median),
                line=line,
                label=lines.label(line, language),
                direction="less" if less else "more",
                change=signed,
                amount=abs(signed),
            )
        )
    return tuple(sorted(found, key=lambda row: row.amount))


def _expense(line: str, amounts: Amounts, lines: LineMap) -> bool:
    """Tell whether the line is an expense written as a negative."""
    return lines.lines[line].sign == EXPENSE and amounts.end[line] < 0


def _change(
    one: Valued, median: Fraction, *, line: str, amounts: Amounts, step: Fraction
) -> Fraction | None:
    """Return the change of a line, in whole steps, that brings the ratio to the median."""
    curve = one.along(line, amounts)
    exactly = curve.reaching(median)
    if exactly is None:
        return None
    count = ceil(abs(exactly) / step)
    change = step * (count if exactly > 0 else -count)
    value = curve.at(change)
    if value is None or not same_side(curve, change):
        return None
    return None if _worse(value, median, higher=one.ratio.higher) else change


def _worse(value: Fraction, median: Fraction, *, higher: bool) -> bool:
    return value < median if higher else value > median
