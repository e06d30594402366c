"""What the median of the peers would mean in money, one line at a time."""

from fractions import Fraction
from math import ceil

from workbook.diagnostics.financial_quartiles.comparison import Yardstick
from workbook.diagnostics.financial_quartiles.flip import allowed, same_side
from workbook.diagnostics.financial_quartiles.lines import EXPENSE, LineMap
from workbook.diagnostics.financial_quartiles.standing_result import PeerMoney
from workbook.diagnostics.financial_quartiles.values import Amounts, Valued


def money_to_median(
    one: Valued,
    stick: Yardstick,
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
    stick
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
    median = stick.median
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
