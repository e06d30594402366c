"""Values of ratios over a statement, and why one has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm

from workbook.diagnostics.financial_quartiles.exact_numbers import Exact
from workbook.diagnostics.financial_quartiles.formula import (
    Expression,
    Line,
    Mean,
    Operation,
    names,
    parts,
    replaced,
)
from workbook.diagnostics.financial_quartiles.linear import (
    WholeAmounts,
    WholeCurve,
    quotient,
)
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.polynomials import Rational, moved
from workbook.diagnostics.financial_quartiles.ratio_result import Undefined
from workbook.diagnostics.financial_quartiles.ratios import Ratio, RatioSet

DEBT, DEFERRED = "current_liabilities", "deferred_income"


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """Lines of one year in the statement's unit."""

    end: Mapping[str, Exact]
    """For the year, or at its end."""
    begin: Mapping[str, Exact]
    """At its begin: from the statement of the year before, else its prior-year column."""

    @cached_property
    def whole(self) -> WholeAmounts:
        """The lines as whole numbers."""
        parts = {v.denominator for lines in (self.end, self.begin) for v in lines.values()}
        of = lcm(*parts)
        end, begin = (
            {name: v.numerator * (of // v.denominator) for name, v in lines.items()}
            for lines in (self.end, self.begin)
        )
        return WholeAmounts(end, begin, of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """One ratio over one statement."""

    ratio: Ratio
    tree: Expression
    """The formula as it is computed, options of the engagement worked in."""
    value: Fraction | None
    undefined: Undefined | None = None
    missing: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that the formula reads under the options."""
        return _read(self.tree).lines

    def along(self, line: str, amounts: Amounts) -> Rational:
        """Return the ratio as a function of the change of one line."""
        return self.moving({line: 1}, amounts)

    def moving(self, moves: Mapping[str, int], amounts: Amounts) -> Rational:
        """Return the ratio as a function of a change that moves several lines."""
        ratio = quotient(self.tree)
        if ratio is not None:
            return rational(ratio.moving(moves, amounts.whole), amounts.whole.of)
        return moved(self.tree, moves, end=amounts.end.__getitem__, begin=amounts.begin.__getitem__)


def formulas(ratios: RatioSet, params: Params) -> tuple[tuple[Ratio, Expression], ...]:
    """Return the ratios with their formulas under the options."""
    if params.current_liabilities == "gross":
        return tuple((ratio, ratio.tree) for ratio in ratios.ratios)
    return tuple((ratio, _with_net_debt(ratio.tree)) for ratio in ratios.ratios)


@lru_cache(maxsize=256)
def _with_net_debt(tree: Expression) -> Expression:
    return replaced(tree, DEBT, Operation("-", Line(DEBT), Line(DEFERRED)))


def with_nil_deferred(values: Mapping[str, Exact], params: Params) -> Mapping[str, Exact]:
    """Return the lines with a blank 1530 as nil, where the option takes it off."""
    if params.current_liabilities == "gross" or DEFERRED in values:
        return values
    return {**values, DEFERRED: 0}


def valued(ratio: Ratio, tree: Expression, amounts: Amounts) -> Valued:
    """Return the value of a ratio, or why there is none."""
    reads = _read(tree)
    missing = tuple(name for name in reads.lines if name not in amounts.end)
    if missing:
        why = Undefined.MISSING_LINES
        return Valued(ratio=ratio, tree=tree, value=None, undefined=why, missing=missing)
    if any(name not in amounts.begin for name in reads.means):
        why = Undefined.NO_PREVIOUS_YEAR
        return Valued(ratio=ratio, tree=tree, value=None, undefined=why)
    if _no_debt(reads.debt_below, amounts):
        why = Undefined.NO_SHORT_TERM_DEBT
        return Valued(ratio=ratio, tree=tree, value=None, undefined=why)
    value = _value(tree, amounts)
    if value is None:
        why = Undefined.ZERO_DENOMINATOR
        return Valued(ratio=ratio, tree=tree, value=None, undefined=why)
    return Valued(ratio=ratio, tree=tree, value=value)


def _value(tree: Expression, amounts: Amounts) -> Fraction | None:
    ratio = quotient(tree)
    if ratio is not None:
        return ratio.value(amounts.whole)
    ends, starts = amounts.end.__getitem__, amounts.begin.__getitem__
    return moved(tree, {}, end=ends, begin=starts).at(Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reads:
    """What a formula reads."""

    lines: tuple[str, ...]
    means: tuple[str, ...]
    """Lines of which it takes the mean over the year."""
    debt_below: str
    """``gross`` or ``net`` where it divides by short-term liabilities; else empty."""


@lru_cache(maxsize=256)
def _read(tree: Expression) -> _Reads:
    below = (p.right for p in parts(tree) if isinstance(p, Operation) and p.sign == "/")
    debts = {Line(DEBT): "gross", Operation("-", Line(DEBT), Line(DEFERRED)): "net"}
    return _Reads(
        lines=names(tree),
        means=tuple(part.name for part in parts(tree) if isinstance(part, Mean)),
        debt_below=next((debts[right] for right in below if right in debts), ""),
    )


def _no_debt(debt_below: str, amounts: Amounts) -> bool:
    """Return whether a ratio divides by short-term liabilities that are nil (or less, when net)."""
    if debt_below == "gross":
        return amounts.end[DEBT] == 0
    return debt_below == "net" and amounts.end[DEBT] <= amounts.end[DEFERRED]


def rational(curve: WholeCurve, of: int) -> Rational:
    """Return a curve in whole numbers as a function of a change in the statement's unit.

    Parameters
    ----------
    of
        So many of the amounts' parts make one of the unit.

    Examples
    --------
    >>> rational(WholeCurve(top=30, rise=0, bottom=100, spread=1), of=100)
    Rational(top=(Fraction(30, 1),), bottom=(Fraction(100, 1), Fraction(100, 1)))
    """
    top, rise, bottom, spread = curve
    return Rational(_line(top, rise * of), _line(bottom, spread * of))


def _line(constant: int, slope: int) -> tuple[Fraction, ...]:
    if slope:
        return Fraction(constant), Fraction(slope)
    return (Fraction(constant),) if constant else ()
