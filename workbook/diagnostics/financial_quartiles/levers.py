"""Which ratio is the weakest, and what can be done: collect, sell stock, repay debt, earn more.

A lever moves both sides of the balance sheet: collected receivables become cash, a debt that is
lengthened leaves the short-term ones for the long-term ones.  It is told where it brings the ratio
nearer to the median; taxes and interest are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from workbook.diagnostics.financial_quartiles.comparison import Yardstick
from workbook.diagnostics.financial_quartiles.exact_numbers import Exact, divided
from workbook.diagnostics.financial_quartiles.polynomials import Rational
from workbook.diagnostics.financial_quartiles.ratio_result import BaseName, Lever
from workbook.diagnostics.financial_quartiles.scored_statement import Scores, Setting
from workbook.diagnostics.financial_quartiles.tipping_point import same_side
from workbook.diagnostics.financial_quartiles.values import Amounts, Valued


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """One kind of lever."""

    id: str
    lines: tuple[str, ...]
    """The line that it works on: the first that the statement has."""
    moves: Mapping[str, int]
    """What moves, each line by so many times the amount."""
    used_up: tuple[str, ...] = ()
    """No more than what each of these lines has."""
    only_for: tuple[str, ...] = ()
    """Only for ratios that read one of these lines; empty: for every ratio."""


PROFITS = ("profit_from_sales", "net_profit")
# Every lever keeps the balance: what leaves one side leaves the other, or moves within its own.
MEANS = (
    Means(
        id="collect",
        lines=("receivables",),
        moves={"receivables": -1, "cash": 1},
        used_up=("receivables",),
    ),
    Means(
        id="sell_stock",
        lines=("inventories",),
        moves={"inventories": -1, "cash": 1},
        used_up=("inventories",),
    ),
    Means(
        id="lengthen",
        lines=("current_liabilities",),
        moves={"current_liabilities": -1, "long_term_liabilities": 1},
        used_up=("current_liabilities",),
    ),
    Means(
        id="repay",
        lines=("current_liabilities",),
        moves={"current_liabilities": -1, "cash": -1, "current_assets": -1, "assets": -1},
        used_up=("current_liabilities", "cash"),
    ),
    Means(
        id="sell_fixed",
        lines=("non_current_assets",),
        moves={"non_current_assets": -1, "cash": 1, "current_assets": 1},
        used_up=("non_current_assets",),
    ),
    Means(
        id="retain",
        lines=("equity",),
        moves={"equity": 1, "cash": 1, "current_assets": 1, "assets": 1},
        only_for=("equity",),
    ),
    Means(
        id="earn",
        lines=PROFITS,
        moves={"profit_from_sales": 1, "net_profit": 1, "cash": 1, "current_assets": 1,
               "equity": 1, "assets": 1},
        only_for=PROFITS,
    ),
)  # fmt: skip


AT_THE_QUARTILE = -1.0
"""Where a ratio stands whose worse quartile is the median itself: it is in the worst quarter."""


def weakest(made: Scores, base: BaseName) -> tuple[str, ...]:
    """Return the ratios farthest below the median among those that score below zero.

    The distance is told in units of the gap between the median and the quartile of that side,
    so that ratios of different units compare; those that tie are all returned, in the order of
    the file.
    """
    below: dict[str, float] = {}
    for one, yardstick in made.pairs(base):
        if one.value is None or yardstick.score(one.value) >= 0:
            continue
        off = yardstick.position(one.value)
        below[one.ratio.id] = AT_THE_QUARTILE if off is None else off
    least = min(below.values(), default=None)
    return tuple(ratio for ratio, off in below.items() if off == least)


def weakest_levers(
    made: Scores, base: BaseName, ratios: tuple[str, ...], setting: Setting
) -> tuple[Lever, ...]:
    """Return what can be done about ratios, one after another.

    Of each ratio that is worse than the median: what reaches the median first, least money first.
    """
    return tuple(
        lever
        for one, yardstick in made.pairs(base)
        if one.ratio.id in ratios
        for lever in _levers(one, yardstick, made, setting)
    )


def _levers(one: Valued, yardstick: Yardstick, made: Scores, setting: Setting) -> list[Lever]:
    if one.value is None or not yardstick.is_worse(one.value):
        return []
    amounts = made.amounts
    found = [
        Lever(
            ratio=one.ratio.id,
            lever=means.id,
            line=line,
            label=setting.label(line),
            amount=float(amount * setting.params.unit),
            share=abs(divided(amount, amounts.end[line])) if amounts.end[line] else None,
            reaches=reaches,
        )
        for means, line, amount, reaches in _helping(
            one, yardstick, amounts=amounts, step=made.step
        )
    ]
    return sorted(found, key=lambda lever: (not lever.reaches, lever.amount))


def _helping(
    one: Valued, yardstick: Yardstick, *, amounts: Amounts, step: Fraction
) -> Iterator[tuple[Means, str, Exact, bool]]:
    """Return means, line, amount and whether it reaches the median."""
    for means in MEANS:
        line = next((name for name in means.lines if name in amounts.end), None)
        if line is None or not set(means.moves) & set(one.lines):
            continue
        if means.only_for and not set(means.only_for) & set(one.lines):
            continue
        most = _most(means.used_up, amounts)
        if most is not None and most <= 0:
            continue
        curve = one.moving(means.moves, amounts)
        amount = _reaching(curve, yardstick, step=step)
        # All that there is may help without being enough; then it is told as such.
        if amount is not None and (most is None or amount <= most):
            yield means, line, amount, True
        elif most is not None and _nearer(curve, most, yardstick):
            yield means, line, most, False


def _most(used_up: Sequence[str], amounts: Amounts) -> Exact | None:
    """Return what the lines have at most; nil where one is not known, None without a bound."""
    have = [amounts.end.get(name, 0) for name in used_up]
    return min(have) if have else None


def _reaching(curve: Rational, yardstick: Yardstick, *, step: Fraction) -> Fraction | None:
    """Return the amount, in whole steps, that brings the ratio to the median."""
    exactly = curve.reaching(yardstick.median)
    if exactly is None or exactly <= 0:
        return None
    amount = step * ceil(exactly / step)
    value = curve.at(amount)
    if value is None or not same_side(curve, amount) or yardstick.is_worse(value):
        return None
    return amount


def _nearer(curve: Rational, amount: Exact, yardstick: Yardstick) -> bool:
    """Return whether all of a line would at least bring the ratio nearer to the median."""
    now, then = curve.at(Fraction(0)), curve.at(amount)
    if now is None or then is None or not same_side(curve, amount):
        return False
    return then > now if yardstick.ratio.higher else then < now
