"""Values of ratios over a statement, and why one has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.formula import (
    Expression,
    Line,
    Mean,
    Operation,
    names,
    parts,
    replaced,
)
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.polynomials import Rational, moved
from workbook.diagnostics.financial_quartiles.ratio_result import Undefined
from workbook.diagnostics.financial_quartiles.ratios import Ratio, RatioSet

DEBT, DEFERRED = "current_liabilities", "deferred_income"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Lines of one year in the statement's unit."""

    end: Mapping[str, Fraction]
    """For the year, or at its end."""
    begin: Mapping[str, Fraction]
    """At its begin: from the statement of the year before, else its prior-year column."""


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
        return names(self.tree)

    def along(self, line: str, amounts: Amounts) -> Rational:
        """Return the ratio as a function of the change of one line."""
        return self.moving({line: 1}, amounts)

    def moving(self, moves: Mapping[str, int], amounts: Amounts) -> Rational:
        """Return the ratio as a function of a change that moves several lines."""
        return moved(self.tree, moves, end=amounts.end.__getitem__, begin=amounts.begin.__getitem__)


def formulas(ratios: RatioSet, params: Params) -> tuple[tuple[Ratio, Expression], ...]:
    """Return the ratios with their formulas under the options."""
    if params.current_liabilities == "gross":
        return tuple((ratio, ratio.tree) for ratio in ratios.ratios)
    net = Operation("-", Line(DEBT), Line(DEFERRED))
    return tuple((ratio, replaced(ratio.tree, DEBT, net)) for ratio in ratios.ratios)


def with_nil_deferred(values: Mapping[str, Fraction], params: Params) -> Mapping[str, Fraction]:
    """Return the lines with a blank 1530 as nil, where the option takes it off."""
    if params.current_liabilities == "gross" or DEFERRED in values:
        return values
    return {**values, DEFERRED: Fraction(0)}


def valued(ratio: Ratio, tree: Expression, amounts: Amounts) -> Valued:
    """Return the value of a ratio, or why there is none."""
    missing = tuple(name for name in names(tree) if name not in amounts.end)
    if missing:
        why = Undefined.MISSING_LINES
        return Valued(ratio=ratio, tree=tree, value=None, undefined=why, missing=missing)
    begins = [part.name for part in parts(tree) if isinstance(part, Mean)]
    if any(name not in amounts.begin for name in begins):
        why = Undefined.NO_PREVIOUS_YEAR
        return Valued(ratio=ratio, tree=tree, value=None, undefined=why)
    if _no_debt(tree, amounts):
        why = Undefined.NO_SHORT_TERM_DEBT
        return Valued(ratio=ratio, tree=tree, value=None, undefined=why)
    ends, starts = amounts.end.__getitem__, amounts.begin.__getitem__
    value = moved(tree, {}, end=ends, begin=starts).at(Fraction(0))
    if value is None:
        why = Undefined.ZERO_DENOMINATOR
        return Valued(ratio=ratio, tree=tree, value=None, undefined=why)
    return Valued(ratio=ratio, tree=tree, value=value)


def _no_debt(tree: Expression, amounts: Amounts) -> bool:
    """Return whether a ratio divides by short-term liabilities that are nil (or less, when net)."""
    for part in parts(tree):
        if isinstance(part, Operation) and part.sign == "/" and part.right == Line(DEBT):
            return amounts.end[DEBT] == 0
        net = Operation("-", Line(DEBT), Line(DEFERRED))
        if isinstance(part, Operation) and part.sign == "/" and part.right == net:
            return amounts.end[DEBT] <= amounts.end[DEFERRED]
    return False
